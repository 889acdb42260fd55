// SPDX-License-Identifier: Apache-2.0
//
// The parts of a mixed text: the likeliest row of languages for its sentences, where every change
// of language costs (Viterbi's algorithm).
#include <algorithm>
#include <cmath>
#include <vector>

#include "text/language_id.hpp"
#include "text/language_odds.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

// What a change of language costs, in logarithms of odds: more within a line than between lines.
constexpr double change_in_line = 5;
constexpr double change_at_line = 3.5;
// What a sentence can say against a language at most, so that one odd sentence does not outweigh
// all around it.
constexpr double most_against = 12;
// A longer sentence is cut: lists without a full stop are no sentence.
constexpr std::size_t longest_sentence = 2000;
// A shorter one is read with what follows it in its line.
constexpr std::size_t shortest_sentence = 16;

struct Sentence {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool begins_line = false;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ends_sentence(std::uint32_t code) {
  return code == '.' || code == '!' || code == '?' || code == ';' || code == 0x2026;
}

std::vector<Sentence> sentences(std::string_view text) {
  std::vector<Sentence> found;
  Sentence now{0, 0, true};
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode(text, at);
    at += here.size;
    const bool line = here.code == '\n';
    const std::size_t size = at - now.begin;
    const bool stop = ends_sentence(here.code) && size >= shortest_sentence && at < text.size() &&
                      is_blank(text[at]);
    const bool too_long = size >= longest_sentence && is_blank(text[at - 1]);
    if (!line && !stop && !too_long && size < 4 * longest_sentence) continue;
    // Blanks, and empty lines, belong to the sentence before them.
    while (at < text.size() && is_blank(text[at]) && (line || text[at] != '\n')) ++at;
    now.end = at;
    found.push_back(now);
    now = {at, at, line};
  }
  if (now.begin < text.size()) {
    now.end = text.size();
    found.push_back(now);
  }
  return found;
}

// Logarithms of the probabilities of a sentence, not below -most_against.
std::vector<double> said(const Odds& odds) {
  std::vector<double> logs = odds.probabilities();
  for (double& one : logs) one = std::max(std::log(one + 1e-300), -most_against);
  return logs;
}

// The likeliest language of each sentence. `logs` has those of sentence after sentence.
std::vector<std::size_t> likeliest(const std::vector<Sentence>& parts,
                                   const std::vector<double>& logs, std::size_t languages) {
  std::vector<double> best(logs.begin(), logs.begin() + static_cast<std::ptrdiff_t>(languages));
  std::vector<std::uint8_t> from(logs.size());
  for (std::size_t row = 1; row < parts.size(); ++row) {
    const auto top =
        static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
    const double changed = best[top] - (parts[row].begins_line ? change_at_line : change_in_line);
    for (std::size_t i = 0; i < languages; ++i) {
      const bool stays = best[i] >= changed;
      from[row * languages + i] = static_cast<std::uint8_t>(stays ? i : top);
      best[i] = (stays ? best[i] : changed) + logs[row * languages + i];
    }
  }
  std::vector<std::size_t> path(parts.size());
  path.back() = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t row = parts.size() - 1; row > 0; --row)
    path[row - 1] = from[row * languages + path[row]];
  return path;
}

}  // namespace

std::vector<LanguageSpan> language_spans(std::string_view text, const LanguagePriors& priors) {
  const std::vector<Sentence> parts = sentences(text);
  const std::size_t languages = ngram_languages().size();
  if (parts.empty() || languages == 0) return {};
  const LanguageNames names(priors.portal);
  std::vector<double> logs;
  std::size_t letters = 0;
  for (const Sentence& part : parts) {
    const NgramScores scores = ngram_scores(text.substr(part.begin, part.end - part.begin));
    letters += scores.letters;
    Odds odds(scores);
    // Where there is no letter nothing is said for or against.
    if (scores.letters > 0) odds.add_portal(priors.portal);
    const std::vector<double> row = said(odds);
    logs.insert(logs.end(), row.begin(), row.end());
  }
  if (letters == 0) return {{0, text.size(), "und", 1.0}};
  // The text as a whole has a say in its first sentence; the rest hangs on that.
  const std::vector<std::size_t> path = likeliest(parts, logs, languages);
  std::vector<LanguageSpan> spans;
  for (std::size_t row = 0; row < parts.size();) {
    LanguageSpan span{parts[row].begin, parts[row].end, {}, 0};
    double sum = 0;
    const std::size_t place = path[row];
    for (; row < parts.size() && path[row] == place; ++row) {
      const auto size = static_cast<double>(parts[row].end - parts[row].begin);
      sum += size * std::exp(logs[row * languages + place]);
      span.end = parts[row].end;
    }
    span.probability = sum / static_cast<double>(span.end - span.begin);
    const std::string_view bytes = text.substr(span.begin, span.end - span.begin);
    // Only what is none of ours is worth a second question.
    span.language =
        place == names.other() ? identify_language(bytes, priors).best() : names.name(place, {});
    if (!spans.empty() && spans.back().language == span.language) {
      spans.back().end = span.end;
    } else {
      spans.push_back(std::move(span));
    }
  }
  return spans;
}

}  // namespace koinon::text
