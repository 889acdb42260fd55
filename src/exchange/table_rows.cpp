// SPDX-License-Identifier: Apache-2.0
#include "exchange/table_rows.hpp"

#include <algorithm>

#include "exchange/draft_tools.hpp"
#include "koinon/error.hpp"

namespace koinon::exchange {

bool has_columns(std::string_view head, std::span<const char* const> columns) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (head.starts_with(mark)) head.remove_prefix(mark.size());
  const std::size_t end = head.find('\n');
  // With its line end, so that a CR before it is no part of the last column's name.
  const std::string_view line = head.substr(0, end == std::string_view::npos ? end : end + 1);
  if (line.empty() || line.front() == '{' || line.front() == '[') return false;
  try {
    const auto source = open_memory(std::string(line));
    TextInput input(*source, "");
    const DelimitedReader table(input);
    return std::all_of(columns.begin(), columns.end(),
                       [&](const char* name) { return table.column(name).has_value(); });
  } catch (const Error&) {
    return false;  // whatever it is, it is no table of ours
  }
}

TableRows::TableRows(ByteSource& source, const ReaderOptions& options, std::string_view portal,
                     std::span<const char* const> columns)
    : input_(source, options.encoding),
      table_(input_),
      portal_(options.portal.empty() ? portal : options.portal) {
  std::string missing;
  for (const char* name : columns) {
    const auto place = table_.column(name);
    if (place) {
      places_.push_back(*place);
    } else {
      missing += missing.empty() ? name : std::string(", ") + name;
    }
  }
  if (!missing.empty())
    throw Error(ErrorCode::InvalidInput, "the table lacks the columns " + missing);
}

bool TableRows::next(Row& row) {
  row.clear();
  if (!table_.next(row)) return false;
  if (row.violations.empty()) read(row);
  if (!row.violations.empty()) row.drafts.clear();
  return true;
}

std::string_view TableRows::cell(std::size_t column) const {
  const std::string_view text = trim(table_.field(places_[column]));
  return na_is_missing_ && text == "NA" ? std::string_view() : text;
}

}  // namespace koinon::exchange
