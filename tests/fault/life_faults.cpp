// SPDX-License-Identifier: Apache-2.0
//
// Steps of lives when others write at once, and when the disk fails: a step is taken whole, by one.
#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "catch.hpp"
#include "errors.hpp"
#include "faulty_vfs.hpp"
#include "lives.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::LivingCatalogue;

namespace {

Contribution contribution() {
  Contribution made;
  made.exchange = "exch-1";
  made.text = {test::text("We did this in Turku.")};
  return made;
}

Programme programme_of(std::int64_t cents) {
  Programme made;
  made.names = {test::text("P")};
  made.budget = {{test::date("2026"), test::euro(cents)}};
  return made;
}

}  // namespace

TEST_CASE("of handles that move one record at once, one moves it each time", "[life-cycle]") {
  const test::Scratch scratch;
  const std::string path = scratch / "race.koinon";
  LivingCatalogue one(path);
  LivingCatalogue other(path);
  one.put("exch-1", Exchange{});
  one.put("contr-1", contribution());
  one.move("contr-1", "approved", "mod");
  constexpr int rounds = 40;
  int conflicts = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t version = one.catalogue.get("contr-1").version;
    const char* to = round % 2 == 0 ? "hidden" : "approved";
    std::atomic<int> ready = 0;
    const auto race = [&](LivingCatalogue& living, std::optional<ErrorCode>& code) {
      ++ready;
      while (ready < 2) std::this_thread::yield();
      code = error_of([&] {
        living.catalogue.transition({"contr-1", to, "mod", "", "because", version, {}});
      });
    };
    std::optional<ErrorCode> first;
    std::optional<ErrorCode> second;
    std::thread thread([&] { race(other, second); });
    race(one, first);
    thread.join();
    CHECK(first.has_value() != second.has_value());
    CHECK((first ? first : second) == ErrorCode::Conflict);
    conflicts += first.has_value() || second.has_value() ? 1 : 0;
  }
  CHECK(conflicts == rounds);
  CHECK(one.get<Contribution>("contr-1").steps.size() == rounds + 1);
  CHECK(one.catalogue.history("contr-1").size() == rounds + 2);
  CHECK(one.catalogue.check().findings.empty());
}

TEST_CASE("handles that award at once do not overspend a programme", "[life-cycle]") {
  const test::Scratch scratch;
  const std::string path = scratch / "awards.koinon";
  LivingCatalogue one(path);
  LivingCatalogue other(path);
  one.put("prog-1", programme_of(100));
  Call call;
  call.titles = {test::text("C")};
  call.programme_record = "prog-1";
  one.put("call-1", call);
  Bid bid;
  bid.call = "call-1";
  bid.consortium = "cons-1";
  one.put("cons-1", Consortium{});
  one.put("bid-1", bid);
  std::atomic<int> awarded = 0;
  const auto spend = [&](LivingCatalogue& living, const std::string& prefix) {
    for (int i = 0; i < 20; ++i) {
      Award award;
      award.bid = "bid-1";
      award.amount = test::euro(7);
      const auto code = error_of([&] { living.put(prefix + std::to_string(i), award); });
      if (!code) ++awarded;
      if (code && *code != ErrorCode::InvalidRecord) ++awarded;  // no other refusal
    }
  };
  std::thread thread([&] { spend(other, "award-b"); });
  spend(one, "award-a");
  thread.join();
  CHECK(awarded == 14);  // 98 of 100
  CHECK(one.catalogue.check().findings.empty());
}

TEST_CASE("a step that cannot be written is not taken", "[life-cycle]") {
  const test::Scratch scratch;
  const std::string seed = scratch / "seed.koinon";
  {
    LivingCatalogue living(seed);
    living.put("exch-1", Exchange{});
    living.put("contr-1", contribution());
  }
  test::FaultyFiles files;
  for (int nth = 1;; ++nth) {
    REQUIRE(nth < 200);
    CAPTURE(nth);
    const std::string path = scratch / "a.koinon";
    std::filesystem::copy_file(seed, path, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(path + "-wal");
    std::filesystem::remove(path + "-shm");
    LivingCatalogue living(path);
    files.arm(test::Fault::Write, nth, false);
    const auto code = error_of([&] { living.move("contr-1", "approved", "mod"); });
    const bool struck = files.struck();
    files.disarm();
    if (code) CHECK(code == ErrorCode::InputOutput);
    const auto stored = living.get<Contribution>("contr-1");
    CHECK(stored.steps.size() == (stored.state == "approved" ? 1 : 0));
    if (!code) CHECK(stored.state == "approved");
    if (stored.state != "approved") living.move("contr-1", "approved", "mod");
    CHECK(living.catalogue.check().findings.empty());
    if (!struck) break;
  }
}
