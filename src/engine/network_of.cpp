// SPDX-License-Identifier: Apache-2.0
//
// A network out of the graph of the catalogue: the rows that a request leaves, numbered anew.
#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "domain/date.hpp"
#include "engine/graph_view.hpp"
#include "engine/network_numbers.hpp"
#include "engine/network_state.hpp"
#include "graph/kept_rows.hpp"
#include "koinon/error.hpp"

namespace koinon::engine {

namespace {

void check_date(PartialDate date) {
  if (date && !domain::is_valid(date))
    throw Error(ErrorCode::InvalidArgument, domain::format_date(date) + ": there is no such day");
}

// Of vertices those that pass every list of codes; nothing where no list says anything.
std::optional<graph::Bitmap> chosen(
    std::uint32_t vertices,
    std::initializer_list<std::pair<const graph::CodeSets*, const std::vector<std::string>*>>
        lists) {
  std::optional<graph::Bitmap> all;
  for (const auto& [sets, codes] : lists) {
    if (codes->empty()) continue;
    graph::Bitmap having = sets->having_any(*codes);
    if (all) {
      graph::Bitmap both(vertices);
      for (std::uint32_t vertex = 0; vertex < vertices; ++vertex) {
        if (all->test(vertex) && having.test(vertex)) both.set(vertex);
      }
      having = std::move(both);
    }
    all = std::move(having);
  }
  return all;
}

graph::Slice period_of(const NetworkRequest& request) {
  check_date(request.from);
  check_date(request.until);
  graph::Slice slice;
  if (request.from) slice.first_day = domain::first_day(request.from);
  if (request.until) slice.last_day = domain::last_day(request.until);
  if (slice.first_day > slice.last_day) {
    throw Error(ErrorCode::InvalidArgument,
                "the period ends (" + domain::format_date(request.until) + ") before it begins (" +
                    domain::format_date(request.from) + "): there is no day in it");
  }
  slice.dates = request.running ? graph::Slice::Dates::alive : graph::Slice::Dates::begun;
  slice.undated = request.undated;
  if (request.max_members > 0) slice.max_members = request.max_members;
  return slice;
}

}  // namespace

Network GraphView::network(const NetworkRequest& request) const {
  graph::Slice slice = period_of(request);
  const graph::DynamicIncidence& graph = this->graph(!request.as_told);
  const auto count = static_cast<std::uint32_t>(member_ids_.size());
  auto members = chosen(
      count, {{&described_.countries, &request.countries}, {&described_.kinds, &request.kinds}});
  if (members && !request.as_told) {
    for (const auto& [root, group] : identities_.groups()) {
      for (const std::uint32_t one : group) {
        if (members->test(one)) members->set(root);
      }
    }
  }
  const auto works = chosen(works_, {{&described_.programmes, &request.programmes},
                                     {&described_.themes, &request.themes},
                                     {&described_.target_groups, &request.target_groups}});
  graph::Bitmap roles(role_codes_.size());
  for (const std::string& code : request.roles) {
    const auto known = roles_.find(code);
    if (known != roles_.end()) roles.set(known->second);
  }
  if (members) slice.members = &*members;
  if (works) slice.works = &*works;
  if (!request.roles.empty()) slice.roles = &roles;

  std::vector<graph::Incidence> rows;
  std::vector<std::uint32_t> member_numbers(graph.member_count(), unused_number);
  std::vector<std::uint32_t> work_numbers(graph.work_count(), unused_number);
  graph::each_kept_row(graph, slice, [&](std::uint32_t member, const graph::MemberRow& row) {
    rows.push_back(graph::incidence_of(member, row));
    member_numbers[member] = work_numbers[row.work] = 0;
  });
  auto state = std::make_shared<Network::State>();
  state->change = reached_;
  state->roles = role_codes_;
  for (const std::uint32_t old : renumber(member_numbers, member_ids_)) {
    state->organisations.push_back(member_ids_[old]);
    state->names.push_back(name_shown(old, !request.as_told));
    state->countries.push_back(code_shown(described_.countries, old, !request.as_told));
    state->kinds.push_back(code_shown(described_.kinds, old, !request.as_told));
  }
  if (!request.as_told) {
    for (const auto& [root, group] : identities_.groups()) {
      if (member_numbers[root] == unused_number) continue;
      for (const std::uint32_t one : group) {
        if (one != root) state->aliases.emplace_back(member_ids_[one], member_numbers[root]);
      }
    }
    std::sort(state->aliases.begin(), state->aliases.end());
  }
  for (const std::uint32_t old : renumber(work_numbers, described_.work_ids)) {
    const auto work = static_cast<std::uint32_t>(state->works.size());
    state->works.push_back(described_.work_ids[old]);
    state->programmes.set(work, described_.programmes.of(old));
    state->themes.set(work, described_.themes.of(old));
    state->target_groups.set(work, described_.target_groups.of(old));
  }
  for (graph::Incidence& row : rows) {
    row.member = member_numbers[row.member];
    row.work = work_numbers[row.work];
  }
  state->rows = graph::IncidenceGraph(rows, static_cast<std::uint32_t>(state->organisations.size()),
                                      static_cast<std::uint32_t>(state->works.size()));
  state->affiliations = graph::Affiliations(state->rows);
  return Network(std::move(state));
}

}  // namespace koinon::engine
