// SPDX-License-Identifier: Apache-2.0
#include "search/search_core.hpp"

#include <algorithm>
#include <utility>

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

Hit hit_of(const index::Hit& found, std::string_view id, const SearchRequest& request,
           DocumentSource& source, Snippets& snippets) {
  Hit hit;
  hit.id = id;
  hit.score = found.score;
  const std::shared_ptr<const Record> record = source.record(found.doc, hit.id);
  if (record == nullptr) return hit;
  hit.kind = kind_of(*record);
  Text title = title_of(*record, source, request.language);
  hit.title = std::move(title.text);
  hit.title_language = std::move(title.language);
  hit.countries = countries_of(*record);
  if (request.snippets) hit.snippet = snippets.best(*record, source, request.language);
  return hit;
}

Facet facet_of(index::FacetCounts&& counts) {
  Facet facet;
  facet.field = facet_fields()[counts.field];
  facet.distinct = counts.distinct;
  for (auto& [code, count] : counts.values) facet.values.push_back({std::move(code), count});
  return facet;
}

}  // namespace

SearchCore::SearchCore() : index_(schema()), analyser_(cached_words) {}

void SearchCore::put(index::DocKey key, std::string_view id, const Record& record,
                     RelatedRecords& related) {
  if (!is_indexed(record)) {
    erase(key);
    return;
  }
  document_of(record, related, analyser_, document_, languages_);
  ids_.put(key, id);
  index_.put(key, document_);
}

void SearchCore::erase(index::DocKey key) {
  index_.erase(key);
}

std::vector<std::string> SearchCore::query_languages(std::string_view of_user) const {
  std::set<std::string> languages = languages_;
  languages.insert(text::primary_language(of_user));
  std::vector<std::string> stemmed;
  std::copy_if(languages.begin(), languages.end(), std::back_inserter(stemmed),
               [](const std::string& language) { return text::has_stemmer(language); });
  return stemmed;
}

index::Query SearchCore::query_of(const SearchRequest& request,
                                  std::vector<std::string>& ignored) const {
  index::Query query;
  for (const Filter& filter : request.filters) {
    query.filters.push_back({id_of(facet_field(filter.field)), filter.any_of, false});
  }
  if (!request.unpublished) query.filters.push_back({id_of(FacetField::Hidden), {"1"}, true});
  for (const std::string& facet : request.facets) query.facets.push_back(id_of(facet_field(facet)));
  ParsedQuery parsed = parse_query(request.text, query_languages(request.language));
  query.clauses = std::move(parsed.clauses);
  ignored = std::move(parsed.ignored);
  query.facet_values = request.facet_values;
  query.limit = request.limit;
  query.offset = request.offset;
  query.tie = [this](index::DocKey a, index::DocKey b) {
    const int order = ids_.id(a).compare(ids_.id(b));
    return order != 0 ? order < 0 : a < b;
  };
  return query;
}

SearchResults SearchCore::search(const SearchRequest& request, DocumentSource& source,
                                 const CancelToken& cancel) const {
  SearchResults results;
  const index::Query query = query_of(request, results.ignored);
  index::Results found = index_.search(query, cancel);
  results.total = found.total;
  for (index::FacetCounts& counts : found.facets) {
    results.facets.push_back(facet_of(std::move(counts)));
  }
  Snippets snippets(query.clauses);
  for (const index::Hit& hit : found.hits) {
    if (cancel.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
    results.hits.push_back(hit_of(hit, ids_.id(hit.doc), request, source, snippets));
  }
  return results;
}

std::size_t SearchCore::memory_bytes() const {
  return index_.memory_bytes() + ids_.memory_bytes();
}

}  // namespace koinon::search
