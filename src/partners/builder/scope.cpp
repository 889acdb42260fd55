// SPDX-License-Identifier: Apache-2.0
#include "partners/builder/scope.hpp"

#include <algorithm>

namespace koinon::partners::builder {

namespace {

constexpr const char* coordinator_role = "coordinator";

bool among(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

bool is_asked_for(const ReadRule& rule, const Party& party, Answer least) {
  return both(counts(rule, party), asked_for(rule, party)) >= least;
}

bool is_asked_for(const ReadRule& rule, const Party& party, bool coordinates, Answer least) {
  Party planned = party;
  planned.roles = planned_roles(party, coordinates);
  return is_asked_for(rule, planned, least);
}

}  // namespace

std::size_t Counted::size() const {
  return static_cast<std::size_t>(std::count(in.begin(), in.end(), true));
}

std::vector<std::uint32_t> Counted::places() const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < in.size(); ++i) {
    if (in[i]) all.push_back(i);
  }
  return all;
}

bool may_coordinate(const Party& party) {
  return party.other_bids.value_or(0) == 0 &&
         (party.roles.empty() || among(party.roles, coordinator_role));
}

Scope::Scope(const Pool& pool) : pool_(pool) {
  for (std::uint32_t i = 0; i < pool.members.size(); ++i) {
    const PoolMember& one = pool.members[i];
    if (one.fixed && among(one.party.roles, coordinator_role)) coordinator_ = i;
  }
}

std::optional<Counted> Scope::of(const ReadRule& rule, Answer least) const {
  Counted counted;
  std::optional<int> shift;
  for (std::uint32_t i = 0; i < pool_.members.size(); ++i) {
    const Party& party = pool_.members[i].party;
    counted.in.push_back(is_asked_for(rule, party, coordinator_ == i, least));
    if (coordinator_ || !may_coordinate(party)) continue;
    const int own = int(is_asked_for(rule, party, true, least)) - int(counted.in.back());
    if (shift.value_or(own) != own) return std::nullopt;
    shift = own;
  }
  counted.shift = shift.value_or(0);
  return counted;
}

std::optional<Counted> Scope::whoever_coordinates(const ReadRule& rule, Answer least) const {
  auto counted = of(rule, least);
  return counted && counted->shift == 0 ? counted : std::nullopt;
}

std::uint64_t Scope::beside(const ReadRule& rule, Answer least) const {
  return static_cast<std::uint64_t>(
      std::count_if(pool_.beside.begin(), pool_.beside.end(),
                    [&](const PoolMember& one) { return is_asked_for(rule, one.party, least); }));
}

}  // namespace koinon::partners::builder
