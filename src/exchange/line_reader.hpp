// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/byte_window.hpp"
#include "exchange/reader.hpp"

namespace koinon::exchange {

/// A line, or several that belong together. Borrowed until the next call of the reader.
struct Line {
  std::uint64_t number = 0;  // of the first line, from 1
  std::uint64_t size = 0;    // in bytes, line ends included; also of a line too long
  std::string_view raw;  // with its line end; of a line too long the first kept_of_long_row bytes
  bool too_long = false;

  /// Without the LF or CRLF at its end.
  std::string_view text() const {
    std::string_view line = raw;
    if (line.ends_with('\n')) {
      line.remove_suffix(1);
      if (line.ends_with('\r')) line.remove_suffix(1);
    }
    return line;
  }
};

/// Lines end with LF or CRLF; a lone CR is a character like any other. A byte order mark of UTF-8
/// before the first line is not part of it. A line past the limit is read to its end, in bounded
/// memory.
class LineReader {
 public:
  explicit LineReader(ByteSource& source, std::size_t limit = row_limit)
      : window_(source), limit_(limit) {}

  bool next(Line& line);

  /// The line grows by the one that follows it. False, and unchanged, at the end of the source or
  /// when it would pass the limit.
  bool extend(Line& line);

  /// Back to the line as next() gave it; what extend() had added will be read again.
  void retract(Line& line);

 private:
  static constexpr std::size_t unknown = static_cast<std::size_t>(-1);

  /// Where the line that starts `from` bytes into the window ends, or `unknown` past the limit.
  std::size_t line_end(std::size_t from);
  void skip_long(Line& line);
  void skip_mark();

  ByteWindow window_;
  std::size_t limit_;
  std::size_t first_ = 0;    // bytes of the line as next() gave it
  std::size_t taken_ = 0;    // bytes of the line as it is
  std::uint64_t lines_ = 0;  // lines begun before `line`, it included
  std::uint64_t added_ = 0;  // lines that extend() added
  std::string kept_;
  bool begun_ = false;
};

}  // namespace koinon::exchange
