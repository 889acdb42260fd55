// SPDX-License-Identifier: Apache-2.0
#include "index/index.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "index/search.hpp"
#include "scratch.hpp"

using namespace koinon;
namespace fs = std::filesystem;
using index::DocKey;
using index::Document;
using index::Index;
using index::IndexPlace;
using index::Snapshot;
using test::bytes_of;
using test::put_bytes;

namespace {

const index::Schema schema = {{2, 1}, 1, 1};
using Keys = std::vector<DocKey>;

Document words(const std::vector<std::string>& all) {
  Document document;
  for (const std::string& word : all) document.add_token(0, document.text_begin(0), word);
  document.add_facet(0, "c-" + all[0]);
  document.add_number(0, static_cast<std::int64_t>(all.size()));
  return document;
}

Keys found(const Snapshot& snapshot, const std::string& word) {
  Keys keys = snapshot.keys_with(word);
  std::sort(keys.begin(), keys.end());
  return keys;
}
Keys found(const Index& index, const std::string& word) {
  return found(*index.snapshot(), word);
}

IndexPlace at(const std::string& folder, bool read_only = false, std::uint64_t kind = 3) {
  return {folder, kind, read_only};
}

std::set<std::string> names(const std::string& folder) {
  std::set<std::string> all;
  for (const auto& entry : fs::directory_iterator(folder))
    all.insert(entry.path().filename().string());
  return all;
}

std::string state_in(const std::string& folder) {
  for (const std::string& name : names(folder)) {
    if (name.starts_with("state-")) return name;
  }
  return {};
}

bool in_folder(const std::string& folder, const std::string& bytes) {
  for (const std::string& name : names(folder)) {
    if (bytes_of(folder + '/' + name).find(bytes) != std::string::npos) return true;
  }
  return false;
}

void flip_middle(const std::string& path) {
  std::string bytes = bytes_of(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
  put_bytes(path, bytes);
}

// Shares no beginning with any other word, so that its bytes lie together where they lie at all.
const std::string unusual = "\xD0\xA9qzxjvk";

}  // namespace

TEST_CASE("what is not committed is not seen", "[index]") {
  Index index(schema, {});
  index.put(1, words({"a", "b"}));
  CHECK(index.snapshot()->documents() == 0);
  index.commit(5);
  CHECK(index.change() == 5);
  CHECK(found(index, "a") == Keys{1});
  index.put(2, words({"a"}));
  index.put(1, words({"c"}));
  CHECK(found(index, "a") == Keys{1});
  CHECK(found(index, "c").empty());
  CHECK(index.erase(2));
  CHECK_FALSE(index.erase(2));
  CHECK(index.snapshot()->contains(1));
  index.commit(6);
  CHECK(found(index, "a").empty());
  CHECK(found(index, "c") == Keys{1});
  CHECK(index.erase(1));
  CHECK_FALSE(index.erase(1));
  CHECK(index.snapshot()->contains(1));
  index.commit(7);
  CHECK_FALSE(index.snapshot()->contains(1));
  CHECK(index.snapshot()->documents() == 0);
  CHECK_FALSE(index.erase(99));
}

TEST_CASE("a snapshot keeps its state while the index goes on", "[index]") {
  const test::Scratch scratch;
  for (const std::string& folder : {std::string(), scratch / "i"}) {
    CAPTURE(folder);
    Index index(schema, at(folder));
    std::vector<std::shared_ptr<const Snapshot>> snapshots;
    std::vector<std::map<DocKey, int>> truths;  // by key, the version of its document
    std::map<DocKey, int> truth;
    std::mt19937 random(1);
    for (int version = 1; version <= 60; ++version) {
      for (int i = 0; i < 30; ++i) {
        const DocKey key = static_cast<DocKey>(random() % 100);
        if (random() % 4 == 0) {
          REQUIRE(index.erase(key) == (truth.erase(key) > 0));
        } else {
          index.put(key, words({"all", "v" + std::to_string(version)}));
          truth[key] = version;
        }
      }
      index.commit(static_cast<std::uint64_t>(version));
      if (version % 20 == 0) index.save(static_cast<std::uint64_t>(version), 1);
      if (version % 25 == 0) index.purge(1);
      if (version % 30 == 0) index.optimise();
      snapshots.push_back(index.snapshot());
      truths.push_back(truth);
    }
    index.clear();
    index.save(100, 1);
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
      CAPTURE(i);
      const Snapshot& snapshot = *snapshots[i];
      Keys all;
      std::map<int, Keys> by_version;
      for (const auto& [key, version] : truths[i]) {
        all.push_back(key);
        by_version[version].push_back(key);
      }
      REQUIRE(snapshot.documents() == all.size());
      REQUIRE(found(snapshot, "all") == all);
      REQUIRE(snapshot.documents_with("all") == all.size());
      for (int version = 1; version <= 60; ++version)
        REQUIRE(found(snapshot, "v" + std::to_string(version)) == by_version[version]);
    }
  }
}

