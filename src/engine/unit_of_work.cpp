// SPDX-License-Identifier: Apache-2.0
#include "engine/unit_of_work.hpp"

#include <algorithm>

#include "domain/identifiers.hpp"
#include "domain/kinds.hpp"
#include "domain/life.hpp"
#include "domain/merge.hpp"
#include "engine/content_guard.hpp"
#include "engine/funding.hpp"
#include "engine/life_guard.hpp"
#include "engine/offer_guard.hpp"
#include "engine/organisation_ends.hpp"
#include "engine/rules.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

std::string identifier_text(const store::IdentifierKey& key) {
  return key.scheme + ':' + key.value;
}

bool same_source(const Record& a, const Record& b) {
  const auto* left = domain::sources_of(a);
  const auto* right = domain::sources_of(b);
  if (!left || !right) return true;
  for (const SourceRecord& x : *left) {
    for (const SourceRecord& y : *right) {
      if (x.portal == y.portal && x.local_id == y.local_id) return true;
    }
  }
  return left->empty() && right->empty();
}

// False where a body surely names no record that is asked backwards, and says nothing of the money
// of a programme: most projects of an import.
bool may_link(RecordKind kind, std::string_view body, bool fresh) {
  const auto has = [&](std::string_view key) { return body.find(key) != std::string_view::npos; };
  switch (kind) {
    case RecordKind::Organisation:
    case RecordKind::Initiative:
    case RecordKind::Concept:
    case RecordKind::MatchDecision:
    case RecordKind::Replication:
      return false;
    case RecordKind::Project:
      return !fresh || has("\"call\":\"") || has("\"initiatives\":[");
    default:
      return true;
  }
}

bool has_steps(std::string_view body) {
  return body.find("\"steps\":[") != std::string_view::npos;
}

}  // namespace

std::vector<store::IdentifierKey> identifier_keys(const Record& record) {
  std::vector<store::IdentifierKey> keys;
  if (const auto* organisation = std::get_if<Organisation>(&record)) {
    for (const Identifier& id : organisation->identifiers) {
      // A register's numbers are only its own within its country.
      const std::string scheme = id.country.empty() ? id.scheme : id.scheme + '@' + id.country;
      keys.push_back({scheme, domain::normal_identifier(id.scheme, id.value)});
    }
  }
  return keys;
}

UnitOfWork::UnitOfWork(store::Transaction& transaction, Timestamp now, std::string by,
                       std::uint64_t run_start, ImportMemory* memory)
    : transaction_(transaction),
      now_(now),
      by_(std::move(by)),
      run_start_(run_start),
      memory_(memory),
      lineage_(transaction, [this](const std::string& id) { return initiative(id); }) {}

std::optional<store::RecordRow> UnitOfWork::find(const std::string& id) {
  if (memory_ && memory_->surely_new(id)) return std::nullopt;
  return transaction_.find(id);
}

UnitOfWork::Pending& UnitOfWork::load(const std::string& id, RecordKind kind) {
  const auto [place, fresh] = pending_.try_emplace(id);
  Pending& pending = place->second;
  if (fresh) {
    pending.id = id;
    pending.row = find(id);
    pending.kind = pending.row ? pending.row->kind : kind;
  }
  return pending;
}

const std::string& UnitOfWork::stored_body(Pending& pending) {
  if (pending.body.empty() && pending.row && pending.row->state == store::State::Present)
    pending.body = transaction_.body(pending.row->change);
  return pending.body;
}

bool UnitOfWork::touched(const Pending& pending) const {
  return pending.dirty || (pending.row && pending.row->change > run_start_) ||
         (memory_ && memory_->told.contains(pending.id));
}

// An organisation that the catalogue knows by one of its identifiers keeps the id it has there, and
// the other drafts of the row follow.
void UnitOfWork::resolve_identifiers(std::vector<PreparedDraft>& drafts) {
  for (PreparedDraft& prepared : drafts) {
    exchange::Draft& draft = prepared.draft;
    if (draft.id_told || kind_of(draft.record) != RecordKind::Organisation) continue;
    if ((memory_ && memory_->stored.contains(draft.id)) || pending_.count(draft.id) > 0) continue;
    const auto keys = identifier_keys(draft.record);
    if (keys.empty() || find(draft.id)) continue;
    for (const store::IdentifierKey& key : keys) {
      const auto waiting = by_identifier_.find(identifier_text(key));
      std::string id = waiting != by_identifier_.end() ? waiting->second : std::string();
      if (id.empty()) {
        if (const auto row = transaction_.find_identifier(key.scheme, key.value)) id = row->id;
      }
      if (id.empty() || id == draft.id) continue;
      for (PreparedDraft& other : drafts) {
        if (domain::replace_reference(other.draft.record, draft.id, id))
          other.body = exchange::to_json(other.draft.record);
      }
      draft.id = id;
      break;
    }
  }
}

