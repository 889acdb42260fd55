// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/bid.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "data/country_groups.hpp"
#include "partners/eligibility/admission.hpp"
#include "partners/eligibility/rule.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;

EligibilityRule rule(const std::string& kind, std::vector<Parameter> parameters = {},
                     const std::string& legal_text = "") {
  return {kind, std::move(parameters), legal_text};
}

Party party(const std::string& name, const std::string& country, const std::string& role) {
  Party made;
  made.name = name;
  made.country = country;
  made.roles = {role};
  return made;
}

BidFacts bid(std::vector<Party> parties) {
  BidFacts made;
  for (std::size_t i = 0; i < parties.size(); ++i) parties[i].members = {i};
  made.parties = std::move(parties);
  return made;
}

RuleFinding check(const EligibilityRule& one, const BidFacts& of, std::int32_t day = 0) {
  return check_rules({one}, of, day).findings.at(0);
}

TEST_CASE("a kind of rule that is not known is reported, never passed over", "[eligibility]") {
  const EligibilityReport report =
      check_rules({rule("gender-balance", {}, "Article 9")}, bid({party("A", "ES", "partner")}), 0);
  CHECK(report.state == RuleState::Unknown);
  CHECK(report.findings[0].problem == "unknown_kind");
  CHECK(report.findings[0].rule.legal_text == "Article 9");
  CHECK(report.findings[0].reason ==
        "cannot be told: this version does not know the rule kind 'gender-balance'");
}

TEST_CASE("a parameter that is missing, malformed or not known is named with its reason",
          "[eligibility]") {
  struct Case {
    EligibilityRule rule;
    std::string problem;
    std::string parameter;
  };
  const std::vector<Case> cases = {
      {rule("minimum-partners"), "missing_parameter", "minimum"},
      {rule("minimum-partners", {{"minimum", {"-2"}}}), "bad_parameter", "minimum"},
      {rule("minimum-partners", {{"count", {"many"}}}), "bad_parameter", "count"},
      {rule("minimum-partners", {{"minimum", {"2", "3"}}}), "bad_parameter", "minimum"},
      {rule("minimum-partners", {{"minimum", {"2"}}, {"count", {"2"}}}), "bad_parameter", "count"},
      {rule("minimum-partners", {{"minimum", {}}}), "bad_parameter", "minimum"},
      {rule("minimum-partners", {{"minimum", {"99999999999999999999"}}}), "bad_parameter",
       "minimum"},
      {rule("minimum-partners", {{"minimum", {"2"}}, {"sector", {"x"}}}), "unknown_parameter",
       "sector"},
      {rule("allowed-countries"), "missing_parameter", "countries"},
      {rule("allowed-countries", {{"countries", {"ES", "Atlantis"}}}), "bad_parameter",
       "countries"},
      {rule("allowed-countries", {{"groups", {"OECD"}}}), "bad_parameter", "groups"},
      {rule("role-required"), "missing_parameter", "role"},
      {rule("role-required", {{"role", {"boss"}}}), "bad_parameter", "role"},
      {rule("capability-required"), "missing_parameter", "capability"},
      {rule("track-record"), "missing_parameter", "theme"},
      {rule("rate-cap"), "missing_parameter", "rate"},
      {rule("rate-cap", {{"rate", {"1.2"}}}), "bad_parameter", "rate"},
      {rule("rate-cap", {{"percent", {"nan"}}}), "bad_parameter", "percent"},
      {rule("document-required"), "missing_parameter", "document"},
      {rule("document-required", {{"document", {"x"}}, {"per", {"year"}}}), "bad_parameter", "per"},
      {rule("maximum-per-country", {{"maximum", {"0"}}}), "bad_parameter", "maximum"},
      {rule("size-range"), "missing_parameter", "minimum"},
      {rule("size-range", {{"minimum", {"5"}}, {"maximum", {"3"}}}), "bad_parameter", "minimum"},
      {rule("minimum-partners", {{"minimum", {"2"}}, {"roles", {"boss"}}}), "bad_parameter",
       "roles"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.rule.kind, each.parameter);
    const RuleFinding finding = check(each.rule, bid({party("A", "ES", "partner")}));
    CHECK(finding.state == RuleState::Unknown);
    CHECK(finding.problem == each.problem);
    CHECK(finding.parameter == each.parameter);
    CHECK(finding.reason.find("cannot be told: ") == 0);
  }
}

