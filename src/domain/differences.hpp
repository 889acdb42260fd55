// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/differences.hpp"
#include "koinon/records.hpp"

namespace koinon::domain {

/// What differs between two records of one kind, in the order of the fields; texts language by
/// language, lists entry by entry: an entry that is the same in both is no difference wherever it
/// stands. Of two kinds: nothing. O(n * m) in the lengths of the lists.
std::vector<FieldDifference> differences(const Record& before, const Record& after);

/// Two texts woven together by their words, with white space where it stood: the longest common
/// subsequence (Hunt and Szymanski, 1977, name the problem) where they are not too long, which is
/// past some 2,000 differing words; then what lies between their common beginning and end is taken
/// as replaced. O(differing words of one * of the other).
std::vector<WordRun> word_runs(std::string_view before, std::string_view after);

}  // namespace koinon::domain
