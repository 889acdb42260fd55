// SPDX-License-Identifier: Apache-2.0
#include "text/thesaurus_builder.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/thesaurus.hpp"

using namespace koinon::text;

namespace {

ConceptToAdd named(const std::string& uri, std::vector<LabelOfConcept> labels,
                   std::vector<std::string> broader = {}) {
  ConceptToAdd added;
  added.uri = uri;
  added.labels = std::move(labels);
  added.broader = std::move(broader);
  return added;
}

std::uint64_t count(const ThesaurusBuilder& builder, ThesaurusIssueKind kind) {
  return builder.report().counts.at(static_cast<std::size_t>(kind));
}

}  // namespace

TEST_CASE("what is odd is reported and the rest is built", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  builder.add(named("", {{"en", "nobody", true}}));
  builder.add(named("a", {{"en", "one", true}, {"en", "two", true}, {"en", " ... ", false}}));
  builder.add(named("a", {{"fi", "yksi", true}}));
  builder.add(named("b", {{"en", "a label of all", false}}, {"nowhere"}));
  builder.add(named("e", {{"en", "A label of ALL", false}}));
  builder.add(named("c", {}));
  std::string many;
  for (int i = 0; i < 30; ++i) many += "word ";
  builder.add(named("d", {{"en", many, true}}));
  const std::vector<char> bytes = builder.build();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  CHECK(thesaurus.size() == 5);
  CHECK(thesaurus.label(thesaurus.find("a").value(), "en").text == "one");
  CHECK(thesaurus.label(thesaurus.find("a").value(), "fi").text == "yksi");
  CHECK(thesaurus.others(thesaurus.find("a").value()).at(0).text == "two");
  CHECK(count(builder, ThesaurusIssueKind::NoName) == 1);
  CHECK(count(builder, ThesaurusIssueKind::AddedTwice) == 1);
  CHECK(count(builder, ThesaurusIssueKind::SecondPreferred) == 1);
  CHECK(count(builder, ThesaurusIssueKind::EmptyLabel) == 1);
  CHECK(count(builder, ThesaurusIssueKind::UnknownConcept) == 1);
  CHECK(count(builder, ThesaurusIssueKind::NoLabel) == 1);
  CHECK(count(builder, ThesaurusIssueKind::LongLabel) == 1);
  CHECK(count(builder, ThesaurusIssueKind::SharedLabel) == 1);
  CHECK(builder.report().concepts == 5);
  CHECK(builder.report().languages.at("fi") == 1);
}

TEST_CASE("a circle of broader concepts is opened", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  builder.add(named("a", {{"en", "first", true}}, {"b"}));
  builder.add(named("b", {{"en", "second", true}}, {"c"}));
  builder.add(named("c", {{"en", "third", true}}, {"a"}));
  builder.add(named("d", {{"en", "fourth", true}}, {"d"}));
  const std::vector<char> bytes = builder.build();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  CHECK(count(builder, ThesaurusIssueKind::Cycle) == 1);
  std::size_t links = 0;
  for (ConceptId id = 0; id < thesaurus.size(); ++id) links += thesaurus.broader(id).size();
  CHECK(links == 2);
}

TEST_CASE("a chain of a hundred thousand broader concepts is no strain", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  constexpr int many = 100000;
  for (int i = 0; i < many; ++i)
    builder.add(named("c" + std::to_string(i), {}, {"c" + std::to_string((i + 1) % many)}));
  const std::vector<char> bytes = builder.build();
  CHECK(count(builder, ThesaurusIssueKind::Cycle) == 1);
  CHECK(Thesaurus({bytes.data(), bytes.size()}).size() == many);
}

TEST_CASE("concepts that match exactly are one", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  ConceptToAdd third = named("z", {{"en", "third", true}});
  third.exact_match = {"x", "never added"};
  builder.add(named("x", {{"en", "first", true}}));
  builder.add(named("y", {{"fi", "toinen", true}}));
  builder.add(std::move(third));
  ConceptToAdd link = named("w", {});
  link.exact_match = {"y", "z"};
  builder.add(std::move(link));
  const std::vector<char> bytes = builder.build();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  REQUIRE(thesaurus.size() == 1);
  for (const char* name : {"w", "x", "y", "z", "never added"})
    CHECK(thesaurus.find(name).value() == 0);
  CHECK(thesaurus.uri(0) == "x");
  CHECK(thesaurus.label(0, "en").text == "first");
  CHECK(thesaurus.others(0).at(0).text == "third");
  CHECK(count(builder, ThesaurusIssueKind::SecondPreferred) == 0);
}

