// SPDX-License-Identifier: Apache-2.0
#include "engine/care.hpp"

#include "domain/date.hpp"
#include "domain/kinds.hpp"
#include "domain/merge.hpp"
#include "engine/award_guard.hpp"
#include "engine/funding.hpp"
#include "engine/life_facts.hpp"
#include "engine/life_guard.hpp"
#include "engine/lineage_guard.hpp"
#include "engine/organisation_ends.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "engine/unit_of_work.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

// A present record without its references to `id`; one that means nothing without them goes, but
// stays in its history.
void forget_in(store::Transaction& transaction, store::RecordRow row, const std::string& id,
               std::string_view by, Timestamp at) {
  exchange::Decoded decoded = exchange::from_json(row.kind, transaction.body(row.change));
  const Record before = decoded.record;
  bool orphaned = false;
  if (!domain::drop_reference(decoded.record, id, orphaned)) return;
  // A consortium forms anew without the member; one whose life has ended has just lost its name.
  keep_life(before, decoded.record, at, std::string(by));
  // A record of an earlier version that broke a rule before does not go for that.
  orphaned = orphaned || (!check_rules(decoded.record).empty() && check_rules(before).empty());
  const std::string body = exchange::to_json(decoded.record);
  store::Version version;
  version.at = at;
  version.by = by;
  version.what = orphaned ? ChangeKind::Remove : ChangeKind::Put;
  if (!orphaned) version.body = body;
  transaction.append(row, version);
  if (!orphaned) keep_links(transaction, row, decoded.record);
}

// Takes every version of a record's content out of the file.
void scrub(store::Transaction& transaction, store::RecordRow row,
           const std::vector<std::string>& traces, std::string_view by, Timestamp at) {
  transaction.scrub(row, traces);
  store::Version gone;
  gone.what = ChangeKind::Erase;
  gone.at = at;
  gone.by = by;
  transaction.append(row, gone);
}

// False when it was erased before.
bool erase_rows(store::Store& store, const std::string& id, std::string_view by, const Task& task) {
  store::Transaction transaction = store.write();
  auto row = transaction.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  if (row->state == store::State::Erased) return false;
  std::vector<std::string> traces = {'"' + id + '"'};
  for (std::uint64_t n = row->change; n != 0;) {
    const store::Entry entry = transaction.entry(n);
    const auto decoded = exchange::from_json(row->kind, entry.body);
    for (const store::IdentifierKey& key : identifier_keys(decoded.record))
      traces.push_back(key.value);
    n = entry.previous;
  }
  const Timestamp at = now();
  Ticker ticker(task, "erase", 0);
  // The grounds of a decision quote the names that it is about.
  for (store::RecordRow& decision : transaction.ever_mentioned(id, RecordKind::MatchDecision)) {
    ticker.look();
    scrub(transaction, std::move(decision), {}, by, at);
  }
  for (store::RecordRow& other : transaction.mentions(id)) {
    ticker.look();
    if (other.seq != row->seq) forget_in(transaction, std::move(other), id, by, at);
  }
  scrub(transaction, std::move(*row), traces, by, at);
  transaction.commit();
  return true;
}

}  // namespace

void erase_record(store::Store& store, const std::string& id, std::string_view by, const Task& task,
                  const std::function<void(std::uint64_t)>& let_go) {
  const bool fresh = erase_rows(store, id, by, task);
  let_go(store.read().last_change());
  // Also for what was erased before: something may have kept the log from being emptied then.
  store.flush_log();
  if (!fresh) throw Error(ErrorCode::Erased, "'" + id + "' was erased before");
}

