// SPDX-License-Identifier: Apache-2.0
#include "engine/care_view.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "engine/linked.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "programme/completeness.hpp"
#include "programme/membership.hpp"

namespace koinon::engine {

namespace {

bool is_review(const std::string& state) {
  return state == "submitted" || state == "national-review" || state == "eu-review";
}

programme::CaseFacts facts_of(const CaseStudy& study, Timestamp updated) {
  programme::CaseFacts facts;
  facts.period = study.period;
  facts.running = programme::running_of(study.running);
  facts.published = study.state == "published";
  facts.in_review = is_review(study.state);
  facts.updated = programme::day_at(updated);
  if (!study.steps.empty() && study.steps.back().at)
    facts.in_state = programme::day_at(study.steps.back().at.at);
  return facts;
}

void tell(const Record& record, programme::NamedRecord& named) {
  named.present = true;
  const auto* project = std::get_if<Project>(&record);
  named.period = project ? project->period : Period();
}

}  // namespace

const programme::NamedRecord* CareView::name(const std::string& id) {
  const auto [place, fresh] = named_.try_emplace(id);
  if (fresh) place->second.told.id = id;
  ++place->second.cases;
  return &place->second.told;
}

void CareView::drop(const programme::NamedRecord* named) {
  if (!named) return;
  const auto place = named_.find(named->id);
  if (--place->second.cases == 0) named_.erase(place);
}

void CareView::forget(std::string_view id) {
  const auto place = cases_.find(id);
  if (place == cases_.end()) return;
  drop(place->second.facts.lead);
  for (const auto* project : place->second.facts.projects) drop(project);
  cases_.erase(place);
}

// Only what a case names: most organisations and projects are named by none.
void CareView::follow_named(const ViewChange& change) {
  const auto place = named_.find(change.id);
  if (place == named_.end()) return;
  Named& named = place->second;
  named.looked_up = true;
  named.told.present = false;
  named.told.period = {};
  if (change.record) tell(*change.record, named.told);
}

void CareView::follow(const ViewChange& change) {
  if (change.kind == RecordKind::Organisation || change.kind == RecordKind::Project)
    return follow_named(change);
  if (change.kind != RecordKind::CaseStudy) return;
  const auto* study = change.record ? std::get_if<CaseStudy>(change.record) : nullptr;
  if (!study) return forget(change.id);
  Case made;
  made.facts = facts_of(*study, change.at);
  made.state = study->state;
  made.share = static_cast<float>(programme::completeness_share(*change.record));
  // Named before the old ones are dropped, so that who is named again stays known.
  if (!study->lead_organisation.empty()) made.facts.lead = name(study->lead_organisation);
  for (const std::string& id : study->projects) made.facts.projects.push_back(name(id));
  forget(change.id);
  cases_.emplace(change.id, std::move(made));
}

void CareView::apply(const ViewChange& change, RecordLookup&) {
  follow(change);
}

void CareView::add(const ViewChange& change, RecordLookup&) {
  follow(change);
}

void CareView::begin_rebuild(std::uint64_t) {
  cases_.clear();
  named_.clear();
  reached_ = 0;
}

// Who was named before it was told, or told before it was named.
void CareView::settle(store::Snapshot& snapshot, bool) {
  for (auto& [id, named] : named_) {
    if (named.looked_up) continue;
    named.looked_up = true;
    const auto row = snapshot.find(id);
    if (!row || row->state != store::State::Present) continue;
    tell(exchange::heading_from_json(row->kind, snapshot.body(row->change)).record, named.told);
  }
}

StaleAnswer CareView::stale(const StaleRequest& request, store::Snapshot& snapshot) const {
  const programme::StaleLimits limits = programme::limits_of(request);
  const std::uint32_t wanted = programme::codes_wanted(request);
  StaleAnswer answer;
  answer.change = reached_;
  answer.as_of = request.as_of;
  answer.records = cases_.size();
  std::array<std::uint64_t, programme::stale_codes.size()> counts{};
  Shown shown(snapshot);
  for (const auto& [id, each] : cases_) {
    std::uint32_t bits = programme::stale_bits(each.facts, limits) & wanted;
    for (; bits != 0; bits &= bits - 1) {
      const auto place = static_cast<std::size_t>(std::countr_zero(bits));
      ++counts[place];
      const std::uint64_t rank = answer.total++;
      if (rank < request.offset || answer.findings.size() >= request.limit) continue;
      auto finding =
          programme::stale_finding(static_cast<programme::Stale>(place), each.facts, limits);
      finding.id = id;
      finding.title = shown.title(id);
      finding.state = each.state;
      answer.findings.push_back(std::move(finding));
    }
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if ((wanted >> i & 1U) != 0) answer.counts.push_back({programme::stale_codes[i], counts[i]});
  }
  return answer;
}

IncompleteAnswer CareView::incomplete(const IncompleteRequest& request,
                                      store::Snapshot& snapshot) const {
  if (!(request.below >= 0 && request.below <= 1)) {
    throw Error(ErrorCode::InvalidArgument, "below is from 0 to 1",
                {{"below", "out_of_range", "is from 0 to 1"}});
  }
  IncompleteAnswer answer;
  answer.change = reached_;
  answer.records = cases_.size();
  using Row = std::pair<float, decltype(cases_)::const_iterator>;
  std::vector<Row> rows;
  double sum = 0;
  for (auto at = cases_.begin(); at != cases_.end(); ++at) {
    sum += static_cast<double>(at->second.share);
    if (static_cast<double>(at->second.share) < request.below)
      rows.emplace_back(at->second.share, at);
  }
  if (!cases_.empty()) answer.mean = sum / static_cast<double>(cases_.size());
  answer.total = rows.size();
  if (request.offset >= rows.size()) return answer;
  const std::size_t end = request.offset + std::min(request.limit, rows.size() - request.offset);
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(end), rows.end(),
                    [](const Row& a, const Row& b) {
                      return a.first != b.first ? a.first < b.first
                                                : a.second->first < b.second->first;
                    });
  Shown shown(snapshot);
  for (std::size_t i = request.offset; i < end; ++i) {
    const auto& [id, told] = *rows[i].second;
    answer.cases.push_back({id, shown.title(id), told.state, static_cast<double>(told.share)});
  }
  return answer;
}

}  // namespace koinon::engine