TEST_CASE("an index is there again when it is opened again", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "deep/er/i";
  {
    Index index(schema, at(folder));
    CHECK(index.writable());
    CHECK(index.on_disk());
    CHECK(index.change() == 0);
    for (DocKey key = 0; key < 500; ++key)
      index.put(key, words({"k" + std::to_string(key), "all"}));
    index.save(17, 99);
    index.erase(3);
    index.put(4, words({"anew"}));
    index.save(18, 100);
    index.put(5, words({"unsaved"}));
    index.commit(19);
  }
  for (const bool read_only : {false, true}) {
    const Index index(schema, at(folder, read_only));
    CHECK(index.writable() == !read_only);
    CHECK(index.change() == 18);
    CHECK(index.stamp() == 100);
    CHECK(index.snapshot()->documents() == 499);
    CHECK(found(index, "anew") == Keys{4});
    CHECK(found(index, "k3").empty());
    CHECK(found(index, "k4").empty());
    CHECK(found(index, "k5") == Keys{5});
    CHECK(found(index, "unsaved").empty());
    CHECK(index.snapshot()->documents_with("all") == 498);
  }
}

TEST_CASE("an index that was opened goes on where it was", "[index]") {
  const test::Scratch scratch;
  std::map<DocKey, std::string> truth;
  std::mt19937 random(2);
  for (int round = 0; round < 8; ++round) {
    CAPTURE(round);
    Index index(schema, at(scratch.path()));
    CHECK(index.snapshot()->documents() == truth.size());
    for (int i = 0; i < 200; ++i) {
      const auto key = static_cast<DocKey>(random() % 300);
      if (random() % 3 == 0) {
        CHECK(index.erase(key) == (truth.erase(key) > 0));
      } else {
        truth[key] = "w" + std::to_string(random() % 50);
        index.put(key, words({truth[key]}));
      }
    }
    index.save(static_cast<std::uint64_t>(round + 1), 1);
    std::map<std::string, Keys> by_word;
    for (const auto& [key, word] : truth) by_word[word].push_back(key);
    for (int word = 0; word < 50; ++word)
      CHECK(found(index, "w" + std::to_string(word)) == by_word["w" + std::to_string(word)]);
  }
}

TEST_CASE("one index at a time writes a folder, and the others take what it saved", "[index]") {
  const test::Scratch scratch;
  auto writer = std::make_unique<Index>(schema, at(scratch.path()));
  writer->put(1, words({"first"}));
  writer->save(1, 11);
  Index reader(schema, at(scratch.path()));
  Index watcher(schema, at(scratch.path(), true));
  CHECK_FALSE(reader.writable());
  CHECK_FALSE(reader.on_disk());
  const auto old = reader.snapshot();
  for (Index* each : {&reader, &watcher}) {
    CHECK(found(*each, "first") == Keys{1});
    CHECK(each->change() == 1);
    CHECK_FALSE(each->refresh());
  }
  CHECK_FALSE(writer->refresh());

  // A reader may go on in memory; nothing of it goes to the folder.
  reader.put(7, words({"mine"}));
  reader.save(2, 5);
  CHECK(found(reader, "mine") == Keys{7});
  CHECK(names(scratch.path()).size() == 6);

  writer->put(2, words({"second"}));
  writer->erase(1);
  writer->commit(3);
  CHECK_FALSE(watcher.refresh());
  writer->save(4, 12);
  for (Index* each : {&reader, &watcher}) {
    CHECK(each->refresh());
    CHECK(each->change() == 4);
    CHECK(each->stamp() == 12);
    CHECK(found(*each, "second") == Keys{2});
    CHECK(found(*each, "first").empty());
    CHECK(found(*each, "mine").empty());
    CHECK_FALSE(each->refresh());
  }
  // Its files are gone from the folder, not from who looks at them.
  CHECK(found(*old, "first") == Keys{1});

  writer.reset();
  CHECK(Index(schema, at(scratch.path())).writable());
}

