// SPDX-License-Identifier: Apache-2.0
#include "search/explanation.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "search/fields.hpp"
#include "search/terms.hpp"
#include "text/language.hpp"

namespace koinon::search {

namespace {

constexpr const char* itself = "the record itself";

std::string listed(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ", ") + part;
  return all.empty() ? "none" : all;
}

std::string lower_ascii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// Codes that a user typed are looked for in capitals and small letters: once is enough to read.
std::vector<std::string> told_once(const std::vector<std::string>& codes) {
  std::vector<std::string> told;
  for (const std::string& code : codes) {
    const bool known = std::any_of(told.begin(), told.end(), [&](const std::string& each) {
      return lower_ascii(each) == lower_ascii(code);
    });
    if (!known) told.push_back(code);
  }
  return told;
}

std::string name_of(const index::Condition& condition) {
  if (const auto* facet = std::get_if<index::FacetFilter>(&condition)) {
    return facet_fields()[facet->field] + (facet->none ? " none of " : " ") +
           listed(told_once(facet->codes));
  }
  if (const auto* number = std::get_if<index::NumberFilter>(&condition))
    return "a range of " + number_fields()[number->field];
  return "a distance";
}

std::string name_of(const index::Clause& clause) {
  if (clause.pattern) {
    const bool prefix = clause.pattern->kind == index::Pattern::Kind::Prefix;
    return clause.pattern->text + (prefix ? "*" : "~" + std::to_string(clause.pattern->distance));
  }
  if (clause.condition) return name_of(*clause.condition);
  if (!clause.keys.empty()) return itself;
  if (clause.everything) return "every record";
  if (!clause.scored.empty()) return "the whole question";
  std::string name;
  for (const index::TermGroup& group : clause.groups)
    name += (name.empty() ? "" : " ") +
            (group.shown.empty() ? std::string(content_of_term(group.alternatives[0].term))
                                 : group.shown);
  return clause.groups.size() > 1 ? "\"" + name + "\"" : name;
}

std::string signal_of(const Question& question, std::size_t clause) {
  for (const SignalClause& each : question.signals) {
    if (each.clause == clause) return each.signal;
  }
  return "words";
}

// The language of the first term that matched, where that is a word's.
std::string language_of(const index::ClauseShare& share) {
  return share.terms.empty() ? std::string() : std::string(language_of_term(share.terms[0].first));
}

// What a concept's clause stands for and found: the labels of those that the document has.
std::string concepts_told(const index::ClauseShare& share, const text::Thesaurus& thesaurus,
                          std::string_view language) {
  std::string told;
  for (const auto& [term, documents] : share.terms) {
    const auto id = thesaurus.find(content_of_term(term));
    const std::string_view label = id ? thesaurus.label(*id, language).text : content_of_term(term);
    told += (told.empty() ? "" : ", ") + std::string(label);
  }
  return told;
}

class Teller {
 public:
  Teller(Explanation& explanation, const SearchRequest& request, const Knowledge& knowledge)
      : explanation_(explanation), request_(request), knowledge_(knowledge) {}

  void tell(const Question& question, const std::vector<index::ClauseShare>& shares) {
    const std::vector<index::Clause>& clauses = question.query.clauses;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const std::string signal = signal_of(question, i);
      const std::size_t before = explanation_.parts.size();
      tell(std::span(clauses).subspan(i, 1), std::span(shares).subspan(i, 1), true, false);
      for (std::size_t k = before; k < explanation_.parts.size(); ++k) {
        ExplainedPart& part = explanation_.parts[k];
        part.signal = signal;
        if (signal == "concepts" && part.matched && knowledge_.thesaurus)
          part.what += ": " + concepts_told(shares[i], *knowledge_.thesaurus, request_.language);
      }
    }
  }

 private:
  void tell(std::span<const index::Clause> clauses, std::span<const index::ClauseShare> shares,
            bool required, bool excluded) {
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const index::Clause& clause = clauses[i];
      const bool must = required && clause.occur == index::Occur::Must;
      const bool not_wanted = excluded != (clause.occur == index::Occur::MustNot);
      if (!clause.clauses.empty()) {
        tell(clause.clauses, shares[i].clauses, must, not_wanted);
        continue;
      }
      // Of what is near only what is near enough is worth telling.
      if (!clause.scored.empty() && !shares[i].matched) continue;
      ExplainedPart part;
      part.what = name_of(clause);
      part.matched = shares[i].matched;
      part.required = must;
      part.excluded = not_wanted;
      part.score = not_wanted ? 0 : shares[i].score;
      part.language = language_of(shares[i]);
      for (const auto& [term, records] : shares[i].terms)
        part.records = std::max(part.records, records);
      explanation_.parts.push_back(std::move(part));
    }
  }

  Explanation& explanation_;
  const SearchRequest& request_;
  const Knowledge& knowledge_;
};

