// SPDX-License-Identifier: Apache-2.0
#include "engine/view.hpp"

#include <atomic>
#include <map>
#include <set>
#include <stdexcept>
#include <thread>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "exchange/record_json.hpp"
#include "scratch.hpp"

using namespace koinon;
using namespace koinon::engine;
using test::error_of;
using test::organisation;
using test::project;

namespace {

// Names by id, with every way to go wrong that a view may have.
class TestView final : public View {
 public:
  std::string_view name() const override { return "test"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return damaged_; }
  void apply(const ViewChange& change, RecordLookup&) override {
    ++applied;
    if (throw_in_apply) throw std::runtime_error("apply");
    if (no_memory_in_apply) throw std::bad_alloc();
    CHECK(change.n > reached_);
    CHECK(change.n > last_);
    last_ = change.n;
    take(change);
  }
  void caught_up(std::uint64_t n) override { reached_ = n; }
  void begin_rebuild(std::uint64_t) override {
    ++rebuilds;
    held.clear();
    reached_ = last_ = 0;
    damaged_ = false;
  }
  void add(const ViewChange& change, RecordLookup&) override {
    if (throw_in_add) throw std::runtime_error("add");
    CHECK(change.record);
    take(change);
    if (on_add) on_add();
  }

  std::map<std::string, std::string> held;
  int applied = 0;
  int rebuilds = 0;
  bool throw_in_apply = false;
  bool no_memory_in_apply = false;
  bool throw_in_add = false;
  std::function<void()> on_add;
  std::uint64_t reached_ = 0;
  bool damaged_ = false;

 private:
  void take(const ViewChange& change) {
    if (change.record) {
      held[std::string(change.id)] = test::name_of(*change.record);
    } else {
      held.erase(std::string(change.id));
    }
  }
  std::uint64_t last_ = 0;
};

// A keeper over a store of our own, with what the store holds to compare with.
struct Bench {
  std::unique_ptr<store::Store> store = store::Store::open(":memory:", {});
  ViewKeeper keeper{std::make_unique<TestView>()};
  TestView& view = static_cast<TestView&>(keeper.view());
  std::map<std::string, std::string> truth;

  void put(const std::string& id, const std::string& name) {
    store::Transaction t = store->write();
    const std::string body = exchange::to_json(organisation(name));
    store::Version version;
    version.body = body;
    auto row = t.find(id);
    if (row) {
      t.append(*row, version);
    } else {
      t.create(id, RecordKind::Organisation, version);
    }
    t.commit();
    truth[id] = name;
  }
  void remove(const std::string& id) {
    store::Transaction t = store->write();
    auto row = t.find(id);
    store::Version version;
    version.what = ChangeKind::Remove;
    t.append(*row, version);
    t.commit();
    truth.erase(id);
  }
  void is_right() {
    auto reading = keeper.read(*store, {}, true);
    CHECK(view.held == truth);
    CHECK(view.reached() == reading.snapshot.last_change());
  }
};

}  // namespace

TEST_CASE("a view is built once and then follows", "[engine]") {
  Bench bench;
  bench.is_right();
  bench.put("a", "A");
  bench.is_right();
  CHECK(bench.view.rebuilds == 1);
  bench.put("b", "B");
  bench.put("a", "A2");
  bench.remove("b");
  bench.is_right();
  bench.is_right();
  CHECK(bench.view.rebuilds == 1);
  CHECK(bench.view.applied == 3);
  const ViewStatus status = bench.keeper.status();
  CHECK(status.name == "test");
  CHECK(status.reached == 4);
  CHECK_FALSE(status.building);
  CHECK_FALSE(status.damaged);
}

TEST_CASE("a view that throws while it follows only costs a rebuild", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.is_right();
  bench.put("b", "B");
  bench.view.throw_in_apply = true;
  bench.is_right();
  CHECK(bench.view.rebuilds == 2);
  bench.view.throw_in_apply = false;
  bench.put("c", "C");
  bench.is_right();
  CHECK(bench.view.rebuilds == 2);
}

TEST_CASE("a damaged view only costs a rebuild", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.is_right();
  bench.view.held["a"] = "wrong";
  bench.view.damaged_ = true;
  CHECK(bench.keeper.status().damaged);
  bench.is_right();
  CHECK(bench.view.rebuilds == 2);
}

TEST_CASE("a view that is ahead of the store is of another store, and is rebuilt", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.view.held["foreign"] = "F";
  bench.view.reached_ = 1000;
  bench.is_right();
  CHECK(bench.view.rebuilds == 1);
}

TEST_CASE("a view that is far behind is rebuilt in one go", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.is_right();
  for (int i = 0; i < 400; ++i) bench.put("x" + std::to_string(i % 40), std::to_string(i));
  bench.is_right();
  CHECK(bench.view.rebuilds == 2);
  CHECK(bench.view.applied == 0);
}

TEST_CASE("what rebuilding throws goes to the caller, and the next one tries again", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.view.throw_in_add = true;
  CHECK_THROWS_AS(bench.keeper.read(*bench.store, {}, true), std::runtime_error);
  CHECK_FALSE(bench.keeper.status().building);
  bench.view.throw_in_add = false;
  bench.is_right();
}

TEST_CASE("for want of memory a view is not rebuilt", "[engine]") {
  Bench bench;
  bench.put("a", "A");
  bench.is_right();
  bench.put("b", "B");
  bench.view.no_memory_in_apply = true;
  CHECK_THROWS_AS(bench.keeper.read(*bench.store, {}, true), std::bad_alloc);
  CHECK(bench.view.rebuilds == 1);
  bench.view.no_memory_in_apply = false;
  bench.is_right();
}