// What was erased stays erased: its own draft goes, and the others of the row lose what they say of
// it. One that then means nothing goes as well.
void UnitOfWork::forget_erased(std::vector<PreparedDraft>& drafts) {
  for (std::size_t i = 0; i < drafts.size();) {
    const exchange::Draft& draft = drafts[i].draft;
    const bool known = memory_ && memory_->stored.contains(draft.id);
    const auto* row = known ? nullptr : &load(draft.id, kind_of(draft.record)).row;
    if (!row || !*row || (*row)->state != store::State::Erased) {
      ++i;
      continue;
    }
    const std::string id = draft.id;
    drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(i));
    const auto meaningless = [&](PreparedDraft& other) {
      bool orphaned = false;
      if (!domain::drop_reference(other.draft.record, id, orphaned)) return false;
      other.body = exchange::to_json(other.draft.record);
      return orphaned || !check_rules(other.draft.record).empty();
    };
    drafts.erase(std::remove_if(drafts.begin(), drafts.end(), meaningless), drafts.end());
    i = 0;
  }
}

UnitOfWork::Outcome UnitOfWork::apply(std::vector<PreparedDraft>& drafts) {
  Outcome outcome;
  resolve_identifiers(drafts);
  forget_erased(drafts);
  std::vector<Step> steps;
  steps.reserve(drafts.size());
  for (PreparedDraft& prepared : drafts) {
    const exchange::Draft& draft = prepared.draft;
    if (draft.merge == exchange::Merge::Keep && memory_ && memory_->stored.contains(draft.id))
      continue;
    steps.push_back(plan(prepared, outcome.violations));
  }
  if (outcome.violations.empty()) outcome.violations = check_lineage(steps);
  if (outcome.violations.empty()) outcome.violations = wrong_ends(steps);
  if (!outcome.violations.empty()) return outcome;
  for (Step& step : steps) {
    if (memory_) {
      const bool whole = step.prepared->draft.merge == exchange::Merge::Replace;
      (whole ? memory_->told : memory_->stored).add(step.pending->id);
    }
    if (step.body.empty()) continue;
    outcome.changed = true;
    if (!step.pending->dirty) order_.push_back(step.pending);
    step.pending->dirty = true;
    step.pending->body = std::move(step.body);
    step.pending->envelope = step.prepared->draft.envelope;
    for (const store::IdentifierKey& key : identifier_keys(step.prepared->draft.record))
      by_identifier_.emplace(identifier_text(key), step.pending->id);
  }
  return outcome;
}

UnitOfWork::Step UnitOfWork::plan(PreparedDraft& prepared, std::vector<Violation>& violations) {
  Step step;
  step.prepared = &prepared;
  const exchange::Draft& draft = prepared.draft;
  step.pending = &load(draft.id, kind_of(draft.record));
  const Pending& pending = *step.pending;
  if (pending.kind != kind_of(draft.record)) {
    violations.push_back({"id", "id_taken",
                          "'" + draft.id + "' is the id of a " +
                              domain::kind_names[static_cast<std::size_t>(pending.kind)]});
    return step;
  }
  const bool stored = pending.row.has_value();
  // What a host removed comes back only by name.
  if (stored && pending.row->state == store::State::Removed && !draft.id_told && !pending.dirty)
    return step;
  const bool present = pending.dirty || (stored && pending.row->state == store::State::Present);
  if (!present) {
    if (stored) {
      plan_version(step, violations);
      if (!violations.empty()) return step;
    }
    if (draft.merge == exchange::Merge::Union) {
      for (Violation& violation : check_rules(draft.record, draft.id))
        violations.push_back(std::move(violation));
    }
    step.body = prepared.body.empty() ? exchange::to_json(draft.record) : std::move(prepared.body);
    return step;
  }
  switch (draft.merge) {
    case exchange::Merge::Keep:
      break;
    case exchange::Merge::Replace:
      plan_replace(step, violations);
      break;
    case exchange::Merge::Union:
      plan_union(step, violations);
      break;
  }
  return step;
}

