// SPDX-License-Identifier: Apache-2.0
//
// Files whose bytes are never believed before their checksum was compared.
//
//   payload        any bytes
//   checksums      one XXH3 (64 bits) for each 64 KiB of the payload
//   trailer        40 bytes: "KNCF", version u32, payload size u64, owner u64, checksum of the
//                  checksums u64, checksum of the 32 bytes before u64
//
// All numbers are little-endian. `owner` says whose file it is: parts of a segment carry its
// number.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace koinon::index {

/// Writes bytes to memory or to a file. Errors: Error(InputOutput) naming the path.
class Output {
 public:
  /// To memory: bytes() has them.
  Output() = default;
  /// To a file that is made or emptied. finish() writes checksums and trailer.
  Output(std::string path, std::uint64_t owner);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void append(const void* bytes, std::size_t size);
  void append(std::span<const std::uint8_t> bytes) { append(bytes.data(), bytes.size()); }
  template <class T>
  void append_number(T value) {
    append(&value, sizeof value);
  }
  std::uint64_t size() const { return size_; }

  /// The file is whole and on the disk after this. Nothing for memory.
  void finish();

  std::vector<std::uint8_t> take() { return std::move(buffer_); }

 private:
  void write_out(std::size_t bytes);

  std::string path_;
  std::uint64_t owner_ = 0;
  int file_ = -1;
  std::vector<std::uint8_t> buffer_;
  std::vector<std::uint64_t> checksums_;
  std::uint64_t size_ = 0;
};

/// Reads such a file where it lies, or bytes in memory. A part is compared with its checksum when
/// it is asked for first; after that asking costs a look at one bit.
///
/// Threads: any.
class Input {
 public:
  Input() = default;
  explicit Input(std::vector<std::uint8_t> bytes);
  /// Maps the file. Throws Error(Damaged) for one that is cut, foreign or not of this owner,
  /// Error(InputOutput) for one that cannot be read.
  Input(const std::string& path, std::uint64_t owner);
  ~Input();
  Input(Input&& other) noexcept { swap(other); }
  Input& operator=(Input&& other) noexcept {
    swap(other);
    return *this;
  }

  std::uint64_t size() const { return size_; }
  /// Bytes [begin, begin + size), compared. Throws Error(Damaged) where they differ, or lie beyond
  /// the end. O(1) but for the first time.
  const std::uint8_t* range(std::uint64_t begin, std::uint64_t size) const;
  /// The same for a number.
  template <class T>
  T number(std::uint64_t at) const {
    T value;
    __builtin_memcpy(&value, range(at, sizeof value), sizeof value);
    return value;
  }
  /// Compares all that is not compared yet.
  void check() const { range(0, size_); }
  bool mapped() const { return mapping_ != nullptr; }

 private:
  void swap(Input& other) noexcept;
  void compare(std::size_t chunk) const;
  [[noreturn]] void damaged(const char* how) const;

  std::string path_;
  std::vector<std::uint8_t> bytes_;
  const std::uint8_t* data_ = nullptr;
  std::uint64_t size_ = 0;
  void* mapping_ = nullptr;
  std::size_t mapping_size_ = 0;
  const std::uint8_t* checksums_ = nullptr;
  std::unique_ptr<std::atomic<std::uint64_t>[]> compared_;  // one bit for each chunk
};

}  // namespace koinon::index