TEST_CASE("what came before a clean state is taken away without waiting for its writer",
          "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "index";
  Index writer(schema, at(folder));
  writer.put(1, words({"house"}));
  writer.put(2, words({"hxyzzyme"}));
  writer.save(1, 1);
  const std::string old_state = state_in(folder);
  std::map<std::string, std::string> old;
  for (const std::string& name : names(folder)) old[name] = bytes_of(folder + '/' + name);
  writer.erase(2);
  writer.commit(2);
  writer.purge(1);
  const std::set<std::string> clean = names(folder);
  CHECK_FALSE(in_folder(folder, "xyzzyme"));
  // As if the writer had not come to that yet.
  for (const auto& [name, bytes] : old) {
    if (clean.count(name) == 0) put_bytes(folder + '/' + name, bytes);
  }
  CHECK(in_folder(folder, "xyzzyme"));
  CHECK(names(folder).count(old_state) == 1);
  put_bytes(folder + "/999.terms", "of a segment on its way");
  const Index reader(schema, at(folder));
  CHECK_FALSE(reader.writable());
  reader.clean_folder(2, std::chrono::steady_clock::now() + std::chrono::hours(1));
  CHECK_FALSE(in_folder(folder, "xyzzyme"));
  std::set<std::string> left = clean;
  left.insert("999.terms");
  CHECK(names(folder) == left);
}

TEST_CASE("an index for reading only makes no folder", "[index]") {
  const test::Scratch scratch;
  Index index(schema, at(scratch / "none", true));
  CHECK_FALSE(index.writable());
  CHECK(index.snapshot()->documents() == 0);
  index.put(1, words({"a"}));
  index.save(1, 1);
  CHECK(found(index, "a") == Keys{1});
  CHECK_FALSE(index.refresh());
  CHECK_FALSE(fs::exists(scratch / "none"));
}

TEST_CASE("where there can be no folder the index is in memory", "[index]") {
  const test::Scratch scratch;
  put_bytes(scratch / "plain", "x");
  for (const std::string& folder : {scratch / "plain", scratch / "plain/i"}) {
    Index index(schema, at(folder));
    CHECK_FALSE(index.writable());
    index.put(1, words({"a"}));
    index.save(1, 1);
    index.purge(1);
    CHECK(found(index, "a") == Keys{1});
  }
  CHECK(bytes_of(scratch / "plain") == "x");
}

TEST_CASE("the writer removes what no state names", "[index]") {
  const test::Scratch scratch;
  Index index(schema, at(scratch.path()));
  index.put(1, words({"a"}));
  index.save(1, 1);
  const std::set<std::string> first = names(scratch.path());
  CHECK(first.size() == 6);
  CHECK(first.count("lock") == 1);
  for (const char* stray : {"state-1.part", "state-0", "state-x", "77.terms", "77.postings",
                            "3.places.part", "anything"})
    put_bytes(scratch / stray, "stray");
  {
    // Who may not write leaves all as it is.
    const Index reader(schema, at(scratch.path()));
    CHECK(found(reader, "a") == Keys{1});
    CHECK(names(scratch.path()).size() == 6 + 7);
  }
  index.put(2, words({"b"}));
  index.save(2, 1);
  const std::set<std::string> second = names(scratch.path());
  CHECK(second.size() == 1 + 1 + 2 * 4);
  CHECK(second.count("anything") == 0);
  index.optimise();
  index.save(3, 1);
  CHECK(names(scratch.path()).size() == 6);
  CHECK(found(index, "a") == Keys{1});
}

TEST_CASE("in place of a damaged state an older one is taken, or none", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  const std::string aside = scratch / "aside";
  {
    Index index(schema, at(folder));
    index.put(1, words({"old"}));
    index.save(1, 1);
    fs::copy(folder, aside, fs::copy_options::recursive);
    index.put(2, words({"new"}));
    index.save(2, 2);
  }
  flip_middle(folder + '/' + state_in(folder));
  {
    const Index index(schema, at(folder, true));
    CHECK(index.change() == 0);
    CHECK(index.snapshot()->documents() == 0);
  }
  // As it would be had the process ended before it could tidy.
  fs::copy_file(aside + '/' + state_in(aside), folder + '/' + state_in(aside));
  Index index(schema, at(folder));
  CHECK(index.change() == 1);
  CHECK(found(index, "old") == Keys{1});
  CHECK(found(index, "new").empty());
  index.put(3, words({"newer"}));
  index.save(3, 3);
  const Index again(schema, at(folder, true));
  CHECK(again.change() == 3);
  CHECK(found(again, "old") == Keys{1});
  CHECK(found(again, "newer") == Keys{3});
}

