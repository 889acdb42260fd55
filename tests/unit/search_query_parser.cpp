// SPDX-License-Identifier: Apache-2.0
#include "search/query_parser.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "question.hpp"
#include "text/encoding.hpp"

using namespace koinon;
using test::parse_query;

namespace {

// Clauses as text: sign, then the first alternative of each word.
std::string shape(const std::string& text) {
  std::string out;
  for (const index::Clause& clause : parse_query(text, {}).clauses) {
    if (!out.empty()) out += " ";
    if (clause.occur == index::Occur::Must) out += "+";
    if (clause.occur == index::Occur::MustNot) out += "-";
    for (std::size_t i = 0; i < clause.groups.size(); ++i) {
      out += (i == 0 ? "" : "_") + clause.groups[i].shown;
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
  // What has accents is looked for with them too.
  CHECK(shape("l'école") == "l ecole école");
  CHECK(shape("+well-being -l'école") == "+well_being -l_ecole");
  CHECK(shape("a\xC2\xA0"
              "b\xE3\x80\x80"
              "c\td") == "a b c d");
  CHECK(shape("foo\"bar baz\"qux") == "foo bar_baz qux");
  CHECK(shape("--no ++yes +-x") == "+yes +x -no");
  CHECK(shape("a-") == "a");
  CHECK(shape("a a A +a") == "a +a");
  CHECK(ignored("a \"b c\" +d -e").empty());
}

TEST_CASE("what makes no sense is named, not refused", "[search]") {
  CHECK(ignored("a - b") == Ignored{"-"});
  CHECK(shape("a - b +") == "a b");
  CHECK(ignored("??? a") == Ignored{"???"});
  CHECK(ignored("\"\" a -\" \"") == Ignored{"\"\"", "-\" \""});
  CHECK(shape("+\"a b") == "b +a");
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
  REQUIRE(terms.size() == 2);
  CHECK(terms[0].term.rfind("\x01"
                            "en:",
                            0) == 0);
  CHECK(terms[1].term ==
        "\x01"
        "fi:koulu");
  CHECK(parsed.clauses[0].groups[0].shown == "kouluissa");
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
  const auto phrase_of = [&](std::size_t words) { return phrase.substr(0, 1 + 2 * words) + "\""; };
  CHECK(parse_query(phrase_of(search::max_query_words), {}).ignored.empty());
  const auto cut = parse_query(phrase_of(search::max_query_words + 1), {});
  REQUIRE(cut.ignored.size() == 1);
  CHECK(cut.ignored[0].find("too many words") != std::string::npos);

  // The same is said once.
  CHECK(ignored(std::string(1000, '(') + "a").size() == 2);  // too deep, and unclosed

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
  CHECK(parse_query(marks, languages).clauses.size() == 2);  // with its accents, and without
}

// ---- The language ------------------------------------------------------------------------------

namespace {

// A question as its builder would be written, to be read at a glance.
std::string built(const Query& query) {
  static const std::vector<std::string> names = {"everything", "ask",  "words", "phrase",  "prefix",
                                                 "fuzzy",      "code", "range", "near",    "like",
                                                 "all",        "any",  "not",   "optional"};
  std::string out = names[static_cast<std::size_t>(query.kind)] + "(" + query.text + query.field;
  for (const std::string& code : query.codes) out += " " + code;
  if (query.kind == QueryKind::Range) out += " " + query.least + ".." + query.greatest;
  if (query.kind == QueryKind::Near)
    out += std::to_string(query.latitude).substr(0, 4) + " " +
           std::to_string(query.kilometres).substr(0, 2);
  for (const Query& part : query.parts) out += (out.back() == '(' ? "" : " ") + built(part);
  if (query.distance > 0) out += " ~" + std::to_string(query.distance);
  if (query.boost != 1) out += " ^" + std::to_string(query.boost).substr(0, 3);
  for (const std::string& field : query.fields) out += " @" + field;
  return out + ")";
}

std::string read(const std::string& text, bool as_you_type = false) {
  return built(search::parse_question(text, as_you_type).query);
}

}  // namespace

TEST_CASE("AND binds closer than OR, and both less than words side by side", "[search]") {
  CHECK(read("a AND b") == "all(any(words(a)) any(words(b)))");
  CHECK(read("a b AND c") == "all(any(words(a) words(b)) any(words(c)))");
  CHECK(read("a AND b OR c") == "any(all(any(words(a)) any(words(b))) any(words(c)))");
  CHECK(read("a AND (b OR c)") == "all(any(words(a)) any(any(words(b)) any(words(c))))");
  CHECK(read("a NOT b") == "all(any(words(a)) not(phrase(b)))");
  CHECK(read("a AND NOT b") == "all(any(words(a)) not(phrase(b)))");
  CHECK(read("a +b") == "all(phrase(b) optional(words(a)))");
  CHECK(read("and or not") == "any(words(and) words(or) words(not))");
  CHECK(read("ANDERS ORT") == "any(words(ANDERS) words(ORT))");
  CHECK(ignored("AND a") == Ignored{"AND with nothing to join"});
  CHECK(ignored("a OR") == Ignored{"OR with nothing to join"});
  CHECK(read("((a") == "any(words(a))");
  CHECK(ignored("(a") == Ignored{"unclosed bracket"});
  CHECK(ignored("a)").empty());
  CHECK(ignored("() a") == Ignored{"()"});
}

TEST_CASE("beginnings, fuzzy words, distances and weights are told by what stands behind",
          "[search]") {
  CHECK(read("daklo*") == "any(prefix(daklo))");
  CHECK(read("homelesness~") == "any(fuzzy(homelesness))");
  CHECK(read("homelesness~1") == "any(fuzzy(homelesness ~1))");
  CHECK(read("\"a b\"~3") == "any(phrase(a b ~3))");
  CHECK(read("a^2.5 \"b c\"^0.5") == "any(words(a ^2.5) phrase(b c ^0.5))");
  CHECK(read("(a b)^2") == "any(all(any(words(a) words(b)) ^2.0))");
  CHECK(read("C++ * a*b x~y") == "any(words(C++) words(a*b) words(x~y))");
  CHECK(read("jeug", true) == "any(words(jeug) prefix(jeug ^0.5))");
  CHECK(read("jeug ", true) == "any(words(jeug))");
  CHECK(read("een jeug", true) == "any(words(een) words(jeug) prefix(jeug ^0.5))");
}

TEST_CASE("fields of texts, codes, dates, money and places", "[search]") {
  CHECK(read("title:housing") == "any(phrase(housing @title))");
  CHECK(read("title:(a \"b c\")") == "any(words(a @title) phrase(b c @title))");
  CHECK(read("a country:FI,se") == "all(code(country FI se) any(words(a)))");
  CHECK(read("a -country:(FI SE)") == "all(any(words(a)) not(code(country FI SE)))");
  CHECK(read("Country:FI OR theme:housing") == "any(code(country FI) code(theme housing))");
  CHECK(read("programme:\"ESF Plus\"") == "code(programme ESF Plus)");
  CHECK(read("date:2019..2021") == "range(date 2019..2021)");
  CHECK(read("date:[2019 TO 2021-06]") == "range(date 2019..2021-06)");
  CHECK(read("end:>2020") == "range(end 2021..)");
  CHECK(read("start:<2020-03-01") == "range(start ..2020-02-29)");
  CHECK(read("budget:>=100000") == "range(budget 100000..)");
  CHECK(read("budget:<5") == "range(budget ..4.99)");
  CHECK(read("near:60.17,24.94,50km") == "near(60.1 50)");
  CHECK(read("10:30 http://a.eu") == "any(words(10:30) words(http://a.eu))");
  CHECK(ignored("10:30 http://a.eu EU:n").empty());
  CHECK(ignored("titel:wonen") ==
        Ignored{"there is no field titel: (did you mean title:?); read as words"});
  CHECK(ignored("date:soon").at(0).find("date:soon: needs a date") == 0);
  CHECK(ignored("near:1,2").at(0).find("near:1,2: needs latitude") == 0);
  CHECK(read("title: a") == "any(words(title:) words(a))");
}

TEST_CASE("conditions of the whole question become filters, others clauses", "[search]") {
  auto made = test::parse_query("housing country:gr date:2020 near:1,2,3 -theme:care", {});
  CHECK(made.clauses.size() == 1);
  REQUIRE(made.query.facet_filters.size() == 2);
  CHECK(made.query.facet_filters[0].codes == std::vector<std::string>{"gr", "EL"});
  CHECK(made.query.facet_filters[1].none);
  REQUIRE(made.query.number_filters.size() == 1);
  CHECK(made.query.number_filters[0].least == 20200000);
  CHECK(made.query.number_filters[0].greatest == 20209999);
  CHECK(made.query.radius_filters.size() == 1);
  made = test::parse_query("country:FI OR housing", {});
  CHECK(made.query.facet_filters.empty());
  CHECK(made.clauses.size() == 2);
}

TEST_CASE("brackets without end are borne", "[search]") {
  const std::string many(200000, '(');
  CHECK(parse_query(many + "a", {}).clauses.size() == 1);
  CHECK(parse_query(many, {}).clauses.empty());
  std::string nested;
  for (int i = 0; i < 50000; ++i) nested += "NOT (a AND ";
  CHECK(parse_query(nested, {}).clauses.size() <= search::max_clauses);
  std::string ors;
  for (int i = 0; i < 50000; ++i) ors += "a OR ";
  CHECK(parse_query(ors, {}).clauses.size() == 1);
}
