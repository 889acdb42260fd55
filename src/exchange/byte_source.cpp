// SPDX-License-Identifier: Apache-2.0
#include "exchange/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <utility>

#include "exchange/unpack.hpp"
#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

constexpr std::size_t head_size = std::size_t{64} << 10;
constexpr std::size_t magic_size = 6;

/// Packed bytes, wherever they come from.
class Origin {
 public:
  virtual ~Origin() = default;
  virtual std::size_t read(char* into, std::size_t size) = 0;
  virtual std::uint64_t total() const = 0;
  virtual std::unique_ptr<ByteSource> again() const = 0;
};

/// Fills `into` as far as `read` gives bytes.
std::size_t read_fully(const std::function<std::size_t(char*, std::size_t)>& read, char* into,
                       std::size_t size) {
  std::size_t filled = 0;
  while (filled < size) {
    const std::size_t got = read(into + filled, size - filled);
    if (got == 0) break;
    filled += got;
  }
  return filled;
}

class OriginSource final : public ByteSource {
 public:
  OriginSource(std::unique_ptr<Origin> origin, const std::string& what)
      : origin_(std::move(origin)) {
    magic_.resize(magic_size);
    magic_.resize(read_fully([&](char* to, std::size_t n) { return origin_->read(to, n); },
                             magic_.data(), magic_size));
    unpacker_ = make_unpacker(
        magic_, [this](char* into, std::size_t size) { return packed(into, size); }, what);
  }

  std::size_t read(char* into, std::size_t size) override {
    if (head_used_ == head_.size()) return plain(into, size);
    const std::size_t taken = std::min(size, head_.size() - head_used_);
    std::memcpy(into, head_.data() + head_used_, taken);
    head_used_ += taken;
    return taken;
  }

  std::string_view head() override {
    if (!head_read_) {
      head_read_ = true;
      head_.resize(head_size);
      head_.resize(read_fully([&](char* to, std::size_t n) { return plain(to, n); }, head_.data(),
                              head_size));
    }
    return std::string_view(head_).substr(head_used_);
  }

  std::uint64_t done() const override { return done_; }
  std::uint64_t total() const override { return origin_->total(); }
  std::unique_ptr<ByteSource> again() const override { return origin_->again(); }

 private:
  std::size_t packed(char* into, std::size_t size) {
    const std::size_t from_magic = std::min(size, magic_.size() - magic_used_);
    std::memcpy(into, magic_.data() + magic_used_, from_magic);
    magic_used_ += from_magic;
    const std::size_t got = from_magic > 0 ? from_magic : origin_->read(into, size);
    done_ += got;
    return got;
  }

  std::size_t plain(char* into, std::size_t size) {
    return unpacker_ ? unpacker_->read(into, size) : packed(into, size);
  }

  std::unique_ptr<Origin> origin_;
  std::string magic_;
  std::size_t magic_used_ = 0;
  std::unique_ptr<Unpacker> unpacker_;
  std::string head_;
  std::size_t head_used_ = 0;
  bool head_read_ = false;
  std::uint64_t done_ = 0;
};

class MemoryOrigin final : public Origin {
 public:
  explicit MemoryOrigin(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t taken = std::min(size, bytes_->size() - used_);
    std::memcpy(into, bytes_->data() + used_, taken);
    used_ += taken;
    return taken;
  }
  std::uint64_t total() const override { return bytes_->size(); }
  std::unique_ptr<ByteSource> again() const override {
    return std::make_unique<OriginSource>(std::make_unique<MemoryOrigin>(bytes_), "memory");
  }

 private:
  std::shared_ptr<const std::string> bytes_;
  std::size_t used_ = 0;
};

/// An open file descriptor and what it was opened as.
class FileOrigin final : public Origin {
 public:
  FileOrigin(int descriptor, std::string path, std::uint64_t size, bool regular)
      : descriptor_(descriptor), path_(std::move(path)), size_(size), regular_(regular) {}
  FileOrigin(const FileOrigin&) = delete;
  FileOrigin& operator=(const FileOrigin&) = delete;
  ~FileOrigin() override { ::close(descriptor_); }

  std::size_t read(char* into, std::size_t size) override {
    while (true) {
      const ssize_t got = ::read(descriptor_, into, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR)
        throw Error(ErrorCode::InputOutput, path_ + ": cannot be read: " + std::strerror(errno));
    }
  }
  std::uint64_t total() const override { return size_; }
  std::unique_ptr<ByteSource> again() const override {
    return regular_ ? open_file(path_) : nullptr;
  }

 private:
  int descriptor_;
  std::string path_;
  std::uint64_t size_;
  bool regular_;
};

[[noreturn]] void cannot_open(const std::string& path, int why) {
  if (why == ENOENT || why == ENOTDIR) throw Error(ErrorCode::NotFound, path + ": no such file");
  throw Error(ErrorCode::InputOutput, path + ": cannot be opened: " + std::strerror(why));
}

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) cannot_open(path, errno);
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) {
    const int why = errno;
    ::close(descriptor);
    cannot_open(path, why);
  }
  if (S_ISDIR(facts.st_mode)) {
    ::close(descriptor);
    throw Error(ErrorCode::InvalidInput, path + ": is a directory, not a file");
  }
  const bool regular = S_ISREG(facts.st_mode);
  const std::uint64_t size = regular ? static_cast<std::uint64_t>(facts.st_size) : 0;
  auto origin = std::make_unique<FileOrigin>(descriptor, path, size, regular);
  return std::make_unique<OriginSource>(std::move(origin), path);
}

std::unique_ptr<ByteSource> open_memory(std::string bytes) {
  auto shared = std::make_shared<const std::string>(std::move(bytes));
  return std::make_unique<OriginSource>(std::make_unique<MemoryOrigin>(std::move(shared)),
                                        "memory");
}

}  // namespace koinon::exchange