TEST_CASE("a state whose segments are cut or gone is none", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  {
    Index index(schema, at(folder));
    index.put(1, words({"a"}));
    index.save(1, 1);
  }
  for (const std::string& name : names(folder)) {
    if (name == "lock") continue;
    CAPTURE(name);
    const std::string path = folder + '/' + name;
    const std::string bytes = bytes_of(path);
    put_bytes(path, bytes.substr(0, bytes.size() - 1));
    CHECK(Index(schema, at(folder)).snapshot()->documents() == 0);
    fs::remove(path);
    CHECK(Index(schema, at(folder)).snapshot()->documents() == 0);
    put_bytes(path, bytes);
    CHECK(Index(schema, at(folder)).snapshot()->documents() == 1);
  }
}

TEST_CASE("a bit that has turned is noticed no later than when it is read", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  {
    Index index(schema, at(folder));
    for (DocKey key = 0; key < 300; ++key)
      index.put(key, words({"all", "w" + std::to_string(key % 7), "k" + std::to_string(key)}));
    index.save(1, 1);
  }
  index::Query query;
  query.clauses.resize(2);
  query.clauses[0].groups = {{{"all"}}, {{"w3"}}};
  query.clauses[0].slop = 20;
  query.clauses[1].pattern.emplace().text = "k1";
  query.facets = {0};
  const auto answer = [&] {
    const Index index(schema, at(folder, true));
    const index::Results results = index::search(*index.snapshot(), query, {});
    return std::tuple(results.total, results.hits.size(), results.facets[0].distinct);
  };
  const auto right = answer();
  REQUIRE(std::get<0>(right) > 43);
  std::mt19937 random(3);
  for (const std::string& name : names(folder)) {
    const std::string path = folder + '/' + name;
    const std::string bytes = bytes_of(path);
    for (int i = 0; i < 20 && !bytes.empty(); ++i) {
      std::string changed = bytes;
      const std::size_t byte = random() % bytes.size();
      CAPTURE(name, byte);
      changed[byte] = static_cast<char>(changed[byte] ^ (1 << random() % 8));
      put_bytes(path, changed);
      // Right, or empty, or damaged: never anything else.
      const auto error = test::error_of([&] {
        const auto told = answer();
        if (std::get<0>(told) != 0) CHECK(told == right);
      });
      if (error) CHECK(*error == ErrorCode::Damaged);
    }
    put_bytes(path, bytes);
  }
  CHECK(answer() == right);
}

TEST_CASE("after a purge no file holds a word of what was erased or replaced", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  const std::string replaced = "\xD0\xAEwvbnmq";
  Index index(schema, at(folder));
  for (DocKey key = 0; key < 200; ++key) index.put(key, words({"w" + std::to_string(key), "all"}));
  index.put(1, words({unusual, "all"}));
  index.put(2, words({replaced, "all"}));
  index.save(1, 1);
  REQUIRE(in_folder(folder, unusual));
  REQUIRE(in_folder(folder, "c-" + unusual));
  REQUIRE(in_folder(folder, replaced));
  const auto before = index.snapshot();
  index.erase(1);
  index.put(2, words({"all"}));
  index.commit(2);
  CHECK(in_folder(folder, unusual));
  index.purge(9);
  CHECK_FALSE(in_folder(folder, unusual));
  CHECK_FALSE(in_folder(folder, replaced));
  CHECK(found(index, unusual).empty());
  CHECK(found(*before, unusual) == Keys{1});
  CHECK(index.stamp() == 9);
  CHECK(index.snapshot()->documents() == 199);
  const Index again(schema, at(folder, true));
  CHECK(again.change() == 2);
  CHECK(found(again, "all").size() == 199);
}

TEST_CASE("a purge of what is in no segment yet, or alone in one", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  Index index(schema, at(folder));
  index.put(1, words({unusual}));
  index.erase(1);
  index.put(2, words({unusual}));
  index.commit(1);
  index.erase(2);
  index.commit(2);
  index.purge(1);
  CHECK_FALSE(in_folder(folder, unusual));
  index.put(3, words({unusual}));
  index.save(3, 1);
  CHECK(in_folder(folder, unusual));
  index.erase(3);
  index.purge(1);
  CHECK_FALSE(in_folder(folder, unusual));
  CHECK(index.snapshot()->documents() == 0);
  CHECK(Index(schema, at(folder, true)).snapshot()->documents() == 0);
}

