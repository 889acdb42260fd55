// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::project;

namespace {

using Ids = std::vector<std::string>;

//   a - b - c - d      e - f      g alone in a project, h in none, and c twice in p2
Catalogue partners() {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    Organisation made = organisation(std::string("Organisation ") + id);
    made.addresses.emplace_back().country = "NL";
    catalogue.put({id, made, {}});
  }
  Project twice = project("Second", {"b", "c", "c"});
  twice.participations[2].role = "coordinator";
  catalogue.put({"p1", project("First", {"a", "b"}), {}});
  catalogue.put({"p2", twice, {}});
  catalogue.put({"p3", project("Third", {"c", "d"}), {}});
  catalogue.put({"p4", project("Fourth", {"e", "f"}), {}});
  catalogue.put({"p5", project("Fifth", {"g"}), {}});
  return catalogue;
}

Ids ids(const std::vector<ShownOrganisation>& organisations) {
  Ids found;
  for (const ShownOrganisation& one : organisations) found.push_back(one.id);
  return found;
}

Ids work_ids(const std::vector<SharedWork>& works) {
  Ids found;
  for (const SharedWork& one : works) found.push_back(one.id);
  return found;
}

}  // namespace

TEST_CASE("a path has the records along it, with the roles on either side", "[engine]") {
  const Catalogue catalogue = partners();
  const PartnershipPath path = catalogue.path("a", "d");
  CHECK(ids(path.organisations) == Ids{"a", "b", "c", "d"});
  CHECK(work_ids(path.works) == Ids{"p1", "p2", "p3"});
  CHECK(path.organisations[2].name == "Organisation c");
  CHECK(path.organisations[2].country == "NL");
  CHECK(path.works[1].title == "Second");
  CHECK(path.works[1].own_roles == Ids{"partner"});
  CHECK(path.works[1].partner_roles == Ids{"coordinator", "partner"});
  CHECK(path.change == 13);
  CHECK(ids(catalogue.path("b", "b").organisations) == Ids{"b"});
  CHECK(catalogue.path("b", "b").works.empty());
}

