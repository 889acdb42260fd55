// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "question.hpp"
#include "text/encoding.hpp"

using namespace koinon;

namespace {

struct NoRelated : search::RelatedRecords {
  const Initiative* initiative(std::string_view) override { return nullptr; }
  const LangText* organisation_names(std::string_view) override { return nullptr; }
  Region region(std::string_view) override { return {}; }
};

Snippet of(const std::string& question, const std::string& text, const std::string& language) {
  const std::vector<std::string> languages = {"en", "fi", "fr"};
  const auto clauses = test::parse_query(question, languages).clauses;
  return search::Snippets(clauses).of_text({search::TextField::Title, language, text, true});
}

Snippet best(const std::string& question, const Record& record, const std::string& language) {
  const std::vector<std::string> languages = {"en", "fi"};
  const auto clauses = test::parse_query(question, languages).clauses;
  NoRelated related;
  return search::Snippets(clauses).best(record, related, language);
}

std::vector<std::string> marked(const Snippet& snippet) {
  std::vector<std::string> words;
  for (const Mark& mark : snippet.marks) {
    words.push_back(snippet.text.substr(mark.begin, mark.end - mark.begin));
  }
  return words;
}

using Words = std::vector<std::string>;

const std::string filler =
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco. ";

}  // namespace

TEST_CASE("a short text is shown whole", "[search]") {
  const Snippet snippet = of("koulu", "  Nuoret kouluissa.\n", "fi");
  CHECK(snippet.text == "Nuoret kouluissa.");
  CHECK(marked(snippet) == Words{"kouluissa"});
  CHECK(snippet.language == "fi");
  CHECK(of("koulu", "Nuoret työssä.", "fi").text.empty());
  CHECK(of("koulu", "", "fi").text.empty());
}

TEST_CASE("a long text is cut at words around the best matches", "[search]") {
  const std::string text =
      "youth " + filler + filler + "the youth of this town need work and homes " + filler;
  const Snippet snippet = of("youth work", text, "en");
  CHECK(marked(snippet) == Words{"youth", "work"});
  CHECK(snippet.text.size() <= search::snippet_bytes + 6);
  CHECK(snippet.text.size() > search::snippet_bytes - 30);
  CHECK(snippet.text.rfind("…", 0) == 0);
  CHECK(snippet.text.substr(snippet.text.size() - 3) == "…");
  const std::string inside = snippet.text.substr(3, snippet.text.size() - 6);
  const std::size_t at = text.find(inside);
  REQUIRE(at != std::string::npos);
  CHECK(text[at - 1] == ' ');
  CHECK(text[at + inside.size()] == ' ');
}

TEST_CASE("a match at an end uses the room of the other side", "[search]") {
  const Snippet head = of("youth", "youth " + filler + filler, "en");
  CHECK(head.text.rfind("youth", 0) == 0);
  CHECK(head.text.size() > 170);
  const Snippet tail = of("youth", filler + filler + "youth", "en");
  CHECK(tail.text.substr(tail.text.size() - 5) == "youth");
  CHECK(tail.text.size() > 170);
}

TEST_CASE("words without end are not cut within a character", "[search]") {
  std::string long_word;
  for (int i = 0; i < 300; ++i) long_word += "é";
  const Snippet snippet = of("x", long_word + "-x-" + long_word, "fr");
  CHECK(snippet.text == "…x…");
  CHECK(marked(snippet) == Words{"x"});
  const Snippet itself = of(long_word, "a " + long_word + " b", "fr");
  CHECK(text::valid_utf8(itself.text) == itself.text.size());
  CHECK(itself.marks.size() == 1);
}

TEST_CASE("the best text of a record is chosen", "[search]") {
  CaseStudy study;
  study.title = {{"en", "youth work", {}}};
  study.summary = {{"fi", "youth", {}}, {"en", "about youth", {}}};
  study.lessons = {{"en", "youth and work", {}}};
  Snippet snippet = best("youth work", study, "fi");
  CHECK(snippet.field == "lessons");
  CHECK(snippet.text == "youth and work");
  snippet = best("youth", study, "fi");
  CHECK(snippet.field == "summary");
  CHECK(snippet.language == "fi");
  snippet = best("youth", study, "en");
  CHECK(snippet.text == "about youth");
  study.summary.clear();
  study.lessons.clear();
  CHECK(best("youth", study, "").field == "title");
  CHECK(best("absent", study, "").text.empty());
  CHECK(best("", study, "").text.empty());
  CHECK(best("-youth", study, "").text.empty());
}

TEST_CASE("snippets are well-formed and their marks hold on any text", "[search]") {
  std::mt19937 random(11);
  const std::vector<std::string> pieces = {
      "youth",   "work", " ", " ", "é",      "\n", "…",
      "日本",    "a",    "-", "𝄞", "youth ", ", ", "incomprehensibility",
      "\xCC\x81"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 120; size > 0; --size)
      text += pieces[random() % pieces.size()];
    const Snippet snippet = of("youth \"work a\"", text, "en");
    REQUIRE(text::valid_utf8(snippet.text) == snippet.text.size());
    REQUIRE(snippet.text.size() <= search::snippet_bytes + 6 + 256);
    REQUIRE(snippet.text.empty() == snippet.marks.empty());
    std::size_t at = 0;
    for (const Mark& mark : snippet.marks) {
      REQUIRE(mark.begin >= at);
      REQUIRE(mark.end > mark.begin);
      REQUIRE(mark.end <= snippet.text.size());
      at = mark.end;
    }
  }
}
