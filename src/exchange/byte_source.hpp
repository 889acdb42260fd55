// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace koinon::exchange {

/// A stream of bytes that is read once, front to back. Files that begin with the magic of gzip or xz are
/// unpacked on the way.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Up to `size` bytes into `into`; 0 at the end. Throws koinon::Error(InputOutput or InvalidInput).
  virtual std::size_t read(char* into, std::size_t size) = 0;
  /// The first bytes (at most 64 KiB), without taking them.
  virtual std::string_view head() = 0;
  /// Packed bytes taken from the file so far, and its size (0 when unknown): for progress.
  virtual std::uint64_t done() const = 0;
  virtual std::uint64_t total() const = 0;
  /// A second, independent stream over the same bytes, from the start; null when there cannot be one (a
  /// pipe). For formats whose rows can only be understood with knowledge of the whole file.
  virtual std::unique_ptr<ByteSource> again() const = 0;
};

/// Errors: NotFound, InvalidInput for a directory, InputOutput, each naming the path.
std::unique_ptr<ByteSource> open_file(const std::string& path);
std::unique_ptr<ByteSource> open_memory(std::string bytes);

}  // namespace koinon::exchange
