// SPDX-License-Identifier: Apache-2.0
//
// What lies around one or two organisations, on the graph as it follows the store.
#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "engine/graph_view.hpp"
#include "engine/network_calls.hpp"
#include "engine/ranked_page.hpp"
#include "graph/tie_list.hpp"
#include "graph/watch.hpp"
#include "koinon/error.hpp"

namespace koinon::engine {

namespace {

// A list of numbers in another order: `places[i]` is where the i-th is to come from.
template <class Values>
Values in_order(const Values& values, const std::vector<std::uint32_t>& places) {
  Values ordered;
  ordered.reserve(values.size());
  for (const std::uint32_t place : places) ordered.push_back(values[place]);
  return ordered;
}

}  // namespace

std::optional<std::uint32_t> GraphView::number_of(const std::string& organisation,
                                                  bool as_told) const {
  const auto known = members_.find(organisation);
  if (known == members_.end()) return std::nullopt;
  return as_told ? known->second : identities_.root(known->second);
}

bool GraphView::takes_part(const std::string& organisation) const {
  const auto number = number_of(organisation, true);
  return number && !asked(true).works_of(*number).empty();
}

GraphView::Origin GraphView::origin(const std::string& organisation, bool as_told) const {
  const auto member = number_of(organisation, as_told);
  if (!member) return {};
  return {code_shown(described_.countries, *member, !as_told),
          code_shown(described_.kinds, *member, !as_told)};
}

ShownOrganisation GraphView::shown(std::uint32_t member, bool as_told) const {
  return {member_ids_[member], name_shown(member, !as_told),
          code_shown(described_.countries, member, !as_told)};
}

PartnershipPath GraphView::path(const std::string& from, const std::string& to, bool as_told,
                                store::Snapshot& snapshot, const Task& task) const {
  PartnershipPath path;
  path.change = reached_;
  const auto start = number_of(from, as_told);
  const auto end = number_of(to, as_told);
  if (!start || !end) return path;
  const auto kernels = kernels_->take();
  const auto found = guarded(
      [&] { return kernels->paths.find(asked(as_told), *start, *end, watch_of(task, "path")); });
  for (const std::uint32_t member : found.members)
    path.organisations.push_back(shown(member, as_told));
  ToldWorks told{snapshot, asked(as_told)};
  for (std::size_t i = 0; i < found.works.size(); ++i) {
    path.works.push_back(shared_work(found.members[i], found.members[i + 1], found.works[i], told));
  }
  return path;
}

Neighbourhood GraphView::around(const std::string& organisation,
                                const NeighbourhoodRequest& request, const Task& task) const {
  Neighbourhood around;
  around.change = reached_;
  const auto self = number_of(organisation, request.as_told);
  if (!self) return around;
  const std::size_t most =
      request.limit == 0 ? std::numeric_limits<std::size_t>::max() : request.limit;
  const auto kernels = kernels_->take();
  const graph::EgoNetwork ego = guarded([&] {
    return kernels->egos.find(asked(request.as_told), *self, request.hops, most,
                              watch_of(task, "around"));
  });
  around.complete = ego.complete;

  // By id and not by number: numbers go by who came first.
  std::vector<std::uint32_t> order(ego.members.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (ego.hops[a] != ego.hops[b]) return ego.hops[a] < ego.hops[b];
    return member_ids_[ego.members[a]] < member_ids_[ego.members[b]];
  });
  for (const std::uint32_t i : order)
    around.organisations.push_back(shown(ego.members[i], request.as_told));
  around.hops = in_order(ego.hops, order);
  around.ties =
      guarded([&] { return ties_of(graph::list_ties(ego.ties, order, watch_of(task, "ties"))); });
  return around;
}

CommonPartners GraphView::common_partners(const std::string& one, const std::string& other,
                                          const CommonPartnerRequest& request,
                                          store::Snapshot& snapshot) const {
  using Common = graph::CommonPartners::Common;
  CommonPartners results;
  results.change = reached_;
  const auto first = number_of(one, request.as_told);
  const auto second = number_of(other, request.as_told);
  if (!first || !second) return results;
  const graph::IncidenceView view = asked(request.as_told);
  const auto kernels = kernels_->take();
  const auto found = kernels->common.of(view, *first, *second);
  results.total = found.size();
  const std::vector<Common> ranked =
      ranked_page(std::vector<Common>(found.begin(), found.end()), request.offset, request.limit,
                  [&](const Common& a, const Common& b) {
                    const double weaker_a = std::min(a.one.strength, a.other.strength);
                    const double weaker_b = std::min(b.one.strength, b.other.strength);
                    if (weaker_a != weaker_b) return weaker_a > weaker_b;
                    return member_ids_[a.partner] < member_ids_[b.partner];
                  });
  std::vector<std::uint32_t> page;
  for (const Common& common : ranked) page.push_back(common.partner);
  const auto works = kernels->projection.shared_works(view, *first, page, request.works);
  const auto others = kernels->projection.shared_works(view, *second, page, request.works);
  ToldWorks told{snapshot, view};
  for (std::size_t i = 0; i < page.size(); ++i) {
    const Common& common = ranked[i];
    CommonPartner partner;
    partner.organisation = shown(common.partner, request.as_told);
    partner.shared = common.one.shared;
    partner.strength = common.one.strength;
    partner.shared_other = common.other.shared;
    partner.strength_other = common.other.strength;
    for (const std::uint32_t work : works[i])
      partner.works.push_back(shared_work(*first, common.partner, work, told));
    for (const std::uint32_t work : others[i])
      partner.works_other.push_back(shared_work(*second, common.partner, work, told));
    results.partners.push_back(std::move(partner));
  }
  return results;
}

NearOrganisations GraphView::nearby(const std::vector<std::string>& organisations,
                                    const NearbyRequest& request, const Task& task) const {
  NearOrganisations near;
  near.change = reached_;
  std::vector<std::uint32_t> seeds;
  for (const std::string& organisation : organisations) {
    if (const auto number = number_of(organisation, request.as_told)) seeds.push_back(*number);
  }
  std::vector<std::uint32_t> sorted = seeds;
  std::sort(sorted.begin(), sorted.end());
  const auto kernels = kernels_->take();
  graph::PushResult found;
  try {
    found = kernels->nearness.around(
        asked(request.as_told), seeds, {request.damping, request.epsilon},
        [&](std::size_t, std::size_t) { return !task.cancel.cancelled(); });
  } catch (const graph::Stopped&) {
    throw Error(ErrorCode::Cancelled, "the search for near organisations was cancelled");
  } catch (const std::invalid_argument& e) {
    throw Error(ErrorCode::InvalidArgument, e.what());
  }
  near.error_bound = found.error_bound;
  std::vector<graph::PushScore> ranked;
  for (const graph::PushScore& score : found.scores) {
    if (!std::binary_search(sorted.begin(), sorted.end(), score.member)) ranked.push_back(score);
  }
  ranked = ranked_page(std::move(ranked), 0, request.limit,
                       [&](const graph::PushScore& a, const graph::PushScore& b) {
                         if (a.score != b.score) return a.score > b.score;
                         return member_ids_[a.member] < member_ids_[b.member];
                       });
  for (const graph::PushScore& score : ranked)
    near.organisations.push_back({shown(score.member, request.as_told), score.score});
  return near;
}

}  // namespace koinon::engine