TEST_CASE("a cancelled rebuild leaves a view that can be built", "[engine]") {
  Bench bench;
  for (int i = 0; i < 600; ++i) bench.put("x" + std::to_string(i), std::to_string(i));
  Task task;
  bench.view.on_add = [&] {
    if (bench.view.held.size() == 300) task.cancel.cancel();
  };
  CHECK(error_of([&] { bench.keeper.read(*bench.store, task, true); }) == ErrorCode::Cancelled);
  CHECK(bench.view.held.size() < 600);
  CHECK_FALSE(bench.keeper.status().building);
  bench.view.on_add = {};
  bench.is_right();
}

TEST_CASE("who does not want to wait is told that a view is not built", "[engine]") {
  Bench bench;
  for (int i = 0; i < 1100; ++i) bench.put("x", std::to_string(i));
  CHECK(error_of([&] { bench.keeper.read(*bench.store, {}, false); }) == ErrorCode::Busy);
  bench.is_right();
  bench.put("x", "last");
  CHECK_FALSE(error_of([&] { bench.keeper.read(*bench.store, {}, false); }));
  CHECK(bench.view.held == bench.truth);
}

TEST_CASE("readers get the view and the store at one change while others write", "[engine]") {
  const test::Scratch scratch;
  Bench bench;
  bench.store = store::Store::open(scratch / "a.koinon", {});
  bench.put("a", "0");
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 3; ++r) {
    readers.emplace_back([&] {
      while (!done) {
        auto reading = bench.keeper.read(*bench.store, {}, true);
        const auto row = reading.snapshot.find("a");
        const Record record =
            exchange::from_json(row->kind, reading.snapshot.body(row->change)).record;
        if (bench.view.held.at("a") != test::name_of(record)) ++wrong;
        if (bench.view.reached() != reading.snapshot.last_change()) ++wrong;
      }
    });
  }
  for (int i = 1; i <= 300; ++i) bench.put("a", std::to_string(i));
  done = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
}

TEST_CASE("answers show a write at once, of this handle or another", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue one = Catalogue::open(path);
  Catalogue two = Catalogue::open(path);
  for (Catalogue* writer : {&one, &two}) {
    const std::string id = writer == &one ? "a" : "b";
    writer->put({id, organisation("Xylophonia " + id), {}});
    CHECK(test::found(one, "xylophonia") == (writer == &one ? 1 : 2));
    CHECK(test::found(two, "xylophonia") == (writer == &one ? 1 : 2));
  }
  two.put({"p", project("Work", {"a", "b"}), {}});
  CHECK(one.partners("a").total == 1);
  CHECK(one.partners("a").change == 3);
  CHECK(one.graph_summary().organisations == 2);
  one.remove("p");
  CHECK(two.partners("a").total == 0);
  one.remove("a");
  CHECK(test::found(two, "xylophonia") == 1);
}

TEST_CASE("documents follow the records that they borrow words from", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  CaseStudy study;
  study.initiative = "ini";
  study.summary = {test::text("A summary")};
  study.participations = project("", {"org"}).participations;
  catalogue.put({"case", study, {}});
  CHECK(test::found(catalogue, "zephyr") == 0);
  catalogue.put({"ini", test::initiative("Zephyr"), {}});
  CHECK(test::found(catalogue, "zephyr") == 2);
  catalogue.put({"org", organisation("Quagga"), {}});
  CHECK(test::found(catalogue, "quagga") == 2);
  catalogue.put({"ini", test::initiative("Breeze"), {}});
  CHECK(test::found(catalogue, "zephyr") == 0);
  CHECK(test::found(catalogue, "breeze") == 2);
  catalogue.remove("org");
  CHECK(test::found(catalogue, "quagga") == 0);
}

TEST_CASE("an organisation without work has no partners, whichever way the view came about",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue lived = Catalogue::open(path);
  lived.put({"a", organisation("A"), {}});
  lived.put({"b", organisation("B"), {}});
  lived.put({"p", project("P", {"a", "b"}), {}});
  CHECK(lived.partners("a").component == 2);
  lived.put({"p", project("P"), {}});
  const Catalogue fresh = Catalogue::open(path);
  for (const Catalogue* catalogue : {&std::as_const(lived), &fresh}) {
    const PartnerResults results = catalogue->partners("a");
    CHECK(results.total == 0);
    CHECK(results.works == 0);
    CHECK(results.component == 1);
  }
  CHECK(error_of([&] { lived.partners("p"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { lived.partners("nobody"); }) == ErrorCode::NotFound);
}

TEST_CASE("views can be prepared, in the background or at once", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue::open(path).import_sample();
  OpenOptions options;
  options.background_views = true;
  { const Catalogue at_once = Catalogue::open(path, options); }
  const Catalogue catalogue = Catalogue::open(path, options);
  catalogue.prepare();
  const std::uint64_t change = catalogue.statistics().change;
  for (const ViewStatus& status : catalogue.views()) {
    CHECK(status.reached == change);
    CHECK_FALSE(status.damaged);
  }
  Task cancelled;
  cancelled.cancel.cancel();
  const Catalogue other = Catalogue::open(path);
  CHECK(error_of([&] { other.prepare(cancelled); }) == ErrorCode::Cancelled);
  other.prepare();
  CHECK(other.views()[0].reached == change);
}
