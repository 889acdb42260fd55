// SPDX-License-Identifier: Apache-2.0
//
// Codes in requests, through the questions that hold theirs to what there is.
#include <algorithm>
#include <string>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::project;

namespace {

using Ids = std::vector<std::string>;

// nl and el on homelessness, fi on a concept that the host has as a record.
Catalogue world() {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const auto& [id, country] : {std::pair{"nl", "NL"}, {"el", "EL"}, {"fi", "FI"}}) {
    Organisation made = organisation(id);
    made.addresses.emplace_back().country = country;
    made.kind = id == std::string("nl") ? "public-authority" : "ngo";
    if (id == std::string("fi")) made.offers = {"a-word-of-ours"};
    catalogue.put({id, made, {}});
  }
  Project first = project("First", {"nl", "el"});
  first.themes = {"homelessness"};
  catalogue.put({"p1", first, {}});
  Concept night;
  night.scheme = "ours";
  night.labels = {test::text("Night shelters")};
  catalogue.put({"night-shelters", night, {}});
  return catalogue;
}

Ids named(const Recommendations& found) {
  Ids ids;
  for (const Recommendation& one : found.recommendations) ids.push_back(one.organisation.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

// What the request is refused for: "" where it is not.
template <class Work>
std::string refused(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidArgument) return "another error";
    REQUIRE(!error.violations().empty());
    return error.violations().front().path + ": " + error.violations().front().message;
  }
  return "";
}

bool begins(const std::string& text, const std::string& with) {
  return text.compare(0, with.size(), with) == 0;
}

}  // namespace

TEST_CASE("countries and kinds are told by code or name, in any case", "[engine][codes]") {
  const Catalogue catalogue = world();
  RecommendRequest request;
  request.themes_sought = {"homelessness"};
  for (const char* greece : {"EL", "el", "GR", "Greece", "Ελλάδα"}) {
    request.countries = {greece};
    CHECK(named(catalogue.recommend(request)) == Ids{"el"});
  }
  request.countries = {"Finland", "FI", "nl"};
  CHECK(named(catalogue.recommend(request)) == Ids{"fi", "nl"});
  request.kinds = {"Public authority"};
  CHECK(named(catalogue.recommend(request)) == Ids{"nl"});
}

TEST_CASE("a theme is a code, a name of one, or a concept that the catalogue knows",
          "[engine][codes]") {
  const Catalogue catalogue = world();
  RecommendRequest request;
  request.themes_sought = {"health"};
  for (const char* theme : {"homelessness", "Homelessness"}) {
    request.themes = {theme};
    CHECK(named(catalogue.recommend(request)) == Ids{"el", "nl"});
  }
  // Offered without being in any vocabulary: records may say so.
  request.themes = {"a-word-of-ours"};
  CHECK(named(catalogue.recommend(request)) == Ids{"fi"});
  // Known, and nobody works on it: a code, a concept of the thesaurus, one of the catalogue.
  for (const char* theme : {"food", "eurovoc:3352", "night-shelters"}) {
    request.themes = {theme};
    CHECK(catalogue.recommend(request).candidates == 0);
  }
  request.themes.clear();
  request.themes_sought = {"food", "eurovoc:3352"};
  CHECK(catalogue.recommend(request).candidates == 3);
}

TEST_CASE("what is not known is refused with its field and what would do", "[engine][codes]") {
  const Catalogue catalogue = world();
  const auto asked = [&](auto&& change) {
    RecommendRequest request;
    request.organisation = "nl";
    change(request);
    return refused([&] { catalogue.recommend(request); });
  };
  CHECK(begins(asked([](auto& r) {
                 r.countries = {"NL", "XX"};
               }),
               "countries: 'XX' is no country: give a code"));
  const std::string kind = asked([](auto& r) { r.kinds = {"zzz"}; });
  CHECK(begins(kind, "kinds: 'zzz' is no kind of organisation; there are: "));
  CHECK(kind.find("social-enterprise") != std::string::npos);
  CHECK(begins(asked([](auto& r) { r.themes = {"zzz"}; }), "themes: 'zzz' is no theme: give a"));
  CHECK(begins(asked([](auto& r) { r.themes_sought = {"homelesness"}; }),
               "themes_sought: 'homelesness' is no theme, did you mean homelessness? "));
  CHECK(begins(asked([](auto& r) { r.themes_sought = {"http://example.org/concept/1"}; }),
               "themes_sought: 'http://example.org/concept/1' is no theme: "));
  // A record, but no concept.
  CHECK(begins(asked([](auto& r) { r.themes_sought = {"p1"}; }), "themes_sought: 'p1' is no"));
  CHECK(begins(asked([](auto& r) { r.themes_sought = {""}; }), "themes_sought: '' is no theme"));
  CHECK(begins(asked([](auto& r) { r.capabilities = {"zzz"}; }),
               "capabilities: 'zzz' is no capability: give one that"));
}

TEST_CASE("a request for a consortium is held to the same", "[engine][codes]") {
  const Catalogue catalogue = world();
  ConsortiumRequest request;
  request.themes = {"Homelessness"};
  request.countries = {"Netherlands", "GR"};
  request.kinds = {"NGO", "public-authority"};
  request.language = "en";
  request.size_least = request.size_most = 2;
  request.rules = {{"minimum-partners", {{"minimum", {"2"}}}, ""}};
  const ConsortiumAnswer answer = catalogue.build_consortium(request);
  CHECK(answer.found == 2);
  CHECK(answer.status == "optimal");
  const auto asked = [&](auto&& change) {
    ConsortiumRequest other = request;
    change(other);
    return refused([&] { catalogue.build_consortium(other); });
  };
  CHECK(begins(asked([](auto& r) { r.themes = {"zzz"}; }), "themes: 'zzz' is no theme"));
  CHECK(begins(asked([](auto& r) { r.kinds = {"zzz"}; }), "kinds: 'zzz' is no kind"));
  CHECK(begins(asked([](auto& r) { r.countries = {"XX"}; }), "countries: 'XX' is no country"));
  CHECK(begins(asked([](auto& r) { r.language = "zz"; }), "language: 'zz' is no language"));
  for (const char* language : {"", "und", "pt-BR", "rom", "uk"})
    CHECK(asked([&](auto& r) { r.language = language; }).empty());
  ConsortiumRequest other = request;
  other.forbidden = {"nobody"};
  CHECK(error_of([&] { catalogue.build_consortium(other); }) == ErrorCode::NotFound);
  other.forbidden = {"p1"};
  CHECK(error_of([&] { catalogue.build_consortium(other); }) == ErrorCode::InvalidArgument);
  other.forbidden = {"fi"};
  CHECK(catalogue.build_consortium(other).status == "optimal");
}
