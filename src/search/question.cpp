// SPDX-License-Identifier: Apache-2.0
#include "search/question.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "koinon/error.hpp"
#include "search/fields.hpp"
#include "search/more_like.hpp"
#include "search/query_compiler.hpp"
#include "search/terms.hpp"
#include "text/analyse.hpp"
#include "text/language.hpp"
#include "text/language_id.hpp"
#include "text/tokens.hpp"

namespace koinon::search {

namespace {

// Languages less probable than this are looked in all the same, but a question is not read in them.
constexpr double likely = 0.25;
// A word that is spelt alike in another language is a name or another word: the surer it is which
// language the question is in, the rarer a name. Of the worth of a word of the question's own.
constexpr double worth_when_unsure = 0.3;
constexpr double worth_when_sure = 0.1;

// `probability` is that of the likeliest language. One word alone may always be a name.
double worth_of_others(std::string_view text, double probability) {
  std::size_t words = 0;
  text::Tokens walker(text);
  for (text::Token token; walker.next(token);) ++words;
  if (words == 0) return worth_when_unsure;
  const double sure = std::min(probability, 1.0) * (1 - 1 / static_cast<double>(words));
  return worth_when_unsure + (worth_when_sure - worth_when_unsure) * sure;
}

std::vector<QueryLanguage> query_languages(const index::Snapshot& snapshot,
                                           const SearchRequest& request, const std::string& text) {
  const std::string own = text::language_tag(request.language);
  std::vector<std::string> present = snapshot.codes(id_of(FacetField::TextLanguages));
  text::QueryPriors priors;
  if (own != "und") priors.host = own;
  priors.present = present;
  text::Analyser analyser;
  priors.share = [&](std::string_view word, std::string_view language) {
    const auto all = snapshot.documents_with(term_of(TermKind::Language, language));
    const auto tokens = analyser.run(word, language);
    if (all == 0 || tokens.empty()) return 0.0;
    std::string term;
    append_word_term(term, language, tokens[0]);
    return static_cast<double>(snapshot.documents_with(term)) / static_cast<double>(all);
  };
  std::vector<std::string> read;
  double surest = 0;
  for (const text::LanguageGuess& guess : text::query_languages(text, priors)) {
    if (guess.probability < likely) continue;
    read.push_back(text::language_tag(guess.language));
    surest = std::max(surest, guess.probability);
  }
  const double worth = worth_of_others(text, surest);
  std::vector<QueryLanguage> languages;
  for (std::string& tag : present) {
    const std::uint64_t documents = snapshot.documents_with(term_of(TermKind::Language, tag));
    if (documents == 0) continue;
    if (!request.across && own != "und" && tag != own) continue;
    const bool may_be = std::find(read.begin(), read.end(), tag) != read.end();
    languages.emplace_back(std::move(tag), documents, may_be, may_be ? 1 : worth);
  }
  for (const std::string& tag : read) {
    const bool known = std::any_of(languages.begin(), languages.end(),
                                   [&](const QueryLanguage& each) { return each.tag == tag; });
    if (!known) languages.emplace_back(tag);
  }
  if (languages.empty()) languages.emplace_back(own);
  // The first term that matches is told as the language of a hit.
  std::stable_partition(languages.begin(), languages.end(),
                        [](const QueryLanguage& language) { return language.likely; });
  return languages;
}

// What a user asks for in free words, one after the other; not what must not occur. Of a structured
// question only what is asked as a user would: the host has said all of the rest.
std::string positive_text(const Query& query, bool typed) {
  if (query.kind == QueryKind::Not) return {};
  if (query.kind == QueryKind::Ask) return positive_text(parse_question(query.text).query, true);
  const bool words = query.kind == QueryKind::Words || query.kind == QueryKind::Phrase ||
                     query.kind == QueryKind::Prefix || query.kind == QueryKind::Fuzzy;
  if (words) return typed ? query.text : std::string();
  std::string text;
  std::string last;
  for (const Query& part : query.parts) {
    std::string inner = positive_text(part, typed);
    if (inner == last) continue;  // a word, and as a beginning once more; or nothing
    text += (text.empty() ? "" : " ") + inner;
    last = std::move(inner);
  }
  return text;
}

index::Clause clause_like(std::string_view id, const index::Snapshot& snapshot,
                          DocumentSource& source) {
  const auto key = source.key_of(id);
  const auto found = key ? source.record(*key) : DocumentSource::Found{};
  if (!found.record)
    throw Error(ErrorCode::NotFound, "there is no record '" + shown(id) + "' to find the like of");
  return more_like(*found.record, *key, source, snapshot);
}

void add_filters(const SearchRequest& request, Question& question) {
  index::Query& query = question.query;
  for (const Filter& filter : request.filters) {
    query.facet_filters.push_back({id_of(facet_field(filter.field)), filter.any_of, filter.exclude,
                                   request.multi_select && !filter.exclude});
  }
  question.hiding = query.facet_filters.size();
  if (!request.unpublished)
    query.facet_filters.push_back({id_of(FacetField::Hidden), {"1"}, true, false});
  const std::string own = text::language_tag(request.language);
  if (!request.across && own != "und")
    query.facet_filters.push_back({id_of(FacetField::Language), {own}, false, false});
}

void set_order(const SearchRequest& request, bool scores, index::Query& query) {
  if (!request.sort.empty()) {
    query.sort = request.rising ? index::SortBy::Rising : index::SortBy::Falling;
    query.sort_field = id_of(number_field(request.sort));
  } else if (!scores) {
    query.sort = index::SortBy::Falling;
    query.sort_field = id_of(NumberField::Date);
  }
}

}  // namespace

Question prepare(const SearchRequest& request, const index::Snapshot& snapshot,
                 DocumentSource& source) {
  Question question;
  ParsedQuestion parsed = parse_question(request.text, request.as_you_type);
  question.positive = positive_text(parsed.query, true) + " " + positive_text(request.query, false);
  question.languages = query_languages(snapshot, request, question.positive);
  question.words = std::move(parsed.words);
  question.ignored = std::move(parsed.ignored);
  QueryWorld world{question.languages, &snapshot,
                   [&](std::string_view id) { return clause_like(id, snapshot, source); }};
  CompiledQuery compiled = compile_query({std::move(parsed.query), request.query}, world);
  std::move(compiled.ignored.begin(), compiled.ignored.end(), std::back_inserter(question.ignored));
  question.cut = std::move(compiled.cut);
  question.query = std::move(compiled.query);
  add_filters(request, question);
  set_order(request, compiled.scores || asks_by_vector(request), question.query);
  for (const std::string& facet : request.facets)
    question.query.facets.push_back(id_of(facet_field(facet)));
  question.query.facet_values = request.facet_values;
  // More than there can be is all of them: hosts ask for the largest number that they have.
  const auto all = static_cast<std::size_t>(snapshot.documents());
  question.query.limit = std::min(request.limit, all);
  question.query.offset = std::min(request.offset, all);
  if (!request.group_by.empty() && request.group_by != "initiative" &&
      request.group_by != "organisation") {
    throw Error(ErrorCode::InvalidArgument,
                "answers are grouped by initiative or organisation, not by \"" +
                    shown(request.group_by) + "\"");
  }
  return question;
}

}  // namespace koinon::search
