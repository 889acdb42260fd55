// SPDX-License-Identifier: Apache-2.0
//
// A growing view of the bytes of a source that are read but not yet used: what every reader that
// looks for the end of something stands on.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include "exchange/byte_source.hpp"

namespace koinon::exchange {

class ByteWindow {
 public:
  explicit ByteWindow(ByteSource& source) : source_(source) {}

  /// What has been read and not been taken. Valid until the next more().
  std::string_view bytes() const { return {buffer_.data() + begin_, end_ - begin_}; }

  /// Takes the first `size` bytes; they stay where they are until the next more().
  void consume(std::size_t size) { begin_ += size; }

  /// Reads another piece behind bytes(); false at the end of the source.
  bool more() {
    if (ended_) return false;
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (buffer_.size() - end_ < piece) buffer_.resize(end_ > piece ? end_ * 2 : piece * 2);
    const std::size_t got = source_.read(buffer_.data() + end_, buffer_.size() - end_);
    end_ += got;
    ended_ = got == 0;
    return got > 0;
  }

 private:
  static constexpr std::size_t piece = std::size_t{128} << 10;
  ByteSource& source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
};

}  // namespace koinon::exchange
