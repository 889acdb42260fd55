// SPDX-License-Identifier: Apache-2.0
#include "search/terms.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using namespace koinon;
using search::TermKind;

namespace {

std::vector<std::string> text_grams(const std::string& skeleton) {
  search::Grams grams;
  std::vector<std::string> found;
  for (const std::string& term : grams.of_text(skeleton))
    found.emplace_back(search::content_of_term(term));
  return found;
}

std::vector<std::string> question_grams(const std::string& skeleton) {
  search::Grams grams;
  std::vector<std::string> found;
  for (const std::string& term : grams.of_question(skeleton))
    found.emplace_back(search::content_of_term(term));
  return found;
}

using Terms = std::vector<std::string>;

}  // namespace

TEST_CASE("a term tells its kind, its language and what it stands for", "[search]") {
  std::string word;
  search::append_word_term(word, "hr", "stambe");
  CHECK(search::kind_of_term(word) == TermKind::Word);
  CHECK(search::language_of_term(word) == "hr");
  CHECK(search::content_of_term(word) == "stambe");
  const std::string named = search::term_of(TermKind::Concept, "eurovoc:1");
  CHECK(search::kind_of_term(named) == TermKind::Concept);
  CHECK(search::language_of_term(named).empty());
  CHECK(search::content_of_term(named) == "eurovoc:1");
  CHECK(search::kind_of_term("koulu") == TermKind::Surface);
  CHECK(search::content_of_term("koulu") == "koulu");
  CHECK(search::kind_of_term("") == TermKind::Surface);
}

TEST_CASE("a text has some grams of a word, a question all that may meet them", "[search]") {
  CHECK(text_grams("infrastruktura") == Terms{"_inf", "nfra", "rast"});
  CHECK(question_grams("infrastruktur") ==
        Terms{"_inf", "infr", "nfra", "fras", "rast", "astr", "stru"});
  CHECK(text_grams("dom") == Terms{"_dom"});
  CHECK(question_grams("dom") == Terms{"_dom", "dom_"});
  CHECK(text_grams("ab").empty());
  CHECK(text_grams("").empty());
  // Letters, not bytes.
  CHECK(text_grams("мир") == Terms{"_мир"});
  CHECK(text_grams(std::string(1000000, 'x')).size() == 3);
  CHECK(text_grams("\xFF\xFF\xFF").size() == 1);
}