TEST_CASE("Greece is one country, however a rule writes it", "[eligibility]") {
  const BidFacts greek = bid({party("A", "EL", "partner"), party("B", "IT", "partner")});
  for (const char* written : {"EL", "GR", "gr", "Greece", "Griechenland"}) {
    CAPTURE(written);
    CHECK(check(rule("allowed-countries", {{"countries", {written, "IT"}}}), greek).state ==
          RuleState::Passes);
  }
}

TEST_CASE("an allowed list may name countries beyond a group, and the group is that of the day",
          "[eligibility]") {
  const EligibilityRule allowed =
      rule("allowed-countries", {{"groups", {"EU"}}, {"countries", {"IS", "ME", "NO", "RS"}}});
  for (const char* country : {"IS", "ME", "NO", "RS", "EL", "HR"}) {
    CAPTURE(country);
    CHECK(check(allowed, bid({party("A", country, "partner")})).state == RuleState::Passes);
  }
  const BidFacts british = bid({party("A", "UK", "partner")});
  CHECK(check(allowed, british, 20190630).state == RuleState::Passes);
  CHECK(check(allowed, british, 20240930).state == RuleState::Fails);
  CHECK(check(allowed, british).advice == "leave out A (UK)");
  CHECK(data::countries_of("EU", 20240101).size() == 27);
  CHECK(data::countries_of("EU", 20130630).size() == 27);  // with the UK, before Croatia
  CHECK(data::countries_of("EU", 19580101).size() == 6);
  CHECK(data::countries_of("OECD", 0).empty());
}

TEST_CASE("one organisation is kept out by rules of allowed countries alone", "[eligibility]") {
  const auto kept_out = [](const EligibilityRule& one, const std::string& country,
                           const std::string& kind = "ngo", const std::string& role = "partner") {
    return Admission({one}, 0, role).keeps_out(country, kind);
  };
  const EligibilityRule greece = rule("allowed-countries", {{"countries", {"GR"}}});
  CHECK(!kept_out(greece, "EL"));
  CHECK(kept_out(greece, "IT"));
  CHECK(!kept_out(greece, ""));
  const EligibilityRule companies =
      rule("allowed-countries", {{"countries", {"EL"}}, {"kinds", {"company"}}});
  CHECK(kept_out(companies, "IT", "company"));
  CHECK(!kept_out(companies, "IT", "ngo"));
  CHECK(!kept_out(companies, "IT", ""));
  const EligibilityRule leaders =
      rule("allowed-countries", {{"countries", {"EL"}}, {"roles", {"coordinator"}}});
  CHECK(!kept_out(leaders, "IT"));
  CHECK(kept_out(leaders, "IT", "ngo", "coordinator"));
  CHECK(Admission({rule("minimum-countries", {{"minimum", {"2"}}, {"countries", {"EL"}}})}, 0,
                  "partner")
            .open());
  CHECK(Admission({rule("allowed-countries", {{"countries", {"Atlantis"}}})}, 0, "partner").open());
}

TEST_CASE("what is missing is said as the smallest change", "[eligibility]") {
  const BidFacts two = bid({party("A", "ES", "coordinator"), party("B", "FR", "partner")});
  CHECK(check(rule("minimum-countries", {{"minimum", {"3"}}}), two).advice ==
        "add one more member from a country other than ES, FR");
  CHECK(check(rule("minimum-countries", {{"minimum", {"4"}}}), two).advice ==
        "add 2 more members from a country other than ES, FR, each from another");
  CHECK(check(rule("minimum-partners", {{"minimum", {"4"}}}), two).advice == "add 2 more members");
  CHECK(check(rule("role-required", {{"role", {"funder"}}}), two).advice ==
        "give one of A (ES), B (FR) the role funder");
  CHECK(check(rule("size-range", {{"maximum", {"1"}}}), two).advice ==
        "leave out one of A (ES), B (FR)");
  CHECK(
      check(rule("minimum-countries", {{"minimum", {"3"}}, {"countries", {"ES", "FR", "IT"}}}), two)
          .advice == "add one more member from IT");
}

