// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "data/vocabulary.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "fill.hpp"
#include "koinon/catalogue.hpp"

using namespace koinon;

namespace {

// The vocabularies that a type's fields name, at any depth.
template <class T>
void named_in(std::set<std::string>& names) {
  T value{};
  domain::visit_fields(value, [&](const domain::Field& field, auto& member) {
    using M = std::remove_cvref_t<decltype(member)>;
    if (*field.vocabulary) names.insert(field.vocabulary);
    if (field.rule == domain::Rule::Country) names.insert("countries");
    if constexpr (requires { domain::visit_fields(member, [](const auto&, auto&) {}); })
      named_in<M>(names);
    if constexpr (requires { typename M::value_type; }) {
      using E = typename M::value_type;
      if constexpr (requires(E entry) { domain::visit_fields(entry, [](const auto&, auto&) {}); })
        named_in<E>(names);
    }
  });
}

template <std::size_t... I>
std::set<std::string> all_named(std::index_sequence<I...>) {
  std::set<std::string> names;
  (named_in<std::variant_alternative_t<I, Record>>(names), ...);
  return names;
}

}  // namespace

TEST_CASE("every vocabulary that a field names is there, and no code in it twice", "[data]") {
  const auto names = all_named(std::make_index_sequence<std::variant_size_v<Record>>{});
  CHECK(names.size() > 15);
  for (const std::string& name : names) {
    CAPTURE(name);
    const data::Vocabulary* vocabulary = data::vocabulary(name);
    REQUIRE(vocabulary);
    CHECK_FALSE(vocabulary->entries().empty());
  }
}

TEST_CASE("every vocabulary loads, with codes and English labels", "[data]") {
  const auto names = data::vocabulary_names();
  CHECK(names.size() > 20);
  for (const std::string& name : names) {
    CAPTURE(name);
    const data::Vocabulary* vocabulary = data::vocabulary(name);
    REQUIRE(vocabulary);
    CHECK(data::vocabulary(name) == vocabulary);
    std::set<std::string> codes;
    for (const data::Entry& entry : vocabulary->entries()) {
      CAPTURE(entry.code);
      CHECK(codes.insert(entry.code).second);
      CHECK(vocabulary->find(entry.code) == &entry);
      CHECK(vocabulary->named(entry.code) == &entry);
      CHECK(std::any_of(entry.labels.begin(), entry.labels.end(),
                        [](const data::Label& label) { return label.language == "en"; }));
    }
    CHECK_FALSE(vocabulary->find("no such code"));
  }
  CHECK_FALSE(data::vocabulary("no such vocabulary"));
  CHECK_FALSE(data::vocabulary(""));
}

TEST_CASE("the numbers that the law fixes are the numbers there are", "[data]") {
  CHECK(data::vocabulary("objectives")->entries().size() == 13);
  CHECK(data::vocabulary("pillar-principles")->entries().size() == 20);
  CHECK(data::vocabulary("stages")->entries().size() == 6);
  CHECK(data::vocabulary("record-kinds")->entries().size() == test::all_kinds().size());
  for (const char* kind : domain::kind_names) CHECK(data::vocabulary("record-kinds")->find(kind));
}

TEST_CASE("a code's label falls back to English, then to the code", "[data]") {
  CHECK(label("countries", "FI", "fi") == "Suomi");
  CHECK(label("countries", "FI", "en") == "Finland");
  CHECK(label("countries", "FI", "xx") == "Finland");
  CHECK(label("countries", "ZZ", "fi") == "ZZ");
  CHECK(label("nothing", "FI", "fi") == "FI");
  CHECK(label("countries", "fi", "fi") == "fi");
}

TEST_CASE("files may write a country in several ways", "[data]") {
  const data::Vocabulary& countries = *data::vocabulary("countries");
  for (const char* greece : {"EL", "GR", "GRC", "el", "gr", "Greece", "GREECE"}) {
    CAPTURE(greece);
    REQUIRE(countries.named(greece));
    CHECK(countries.named(greece)->code == "EL");
  }
  for (const char* kingdom : {"UK", "GB", "GBR", "United Kingdom"}) {
    CAPTURE(kingdom);
    REQUIRE(countries.named(kingdom));
    CHECK(countries.named(kingdom)->code == "UK");
  }
  CHECK_FALSE(countries.named(""));
  CHECK_FALSE(countries.named("Atlantis"));
  CHECK_FALSE(countries.find("GR"));
}

TEST_CASE("what two entries are called names neither", "[data]") {
  for (const std::string& name : data::vocabulary_names()) {
    const data::Vocabulary& vocabulary = *data::vocabulary(name);
    std::map<std::string, std::set<const data::Entry*>> called;
    std::set<std::string> codes;
    const auto lower = [](std::string text) {
      for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      return text;
    };
    for (const data::Entry& entry : vocabulary.entries()) {
      codes.insert(lower(entry.code));
      for (const data::Label& label : entry.labels) called[lower(label.text)].insert(&entry);
      for (const std::string& spelling : entry.spellings) called[lower(spelling)].insert(&entry);
    }
    for (const auto& [text, entries] : called) {
      if (codes.count(text)) continue;
      CAPTURE(name, text);
      CHECK(vocabulary.named(text) == (entries.size() == 1 ? *entries.begin() : nullptr));
    }
  }
}

TEST_CASE("an embedded file is found by its name, and only by its whole name", "[data]") {
  CHECK_FALSE(data::embedded("vocabularies/stages.json").empty());
  CHECK(data::embedded("vocabularies/stages.json").front() == '{');
  CHECK(data::embedded("vocabularies/stages.jso").data() == nullptr);
  CHECK(data::embedded("").data() == nullptr);
}
