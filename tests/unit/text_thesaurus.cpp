// SPDX-License-Identifier: Apache-2.0
#include "text/thesaurus.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/thesaurus_builder.hpp"

using namespace koinon;
using namespace koinon::text;

namespace {

ConceptToAdd entry(const std::string& uri, const std::string& english,
                   std::vector<std::string> broader = {}, std::vector<std::string> related = {}) {
  ConceptToAdd added;
  added.uri = uri;
  if (!english.empty()) added.labels.push_back({"en", english, true});
  added.broader = std::move(broader);
  added.related = std::move(related);
  return added;
}

// housing > social housing > hostel; housing - homelessness
std::vector<char> small_table() {
  ThesaurusBuilder builder;
  builder.add(entry("h", "housing", {}, {"n"}));
  builder.add(entry("s", "social housing", {"h"}));
  builder.add(entry("t", "hostel", {"s"}));
  ConceptToAdd none = entry("n", "homelessness");
  none.labels.push_back({"fi", "asunnottomuus", true});
  none.labels.push_back({"fi", "koditon", false});
  none.exact_match = {"eurovoc:3352"};
  builder.add(std::move(none));
  builder.add(entry("bare", ""));
  return builder.build();
}

std::vector<std::string> names(const Thesaurus& thesaurus, const ConceptList& list) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < list.size(); ++i) all.emplace_back(thesaurus.uri(list[i]));
  return all;
}

}  // namespace

TEST_CASE("a thesaurus tells URIs, labels and relations", "[text][thesaurus]") {
  const std::vector<char> bytes = small_table();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  REQUIRE(thesaurus.size() == 5);
  CHECK(thesaurus.languages() == std::vector<std::string_view>{"en", "fi"});
  const ConceptId homeless = thesaurus.find("n").value();
  CHECK(thesaurus.find("eurovoc:3352") == homeless);
  CHECK_FALSE(thesaurus.find("eurovoc:335").has_value());
  CHECK(thesaurus.uri(homeless) == "n");
  CHECK(thesaurus.label(homeless, "fi-FI").text == "asunnottomuus");
  CHECK(thesaurus.label(homeless, "fi-FI").language == "fi");
  CHECK(thesaurus.others(homeless).at(0).text == "koditon");
  const ConceptId social = thesaurus.find("s").value();
  CHECK(names(thesaurus, thesaurus.broader(social)) == std::vector<std::string>{"h"});
  CHECK(names(thesaurus, thesaurus.narrower(social)) == std::vector<std::string>{"t"});
  // Related was said by one of the two only.
  CHECK(names(thesaurus, thesaurus.related(homeless)) == std::vector<std::string>{"h"});
}

TEST_CASE("a label falls back to English, then to any language, then to the URI",
          "[text][thesaurus]") {
  ThesaurusBuilder builder;
  ConceptToAdd only = entry("a", "");
  only.labels = {{"sv", "hemlöshet", true}};
  builder.add(std::move(only));
  builder.add(entry("b", "housing"));
  builder.add(entry("c", ""));
  const std::vector<char> bytes = builder.build();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  CHECK(thesaurus.label(0, "nl").text == "hemlöshet");
  CHECK(thesaurus.label(0, "nl").language == "sv");
  CHECK(thesaurus.label(1, "nl").text == "housing");
  CHECK(thesaurus.label(1, "nonsense tag").text == "housing");
  CHECK(thesaurus.label(2, "nl").text == "c");
  CHECK(thesaurus.label(2, "nl").language.empty());
  CHECK(thesaurus.label(99, "nl").text.empty());
  CHECK(thesaurus.preferred(0, "nl").empty());
}

TEST_CASE("expansion goes up, down and aside with decay, and is bounded", "[text][thesaurus]") {
  const std::vector<char> bytes = small_table();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  const auto weight = [&](const char* from, const char* to, const Expansion& how = {}) {
    const auto all = thesaurus.expand(thesaurus.find(from).value(), how);
    for (const WeightedConcept& one : all)
      if (one.id == thesaurus.find(to)) return one.weight;
    return 0.0;
  };
  CHECK(weight("h", "h") == 1);
  CHECK(weight("h", "s") == Approx(0.7));
  CHECK(weight("h", "t") == Approx(0.49));
  CHECK(weight("t", "h") == Approx(0.16));
  CHECK(weight("h", "n") == Approx(0.3));
  // Neither up and then down, nor aside and on.
  CHECK(weight("n", "s") == 0);
  Expansion how;
  how.depth = 1;
  CHECK(weight("h", "t", how) == 0);
  how.at_most = 2;
  CHECK(thesaurus.expand(thesaurus.find("h").value(), how).size() == 2);
  how.at_most = 0;
  CHECK(thesaurus.expand(0, how).empty());
  CHECK(thesaurus.expand(12345).empty());
  how = {};
  how.narrower = -1;
  how.broader = 0;
  CHECK(thesaurus.expand(thesaurus.find("s").value(), how).size() == 1);
}

TEST_CASE("bytes that are no table, or a cut one, are refused", "[text][thesaurus]") {
  const std::vector<char> good = small_table();
  CHECK_THROWS_AS(Thesaurus(std::string_view()), Error);
  CHECK_THROWS_AS(Thesaurus(std::string(500, 'x')), Error);
  for (std::size_t size = 0; size < good.size(); ++size) {
    const std::string_view cut(good.data(), size);
    // What is cut is only noticed where bytes are missing; the rest of the padding may be.
    if (size + 4 <= good.size()) CHECK_THROWS_AS(Thesaurus(cut), Error);
  }
  std::vector<char> later = good;
  later[4] = 9;
  try {
    Thesaurus({later.data(), later.size()});
    FAIL("was read");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::TooNew);
  }
}

TEST_CASE("a table is read at any address", "[text][thesaurus]") {
  const std::vector<char> good = small_table();
  std::string shifted = "x";
  shifted.append(good.data(), good.size());
  const Thesaurus thesaurus(std::string_view(shifted).substr(1));
  CHECK(thesaurus.label(thesaurus.find("n").value(), "fi").text == "asunnottomuus");
}

TEST_CASE("an empty thesaurus knows nothing and says so", "[text][thesaurus]") {
  const Thesaurus nothing;
  CHECK(nothing.size() == 0);
  CHECK(nothing.languages().empty());
  CHECK_FALSE(nothing.find("x").has_value());
  CHECK(nothing.expand(0).empty());
  CHECK(nothing.label(0, "en").text.empty());
  const std::vector<char> bytes = ThesaurusBuilder().build();
  const Thesaurus empty({bytes.data(), bytes.size()});
  CHECK(empty.size() == 0);
  CHECK_FALSE(empty.find("x").has_value());
}

TEST_CASE("the bundled thesaurus holds EuroVoc and the glossary as one", "[text][thesaurus]") {
  const Thesaurus& thesaurus = bundled_thesaurus();
  CHECK(thesaurus.languages().size() == 24);
  const ConceptId homeless = thesaurus.find("koinon:homelessness").value();
  CHECK(thesaurus.uri(homeless) == "eurovoc:3352");
  CHECK(thesaurus.label(homeless, "fi").text == "asunnottomuus");
  CHECK(thesaurus.label(homeless, "nl").text == "dakloosheid");
  const ConceptId innovation = thesaurus.find("koinon:social-innovation").value();
  for (const std::string_view language : thesaurus.languages()) {
    INFO(language);
    CHECK_FALSE(thesaurus.preferred(innovation, language).empty());
  }
}