TEST_CASE("there is no path between what hangs not together", "[engine]") {
  const Catalogue catalogue = partners();
  CHECK(catalogue.path("a", "e").organisations.empty());
  CHECK(catalogue.path("g", "a").organisations.empty());
  CHECK(catalogue.path("h", "a").organisations.empty());
  CHECK(ids(catalogue.path("h", "h").organisations) == Ids{"h"});
  CHECK(error_of([&] { catalogue.path("a", "nobody"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.path("p1", "a"); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("the next answer has what was written", "[engine]") {
  Catalogue catalogue = partners();
  CHECK(catalogue.path("a", "f").organisations.empty());
  CHECK(catalogue.partners("a").component == 4);
  catalogue.put({"p6", project("Bridge", {"a", "e"}), {}});
  CHECK(ids(catalogue.path("a", "f").organisations) == Ids{"a", "e", "f"});
  CHECK(catalogue.partners("f").component == 6);
  CHECK(catalogue.common_partners("b", "e").partners.at(0).organisation.id == "a");
  catalogue.remove("p6");
  CHECK(catalogue.path("a", "f").organisations.empty());
  CHECK(catalogue.partners("f").component == 2);
  CHECK(catalogue.common_partners("b", "e").total == 0);
  catalogue.put({"p2", project("Second", {"b"}), {}});
  CHECK(catalogue.path("a", "d").organisations.empty());
  CHECK(catalogue.partners("d").component == 2);
}

TEST_CASE("an ego network has whom some hops reach and the ties among them", "[engine]") {
  const Catalogue catalogue = partners();
  NeighbourhoodRequest request;
  const Neighbourhood near = catalogue.around("b", request);
  CHECK(ids(near.organisations) == Ids{"b", "a", "c"});
  CHECK(near.hops == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(near.ties.from == std::vector<std::uint32_t>{0, 0});
  CHECK(near.ties.to == std::vector<std::uint32_t>{1, 2});
  CHECK(near.ties.strength == std::vector<double>{1, 1});
  CHECK(near.complete);
  request.hops = 2;
  CHECK(ids(catalogue.around("b", request).organisations) == Ids{"b", "a", "c", "d"});
  request.limit = 2;
  const Neighbourhood cut = catalogue.around("b", request);
  CHECK(ids(cut.organisations) == Ids{"b", "a"});
  CHECK_FALSE(cut.complete);
  request = {};
  request.hops = 0;
  CHECK(ids(catalogue.around("b", request).organisations) == Ids{"b"});
  CHECK(ids(catalogue.around("h").organisations) == Ids{"h"});
  CHECK(ids(catalogue.around("g").organisations) == Ids{"g"});
  CHECK(error_of([&] { catalogue.around("nobody"); }) == ErrorCode::NotFound);
}

TEST_CASE("an ego network can be cancelled while its ties are listed, and answers after it",
          "[engine]") {
  const Catalogue catalogue = partners();
  const Network network = catalogue.network();
  NeighbourhoodRequest request;
  request.hops = 3;
  request.limit = 0;
  std::vector<std::string> stages;
  const auto task = [&] {  // that is cancelled when the last step begins
    Task made;
    made.progress = [&stages, token = made.cancel](const Progress& progress) mutable {
      if (stages.empty() || stages.back() != progress.stage) stages.push_back(progress.stage);
      if (stages.back() == "ties") token.cancel();
    };
    return made;
  };
  CHECK(error_of([&] { (void)catalogue.around("b", request, task()); }) == ErrorCode::Cancelled);
  CHECK(stages == std::vector<std::string>{"around", "ties"});
  CHECK(error_of([&] { (void)network.around("b", 3, task()); }) == ErrorCode::Cancelled);
  CHECK(error_of([&] { (void)network.ties(task()); }) == ErrorCode::Cancelled);
  CHECK(catalogue.around("b", request).ties.from.size() == 3);
  CHECK(network.around("b", 3).ties.from.size() == 3);
}

TEST_CASE("the order of an ego network is by id, whoever came first", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"z", "m", "a"}) catalogue.put({id, organisation(id), {}});
  catalogue.put({"p", project("P", {"m", "z", "a"}), {}});
  const Neighbourhood near = catalogue.around("m");
  CHECK(ids(near.organisations) == Ids{"m", "a", "z"});
  CHECK(near.ties.from == std::vector<std::uint32_t>{0, 0, 1});
  CHECK(near.ties.to == std::vector<std::uint32_t>{1, 2, 2});
}

TEST_CASE("common partners are told with the records shared with either", "[engine]") {
  Catalogue catalogue = partners();
  catalogue.put({"p6", project("All", {"a", "b", "c"}), {}});
  const CommonPartners found = catalogue.common_partners("a", "c");
  CHECK(found.total == 1);
  const CommonPartner& b = found.partners.at(0);
  CHECK(b.organisation.id == "b");
  CHECK(b.shared == 2);
  CHECK(b.strength == 1.5);
  CHECK(b.strength_other == 1.5);
  CHECK(work_ids(b.works) == Ids{"p6", "p1"});
  CHECK(work_ids(b.works_other) == Ids{"p6", "p2"});
  CommonPartnerRequest request;
  request.works = 1;
  CHECK(work_ids(catalogue.common_partners("a", "c", request).partners[0].works) == Ids{"p6"});
  request.offset = 1;
  CHECK(catalogue.common_partners("a", "c", request).partners.empty());
  CHECK(catalogue.common_partners("a", "c", request).total == 1);
  CHECK(catalogue.common_partners("a", "a").total == 0);
  CHECK(catalogue.common_partners("a", "h").total == 0);
  CHECK(error_of([&] { catalogue.common_partners("a", "nobody"); }) == ErrorCode::NotFound);
}

TEST_CASE("near organisations agree with a network's within their errors", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.import_sample();
  const Network network = catalogue.network();
  for (std::size_t i = 0; i < network.size(); i += 37) {
    const std::string& id = network.organisations()[i];
    NearbyRequest request;
    request.limit = 1'000'000;
    request.epsilon = 1e-3;
    const NearOrganisations found = catalogue.nearby({id}, request);
    std::map<std::string, double> exact;
    for (const NetworkScore& score : network.nearness({id}, 1'000'000, {1e-12, 0.85}).scores)
      exact[network.organisations()[score.organisation]] = score.score;
    double off = 0;
    for (const NearOrganisation& one : found.organisations) {
      off += std::abs(one.score - exact[one.organisation.id]);
      exact.erase(one.organisation.id);
    }
    for (const auto& [missed, score] : exact) off += score;
    CHECK(off <= found.error_bound + 1e-9);
    CHECK(std::is_sorted(found.organisations.begin(), found.organisations.end(),
                         [](const auto& a, const auto& b) { return a.score > b.score; }));
  }
}

TEST_CASE("nothing is near who works with nobody, and what cannot be is refused", "[engine]") {
  const Catalogue catalogue = partners();
  CHECK(catalogue.nearby({"h"}).organisations.empty());
  CHECK(catalogue.nearby({"g"}).organisations.empty());
  CHECK(catalogue.nearby({"a", "h"}).organisations.size() == 3);
  CHECK(catalogue.nearby({"a"}).organisations[0].organisation.id == "b");
  NearbyRequest request;
  request.limit = 1;
  CHECK(catalogue.nearby({"a"}, request).organisations.size() == 1);
  request.epsilon = 0;
  CHECK(error_of([&] { catalogue.nearby({"a"}, request); }) == ErrorCode::InvalidArgument);
  const Ids none;
  CHECK(error_of([&] { catalogue.nearby(none); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.nearby({"nobody"}); }) == ErrorCode::NotFound);
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.nearby({"a"}, {}, task); }) == ErrorCode::Cancelled);
}

TEST_CASE("an organisation that was removed is still where records name it, without a name",
          "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("A"), {}});
  catalogue.put({"b", organisation("B"), {}});
  catalogue.put({"p", project("P", {"a", "b"}), {}});
  catalogue.remove("b");
  const Neighbourhood near = catalogue.around("a");
  CHECK(ids(near.organisations) == Ids{"a", "b"});
  CHECK(near.organisations[1].name.empty());
  CHECK(ids(catalogue.path("a", "b").organisations) == Ids{"a", "b"});
}

TEST_CASE("an id that only records name is asked about like any other", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", organisation("A"), {}});
  catalogue.put({"p", project("P", {"a", "ghost"}), {}});
  catalogue.put({"q", project("Q", {"ghost", "other"}), {}});
  CHECK(catalogue.partners("ghost").total == 2);
  CHECK(ids(catalogue.around("ghost").organisations) == Ids{"ghost", "a", "other"});
  CHECK(ids(catalogue.path("a", "other").organisations) == Ids{"a", "ghost", "other"});
  CHECK(catalogue.common_partners("a", "other").partners.at(0).organisation.id == "ghost");
  CHECK(catalogue.nearby({"ghost"}).organisations.size() == 2);
  // Once no record names it, it is nobody; neither is what never was, nor a record of another kind.
  catalogue.remove("q");
  CHECK(error_of([&] { (void)catalogue.partners("other"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { (void)catalogue.around("never"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { (void)catalogue.nearby({"p"}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a record of 3,000 organisations, once in each role, is walked like any other",
          "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  Ids members;
  for (int i = 0; i < 3'000; ++i) {
    members.push_back("o" + std::to_string(i));
    writes.push_back({members.back(), organisation(members.back()), {}});
  }
  catalogue.put_all(writes);
  catalogue.put({"large", project("Large", members), {}});
  catalogue.put({"own", project("Own", {"o1", "o1"}), {}});
  CHECK(catalogue.path("o0", "o2999").works.size() == 1);
  CHECK(catalogue.around("o0").organisations.size() == 500);
  CHECK_FALSE(catalogue.around("o0").complete);
  CHECK(catalogue.common_partners("o0", "o1").total == 2'998);
  CHECK(catalogue.nearby({"o0"}).error_bound <= 1);
  CHECK(catalogue.partners("o0").component == 3'000);
  catalogue.remove("large");
  CHECK(catalogue.partners("o1").component == 1);
}

TEST_CASE("many threads ask while one writes, and each answer is of one change", "[engine]") {
  Catalogue catalogue = partners();
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        // The bridge is there or not, and with it both its ties.
        const auto path = catalogue.path("a", "f").organisations.size();
        if (path != 0 && path != 3) ++wrong;
        const auto component = catalogue.partners("f").component;
        if (component != 2 && component != 6) ++wrong;
        const auto around = catalogue.around("e").organisations.size();
        if (around != 2 && around != 3) ++wrong;
        if (catalogue.nearby({"a"}).organisations.size() < 3) ++wrong;
        if (catalogue.common_partners("b", "e").total > 1) ++wrong;
      }
    });
  }
  for (int turn = 0; turn < 50; ++turn) {
    catalogue.put({"p6", project("Bridge", {"a", "e"}), {}});
    catalogue.remove("p6");
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
}
