// SPDX-License-Identifier: Apache-2.0
#include "graph/growth.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <stdexcept>

#include "graph/affiliations.hpp"

namespace koinon::graph {
namespace {

// Beside Affiliations: the period in which each member came to each of its works.
class Arrivals {
 public:
  Arrivals(IncidenceView graph, std::span<const std::int32_t> days, const Slice& slice)
      : affiliations(graph, slice) {
    of_work_.resize(affiliations.work_count());
    for (std::uint32_t member = 0; member < affiliations.member_count(); ++member) {
      const auto works = affiliations.works_of(member);
      std::size_t next = 0;
      for (const MemberRow& row : graph.works_of(member)) {
        if (next == works.size()) break;
        // Works come in the order of their first row that is kept.
        if (row.work != works[next] || !slice.keeps(row)) continue;
        ++next;
        const auto after = std::upper_bound(days.begin(), days.end(), row.from_day);
        const auto period = row.from_day == unknown_from ? days.begin() : after;
        of_member.push_back(static_cast<std::uint32_t>(period - days.begin()));
        of_work_[row.work].push_back(of_member.back());
      }
    }
  }

  // Beside members_of().
  std::span<const std::uint32_t> in_work(std::uint32_t work) const { return of_work_[work]; }

  Affiliations affiliations;
  std::vector<std::uint32_t> of_member;  // of all members' works, one after the other

 private:
  std::vector<std::vector<std::uint32_t>> of_work_;
};

}  // namespace

std::vector<Growth> growth(IncidenceView graph, std::span<const std::int32_t> days,
                           const Slice& slice, const Watch& watch) {
  if (std::adjacent_find(days.begin(), days.end(), std::greater_equal<>()) != days.end()) {
    throw std::invalid_argument("the days do not rise");
  }
  std::vector<Growth> periods(days.size() + 1);
  const Arrivals arrivals(graph, days, slice);
  const Affiliations& affiliations = arrivals.affiliations;
  for (std::uint32_t work = 0; work < affiliations.work_count(); ++work) {
    const auto came = arrivals.in_work(work);
    if (!came.empty()) ++periods[*std::min_element(came.begin(), came.end())].works;
  }
  const auto never = static_cast<std::uint32_t>(periods.size());
  std::vector<std::uint32_t> first(affiliations.member_count(), never);  // with the current member
  std::vector<std::uint32_t> passed(affiliations.work_count());
  std::vector<std::uint32_t> met;
  const std::uint32_t* own = arrivals.of_member.data();
  for (std::uint32_t member = 0; member < affiliations.member_count(); ++member) {
    if (member % 4096 == 0) tell(watch, member, affiliations.member_count());
    std::uint32_t earliest = never;
    for (const std::uint32_t work : affiliations.works_of(member)) {
      const std::uint32_t period = *own++;
      earliest = std::min(earliest, period);
      const auto members = affiliations.members_of(work);
      const auto came = arrivals.in_work(work);
      for (std::size_t i = ++passed[work]; i < members.size(); ++i) {
        std::uint32_t& together = first[members[i]];
        if (together == never) met.push_back(members[i]);
        together = std::min(together, std::max(period, came[i]));
      }
    }
    if (earliest != never) ++periods[earliest].members;
    for (const std::uint32_t partner : met) {
      ++periods[first[partner]].ties;
      first[partner] = never;
    }
    met.clear();
  }
  return periods;
}

}  // namespace koinon::graph
