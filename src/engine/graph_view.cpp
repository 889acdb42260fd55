// SPDX-License-Identifier: Apache-2.0
#include "engine/graph_view.hpp"

#include <algorithm>
#include <array>

#include "domain/date.hpp"
#include "engine/names.hpp"
#include "engine/ranked_page.hpp"
#include "exchange/record_json.hpp"
#include "graph/components.hpp"
#include "graph/projection.hpp"

namespace koinon::engine {

namespace {

// The people-facing side of a record of the store, or an empty one where it is gone.
// Without who takes part in it.
Record heading_of(store::Snapshot& snapshot, const std::optional<store::RecordRow>& row) {
  if (!row || row->state != store::State::Present) return {};
  return exchange::heading_from_json(row->kind, snapshot.body(row->change)).record;
}

graph::Incidence incidence(std::uint32_t member, std::uint32_t work, std::uint16_t role,
                           const Period& period, std::optional<Share> share = {}) {
  graph::Incidence row{member, work, role};
  if (share) row.share = static_cast<std::uint32_t>(share->millionths);
  if (period.from) row.from_day = domain::first_day(period.from);
  if (period.to) row.to_day = domain::last_day(period.to);
  return row;
}

// Who takes part in a record, and when the record itself runs.
struct Membership {
  const std::vector<Participation>* participations = nullptr;
  const std::string* lead = nullptr;
  Period period;
};

Membership membership_of(const Record& record) {
  if (const auto* project = std::get_if<Project>(&record))
    return {&project->participations, nullptr, project->period};
  if (const auto* study = std::get_if<CaseStudy>(&record))
    return {&study->participations, &study->lead_organisation, study->period};
  return {};
}

}  // namespace

// ---- Following the store -----------------------------------------------------------------------

std::uint32_t GraphView::member(const std::string& id) {
  const auto [place, fresh] = members_.emplace(id, static_cast<std::uint32_t>(member_ids_.size()));
  if (fresh) member_ids_.push_back(id);
  return place->second;
}

// Works are numbered as their records are, so that an order by number does not depend on what was
// seen first.
std::uint32_t GraphView::work(std::int64_t seq) {
  const auto vertex = static_cast<std::uint32_t>(seq);
  works_ = std::max(works_, vertex + 1);
  return vertex;
}

std::uint16_t GraphView::role(const std::string& code) {
  const auto [place, fresh] = roles_.emplace(code, static_cast<std::uint16_t>(role_codes_.size()));
  if (fresh) role_codes_.push_back(code);
  return place->second;
}

void GraphView::describe(const ViewChange& change) {
  if (change.kind != RecordKind::Organisation) return;
  const std::string id(change.id);
  if (!change.record && members_.count(id) == 0) return;
  const std::uint32_t vertex = member(id);
  if (described_.names.size() <= vertex) {
    described_.names.resize(std::size_t{vertex} + 1);
    described_.named.resize(std::size_t{vertex} + 1, false);
    described_.recorded.resize(std::size_t{vertex} + 1, false);
  }
  const auto* told = change.record ? std::get_if<Organisation>(change.record) : nullptr;
  described_.names[vertex] = told ? name_of(*told) : std::string();
  described_.named[vertex] = told && !told->names.empty();
  described_.countries.set(vertex, told ? country_of(*change.record) : std::string());
  described_.kinds.set(vertex, told ? told->kind : std::string());
  described_.recorded[vertex] = told != nullptr;
  described_.offers.set(vertex, told ? told->offers : std::vector<std::string>());
  described_.seeks.set(vertex, told ? told->seeks : std::vector<std::string>());
  described_.capabilities.set(vertex, told ? capabilities_of(*told) : std::vector<std::string>());
  identities_.set_organisation(vertex, told);
}

void GraphView::decide(const ViewChange& change) {
  if (change.kind != RecordKind::MatchDecision) return;
  const auto* decision = change.record ? std::get_if<MatchDecision>(change.record) : nullptr;
  if (!decision) return identities_.drop_decision(change.seq);
  const std::uint32_t left = member(decision->left);
  identities_.set_decision(change.seq, change.id, *decision, left, member(decision->right));
}

void GraphView::tell_programme(const ViewChange& change) {
  const auto record = static_cast<std::uint32_t>(change.seq);
  if (!change.record) return programmes_.set(record, std::string());
  if (const auto* project = std::get_if<Project>(change.record))
    programmes_.set(record, project->programme);
  if (const auto* call = std::get_if<Call>(change.record)) programmes_.set(record, call->programme);
}

void GraphView::describe_work(std::uint32_t work, const ViewChange& change) {
  if (described_.work_ids.size() <= work) described_.work_ids.resize(std::size_t{work} + 1);
  described_.work_ids[work] = change.id;
  described_.topics.set(work, work_topics(*change.record));
  if (const auto* project = std::get_if<Project>(change.record)) {
    described_.programmes.set(work, project->programme);
    described_.themes.set(work, project->themes);
  } else if (const auto* study = std::get_if<CaseStudy>(change.record)) {
    described_.themes.set(work, study->themes);
    described_.target_groups.set(work, study->target_groups);
  }
}

std::vector<graph::Incidence> GraphView::rows_of(const ViewChange& change) {
  std::vector<graph::Incidence> rows;
  describe(change);
  decide(change);
  lineage_.follow(change);
  tell_programme(change);
  if (!change.record) return rows;
  const Membership told = membership_of(*change.record);
  const bool led = told.lead && !told.lead->empty();
  if (!led && (!told.participations || told.participations->empty())) return rows;
  const std::uint32_t vertex = work(change.seq);
  describe_work(vertex, change);
  for (const Participation& p : *told.participations) {
    const Period& period = p.period ? p.period : told.period;
    rows.push_back(incidence(member(p.organisation), vertex, role(p.role), period, p.share));
  }
  if (led) rows.push_back(incidence(member(*told.lead), vertex, role("lead"), told.period));
  return rows;
}

void GraphView::apply(const ViewChange& change, RecordLookup&) {
  std::vector<graph::Incidence> rows = rows_of(change);
  const auto members = static_cast<std::uint32_t>(member_ids_.size());
  graph_.grow(members, works_);
  if (merged_) merged_->grow(members, works_);
  const auto vertex = static_cast<std::uint32_t>(change.seq);
  if (vertex < graph_.work_count()) {
    graph_.replace(vertex, rows);
    for (graph::Incidence& row : rows) row.member = identities_.root(row.member);
    if (merged_) merged_->replace(vertex, rows);
  }
  settle_groups();
}

// Of a work the rows as merged.
std::vector<graph::Incidence> GraphView::merged_rows(std::uint32_t work) const {
  std::vector<graph::Incidence> rows;
  std::uint32_t last = 0;
  for (const graph::WorkRow& seen : graph_.members_of(work)) {
    if (!rows.empty() && seen.member == last) continue;  // with another role: had already
    last = seen.member;
    for (const graph::MemberRow& row : graph_.works_of(seen.member)) {
      if (row.work != work) continue;
      rows.push_back(graph::incidence_of(identities_.root(seen.member), row));
    }
  }
  return rows;
}

// Works of those that have come into another group are written anew; where these are many, all are,
// which then costs less.
void GraphView::settle_groups() {
  static constexpr std::size_t many = 16;
  const std::vector<std::uint32_t> moved = identities_.settle(member_ids_);
  if (!moved.empty()) kept_groups_->groups = nullptr;
  if (identities_.groups().empty()) return merged_.reset();
  if (!merged_) merged_.emplace(graph_);
  std::vector<std::uint32_t> works;
  for (const std::uint32_t member : moved) {
    for (const graph::MemberRow& row : graph_.works_of(member)) works.push_back(row.work);
  }
  std::sort(works.begin(), works.end());
  works.erase(std::unique(works.begin(), works.end()), works.end());
  if (works.size() <= works_ / many) {
    for (const std::uint32_t work : works) merged_->replace(work, merged_rows(work));
    return;
  }
  std::vector<graph::Incidence> rows;
  rows.reserve(graph_.row_count());
  for (std::uint32_t member = 0; member < graph_.member_count(); ++member) {
    for (const graph::MemberRow& row : graph_.works_of(member))
      rows.push_back(graph::incidence_of(identities_.root(member), row));
  }
  merged_.emplace(graph::IncidenceGraph(rows, graph_.member_count(), graph_.work_count()));
}

void GraphView::begin_rebuild(std::uint64_t) {
  *this = GraphView();
  rebuilding_ = true;
}

void GraphView::add(const ViewChange& change, RecordLookup&) {
  const std::vector<graph::Incidence> rows = rows_of(change);
  collected_.insert(collected_.end(), rows.begin(), rows.end());
}

void GraphView::caught_up(std::uint64_t n) {
  if (rebuilding_) {
    graph_ = graph::DynamicIncidence(
        graph::IncidenceGraph(collected_, static_cast<std::uint32_t>(member_ids_.size()), works_));
    collected_ = {};
    rebuilding_ = false;
    settle_groups();
    make_room();
  }
  reached_ = n;
}

// What grows by doubling, and would be moved as a whole by some write, gets its room now: it holds
// until there are twice as many.
void GraphView::make_room() {
  const std::size_t members = 2 * member_ids_.size();
  members_.reserve(members);
  member_ids_.reserve(members);
  described_.names.reserve(members);
  described_.named.reserve(members);
  described_.recorded.reserve(members);
  identities_.reserve(members);
  described_.work_ids.reserve(std::size_t{works_} * 2);
  kernels_->take()->warm(graph_);
}

// ---- Answers -----------------------------------------------------------------------------------

// Of a group the first that has a name speaks for it.
std::string GraphView::name_shown(std::uint32_t member, bool merged) const {
  const auto& names = described_.names;
  const auto named = [&](std::uint32_t one) { return one < names.size() && described_.named[one]; };
  if (merged && !named(member)) {
    for (const std::uint32_t one : identities_.group(member)) {
      if (named(one)) return names[one];
    }
  }
  return member < names.size() ? names[member] : std::string();
}

std::string GraphView::code_shown(const graph::CodeSets& codes, std::uint32_t member,
                                  bool merged) const {
  const auto code = [&](std::uint32_t one) {
    const auto& all = codes.of(one);
    return all.empty() ? std::string() : all.front();
  };
  if (!merged || !code(member).empty()) return code(member);
  for (const std::uint32_t one : identities_.group(member)) {
    if (!code(one).empty()) return code(one);
  }
  return {};
}

// The roles of a member in a work, and the sum of what is known of its shares in them.
std::optional<Share> GraphView::take_part(const graph::IncidenceView& graph, std::uint32_t member,
                                          std::uint32_t work,
                                          std::vector<std::string>& roles) const {
  std::optional<Share> share;
  for (const graph::WorkRow& row : graph.roles_of(member, work)) {
    roles.push_back(role_codes_[row.role]);
    if (row.share == graph::unknown_share) continue;
    const std::uint32_t before = share ? static_cast<std::uint32_t>(share->millionths) : 0;
    share = Share{static_cast<std::int32_t>(std::min(before + row.share, graph::whole_share))};
  }
  std::sort(roles.begin(), roles.end());
  return share;
}

SharedWork GraphView::shared_work(std::uint32_t member, std::uint32_t partner, std::uint32_t work,
                                  ToldWorks& told) const {
  const auto [place, fresh] = told.known.try_emplace(work);
  SharedWork& known = place->second;
  const auto row = fresh ? told.snapshot.find(static_cast<std::int64_t>(work)) : std::nullopt;
  if (row) {
    known.id = row->id;
    known.kind = row->kind;
    const Record record = heading_of(told.snapshot, row);
    known.title = title_of(record, told.snapshot);
    known.period = membership_of(record).period;
  }
  SharedWork shared = known;
  shared.own_share = take_part(told.graph, member, work, shared.own_roles);
  shared.partner_share = take_part(told.graph, partner, work, shared.partner_roles);
  return shared;
}

PartnerResults GraphView::partners(const std::string& organisation, const PartnerRequest& request,
                                   store::Snapshot& snapshot) const {
  PartnerResults results;
  results.change = reached_;
  results.component = 1;
  const auto known = number_of(organisation, request.as_told);
  if (!known) return results;
  const std::uint32_t self = *known;
  const graph::IncidenceView view = asked(request.as_told);
  const auto kernels = kernels_->take();
  graph::Projection& projection = kernels->projection;
  const auto ties = projection.partners_of(view, self);
  std::vector<graph::Tie> ranked(ties.begin(), ties.end());
  results.total = ranked.size();
  std::vector<std::uint32_t> works;
  for (const graph::MemberRow& row : view.works_of(self)) works.push_back(row.work);
  std::sort(works.begin(), works.end());
  results.works =
      static_cast<std::uint64_t>(std::unique(works.begin(), works.end()) - works.begin());
  results.component = view.component_size(self);

  ranked = ranked_page(std::move(ranked), request.offset, request.limit,
                       [&](const graph::Tie& a, const graph::Tie& b) {
                         if (a.strength != b.strength) return a.strength > b.strength;
                         return member_ids_[a.partner] < member_ids_[b.partner];
                       });
  std::vector<std::uint32_t> page;
  if (request.works > 0) {
    for (const graph::Tie& tie : ranked) page.push_back(tie.partner);
  }
  const auto shared = projection.shared_works(view, self, page, request.works);
  ToldWorks told{snapshot, view};
  results.partners.reserve(ranked.size());
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    Partner& partner = results.partners.emplace_back();
    ShownOrganisation named = shown(ranked[i].partner, request.as_told);
    partner.id = std::move(named.id);
    partner.name = std::move(named.name);
    partner.country = std::move(named.country);
    partner.shared = ranked[i].shared;
    partner.strength = ranked[i].strength;
    if (shared.empty()) continue;
    for (const std::uint32_t vertex : shared[i])
      partner.works.push_back(shared_work(self, ranked[i].partner, vertex, told));
  }
  return results;
}

std::vector<std::string> GraphView::offering_or_seeking() const {
  std::vector<std::string> ids;
  for (std::uint32_t member = 0; member < member_ids_.size(); ++member) {
    if (!described_.offers.of(member).empty() || !described_.seeks.of(member).empty())
      ids.push_back(member_ids_[member]);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

GraphSummary GraphView::summary() const {
  const graph::DynamicIncidence& graph = this->graph(true);
  const graph::Components components = graph::connected_components(graph::IncidenceView(graph));
  GraphSummary summary;
  summary.change = reached_;
  summary.organisations = graph.linked_members();
  summary.works = graph.linked_works();
  summary.participations = graph.row_count();
  summary.components = components.sizes.size();
  summary.largest_component = components.largest();
  return summary;
}

}  // namespace koinon::engine
