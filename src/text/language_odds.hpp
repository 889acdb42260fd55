// SPDX-License-Identifier: Apache-2.0
//
// Where what letters, CLD2, portal and record say of a language is added up, as log-odds.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/language_cld2.hpp"
#include "text/language_ngrams.hpp"

namespace koinon::text {

/// "de" of "de-AT" and "DE_at". Only the letters before the first other character.
std::string base_language(std::string_view tag);

/// What the languages of ngram_languages() are called for a portal, and where a tag belongs.
class LanguageNames {
 public:
  /// `portal` as in LanguagePriors.
  explicit LanguageNames(std::span<const std::string> portal);

  /// The place in ngram_languages() of a tag; that of "other" for one which is not there.
  std::size_t place(std::string_view tag) const;
  bool knows(std::string_view tag) const { return place(tag) != other_; }
  std::size_t other() const { return other_; }

  /// What the language at `place` is called; "other" is called `foreign`, or "und" if that is
  /// empty.
  std::string name(std::size_t place, std::string_view foreign) const;

 private:
  std::size_t other_ = 0;
  std::string croatian_ = "hr";
  std::string norwegian_ = "no";
};

/// Log-odds of each of ngram_languages().
class Odds {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  explicit Odds(const NgramScores& scores);

  /// Adds what CLD2 says. Returns the language that it is sure of and the n-grams do not know,
  /// which is then what "other" means; or nothing.
  std::string add(const Cld2Answer& answer, const NgramScores& scores);
  /// The languages of the portal, or the 24, before the rest.
  void add_portal(std::span<const std::string> portal);
  void add_stated(std::size_t place);
  void add_host(std::size_t place);

  double at(std::size_t place) const { return odds_[place]; }
  std::vector<double> probabilities() const;

 private:
  LanguageNames names_;
  std::vector<double> odds_;
};

/// Mixes into `weight`, which adds up to 1, in how many texts of each present language `words` are.
void blend_shares(std::vector<double>& weight, std::span<const std::string> words,
                  const LanguageNames& names, std::span<const std::string> present,
                  const std::function<double(std::string_view, std::string_view)>& share);

}  // namespace koinon::text
