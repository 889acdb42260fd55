// SPDX-License-Identifier: Apache-2.0
#include "text/language_id.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/fold.hpp"
#include "text/language_cld2.hpp"
#include "text/language_ngrams.hpp"
#include "text/language_odds.hpp"
#include "text/tokens.hpp"

namespace koinon::text {

namespace {

constexpr std::size_t read_whole = 32768;  // bytes
constexpr std::size_t sampled_parts = 8;

// CLD2 is asked about texts of some length: for less it seldom answers, and not well.
constexpr std::size_t letters_for_cld2 = 24;

// Against a stated language: how sure the text itself must be, and how long.
constexpr double sure = 0.5;
constexpr double hardly = 0.0005;
constexpr std::size_t letters_to_contradict = 20;

constexpr double little_said = 0.25;  // below it the best guess is none
constexpr std::size_t most_guesses = 5;

// The whole of a short text, parts from everywhere of a long one, cut at any byte.
std::string sampled(std::string_view text) {
  if (text.size() <= read_whole) return std::string(text);
  std::string parts;
  constexpr std::size_t size = read_whole / sampled_parts;
  const std::size_t step = (text.size() - size) / (sampled_parts - 1);
  for (std::size_t i = 0; i < sampled_parts; ++i) {
    parts += text.substr(i * step, size);
    parts += ' ';
  }
  return parts;
}

std::vector<LanguageGuess> ranked(const Odds& odds, const LanguageNames& names,
                                  std::string_view foreign) {
  std::vector<LanguageGuess> guesses;
  const std::vector<double> chance = odds.probabilities();
  for (std::size_t i = 0; i < chance.size(); ++i) {
    guesses.push_back({names.name(i, foreign), chance[i]});
  }
  std::stable_sort(guesses.begin(), guesses.end(), [](const auto& one, const auto& other) {
    return one.probability > other.probability;
  });
  while (guesses.size() > most_guesses ||
         (guesses.size() > 1 && guesses.back().probability < 0.001))
    guesses.pop_back();
  return guesses;
}

LanguageOfText nothing_told() {
  return {{{"und", 1.0}}, false};
}

}  // namespace

LanguageOfText identify_language(std::string_view text, const LanguagePriors& priors) {
  const std::string sample = sampled(text);
  const NgramScores scores = ngram_scores(sample);
  if (scores.letters == 0) return nothing_told();
  const LanguageNames names(priors.portal);
  Odds odds(scores);
  std::string foreign;
  if (scores.letters >= letters_for_cld2 || scores.foreign_letters > 0)
    foreign = odds.add(ask_cld2(sample), scores);
  odds.add_portal(priors.portal);
  LanguageOfText answer;
  if (!priors.stated.empty()) {
    std::size_t stated = names.place(priors.stated);
    const bool latin = scores.cyrillic_letters * 2 < scores.letters;
    if (base_language(priors.stated) == "sr" && latin) stated = names.place("hr");
    const std::vector<double> without = odds.probabilities();
    // What is known of no language cannot be held against one.
    const double best = *std::max_element(without.begin(), without.end());
    answer.stated_is_wrong = names.knows(priors.stated) && without[stated] < hardly &&
                             best >= sure && scores.letters >= letters_to_contradict;
    odds.add_stated(stated);
    if (!names.knows(priors.stated) && foreign.empty()) foreign = base_language(priors.stated);
  }
  answer.ranked = ranked(odds, names, foreign);
  if (answer.ranked.front().probability < little_said) {
    answer.ranked.insert(answer.ranked.begin(), {"und", 1 - answer.ranked.front().probability});
  }
  return answer;
}

std::vector<LanguageGuess> query_languages(std::string_view query, const QueryPriors& priors) {
  if (ngram_languages().empty()) return {};
  const LanguageNames names(priors.present);
  Odds odds(ngram_scores(query));
  odds.add_portal(priors.present);
  std::vector<std::string> words;
  for (const Token& token : tokens(query)) {
    if (words.size() == 8) break;  // a sentence needs no help
    words.push_back(fold(query.substr(token.begin, token.end - token.begin)));
  }
  const std::size_t host = priors.host.empty() ? Odds::none : names.place(priors.host);
  odds.add_host(host);
  std::vector<double> weight = odds.probabilities();
  if (priors.share && !words.empty())
    blend_shares(weight, words, names, priors.present, priors.share);
  weight[names.other()] = 0;  // a question is looked up in languages that there are
  std::vector<LanguageGuess> guesses;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (weight[i] >= 0.02 || i == host) {
      guesses.push_back({i == host ? std::string(priors.host) : names.name(i, {}), weight[i]});
      if (i == host) guesses.back().probability = std::max(weight[i], 0.1);
    }
  }
  if (host == names.other()) guesses.push_back({std::string(priors.host), 0.1});
  std::stable_sort(guesses.begin(), guesses.end(), [](const auto& one, const auto& other) {
    return one.probability > other.probability;
  });
  const auto is_host = [&](const LanguageGuess& guess) { return guess.language == priors.host; };
  while (guesses.size() > 6) {
    // The host's may be the last of them; it stays.
    guesses.erase(guesses.end() - (is_host(guesses.back()) ? 2 : 1));
  }
  double sum = 0;
  for (const LanguageGuess& guess : guesses) sum += guess.probability;
  for (LanguageGuess& guess : guesses) guess.probability /= sum;
  return guesses;
}

}  // namespace koinon::text