TEST_CASE("a table becomes part of another", "[text][thesaurus]") {
  ThesaurusBuilder first;
  ConceptToAdd added = named("a", {{"en", "housing", true}, {"fi", "asuminen", false}}, {"b"});
  added.exact_match = {"also a"};
  added.related = {"b"};
  first.add(std::move(added));
  first.add(named("b", {{"en", "life", true}}));
  const std::vector<char> bytes = first.build();
  ThesaurusBuilder second;
  second.add(Thesaurus({bytes.data(), bytes.size()}));
  CHECK(second.build() == bytes);
}

TEST_CASE("the bundled table comes out of a builder as it went in", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  builder.add(bundled_thesaurus());
  const std::vector<char> bytes = builder.build();
  CHECK(bytes.size() == bundled_thesaurus().bytes());
  const Thesaurus made({bytes.data(), bytes.size()});
  REQUIRE(made.size() == bundled_thesaurus().size());
  CHECK(made.silent().size() == bundled_thesaurus().silent().size());
  for (ConceptId id = 0; id < made.size(); ++id)
    REQUIRE(made.uri(id) == bundled_thesaurus().uri(id));
}

TEST_CASE("silent words go with their table into another", "[text][thesaurus]") {
  ThesaurusBuilder first;
  first.silence("en", "will");
  first.silence("nl", "meer");
  first.silence("en", "who");
  first.add(named("a", {{"en", "will", true}, {"nl", "testament", true}}));
  first.add(named("b", {{"en", "WHO", true}}));
  const std::vector<char> bytes = first.build();
  const Thesaurus one({bytes.data(), bytes.size()});
  std::set<std::string> words;
  for (const ConceptLabel& word : one.silent())
    words.insert(std::string(word.language) + ' ' + std::string(word.text));
  CHECK(words == std::set<std::string>{"en who", "en will", "nl meer"});
  ThesaurusBuilder second;
  second.add(one);
  CHECK(second.build() == bytes);
}

TEST_CASE("a report tells of the concepts that were added, not of a table's", "[text][thesaurus]") {
  ThesaurusBuilder first;
  first.add(named("a", {{"en", "housing", true}}));
  first.add(named("b", {{"en", "housing", true}, {"fi", "asuminen", true}}));
  const std::vector<char> bytes = first.build();
  REQUIRE(count(first, ThesaurusIssueKind::SharedLabel) == 1);
  ThesaurusBuilder second;
  ConceptToAdd own = named("own", {{"en", "dwelling", true}});
  own.exact_match = {"b"};
  second.add(std::move(own));
  second.add(Thesaurus({bytes.data(), bytes.size()}));
  const std::vector<char> joined = second.build();
  const Thesaurus thesaurus({joined.data(), joined.size()});
  CHECK(thesaurus.size() == 2);
  CHECK(thesaurus.label(thesaurus.find("b").value(), "en").text == "dwelling");
  CHECK(thesaurus.label(thesaurus.find("own").value(), "fi").text == "asuminen");
  CHECK(second.report().issues.empty());
  CHECK(second.report().concepts == 1);
}

TEST_CASE("labels of any bytes become labels of Unicode", "[text][thesaurus]") {
  ThesaurusBuilder builder;
  builder.add(named("a", {{"en", "soci\xFFl  \n housing\x01", true}}));
  builder.add(named("b", {{"fi", std::string(1 << 20, 'x'), true}}));
  const std::vector<char> bytes = builder.build();
  const Thesaurus thesaurus({bytes.data(), bytes.size()});
  CHECK(thesaurus.label(0, "en").text == "soci\xEF\xBF\xBDl housing");
  CHECK(thesaurus.label(1, "fi").text.size() == max_label_bytes);
}
