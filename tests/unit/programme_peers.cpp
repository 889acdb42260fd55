// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "programme/b_matching.hpp"
#include "programme/peers.hpp"

using namespace koinon;
using namespace koinon::programme;
using test::error_of;

namespace {

using Codes = std::vector<std::string>;

std::vector<Stated> stated(const Codes& themes) {
  std::vector<Stated> all;
  for (const std::string& theme : themes) all.push_back({theme, {}});
  return all;
}

PeerParty party(const std::string& id, const std::string& country, const Codes& languages,
                const Codes& offers, const Codes& seeks) {
  return {id, "The " + id, {country}, languages, stated(offers), stated(seeks)};
}

PeersAnswer paired(const std::vector<PeerParty>& parties, const PeersRequest& request = {}) {
  check(request);
  return pair_peers(parties, request, {});
}

std::vector<std::string> told(const PeersAnswer& answer) {
  std::vector<std::string> pairs;
  for (const PeerPair& pair : answer.pairs)
    pairs.push_back(answer.peers[pair.giver].id + ">" + answer.peers[pair.taker].id);
  return pairs;
}

}  // namespace

TEST_CASE("one who offers is paired with one of another country who seeks it, and says why") {
  const auto answer = paired({party("a", "FI", {"en", "fi", "sv"}, {"housing"}, {"debt"}),
                              party("b", "SE", {"en", "sv"}, {"debt"}, {"housing"}),
                              party("c", "FI", {"en"}, {}, {"housing"})});
  CHECK(told(answer) == Codes{"a>b", "b>a"});
  const PeerPair& pair = answer.pairs[0];
  CHECK(pair.themes == Codes{"housing"});
  CHECK(pair.back == Codes{"debt"});
  CHECK(pair.languages == Codes{"en", "sv"});
  CHECK(pair.weight == Approx(1 + 0.5 + 0.125));
  REQUIRE(answer.unpaired.size() == 1);
  CHECK(answer.unpaired[0].peer == 2);
  CHECK(answer.unpaired[0].why == "same-country");
}

TEST_CASE("who has no pair is told what stands in the way") {
  const auto answer =
      paired({party("a", "FI", {"fi"}, {"housing"}, {}), party("b", "SE", {"sv"}, {}, {"housing"}),
              party("c", "DE", {"de"}, {}, {"debt"})});
  CHECK(answer.pairs.empty());
  REQUIRE(answer.unpaired.size() == 2);
  CHECK(answer.unpaired[0].why == "no-language");
  CHECK(answer.unpaired[1].why == "no-offer");
  PeersRequest lax;
  lax.common_language = false;
  CHECK(told(paired(
            {party("a", "FI", {"fi"}, {"housing"}, {}), party("b", "SE", {"sv"}, {}, {"housing"})},
            lax)) == Codes{"a>b"});
}

TEST_CASE("a country that is not told is no other country") {
  PeerParty nowhere = party("b", "", {"en"}, {}, {"housing"});
  nowhere.countries.clear();
  const std::vector<PeerParty> parties = {party("a", "FI", {"en"}, {"housing"}, {}), nowhere};
  CHECK(paired(parties).pairs.empty());
  PeersRequest anywhere;
  anywhere.across_borders = false;
  CHECK(told(paired(parties, anywhere)) == Codes{"a>b"});
}

TEST_CASE("pairs go first to those who have none, also where others would weigh more") {
  const std::vector<PeerParty> parties = {party("a", "FI", {"en"}, {"debt", "housing"}, {}),
                                          party("b", "SE", {"en"}, {}, {"debt", "housing"}),
                                          party("c", "DE", {"en"}, {}, {"debt"}),
                                          party("d", "FR", {"en"}, {"debt", "housing"}, {})};
  PeersRequest request;
  request.most_given = 1;
  CHECK(paired(parties, request).least_taken == 1);
  CHECK(paired(parties, request).pairs.size() == 2);
  CHECK(paired(parties, request).unpaired.empty());
  request.balanced = false;
  request.most_given = 1;
  request.most_taken = 2;
  CHECK(told(paired(parties, request)) == Codes{"a>b", "d>b"});
  CHECK(paired(parties, request).unpaired[0].why == "full");
}

TEST_CASE("nobody has more pairs than allowed, and none with nobody") {
  PeersRequest request;
  request.most_given = 0;
  const std::vector<PeerParty> parties = {party("a", "FI", {"en"}, {"x"}, {}),
                                          party("b", "SE", {"en"}, {}, {"x"})};
  CHECK(paired(parties, request).pairs.empty());
  CHECK(paired(parties, request).possible == 1);
  CHECK(paired({}).pairs.empty());
  CHECK(paired({party("a", "FI", {"en"}, {"x"}, {"x"})}).pairs.empty());
}

TEST_CASE("peers of chosen themes are paired on these alone") {
  const std::vector<PeerParty> parties = {party("a", "FI", {"en"}, {"x", "y"}, {}),
                                          party("b", "SE", {"en"}, {}, {"x", "y"})};
  PeersRequest request;
  request.themes = {"y"};
  const auto answer = paired(parties, request);
  REQUIRE(answer.pairs.size() == 1);
  CHECK(answer.pairs[0].themes == Codes{"y"});
  request.themes = {"z"};
  CHECK(paired(parties, request).pairs.empty());
}

TEST_CASE("weights that are no numbers, negative or too great are refused by name") {
  PeersRequest request;
  request.theme_weight = std::nan("");
  CHECK(error_of([&] { check(request); }) == ErrorCode::InvalidArgument);
  request.theme_weight = -1;
  CHECK(error_of([&] { check(request); }) == ErrorCode::InvalidArgument);
  request.theme_weight = INFINITY;
  CHECK(error_of([&] { check(request); }) == ErrorCode::InvalidArgument);
  request.theme_weight = 0;
  CHECK_FALSE(error_of([&] { check(request); }));
  request.most_taken = 1001;
  request.as_of = {2026, 2, 30};
  try {
    check(request);
    FAIL("it passed");
  } catch (const Error& e) {
    REQUIRE(e.violations().size() == 2);
    CHECK(e.violations()[0].path == "most_taken");
    CHECK(e.violations()[1].path == "as_of");
  }
}

TEST_CASE("a cancelled pairing ends as cancelled") {
  Task task;
  task.cancel.cancel();
  const std::vector<PeerParty> parties = {party("a", "FI", {"en"}, {"x"}, {}),
                                          party("b", "SE", {"en"}, {}, {"x"})};
  CHECK(error_of([&] { pair_peers(parties, {}, task); }) == ErrorCode::Cancelled);
}

TEST_CASE("a matching that is ended gives no half of one") {
  MatchingProblem problem;
  problem.givers = 1;
  problem.takers = 1;
  problem.pairs = {{0, 0, 1}};
  CHECK(matched_pairs(problem).size() == 1);
  CHECK(matched_pairs(problem, [](std::size_t) { return false; }).empty());
}
