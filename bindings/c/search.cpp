// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

// The answer, and the arrays that its structs point into. Never moved once it is made.
struct kn_results {
  explicit kn_results(koinon::SearchResults answer);

  koinon::SearchResults results;
  std::vector<std::vector<kn_string>> countries;             // of each hit
  std::vector<std::vector<kn_mark>> marks;                   // of each hit
  std::vector<std::vector<kn_found_through>> found_through;  // of each hit
  std::vector<std::vector<kn_facet_value>> values;           // of each facet
  std::vector<kn_string> ignored;
  std::vector<kn_string> cut;
};

kn_results::kn_results(koinon::SearchResults answer) : results(std::move(answer)) {
  using koinon::c::view;
  for (const auto& hit : results.hits) {
    countries.push_back(koinon::c::views(hit.countries));
    auto& own = marks.emplace_back();
    for (const auto& mark : hit.snippet.marks) own.push_back({mark.begin, mark.end});
    auto& through = found_through.emplace_back();
    for (const auto& each : hit.found_through)
      through.push_back({view(each.signal), view(each.language), view(each.what), each.share});
  }
  for (const auto& facet : results.facets) {
    auto& own = values.emplace_back();
    for (const auto& value : facet.values) own.push_back({view(value.code), value.count});
  }
  ignored = koinon::c::views(results.ignored);
  cut = koinon::c::views(results.cut);
}

