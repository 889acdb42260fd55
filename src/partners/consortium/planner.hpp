// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "partners/consortium/solve.hpp"

namespace koinon::partners::consortium {

/// A problem that is asked again and again with a little changed: what if this one is out, that one
/// in, this rule gone? Each answer begins with what the former one knows: its team, where it still
/// is eligible, and its proof, where the change cannot have made any team better. One thread at a
/// time. Candidates and rules keep their numbers; changes add up and each can be taken back.
class Planner {
 public:
  /// Throws as validate() does.
  explicit Planner(Problem problem);
  /// The same, with what a solve() of just this problem found.
  Planner(Problem problem, const Answer& known);

  /// The problem with all changes. Rules left out are not in it, and what was required or forbidden
  /// stands in rules of its own after the others.
  Problem current() const;

  /// The best team of the problem as it stands now. As solve(); without `start` it begins with the
  /// former team. What was proved before the last change is used, not searched for again.
  Answer solve(const SolveOptions& options = {}, const SearchWatch& watch = {});

  /// A candidate more, with ties to those there are (`left` and `right` as in Problem::ties; the
  /// new one has the number that is returned).
  std::uint32_t add(const Candidate& candidate, const std::vector<Tie>& ties = {});
  void require(std::uint32_t candidate);  // takes back forbid()
  void forbid(std::uint32_t candidate);   // takes back require()
  void release(std::uint32_t candidate);  // neither
  /// Leaves out a rule, or takes it in again. It keeps its number.
  void relax(std::uint32_t rule);
  void enforce(std::uint32_t rule);
  /// Another rule in the place of one, or one more; returns its number.
  void replace(std::uint32_t rule, Rule with);
  std::uint32_t add_rule(Rule rule);

  /// All throw Error(InvalidArgument) for numbers that are not there or what validate() refuses,
  /// and then nothing has changed.

 private:
  void keep(const Answer& answer);
  void loosened();
  void check_candidate(std::uint32_t candidate) const;
  void check_rule(std::uint32_t rule) const;

  Problem problem_;
  std::vector<bool> relaxed_;             // by rule
  std::vector<std::int8_t> standing_;     // by candidate: 1 required, -1 forbidden
  std::vector<std::uint32_t> team_;       // the former answer
  double bound_;                          // no team of the problem as it stands is worth more
  bool proved_ = false;                   // team_ was the best before newcomers and tighter rules
  std::vector<std::uint32_t> newcomers_;  // since
};

}  // namespace koinon::partners::consortium
