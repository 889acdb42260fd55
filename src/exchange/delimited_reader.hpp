// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/line_reader.hpp"
#include "exchange/text_input.hpp"

namespace koinon::exchange {

/// The comma, tab or semicolon that the header line holds most of.
char find_delimiter(std::string_view header);

/// Rows of a table with a header line: fields between commas, tabs or semicolons, quoted as RFC
/// 4180 has it. A quote is believed only when it is closed before a delimiter or line end and the
/// row then has as many fields as the header; otherwise it is a character like any other, so that a
/// stray quote never swallows the rows after it. Empty lines are no rows.
class DelimitedReader {
 public:
  /// Reads the header. Errors: as TextInput; InvalidInput for a header that cannot be read.
  explicit DelimitedReader(TextInput& input);

  /// The header's bytes as read, with its line end.
  std::string_view header() const { return header_; }
  const std::vector<std::string>& columns() const { return columns_; }
  /// The position of the column of that name (ASCII case does not count).
  std::optional<std::size_t> column(std::string_view name) const;

  /// Fills line, size, bytes, context and violations (too_long, slipped_columns, bad_encoding).
  bool next(Row& row);
  /// Valid until the next next(), and only when the row has no violations.
  std::string_view field(std::size_t i) const { return fields_[i]; }

 private:
  /// What one pass over a text found beside its fields.
  struct Split {
    std::size_t open = std::string_view::npos;  // where a quote began that was not closed
    bool line_break = false;                    // in a field without quotes
  };

  Split split(std::string_view text, bool quotes);
  bool take_quoted(std::string_view text, std::size_t& at, Split& found);
  bool read_fields();
  bool join_lines(std::size_t open);
  bool fits() const { return fields_.size() == columns_.size(); }
  void decode(Row& row);

  TextInput& input_;
  LineReader lines_;
  Line line_;
  char delimiter_ = ',';
  bool joined_ = false;  // the text being split has several lines
  std::string header_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;
  std::string unquoted_;  // fields whose doubled quotes were made single
  std::string decoded_;
};

}  // namespace koinon::exchange
