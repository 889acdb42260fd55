// SPDX-License-Identifier: Apache-2.0
//
// A model of a host's own that turns texts into vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koinon {

/// Texts that mean the same, in whatever language, should get vectors that point the same way.
/// Given to OpenOptions::embedder in the place of the library's own table.
///
/// Threads: every method from any thread, at any time.
class Embedder {
 public:
  virtual ~Embedder() = default;

  /// Of its vectors: a multiple of 64, at most 4,096. Always the same.
  virtual std::size_t dimension() const = 0;

  /// Another number, other vectors: an index made with one is made anew for the other.
  virtual std::uint64_t version() const = 0;

  /// Writes dimension() numbers, of any length that is not 0. False for a text that it cannot
  /// place: that has no vector then, as one with a number that is not finite or not written.
  /// `language` is a BCP 47 tag, "und" where it is not known. An exception counts as false.
  virtual bool embed(std::string_view text, std::string_view language, float* out) const = 0;
};

}  // namespace koinon
