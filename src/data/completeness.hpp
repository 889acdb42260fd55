// SPDX-License-Identifier: Apache-2.0
//
// What makes a record complete (care/completeness.tsv).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace koinon::data {

struct WeighedField {
  std::string field;
  double weight = 0;
};

struct WeighedGroup {
  std::string group;
  double weight = 0;
  std::vector<WeighedField> fields;
};

/// The groups of a kind of record, in the order of the file; none for a kind that it does not have.
const std::vector<WeighedGroup>& completeness_of(std::string_view kind);
/// Kinds that it has, in the order of the file.
const std::vector<std::string>& completeness_kinds();

}  // namespace koinon::data
