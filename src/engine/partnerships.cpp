// SPDX-License-Identifier: Apache-2.0
//
// Catalogue: questions to the partnership graph, and what is built on it.
#include <optional>
#include <utility>

#include "engine/asked_codes.hpp"
#include "engine/catalogue_impl.hpp"
#include "engine/consortium.hpp"
#include "engine/eligibility.hpp"
#include "engine/linked.hpp"
#include "engine/recommend_all.hpp"

namespace koinon {

using engine::GraphView;

namespace {

// Whom a question to the partnership graph may be about: an organisation, or an id that records
// name as one that takes part though it has no record of its own.
void check_member(store::Reader& reader, const GraphView& view, const std::string& id) {
  if (!reader.find(id) && view.takes_part(id)) return;
  engine::check_organisation(reader, id);
}

// Those that a recommendation is asked for, and those that it leaves out.
void check_asked(const RecommendRequest& request, const GraphView& view, store::Reader& reader) {
  if (!request.organisation.empty()) check_member(reader, view, request.organisation);
  for (const std::string& id : request.members) {
    if (id.empty())
      throw Error(ErrorCode::InvalidArgument, "members: the id of an organisation is empty");
    check_member(reader, view, id);
  }
  engine::check_known(request.exclude, "exclude", view, reader);
}

}  // namespace

PartnerResults Catalogue::partners(const std::string& organisation, const PartnerRequest& request,
                                   const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  check_member(reading.snapshot, view, organisation);
  return view.partners(organisation, request, reading.snapshot);
}

PartnershipPath Catalogue::path(const std::string& from, const std::string& to,
                                const PathRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  for (const std::string* id : {&from, &to}) check_member(reading.snapshot, view, *id);
  return view.path(from, to, request.as_told, reading.snapshot, task);
}

Neighbourhood Catalogue::around(const std::string& organisation,
                                const NeighbourhoodRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  check_member(reading.snapshot, view, organisation);
  return view.around(organisation, request, task);
}

CommonPartners Catalogue::common_partners(const std::string& one, const std::string& other,
                                          const CommonPartnerRequest& request,
                                          const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  for (const std::string* id : {&one, &other}) check_member(reading.snapshot, view, *id);
  return view.common_partners(one, other, request, reading.snapshot);
}

NearOrganisations Catalogue::nearby(const std::vector<std::string>& organisations,
                                    const NearbyRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  for (const std::string& id : organisations) check_member(reading.snapshot, view, id);
  return view.nearby(organisations, request, task);
}

Recommendations Catalogue::recommend(const RecommendRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  check_asked(request, view, reading.snapshot);
  return view.recommend(
      engine::with_codes(request, engine::known_theme(view, reading.snapshot, impl_->tools),
                         engine::known_capability(view)),
      reading.snapshot, task);
}

RecommendationTable Catalogue::recommend_all(const RecommendAllRequest& request,
                                             const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.each.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  check_asked(request.each, view, reading.snapshot);
  for (const std::string& id : request.organisations) check_member(reading.snapshot, view, id);
  const auto asked =
      engine::with_codes(request, engine::known_theme(view, reading.snapshot, impl_->tools),
                         engine::known_capability(view));
  engine::RecommendBatch batch = view.recommend_batch(asked, reading.snapshot);
  // Nothing of the catalogue is held while it ranks.
  (void)std::move(reading).release();
  return engine::rank_batch(std::move(batch), task);
}

GraphSummary Catalogue::graph_summary(const Task& task) const {
  const auto reading = impl_->reading(impl_->graph, task, true);
  return static_cast<const GraphView&>(impl_->graph.view()).summary();
}

Network Catalogue::network(const NetworkRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  const auto known = engine::known_theme(view, reading.snapshot, impl_->tools);
  return view.network(engine::with_codes(request, known, view));
}

Lineage Catalogue::lineage(const std::string& initiative, const LineageRequest& request,
                           const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const store::RecordRow row = engine::known_row(reading.snapshot, initiative);
  if (row.kind != RecordKind::Initiative)
    engine::refuse_kind(initiative, row.kind, "an initiative");
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  return view.lineage(initiative, engine::with_codes(request), reading.snapshot, task);
}

ReplicationTimes Catalogue::replication_times(const ReplicationTimesRequest& request,
                                              const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  const auto known = engine::known_theme(view, reading.snapshot, impl_->tools);
  return view.replication_times(engine::with_codes(request, known), reading.snapshot, task);
}

EligibilityReport Catalogue::check_eligibility(const EligibilityRequest& request,
                                               const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, request.wait);
  const auto& view = static_cast<const GraphView&>(impl_->graph.view());
  return engine::check_eligibility(request, view, reading.snapshot);
}

ConsortiumAnswer Catalogue::build_consortium(const ConsortiumRequest& request,
                                             const Task& task) const {
  engine::check_request(request);
  std::optional<StoredRecord> call;
  if (!request.call.empty()) call = get(request.call);
  const auto wanted = engine::relevance_search(request, call ? &call->record : nullptr);
  std::optional<engine::ConsortiumPool> pool;
  // Views are asked one after the other, and somebody may write in between.
  static constexpr int tries = 3;
  for (int i = 0; i < tries && !pool; ++i) {
    engine::Relevance relevance;
    if (wanted) relevance = engine::relevance_of(search(*wanted, task));
    auto reading = impl_->reading(impl_->graph, task, request.wait);
    const auto& view = static_cast<const GraphView&>(impl_->graph.view());
    if (wanted && relevance.change != view.reached() && i + 1 < tries) continue;
    const auto known = engine::known_theme(view, reading.snapshot, impl_->tools);
    engine::check_known(request.forbidden, "forbidden", view, reading.snapshot);
    pool = engine::consortium_pool(engine::with_codes(request, known), relevance, view,
                                   reading.snapshot, task);
  }
  // Nothing of the catalogue is held while the search runs.
  return engine::build_consortium(
      request, *pool,
      [&](const std::string& one, const std::string& other) {
        auto reading = impl_->reading(impl_->graph, {}, true);
        return static_cast<const GraphView&>(impl_->graph.view())
            .shared_works(one, other, request.as_told, request.works, reading.snapshot);
      },
      task);
}

}  // namespace koinon