namespace koinon::c {

namespace {

constexpr uint64_t most_numbers = 4096;  // of any vector

// The limits are those of a request in JSON. No NaN passes.
double seconds_in(double seconds, double most, const char* name) {
  if (!(seconds >= 0 && seconds <= most)) {
    fail_argument(std::string(name) + " must be from 0 to " +
                  std::to_string(static_cast<long>(most)));
  }
  return seconds;
}

SearchRequest request_in(const kn_search_options& given) {
  SearchRequest request;
  request.text = std::string(text_in(given.text, "text"));
  request.language = std::string(text_in(given.language, "language"));
  check_array(given.filters, given.filter_count, "filters");
  for (uint64_t i = 0; i < given.filter_count; ++i) {
    const kn_filter& filter = given.filters[i];
    Filter& own = request.filters.emplace_back();
    own.field = std::string(text_in(filter.field, "the field of a filter"));
    check_array(filter.codes, filter.code_count, "the codes of a filter");
    for (uint64_t k = 0; k < filter.code_count; ++k) {
      own.any_of.emplace_back(text_in(filter.codes[k], "the code of a filter"));
    }
  }
  check_array(given.facets, given.facet_count, "facets");
  for (uint64_t i = 0; i < given.facet_count; ++i) {
    request.facets.emplace_back(text_in(given.facets[i], "facet"));
  }
  request.facet_values = size_in(given.facet_values);
  request.limit = size_in(given.limit);
  request.offset = size_in(given.offset);
  request.unpublished = flag_in(given.unpublished, "unpublished");
  request.snippets = flag_in(given.snippets, "snippets");
  request.wait = flag_in(given.wait, "wait");
  request.after = std::string(text_in(given.after, "after"));
  request.keep_seconds = seconds_in(given.keep_seconds, 3600, "keep_seconds");
  request.deadline_seconds = seconds_in(given.deadline_seconds, 1e9, "deadline_seconds");
  request.as_you_type = flag_in(given.as_you_type, "as_you_type");
  request.suggest = flag_in(given.suggest, "suggest");
  request.multi_select = flag_in(given.multi_select, "multi_select");
  request.across = flag_in(given.across, "across");
  request.signals.words = flag_in(given.words, "words");
  request.signals.concepts = flag_in(given.concepts, "concepts");
  request.signals.spelling = flag_in(given.spelling, "spelling");
  request.signals.meaning = flag_in(given.meaning, "meaning");
  check_array(given.vector, given.vector_length, "vector");
  if (given.vector_length > most_numbers) fail_argument("vector has more than 4096 numbers");
  if (given.vector_length > 0)
    request.vector.assign(given.vector, given.vector + given.vector_length);
  return request;
}

kn_hit hit_out(const kn_results& results, std::size_t place) {
  const Hit& hit = results.results.hits[place];
  kn_hit out{};
  out.kind = static_cast<int32_t>(hit.kind);
  out.score = hit.score;
  out.id = view(hit.id);
  out.title = view(hit.title);
  out.title_language = view(hit.title_language);
  out.countries = results.countries[place].data();
  out.country_count = results.countries[place].size();
  out.snippet = view(hit.snippet.text);
  out.snippet_field = view(hit.snippet.field);
  out.snippet_language = view(hit.snippet.language);
  out.marks = results.marks[place].data();
  out.mark_count = results.marks[place].size();
  out.group = view(hit.group);
  out.grouped = hit.grouped;
  out.found_through = results.found_through[place].data();
  out.found_through_count = results.found_through[place].size();
  return out;
}

kn_facet facet_out(const kn_results& results, std::size_t place) {
  const Facet& facet = results.results.facets[place];
  kn_facet out{};
  out.field = view(facet.field);
  out.values = results.values[place].data();
  out.value_count = results.values[place].size();
  out.distinct = facet.distinct;
  return out;
}

Json snippet_json(const Snippet& snippet) {
  if (snippet.text.empty()) return nullptr;
  Json marks = Json::array();
  for (const Mark& mark : snippet.marks) marks.push_back(Json::array({mark.begin, mark.end}));
  return {{"field", snippet.field},
          {"language", snippet.language},
          {"text", snippet.text},
          {"marks", std::move(marks)}};
}

Json found_through_json(const Hit& hit) {
  Json all = Json::array();
  for (const FoundThrough& each : hit.found_through) {
    all.push_back({{"signal", each.signal},
                   {"language", each.language},
                   {"what", each.what},
                   {"share", each.share}});
  }
  return all;
}

Json hit_json(const Hit& hit) {
  return {{"id", hit.id},
          {"kind", kind_name(hit.kind)},
          {"score", hit.score},
          {"title", hit.title},
          {"title_language", hit.title_language},
          {"countries", hit.countries},
          {"snippet", snippet_json(hit.snippet)},
          {"group", hit.group},
          {"grouped", hit.grouped},
          {"found_through", found_through_json(hit)}};
}

Json facet_json(const Facet& facet) {
  Json values = Json::array();
  for (const FacetValue& value : facet.values) {
    values.push_back({{"code", value.code}, {"count", value.count}});
  }
  return {{"field", facet.field}, {"distinct", facet.distinct}, {"values", std::move(values)}};
}

Json results_json(const SearchResults& results) {
  Json hits = Json::array();
  for (const Hit& hit : results.hits) hits.push_back(hit_json(hit));
  Json facets = Json::array();
  for (const Facet& facet : results.facets) facets.push_back(facet_json(facet));
  return {
      {"change", results.change},         {"total", results.total},     {"hits", std::move(hits)},
      {"facets", std::move(facets)},      {"ignored", results.ignored}, {"cut", results.cut},
      {"suggestion", results.suggestion}, {"next", results.next},       {"late", results.late}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_search(kn_catalogue* catalogue, const kn_search_options* options,
                            const kn_task* task, kn_results** results, kn_error** error) {
  return guarded(error, [&] {
    kn_results*& answer = result(results, "results");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto request = request_in(options_in(options, search_defaults()));
    answer = new kn_results(open.search(request, task_in(task)));
  });
}

KN_EXPORT int32_t kn_search_json(kn_catalogue* catalogue, kn_string request, const kn_task* task,
                                 kn_results** results, kn_error** error) {
  return guarded(error, [&] {
    kn_results*& answer = result(results, "results");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = koinon::request_from_json(text_in(request, "request"));
    answer = new kn_results(open.search(asked, task_in(task)));
  });
}

KN_EXPORT int32_t kn_results_summarise(const kn_results* results, kn_results_summary* summary,
                                       kn_error** error) {
  return guarded(error, [&] {
    const kn_results& answer = required(results, "results");
    kn_results_summary out{};
    out.change = answer.results.change;
    out.total = answer.results.total;
    out.hit_count = answer.results.hits.size();
    out.facet_count = answer.results.facets.size();
    out.ignored = answer.ignored.data();
    out.ignored_count = answer.ignored.size();
    out.suggestion = view(answer.results.suggestion);
    out.next = view(answer.results.next);
    out.cut = answer.cut.data();
    out.cut_count = answer.cut.size();
    out.late = answer.results.late ? 1 : 0;
    struct_out(summary, out, "summary");
  });
}

KN_EXPORT int32_t kn_results_hit(const kn_results* results, uint64_t place, kn_hit* hit,
                                 kn_error** error) {
  return guarded(error, [&] {
    const kn_results& answer = required(results, "results");
    at_place(answer.results.hits, place);
    struct_out(hit, hit_out(answer, static_cast<std::size_t>(place)), "hit");
  });
}

KN_EXPORT int32_t kn_results_facet(const kn_results* results, uint64_t place, kn_facet* facet,
                                   kn_error** error) {
  return guarded(error, [&] {
    const kn_results& answer = required(results, "results");
    at_place(answer.results.facets, place);
    struct_out(facet, facet_out(answer, static_cast<std::size_t>(place)), "facet");
  });
}

KN_EXPORT int32_t kn_results_json(const kn_results* results, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(results_json(required(results, "results").results)));
  });
}

KN_EXPORT void kn_results_free(kn_results* results) {
  delete results;
}