TEST_CASE("an optimised index is one segment without the dead", "[index]") {
  const test::Scratch scratch;
  for (const std::string& folder : {std::string(), scratch / "i"}) {
    CAPTURE(folder);
    Index index(schema, at(folder));
    std::size_t most = 0;
    for (DocKey key = 0; key < 200; ++key) {
      index.put(key, words({"all", "w" + std::to_string(key % 10)}));
      if (key % 5 == 0) index.put(key / 2, words({"all", "again"}));
      index.commit(key + 1);
      most = std::max(most, index.snapshot()->segments().size());
    }
    CHECK(most > 1);
    CHECK(most < 30);
    const Keys again = found(index, "again");
    index.optimise();
    const auto snapshot = index.snapshot();
    REQUIRE(snapshot->segments().size() == 1);
    CHECK(snapshot->segments()[0].dead_count == 0);
    CHECK(snapshot->segments()[0].segment->documents() == 200);
    CHECK(found(index, "all").size() == 200);
    CHECK(found(index, "again") == again);
    index.optimise();
    CHECK(index.snapshot()->segments()[0].segment == snapshot->segments()[0].segment);
    for (DocKey key = 0; key < 200; ++key) index.erase(key);
    index.commit(300);
    index.optimise();
    CHECK(index.snapshot()->segments().empty());
  }
}

TEST_CASE("what another schema or other rules have saved is passed over", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "i";
  {
    Index index(schema, at(folder));
    index.put(1, words({"a"}));
    index.save(1, 1);
  }
  CHECK(Index(schema, at(folder, true, 4)).snapshot()->documents() == 0);
  CHECK(Index(schema, at(folder, true, 4)).change() == 0);
  const index::Schema wider = {{2, 1}, 2, 1};
  CHECK(Index(wider, at(folder, true)).snapshot()->documents() == 0);
  CHECK(Index(schema, at(folder, true)).snapshot()->documents() == 1);
  // Whoever writes next makes it theirs.
  {
    Index index(wider, at(folder, false, 4));
    CHECK(index.snapshot()->documents() == 0);
    index.put(2, words({"b"}));
    index.save(1, 1);
  }
  CHECK(found(Index(wider, at(folder, true, 4)), "b") == Keys{2});
  CHECK(Index(schema, at(folder, true)).snapshot()->documents() == 0);
  CHECK(names(folder).size() == 6);
}

TEST_CASE("a cleared index is empty, and what is on disk stays until it is saved", "[index]") {
  const test::Scratch scratch;
  Index index(schema, at(scratch.path()));
  index.put(1, words({"a"}));
  index.save(4, 5);
  index.put(2, words({"b"}));
  index.clear();
  CHECK(index.change() == 0);
  CHECK(index.stamp() == 0);
  CHECK(index.snapshot()->documents() == 0);
  CHECK(Index(schema, at(scratch.path(), true)).snapshot()->documents() == 1);
  index.save(6, 7);
  CHECK(index.snapshot()->documents() == 0);
  CHECK(Index(schema, at(scratch.path(), true)).snapshot()->documents() == 0);
}

TEST_CASE("fields that the schema does not have are refused", "[index]") {
  Index index(schema, {});
  Document document;
  document.add_token(2, 0, "a");
  CHECK(test::error_of([&] { index.put(1, document); }) == ErrorCode::InvalidArgument);
  document.clear();
  document.add_facet(1, "a");
  CHECK(test::error_of([&] { index.put(1, document); }) == ErrorCode::InvalidArgument);
  document.clear();
  document.add_number(1, 1);
  CHECK(test::error_of([&] { index.put(1, document); }) == ErrorCode::InvalidArgument);
  for (const index::Schema& bad :
       {index::Schema{{}, 0, 0}, index::Schema{std::vector<double>(17, 1.0), 0, 0},
        index::Schema{{0}, 0, 0}, index::Schema{{0.3}, 0, 0}, index::Schema{{-1}, 0, 0},
        index::Schema{{1025}, 0, 0}, index::Schema{{1}, 256, 0}, index::Schema{{1}, 0, 256}})
    CHECK(test::error_of([&] { Index(bad, {}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("large segments are merged behind the back of who writes, and nothing is lost",
          "[index]") {
  const test::Scratch scratch;
  for (const std::string& folder : {std::string(), scratch / "i"}) {
    CAPTURE(folder);
    Index index(schema, at(folder));
    std::uint64_t change = 0;
    for (DocKey key = 0; key < 20000; ++key) {
      index.put(key, words({"all", "m" + std::to_string(key % 3)}));
      if (key % 2100 == 2099) index.save(++change, 1);
      if (key % 7 == 6) index.erase(key - 5);
    }
    index.save(++change, 1);
    CHECK(index.snapshot()->documents() == 20000 - 20000 / 7);
    CHECK(found(index, "all").size() == 20000 - 20000 / 7);
  }
  CHECK(found(Index(schema, at(scratch / "i", true)), "all").size() == 20000 - 20000 / 7);
}
