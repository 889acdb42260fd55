// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/solve.hpp"

#include "koinon/error.hpp"
#include "partners/consortium/run.hpp"

namespace koinon::partners::consortium {

Answer solve(const Problem& problem, const SolveOptions& options, const SearchWatch& watch) {
  validate(problem, options);
  Limits limits(options, watch);
  Course course;
  course.start = options.start;
  course.pool = options.pool;
  course.gap = options.gap;
  return run(problem, course, limits);
}

std::vector<Answer> solve_several(const Problem& problem, std::uint32_t count,
                                  std::uint32_t different, const SolveOptions& options,
                                  const SearchWatch& watch) {
  validate(problem, options);
  if (count < 1 || count > 100)
    throw Error(ErrorCode::InvalidArgument, "count: ask for 1 to 100 teams",
                {{"count", "out_of_range", "ask for 1 to 100 teams"}});
  if (different < 1 || different > largest_team)
    throw Error(ErrorCode::InvalidArgument, "different: give 1 to 64 members",
                {{"different", "out_of_range", "give 1 to 64 members"}});
  Limits limits(options, watch);
  Course course;
  course.start = options.start;
  course.pool = options.pool;
  course.gap = options.gap;
  course.others.different = different;
  std::vector<Answer> answers;
  for (std::uint32_t i = 0; i < count; ++i) {
    answers.push_back(run(problem, course, limits));
    const Answer& answer = answers.back();
    if (answer.plan.members.empty()) break;
    std::vector<std::uint32_t> team;
    for (const Member& member : answer.plan.members) team.push_back(member.candidate);
    course.start = team;
    // What is left is worth no more than what was the best of more.
    if (answer.scope == Scope::All) course.ceiling = answer.bound;
    course.others.teams.push_back(std::move(team));
  }
  return answers;
}

}  // namespace koinon::partners::consortium
