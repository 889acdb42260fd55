// SPDX-License-Identifier: Apache-2.0
//
// The catalogue's members about methods, care, communities, peers and centres.
#include "engine/asked_codes.hpp"
#include "engine/care_view.hpp"
#include "engine/catalogue_impl.hpp"
#include "engine/collections.hpp"
#include "engine/communities.hpp"
#include "engine/evidence.hpp"
#include "engine/peers.hpp"
#include "engine/solved.hpp"

namespace koinon {

namespace {

const programme::ActivityColumns& activity_in(const engine::ViewKeeper& keeper) {
  return static_cast<const engine::ActivityView&>(keeper.view()).columns();
}

engine::KnownTheme theme_in(const programme::FitColumns& columns, store::Reader& reader,
                            const engine::Tools& tools) {
  return engine::known_theme(
      [&columns](const std::string& theme) { return columns.themes().has(theme); }, reader, tools);
}

}  // namespace

EvidenceReport Catalogue::evidence(const std::string& id) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::evidence_of(id, snapshot);
}

MethodReport Catalogue::method(const std::string& id) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::method_report(id, snapshot);
}

MethodsFound Catalogue::methods_for(const MethodsRequest& request, const Task& task) const {
  engine::check(request);
  return impl_->with_fit(
      task, request.wait, [&](SearchAsked& asked, const programme::FitColumns& columns) {
        const auto known = theme_in(columns, asked.documents, impl_->tools);
        return engine::methods_for(engine::with_codes(request, known),
                                   {asked.view, asked.state, columns, asked.documents, asked.task});
      });
}

CompletenessReport Catalogue::completeness(const std::string& id) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::completeness_report(id, snapshot);
}

IncompleteAnswer Catalogue::incomplete(const IncompleteRequest& request, const Task& task) const {
  auto reading = impl_->reading(impl_->care, task, request.wait);
  return static_cast<const engine::CareView&>(impl_->care.view())
      .incomplete(request, reading.snapshot);
}

StaleAnswer Catalogue::stale(const StaleRequest& request, const Task& task) const {
  programme::limits_of(request);
  auto reading = impl_->reading(impl_->care, task, request.wait);
  return static_cast<const engine::CareView&>(impl_->care.view()).stale(request, reading.snapshot);
}

Collections Catalogue::collections(const std::string& after, std::size_t limit) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::collections(after, limit, snapshot);
}

CommunityReport Catalogue::community(const std::string& id, const CommunityRequest& request,
                                     const Task& task) const {
  engine::check(request);
  auto reading = impl_->reading(impl_->activity, task, request.wait);
  return engine::community_report(id, request, activity_in(impl_->activity), task,
                                  reading.snapshot);
}

SolvedAnswer Catalogue::who_solved(const SolvedRequest& request, const Task& task) const {
  engine::check(request);
  return impl_->with_fit(
      task, request.wait, [&](SearchAsked& asked, const programme::FitColumns& columns) {
        const auto known = theme_in(columns, asked.documents, impl_->tools);
        return engine::who_solved(engine::with_codes(request, known),
                                  {asked.view, asked.state, columns, asked.documents, asked.task});
      });
}

PeersAnswer Catalogue::peers(const PeersRequest& request, const Task& task) const {
  programme::check(request);
  engine::PeerParties all;
  PeersRequest asked;
  std::uint64_t change = 0;
  {
    auto reading = impl_->reading(impl_->graph, task, request.wait);
    const auto& view = static_cast<const engine::GraphView&>(impl_->graph.view());
    change = view.reached();
    all = engine::peer_parties(request, view.offering_or_seeking(), reading.snapshot);
    const auto has = [&](const std::string& theme) {
      return view.has_theme(theme) || all.themes.count(theme) > 0;
    };
    asked = engine::with_codes(request, engine::known_theme(has, reading.snapshot, impl_->tools));
  }
  // Nothing of the catalogue is held while pairs are made.
  PeersAnswer answer = programme::pair_peers(all.parties, asked, task);
  answer.change = change;
  return answer;
}

CentresAnswer Catalogue::centres(const CentresRequest& request) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::centres(request, snapshot);
}

CentreReport Catalogue::centre(const std::string& id, const CommunityRequest& request,
                               const Task& task) const {
  engine::check(request);
  auto reading = impl_->reading(impl_->activity, task, request.wait);
  return engine::centre_report(id, request, activity_in(impl_->activity), task, reading.snapshot);
}

}  // namespace koinon
