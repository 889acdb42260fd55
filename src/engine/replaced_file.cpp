// SPDX-License-Identifier: Apache-2.0
#include "engine/replaced_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::engine {

ReplacedFile::ReplacedFile(std::string path)
    : path_(std::move(path)), part_(path_ + ".part"), file_(std::fopen(part_.c_str(), "wbe")) {
  if (!file_) fail();
}

ReplacedFile::~ReplacedFile() {
  if (finished_) return;
  file_.reset();
  std::remove(part_.c_str());
}

void ReplacedFile::fail() const {
  throw Error(ErrorCode::InputOutput, path_ + " cannot be written: " + std::strerror(errno));
}

void ReplacedFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) fail();
}

void ReplacedFile::finish() {
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0) fail();
  if (std::fclose(file_.release()) != 0) fail();
  if (std::rename(part_.c_str(), path_.c_str()) != 0) fail();
  finished_ = true;
}

}  // namespace koinon::engine