// Whether clauses match, from what each of them does.
bool match(const std::vector<index::Clause>& clauses,
           const std::vector<index::ClauseShare>& shares) {
  bool must = false;
  bool should = false;
  bool any = false;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const bool matched = shares[i].matched;
    switch (clauses[i].occur) {
      case index::Occur::Must:
        must = true;
        if (!matched) return false;
        break;
      case index::Occur::MustNot:
        if (matched) return false;
        break;
      case index::Occur::Should:
        should = true;
        any = any || matched;
    }
  }
  return must || !should || any;
}

std::string codes_told(const index::Snapshot& snapshot, index::DocKey key,
                       index::FacetFieldId field) {
  return "this record has " + listed(snapshot.codes_of(key, field));
}

}  // namespace

Explanation told(const Question& question, const SearchRequest& request,
                 const index::Explained& explained, const index::Snapshot& snapshot,
                 const Knowledge& knowledge, index::DocKey key) {
  Explanation explanation;
  const auto reason = [&](const char* code, std::string message) {
    explanation.reasons.push_back({code, std::move(message)});
  };
  if (!explained.there) {
    reason("not-indexed", "search does not know records of this kind");
    return explanation;
  }
  const index::Query& query = question.query;
  Teller(explanation, request, knowledge).tell(question, explained.clauses);
  const bool matched = match(query.clauses, explained.clauses);
  for (const index::ClauseShare& share : explained.clauses) explanation.score += share.score;
  if (!matched) explanation.score = 0;
  for (ExplainedPart& part : explanation.parts) {
    if (!matched) part.score = 0;
    part.share = explanation.score > 0 ? part.score / explanation.score : 0;
    if (matched) continue;
    if (part.excluded && part.matched) {
      reason("excluded", part.what == itself ? "it is the record whose like is looked for"
                                             : "it has " + part.what);
    }
    if (part.required && !part.matched) reason("missing", "it has not " + part.what);
  }
  if (!matched && explanation.reasons.empty())
    reason("no-term", "it has none of the words that the question asks for");
  for (std::size_t i = 0; i < query.facet_filters.size(); ++i) {
    if (explained.facet_filters[i]) continue;
    if (i == question.hiding) {
      reason("draft", "its state is " + listed(snapshot.codes_of(key, id_of(FacetField::State))) +
                          ": only a search for unpublished records shows it");
    } else {
      reason("filtered-out", "the filter is " + name_of(query.facet_filters[i]) + "; " +
                                 codes_told(snapshot, key, query.facet_filters[i].field));
    }
  }
  for (std::size_t i = 0; i < query.number_filters.size(); ++i) {
    if (!explained.number_filters[i])
      reason("filtered-out", "it is outside " + name_of(query.number_filters[i]));
  }
  for (const bool near : explained.radius_filters) {
    if (!near) reason("filtered-out", "no place of it that is known lies so near");
  }
  explanation.found = explanation.reasons.empty();
  const std::string own = text::language_tag(request.language);
  const auto languages = snapshot.codes_of(key, id_of(FacetField::Language));
  const bool other = !matched && own != "und" && !own.empty() && !languages.empty() &&
                     std::find(languages.begin(), languages.end(), own) == languages.end();
  if (other) {
    reason("other-language", "its texts are in " + listed(languages) + ", the question in " + own);
  }
  return explanation;
}

std::vector<FoundThrough> found_through(const Question& question, const SearchRequest& request,
                                        const Knowledge& knowledge,
                                        const index::Explained& explained) {
  std::vector<FoundThrough> found;
  Explanation explanation;
  if (!explained.there) return found;
  Teller(explanation, request, knowledge).tell(question, explained.clauses);
  double all = 0;
  for (const ExplainedPart& part : explanation.parts) {
    if (!part.matched || part.excluded || part.score <= 0) continue;
    all += part.score;
    const auto known = std::find_if(found.begin(), found.end(), [&](const FoundThrough& each) {
      return each.signal == part.signal && each.language == part.language;
    });
    FoundThrough& through = known == found.end() ? found.emplace_back() : *known;
    through.signal = part.signal;
    through.language = part.language;
    if (part.signal == "words" || part.signal == "concepts")
      through.what += (through.what.empty() ? "" : ", ") + part.what;
    through.share += part.score;
  }
  for (FoundThrough& each : found) each.share /= all;
  std::stable_sort(found.begin(), found.end(),
                   [](const FoundThrough& a, const FoundThrough& b) { return a.share > b.share; });
  return found;
}

}  // namespace koinon::search
