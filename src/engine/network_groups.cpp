// SPDX-License-Identifier: Apache-2.0
//
// Organisations of a network that belong together, and those of some countries and kinds.
#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "engine/asked_codes.hpp"
#include "engine/network_calls.hpp"
#include "engine/network_state.hpp"

namespace koinon {

namespace {

// By number of the group its members, by falling strength.
std::vector<NetworkGroup> gathered(const Network::State& state, const std::vector<double>& number) {
  std::vector<NetworkGroup> groups;
  for (std::uint32_t member = 0; member < number.size(); ++member) {
    const auto group = static_cast<std::uint32_t>(number[member]);
    if (group >= groups.size()) groups.resize(std::size_t{group} + 1);
    groups[group].number = group;
    groups[group].members.push_back(member);
  }
  for (NetworkGroup& group : groups) {
    std::stable_sort(group.members.begin(), group.members.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                       return state.affiliations.strength_of(a) > state.affiliations.strength_of(b);
                     });
  }
  return groups;
}

// The part of the strength of its members' ties that stays among them.
double part_inside(const graph::TieGraph& ties, const NetworkGroup& group,
                   const std::vector<double>& number) {
  double inside = 0;
  double all = 0;
  for (const std::uint32_t member : group.members) {
    const auto neighbours = ties.neighbours(member);
    const auto strengths = ties.strengths(member);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      // A tie that stays is met from both of its ends, and is one.
      const bool stays = number[neighbours[i]] == number[member];
      const double strength = stays ? strengths[i] / 2 : strengths[i];
      all += strength;
      if (stays) inside += strength;
    }
  }
  return all > 0 ? inside / all : std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::pair<std::string, std::uint64_t>> countries_of(const Network::State& state,
                                                                const NetworkGroup& group) {
  std::map<std::string, std::uint64_t> counts;
  for (const std::uint32_t member : group.members) ++counts[state.countries[member]];
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

// What a network has is taken as it is, since one of rows may have codes of its own; the rest is
// looked up.
template <class LookUp>
std::vector<std::string> known_or(const std::vector<std::string>& told,
                                  const std::vector<std::string>& own, LookUp look_up) {
  std::vector<std::string> unknown;
  std::vector<std::string> wanted;
  for (const std::string& code : told) {
    const bool known = std::find(own.begin(), own.end(), code) != own.end();
    (known ? wanted : unknown).push_back(code);
  }
  for (std::string& code : look_up(unknown)) wanted.push_back(std::move(code));
  return wanted;
}

}  // namespace

NetworkGroups Network::groups(NetworkMeasure by, const MeasureOptions& options,
                              const Task& task) const {
  if (by != NetworkMeasure::Community && by != NetworkMeasure::Component)
    throw Error(ErrorCode::InvalidArgument, "groups are by community or component");
  const MeasureTable table = measure({by}, options, task);
  NetworkGroups found;
  found.change = change();
  found.modularity = table.modularity;
  found.groups = gathered(*state_, table.columns[0]);
  engine::guarded([&] {
    const graph::Watch watch = engine::watch_of(task, "groups");
    const graph::TieGraph& ties = state_->ties(watch);
    for (NetworkGroup& group : found.groups) {
      if (group.number % 256 == 0) graph::tell(watch, group.number, found.groups.size());
      group.inside = part_inside(ties, group, table.columns[0]);
      group.countries = countries_of(*state_, group);
    }
  });
  std::stable_sort(found.groups.begin(), found.groups.end(),
                   [](const NetworkGroup& a, const NetworkGroup& b) {
                     return a.members.size() > b.members.size();
                   });
  return found;
}

std::vector<std::uint32_t> Network::of(const std::vector<std::string>& countries,
                                       const std::vector<std::string>& kinds) const {
  engine::AskedCodes codes;
  const auto wanted_countries = known_or(countries, state_->countries, [&](const auto& unknown) {
    return codes.countries(unknown, "countries");
  });
  const auto wanted_kinds = known_or(
      kinds, state_->kinds, [&](const auto& unknown) { return codes.kinds(unknown, "kinds"); });
  codes.finish();
  const auto passes = [](const std::vector<std::string>& wanted, const std::string& code) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), code) != wanted.end();
  };
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (passes(wanted_countries, state_->countries[i]) && passes(wanted_kinds, state_->kinds[i]))
      numbers.push_back(i);
  }
  return numbers;
}

}  // namespace koinon
