// SPDX-License-Identifier: Apache-2.0
#include "search/match_finder.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "question.hpp"

using namespace koinon;

namespace {

std::vector<std::string> found(const std::string& question, const std::string& text,
                               const std::string& language) {
  const std::vector<std::string> languages = {"en", "fi", "fr", "und"};
  const auto clauses = test::parse_query(question, languages).clauses;
  search::MatchFinder finder(clauses);
  std::vector<std::string> words;
  for (const search::TextMatch& match :
       finder.find({search::TextField::Title, language, text, true})) {
    words.push_back(std::to_string(match.clause) +
                    text.substr(match.begin, match.end - match.begin));
  }
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words are found by form and by stem of the text's language", "[search]") {
  CHECK(found("koulu", "Kouluissa ja koulu", "fi") == Words{"0Kouluissa", "0koulu"});
  CHECK(found("koulu", "Kouluissa ja koulu", "und") == Words{"0koulu"});
  CHECK(found("ecole", "L'École", "fr-BE") == Words{"0École"});
  CHECK(found("schools youth", "youth in School", "en") == Words{"1youth", "0School"});
  CHECK(found("-school youth", "youth in School", "en") == Words{"0youth"});
  CHECK(found("", "youth", "en").empty());
}

TEST_CASE("phrases are found whole", "[search]") {
  CHECK(found("\"a b\"", "a b, a c, b a b", "und") == Words{"0a", "0b", "0a", "0b"});
  CHECK(found("\"a b\"", "a x b", "und").empty());
  CHECK(found("\"a a\"", "a a a", "und") == Words{"0a", "0a", "0a"});
  CHECK(found("\"a b\" b", "a b b", "und") == Words{"0a", "0b", "1b", "1b"});
  CHECK(found("\"a b c\"", "a b", "und").empty());
}

TEST_CASE("a text that repeats a word without end stays cheap", "[search]") {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += "a ";
  std::string phrase = "\"";
  for (int i = 0; i < 100; ++i) phrase += "a ";
  CHECK(found("a", text, "en").size() == search::max_matched_words);
  CHECK(found(phrase + "\"", text, "en").size() == search::max_matched_words);
}
