// SPDX-License-Identifier: Apache-2.0
//
// How much of what makes a record complete it answers, and in which languages it is told.
#pragma once

#include <vector>

#include "koinon/care.hpp"

namespace koinon::programme {

/// The groups of fields of the record's kind (data/completeness.hpp), and the weighed mean of their
/// shares. `complete` is 0 and there are no groups for a kind that is not measured. O(record).
struct Completeness {
  double share = 0;
  std::vector<FieldGroup> groups;
};
Completeness completeness_of(const Record& record);
/// The share alone.
double completeness_share(const Record& record);

/// The languages of its texts, those of its parts left aside, by language. O(texts · log texts).
std::vector<LanguageVersion> languages_of(const Record& record);

}  // namespace koinon::programme
