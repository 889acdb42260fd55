// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "partners/identity.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

using Roots = std::vector<std::uint32_t>;

constexpr std::uint32_t sure = 990000, likely = 700000, hardly = 100000;

OrganisationFacts known(std::string scheme, std::string value, double stake = 1) {
  OrganisationFacts facts;
  Identifier one;
  one.scheme = std::move(scheme);
  one.value = std::move(value);
  if (!one.scheme.empty()) facts.identifiers.push_back(one);
  facts.stake = stake;
  return facts;
}

Population population_of(const std::vector<OrganisationFacts>& facts) {
  return read_population(facts);
}

}  // namespace

TEST_CASE("sure pairs make clusters, others do not", "[partners]") {
  const std::vector<ScoredPair> pairs{{{0, 1}, sure}, {{1, 2}, likely}, {{3, 4}, hardly}};
  const Clusters clusters = cluster(5, pairs, {}, {});
  CHECK(clusters.of_member == Roots{0, 0, 2, 3, 4});
  CHECK(clusters.links.size() == 1);
  CHECK(clusters.contradictions.empty());
  CHECK(clusters.groups() == std::vector<Roots>{{0, 1}, {2}, {3}, {4}});
}

TEST_CASE("a bridge that nothing else bears out joins nothing", "[partners]") {
  // Two triangles and one sure pair between them, while the other pairs between say no.
  const std::vector<ScoredPair> pairs{{{0, 1}, sure},   {{0, 2}, sure},   {{1, 2}, sure},
                                      {{3, 4}, sure},   {{3, 5}, sure},   {{4, 5}, sure},
                                      {{2, 3}, 950000}, {{1, 3}, hardly}, {{0, 4}, 0},
                                      {{1, 5}, hardly}, {{2, 4}, hardly}, {{2, 5}, hardly}};
  CHECK(cluster(6, pairs, {}, {}).of_member == Roots{0, 0, 0, 3, 3, 3});
  ClusterOptions components;
  components.support = 0;
  CHECK(cluster(6, pairs, {}, {}, components).of_member == Roots{0, 0, 0, 0, 0, 0});
}

TEST_CASE("a person's word goes before every score, and taking it back undoes it", "[partners]") {
  const std::vector<ScoredPair> pairs{{{0, 1}, sure}, {{2, 3}, hardly}};
  const Clusters before = cluster(4, pairs, {}, {});
  const std::vector<PairDecision> decisions{{1, 0, Verdict::Different}, {2, 3, Verdict::Same}};
  CHECK(cluster(4, pairs, decisions, {}).of_member == Roots{0, 1, 2, 2});
  CHECK(cluster(4, pairs, {}, {}).of_member == before.of_member);
  const std::vector<PairDecision> changed{{0, 1, Verdict::Different}, {0, 1, Verdict::Same}};
  CHECK(cluster(4, pairs, changed, {}).of_member == Roots{0, 0, 2, 3});
}

TEST_CASE("unsure keeps the rule from the pair but not from the way round", "[partners]") {
  const std::vector<PairDecision> unsure{{0, 1, Verdict::Unsure}};
  const std::vector<ScoredPair> pair{{{0, 1}, sure}};
  CHECK(cluster(3, pair, unsure, {}).of_member == Roots{0, 1, 2});
  const std::vector<ScoredPair> round{{{0, 1}, sure}, {{0, 2}, sure}, {{1, 2}, sure}};
  CHECK(cluster(3, round, unsure, {}).of_member == Roots{0, 0, 0});
}

TEST_CASE("what differs stays apart however long the chain, and the chain is told", "[partners]") {
  const std::vector<ScoredPair> pairs{{{0, 1}, 999000}, {{1, 2}, 995000}, {{2, 3}, 950000}};
  const std::vector<PairDecision> decisions{{0, 3, Verdict::Different}};
  const Clusters clusters = cluster(4, pairs, decisions, {});
  CHECK(clusters.of_member == Roots{0, 0, 0, 3});
  REQUIRE(clusters.contradictions.size() == 1);
  const Contradiction& told = clusters.contradictions[0];
  CHECK(told.left == 0);
  CHECK(told.right == 3);
  CHECK(told.decided);
  CHECK_FALSE(told.stands);
  REQUIRE(told.chain.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(told.chain[i].from == i);
    CHECK(told.chain[i].to == i + 1);
    CHECK_FALSE(told.chain[i].decided);
  }
}

TEST_CASE("people who contradict each other are told so, with their chain", "[partners]") {
  const std::vector<PairDecision> decisions{
      {0, 1, Verdict::Same}, {1, 2, Verdict::Same}, {0, 2, Verdict::Different}};
  const Clusters clusters = cluster(3, {}, decisions, {});
  CHECK(clusters.of_member == Roots{0, 0, 0});
  REQUIRE(clusters.contradictions.size() == 1);
  CHECK(clusters.contradictions[0].stands);
  REQUIRE(clusters.contradictions[0].chain.size() == 2);
  CHECK(clusters.contradictions[0].chain[0].decided);
}