namespace {

void check_lineage(store::Snapshot& snapshot, const std::vector<store::ReplicationRow>& told,
                   CheckReport& report) {
  for (const store::ReplicationRow& row : told) {
    const auto kept = snapshot.replication(row.id);
    if (!kept || kept->parent != row.parent || kept->child != row.child ||
        domain::format_date(kept->date) != domain::format_date(row.date))
      report.findings.push_back({row.id, "is not in the list of replications as it is told"});
  }
  const auto ask = [&](const std::string& id) -> InitiativeNow {
    const auto row = snapshot.find(id);
    if (!row || row->state != store::State::Present) return {};
    return named_initiative(row->kind, snapshot.body(row->change));
  };
  for (Finding& finding : lineage_findings(told, ask))
    report.findings.push_back(std::move(finding));
}

// An import takes awards and calls as they are told, in any order.
void check_budget(store::Snapshot& snapshot, const std::string& id, CheckReport& report) {
  const auto money = programme_money(snapshot, id);
  if (!money) return;
  const auto tell = [&](const char* what, const programme::Excess& excess) {
    report.findings.push_back(
        {id + ".budget", what + programme::amount_text(excess.committed, excess.currency) +
                             ", exceed " +
                             (excess.known ? programme::amount_text(excess.budget, excess.currency)
                                           : "a budget that has no line in " + excess.currency)});
  };
  const std::vector<programme::Excess> awarded = programme::excesses(*money);
  for (const programme::Excess& excess : awarded) tell("its awards, ", excess);
  for (const programme::Excess& excess : programme::promised_excesses(*money)) {
    if (programme::worsens(awarded, excess))
      tell("its awards and what its calls under way plan to give, ", excess);
  }
}

void check_records(store::Snapshot& snapshot, CheckReport& report, const Task& task) {
  const std::uint64_t present = snapshot.present_records();
  Ticker ticker(task, "check", present);
  std::vector<store::ReplicationRow> replications;
  std::vector<Parenthood> parents;
  const AskKind kind = [&](const std::string& id) -> std::optional<RecordKind> {
    const auto row = snapshot.find(id);
    if (!row || row->state != store::State::Present) return std::nullopt;
    return row->kind;
  };
  const bool links = snapshot.knows_links();
  const bool funding = snapshot.knows_funding();
  snapshot.each_present(false, [&](const store::RecordRow& row, const store::Entry& entry) {
    ticker.step();
    ++report.records;
    const auto decoded = exchange::from_json(row.kind, entry.body);
    std::vector<Violation> wrong = decoded.violations;
    if (wrong.empty()) wrong = check_rules(decoded.record, row.id);
    if (wrong.empty()) wrong = wrong_ends(decoded.record, kind);
    for (const Violation& v : wrong) report.findings.push_back({row.id + "." + v.path, v.message});
    if (exchange::to_json(decoded.record) != entry.body && decoded.violations.empty())
      report.findings.push_back({row.id, "is not stored in its canonical form"});
    for (const std::string& reference : domain::references(decoded.record)) {
      const auto target = snapshot.find(reference);
      if (target && target->state == store::State::Present) continue;
      if (is_theme(reference)) continue;
      report.findings.push_back({row.id, "refers to '" + reference + "', which is not there"});
    }
    if (links && snapshot.links(row.seq) != domain::linked_records(decoded.record))
      report.findings.push_back({row.id, "is not in the list of links as it is told"});
    if (funding && snapshot.funding(row.seq) != funding_row(decoded.record))
      report.findings.push_back({row.id, "is not in the list of money as it is told"});
    if (links && row.kind == RecordKind::Programme) check_budget(snapshot, row.id, report);
    if (links) {
      for (Finding& finding : award_findings(snapshot, row.id, decoded.record))
        report.findings.push_back(std::move(finding));
    }
    const auto* organisation = std::get_if<Organisation>(&decoded.record);
    if (organisation && !organisation->parent.empty())
      parents.emplace_back(row.id, organisation->parent);
    if (const auto* told = std::get_if<Replication>(&decoded.record))
      replications.push_back(replication_row(row.id, *told));
    return true;
  });
  check_lineage(snapshot, replications, report);
  if (funding) {
    for (Finding& finding : snapshot.broken_funding())
      report.findings.push_back(std::move(finding));
  }
  for (Finding& finding : parent_circles(parents)) report.findings.push_back(std::move(finding));
  if (report.records != present)
    report.findings.push_back({"journal", std::to_string(present - report.records) +
                                              " records have lost their present version"});
}

}  // namespace

CheckReport check(const store::Store& store, const Task& task) {
  CheckReport report;
  store::Snapshot snapshot = store.read();
  try {
    report.findings = snapshot.integrity();
    check_records(snapshot, report, task);
    for (Finding& finding : snapshot.broken_vectors())
      report.findings.push_back(std::move(finding));
  } catch (const Error& e) {
    if (e.code() != ErrorCode::Damaged) throw;
    report.findings.push_back({"file", e.what()});
  }
  return report;
}

}  // namespace koinon::engine
