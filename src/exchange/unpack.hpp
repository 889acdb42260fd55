// SPDX-License-Identifier: Apache-2.0
//
// Unpacking as a stream: gzip by zlib, xz by liblzma.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace koinon::exchange {

class Unpacker {
 public:
  /// Gives up to `size` packed bytes; 0 at the end.
  using Packed = std::function<std::size_t(char* into, std::size_t size)>;

  virtual ~Unpacker() = default;
  /// Up to `size` unpacked bytes; 0 at the end. Throws koinon::Error(InvalidInput) naming `what`
  /// when the stream is damaged or ends too early.
  virtual std::size_t read(char* into, std::size_t size) = 0;
};

/// An unpacker for bytes that begin like `head`, or null when they are not packed. `what` names the
/// bytes in errors.
std::unique_ptr<Unpacker> make_unpacker(std::string_view head, Unpacker::Packed packed,
                                        std::string what);

}  // namespace koinon::exchange
