// SPDX-License-Identifier: Apache-2.0
//
// For whom of a pool a rule counts, as a member and as the one who coordinates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "partners/builder/mapping.hpp"
#include "partners/eligibility/answers.hpp"
#include "partners/eligibility/rule.hpp"

namespace koinon::partners::builder {

/// Those who count. Who coordinates may count for less or more than as a member: as the search
/// does not know beforehand who it will be, that has to be one number for all who may.
struct Counted {
  std::vector<bool> in;  // by place in the pool
  int shift = 0;         // added to the number of members that count
  std::size_t size() const;
  std::vector<std::uint32_t> places() const;
};

class Scope {
 public:
  explicit Scope(const Pool& pool);

  /// Who surely is what the rule asks for (Answer::Yes), or may be (Answer::Maybe); none if it
  /// depends on who coordinates.
  std::optional<Counted> of(const ReadRule& rule, Answer least) const;
  /// The same, without a shift.
  std::optional<Counted> whoever_coordinates(const ReadRule& rule, Answer least) const;
  /// How many of those beside.
  std::uint64_t beside(const ReadRule& rule, Answer least) const;

  /// The place of the one that is fixed as coordinator.
  std::optional<std::uint32_t> coordinator() const { return coordinator_; }

 private:
  const Pool& pool_;
  std::optional<std::uint32_t> coordinator_;
};

/// Whether it may be the coordinator of a bid.
bool may_coordinate(const Party& party);

}  // namespace koinon::partners::builder
