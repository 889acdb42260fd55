// SPDX-License-Identifier: Apache-2.0
//
// A process that writes and searches is killed again and again: the index that the next one finds
// is, term by term, what the catalogue says.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "engine/search_view.hpp"
#include "engine/view.hpp"
#include "index_content.hpp"
#include "other_process.hpp"
#include "scratch.hpp"

using namespace koinon;

namespace {

// One view after another over the same store.
test::IndexContent built(const store::Store& store, const std::string& folder) {
  engine::ViewKeeper keeper(std::make_unique<engine::SearchView>(folder, false));
  keeper.catch_up(store, {});
  const auto& view = static_cast<const engine::SearchView&>(keeper.view());
  const engine::SearchState state = view.state();
  REQUIRE(state.change == store.read().last_change());
  return test::content_of(*state.index);
}

// Writes, changes, removes and erases without end, and asks now and then.
void write_on(const std::string& path, std::uint32_t seed) {
  std::mt19937 random(seed);
  Catalogue catalogue = Catalogue::open(path);
  for (std::uint64_t batch = catalogue.statistics().change;;
       batch = catalogue.statistics().change) {
    std::map<std::string, Record> records;
    for (int i = 0; i < 400; ++i) {
      const std::string id = std::to_string(random() % 1500);
      const std::string name = "Name " + std::to_string(random() % 300);
      records["org-" + id] = test::organisation(name);
      if (random() % 4 == 0) records["prj-" + id] = test::project(name, {"org-" + id});
    }
    const std::string passing = "passing-" + std::to_string(batch);
    records[passing] = test::organisation("Passing name");
    std::vector<Write> writes;
    for (auto& [id, record] : records) writes.push_back({id, std::move(record), {}});
    catalogue.put_all(writes);
    test::found(catalogue, "name");
    if (random() % 2 == 0) catalogue.remove(writes[random() % 100].id);
    if (random() % 3 == 0) catalogue.erase(passing, "", {}, 0);
  }
}

std::uint32_t rounds() {
  const char* times = std::getenv("KOINON_SEEDS");
  return 8 * (times ? static_cast<std::uint32_t>(std::strtoul(times, nullptr, 10)) : 1);
}

}  // namespace

TEST_CASE("after kill -9 the index is what the store says, term by term", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  std::mt19937 random(11);
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    {
      test::OtherProcess writer([&](test::OtherProcess&) { write_on(path, round); });
      std::this_thread::sleep_for(std::chrono::milliseconds(40 + random() % 600));
      writer.kill();
      CHECK(writer.end() == -SIGKILL);
    }
    const auto store = store::Store::open(path, {});
    const test::IndexContent kept = built(*store, path + ".views/search");
    const test::IndexContent fresh = built(*store, "");
    CHECK(kept.documents.size() == fresh.documents.size());
    CHECK((kept == fresh));
  }
}