void UnitOfWork::plan_replace(Step& step, std::vector<Violation>& violations) {
  Pending& pending = *step.pending;
  const exchange::Draft& draft = step.prepared->draft;
  const std::string& before = stored_body(pending);
  if (domain::lives(pending.kind) && has_steps(before)) {
    const Record stored = exchange::from_json(pending.kind, before).record;
    if (draft.id_told) {
      for (Violation& violation : follow_life(stored, draft.record))
        violations.push_back(std::move(violation));
      if (!violations.empty()) return;
    } else if (engine::carry_life(stored, step.prepared->draft.record)) {
      step.prepared->body = exchange::to_json(draft.record);
    }
  }
  if (before == step.prepared->body) return;
  if (touched(pending)) {
    violations.push_back({"id", "duplicate_id",
                          "an earlier row of this file, or someone while it was read, gave this id "
                          "another content"});
    return;
  }
  if (draft.id_told) {
    plan_version(step, violations);
    return;
  }
  const auto stored = exchange::from_json(pending.kind, before);
  if (!same_source(stored.record, draft.record)) {
    violations.push_back(
        {"id", "id_taken", "'" + draft.id + "' belongs to a row of another source"});
    return;
  }
  step.body = std::move(step.prepared->body);
}

// A version that a file tells must come after the one that is stored; otherwise somebody's change
// would be lost.
void UnitOfWork::plan_version(Step& step, std::vector<Violation>& violations) {
  const auto& envelope = step.prepared->draft.envelope;
  const std::uint64_t told = envelope ? envelope->version : 0;
  const std::uint64_t stored = step.pending->row ? step.pending->row->version : 0;
  if (told != 0 && told <= stored) {
    violations.push_back({"version", "conflict",
                          "the catalogue has version " + std::to_string(stored) +
                              " of this record, the file another text of version " +
                              std::to_string(told)});
    return;
  }
  step.body = std::move(step.prepared->body);
}

void UnitOfWork::plan_union(Step& step, std::vector<Violation>& violations) {
  Pending& pending = *step.pending;
  const std::string& before = stored_body(pending);
  exchange::Decoded stored = exchange::from_json(pending.kind, before);
  if (!stored.violations.empty()) {
    throw Error(ErrorCode::Damaged,
                "record " + pending.id + " cannot be read: " + describe(stored.violations));
  }
  domain::merge_union(stored.record, step.prepared->draft.record);
  std::string merged = exchange::to_json(stored.record);
  if (merged == before) return;
  for (Violation& violation : check_rules(stored.record, pending.id))
    violations.push_back(std::move(violation));
  step.body = std::move(merged);
}

void UnitOfWork::put(const Write& write, std::string body) {
  if (domain::lives(kind_of(write.record))) keep_life(write, body);
  move(write, std::move(body));
}

// The content of a record as it was last, also of one that was removed: what comes back lives on.
std::string UnitOfWork::last_body(const store::RecordRow& row) {
  for (std::uint64_t n = row.change; n != 0;) {
    store::Entry entry = transaction_.entry(n);
    if (entry.what == ChangeKind::Put) return std::move(entry.body);
    n = entry.previous;
  }
  return {};
}

void UnitOfWork::keep_life(const Write& write, std::string& body) {
  const Pending& pending = load(write.id, kind_of(write.record));
  if (!pending.row || pending.kind != kind_of(write.record)) return;
  const std::string before = last_body(*pending.row);
  if (before.empty() || before == body) return;
  const Record stored = exchange::from_json(pending.kind, before).record;
  Record after = write.record;
  std::vector<Violation> violations = engine::keep_life(stored, after, now_, by_);
  for (Violation& violation : keep_content(transaction_, *pending.row, stored, after, now_, by_))
    violations.push_back(std::move(violation));
  for (Violation& violation : keep_offer(transaction_, write.id, stored, after, now_))
    violations.push_back(std::move(violation));
  if (!violations.empty()) {
    const std::string message = describe(violations);
    throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
  }
  body = exchange::to_json(after);
}

void UnitOfWork::move(const Write& write, std::string body) {
  Pending& pending = load(write.id, kind_of(write.record));
  const bool present = pending.row && pending.row->state == store::State::Present;
  const std::uint64_t version =
      present || pending.dirty ? (pending.row ? pending.row->version : 1) : 0;
  if (pending.kind != kind_of(write.record)) {
    throw Error(ErrorCode::AlreadyExists,
                "'" + write.id + "' is the id of a " +
                    domain::kind_names[static_cast<std::size_t>(pending.kind)]);
  }
  if (pending.row && pending.row->state == store::State::Erased)
    throw Error(ErrorCode::Erased, "'" + write.id + "' was erased; its id is not used again");
  if (pending.dirty) {
    throw Error(ErrorCode::InvalidArgument, "'" + write.id + "' is written twice in one call");
  }
  if (write.expected_version && *write.expected_version != version) {
    throw Error(ErrorCode::Conflict, "'" + write.id + "' is at version " + std::to_string(version) +
                                         ", not " + std::to_string(*write.expected_version) +
                                         "; read it again and repeat the change");
  }
  if (present && stored_body(pending) == body) return;
  pending.body = std::move(body);
  pending.dirty = true;
  order_.push_back(&pending);
}

