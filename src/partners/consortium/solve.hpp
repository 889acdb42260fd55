// SPDX-License-Identifier: Apache-2.0
//
// The best team that keeps the rules of a call, with a proof or with how far it may be from one.
// docs/reference/consortium.md has the model, the bound and what is guaranteed.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "partners/consortium/problem.hpp"

namespace koinon::partners::consortium {

enum class Status : std::uint8_t {
  Optimal,     // no eligible team of the scope is better, by more than 1e-9 of the value
  Feasible,    // an eligible team; a better one is possible, up to `bound`
  Infeasible,  // no team of the scope keeps the rules
  Unknown,     // the time was over before either was found
};

/// Among whom the answer is the best. What is known of a pool is not known of all.
enum class Scope : std::uint8_t { All, Pool };

/// A member and the roles it takes.
struct Member {
  std::uint32_t candidate = 0;
  std::uint64_t roles = 0;  // bits; only roles that some rule asks for
};

/// One eligible team; it has been checked by check.hpp.
struct Plan {
  std::vector<Member> members;  // by rising candidate
  double value = 0;
  /// By a rule Coordinator: the one required, or that member that may coordinate whose fit and ties
  /// to the others are the largest. Else nobody.
  std::uint32_t coordinator = nobody;
};

struct Answer {
  Status status = Status::Unknown;
  Scope scope = Scope::All;
  Plan plan;  // empty unless Optimal or Feasible
  /// No eligible team of the scope is worth more. The plan's value if Optimal, -infinity if
  /// Infeasible, +infinity if nothing is known.
  double bound = std::numeric_limits<double>::infinity();
  /// (bound - value) / max(|value|, 1e-9): 0 if Optimal, infinite without a plan.
  double gap = std::numeric_limits<double>::infinity();
  std::uint64_t nodes = 0;   // partial teams looked at
  double seconds = 0;        // on the wall
  double first_seconds = 0;  // until the first eligible team
  bool stopped = false;      // by the watch
};

/// How far a search is.
struct SearchState {
  bool found = false;  // value means something
  double value = 0;
  double bound = std::numeric_limits<double>::infinity();
  double gap = std::numeric_limits<double>::infinity();
  std::uint64_t nodes = 0;
  double seconds = 0;
};

/// Called by a search on its own thread, some twenty times a second at most. False asks it to stop,
/// which it does within 100 ms, with the best that it has.
using SearchWatch = std::function<bool(const SearchState&)>;

struct SolveOptions {
  /// Seconds on the wall, 0 or more. 0: nothing is searched, the status is Unknown. Infinite: until
  /// the proof.
  double seconds = 10;
  /// Partial teams after which the search ends, for answers that do not depend on a clock. 0: no
  /// limit.
  std::uint64_t nodes = 0;
  /// Ends as soon as the gap is not above it; 0: at the proof.
  double gap = 0;
  /// Above 0: only so many candidates are looked at, those of the greatest promise besides all who
  /// are required, and the scope of the answer is Pool unless there are no more of them.
  std::uint32_t pool = 0;
  /// A team to begin with, numbers of candidates. It need not be eligible.
  std::vector<std::uint32_t> start;
};

/// The best team. The same problem and options have the same answer as long as neither clock nor
/// watch ends the search; of equally good teams any one.
///
/// First a greedy team bettered by exchanges (a pass over candidates and ties for each step), then
/// branch and bound, which in the worst case looks at every team. Memory is linear in candidates,
/// ties and open branches; with ties of a few thousand candidates some tens of megabytes.
///
/// Throws Error(InvalidArgument) as validate() says, and for options out of range (seconds or gap
/// negative or no number, a start that names no candidate); Error(Internal) if the checker refuses
/// an answer, which would be a defect of the search; std::bad_alloc.
Answer solve(const Problem& problem, const SolveOptions& options = {},
             const SearchWatch& watch = {});

/// The best teams, one after the other: of each, at least `different` members are not in the first,
/// at least `different` not in the second, and so on for all before it; among teams that differ so
/// it is the best. Ends before `count` when no such eligible team is left (the last answer then is
/// Infeasible and is part of the result) or the time is over. `options.seconds` and `options.nodes`
/// are for all of them together, `start` is for the first. `different` at least 1, `count` at most
/// 100, or Error(InvalidArgument).
std::vector<Answer> solve_several(const Problem& problem, std::uint32_t count,
                                  std::uint32_t different, const SolveOptions& options = {},
                                  const SearchWatch& watch = {});

}  // namespace koinon::partners::consortium
