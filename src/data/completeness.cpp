// SPDX-License-Identifier: Apache-2.0
#include "data/completeness.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "data/embedded.hpp"

namespace koinon::data {

namespace {

struct Table {
  std::vector<std::string> kinds;
  std::vector<std::vector<WeighedGroup>> groups;  // of each kind
};

// The part before a separator, which goes with it.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

double number_of(std::string_view text) {
  return std::strtod(std::string(text).c_str(), nullptr);
}

void take(const std::array<std::string_view, 5>& row, Table& table) {
  const std::string kind(row[0]);
  auto place = std::find(table.kinds.begin(), table.kinds.end(), kind);
  if (place == table.kinds.end()) {
    table.kinds.push_back(kind);
    table.groups.emplace_back();
    place = table.kinds.end() - 1;
  }
  auto& groups = table.groups[static_cast<std::size_t>(place - table.kinds.begin())];
  if (groups.empty() || groups.back().group != row[1])
    groups.push_back({std::string(row[1]), number_of(row[2]), {}});
  groups.back().fields.push_back({std::string(row[3]), number_of(row[4])});
}

const Table& table() {
  static const Table made = [] {
    Table read;
    std::string_view rest = embedded("care/completeness.tsv");
    bool named = false;  // the first line that is no remark names the columns
    while (!rest.empty()) {
      std::string_view line = cut(rest, '\n');
      if (line.empty() || line.front() == '#') continue;
      std::array<std::string_view, 5> row;
      for (std::string_view& part : row) part = cut(line, '\t');
      if (std::exchange(named, true)) take(row, read);
    }
    return read;
  }();
  return made;
}

}  // namespace

const std::vector<WeighedGroup>& completeness_of(std::string_view kind) {
  static const std::vector<WeighedGroup> none;
  const auto& kinds = table().kinds;
  const auto place = std::find(kinds.begin(), kinds.end(), kind);
  return place == kinds.end() ? none
                              : table().groups[static_cast<std::size_t>(place - kinds.begin())];
}

const std::vector<std::string>& completeness_kinds() {
  return table().kinds;
}

}  // namespace koinon::data
