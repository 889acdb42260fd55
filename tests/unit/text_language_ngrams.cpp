// SPDX-License-Identifier: Apache-2.0
#include "text/language_ngrams.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "catch.hpp"
#include "text/language_cld2.hpp"
#include "text/language_odds.hpp"

using koinon::text::ask_cld2;
using koinon::text::base_language;
using koinon::text::Cld2Answer;
using koinon::text::LanguageNames;
using koinon::text::ngram_languages;
using koinon::text::ngram_scores;
using koinon::text::NgramScores;
using koinon::text::Odds;

namespace {

double score(const NgramScores& scores, const std::string& language) {
  const auto found = std::find(ngram_languages().begin(), ngram_languages().end(), language);
  return scores.score[static_cast<std::size_t>(found - ngram_languages().begin())];
}

}  // namespace

TEST_CASE("the weights are there for the 24 languages and for what is none of them", "[text]") {
  REQUIRE(ngram_languages().size() >= 25);
  CHECK(std::is_sorted(ngram_languages().begin(), ngram_languages().end()));
  const LanguageNames names({});
  for (const char* language :
       {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
        "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"}) {
    CHECK(names.knows(language));
    CHECK(names.name(names.place(language), "") == language);
  }
  CHECK(names.name(names.other(), "") == "und");
  CHECK(names.name(names.other(), "vi") == "vi");
  CHECK_FALSE(names.knows("vi"));
  CHECK_FALSE(names.knows(""));
}

// The figures are those of python/train/language_id.py with the same file: both must hash alike.
TEST_CASE("the n-grams are those that the weights were learnt from", "[text]") {
  const NgramScores french = ngram_scores("L'école d'été à Liège");
  CHECK(french.features == 85);
  CHECK(score(french, "fr") == Approx(13.406).margin(0.01));
  CHECK(score(french, "en") == Approx(-1.045).margin(0.01));
  const NgramScores maltese = ngram_scores("Il-kunsill tal-belt, 2014");
  CHECK(maltese.features == 86);
  CHECK(score(maltese, "mt") == Approx(11.027).margin(0.01));
  const NgramScores greek = ngram_scores("Ο ΔΉΜΟΣ της Αθήνας");
  CHECK(greek.features == 72);
  CHECK(score(greek, "el") == Approx(13.153).margin(0.01));
}

TEST_CASE("case, composition and what stands between words change no score", "[text]") {
  const NgramScores plain = ngram_scores("école d'été");
  for (const char* same :
       {"ÉCOLE D\u2019ÉTÉ", "e\u0301cole, d'e\u0301te\u0301!", " 12 école \xFF\xFE d'été\n"}) {
    CAPTURE(same);
    CHECK(ngram_scores(same).features == plain.features);
    CHECK(ngram_scores(same).score == plain.score);
  }
}

TEST_CASE("letters of other scripts are counted and carry no weight", "[text]") {
  const NgramScores mixed = ngram_scores("日本 ab العربية");
  CHECK(mixed.letters == 11);
  CHECK(mixed.foreign_letters == 9);
  CHECK(mixed.score == ngram_scores("ab").score);
  CHECK(ngram_scores("").features == 0);
  CHECK(ngram_scores("ab вг δ").cyrillic_letters == 2);
  CHECK(ngram_scores("2014 !").letters == 0);
  const std::string word(1U << 20U, 'x');
  CHECK(ngram_scores(word).features < 400);
}

TEST_CASE("the base of a tag is its letters before anything else", "[text]") {
  CHECK(base_language("de") == "de");
  CHECK(base_language("DE_at") == "de");
  CHECK(base_language("sr-Latn-RS") == "sr");
  CHECK(base_language("").empty());
  CHECK(base_language("-de").empty());
  CHECK(base_language(std::string(1000, 'a')).size() <= 8);
}

TEST_CASE("CLD2 is given no bytes that it cannot bear", "[text]") {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "Die Gemeinde hilft \xFF\xED\xA0\x80\x01\xEF\xBF\xBE Wohnungslosen. ";
  const Cld2Answer answer = ask_cld2(text);
  CHECK(answer.parts[0].language == "de");
  CHECK(answer.reliable);
  CHECK(ask_cld2("").parts[0].language.empty());
  CHECK_FALSE(ask_cld2("\xFF\xFF").parts[0].language == "de");
}

TEST_CASE("what CLD2 calls Serbian is Croatian in Latin letters only", "[text]") {
  Cld2Answer serbian;
  serbian.parts[0] = {"sr", 1.0};
  serbian.reliable = true;
  const LanguageNames names({});
  for (const auto& [text, gains] :
       {std::pair("stan i posao", "hr"), std::pair("стан и посао", "sr")}) {
    const NgramScores scores = ngram_scores(text);
    const Odds before(scores);
    Odds after(scores);
    after.add(serbian, scores);
    const std::string other = std::string(gains) == "hr" ? "sr" : "hr";
    CHECK(after.at(names.place(gains)) > before.at(names.place(gains)));
    CHECK(after.at(names.place(other)) == before.at(names.place(other)));
  }
}
