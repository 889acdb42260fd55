// SPDX-License-Identifier: Apache-2.0
//
// The consortium builder, for consortium.py.
//
//   koinon_bench_consortium SECONDS FILE...
//
// Each FILE is a problem as consortium_data.py writes it. SECONDS are of processor time of this
// thread, so that others on the machine do not count. Prints for each file a line "NAME STATUS
// VALUE BOUND NODES SECONDS FIRST WHATIF": until the proof or the limit, until the first eligible
// team, and, of problems that were proved, until the proof without the first member of the team;
// "nan" where there is none.
#include <time.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <string>

#include "partners/consortium/planner.hpp"

namespace {

using namespace koinon::partners::consortium;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

Problem read(const char* path) {
  std::ifstream file(path);
  Problem problem;
  std::size_t count = 0;
  file >> problem.tie_weight >> problem.member_price >> count;
  problem.candidates.resize(count);
  for (Candidate& candidate : problem.candidates) {
    std::int64_t country = 0;
    std::int64_t group = 0;
    file >> candidate.fit >> country >> candidate.competences >> candidate.properties >>
        candidate.cost >> candidate.grant >> group;
    candidate.country = country < 0 ? no_country : std::uint16_t(country);
    candidate.group = group < 0 ? no_group : std::uint32_t(group);
  }
  file >> count;
  problem.ties.resize(count);
  for (Tie& tie : problem.ties) file >> tie.left >> tie.right >> tie.weight;
  file >> count;
  problem.rules.resize(count);
  for (Rule& rule : problem.rules) {
    std::string kind;
    std::size_t countries = 0;
    file >> kind >> rule.count >> rule.mark >> rule.amount >> countries;
    rule.countries.resize(countries);
    for (std::uint16_t& country : rule.countries) file >> country;
    if (kind == "members_at_least") rule.kind = RuleKind::MembersAtLeast;
    if (kind == "members_at_most") rule.kind = RuleKind::MembersAtMost;
    if (kind == "countries_at_least") rule.kind = RuleKind::CountriesAtLeast;
    if (kind == "per_country_at_most") rule.kind = RuleKind::PerCountryAtMost;
    if (kind == "competence_at_least") rule.kind = RuleKind::CompetenceAtLeast;
    if (kind == "property_at_least") rule.kind = RuleKind::PropertyAtLeast;
    if (kind == "linked_at_most") rule.kind = RuleKind::LinkedAtMost;
    if (kind == "cost_at_most") rule.kind = RuleKind::CostAtMost;
    if (kind == "rate_at_most") {
      rule.kind = RuleKind::RateAtMost;
      rule.amount *= 100;  // basis points in the files
    }
  }
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  return problem;
}

Answer within(Planner& planner, double seconds, double& taken, double& first) {
  SolveOptions options;
  options.seconds = std::numeric_limits<double>::infinity();
  const double begun = processor_seconds();
  const Answer answer = planner.solve(
      options, [&](const SearchState&) { return processor_seconds() - begun < seconds; });
  taken = processor_seconds() - begun;
  // The share of the wall that was ours.
  first = answer.seconds > 0 ? answer.first_seconds * taken / answer.seconds : 0;
  return answer;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const double seconds = std::atof(arguments[1]);
  for (int i = 2; i < count; ++i) {
    Planner planner(read(arguments[i]));
    double taken = 0;
    double first = 0;
    const Answer answer = within(planner, seconds, taken, first);
    double again = std::nan("");
    if (answer.status == Status::Optimal) {
      planner.forbid(answer.plan.members[0].candidate);
      double ignored = 0;
      const Answer without = within(planner, seconds, again, ignored);
      if (without.status != Status::Optimal && without.status != Status::Infeasible)
        again = std::nan("");
    }
    const char* const names[] = {"optimal", "feasible", "infeasible", "unknown"};
    std::printf("%s %s %.12g %.12g %llu %.6f %.6f %.6f\n",
                std::filesystem::path(arguments[i]).stem().c_str(), names[int(answer.status)],
                answer.plan.value, answer.bound, static_cast<unsigned long long>(answer.nodes),
                taken, first, again);
    std::fflush(stdout);
  }
}
