// SPDX-License-Identifier: Apache-2.0
#include "index/checked_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;
constexpr std::uint32_t format_version = 3;

struct Trailer {
  char magic[4] = {'K', 'N', 'C', 'F'};
  std::uint32_t version = format_version;
  std::uint64_t payload = 0;
  std::uint64_t owner = 0;
  std::uint64_t checksums = 0;
  std::uint64_t own = 0;

  std::uint64_t checksum() const { return XXH3_64bits(this, offsetof(Trailer, own)); }
};
static_assert(sizeof(Trailer) == 40);

std::size_t chunks_of(std::uint64_t size) {
  return static_cast<std::size_t>((size + chunk_size - 1) / chunk_size);
}

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw Error(ErrorCode::InputOutput, path + " cannot be " + what + ": " + std::strerror(errno));
}

}  // namespace

Output::Output(std::string path, std::uint64_t owner) : path_(std::move(path)), owner_(owner) {
  file_ = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (file_ < 0) fail(path_, "made");
  buffer_.reserve(2 * chunk_size);
}

Output::~Output() {
  if (file_ >= 0) ::close(file_);
}

void Output::append(const void* bytes, std::size_t size) {
  const auto* at = static_cast<const std::uint8_t*>(bytes);
  size_ += size;
  if (file_ < 0) {
    buffer_.insert(buffer_.end(), at, at + size);
    return;
  }
  while (size > 0) {
    const std::size_t part = std::min(size, chunk_size - buffer_.size());
    buffer_.insert(buffer_.end(), at, at + part);
    at += part;
    size -= part;
    if (buffer_.size() < chunk_size) continue;
    checksums_.push_back(XXH3_64bits(buffer_.data(), buffer_.size()));
    write_out(buffer_.size());
  }
}

void Output::write_out(std::size_t bytes) {
  for (std::size_t done = 0; done < bytes;) {
    const ssize_t written = ::write(file_, buffer_.data() + done, bytes - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, "written");
    done += static_cast<std::size_t>(written);
  }
  buffer_.clear();
}

void Output::finish() {
  if (file_ < 0) return;
  if (!buffer_.empty()) checksums_.push_back(XXH3_64bits(buffer_.data(), buffer_.size()));
  Trailer trailer;
  trailer.payload = size_;
  trailer.owner = owner_;
  trailer.checksums = XXH3_64bits(checksums_.data(), checksums_.size() * sizeof(std::uint64_t));
  trailer.own = trailer.checksum();
  const auto add = [&](const void* bytes, std::size_t size) {
    const auto* at = static_cast<const std::uint8_t*>(bytes);
    buffer_.insert(buffer_.end(), at, at + size);
  };
  add(checksums_.data(), checksums_.size() * sizeof(std::uint64_t));
  add(&trailer, sizeof trailer);
  write_out(buffer_.size());
  if (::fdatasync(file_) != 0) fail(path_, "written");
  ::close(std::exchange(file_, -1));
}

Input::Input(std::vector<std::uint8_t> bytes)
    : bytes_(std::move(bytes)), data_(bytes_.data()), size_(bytes_.size()) {}

Input::Input(const std::string& path, std::uint64_t owner) : path_(path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path, "read");
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  const auto whole = static_cast<std::size_t>(status.st_size);
  void* mapping =
      known && whole > 0 ? ::mmap(nullptr, whole, PROT_READ, MAP_SHARED, file, 0) : nullptr;
  ::close(file);
  if (!known || mapping == MAP_FAILED) fail(path, "read");
  if (!mapping) damaged("it is empty");
  mapping_ = mapping;
  mapping_size_ = whole;
  data_ = static_cast<const std::uint8_t*>(mapping);
  Trailer trailer;
  const auto refuse = [&](const char* how) {
    ::munmap(std::exchange(mapping_, nullptr), whole);
    damaged(how);
  };
  if (whole < sizeof trailer) refuse("it is cut short");
  std::memcpy(&trailer, data_ + whole - sizeof trailer, sizeof trailer);
  if (trailer.own != trailer.checksum() || std::memcmp(trailer.magic, "KNCF", 4) != 0)
    refuse("its end is not that of such a file");
  if (trailer.version != format_version) refuse("it has another version of the format");
  if (trailer.owner != owner) refuse("it belongs to something else");
  const std::size_t chunks = chunks_of(trailer.payload);
  const std::size_t table = chunks * sizeof(std::uint64_t);
  if (trailer.payload + table + sizeof trailer != whole) refuse("its length is wrong");
  size_ = trailer.payload;
  checksums_ = data_ + size_;
  if (XXH3_64bits(checksums_, table) != trailer.checksums) refuse("its checksums are damaged");
  compared_ = std::make_unique<std::atomic<std::uint64_t>[]>(chunks / 64 + 1);
}

Input::~Input() {
  if (mapping_) ::munmap(mapping_, mapping_size_);
}

void Input::swap(Input& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(bytes_, other.bytes_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapping_, other.mapping_);
  std::swap(mapping_size_, other.mapping_size_);
  std::swap(checksums_, other.checksums_);
  std::swap(compared_, other.compared_);
}

void Input::damaged(const char* how) const {
  throw Error(ErrorCode::Damaged,
              (path_.empty() ? "a segment in memory" : path_) + " is damaged: " + how);
}

void Input::compare(std::size_t chunk) const {
  const std::uint64_t begin = chunk * std::uint64_t{chunk_size};
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_size, size_ - begin));
  std::uint64_t wanted = 0;
  std::memcpy(&wanted, checksums_ + chunk * sizeof wanted, sizeof wanted);
  if (XXH3_64bits(data_ + begin, size) != wanted) damaged("a checksum differs");
  compared_[chunk / 64].fetch_or(std::uint64_t{1} << chunk % 64, std::memory_order_release);
}

const std::uint8_t* Input::range(std::uint64_t begin, std::uint64_t size) const {
  if (begin > size_ || size > size_ - begin) damaged("it points beyond its end");
  if (compared_ && size > 0) {
    const auto last = static_cast<std::size_t>((begin + size - 1) / chunk_size);
    for (auto chunk = static_cast<std::size_t>(begin / chunk_size); chunk <= last; ++chunk) {
      const std::uint64_t bits = compared_[chunk / 64].load(std::memory_order_acquire);
      if ((bits >> chunk % 64 & 1U) == 0) compare(chunk);
    }
  }
  return data_ + begin;
}

}  // namespace koinon::index
