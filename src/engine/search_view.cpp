// SPDX-License-Identifier: Apache-2.0
#include "engine/search_view.hpp"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>

#include "data/nuts.hpp"
#include "engine/identities.hpp"
#include "exchange/record_json.hpp"

namespace koinon::engine {

namespace {

// Changes from which writing them down is quicker than to apply them again after the next opening.
constexpr std::uint64_t changes_worth_a_save = 2000;

// What a change is known by, whoever counts it; the record's text may have been erased since.
std::uint64_t stamp_of(store::Snapshot& snapshot, std::uint64_t n) {
  std::string all;
  for (const std::uint64_t each : {std::uint64_t{1}, n}) {
    if (n == 0) break;
    try {
      const store::Entry entry = snapshot.entry(each);
      all += entry.id + ' ' + std::to_string(entry.seq) + ' ' + std::to_string(entry.version) +
             ' ' + std::to_string(entry.at) + ' ' + entry.by + '\n';
    } catch (const Error& e) {
      if (e.code() != ErrorCode::NotFound) throw;
      if (each == n) return 0;  // the catalogue does not go so far
    }
  }
  return XXH3_64bits(all.data(), all.size()) | 1U;
}

search::RelatedRecords::Region region_of(std::string_view nuts) {
  search::RelatedRecords::Region region;
  const auto own = data::nuts_region(nuts);
  if (!own) return region;
  if (own->latitude && own->longitude) region.middle = {*own->latitude, *own->longitude};
  for (auto at = own; at && at->level > 0; at = data::nuts_region(at->parent))
    region.codes.emplace_back(at->code);
  std::reverse(region.codes.begin(), region.codes.end());
  return region;
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

  Region region(std::string_view nuts) override { return region_of(nuts); }

 private:
  RecordLookup& lookup_;
  Initiative initiative_;
  LangText names_;
};

// The record's ready vectors, as far as they count. Where there is an embedder, it knows a text
// that was written since better than they do.
std::string brought_for(std::int64_t seq, const search::Knowledge& knowledge,
                        RecordLookup& lookup) {
  if (knowledge.model.empty()) return {};
  auto kept = lookup.vectors(seq, knowledge.model);
  if (!kept || kept->dimension != knowledge.brought) return {};
  if (!kept->current && knowledge.embedder) return {};
  if (kept->numbers.size() % kept->dimension != 0)
    throw Error(ErrorCode::Damaged, "the vectors of a record cannot be read");
  return std::move(kept->numbers);
}

// The records as they were after one change, from a snapshot that may be later.
class SnapshotDocuments final : public search::DocumentSource {
 public:
  SnapshotDocuments(store::Snapshot& snapshot, std::uint64_t change,
                    const OrganisationGroups* groups = nullptr)
      : snapshot_(snapshot), change_(change), groups_(groups) {}

  Found record(index::DocKey key) override {
    const auto row = snapshot_.find(static_cast<std::int64_t>(key));
    return {row ? row->id : std::string(), read(row)};
  }

  std::optional<index::DocKey> key_of(std::string_view id) override {
    const auto row = snapshot_.find(id);
    if (!row) return std::nullopt;
    return static_cast<index::DocKey>(row->seq);
  }

