// SPDX-License-Identifier: Apache-2.0
#include "engine/life.hpp"

#include "domain/differences.hpp"
#include "engine/catalogue_impl.hpp"
#include "engine/eligibility.hpp"
#include "exchange/record_json.hpp"

namespace koinon {

namespace {

// A member that is no longer there is a fault of the consortium, not of the question.
std::optional<EligibilityReport> checked(const EligibilityRequest& request,
                                         const engine::GraphView& view, store::Snapshot& snapshot) {
  try {
    return engine::check_eligibility(request, view, snapshot);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::NotFound && e.code() != ErrorCode::Erased &&
        e.code() != ErrorCode::InvalidArgument)
      throw;
    EligibilityReport report;
    report.change = view.reached();
    report.call = request.call;
    report.state = RuleState::Fails;
    RuleFinding finding;
    finding.state = RuleState::Fails;
    finding.reason = e.what();
    finding.advice = "take it out of the members, or mend it";
    report.findings.push_back(std::move(finding));
    return report;
  }
}

std::optional<EligibilityReport> eligibility_of(const engine::LivingRecord& living,
                                                const engine::GraphView& view,
                                                store::Snapshot& snapshot) {
  const auto* consortium = std::get_if<Consortium>(&living.record);
  if (consortium == nullptr) return std::nullopt;
  const auto request = engine::eligibility_request(snapshot, living.row.id, *consortium);
  return request ? checked(*request, view, snapshot) : std::nullopt;
}

}  // namespace

NextSteps Catalogue::next_steps(const std::string& id, const Actor& actor,
                                const std::string& language) const {
  const Timestamp now = impl_->now();
  {
    store::Snapshot snapshot = impl_->use().read();
    const engine::LivingRecord living = engine::living_record(snapshot, id);
    if (living.row.kind != RecordKind::Consortium)
      return engine::next_steps(living, actor, now, language, snapshot, {});
  }
  auto reading = impl_->reading(impl_->graph, {}, true);
  const auto& view = static_cast<const engine::GraphView&>(impl_->graph.view());
  const engine::LivingRecord living = engine::living_record(reading.snapshot, id);
  return engine::next_steps(living, actor, now, language, reading.snapshot,
                            [&] { return eligibility_of(living, view, reading.snapshot); });
}

Moved Catalogue::transition(const Transition& request) {
  const Timestamp now = impl_->now();
  engine::check_request(request, now);
  // What a consortium is held to comes from a view, which cannot be asked within a transaction:
  // where somebody wrote in between, it is asked again.
  static constexpr int tries = 5;
  for (int i = 0;; ++i) {
    engine::StepAsked asked{request, 0, std::nullopt, now};
    std::uint64_t looked_at = 0;
    bool eligibility = false;
    {
      store::Snapshot snapshot = impl_->use().read();
      const engine::LivingRecord living = engine::living_record(snapshot, request.id);
      asked.seen = living.row.version;
      eligibility = engine::asks_eligibility(living, request.to);
    }
    if (eligibility) {
      auto reading = impl_->reading(impl_->graph, {}, true);
      const auto& view = static_cast<const engine::GraphView&>(impl_->graph.view());
      const engine::LivingRecord living = engine::living_record(reading.snapshot, request.id);
      asked.seen = living.row.version;
      looked_at = view.reached();
      asked.eligibility = eligibility_of(living, view, reading.snapshot);
    }
    store::Transaction transaction = impl_->use().write();
    const bool stale = eligibility && transaction.last_change() != looked_at;
    if (stale && i + 1 < tries) continue;
    if (stale) {
      throw Error(ErrorCode::Conflict, "the catalogue changes faster than '" + request.id +
                                           "' can be checked; repeat the step");
    }
    return engine::take_step(transaction, asked);
  }
}

AdvancedCalls Catalogue::advance_calls(std::optional<Timestamp> now, const Task& task) {
  const Timestamp moment = now.value_or(impl_->now());
  store::Transaction transaction = impl_->use().write();
  return engine::advance_calls(transaction, engine::calls_by_clock(transaction, moment), moment,
                               task);
}

DesignReport Catalogue::check_design(const std::string& experiment) const {
  store::Snapshot snapshot = impl_->use().read();
  return engine::check_design(snapshot, experiment);
}

// ---- Versions side by side ---------------------------------------------------------------------

namespace {

store::RecordRow known_row(store::Reader& reader, const std::string& id) {
  const auto row = reader.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  if (row->state == store::State::Erased) throw Error(ErrorCode::Erased, "'" + id + "' was erased");
  return *row;
}

// The entry that made a version; 0: the latest with content, and for `before` the one before that.
store::Entry version_entry(store::Reader& reader, const store::RecordRow& row,
                           std::uint64_t version, std::uint64_t before) {
  for (std::uint64_t n = row.change; n != 0;) {
    store::Entry entry = reader.entry(n);
    n = entry.previous;
    if (entry.what != ChangeKind::Put) continue;
    if (version != 0 ? entry.version == version : before == 0 || entry.version < before)
      return entry;
  }
  throw Error(ErrorCode::NotFound,
              version != 0 ? "'" + row.id + "' has no version " + std::to_string(version) +
                                 " with content; its latest is " + std::to_string(row.version)
                           : "'" + row.id + "' has no version before " + std::to_string(before));
}

ComparedVersion compared(const store::Entry& entry) {
  return {entry.version, entry.n, entry.at, entry.by};
}

}  // namespace

Differences Catalogue::differences(const std::string& id, std::uint64_t from_version,
                                   std::uint64_t to_version) const {
  store::Snapshot snapshot = impl_->use().read();
  const store::RecordRow row = known_row(snapshot, id);
  const store::Entry to = version_entry(snapshot, row, to_version, 0);
  const store::Entry from = version_entry(snapshot, row, from_version, to.version);
  Differences found;
  found.id = id;
  found.kind = row.kind;
  found.from = compared(from);
  found.to = compared(to);
  found.fields = domain::differences(exchange::from_json(row.kind, from.body).record,
                                     exchange::from_json(row.kind, to.body).record);
  return found;
}

}  // namespace koinon
