// SPDX-License-Identifier: Apache-2.0
#include "search/query_parser.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "text/encoding.hpp"

using namespace koinon;
using search::parse_query;

namespace {

// Clauses as text: sign, then the first alternative of each word.
std::string shape(const std::string& text) {
  std::string out;
  for (const index::Clause& clause : parse_query(text, {}).clauses) {
    if (!out.empty()) out += " ";
    if (clause.occur == index::Occur::Must) out += "+";
    if (clause.occur == index::Occur::MustNot) out += "-";
    for (std::size_t i = 0; i < clause.groups.size(); ++i) {
      out += (i == 0 ? "" : "_") + clause.groups[i].alternatives.at(0);
    }
  }
  return out;
}

using Ignored = std::vector<std::string>;

Ignored ignored(const std::string& text) {
  return parse_query(text, {}).ignored;
}

}  // namespace

TEST_CASE("words, signs and phrases", "[search]") {
  CHECK(shape("") == "");
  CHECK(shape("Jeunes emploi") == "jeunes emploi");
  CHECK(shape("+Work -youth") == "+work -youth");
  CHECK(shape("\"social innovation\" +\"a b\" -\"c d\"") == "social_innovation +a_b -c_d");
  CHECK(shape("„soziale Innovation“ « vie active » “x y”") == "soziale_innovation vie_active x_y");
  CHECK(shape("l'école") == "l ecole");
  CHECK(shape("+well-being -l'école") == "+well_being -l_ecole");
  CHECK(shape("a\xC2\xA0"
              "b\xE3\x80\x80"
              "c\td") == "a b c d");
  CHECK(shape("foo\"bar baz\"qux") == "foo bar_baz qux");
  CHECK(shape("--no ++yes +-x") == "-no +yes +x");
  CHECK(shape("a-") == "a");
  CHECK(shape("a a A +a") == "a +a");
  CHECK(ignored("a \"b c\" +d -e").empty());
}

TEST_CASE("what makes no sense is named, not refused", "[search]") {
  CHECK(ignored("a - b") == Ignored{"-"});
  CHECK(shape("a - b +") == "a b");
  CHECK(ignored("??? a") == Ignored{"???"});
  CHECK(ignored("\"\" a -\" \"") == Ignored{"\"\"", "-\" \""});
  CHECK(shape("+\"a b") == "+a b");
  CHECK(ignored("+\"a b") == Ignored{"unclosed quote"});
  CHECK(shape("24\" screen") == "24 screen");
  CHECK(ignored("a\xFF") == Ignored{"ill-formed UTF-8 from byte 1"});
  CHECK(shape("a\xFF"
              "b") == "a b");
  CHECK(shape(std::string("a\0b", 3)) == "a b");
  CHECK(ignored(" \n\t ").empty());
}

TEST_CASE("words stand for their stems in every language asked for", "[search]") {
  const std::vector<std::string> languages = {"en", "fi"};
  const auto parsed = parse_query("Kouluissa", languages);
  REQUIRE(parsed.clauses.size() == 1);
  const auto& terms = parsed.clauses[0].groups[0].alternatives;
  REQUIRE(terms.size() == 3);
  CHECK(terms[0] == "kouluissa");
  CHECK(terms[1].rfind("\x01"
                       "en:",
                       0) == 0);
  CHECK(terms[2] ==
        "\x01"
        "fi:koulu");
}

TEST_CASE("too much is cut and said", "[search]") {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + " ";
  auto parsed = parse_query(many, {});
  CHECK(parsed.clauses.size() == search::max_clauses);
  REQUIRE(parsed.ignored.size() == 1);
  CHECK(parsed.ignored[0].find("too many words") != std::string::npos);
  CHECK(parse_query(many.substr(0, many.find("w64")), {}).ignored.empty());

  std::string phrase = "\"";
  for (int i = 0; i < 300000; ++i) phrase += "a ";
  parsed = parse_query(phrase + "\" b", {});
  REQUIRE(parsed.clauses.size() == 1);
  CHECK(parsed.clauses[0].groups.size() == search::max_query_words);
  CHECK(parsed.ignored.size() == 1);

  std::string noise;
  for (int i = 0; i < 1000; ++i) noise += "?" + std::string(static_cast<std::size_t>(i), '!') + " ";
  parsed = parse_query(noise, {});
  CHECK(parsed.ignored.size() == 17);
  CHECK(parsed.ignored.back() == "and more");
}

TEST_CASE("large questions are answered quickly and whole", "[search]") {
  const std::vector<std::string> languages = {"de", "en", "fi", "fr"};
  const std::size_t size = search::max_query_bytes;
  CHECK(parse_query(std::string(size, 'a'), languages).clauses.size() == 1);
  CHECK(parse_query(std::string(size, '"'), languages).clauses.empty());
  CHECK(parse_query(std::string(size, '+'), languages).clauses.empty());
  CHECK(parse_query(std::string(size, '\xFF'), languages).clauses.empty());
  CHECK(parse_query(std::string(size, '-') + "a", languages).clauses.empty());
  const auto parsed = parse_query(std::string(size + 1, ' '), languages);
  CHECK(parsed.ignored.size() == 1);
  std::string quotes;
  while (quotes.size() + 2 < size) quotes += "\" ";
  quotes += "\"";
  CHECK(parse_query(quotes, languages).clauses.empty());
  std::string marks = "e";
  for (int i = 0; i < 100000; ++i) marks += "\xCC\x81";
  CHECK(parse_query(marks, languages).clauses.size() == 1);
}