// Names stay what the catalogue, or an earlier row, calls the initiative.
InitiativeNow UnitOfWork::initiative(const std::string& id) {
  const auto waiting = pending_.find(id);
  if (waiting != pending_.end() && waiting->second.dirty)
    return named_initiative(waiting->second.kind, waiting->second.body);
  const auto row = transaction_.find(id);
  if (!row || row->state != store::State::Present) return {};
  return named_initiative(row->kind, transaction_.body(row->change));
}

std::optional<RecordKind> UnitOfWork::kind_now(const std::string& id) {
  const auto waiting = pending_.find(id);
  if (waiting != pending_.end() && waiting->second.dirty) return waiting->second.kind;
  const auto row = find(id);
  if (!row || row->state != store::State::Present) return std::nullopt;
  return row->kind;
}

// Ids that a reader makes itself are of the kind that it made them for.
std::vector<Violation> UnitOfWork::wrong_ends(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (!step.prepared->draft.id_told || step.body.empty()) continue;
    auto violations = engine::wrong_ends(step.prepared->draft.record,
                                         [&](const std::string& id) { return kind_now(id); });
    if (!violations.empty()) return violations;
  }
  return {};
}

void UnitOfWork::check_ends(const Record& record) {
  std::vector<Violation> violations =
      engine::wrong_ends(record, [&](const std::string& id) { return kind_now(id); });
  if (violations.empty()) return;
  const std::string message = describe(violations);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
}

std::vector<Violation> UnitOfWork::check_lineage(const std::vector<Step>& steps) {
  std::vector<store::ReplicationRow> rows;
  for (const Step& step : steps) {
    if (step.pending->kind == RecordKind::Replication && !step.body.empty())
      rows.push_back(replication_row(step.pending->id, step.body));
  }
  return rows.empty() ? std::vector<Violation>{} : lineage_.add(rows);
}

void UnitOfWork::check_lineage() {
  std::vector<store::ReplicationRow> rows;
  for (const Pending* pending : order_) {
    if (pending->kind == RecordKind::Replication)
      rows.push_back(replication_row(pending->id, pending->body));
  }
  if (rows.empty()) return;
  std::vector<Violation> violations = lineage_.add(rows);
  if (violations.empty()) return;
  const std::string message = describe(violations);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
}

void UnitOfWork::write(Pending& pending) {
  store::Version version;
  version.body = pending.body;
  version.at = now_;
  version.by = by_;
  if (pending.envelope) {
    version.version = pending.envelope->version;
    version.created = pending.envelope->created;
    if (pending.envelope->updated) version.at = pending.envelope->updated;
  }
  const bool fresh = !pending.row;
  if (fresh) {
    pending.row = transaction_.create(pending.id, pending.kind, version);
    if (memory_ && memory_->all) memory_->all->add(pending.id);
    ++created_;
  } else {
    transaction_.append(*pending.row, version);
    ++updated_;
  }
  pending.change = pending.row->change;
  if (pending.kind == RecordKind::Replication)
    transaction_.set_replication(pending.row->seq, replication_row(pending.id, pending.body));
  const bool identified = pending.kind == RecordKind::Organisation &&
                          (!fresh || pending.body.find("\"identifiers\":[") != std::string::npos);
  const bool linked = may_link(pending.kind, pending.body, fresh);
  if (!identified && !linked) return;
  const auto decoded = exchange::from_json(pending.kind, pending.body);
  if (identified) transaction_.set_identifiers(pending.row->seq, identifier_keys(decoded.record));
  if (linked) keep_links(transaction_, *pending.row, decoded.record);
}

void UnitOfWork::flush() {
  for (Pending* pending : order_) {
    if (pending->dirty) write(*pending);
    pending->dirty = false;
  }
  order_.clear();
  by_identifier_.clear();
}

Written UnitOfWork::written(const std::string& id) const {
  const auto found = pending_.find(id);
  if (found == pending_.end() || !found->second.row) return {id, 0, 0};
  return {id, found->second.row->version, found->second.change};
}

}  // namespace koinon::engine