TEST_CASE("no change is proposed where none can help", "[eligibility]") {
  const RuleFinding finding =
      check(rule("minimum-countries", {{"minimum", {"3"}}, {"countries", {"ES", "FR"}}}),
            bid({party("A", "ES", "partner")}));
  CHECK(finding.state == RuleState::Fails);
  CHECK(finding.changes.empty());
  CHECK(finding.advice.empty());
}

TEST_CASE("associated partners do not count as applicants, but may be what a rule asks for",
          "[eligibility]") {
  Party funder = party("Fund", "FR", "associated-partner");
  funder.capabilities = {{"potential-co-funder"}, true};
  Party lead = party("A", "ES", "coordinator");
  lead.capabilities = {{}, true};
  const BidFacts made = bid({lead, funder});
  CHECK(check(rule("minimum-partners", {{"minimum", {"2"}}}), made).state == RuleState::Fails);
  CHECK(check(rule("capability-required", {{"capability", {"potential-co-funder"}}}), made).state ==
        RuleState::Passes);
}

TEST_CASE("the EU share is held to its cap exactly, at any size of the amounts", "[eligibility]") {
  const EligibilityRule cap = rule("rate-cap", {{"rate", {"0.80"}}});
  BidFacts made = bid({});
  CHECK(check(cap, made).state == RuleState::Unknown);
  made.eu_share = Share{800000};
  CHECK(check(cap, made).state == RuleState::Passes);
  made.eu_share = Share{850000};
  CHECK(check(cap, made).advice == "lower the EU share to 80 %");
  made.eu_share.reset();
  made.currency = "EUR";
  constexpr std::int64_t large = 900'000'000'000'000'000;
  made.budget = large;
  made.grant = large / 10 * 8;
  CHECK(check(cap, made).state == RuleState::Passes);
  made.grant = large / 10 * 8 + 1;
  CHECK(check(cap, made).state == RuleState::Fails);
  made.budget = 100000000;
  made.grant = 85000000;
  CHECK(check(cap, made).reason ==
        "the EU share is at most 80 %, and 85 % is asked for: the grant can be 800000.00 EUR of "
        "1000000.00 EUR");
  CHECK(check(rule("rate-cap", {{"percent", {"80"}}}), made).state == RuleState::Fails);
}

TEST_CASE("a document is needed once for the bid, each country or each member", "[eligibility]") {
  Party a = party("A", "ES", "coordinator");
  a.documents = {{"letter"}, true};
  Party b = party("B", "ES", "partner");
  b.documents = {{}, true};
  Party c = party("C", "FR", "partner");
  const BidFacts made = bid({a, b, c});
  CHECK(check(rule("document-required", {{"document", {"letter"}}}), made).state ==
        RuleState::Passes);
  const RuleFinding country =
      check(rule("document-required", {{"document", {"letter"}}, {"per", {"country"}}}), made);
  CHECK(country.state == RuleState::Unknown);
  CHECK(country.members == std::vector<std::size_t>{2});
  const RuleFinding member =
      check(rule("document-required", {{"document", {"letter"}}, {"per", {"member"}}}), made);
  CHECK(member.state == RuleState::Fails);
  CHECK(member.advice ==
        "supply the document letter for B (ES), and supply the document letter for C (FR)");
}

