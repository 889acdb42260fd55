// SPDX-License-Identifier: Apache-2.0
//
// Catalogue: which organisations are one, and who decides it.
#include <utility>

#include "engine/catalogue_impl.hpp"
#include "engine/linked.hpp"
#include "engine/matching.hpp"
#include "engine/ticker.hpp"
#include "exchange/record_json.hpp"

namespace koinon {

using engine::GraphView;

MatchReport Catalogue::match(const MatchRequest& request, std::string_view by, const Task& task) {
  std::vector<engine::MatchCandidate> organisations;
  {
    auto reading = impl_->reading(impl_->graph, task, true);
    const auto& view = static_cast<const GraphView&>(impl_->graph.view());
    engine::Ticker ticker(task, "organisations", reading.snapshot.present_records());
    reading.snapshot.each_present(true, [&](const store::RecordRow& row, const auto& entry) {
      ticker.step();
      if (row.kind != RecordKind::Organisation) return true;
      auto decoded = exchange::from_json(row.kind, entry.body);
      organisations.push_back({row.id, std::get<Organisation>(std::move(decoded.record)),
                               1 + static_cast<double>(view.participations(row.id))});
      return true;
    });
  }
  return engine::run_match(impl_->use(), organisations, request, by, task);
}

Written Catalogue::decide(const Decision& decision, std::string_view by) {
  std::vector<DecisionEntry> log;
  {
    auto reading = impl_->reading(impl_->graph, {}, true);
    log = static_cast<const GraphView&>(impl_->graph.view())
              .decisions(decision.left, decision.right, reading.snapshot);
  }
  return engine::decide(impl_->use(), decision, new_id(RecordKind::MatchDecision), log, by);
}

Written Catalogue::undo_decision(const std::string& id, std::string_view reason,
                                 std::string_view by) {
  const StoredRecord stored = get(id);
  const auto* decision = std::get_if<MatchDecision>(&stored.record);
  if (!decision) engine::refuse_kind(id, kind_of(stored.record), "a decision");
  std::vector<DecisionEntry> log;
  {
    auto reading = impl_->reading(impl_->graph, {}, true);
    log = static_cast<const GraphView&>(impl_->graph.view())
              .decisions(decision->left, decision->right, reading.snapshot);
  }
  for (const DecisionEntry& entry : log) {
    if (entry.id == id && entry.holds)
      return put({{}, engine::withdrawal(entry, reason, by), {}}, by);
  }
  throw Error(ErrorCode::InvalidArgument, "'" + id + "' was taken back before");
}

OrganisationIdentity Catalogue::identity(const std::string& organisation, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, true);
  engine::check_organisation(reading.snapshot, organisation);
  return static_cast<const GraphView&>(impl_->graph.view())
      .identity(organisation, reading.snapshot);
}

ReviewQueue Catalogue::review(std::size_t limit, std::size_t offset, const Task& task) const {
  auto reading = impl_->reading(impl_->graph, task, true);
  return static_cast<const GraphView&>(impl_->graph.view()).review(limit, offset, reading.snapshot);
}

std::vector<IdentityConflict> Catalogue::identity_conflicts(const Task& task) const {
  const auto reading = impl_->reading(impl_->graph, task, true);
  return static_cast<const GraphView&>(impl_->graph.view()).conflicts();
}

}  // namespace koinon
