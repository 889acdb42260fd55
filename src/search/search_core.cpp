// SPDX-License-Identifier: Apache-2.0
#include "search/search_core.hpp"

#include <algorithm>
#include <utility>

#include "index/search.hpp"
#include "koinon/error.hpp"
#include "search/document_of.hpp"
#include "search/fields.hpp"
#include "search/query_parser.hpp"
#include "search/record_texts.hpp"
#include "search/snippet.hpp"
#include "text/stem.hpp"

namespace koinon::search {

namespace {

// Distinct words of a large catalogue number some hundred thousands; this many hold nine in ten of
// the words that come along, in a few megabytes.
constexpr std::size_t cached_words = 32768;

// What an index was made with besides its format: another number makes every index anew. To be
// raised when the same record gives another document.
constexpr std::uint64_t rules = 1;

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

Facet facet_of(index::FacetCounts&& counts) {
  Facet facet;
  facet.field = facet_fields()[counts.field];
  facet.distinct = counts.distinct;
  for (auto& [code, count] : counts.values) facet.values.push_back({std::move(code), count});
  return facet;
}

std::vector<std::string> query_languages(const index::Snapshot& snapshot,
                                         std::string_view of_user) {
  std::vector<std::string> languages = snapshot.codes(id_of(FacetField::TextLanguages));
  const std::string own = text::primary_language(of_user);
  if (std::find(languages.begin(), languages.end(), own) == languages.end())
    languages.push_back(own);
  std::erase_if(languages,
                [](const std::string& language) { return !text::has_stemmer(language); });
  std::sort(languages.begin(), languages.end());
  return languages;
}

index::Query query_of(const SearchRequest& request, const index::Snapshot& snapshot,
                      std::vector<std::string>& ignored) {
  index::Query query;
  for (const Filter& filter : request.filters)
    query.facet_filters.push_back({id_of(facet_field(filter.field)), filter.any_of, false, false});
  if (!request.unpublished)
    query.facet_filters.push_back({id_of(FacetField::Hidden), {"1"}, true, false});
  for (const std::string& facet : request.facets) query.facets.push_back(id_of(facet_field(facet)));
  ParsedQuery parsed = parse_query(request.text, query_languages(snapshot, request.language));
  query.clauses = std::move(parsed.clauses);
  ignored = std::move(parsed.ignored);
  query.facet_values = request.facet_values;
  query.limit = request.limit;
  query.offset = request.offset;
  const bool ranked = std::any_of(
      query.clauses.begin(), query.clauses.end(),
      [](const index::Clause& clause) { return clause.occur != index::Occur::MustNot; });
  if (!ranked) {
    query.sort = index::SortBy::Falling;
    query.sort_field = id_of(NumberField::Date);
  }
  return query;
}

}  // namespace

SearchCore::SearchCore(const std::string& folder, bool read_only)
    : index_(schema(), {folder, rules, read_only}), analyser_(cached_words) {}

void SearchCore::put(index::DocKey key, const Record& record, RelatedRecords& related) {
  if (!is_indexed(record)) {
    erase(key);
    return;
  }
  document_of(record, related, analyser_, document_);
  index_.put(key, document_);
}

void SearchCore::erase(index::DocKey key) {
  index_.erase(key);
}

std::vector<index::DocKey> SearchCore::dependents(std::string_view id) const {
  return index_.snapshot()->keys_with(reference_mark(id));
}

SearchResults SearchCore::search(const SearchRequest& request, const index::Snapshot& snapshot,
                                 DocumentSource& source, const CancelToken& cancel) const {
  SearchResults results;
  const index::Query query = query_of(request, snapshot, results.ignored);
  index::Results found = index::search(snapshot, query, {cancel, std::nullopt});
  results.total = found.total;
  for (index::FacetCounts& counts : found.facets)
    results.facets.push_back(facet_of(std::move(counts)));
  Snippets snippets(query.clauses);
  for (const index::Hit& hit : found.hits) {
    if (cancel.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
    results.hits.push_back(hit_of(hit, request, source, snippets));
  }
  return results;
}

}  // namespace koinon::search