TEST_CASE("rules that leave no room for each other are named together", "[eligibility]") {
  const auto conflicts = [](const std::vector<EligibilityRule>& rules) {
    return check_rules(rules, bid({}), 0).conflicts;
  };
  CHECK(conflicts({rule("minimum-partners", {{"minimum", {"3"}}}),
                   rule("size-range", {{"maximum", {"8"}}})})
            .empty());
  const auto sizes = conflicts(
      {rule("minimum-partners", {{"minimum", {"9"}}}), rule("size-range", {{"maximum", {"8"}}})});
  REQUIRE(sizes.size() == 1);
  CHECK(sizes[0].rules == std::vector<std::size_t>{0, 1});
  const auto countries = conflicts({rule("allowed-countries", {{"countries", {"ES", "FR"}}}),
                                    rule("minimum-countries", {{"minimum", {"3"}}})});
  REQUIRE(countries.size() == 1);
  CHECK(countries[0].reason == "3 countries are asked for, and only 2 of these are allowed");
  const auto room = conflicts({rule("allowed-countries", {{"countries", {"ES", "FR"}}}),
                               rule("minimum-partners", {{"minimum", {"3"}}}),
                               rule("maximum-per-country", {{"maximum", {"1"}}})});
  REQUIRE(room.size() == 1);
  CHECK(room[0].rules == std::vector<std::size_t>{0, 1, 2});
  CHECK(conflicts({rule("allowed-countries", {{"countries", {"ES"}}}),
                   rule("allowed-countries", {{"countries", {"FR"}}})})
            .size() == 1);
  // What cannot be read contradicts nothing.
  CHECK(conflicts({rule("minimum-partners", {{"minimum", {"-9"}}}),
                   rule("size-range", {{"maximum", {"8"}}})})
            .empty());
}

TEST_CASE("without rules nothing says that a consortium is enough", "[eligibility]") {
  CHECK(check_rules({}, bid({party("A", "ES", "partner")}), 0).state == RuleState::Unknown);
}

TEST_CASE("a document is not missing where it is not known who has to bring it", "[eligibility]") {
  const auto of = [](const char* name, const char* country, const char* kind, bool letter) {
    Party made = party(name, country, "partner");
    made.kind = kind;
    made.documents = {letter ? std::vector<std::string>{"letter"} : std::vector<std::string>{},
                      true};
    return made;
  };
  const auto state = [](const char* per, std::vector<std::string> kinds, std::vector<Party> all) {
    std::vector<Parameter> told = {{"document", {"letter"}}, {"per", {per}}};
    if (!kinds.empty()) told.push_back({"kinds", kinds});
    return check(rule("document-required", told), bid(std::move(all))).state;
  };
  const std::vector<std::string> companies = {"company"};
  CHECK(state("member", companies, {of("A", "AT", "", false)}) == RuleState::Unknown);
  CHECK(state("member", companies, {of("A", "AT", "company", false)}) == RuleState::Fails);
  CHECK(state("member", companies, {of("A", "AT", "", true)}) == RuleState::Passes);
  // B may be from Austria, and then A's letter is enough.
  CHECK(state("country", {}, {of("A", "AT", "ngo", true), of("B", "", "ngo", false)}) ==
        RuleState::Unknown);
  CHECK(state("country", {}, {of("A", "AT", "ngo", false), of("B", "", "ngo", false)}) ==
        RuleState::Fails);
  // B brings a letter that counts only if B does.
  CHECK(state("country", companies, {of("A", "AT", "company", false), of("B", "AT", "", true)}) ==
        RuleState::Unknown);
}

TEST_CASE("a share past all reason fails", "[eligibility]") {
  BidFacts made = bid({party("A", "AT", "coordinator")});
  made.currency = "EUR";
  made.grant = 90'000'000'000'000'000;
  made.budget = 1;
  CHECK(check(rule("rate-cap", {{"percent", {"80"}}}), made).state == RuleState::Fails);
}

TEST_CASE("what is not told of a member is named, and nothing else", "[eligibility]") {
  Party a = party("A", "AT", "partner");
  a.kind = "ngo";
  Party b = party("B", "AT", "partner");
  const RuleFinding country =
      check(rule("maximum-per-country", {{"maximum", {"1"}}, {"kinds", {"ngo"}}}), bid({a, b}));
  CHECK(country.reason == "at most 1 member of one country; the kind of B (AT) is not told");
  CHECK(country.advice == "tell of B (AT): the kind");
  b.roles.clear();
  b.capabilities = {{"x"}, true};
  const RuleFinding able =
      check(rule("capability-required", {{"capability", {"x"}}, {"roles", {"partner"}}}), bid({b}));
  CHECK(able.advice == "tell of B (AT): the roles");
  CHECK(check(rule("minimum-countries", {{"minimum", {"1"}}}), bid({party("X", "", "partner")}))
            .reason ==
        "at least 1 country, and whoever counts is from one, which is not told of X");
}

}  // namespace
