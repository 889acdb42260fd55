// SPDX-License-Identifier: Apache-2.0
#include "search/signals.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "index/bm25.hpp"
#include "index/nearest.hpp"
#include "search/fields.hpp"
#include "search/terms.hpp"
#include "text/analyse.hpp"
#include "text/concept_finder.hpp"
#include "text/language.hpp"

namespace koinon::search {

namespace {

using index::Clause;

// Chosen on held-out labels and messages (docs/reference/search-across-languages.md), never on the
// texts of the benchmark.

// Of a concept that is the whole question, and of one among many: a label is what the question is
// about, a concept in a long sentence may be anything.
constexpr double worth_of_the_concept = 0.7;
constexpr double worth_of_a_concept = 0.18;
// Within a language its words were counted already, and their neighbours stand beside names.
constexpr double worth_of_a_concept_in_one_language = 0.4;
constexpr double worth_of_spelling = 0.6;
constexpr double worth_of_meaning = 0.9;
constexpr double worth_of_meaning_in_one_language = 0.022;
constexpr std::size_t most_found = 200;  // by spelling, and by meaning
constexpr std::size_t most_grams = 256;
constexpr double least_spelling = 0.04;  // of the worth of all grams, and at least
constexpr double fewest_grams = 1.5;     // of average worth
constexpr double least_deviations = 1;   // from the mean of all cosines
constexpr double least_cosine = 0.25;

// What a document that has all words of the question once scores about: the scale on which other
// signals are weighed.
double scale_of(const Question& question, const index::Snapshot& snapshot) {
  double sum = 0;
  std::size_t words = 0;
  for (const Clause& clause : question.query.clauses) {
    if (clause.occur == index::Occur::MustNot || clause.groups.size() != 1) continue;
    double best = 0;
    for (const index::Alternative& each : clause.groups[0].alternatives) {
      const auto having = static_cast<double>(snapshot.documents_with(each.term));
      if (having == 0) continue;
      const auto among = static_cast<double>(each.among == 0 ? snapshot.documents() : each.among);
      best = std::max(best, each.weight * index::bm25_idf(std::max(among, having), having));
    }
    sum += clause.boost * best;
    words += best > 0 ? 1U : 0U;
  }
  // Words that no document has: as if one in a hundred had them.
  constexpr double usual = 4.6;
  return words == 0 ? usual : std::max(sum, usual);
}

bool is_stop_word(const Question& question, std::string_view folded) {
  return std::any_of(question.languages.begin(), question.languages.end(),
                     [&](const QueryLanguage& each) {
                       if (!each.likely) return false;
                       const text::Language* language = text::find_language(each.tag);
                       return language != nullptr && language->is_stop_word(folded);
                     });
}

// ---- Concepts ----------------------------------------------------------------------------------

void add_clause(Question& question, const char* signal, Clause clause) {
  question.signals.push_back({signal, question.query.clauses.size()});
  question.query.clauses.push_back(std::move(clause));
}

using Places = std::map<std::pair<std::size_t, std::size_t>, std::map<text::ConceptId, double>>;

// How much of the question names concepts, 0 to 1, in bytes of its words that say anything.
double share_covered(const Question& question, const Places& places) {
  text::Analyser analyser;
  double all = 0;
  double covered = 0;
  for (const text::AnalysedToken& token : analyser.run(question.positive, "und")) {
    const auto bytes = static_cast<double>(token.end - token.begin);
    const bool named = std::any_of(places.begin(), places.end(), [&](const auto& place) {
      return place.first.first <= token.begin && token.end <= place.first.second;
    });
    if (!named && is_stop_word(question, token.surface)) continue;
    all += bytes;
    covered += named ? bytes : 0;
  }
  return all > 0 ? covered / all : 0;
}

// One clause for each place of the question that names concepts: several of one label are
// alternatives, and so is what is near them.
std::vector<Clause> concept_clauses(Question& question, const text::Thesaurus& thesaurus,
                                    std::uint64_t documents) {
  Places places;
  text::Analyser analyser;
  text::ConceptFinder finder(thesaurus);
  for (const QueryLanguage& language : question.languages) {
    if (!language.likely) continue;
    const auto tokens = analyser.run(question.positive, language.tag);
    for (const text::FoundConcept& found :
         finder.run(question.positive, tokens, language.tag, text::TextKind::Question)) {
      question.understood = question.understood || found.by == text::FoundBy::Stem;
      auto& weights = places[{found.begin, found.end}];
      for (const text::WeightedConcept& near : thesaurus.expand(found.id)) {
        double& weight = weights[near.id];
        weight = std::max(weight, near.weight);
      }
    }
  }
  const double covered = share_covered(question, places);
  index::Damping own{id_of(FacetField::Language), {}, worth_of_a_concept_in_one_language};
  for (const QueryLanguage& language : question.languages) {
    if (language.likely) own.codes.push_back(language.tag);
  }
  std::vector<Clause> clauses;
  for (const auto& [place, weights] : places) {
    Clause clause;
    index::TermGroup group;
    group.shown = question.positive.substr(place.first, place.second - place.first);
    for (const auto& [id, weight] : weights)
      group.alternatives.emplace_back(term_of(TermKind::Concept, thesaurus.uri(id)), weight,
                                      documents);
    clause.groups.push_back(std::move(group));
    clause.boost =
        worth_of_a_concept + (worth_of_the_concept - worth_of_a_concept) * covered * covered;
    clause.damping = own;
    clauses.push_back(std::move(clause));
  }
  return clauses;
}

// Which documents have a text of their own in a language that the question may be in, or in none
// that is told: there its words decide. The name of a partner in that language is no such text.
class SameLanguage {
 public:
  SameLanguage(const Question& question, const index::Snapshot& snapshot) : snapshot_(snapshot) {
    for (const index::SegmentState& state : snapshot.segments()) {
      const index::FacetColumn column = state.segment->facet(id_of(FacetField::Language));
      std::vector<bool>& same = same_.emplace_back(column.values());
      for (std::uint32_t i = 0; i < column.values(); ++i) {
        same[i] = std::any_of(question.languages.begin(), question.languages.end(),
                              [&](const QueryLanguage& language) {
                                return language.likely && language.tag == column.value(i);
                              });
      }
    }
  }

