// SPDX-License-Identifier: Apache-2.0
#include "partners/decisions.hpp"

#include "catch.hpp"
#include "partners/organisation_facts.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

LoggedDecision said(const std::string& id, const std::string& verdict,
                    const std::string& undoes = "", const std::string& by = "a person",
                    PartialDate on = {2026, 5, 1}) {
  MatchDecision decision;
  decision.left = "a";
  decision.right = "b";
  decision.verdict = verdict;
  decision.decided_by = by;
  decision.decided_on = on;
  decision.undoes = undoes;
  return logged(id, decision);
}

using Flags = std::vector<bool>;

}  // namespace

TEST_CASE("a decision holds unless another that holds undoes it", "[partners]") {
  const LoggedDecision first = said("d", "same");
  const LoggedDecision back = said("u", "withdrawn", "d");
  const LoggedDecision again = said("v", "withdrawn", "u");
  CHECK(holding(std::vector{first}) == Flags{true});
  CHECK(holding(std::vector{first, back}) == Flags{false, true});
  CHECK(holding(std::vector{first, back, again}) == Flags{true, false, true});
  CHECK(holding(std::vector{again, first, back}) == Flags{true, true, false});
  CHECK(holding(std::vector{said("d", "same", "elsewhere")}) == Flags{true});
}

TEST_CASE("decisions that undo each other in a ring do not hold, nor does one that undoes itself",
          "[partners]") {
  CHECK(holding(std::vector{said("a", "same", "b"), said("b", "same", "a"),
                            said("c", "same", "b")}) == Flags{false, false, true});
  CHECK(holding(std::vector{said("a", "same", "a")}) == Flags{false});
}

TEST_CASE("what is withdrawn is spent with what withdrew it, and nothing else is", "[partners]") {
  const auto rule = said("r", "same", "", "rule:organisation-match");
  const auto first = said("d", "same");
  const auto other = said("e", "different", "d");
  const auto back = said("u", "withdrawn", "e");
  const auto again = said("v", "withdrawn", "u");
  CHECK(spent(std::vector{rule, first}) == Flags{false, false});
  CHECK(spent(std::vector{rule, back}) == Flags{false, false});  // of what may yet come
  CHECK(spent(std::vector{rule, first, other}) == Flags{false, false, false});
  CHECK(spent(std::vector{rule, first, other, back}) == Flags{false, false, true, true});
  CHECK(spent(std::vector{rule, first, other, back, again}) ==
        Flags{false, false, false, true, true});
}

TEST_CASE("what is left of a log when spent decisions go says the same", "[partners]") {
  const std::vector<LoggedDecision> log = {said("r", "same", "", "rule:organisation-match"),
                                           said("d", "same"),
                                           said("e", "different", "d"),
                                           said("u", "withdrawn", "e"),
                                           said("v", "withdrawn", "u"),
                                           said("w", "withdrawn", "r")};
  for (std::size_t length = 0; length <= log.size(); ++length) {
    CAPTURE(length);
    const std::vector<LoggedDecision> all(log.begin(),
                                          log.begin() + static_cast<std::ptrdiff_t>(length));
    const Flags idle = spent(all);
    std::vector<LoggedDecision> left;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!idle[i]) left.push_back(all[i]);
    }
    const PairVerdict whole = verdict_of(all);
    const PairVerdict rest = verdict_of(left);
    CHECK(whole.person == rest.person);
    CHECK(whole.rule == rest.rule);
  }
}

TEST_CASE("a person's word goes before a rule's, a later day before an earlier", "[partners]") {
  const auto rule = said("r", "same", "", "rule:organisation-match");
  PairVerdict found = verdict_of(std::vector{rule});
  CHECK_FALSE(found.person);
  CHECK(found.rule == Verdict::Same);
  CHECK(found.millionths == 1000000);
  found = verdict_of(std::vector{rule, said("d", "different", "", "me", {2026, 4, 1}),
                                 said("e", "unsure", "", "you", {2026, 5, 1})});
  CHECK(found.person == Verdict::Unsure);
  CHECK(found.contradicted);
}

TEST_CASE("of contradictory words of one day nothing is one that somebody keeps apart",
          "[partners]") {
  const auto same = said("a", "same");
  const auto unsure = said("b", "unsure");
  const auto different = said("c", "different");
  for (const auto& log :
       {std::vector{same, unsure, different}, std::vector{different, same, unsure}})
    CHECK(verdict_of(log).person == Verdict::Different);
  CHECK(verdict_of(std::vector{unsure, same}).person == Verdict::Unsure);
  CHECK_FALSE(verdict_of(std::vector{same, said("d", "same")}).contradicted);
  CHECK_FALSE(verdict_of({}).person);
}

TEST_CASE("of equal words of rules that of the smallest id counts, whatever the order",
          "[partners]") {
  auto one = said("a", "same", "", "rule:one");
  auto other = said("b", "same", "", "rule:two");
  one.millionths = 910000;
  other.millionths = 950000;
  CHECK(verdict_of(std::vector{one, other}).millionths == 910000);
  CHECK(verdict_of(std::vector{other, one}).millionths == 910000);
}

TEST_CASE("names that a source withheld are no names", "[partners]") {
  Organisation organisation;
  organisation.names = {{"en", "withheld-1a2b", TextOrigin::Original}};
  organisation.aliases = {"withheld-2", "Withheld Ltd"};
  organisation.addresses.emplace_back().country = "FI";
  organisation.addresses.back().locality = "Oulu";
  const OrganisationFacts facts = facts_of(organisation);
  CHECK(facts.names == std::vector<std::string>{"Withheld Ltd"});
  CHECK(facts.country == "FI");
  CHECK(facts.city == "Oulu");
}
