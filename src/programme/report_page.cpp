// SPDX-License-Identifier: Apache-2.0
//
// A report as people read it.
#include <algorithm>

#include "domain/decimal.hpp"
#include "domain/kinds.hpp"
#include "koinon/report.hpp"

namespace koinon {

namespace {

std::string grouped(std::string digits) {
  const std::size_t sign = !digits.empty() && digits[0] == '-' ? 1 : 0;
  const std::size_t end = std::min(digits.find('.'), digits.size());
  for (std::size_t at = end; at > sign + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// What stands in a cell of a table: a bar would end it.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

std::string amount(const ReportSum& sum) {
  if (!sum.minor) return "more than 64 bits hold";
  return grouped(domain::format_decimal(*sum.minor, domain::currency_digits(sum.currency), true));
}

using Column = std::pair<std::string, std::string>;  // measure and currency

std::string sum_in(const ReportRow& row, const Column& column) {
  for (const ReportSum& sum : row.sums) {
    if (sum.measure == column.first && sum.currency == column.second) return amount(sum);
  }
  return "–";
}

std::string line_of(const std::vector<std::string>& labels, const ReportRow& row,
                    const std::vector<Column>& columns) {
  std::string line = "|";
  for (const std::string& label : labels) line += ' ' + cell(label) + " |";
  line += ' ' + grouped(std::to_string(row.records)) + " |";
  for (const Column& column : columns) line += ' ' + sum_in(row, column) + " |";
  return line + '\n';
}

}  // namespace

std::string to_markdown(const Report& report) {
  const std::string kind = domain::kind_names[static_cast<std::size_t>(report.of)];
  std::string by;
  for (const std::string& dimension : report.by) by += (by.empty() ? " by " : ", ") + dimension;
  std::string page = "# Records of kind " + kind + by + "\n\n";
  std::vector<Column> columns;
  for (const ReportSum& sum : report.total.sums) columns.emplace_back(sum.measure, sum.currency);
  std::string head = "|";
  std::string rule = "|";
  for (const std::string& dimension : report.by) {
    head += ' ' + dimension + " |";
    rule += "---|";
  }
  head += " records |";
  rule += "---:|";
  for (const auto& [measure, currency] : columns) {
    head += ' ' + measure + ", " + currency + " |";
    rule += "---:|";
  }
  page += head + '\n' + rule + '\n';
  for (const ReportRow& row : report.rows) {
    std::vector<std::string> labels = row.labels;
    for (std::string& label : labels) {
      if (label.empty()) label = "(not told)";
    }
    page += line_of(labels, row, columns);
  }
  std::vector<std::string> label(report.by.size());
  if (!label.empty()) label[0] = "**all, each once**";
  page += line_of(label, report.total, columns);
  page += "\nDrawn from the catalogue after change " + std::to_string(report.change) + ".";
  if (!report.by.empty()) {
    page += " A record with several codes stands in the row of each.";
  }
  return page + '\n';
}

}  // namespace koinon
