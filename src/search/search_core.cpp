// SPDX-License-Identifier: Apache-2.0
#include "search/search_core.hpp"

#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

#include "index/explain.hpp"
#include "index/search.hpp"
#include "koinon/error.hpp"
#include "search/document_of.hpp"
#include "search/explanation.hpp"
#include "search/fields.hpp"
#include "search/grouping.hpp"
#include "search/question.hpp"
#include "search/record_texts.hpp"
#include "search/signals.hpp"
#include "search/snippet.hpp"
#include "search/suggestion.hpp"
#include "search/terms.hpp"
#include "text/language.hpp"

namespace koinon::search {

namespace {

// Distinct words of a large catalogue number some hundred thousands; this many hold nine in ten of
// the words that come along, in a few megabytes.
constexpr std::size_t cached_words = 32768;

// What an index was made with besides its format: another number makes every index anew. To be
// raised when the same record gives another document.
constexpr std::uint64_t rules = 6;

index::Schema schema_of(const Knowledge& knowledge) {
  index::Schema made = schema();
  made.dimension = knowledge.dimension();
  return made;
}

// Of everything that terms and vectors depend on.
std::uint64_t kind_of(const Knowledge& knowledge) {
  std::vector<std::uint64_t> parts = {rules};
  for (const text::Language* language : text::languages()) parts.push_back(language->fingerprint());
  parts.push_back(knowledge.thesaurus ? knowledge.thesaurus->size() : 0);
  parts.push_back(knowledge.thesaurus ? knowledge.thesaurus->bytes() : 0);
  if (knowledge.thesaurus_version != 0) parts.push_back(knowledge.thesaurus_version);
  parts.push_back(knowledge.embedder ? knowledge.embedder->version() : 0);
  parts.push_back(knowledge.dimension());
  if (!knowledge.model.empty())
    parts.push_back(XXH3_64bits(knowledge.model.data(), knowledge.model.size()));
  return XXH3_64bits(parts.data(), parts.size() * sizeof(std::uint64_t));
}

Hit hit_of(const index::Hit& found, const SearchRequest& request, DocumentSource& source,
           Snippets& snippets) {
  Hit hit;
  hit.score = found.score;
  const DocumentSource::Found stored = source.record(found.doc);
  hit.id = stored.id;
  if (stored.record == nullptr) return hit;
  const Record& record = *stored.record;
  hit.kind = kind_of(record);
  Text title = title_of(record, source, request.language);
  hit.title = std::move(title.text);
  hit.title_language = std::move(title.language);
  hit.countries = countries_of(record);
  if (request.snippets) hit.snippet = snippets.best(record, source, request.language);
  return hit;
}

// Tells hits of one question as people see them.
class Teller {
 public:
  Teller(const Question& question, const SearchRequest& request, const Knowledge& knowledge,
         const index::Snapshot& snapshot, DocumentSource& source)
      : question_(question),
        request_(request),
        knowledge_(knowledge),
        source_(source),
        snippets_(question.query.clauses, knowledge.thesaurus),
        explain_(snapshot, question.query) {}

  Hit operator()(const index::Hit& found) {
    Hit hit = hit_of(found, request_, source_, snippets_);
    hit.found_through = found_through(question_, request_, knowledge_, explain_(found.doc));
    return hit;
  }

