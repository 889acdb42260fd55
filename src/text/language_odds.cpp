// SPDX-License-Identifier: Apache-2.0
#include "text/language_odds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace koinon::text {

namespace {

constexpr std::array<std::string_view, 24> official = {
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};

// The weights are learnt with a part of the n-grams left out, which makes them too careful. Chosen
// for the likelihood of pieces of 1 to 16 words that they were not learnt from: so much for a
// word, and for four words or more.
constexpr double sharpness_of_word = 1.4;
constexpr double sharpness = 2.0;
constexpr double features_of_word = 30;
constexpr double features_of_words = 110;

// The odds, before a letter is read, of a language beside one of the portal's.
constexpr double of_the_union = 0.3;
constexpr double from_outside = 0.1;
constexpr double not_known = 0.05;
// And how much likelier a stated language and the host's are.
constexpr double stated_factor = 100;
constexpr double host_factor = 100;

// What an answer of CLD2 about all of a text weighs at most, in logarithms, and the letters at
// which it does. It has other texts behind it than our weights, and errs elsewhere.
constexpr double cld2_weight = 4;
constexpr double cld2_letters = 100;
constexpr double cld2_unsure = 0.3;

// Half of the letters in a script that none of our languages is written in.
constexpr double other_script = 30;

// A share so small that a word with it may as well be a name.
constexpr double small_share = 1e-4;
// What remains of a language that lacks a word of the question.
constexpr double lacks_word = 0.05;
// The say of the catalogue for questions of 0, 1, 2 ... words; none beyond.
constexpr std::array<double, 5> catalogue_say = {0, 0.5, 0.4, 0.2, 0.1};

constexpr std::array<std::string_view, 6> in_cyrillic = {"be", "bg", "mk", "ru", "sr", "uk"};
// Against a language that is not written in the letters of the text: n-grams that share a row by
// chance may say otherwise.
constexpr double wrong_script = 10;

bool among(std::span<const std::string> tags, std::string_view base) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return base_language(tag) == base; });
}

std::size_t place_of(std::string_view name) {
  const std::span<const std::string> languages = ngram_languages();
  const auto found = std::find(languages.begin(), languages.end(), name);
  return found == languages.end() ? Odds::none
                                  : static_cast<std::size_t>(found - languages.begin());
}

}  // namespace

std::string base_language(std::string_view tag) {
  std::string base;
  for (const char c : tag) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (low < 'a' || low > 'z' || base.size() == 8) break;
    base += low;
  }
  return base;
}

LanguageNames::LanguageNames(std::span<const std::string> portal) : other_(place_of("other")) {
  if (!portal.empty() && !among(portal, "hr")) {
    if (among(portal, "bs")) {
      croatian_ = "bs";
    } else if (among(portal, "sr")) {
      croatian_ = "sr";
    }
  }
  if (!among(portal, "no")) {
    if (among(portal, "nb")) {
      norwegian_ = "nb";
    } else if (among(portal, "nn")) {
      norwegian_ = "nn";
    }
  }
}

std::size_t LanguageNames::place(std::string_view tag) const {
  std::string base = base_language(tag);
  if (base == "bs" || base == "sh") base = "hr";
  if (base == "nb" || base == "nn") base = "no";
  const std::size_t found = place_of(base);
  return found == Odds::none ? other_ : found;
}

std::string LanguageNames::name(std::size_t place, std::string_view foreign) const {
  const std::string& name = ngram_languages()[place];
  if (name == "hr") return croatian_;
  if (name == "no") return norwegian_;
  if (place != other_) return name;
  return foreign.empty() ? "und" : std::string(foreign);
}