  bool test(std::uint32_t segment, std::uint32_t document) const {
    bool told = false;
    bool found = false;
    const index::FacetColumn column =
        snapshot_.segments()[segment].segment->facet(id_of(FacetField::Language));
    column.each(document, [&](std::uint32_t ordinal) {
      told = true;
      found = found || same_[segment][ordinal];
    });
    return found || !told;
  }

 private:
  const index::Snapshot& snapshot_;
  std::vector<std::vector<bool>> same_;  // by segment, then ordinal
};

// ---- Spelling ----------------------------------------------------------------------------------

// As a search of its own: a gram alone says too little for a match.
Clause spelling_clause(const Question& question, const index::Snapshot& snapshot,
                       const index::SearchControl& control, double scale,
                       const SameLanguage& same) {
  index::Query query;
  text::Analyser analyser;
  Grams grams;
  std::set<std::string> seen;
  double all = 0;
  for (const text::AnalysedToken& token : analyser.run(question.positive, "und")) {
    if (is_stop_word(question, token.surface)) continue;
    for (const std::string& gram : grams.of_question(token.skeleton)) {
      if (seen.size() == most_grams || !seen.insert(gram).second) continue;
      const std::uint64_t having = snapshot.documents_with(gram);
      // What nothing has counts too: else one gram in common would be all there is to compare.
      all +=
          index::bm25_idf(static_cast<double>(snapshot.documents()), static_cast<double>(having)) *
          (index::bm25_k1 + 1);
      if (having == 0) continue;
      Clause clause;
      clause.groups = {{{gram}}};
      query.clauses.push_back(std::move(clause));
    }
  }
  Clause made;
  if (query.clauses.empty()) return made;
  query.facet_filters = question.query.facet_filters;
  query.number_filters = question.query.number_filters;
  query.radius_filters = question.query.radius_filters;
  query.limit = most_found;
  query.count = false;
  for (const index::Hit& hit : index::search(snapshot, query, control).hits) {
    const double share = hit.score / all;
    if (share < std::max(least_spelling, fewest_grams / static_cast<double>(seen.size()))) break;
    for (std::uint32_t i = 0; i < snapshot.segments().size(); ++i) {
      const index::SegmentState& state = snapshot.segments()[i];
      const std::uint32_t document = state.segment->find(hit.doc);
      if (document == index::no_document || state.is_dead(document)) continue;
      // In its own language a question that is spelt otherwise gets a better spelling.
      if (same.test(i, document)) continue;
      made.scored.push_back({i, document, worth_of_spelling * scale * share});
    }
  }
  return made;
}

// ---- Meaning -----------------------------------------------------------------------------------

bool has_words(const Question& question) {
  return question.positive.find_first_not_of(' ') != std::string::npos;
}

// The question's own vector, else the embedder's; empty where there is none.
std::vector<float> wanted_vector(const SearchRequest& request, const Question& question,
                                 const Embedder* embedder) {
  if (!request.vector.empty()) return request.vector;
  if (!embedder || !has_words(question)) return {};
  std::vector<float> wanted(embedder->dimension());
  const std::string language = request.language.empty() ? "und" : request.language;
  if (!embedded(*embedder, question.positive, language, wanted)) wanted.clear();
  return wanted;
}

// In the question's own language words say more, where there are any.
Clause meaning_clause(const SearchRequest& request, const Question& question,
                      const Knowledge& knowledge, const index::Snapshot& snapshot,
                      const index::SearchControl& control, double scale, const SameLanguage* same) {
  Clause made;
  const std::vector<float> wanted = wanted_vector(request, question, knowledge.embedder);
  if (wanted.empty() || snapshot.schema().dimension != wanted.size()) return made;
  index::NearestRequest nearest;
  nearest.filters = &question.query;
  nearest.count = most_found;
  const index::NearestAnswer answer = index::nearest(snapshot, wanted, nearest, control);
  for (const index::Near& near : answer.nearest) {
    const double above = near.cosine - answer.mean;
    if (near.cosine < least_cosine || above < least_deviations * answer.deviation) break;
    double share = above / (1 - answer.mean);
    if (same && same->test(near.segment, near.document)) share *= worth_of_meaning_in_one_language;
    made.scored.push_back({near.segment, near.document, worth_of_meaning * scale * share});
  }
  return made;
}

// A clause of nothing matches nothing, where no clause at all would match every record.
void add_vector_alone(Question& question, Clause clause) {
  if (question.query.clauses.empty() || !clause.scored.empty())
    add_clause(question, "meaning", std::move(clause));
}

}  // namespace

void add_steady_signals(const SearchRequest& request, const Knowledge& knowledge,
                        const index::Snapshot& snapshot, Question& question) {
  const bool told = request.across || !request.language.empty();
  if (!has_words(question) || !told || !request.signals.concepts || !knowledge.thesaurus) return;
  // Each concept is as rare as it is itself: among all documents, but not with its neighbours.
  const std::uint64_t documents = std::max<std::uint64_t>(1, snapshot.documents());
  for (Clause& clause : concept_clauses(question, *knowledge.thesaurus, documents))
    add_clause(question, "concepts", std::move(clause));
}

void add_signals(const SearchRequest& request, const Knowledge& knowledge,
                 const index::Snapshot& snapshot, const index::SearchControl& control,
                 Question& question) {
  const double scale = scale_of(question, snapshot);
  // A clause of nothing matches nothing, where no clause at all would match every record.
  if (!request.signals.words && has_words(question)) question.query.clauses = {Clause()};
  add_steady_signals(request, knowledge, snapshot, question);
  if (!has_words(question)) {
    if (asks_by_vector(request)) {
      add_vector_alone(question, meaning_clause(request, question, knowledge, snapshot, control,
                                                scale, nullptr));
    }
    return;
  }
  if (!request.across || request.as_you_type) return;
  const SameLanguage same(question, snapshot);
  if (request.signals.spelling) {
    Clause clause = spelling_clause(question, snapshot, control, scale, same);
    if (!clause.scored.empty()) add_clause(question, "spelling", std::move(clause));
  }
  if (request.signals.meaning) {
    Clause clause = meaning_clause(request, question, knowledge, snapshot, control, scale, &same);
    if (!clause.scored.empty()) add_clause(question, "meaning", std::move(clause));
  }
}

}  // namespace koinon::search
