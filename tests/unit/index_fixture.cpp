// SPDX-License-Identifier: Apache-2.0
//
// Folders that earlier versions of the format wrote must stay readable, or be passed over as a
// whole. What stands in them is told here by arithmetic, so that it can be compared in full.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "catch.hpp"
#include "index/index.hpp"
#include "index/nearest.hpp"
#include "index/search.hpp"
#include "index_content.hpp"
#include "scratch.hpp"

using namespace koinon;
namespace fs = std::filesystem;
using index::DocKey;
using index::Document;
using index::Index;

namespace {

constexpr std::size_t dimension = 64;
const index::Schema schema = {{2.5, 1}, 2, 1, dimension};
constexpr std::uint64_t kind = 7;
constexpr DocKey documents = 700;
const char* const version_3 = KOINON_TEST_DIR "/fixtures/index-v3";

std::vector<float> vector(DocKey number) {
  std::vector<float> made;
  for (DocKey i = 0; i < dimension; ++i)
    made.push_back(static_cast<float>((number * 31 + i * i * 17) % 997) - 498);
  return made;
}

// Every form that a term can take: in one document, in a tail only, in full blocks, with weights
// that differ, with many places, with a byte below 0x20 before it.
Document document(DocKey key) {
  Document made;
  const auto say = [&](index::FieldId field, std::uint32_t position, const std::string& word) {
    made.add_token(field, position, word);
  };
  say(0, 0, "every");
  say(0, 1, "title" + std::to_string(key % 5));
  say(1, 0, "one" + std::to_string(key));
  for (std::uint32_t i = 0; i <= key % 9; ++i) say(1, 2 + 3 * i, "ångström");
  if (key % 3 == 0) say(1, 1, std::string("\x01") + "sv:ångström");
  if (key % 100 == 0) {
    for (std::uint32_t i = 0; i < 150; ++i) say(1, 100 + i, "again");
  }
  made.add_facet(0, "country-" + std::to_string(key % 4));
  if (key % 2 == 0) made.add_facet(1, "theme-a"), made.add_facet(1, "theme-b");
  if (key % 7 != 0) made.add_number(0, static_cast<std::int64_t>(key) * 1000 - 100000);
  for (DocKey i = 0; i < key % 3; ++i) made.add_vector(vector(key + i));
  return made;
}

// Two segments, the first with documents that were erased and one that is told anew by the second.
void fill(Index& index) {
  for (DocKey key = 0; key < documents; ++key) index.put(key, document(key));
  index.save(1, 11);
  for (DocKey key = documents; key < documents + 9; ++key) index.put(key, document(key));
  index.put(4, document(3));
  index.erase(0);
  index.erase(documents - 1);
  index.save(2, 22);
}

// As if a later version of the format had written it: the number in the trailer, and its checksum.
void put_version(const std::string& path, std::uint32_t version) {
  constexpr std::size_t trailer = 40;
  std::string bytes = test::bytes_of(path);
  char* const at = bytes.data() + bytes.size() - trailer;
  std::memcpy(at + 4, &version, sizeof version);
  const std::uint64_t checksum = XXH3_64bits(at, trailer - sizeof checksum);
  std::memcpy(at + trailer - sizeof checksum, &checksum, sizeof checksum);
  test::put_bytes(path, bytes);
}

}  // namespace

TEST_CASE("makes the index fixture of version 3", "[.fixture]") {
  fs::remove_all(version_3);
  Index index(schema, {version_3, kind, false});
  fill(index);
}

TEST_CASE("an index that version 3 of the format wrote is read whole", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "index";
  fs::copy(version_3, folder);
  const Index told(schema, {folder, kind, true});
  Index wanted(schema, {});
  fill(wanted);
  CHECK(told.change() == 2);
  CHECK(told.stamp() == 22);
  CHECK(told.snapshot()->segments().size() == 2);
  CHECK(test::content_of(*told.snapshot()) == test::content_of(*wanted.snapshot()));

  index::Query phrase;
  phrase.limit = 1000;
  phrase.clauses.emplace_back().groups = {{{"every"}}, {{"title3"}}};
  const index::Results here = index::search(*told.snapshot(), phrase, {});
  const index::Results there = index::search(*wanted.snapshot(), phrase, {});
  REQUIRE(here.hits.size() == there.hits.size());
  CHECK(here.hits.size() == documents / 5 + 3);  // 703, 708, and 4, which is now said as 3 is
  for (std::size_t i = 0; i < here.hits.size(); ++i) {
    CHECK(here.hits[i].doc == there.hits[i].doc);
    CHECK(here.hits[i].score == Approx(there.hits[i].score));
  }

  index::NearestRequest request;
  request.pool = 20;  // so that signs count
  const auto near = index::nearest(*told.snapshot(), vector(302), request, {}).nearest;
  const auto same = index::nearest(*wanted.snapshot(), vector(302), request, {}).nearest;
  REQUIRE(near.size() == same.size());
  CHECK(near.at(0).key == 302);
  for (std::size_t i = 0; i < near.size(); ++i) {
    CHECK(near[i].key == same[i].key);
    CHECK(near[i].cosine == same[i].cosine);
  }
}

TEST_CASE("an index that an earlier version of the format wrote is passed over", "[index]") {
  const Index index(schema, {KOINON_TEST_DIR "/fixtures/index-v2", kind, true});
  CHECK(index.change() == 0);
  CHECK(index.snapshot()->documents() == 0);
}

TEST_CASE("an index that a later version of the format wrote is passed over", "[index]") {
  const test::Scratch scratch;
  const std::string folder = scratch / "index";
  fs::copy(version_3, folder);
  put_version(folder + "/state-2", 3);  // as it was: so the checksum is right
  CHECK(Index(schema, {folder, kind, true}).change() == 2);
  SECTION("its state") {
    put_version(folder + "/state-2", 4);
  }
  SECTION("one of its segments") {
    put_version(folder + "/4.places", 4);
  }
  const Index index(schema, {folder, kind, true});
  CHECK(index.change() == 0);
  CHECK(index.snapshot()->documents() == 0);
}