Odds::Odds(const NgramScores& scores)
    : names_({}),
      odds_(scores.score.begin(),
            scores.score.begin() + static_cast<std::ptrdiff_t>(ngram_languages().size())) {
  const double length = (static_cast<double>(scores.features) - features_of_word) /
                        (features_of_words - features_of_word);
  const double sharp = std::lerp(sharpness_of_word, sharpness, std::clamp(length, 0.0, 1.0));
  for (double& one : odds_) one *= sharp;
  const bool cyrillic = scores.cyrillic_letters * 2 > scores.letters;
  for (std::size_t i = 0; i < odds_.size(); ++i) {
    const bool written = std::find(in_cyrillic.begin(), in_cyrillic.end(), ngram_languages()[i]) !=
                         in_cyrillic.end();
    if (scores.letters > 0 && written != cyrillic && i != names_.other()) odds_[i] -= wrong_script;
  }
  if (scores.foreign_letters * 2 > scores.letters) odds_[names_.other()] += other_script;
}

std::string Odds::add(const Cld2Answer& answer, const NgramScores& scores) {
  const double length = std::min(1.0, static_cast<double>(scores.letters) / cld2_letters);
  const double weight = cld2_weight * length * (answer.reliable ? 1 : cld2_unsure);
  std::string foreign;
  for (const Cld2Part& part : answer.parts) {
    if (part.language.empty()) continue;
    std::size_t place = names_.place(part.language);
    // Serbian in Latin letters is where Croatian is.
    const bool latin = scores.cyrillic_letters * 2 < scores.letters;
    if (base_language(part.language) == "sr" && latin) place = names_.place("hr");
    if (place == names_.other() && answer.reliable && foreign.empty() && part.share > 0.5)
      foreign = part.language;
    odds_[place] += weight * part.share;
  }
  return foreign;
}

void Odds::add_portal(std::span<const std::string> portal) {
  for (std::size_t i = 0; i < odds_.size(); ++i) {
    const std::string& language = ngram_languages()[i];
    const bool of_union = std::find(official.begin(), official.end(), language) != official.end();
    const bool of_portal = std::any_of(portal.begin(), portal.end(), [&](const std::string& tag) {
      return names_.place(tag) == i && i != names_.other();
    });
    if (of_portal || (portal.empty() && of_union)) continue;
    const double outside = i == names_.other() ? not_known : from_outside;
    odds_[i] += std::log(of_union ? of_the_union : outside);
  }
}

void Odds::add_stated(std::size_t place) {
  odds_[place] += std::log(stated_factor);
}

void Odds::add_host(std::size_t place) {
  if (place != none) odds_[place] += std::log(host_factor);
}

std::vector<double> Odds::probabilities() const {
  std::vector<double> chance(odds_.size());
  if (odds_.empty()) return chance;
  const double most = *std::max_element(odds_.begin(), odds_.end());
  double sum = 0;
  for (std::size_t i = 0; i < odds_.size(); ++i) sum += chance[i] = std::exp(odds_[i] - most);
  for (double& one : chance) one /= sum;
  return chance;
}

void blend_shares(std::vector<double>& weight, std::span<const std::string> words,
                  const LanguageNames& names, std::span<const std::string> present,
                  const std::function<double(std::string_view, std::string_view)>& share) {
  const double say = words.size() < catalogue_say.size() ? catalogue_say[words.size()] : 0;
  if (say == 0) return;
  std::vector<double> found(weight.size(), 0);
  for (const std::string& language : present) {
    if (names.knows(language)) found[names.place(language)] = 1;
  }
  for (const std::string& word : words) {
    std::vector<double> shares(weight.size(), 0);
    for (const std::string& language : present) {
      double& one = shares[names.place(language)];
      const double told = share(word, language);
      one = std::max(one, told > 0 ? std::min(told, 1.0) : 0.0);  // a NaN too is nothing
    }
    const double most = *std::max_element(shares.begin(), shares.end());
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i] *= std::max(lacks_word, shares[i] / (most + small_share));
    }
  }
  double sum = 0;
  for (const double one : found) sum += one;
  // A word that is nowhere tells nothing of a language.
  const double nowhere = std::pow(lacks_word, words.size()) * 1.001;
  if (*std::max_element(found.begin(), found.end()) <= nowhere) return;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    weight[i] = (1 - say) * weight[i] + say * found[i] / sum;
  }
}

}  // namespace koinon::text