  std::vector<std::string> one_with(std::string_view organisation) override {
    if (!groups_) return {};
    const auto found = groups_->group_of.find(std::string(organisation));
    if (found == groups_->group_of.end()) return {};
    return groups_->groups[found->second];
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

  Region region(std::string_view nuts) override { return region_of(nuts); }

 private:
  std::shared_ptr<const Record> read(const std::optional<store::RecordRow>& row) {
    if (!row || row->state == store::State::Erased) return nullptr;
    std::string body;
    if (row->change <= change_) {
      if (row->state != store::State::Present) return nullptr;
      body = snapshot_.body(row->change);
    } else {
      store::Entry entry = snapshot_.entry(row->change);
      while (entry.n > change_ && entry.previous != 0) entry = snapshot_.entry(entry.previous);
      if (entry.n > change_ || entry.what != ChangeKind::Put) return nullptr;
      body = std::move(entry.body);
    }
    auto decoded = exchange::from_json(row->kind, body);
    return std::make_shared<const Record>(std::move(decoded.record));
  }

  store::Snapshot& snapshot_;
  std::uint64_t change_;
  const OrganisationGroups* groups_;
  std::shared_ptr<const Record> initiative_;
  std::shared_ptr<const Record> organisation_;
};

}  // namespace

SearchView::SearchView(std::string folder, bool read_only, const search::Knowledge& knowledge)
    : folder_(std::move(folder)), read_only_(read_only), knowledge_(knowledge) {}

void SearchView::open(const store::Store& store) {
  const bool fresh = !core_;
  if (fresh) core_ = std::make_unique<search::SearchCore>(folder_, read_only_, knowledge_);
  index::Index& index = core_->index();
  if (!fresh && index.lost()) {
    // Another process erased a record and could not wait.
    index.clear();
    reached_ = 0;
    return;
  }
  if (!fresh && !index.refresh()) return;
  reached_ = index.change();
  if (reached_ == 0) return;
  // A catalogue that was restored from a copy may have gone another way since.
  store::Snapshot snapshot = store.read();
  if (stamp_of(snapshot, reached_) == index.stamp()) return;
  index.clear();
  reached_ = 0;
}

bool SearchView::kept() const {
  std::error_code none;
  return !folder_.empty() && std::filesystem::exists(folder_, none);
}

void SearchView::put(std::int64_t seq, const Record& record, RecordLookup& lookup) {
  LookupRelated related(lookup);
  const std::string vectors = brought_for(seq, knowledge_, lookup);
  core_->put(static_cast<std::uint32_t>(seq), record, related,
             {reinterpret_cast<const std::int8_t*>(vectors.data()), vectors.size()});
}

void SearchView::put_again(std::int64_t seq, RecordLookup& lookup) {
  const auto [id, record] = lookup.record_at(seq);
  if (!record) return;
  const Record copy = *record;  // putting it asks for other records
  put(seq, copy, lookup);
}

// The documents known so far are enough: those of changes on the way were made with the newest
// words.
void SearchView::refresh_dependents(std::string_view id, RecordLookup& lookup) {
  for (const index::DocKey key : core_->dependents(id)) put_again(key, lookup);
}

void SearchView::apply_vectors(std::int64_t seq, RecordLookup& lookup) {
  if (!knowledge_.model.empty()) put_again(seq, lookup);
}

void SearchView::apply(const ViewChange& change, RecordLookup& lookup) {
  if (change.record) {
    put(change.seq, *change.record, lookup);
  } else {
    core_->erase(static_cast<std::uint32_t>(change.seq));
    erased_ = erased_ || change.erased;
  }
  const bool lends_words =
      change.kind == RecordKind::Organisation || change.kind == RecordKind::Initiative;
  if (lends_words) refresh_dependents(change.id, lookup);
}

void SearchView::caught_up(std::uint64_t n) {
  core_->index().commit(n);
  unsaved_ += n - reached_;
  reached_ = n;
}

void SearchView::begin_rebuild(std::uint64_t) {
  core_->index().clear();
  damaged_ = false;
  reached_ = 0;
}

void SearchView::add(const ViewChange& change, RecordLookup& lookup) {
  put(change.seq, *change.record, lookup);
}

void SearchView::settle(store::Snapshot& snapshot, bool rebuilt) {
  index::Index& index = core_->index();
  if (!rebuilt && index.lost()) return;
  const std::uint64_t stamp = stamp_of(snapshot, reached_);
  try {
    if (erased_ && !rebuilt) {
      index.purge(stamp);
    } else if (rebuilt || index.wants_save() || unsaved_ >= changes_worth_a_save) {
      index.save(reached_, stamp);
    } else {
      return;
    }
    unsaved_ = 0;
    erased_ = false;
  } catch (const Error& e) {
    // A full disk, say. What is in memory answers all the same, and the next settle() tries again.
    if (e.code() != ErrorCode::InputOutput) throw;
  }
}

void SearchView::clean_folder(std::uint64_t change,
                              std::chrono::steady_clock::time_point deadline) {
  if (core_ && !read_only_) core_->index().clean_folder(change, deadline);
}

// Damage of a segment is noted: who asks again gets an index that was built anew.
template <class F>
auto SearchView::watched(F&& f) const {
  try {
    return f();
  } catch (const Error& e) {
    if (e.code() == ErrorCode::Damaged) damaged_ = true;
    throw;
  }
}

SearchResults SearchView::search(const SearchRequest& request, const SearchState& state,
                                 const OrganisationGroups* groups, store::Snapshot& documents,
                                 const CancelToken& cancel) const {
  SnapshotDocuments source(documents, state.change, groups);
  std::optional<index::After> after;
  if (!request.after.empty()) after = cursor_of(request.after)->after;
  return watched([&] {
    search::Answer answer = core_->search(request, *state.index, source, cancel, after);
    answer.results.change = state.change;
    if (answer.next && request.keep_seconds > 0)
      answer.results.next = to_text({state.change, *answer.next, print_of(request)});
    return std::move(answer.results);
  });
}

search::Ranked SearchView::rank(const SearchRequest& request, const SearchState& state,
                                store::Snapshot& documents, const CancelToken& cancel) const {
  SnapshotDocuments source(documents, state.change);
  return watched([&] { return core_->rank(request, *state.index, source, cancel); });
}

std::vector<Hit> SearchView::tell(const search::Ranked& ranked,
                                  const std::vector<std::size_t>& places,
                                  const SearchRequest& request, const SearchState& state,
                                  store::Snapshot& documents, const CancelToken& cancel) const {
  SnapshotDocuments source(documents, state.change);
  return watched(
      [&] { return core_->tell(ranked, places, request, *state.index, source, cancel); });
}

Explanation SearchView::explain(const SearchRequest& request, std::int64_t seq,
                                const SearchState& state, store::Snapshot& documents,
                                const CancelToken& cancel) const {
  SnapshotDocuments source(documents, state.change);
  return watched([&] {
    return core_->explain(request, static_cast<index::DocKey>(seq), *state.index, source, cancel);
  });
}

std::vector<std::int64_t> SearchView::matches(const SearchRequest& request,
                                              const std::vector<std::int64_t>& seqs,
                                              const SearchState& state, store::Snapshot& documents,
                                              const CancelToken& cancel) const {
  SnapshotDocuments source(documents, state.change);
  std::vector<index::DocKey> keys;
  for (const std::int64_t seq : seqs) keys.push_back(static_cast<index::DocKey>(seq));
  return watched([&] {
    const auto found = core_->matches(request, std::move(keys), *state.index, source, cancel);
    return std::vector<std::int64_t>(found.begin(), found.end());
  });
}

}  // namespace koinon::engine
