// SPDX-License-Identifier: Apache-2.0
#include "engine/search_view.hpp"

#include <algorithm>
#include <functional>

#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

std::uint64_t hash_of(std::string_view id) {
  return std::hash<std::string_view>{}(id);
}

class LookupRelated final : public search::RelatedRecords {
 public:
  explicit LookupRelated(RecordLookup& lookup) : lookup_(lookup) {}

  const Initiative* initiative(std::string_view id) override {
    const Record* record = lookup_.record(id);
    const auto* found = record ? std::get_if<Initiative>(record) : nullptr;
    if (!found) return nullptr;
    initiative_ = *found;
    return &initiative_;
  }

  const LangText* organisation_names(std::string_view id) override {
    const Record* record = lookup_.record(id);
    const auto* found = record ? std::get_if<Organisation>(record) : nullptr;
    if (!found) return nullptr;
    names_ = found->names;
    return &names_;
  }

 private:
  RecordLookup& lookup_;
  Initiative initiative_;
  LangText names_;
};

class SnapshotDocuments final : public search::DocumentSource {
 public:
  explicit SnapshotDocuments(store::Snapshot& snapshot) : snapshot_(snapshot) {}

  std::shared_ptr<const Record> record(index::DocKey key, const std::string&) override {
    return read(snapshot_.find(static_cast<std::int64_t>(key)));
  }

  const Initiative* initiative(std::string_view id) override {
    initiative_ = read(snapshot_.find(id));
    return initiative_ ? std::get_if<Initiative>(initiative_.get()) : nullptr;
  }

  const LangText* organisation_names(std::string_view id) override {
    organisation_ = read(snapshot_.find(id));
    const auto* found = organisation_ ? std::get_if<Organisation>(organisation_.get()) : nullptr;
    return found ? &found->names : nullptr;
  }

 private:
  std::shared_ptr<const Record> read(const std::optional<store::RecordRow>& row) {
    if (!row || row->state != store::State::Present) return nullptr;
    auto decoded = exchange::from_json(row->kind, snapshot_.body(row->change));
    return std::make_shared<const Record>(std::move(decoded.record));
  }

  store::Snapshot& snapshot_;
  std::shared_ptr<const Record> initiative_;
  std::shared_ptr<const Record> organisation_;
};

}  // namespace

SearchView::SearchView() : core_(std::make_unique<search::SearchCore>()) {}

void SearchView::put(std::int64_t seq, std::string_view id, const Record& record,
                     RecordLookup& lookup) {
  LookupRelated related(lookup);
  const auto key = static_cast<std::uint32_t>(seq);
  core_->put(key, id, record, related);
  for (const std::string& reference : search::references_of(record)) {
    const auto range = dependents_.equal_range(hash_of(reference));
    const bool known = std::any_of(range.first, range.second,
                                   [&](const auto& entry) { return entry.second == key; });
    if (!known) dependents_.emplace(hash_of(reference), key);
  }
}

void SearchView::refresh_dependents(std::string_view id, RecordLookup& lookup) {
  const auto range = dependents_.equal_range(hash_of(id));
  std::vector<std::uint32_t> keys;
  for (auto entry = range.first; entry != range.second; ++entry) keys.push_back(entry->second);
  for (const std::uint32_t key : keys) {
    const auto [dependent, record] = lookup.record_at(key);
    if (!record) continue;
    const Record copy = *record;  // putting it asks for other records
    put(key, dependent, copy, lookup);
  }
}

void SearchView::apply(const ViewChange& change, RecordLookup& lookup) {
  if (change.record) {
    put(change.seq, change.id, *change.record, lookup);
  } else {
    core_->erase(static_cast<std::uint32_t>(change.seq));
  }
  const bool lends_words =
      change.kind == RecordKind::Organisation || change.kind == RecordKind::Initiative;
  if (lends_words) refresh_dependents(change.id, lookup);
}

void SearchView::begin_rebuild(std::uint64_t) {
  core_ = std::make_unique<search::SearchCore>();
  dependents_.clear();
  reached_ = 0;
}

void SearchView::add(const ViewChange& change, RecordLookup& lookup) {
  put(change.seq, change.id, *change.record, lookup);
}

SearchResults SearchView::search(const SearchRequest& request, store::Snapshot& snapshot,
                                 const CancelToken& cancel) const {
  SnapshotDocuments documents(snapshot);
  SearchResults results = core_->search(request, documents, cancel);
  results.change = reached_;
  return results;
}

}  // namespace koinon::engine
