// SPDX-License-Identifier: Apache-2.0
#include "exchange/line_reader.hpp"

#include <cstring>

namespace koinon::exchange {

void LineReader::skip_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  while (window_.bytes().size() < mark.size() && window_.more()) {
  }
  if (window_.bytes().starts_with(mark)) window_.consume(mark.size());
}

std::size_t LineReader::line_end(std::size_t from) {
  std::size_t seen = from;
  while (true) {
    const std::string_view bytes = window_.bytes();
    const void* end =
        seen < bytes.size() ? std::memchr(bytes.data() + seen, '\n', bytes.size() - seen) : nullptr;
    if (end) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - bytes.data()) + 1;
      return size > limit_ ? unknown : size;
    }
    if (bytes.size() > limit_) return unknown;
    seen = bytes.size();
    if (!window_.more()) return seen;
  }
}

bool LineReader::next(Line& line) {
  if (!begun_) skip_mark();
  begun_ = true;
  window_.consume(taken_);
  lines_ += added_;
  added_ = 0;
  taken_ = 0;
  line = {};
  const std::size_t end = line_end(0);
  if (end == 0) return false;
  line.number = ++lines_;
  if (end == unknown) {
    skip_long(line);
  } else {
    line.raw = window_.bytes().substr(0, end);
    line.size = end;
    taken_ = end;
  }
  first_ = taken_;
  return true;
}

void LineReader::skip_long(Line& line) {
  line.too_long = true;
  kept_.assign(window_.bytes().substr(0, kept_of_long_row));
  while (true) {
    const std::string_view bytes = window_.bytes();
    const std::size_t end = bytes.find('\n');
    const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
    line.size += size;
    window_.consume(size);
    if (end != std::string_view::npos || !window_.more()) break;
  }
  line.raw = kept_;
}

bool LineReader::extend(Line& line) {
  if (line.too_long) return false;
  const std::size_t end = line_end(taken_);
  // The window may have moved even where nothing was added.
  const bool grown = end != unknown && end > taken_;
  if (grown) {
    taken_ = end;
    ++added_;
  }
  line.raw = window_.bytes().substr(0, taken_);
  line.size = taken_;
  return grown;
}

void LineReader::retract(Line& line) {
  taken_ = first_;
  added_ = 0;
  line.raw = window_.bytes().substr(0, taken_);
  line.size = taken_;
}

}  // namespace koinon::exchange
