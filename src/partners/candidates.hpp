// SPDX-License-Identifier: Apache-2.0
//
// Which pairs of organisations are worth comparing.
#pragma once

#include <cstdint>
#include <vector>

#include "partners/population.hpp"

namespace koinon::partners {

/// Two members of a population, left < right.
struct MemberPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  friend auto operator<=>(const MemberPair&, const MemberPair&) = default;
};

struct CandidateOptions {
  /// A block of more members is not paired all with all: it is sorted and each is paired with the
  /// `window` that follow it. At least 2 and 1.
  std::uint32_t block = 64;
  std::uint32_t window = 8;
  /// Of each name, how many of its rarest words make blocks.
  std::uint32_t rare_words = 4;
};

struct Candidates {
  std::vector<MemberPair> pairs;  // sorted, distinct
  std::uint64_t blocks = 0;       // of two members or more
  std::uint64_t cut = 0;          // of these, larger than CandidateOptions::block
};

/// Members that share a key: an identifier; a part of a name (no mere place); one of the rarest
/// words of a name; two words of it that are not rare; the first or last letters of a rare word,
/// for slips of the pen; an acronym and the words whose initials it is. Members with an identifier
/// in common are always joined by a chain of pairs. Others can be missed: the tests state the
/// share.
///
/// O(keys log keys + pairs log pairs), keys being linear in the words and pairs at most
/// keys * block / 2. The same members in the same order give the same pairs. Throws
/// std::invalid_argument for less than the least block or window, std::bad_alloc, and what `step`
/// throws.
Candidates candidate_pairs(const Population& population, const CandidateOptions& options = {},
                           const Step& step = {});

}  // namespace koinon::partners