 private:
  const Question& question_;
  const SearchRequest& request_;
  const Knowledge& knowledge_;
  DocumentSource& source_;
  Snippets snippets_;
  index::Explainer explain_;
};

void check_going(const CancelToken& cancel) {
  if (cancel.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
}

// Filters name concepts by any of their URIs, the index by the first.
Question prepared(const SearchRequest& request, const Knowledge& knowledge,
                  const index::Snapshot& snapshot, DocumentSource& source) {
  check_vector(request.vector, knowledge);
  Question question = prepare(request, snapshot, source);
  if (!knowledge.thesaurus) return question;
  for (index::FacetFilter& filter : question.query.facet_filters) {
    if (filter.field != id_of(FacetField::Concept)) continue;
    for (std::string& code : filter.codes) {
      if (const auto id = knowledge.thesaurus->find(code)) code = knowledge.thesaurus->uri(*id);
    }
  }
  return question;
}

Facet facet_of(index::FacetCounts&& counts) {
  Facet facet;
  facet.field = facet_fields()[counts.field];
  facet.distinct = counts.distinct;
  for (auto& [code, count] : counts.values) facet.values.push_back({std::move(code), count});
  return facet;
}

index::SearchControl control_of(const SearchRequest& request, const CancelToken& cancel) {
  index::SearchControl control{cancel, std::nullopt};
  if (request.deadline_seconds > 0) {
    // A year is as good as no limit, and fits the clock.
    constexpr double longest = 365.0 * 24 * 3600;
    const std::chrono::duration<double> time(std::min(request.deadline_seconds, longest));
    control.deadline = std::chrono::steady_clock::now() +
                       std::chrono::duration_cast<std::chrono::steady_clock::duration>(time);
  }
  return control;
}

}  // namespace

SearchCore::SearchCore(const std::string& folder, bool read_only, const Knowledge& knowledge)
    : knowledge_(knowledge),
      index_(schema_of(knowledge), {folder, kind_of(knowledge), read_only}),
      maker_(knowledge, cached_words) {}

void SearchCore::put(index::DocKey key, const Record& record, RelatedRecords& related,
                     std::span<const std::int8_t> brought) {
  if (!is_indexed(record)) {
    erase(key);
    return;
  }
  maker_.make(record, related, document_, brought);
  index_.put(key, document_);
}

void SearchCore::erase(index::DocKey key) {
  index_.erase(key);
}

std::vector<index::DocKey> SearchCore::dependents(std::string_view id) const {
  return index_.snapshot()->keys_with(term_of(TermKind::Reference, id));
}

Answer SearchCore::search(const SearchRequest& request, const index::Snapshot& snapshot,
                          DocumentSource& source, const CancelToken& cancel,
                          const std::optional<index::After>& after) const {
  Answer answer;
  SearchResults& results = answer.results;
  Question question = prepared(request, knowledge_, snapshot, source);
  const index::SearchControl control = control_of(request, cancel);
  add_signals(request, knowledge_, snapshot, control, question);
  const bool grouped = !request.group_by.empty();
  index::Query query = question.query;
  query.after = after;
  if (after) query.offset = 0;
  if (grouped) {
    if (after) throw Error(ErrorCode::InvalidArgument, "groups are paged by offset");
    query.limit = 0;
  } else if (query.limit > 0) {
    ++query.limit;  // tells whether there is a page behind this one
  }
  index::Results found = index::search(snapshot, query, control);
  std::vector<GroupedHit> hits;
  if (grouped) {
    GroupedHits best = best_of_groups(
        snapshot, question.query,
        request.group_by == "organisation" ? GroupBy::Organisation : GroupBy::Initiative, control,
        source);
    hits = std::move(best.hits);
    found.late = found.late || best.late;
  } else {
    for (const index::Hit& hit : found.hits) hits.push_back({hit, {}, 1});
  }
  if (!grouped && hits.size() > request.limit) {
    hits.pop_back();
    answer.next = index::After{hits.back().hit.rank, hits.back().hit.doc};
  }
  results.total = found.total;
  results.late = found.late;
  results.ignored = std::move(question.ignored);
  results.cut = std::move(question.cut);
  std::move(found.cut.begin(), found.cut.end(), std::back_inserter(results.cut));
  for (index::FacetCounts& counts : found.facets)
    results.facets.push_back(facet_of(std::move(counts)));
  Teller teller(question, request, knowledge_, snapshot, source);
  for (GroupedHit& hit : hits) {
    check_going(cancel);
    results.hits.push_back(teller(hit.hit));
    results.hits.back().group = std::move(hit.group);
    results.hits.back().grouped = hit.matches;
  }
  if (request.suggest && !results.late && !question.understood) {
    results.suggestion = better_spelling(request.text, question.words, question.languages, snapshot,
                                         request.unpublished);
  }
  return answer;
}

Ranked SearchCore::rank(const SearchRequest& request, const index::Snapshot& snapshot,
                        DocumentSource& source, const CancelToken& cancel) const {
  Ranked ranked{prepared(request, knowledge_, snapshot, source), {}};
  const index::SearchControl control{cancel, std::nullopt};
  add_signals(request, knowledge_, snapshot, control, ranked.question);
  ranked.question.query.count = false;
  ranked.hits = index::search(snapshot, ranked.question.query, control).hits;
  return ranked;
}

std::vector<Hit> SearchCore::tell(const Ranked& ranked, const std::vector<std::size_t>& places,
                                  const SearchRequest& request, const index::Snapshot& snapshot,
                                  DocumentSource& source, const CancelToken& cancel) const {
  std::vector<Hit> hits;
  Teller teller(ranked.question, request, knowledge_, snapshot, source);
  for (const std::size_t place : places) {
    check_going(cancel);
    hits.push_back(teller(ranked.hits[place]));
  }
  return hits;
}

Explanation SearchCore::explain(const SearchRequest& request, index::DocKey key,
                                const index::Snapshot& snapshot, DocumentSource& source,
                                const CancelToken& cancel) const {
  Question question = prepared(request, knowledge_, snapshot, source);
  add_signals(request, knowledge_, snapshot, control_of(request, cancel), question);
  Explanation explanation = told(question, request, index::explain(snapshot, question.query, key),
                                 snapshot, knowledge_, key);
  if (!explanation.found) return explanation;
  index::Query query = question.query;
  query.facets.clear();
  query.offset = 0;
  query.count = false;
  query.limit = static_cast<std::size_t>(snapshot.documents());
  const index::Results all = index::search(snapshot, query, control_of(request, cancel));
  const auto place = std::find_if(all.hits.begin(), all.hits.end(),
                                  [&](const index::Hit& hit) { return hit.doc == key; });
  if (place != all.hits.end())
    explanation.rank = static_cast<std::uint64_t>(place - all.hits.begin()) + 1;
  return explanation;
}

std::vector<index::DocKey> SearchCore::matches(const SearchRequest& request,
                                               std::vector<index::DocKey> keys,
                                               const index::Snapshot& snapshot,
                                               DocumentSource& source,
                                               const CancelToken& cancel) const {
  std::vector<index::DocKey> found;
  // Whatever there is to look at, a wrong request is one.
  Question question = prepared(request, knowledge_, snapshot, source);
  if (asks_by_vector(request) && question.query.clauses.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                "which records are nearest to a vector changes with every other record: a saved "
                "search needs words or a query");
  }
  // Spelling and meaning find what is nearest among all records, which changes with the others.
  add_steady_signals(request, knowledge_, snapshot, question);
  index::Query query = std::move(question.query);
  if (keys.empty()) return found;
  index::Clause asked;
  asked.occur = index::Occur::Must;
  asked.clauses = std::move(query.clauses);
  asked.everything = asked.clauses.empty();
  index::Clause among;
  among.occur = index::Occur::Must;
  query.limit = keys.size();
  among.keys = std::move(keys);
  query.clauses = {std::move(asked), std::move(among)};
  query.facets.clear();
  query.offset = 0;
  query.count = false;
  for (const index::Hit& hit : index::search(snapshot, query, {cancel, std::nullopt}).hits)
    found.push_back(hit.doc);
  return found;
}

}  // namespace koinon::search
