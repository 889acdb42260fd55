// SPDX-License-Identifier: Apache-2.0
#include "search/more_like.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "index/bm25.hpp"
#include "search/fields.hpp"
#include "search/readings.hpp"
#include "search/record_texts.hpp"
#include "search/terms.hpp"

namespace koinon::search {

namespace {

struct Telling {
  std::string term;
  double frequency = 0;  // in this record, weighted by fields
  double worth = 0;
};

// A word that only this record has finds nothing.
constexpr std::uint64_t fewest_documents = 2;

std::vector<Telling> terms_of(const Record& record, RelatedRecords& related) {
  std::map<std::string, double> frequencies;
  Reader reader;
  std::string term;
  for_each_text(record, related, [&](const TextPart& part) {
    // Who takes part, or what its codes are, does not make a record like another.
    if (!part.own || part.field == TextField::Codes) return;
    const double boost = text_fields[static_cast<std::size_t>(part.field)].boost;
    reader.read(part, [&](const Reading& reading, std::span<const text::AnalysedToken> tokens) {
      for (const text::AnalysedToken& token : tokens) {
        term.clear();
        append_word_term(term, reading.language, token);
        frequencies[term] += boost;
      }
    });
  });
  std::vector<Telling> terms;
  for (const auto& [spelling, frequency] : frequencies) terms.push_back({spelling, frequency, 0});
  return terms;
}

}  // namespace

index::Clause more_like(const Record& record, index::DocKey key, RelatedRecords& related,
                        const index::Snapshot& snapshot) {
  const auto documents = static_cast<double>(snapshot.documents());
  std::vector<Telling> terms;
  for (Telling& each : terms_of(record, related)) {
    const std::uint64_t having = snapshot.documents_with(each.term);
    if (having < fewest_documents) continue;
    each.frequency /= each.frequency + index::bm25_k1;
    each.worth = each.frequency * index::bm25_idf(documents, static_cast<double>(having));
    terms.push_back(std::move(each));
  }
  std::stable_sort(terms.begin(), terms.end(),
                   [](const Telling& a, const Telling& b) { return a.worth > b.worth; });
  if (terms.size() > telling_words) terms.resize(telling_words);
  index::Clause made;
  for (const Telling& each : terms) {
    index::Clause word;
    word.groups = {{{each.term}}};
    word.boost = each.frequency;
    made.clauses.push_back(std::move(word));
  }
  index::Clause itself;
  itself.occur = index::Occur::MustNot;
  itself.keys = {key};
  // With no telling word there is nothing like it, which is not the same as everything but it.
  if (!terms.empty()) made.clauses.push_back(std::move(itself));
  return made;
}

}  // namespace koinon::search
