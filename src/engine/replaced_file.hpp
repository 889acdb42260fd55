// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace koinon::engine {

/// Writes a file that takes the place of another once it is whole, and on the disk: until finish()
/// it is PATH.part, which goes away with this object. All throw Error(InputOutput).
class ReplacedFile {
 public:
  explicit ReplacedFile(std::string path);
  ~ReplacedFile();
  ReplacedFile(const ReplacedFile&) = delete;
  ReplacedFile& operator=(const ReplacedFile&) = delete;

  void write(std::string_view bytes);
  void finish();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail() const;

  std::string path_;
  std::string part_;
  std::unique_ptr<std::FILE, Closer> file_;
  bool finished_ = false;
};

}  // namespace koinon::engine
