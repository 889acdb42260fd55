// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>

#include "partners/consortium/explain.hpp"
#include "partners/consortium/run.hpp"

namespace koinon::partners::consortium {

namespace {

// Sets of rules smaller than the one found, tried at most.
constexpr std::size_t most_tried = 20'000;

class Conflicts {
 public:
  Conflicts(const Problem& problem, Limits& limits) : limits_(limits), bare_(problem) {
    // Whether a team is eligible does not depend on what it is worth.
    for (Candidate& candidate : bare_.candidates) candidate.fit = 0;
    bare_.ties.clear();
    bare_.tie_weight = 0;
    bare_.member_price = 0;
    rules_.swap(bare_.rules);
  }

  // Infeasible, Optimal or Feasible, Unknown, for some of the rules.
  Status status(const std::vector<std::uint32_t>& some) {
    bare_.rules.clear();
    for (const std::uint32_t rule : some) bare_.rules.push_back(rules_[rule]);
    Course course;
    course.gap = std::numeric_limits<double>::infinity();
    course.floor = -0.5;  // a team is worth 0: a bound below is a proof that there is none
    course.start = start_;
    const Answer answer = run(bare_, course, limits_);
    if (!answer.plan.members.empty()) {
      start_.clear();
      for (const Member& member : answer.plan.members) start_.push_back(member.candidate);
    }
    return answer.status;
  }

  Conflict find() {
    Conflict conflict;
    std::vector<std::uint32_t> kept(rules_.size());
    for (std::uint32_t r = 0; r < kept.size(); ++r) kept[r] = r;
    if (status(kept) != Status::Infeasible) return conflict;
    bool sure = true;
    for (std::uint32_t r = 0; r < rules_.size(); ++r) {
      auto fewer = kept;
      fewer.erase(std::find(fewer.begin(), fewer.end(), r));
      const Status found = status(fewer);
      if (found == Status::Infeasible) kept = std::move(fewer);
      if (found == Status::Unknown) sure = false;
    }
    conflict.rules = kept;
    conflict.proof = sure ? ConflictProof::Irreducible : ConflictProof::Conflicting;
    if (sure) make_smallest(conflict);
    return conflict;
  }

 private:
  // All smaller sets, the smallest first.
  void make_smallest(Conflict& conflict) {
    std::size_t tried = 0;
    for (std::size_t size = 0; size < conflict.rules.size(); ++size) {
      std::vector<std::uint32_t> some(size);
      for (std::uint32_t i = 0; i < size; ++i) some[i] = i;
      do {
        if (++tried > most_tried) return;
        const Status found = status(some);
        if (found == Status::Unknown) return;
        if (found == Status::Infeasible) {
          conflict.rules = some;
          conflict.proof = ConflictProof::Smallest;
          return;
        }
      } while (next(some));
    }
    conflict.proof = ConflictProof::Smallest;
  }

  // The next choice of as many rules.
  bool next(std::vector<std::uint32_t>& some) const {
    const std::size_t size = some.size();
    for (std::size_t i = size; i-- > 0;) {
      if (some[i] + (size - i) >= rules_.size()) continue;
      ++some[i];
      for (std::size_t j = i + 1; j < size; ++j) some[j] = some[j - 1] + 1;
      return true;
    }
    return false;
  }

  Limits& limits_;
  Problem bare_;
  std::vector<Rule> rules_;
  std::vector<std::uint32_t> start_;
};

}  // namespace

Conflict smallest_conflict(const Problem& problem, const SolveOptions& options,
                           const SearchWatch& watch) {
  validate(problem, options);
  Limits limits(options, watch);
  return Conflicts(problem, limits).find();
}

}  // namespace koinon::partners::consortium
