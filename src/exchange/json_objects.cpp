// SPDX-License-Identifier: Apache-2.0
#include "exchange/json_objects.hpp"

#include <algorithm>
#include <utility>

namespace koinon::exchange {

namespace {

constexpr int at_end = -1;
constexpr std::string_view mark = "\xEF\xBB\xBF";

bool is_blank(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A bracket or text that follows a finished value without a comma cannot be JSON. Found early, it
// keeps an object that lost its last bracket from taking in all that come after it.
bool is_broken(char c, char before) {
  const bool opens = c == '{' || c == '[' || c == '"';
  return opens && (before == '}' || before == ']' || before == '"' || before == 'v');
}

}  // namespace

// The byte `i` bytes into the window, or at_end.
int JsonObjects::at(std::size_t i) {
  while (i >= window_.bytes().size()) {
    if (!window_.more()) return at_end;
  }
  return static_cast<unsigned char>(window_.bytes()[i]);
}

void JsonObjects::count_lines(std::string_view bytes) {
  line_ += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

bool JsonObjects::skip_mark() {
  for (std::size_t i = 0; i < mark.size(); ++i) {
    if (at(i) != static_cast<unsigned char>(mark[i])) return false;
  }
  window_.consume(mark.size());
  return true;
}

// To the first byte that is neither a blank nor punctuation between objects.
bool JsonObjects::skip_between() {
  while (true) {
    const int c = at(0);
    if (c == at_end) return false;
    if (is_blank(c) || c == ',' || c == '[' || c == ']') {
      if (c == '\n') ++line_;
      window_.consume(1);
    } else if (!skip_mark()) {
      return true;
    }
  }
}

bool JsonObjects::next(Row& row, nlohmann::json& object) {
  count_lines(window_.bytes().substr(0, taken_));
  window_.consume(taken_);
  taken_ = 0;
  if (!skip_between()) return false;
  scanned_ = 0;
  dropped_ = 0;
  deepest_ = 0;
  row.line = line_;
  if (at(0) != '{') {
    take_junk(row);
    return true;
  }
  std::string problem;
  const End end = scan_object(problem);
  if (end != End::Whole) {
    row.violations.push_back({"", "bad_json", problem});
    if (end == End::Broken) skip_to_object();
  }
  taken_ = scanned_;
  row.size = dropped_ + scanned_;
  row.bytes = dropped_ > 0 ? std::string_view(kept_) : window_.bytes().substr(0, scanned_);
  if (dropped_ > 0) {
    row.violations.push_back({"", "too_long",
                              "the object has " + std::to_string(row.size) +
                                  " bytes; the limit is " + std::to_string(limit_)});
  } else if (row.size > limit_) {
    row.bytes = row.bytes.substr(0, kept_of_long_row);
  }
  if (deepest_ > depth_limit)
    row.violations.push_back({"", "too_deep",
                              "the object is nested " + std::to_string(deepest_) +
                                  " deep; the limit is " + std::to_string(depth_limit)});
  if (row.violations.empty()) parse(row, object);
  return true;
}

// Something between objects that is none: a row of its own, to the end of its line or to an object.
void JsonObjects::take_junk(Row& row) {
  while (true) {
    const int c = at(scanned_);
    if (c == at_end || c == '\n' || (c == '{' && scanned_ > 0)) break;
    ++scanned_;
    drop_long();
  }
  taken_ = scanned_;
  row.size = dropped_ + scanned_;
  row.bytes = dropped_ > 0 ? std::string_view(kept_) : window_.bytes().substr(0, scanned_);
  row.violations.push_back({"", "bad_json", "byte 0: this is not the beginning of an object"});
}

// Bytes of an object past the limit are counted and let go; what quarantine keeps is kept aside.
void JsonObjects::drop_long() {
  if (scanned_ <= limit_ && dropped_ == 0) return;
  if (dropped_ > 0 && scanned_ < kept_of_long_row) return;
  if (dropped_ == 0) kept_.assign(window_.bytes().substr(0, kept_of_long_row));
  count_lines(window_.bytes().substr(0, scanned_));
  window_.consume(scanned_);
  dropped_ += scanned_;
  scanned_ = 0;
}

JsonObjects::End JsonObjects::scan_object(std::string& problem) {
  std::size_t depth = 0;
  char before = 0;  // the last byte that was not blank; 'v' for a number or word
  while (true) {
    const int next = at(scanned_);
    if (next == at_end) {
      problem = "byte " + std::to_string(dropped_ + scanned_) + ": the object is not closed";
      return End::Cut;
    }
    const char c = static_cast<char>(next);
    const std::uint64_t place = dropped_ + scanned_;
    if (is_broken(c, before)) {
      problem = "byte " + std::to_string(place) + ": a value follows a value without a comma";
      return End::Broken;
    }
    ++scanned_;
    drop_long();
    if (is_blank(c)) continue;
    before = std::string_view("{}[],:\"").find(c) == std::string_view::npos ? 'v' : c;
    if (c == '"') {
      if (scan_string(problem) != End::Whole) return End::Broken;
    } else if (c == '{' || c == '[') {
      deepest_ = std::max(deepest_, ++depth);
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return End::Whole;
    }
  }
}

// From behind the opening quote to behind the closing one. A line end ends a text that lost its
// quote: JSON has none inside.
JsonObjects::End JsonObjects::scan_string(std::string& problem) {
  while (true) {
    const int c = at(scanned_);
    if (c == at_end || c == '\n') {
      problem = "byte " + std::to_string(dropped_ + scanned_) + ": a text is not closed";
      return End::Broken;
    }
    scanned_ += c == '\\' && at(scanned_ + 1) != '\n' ? 2 : 1;
    scanned_ = std::min(scanned_, window_.bytes().size());
    drop_long();
    if (c == '"') return End::Whole;
  }
}

bool JsonObjects::line_begins_object(std::size_t place) {
  while (at(place) == ' ' || at(place) == '\t') ++place;
  return at(place) == '{';
}

// From where an object broke to the next line that begins another; both belong to the broken row.
void JsonObjects::skip_to_object() {
  const std::string_view so_far = window_.bytes().substr(0, scanned_);
  const std::size_t last_line = so_far.rfind('\n');
  // The value without a comma may be the next object, at the start of its own line.
  const bool at_line_start =
      last_line != std::string_view::npos &&
      so_far.find_first_not_of(" \t", last_line + 1) == std::string_view::npos;
  if (at_line_start && at(scanned_) == '{') {
    scanned_ = last_line + 1;
    return;
  }
  while (true) {
    const int c = at(scanned_);
    if (c == at_end) return;
    ++scanned_;
    if (c == '\n' && line_begins_object(scanned_)) return;
    drop_long();
  }
}

void JsonObjects::parse(Row& row, nlohmann::json& object) {
  std::string_view text = row.bytes;
  if (input_.is_utf8()) {
    if (!TextInput::check(text, row)) return;
  } else {
    converted_.clear();
    if (!input_.append(text, converted_, row, 0)) return;
    text = converted_;
  }
  try {
    object = nlohmann::json::parse(text.begin(), text.end());
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t byte = error.byte > 0 ? error.byte - 1 : 0;
    row.violations.push_back(
        {"", "bad_json", "byte " + std::to_string(byte) + ": this is not JSON here"});
  } catch (const nlohmann::json::out_of_range&) {
    row.violations.push_back({"", "bad_json", "a number is too large"});
  }
}

}  // namespace koinon::exchange
