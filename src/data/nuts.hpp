// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace koinon::data {

/// A region of the Nomenclature of Territorial Units for Statistics. Views into embedded bytes.
struct NutsRegion {
  std::string_view code;
  int level = 0;  // 0 country, 1, 2, 3
  std::string_view
      parent;  // empty for a country; take it from here, codes do not always begin with it
  std::string_view label;  // as its country writes it
  std::string_view latin_label;
  std::string_view country;         // EU-file code
  std::string_view version;         // the newest that has the code: "2024"
  std::optional<double> longitude;  // of a point that stands for the region, degrees
  std::optional<double> latitude;
};

/// The region of this code in the embedded table (vocabularies/nuts.tsv names its sources), or
/// nothing. O(log n).
std::optional<NutsRegion> nuts_region(std::string_view code);

/// How many regions the table has.
std::size_t nuts_size();

}  // namespace koinon::data
