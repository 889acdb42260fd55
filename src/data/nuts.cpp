// SPDX-License-Identifier: Apache-2.0
#include "data/nuts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "data/embedded.hpp"

namespace koinon::data {

namespace {

constexpr std::size_t columns = 9;

std::optional<double> degrees(std::string_view text) {
  double value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

NutsRegion region_of(std::string_view line) {
  std::array<std::string_view, columns> cell;
  for (std::string_view& value : cell) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    value = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  NutsRegion region;
  region.code = cell[0];
  region.level = cell[1].empty() ? 0 : cell[1][0] - '0';
  region.parent = cell[2];
  region.label = cell[3];
  region.latin_label = cell[4];
  region.country = cell[5];
  region.version = cell[6];
  region.longitude = degrees(cell[7]);
  region.latitude = degrees(cell[8]);
  return region;
}

std::vector<NutsRegion> read_table() {
  std::vector<NutsRegion> table;
  std::string_view rest = embedded("vocabularies/nuts.tsv");
  bool header = true;  // the first line that is no remark
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line[0] == '#') continue;
    if (!header) table.push_back(region_of(line));
    header = false;
  }
  std::sort(table.begin(), table.end(),
            [](const NutsRegion& a, const NutsRegion& b) { return a.code < b.code; });
  return table;
}

const std::vector<NutsRegion>& table() {
  static const std::vector<NutsRegion> regions = read_table();
  return regions;
}

}  // namespace

std::optional<NutsRegion> nuts_region(std::string_view code) {
  const auto& regions = table();
  const auto found = std::lower_bound(
      regions.begin(), regions.end(), code,
      [](const NutsRegion& region, std::string_view key) { return region.code < key; });
  if (found == regions.end() || found->code != code) return std::nullopt;
  return *found;
}

std::size_t nuts_size() {
  return table().size();
}

}  // namespace koinon::data