TEST_CASE("clusters refuse what names no member", "[partners]") {
  const std::vector<ScoredPair> outside{{{0, 9}, sure}}, itself{{{1, 1}, sure}};
  CHECK_THROWS_AS(cluster(2, outside, {}, {}), std::out_of_range);
  CHECK_THROWS_AS(cluster(2, itself, {}, {}), std::invalid_argument);
  ClusterOptions options;
  options.threshold = 1.5;
  CHECK_THROWS_AS(cluster(2, {}, {}, {}, options), std::invalid_argument);
  CHECK(cluster(0, {}, {}, {}).of_member.empty());
  CHECK(cluster(1, {}, {}, {}).of_member == Roots{0});
}

TEST_CASE("long work can be watched and ended", "[partners]") {
  const std::vector<ScoredPair> pairs{{{0, 1}, sure}};
  struct Ended {};
  const Step end = [](std::uint64_t, std::uint64_t) { throw Ended(); };
  CHECK_THROWS_AS(cluster(2, pairs, {}, {}, {}, end), Ended);
  const std::vector<OrganisationFacts> one(1);
  CHECK_THROWS_AS(read_population(one, end), Ended);
  CHECK_THROWS_AS(candidate_pairs(read_population(one), {}, end), Ended);
}

TEST_CASE("different identifiers of a scheme are a finding and no merge", "[partners]") {
  const Population population =
      population_of({known("pic", "999902001"), known("", ""), known("pic", "999902002")});
  const std::vector<ScoredPair> pairs{{{0, 1}, sure}, {{1, 2}, likely + 250000}, {{0, 2}, 600000}};
  const Clusters clusters = identify(population, pairs, {});
  CHECK(clusters.of_member == Roots{0, 0, 2});
  REQUIRE(clusters.contradictions.size() == 1);
  CHECK(clusters.contradictions[0].left == 0);
  CHECK(clusters.contradictions[0].right == 2);
  CHECK_FALSE(clusters.contradictions[0].decided);
  CHECK(clusters.contradictions[0].chain.size() == 2);
}

TEST_CASE("a person may merge different identifiers, and the finding stands", "[partners]") {
  const Population population =
      population_of({known("pic", "999902001"), known("pic", "999902002")});
  const std::vector<PairDecision> decisions{{0, 1, Verdict::Same}};
  const Clusters clusters = identify(population, {}, decisions);
  CHECK(clusters.of_member == Roots{0, 0});
  REQUIRE(clusters.contradictions.size() == 1);
  CHECK(clusters.contradictions[0].stands);
  const auto rows = crosswalk(population, Roots{1, 0});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].scheme == "pic");
  CHECK(rows[0].conflict);
  REQUIRE(rows[0].values.size() == 2);
  CHECK(rows[0].values[0].members == Roots{0});
}

TEST_CASE("a crosswalk has every scheme once, a shared value being no conflict", "[partners]") {
  OrganisationFacts both = known("vat", "ATU12345678");
  both.identifiers.push_back(known("ror", "03prydq77").identifiers[0]);
  OrganisationFacts two = known("vat", "ATU12345678");
  two.identifiers.push_back(known("vat", "ATU87654321").identifiers[0]);
  const Population population = population_of({both, two, known("vat", "DE123456789")});
  const auto rows = crosswalk(population, Roots{0, 1, 2});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].scheme == "ror");
  CHECK(rows[1].scheme == "vat:AT");
  CHECK_FALSE(rows[1].conflict);
  CHECK(rows[1].values[0].members == Roots{0, 1});
  CHECK(rows[2].scheme == "vat:DE");
  CHECK(crosswalk(population, {}).empty());
}

TEST_CASE("the pair on which most hangs is looked at first", "[partners]") {
  const Population population =
      population_of({known("", "", 100), known("", "", 80), known("", "", 1), known("", "", 1),
                     known("", "", 5)});
  const std::vector<ScoredPair> pairs{
      {{0, 1}, 600000}, {{2, 3}, 500000}, {{0, 2}, 500000}, {{0, 4}, 999000}, {{1, 4}, 0}};
  const Clusters clusters = cluster(5, {}, {}, {});
  const auto queue = review_queue(population, pairs, {}, clusters, 10);
  REQUIRE(queue.size() == 4);
  CHECK(queue[0].pair == MemberPair{0, 1});
  CHECK(queue[0].stake == 80);
  CHECK(queue[0].value == Approx(80 * 0.97095).margin(0.001));
  CHECK(queue[1].pair == MemberPair{0, 2});
  CHECK(queue[2].pair == MemberPair{2, 3});
  CHECK(review_queue(population, pairs, {}, clusters, 1).size() == 1);
  const std::vector<PairDecision> decided{{0, 1, Verdict::Unsure}, {2, 0, Verdict::Different}};
  CHECK(review_queue(population, pairs, decided, clusters, 10).size() == 2);
}

TEST_CASE("two clusters are looked at once, with all that hangs on them", "[partners]") {
  const Population population =
      population_of({known("", "", 1), known("", "", 2), known("", "", 4)});
  const std::vector<ScoredPair> pairs{{{0, 1}, sure}, {{0, 2}, 600000}, {{1, 2}, 500000}};
  const Clusters clusters = identify(population, pairs, {});
  REQUIRE(clusters.of_member == Roots{0, 0, 2});
  const auto queue = review_queue(population, pairs, {}, clusters, 10);
  REQUIRE(queue.size() == 2);
  CHECK(queue[0].pair == MemberPair{1, 2});
  CHECK(queue[0].stake == 3);
  CHECK(queue[1].pair == MemberPair{0, 1});
}
