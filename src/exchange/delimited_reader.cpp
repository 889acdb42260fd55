// SPDX-License-Identifier: Apache-2.0
#include "exchange/delimited_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

// A quoted field that runs on past this is a stray quote: no field may be longer (domain,
// too_long).
constexpr std::size_t join_limit = std::size_t{1} << 20;
// In tables of fewer columns a line of running text too often looks like a row.
constexpr std::size_t telling_columns = 4;
constexpr std::size_t most_columns = 10000;

std::size_t count(std::string_view text, char wanted) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), wanted));
}

// The quote, at or after `from`, that is not one of two.
std::size_t closing_quote(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t quote = text.find('"', from);
    if (quote == std::string_view::npos) return quote;
    if (quote + 1 == text.size() || text[quote + 1] != '"') return quote;
    from = quote + 2;
  }
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

char find_delimiter(std::string_view header) {
  constexpr std::array<char, 3> known = {'\t', ';', ','};
  return *std::max_element(known.begin(), known.end(),
                           [&](char a, char b) { return count(header, a) < count(header, b); });
}

DelimitedReader::DelimitedReader(TextInput& input) : input_(input), lines_(input.source()) {
  do {
    if (!lines_.next(line_)) throw Error(ErrorCode::InvalidInput, "the table has no header line");
  } while (line_.text().empty());
  Row ignored;
  if (line_.too_long) throw Error(ErrorCode::InvalidInput, "the table's header line is too long");
  header_ = line_.raw;
  delimiter_ = find_delimiter(line_.text());
  split(line_.text(), true);
  if (fields_.size() > most_columns)
    throw Error(ErrorCode::InvalidInput, "the table's header has too many columns");
  decode(ignored);
  if (!ignored.violations.empty())
    throw Error(ErrorCode::InvalidInput, "the table's header: " + ignored.violations[0].message);
  for (std::string_view name : fields_) {
    while (name.ends_with(' ')) name.remove_suffix(1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    columns_.emplace_back(name);
  }
}

std::optional<std::size_t> DelimitedReader::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (same_name(columns_[i], name)) return i;
  }
  return std::nullopt;
}

bool DelimitedReader::next(Row& row) {
  do {
    if (!lines_.next(line_)) return false;
  } while (line_.text().empty());
  bool whole = false;
  if (!line_.too_long) whole = read_fields();
  row.line = line_.number;
  row.size = line_.size;
  row.bytes = line_.raw;
  row.context = header_;
  if (line_.too_long) {
    row.violations.push_back({"", "too_long",
                              "the row has " + std::to_string(line_.size) +
                                  " bytes; the limit is " + std::to_string(row_limit)});
  } else if (!whole) {
    row.violations.push_back({"", "slipped_columns",
                              "expected " + std::to_string(columns_.size()) + " columns, found " +
                                  std::to_string(fields_.size())});
  } else {
    decode(row);
  }
  return true;
}

bool DelimitedReader::read_fields() {
  const Split found = split(line_.text(), true);
  if (found.open == std::string_view::npos) {
    if (fits()) return true;
  } else {
    if (join_lines(found.open)) return true;
    split(line_.text(), true);
    if (fits()) return true;
  }
  if (count(line_.text(), delimiter_) + 1 == columns_.size()) {
    split(line_.text(), false);
    return true;
  }
  return false;
}

// Adds lines until the quote that begins at `open` is closed. Each closing costs one pass over the
// row, and each pass moves on to a later field, so a row costs no more than its size times its
// columns.
bool DelimitedReader::join_lines(std::size_t open) {
  const bool looks_whole = columns_.size() >= telling_columns && fits();
  while (true) {
    const std::size_t before = line_.raw.size();
    if (before > join_limit || !lines_.extend(line_)) break;
    // Rows that are whole by themselves are not the rest of a field.
    const std::string_view added = line_.raw.substr(before);
    if (looks_whole && count(added, delimiter_) + 1 == columns_.size()) break;
    const std::string_view text = line_.text();
    const std::size_t close = closing_quote(text, std::max(before, open + 1));
    if (close == std::string_view::npos) continue;
    if (close + 1 < text.size() && text[close + 1] != delimiter_) break;
    joined_ = true;
    const Split found = split(text, true);
    joined_ = false;
    if (found.line_break) break;
    if (found.open == std::string_view::npos) {
      if (fits()) return true;
      break;
    }
    open = found.open;
  }
  lines_.retract(line_);
  return false;
}

DelimitedReader::Split DelimitedReader::split(std::string_view text, bool quotes) {
  Split found;
  fields_.clear();
  unquoted_.clear();
  // Fields point into it, and it never needs more.
  if (unquoted_.capacity() < text.size()) unquoted_.reserve(text.size());
  std::size_t at = 0;
  while (true) {
    if (quotes && at < text.size() && text[at] == '"' && take_quoted(text, at, found)) {
      if (at == text.size()) return found;
      ++at;
      continue;
    }
    const void* hit =
        at < text.size() ? std::memchr(text.data() + at, delimiter_, text.size() - at) : nullptr;
    const std::size_t end =
        hit ? static_cast<std::size_t>(static_cast<const char*>(hit) - text.data()) : text.size();
    fields_.push_back(text.substr(at, end - at));
    if (joined_)
      found.line_break = found.line_break || fields_.back().find('\n') != std::string_view::npos;
    if (!hit) return found;
    at = end + 1;
  }
}

// Takes the field whose quote stands at `at`, and moves `at` to what ends it. False when it is not
// closed before a delimiter or the end.
bool DelimitedReader::take_quoted(std::string_view text, std::size_t& at, Split& found) {
  const std::size_t close = closing_quote(text, at + 1);
  if (close == std::string_view::npos) {
    if (found.open == std::string_view::npos) found.open = at;
    return false;
  }
  if (close + 1 < text.size() && text[close + 1] != delimiter_) return false;
  std::string_view inner = text.substr(at + 1, close - at - 1);
  at = close + 1;
  std::size_t doubled = inner.find('"');
  if (doubled == std::string_view::npos) {
    fields_.push_back(inner);
    return true;
  }
  const std::size_t begin = unquoted_.size();
  while (doubled != std::string_view::npos) {
    unquoted_.append(inner.substr(0, doubled + 1));
    inner.remove_prefix(doubled + 2);
    doubled = inner.find('"');
  }
  unquoted_.append(inner);
  fields_.push_back(std::string_view(unquoted_).substr(begin));
  return true;
}

void DelimitedReader::decode(Row& row) {
  if (input_.is_utf8()) {
    TextInput::check(line_.raw, row);
    return;
  }
  decoded_.clear();
  // One byte can become three; the fields point into it.
  decoded_.reserve(line_.raw.size() * 3);
  for (std::string_view& field : fields_) {
    const std::size_t begin = decoded_.size();
    const bool in_line =
        field.data() >= line_.raw.data() && field.data() <= line_.raw.data() + line_.raw.size();
    const auto base = in_line ? static_cast<std::size_t>(field.data() - line_.raw.data()) : 0;
    if (!input_.append(field, decoded_, row, base)) return;
    field = std::string_view(decoded_).substr(begin);
  }
}

}  // namespace koinon::exchange
