// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/delimited_reader.hpp"
#include "exchange/reader.hpp"
#include "exchange/text_input.hpp"

namespace koinon::exchange {

/// Whether the header line at the beginning of `head` has all of these columns.
bool has_columns(std::string_view head, std::span<const char* const> columns);

/// What formats that are tables with a header share: rows with their cells by the place of the
/// column in the format's own list, in whatever order the file has them. Columns that the list
/// lacks are not read.
class TableRows : public RowReader {
 public:
  bool next(Row& row) final;

 protected:
  /// Errors: as DelimitedReader; InvalidInput naming the columns that the file lacks.
  TableRows(ByteSource& source, const ReaderOptions& options, std::string_view portal,
            std::span<const char* const> columns);

  /// Makes the drafts of a row that could be read.
  virtual void read(Row& row) = 0;

  /// The trimmed cell; "" for 'NA' too where the format says that it means missing.
  std::string_view cell(std::size_t column) const;
  void na_is_missing() { na_is_missing_ = true; }
  const std::string& portal() const { return portal_; }
  TextInput& input() { return input_; }

 private:
  TextInput input_;
  DelimitedReader table_;
  std::vector<std::size_t> places_;
  std::string portal_;
  bool na_is_missing_ = false;
};

}  // namespace koinon::exchange
