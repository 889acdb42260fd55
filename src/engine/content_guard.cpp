// SPDX-License-Identifier: Apache-2.0
#include "engine/content_guard.hpp"

#include <algorithm>
#include <set>

#include "data/vocabulary.hpp"
#include "domain/differences.hpp"
#include "domain/life.hpp"
#include "engine/life_facts.hpp"
#include "programme/guards.hpp"
#include "programme/transition.hpp"

namespace koinon::engine {

namespace {

// The fields of a bid that a write changes and that it is judged by.
std::set<std::string> changed_content(const Record& before, const Record& after) {
  static const std::set<std::string> judged = {
      "call", "consortium", "documents", "requested", "total_cost", "titles", "description"};
  std::set<std::string> changed;
  for (const FieldDifference& difference : domain::differences(before, after)) {
    const std::string field = difference.path.substr(0, difference.path.find_first_of(".["));
    const bool may_be_added = field == "titles" || field == "description" || field == "total_cost";
    if (difference.what == "added" && may_be_added) continue;
    if (judged.count(field) > 0) changed.insert(field);
  }
  return changed;
}

std::vector<Violation> fixed(const std::set<std::string>& fields, const std::string& why,
                             const std::string& help) {
  std::vector<Violation> violations;
  for (const std::string& field : fields) {
    violations.push_back({field, "content_fixed",
                          why + ", and this stays as it was handed in; what helps: " + help});
  }
  return violations;
}

}  // namespace

std::vector<Violation> keep_content(store::Reader& reader, const store::RecordRow& row,
                                    const Record& before, const Record& after, Timestamp now,
                                    const std::string& by) {
  const auto* bid = std::get_if<Bid>(&before);
  if (bid == nullptr || !std::holds_alternative<Bid>(after) || bid->steps.empty()) return {};
  const programme::LifeCycle& table = *programme::life_cycle_of(RecordKind::Bid);
  if (bid->state == table.initial) return {};
  const std::set<std::string> changed = changed_content(before, after);
  if (changed.empty()) return {};
  const std::string label = data::label("bid-states", bid->state, "en");
  if (bid->state != "submitted") {
    const bool may_go = table.edge(bid->state, "withdrawn") != nullptr;
    return fixed(changed, "the bid is " + label,
                 may_go ? "keep the field, or withdraw the bid by a step" : "keep the field");
  }
  const LivingRecord living{row, after, &table};
  const auto facts = facts_of(living, {by, {}}, now, reader, {});
  std::vector<Violation> violations;
  for (const Refusal& refusal :
       programme::refusals(*table.edge(table.initial, bid->state), facts)) {
    if (refusal.guard == "call-open") {
      return fixed(changed, "the bid is " + label + ", and " + refusal.reason,
                   "keep the field, or withdraw the bid by a step");
    }
    violations.push_back(
        {refusal.guard, refusal.code,
         "the bid is " + label + ", and " + refusal.reason + "; what helps: " + refusal.help});
  }
  return violations;
}

void keep_published(const Record& before, Record& after, Timestamp now, const std::string& by) {
  const auto* study = std::get_if<CaseStudy>(&before);
  const auto* told = std::get_if<CaseStudy>(&after);
  if (study == nullptr || told == nullptr) return;
  if (study->state != "published" || told->state != "published") return;
  const auto unanswered = [](const Record& record) {
    programme::Facts facts;
    facts.record = &record;
    return programme::checklist(facts);
  };
  const std::vector<Refusal> missing = unanswered(after);
  if (missing.empty() || !unanswered(before).empty()) return;
  std::string reason;
  for (const Refusal& refusal : missing) reason += (reason.empty() ? "" : "; ") + refusal.reason;
  const programme::LifeCycle& table = *programme::life_cycle_of(RecordKind::CaseStudy);
  programme::step_by_write(table, after, "stale", now, by, std::move(reason));
}

}  // namespace koinon::engine
