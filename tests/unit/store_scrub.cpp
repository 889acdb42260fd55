// SPDX-License-Identifier: Apache-2.0
//
// After an erasure no byte of the erased texts is left in the catalogue's files.
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "store/store.hpp"

using namespace koinon;
using namespace koinon::store;

namespace {

// Words that occur nowhere else, told apart by record: what is looked for in the raw files.
std::string secret(int record) {
  return "secret<" + std::to_string(record) + '>';
}

// A text of about `size` bytes in which no stretch of 64 is without the word.
std::string text_of(const std::string& word, std::size_t size) {
  std::string text;
  do {
    text += word + '.';
  } while (text.size() < size);
  return text;
}

void erase(Store& store, const std::string& id, const std::vector<std::string>& traces) {
  {
    Transaction t = store.write();
    auto row = t.find(id);
    REQUIRE(row);
    t.scrub(*row, traces);
    Version gone;
    gone.what = ChangeKind::Erase;
    t.append(*row, gone);
    t.commit();
  }
  store.flush_log();
}

void property(unsigned seed, std::size_t longest) {
  CAPTURE(seed, longest);
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  std::mt19937 random(seed);
  const auto some_size = [&] { return 1 + random() % (random() % 4 ? 200 : longest); };
  constexpr int records = 150;
  std::vector<int> alive;
  const auto store = Store::open(path, {});
  for (int i = 0; i < records; ++i) {
    Transaction t = store->write();
    const std::string body = text_of(secret(i), some_size());
    Version version;
    version.body = body;
    const RecordRow row = t.create("id-" + std::to_string(i), RecordKind::Organisation, version);
    t.set_identifiers(row.seq, {{"url", secret(i)}});
    const ImportRun run = t.import_run("file", "koinon", "", "", 1);
    if (random() % 3 == 0) {
      const std::vector<Violation> reasons = {{"", "bad", "B."}};
      const std::string bytes = text_of(secret(i), some_size());
      t.keep(run.id,
             {static_cast<std::uint64_t>(i), bytes.size(), bytes, "", std::to_string(i), &reasons},
             1);
    }
    t.commit();
    alive.push_back(i);
  }
  for (int round = 0; round < 120; ++round) {
    if (random() % 3 != 0) {
      Transaction t = store->write();
      for (std::size_t k = random() % 10; k > 0; --k) {
        const int i = alive[random() % alive.size()];
        auto row = t.find("id-" + std::to_string(i));
        const std::string body = text_of(secret(i), some_size());
        Version version;
        version.body = body;
        t.append(*row, version);
        t.set_identifiers(row->seq,
                          {{"url", text_of(secret(i), some_size() % 100)}, {"vat", secret(i)}});
      }
      t.commit();
    } else {
      const std::size_t at = random() % alive.size();
      const int i = alive[at];
      alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
      erase(*store, "id-" + std::to_string(i), {secret(i)});
      CAPTURE(round, i);
      REQUIRE_FALSE(test::holds(path, secret(i)));
    }
  }
  const std::string left = test::bytes_of(path);
  for (const int i : alive) REQUIRE(left.find(secret(i)) != std::string::npos);
  CHECK(store->read().integrity().empty());
}

}  // namespace

TEST_CASE("erasing leaves no byte of a text in the file, its log or its index", "[store]") {
  for (const unsigned seed : {1U, 2U, 3U}) property(seed, 300);
  property(4, 30000);
}

TEST_CASE("erasing takes out texts of every length", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const auto store = Store::open(path, {});
  int i = 0;
  for (const std::size_t size :
       {1U, 100U, 3900U, 4000U, 4061U, 4062U, 4096U, 8192U, 100000U, 2000000U}) {
    ++i;
    {
      Transaction t = store->write();
      const std::string body = text_of(secret(i), size);
      Version version;
      version.body = body;
      t.create("id-" + std::to_string(i), RecordKind::Organisation, version);
      t.commit();
    }
    REQUIRE(test::holds(path, secret(i)));
    erase(*store, "id-" + std::to_string(i), {});
    CHECK_FALSE(test::holds(path, secret(i)));
  }
}

TEST_CASE("what a reader still holds is told, and goes when the log is flushed again", "[store]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  OpenOptions impatient;
  impatient.busy_timeout_ms = 100;
  const auto store = Store::open(path, impatient);
  {
    Transaction t = store->write();
    const std::string body = secret(1);
    Version version;
    version.body = body;
    t.create("id-1", RecordKind::Organisation, version);
    t.commit();
  }
  {
    Snapshot held = store->read();
    CHECK(test::error_of([&] { erase(*store, "id-1", {}); }) == ErrorCode::Busy);
    CHECK(held.body(1) == secret(1));
  }
  store->flush_log();
  CHECK_FALSE(test::holds(path, secret(1)));
}
