// SPDX-License-Identifier: Apache-2.0
#include "koinon/catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include "data/vocabulary.hpp"
#include "domain/kinds.hpp"
#include "engine/alerts.hpp"
#include "engine/award_guard.hpp"
#include "engine/budget_guard.hpp"
#include "engine/care.hpp"
#include "engine/catalogue_impl.hpp"
#include "engine/change.hpp"
#include "engine/import.hpp"
#include "engine/linked.hpp"
#include "engine/rules.hpp"
#include "engine/unit_of_work.hpp"
#include "engine/vectors.hpp"
#include "exchange/reader.hpp"
#include "exchange/record_json.hpp"
#include "exchange/request_json.hpp"
#include "exchange/told_twice.hpp"

namespace koinon {

using engine::SearchState;
using engine::SearchView;
using engine::ViewKeeper;

std::string new_id(RecordKind kind) {
  static constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  thread_local std::random_device device;
  std::string id = domain::id_prefixes[static_cast<std::size_t>(kind)];
  id += '-';
  for (int half = 0; half < 4; ++half) {
    const unsigned bits = device();
    for (unsigned i = 0; i < 4; ++i) id += alphabet[bits >> (5 * i) & 31U];
  }
  return id;
}

namespace {

StoredRecord stored_record(const store::RecordRow& row, const store::Entry& entry) {
  StoredRecord stored;
  stored.id = row.id;
  stored.version = entry.version;
  stored.change = entry.n;
  stored.created = row.created;
  stored.updated = entry.at;
  exchange::Decoded decoded = exchange::from_json(row.kind, entry.body);
  if (!decoded.violations.empty()) {
    throw Error(ErrorCode::Damaged,
                "record " + row.id + " cannot be read: " + engine::describe(decoded.violations));
  }
  stored.record = std::move(decoded.record);
  return stored;
}

void check_write(const Write& write) {
  if (!write.id.empty() && !domain::is_record_id(write.id)) {
    throw Error(
        ErrorCode::InvalidArgument,
        "'" + write.id +
            "' cannot be an id: 1 to 64 of A-Z a-z 0-9 . _ : -, beginning with a letter or digit");
  }
  std::vector<Violation> violations = engine::check_rules(write.record, write.id);
  if (violations.empty()) return;
  const std::string message = engine::describe(violations);
  throw Error(ErrorCode::InvalidRecord, message, std::move(violations));
}

}  // namespace

// ---- Life --------------------------------------------------------------------------------------

Catalogue::Catalogue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue::~Catalogue() {
  // In a child of fork() closing would take the parent's locks away: leak instead, on purpose.
  if (impl_ && ::getpid() != impl_->owner) (void)impl_.release();
}

Catalogue Catalogue::open(const std::string& path, const OpenOptions& options) {
  // First, so that files that cannot be used leave no catalogue behind.
  const std::string folder = path == ":memory:" ? std::string() : path + views_ending;
  engine::Tools tools(options, folder);
  auto store = store::Store::open(path, options);
  engine::check_opened_model(*store, tools.knowledge());
  if (!folder.empty() && !options.read_only) tools.keep(folder);
  auto impl = std::make_unique<Impl>(std::move(store), std::move(tools), options.clock);
  if (options.background_views) impl->prepare_in_background();
  return Catalogue(std::move(impl));
}

// ---- Writing -----------------------------------------------------------------------------------

Written Catalogue::put(const Write& write, std::string_view by) {
  return put_all({write}, by)[0];
}

std::vector<Written> Catalogue::put_all(const std::vector<Write>& writes, std::string_view by) {
  std::vector<Write> told = writes;
  for (Write& write : told) {
    check_write(write);
    if (write.id.empty()) write.id = new_id(kind_of(write.record));
  }
  store::Transaction transaction = impl_->use().write();
  engine::UnitOfWork work(transaction, impl_->now(), std::string(by), transaction.last_change(),
                          nullptr);
  engine::BudgetGuard budgets(transaction);
  engine::AwardGuard awards(transaction);
  for (const Write& write : told) {
    budgets.touch(write.id, write.record);
    awards.touch(write.id, write.record);
    work.put(write, exchange::to_json(write.record));
  }
  work.check_lineage();
  for (const Write& write : told) work.check_ends(write.record);
  work.flush();
  awards.check();
  budgets.check();
  transaction.commit();
  std::vector<Written> results;
  results.reserve(told.size());
  for (const Write& write : told) results.push_back(work.written(write.id));
  return results;
}

void Catalogue::remove(const std::string& id, std::optional<std::uint64_t> expected_version,
                       std::string_view by) {
  store::Transaction transaction = impl_->use().write();
  store::RecordRow row = engine::known_row(transaction, id);
  if (row.state != store::State::Present)
    throw Error(ErrorCode::NotFound, "'" + id + "' was removed before");
  if (expected_version && *expected_version != row.version) {
    throw Error(ErrorCode::Conflict, "'" + id + "' is at version " + std::to_string(row.version) +
                                         ", not " + std::to_string(*expected_version));
  }
  engine::AwardGuard awards(transaction);
  if (row.kind == RecordKind::Award)
    awards.touch_removed(exchange::from_json(row.kind, transaction.body(row.change)).record);
  store::Version version;
  version.what = ChangeKind::Remove;
  version.at = impl_->now();
  version.by = by;
  transaction.append(row, version);
  awards.check();
  transaction.commit();
}

void Catalogue::erase(const std::string& id, std::string_view by, const Task& task,
                      double wait_seconds) {
  using Clock = engine::KeptStates::Clock;
  constexpr double longest_wait = 3600;
  const std::chrono::duration<double> wait(wait_seconds > 0 ? std::min(wait_seconds, longest_wait)
                                                            : 0);  // no number: no wait
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(wait);
  std::uint64_t change = 0;
  engine::erase_record(impl_->use(), id, by, task, [&](std::uint64_t erased) {
    change = erased;
    impl_->kept.drop_before(change, deadline);
  });
  // The views forget at once, not when they are next asked; what is kept beside the file too.
  std::vector<ViewKeeper*> keepers = {&impl_->search, &impl_->graph};
  for (ViewKeeper* keeper : impl_->on_demand()) keepers.push_back(keeper);
  for (ViewKeeper* keeper : keepers) {
    if (keeper->status().reached > 0 || keeper->view().kept())
      keeper->catch_up(*impl_->store, task);
  }
  static_cast<SearchView&>(impl_->search.view()).clean_folder(change, deadline);
}

VectorsReport Catalogue::put_vectors(const VectorRows& rows, std::string_view by,
                                     const Task& task) {
  return engine::put_vectors(impl_->use(), rows, by, task);
}

std::uint64_t Catalogue::drop_vectors(const std::string& model, std::string_view by,
                                      const Task& task) {
  return engine::drop_vectors(impl_->use(), model, by, task);
}

// ---- Reading -----------------------------------------------------------------------------------

StoredRecord Catalogue::get(const std::string& id) const {
  store::Snapshot snapshot = impl_->use().read();
  const store::RecordRow row = engine::known_row(snapshot, id);
  if (row.state != store::State::Present)
    throw Error(ErrorCode::NotFound, "'" + id + "' was removed");
  return stored_record(row, snapshot.entry(row.change));
}

StoredRecord Catalogue::get(const std::string& id, std::uint64_t version) const {
  store::Snapshot snapshot = impl_->use().read();
  const store::RecordRow row = engine::known_row(snapshot, id);
  for (std::uint64_t n = row.change; n != 0;) {
    const store::Entry entry = snapshot.entry(n);
    if (entry.version == version && entry.what == ChangeKind::Put) return stored_record(row, entry);
    n = entry.previous;
  }
  throw Error(ErrorCode::NotFound, "'" + id + "' has no version " + std::to_string(version) +
                                       "; its latest is " + std::to_string(row.version));
}

std::vector<Change> Catalogue::history(const std::string& id) const {
  store::Snapshot snapshot = impl_->use().read();
  const auto row = snapshot.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  std::vector<Change> changes;
  for (std::uint64_t n = row->change; n != 0;) {
    const store::Entry entry = snapshot.entry(n);
    changes.push_back(engine::change_of(entry));
    n = entry.previous;
  }
  return {changes.rbegin(), changes.rend()};
}

std::vector<std::string> Catalogue::ids(RecordKind kind, const std::string& after,
                                        std::size_t limit) const {
  return impl_->use().read().ids(kind, after, limit);
}

SearchResults Catalogue::search(const SearchRequest& request, const Task& task) const {
  std::shared_ptr<const engine::OrganisationGroups> groups;
  if (request.group_by == "organisation") {
    const auto reading = impl_->reading(impl_->graph, task, request.wait);
    groups = static_cast<const engine::GraphView&>(impl_->graph.view()).groups();
  }
  return impl_->with_search(task, request.wait, [&](SearchAsked& asked) {
    if (!request.after.empty()) {
      asked.state = impl_->state_of(request, asked.state);
      asked.underway.on(asked.state.change);
    }
    SearchResults results =
        asked.view.search(request, asked.state, groups.get(), asked.documents, asked.task.cancel);
    if (!results.next.empty())
      impl_->kept.keep(asked.state, std::chrono::duration<double>(request.keep_seconds));
    return results;
  });
}

Explanation Catalogue::explain(const SearchRequest& request, const std::string& id,
                               const Task& task) const {
  return impl_->with_search(task, request.wait, [&](SearchAsked& asked) {
    const auto row = asked.documents.find(id);
    Explanation explanation;
    if (!row) {
      explanation.reasons.push_back({"not-there", "there is no record of this id"});
    } else if (row->state == store::State::Erased) {
      explanation.reasons.push_back({"erased", "it was erased"});
    } else if (row->state != store::State::Present) {
      explanation.reasons.push_back({"removed", "it was removed"});
    } else {
      explanation =
          asked.view.explain(request, row->seq, asked.state, asked.documents, asked.task.cancel);
    }
    explanation.id = id;
    explanation.change = asked.state.change;
    return explanation;
  });
}

Alerts Catalogue::alerts(const std::vector<SavedSearch>& searches, std::uint64_t after,
                         const Task& task) const {
  return impl_->with_search(task, true, [&](SearchAsked& asked) {
    return engine::alerts(asked.view, asked.state, asked.documents, searches, after, asked.task);
  });
}

std::string Catalogue::facet_label(const std::string& field, const std::string& code,
                                   const std::string& language) const {
  return impl_->tools.facet_label(field, code, language);
}

ConceptEntry Catalogue::thesaurus_concept(const std::string& uri,
                                          const std::string& language) const {
  return impl_->tools.entry(uri, language);
}

const ThesaurusReport& Catalogue::thesaurus() const {
  return impl_->tools.report();
}

std::vector<Change> Catalogue::follow(std::uint64_t n, std::size_t limit) const {
  std::vector<Change> changes;
  if (limit == 0) return changes;
  impl_->use().read().follow(n, limit, [&](const store::Entry& entry) {
    changes.push_back(engine::change_of(entry));
    return true;
  });
  return changes;
}

void Catalogue::prepare(const Task& task) const {
  impl_->search.catch_up(impl_->use(), task);
  impl_->graph.catch_up(impl_->use(), task);
  for (ViewKeeper* keeper : impl_->on_demand()) {
    if (keeper->status().reached > 0) keeper->catch_up(*impl_->store, task);
  }
}

std::vector<ViewStatus> Catalogue::views() const {
  impl_->use();
  std::vector<ViewStatus> all = {impl_->search.status(), impl_->graph.status()};
  // The others are there from the first question to them on.
  for (ViewKeeper* keeper : impl_->on_demand()) {
    ViewStatus status = keeper->status();
    if (status.reached > 0 || status.building) all.push_back(std::move(status));
  }
  return all;
}

// ---- Files -------------------------------------------------------------------------------------

ImportReport Catalogue::import_file(const std::string& path, const ImportOptions& options) {
  return engine::import_file(impl_->use(), path, options);
}

ImportReport Catalogue::import_sample(const ImportOptions& options) {
  return engine::import_sample(impl_->use(), options);
}

std::uint64_t Catalogue::export_file(const std::string& path, bool history,
                                     const Task& task) const {
  return engine::export_file(impl_->use(), path, history, task);
}

std::uint64_t Catalogue::export_lines(const LineSink& sink, bool history, const Task& task) const {
  return engine::export_lines(impl_->use(), sink, history, task);
}

void Catalogue::backup(const std::string& path, const Task& task) const {
  impl_->use().backup(path, task);
}

// ---- Care --------------------------------------------------------------------------------------

std::vector<QuarantinedRow> Catalogue::quarantine(const QuarantineRequest& request) const {
  std::vector<QuarantinedRow> rows;
  for (store::KeptRow& kept : impl_->use().read().quarantine(request))
    rows.push_back(std::move(kept.row));
  return rows;
}

ImportReport Catalogue::retry(std::uint64_t quarantined, std::optional<std::string> mended) {
  return engine::retry_row(impl_->use(), quarantined, mended);
}

void Catalogue::discard(std::uint64_t quarantined) {
  store::Transaction transaction = impl_->use().write();
  if (!transaction.discard(quarantined)) {
    throw Error(ErrorCode::NotFound,
                "there is no row " + std::to_string(quarantined) + " in quarantine");
  }
  transaction.commit();
}

Statistics Catalogue::statistics() const {
  Statistics statistics = impl_->use().read().statistics();
  statistics.path = impl_->store->path();
  return statistics;
}

CheckReport Catalogue::check(const Task& task) const {
  return engine::check(impl_->use(), task);
}

// ---- Free functions ----------------------------------------------------------------------------

const std::vector<ImportFormat>& import_formats() {
  static const std::vector<ImportFormat> known = [] {
    std::vector<ImportFormat> formats;
    for (const exchange::Format& format : exchange::formats())
      formats.push_back({format.name, format.what});
    return formats;
  }();
  return known;
}

std::string to_json(const Record& record) {
  return exchange::to_json(record);
}

std::string to_json(const SearchRequest& request) {
  return exchange::to_json(request);
}

SearchRequest request_from_json(std::string_view json) {
  return exchange::request_from_json(json);
}

Record record_from_json(RecordKind kind, std::string_view json) {
  exchange::Decoded decoded = exchange::from_json(kind, json);
  if (decoded.violations.empty()) {
    const std::string twice = exchange::told_twice(json);
    if (!twice.empty())
      decoded.violations.push_back({twice, "duplicate", "it is told twice; leave one out"});
  }
  if (!decoded.violations.empty()) {
    const std::string message = engine::describe(decoded.violations);
    throw Error(ErrorCode::InvalidRecord, message, std::move(decoded.violations));
  }
  return std::move(decoded.record);
}

const char* kind_name(RecordKind kind) {
  return domain::kind_names[static_cast<std::size_t>(kind)];
}

std::optional<RecordKind> kind_from_name(std::string_view name) {
  for (std::size_t i = 0; i < domain::kind_names.size(); ++i) {
    if (name == domain::kind_names[i]) return static_cast<RecordKind>(i);
  }
  return std::nullopt;
}

std::string label(std::string_view vocabulary, std::string_view code, std::string_view language) {
  return data::label(vocabulary, code, language);
}

const char* version() {
  return "2026.11.0";
}

}  // namespace koinon
