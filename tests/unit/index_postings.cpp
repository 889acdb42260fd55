// SPDX-License-Identifier: Apache-2.0
#include "index/postings.hpp"

#include <vector>

#include "catch.hpp"

using namespace koinon::index;

namespace {

struct Written {
  BytePool pool;
  Dictionary dictionary;
  std::vector<std::uint8_t> scratch;

  void add(const char* term, std::uint32_t document, const std::vector<Place>& places) {
    const std::uint32_t number = dictionary.add(term, pool);
    append_posting(pool, dictionary.at(number), document, places, scratch);
  }
  GroupCursor group(const std::vector<const char*>& terms) const {
    std::vector<const Term*> found;
    for (const char* term : terms) found.push_back(dictionary.find(term));
    return {pool, found};
  }
};

constexpr Boosts boosts = {3, 2, 1.5};

}  // namespace

TEST_CASE("postings come back as written", "[index]") {
  Written written;
  const std::vector<Place> first = {place_of(0, 0), place_of(0, 200), place_of(2, 5)};
  const std::vector<Place> second = {place_of(15, max_position)};
  written.add("a", 0, first);
  written.add("a", 7, second);
  written.add("a", 4000000000U, first);
  PostingCursor cursor(written.pool, *written.dictionary.find("a"));
  std::vector<Place> places;
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 0);
  CHECK(cursor.weighted_frequency(boosts) == 7.5);
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 7);
  cursor.append_places(places);
  CHECK(places == second);
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 4000000000U);
  CHECK_FALSE(cursor.next());  // the places of the last one were never read
}

TEST_CASE("a group of terms counts a position once", "[index]") {
  Written written;
  written.add("a", 1, {place_of(0, 3), place_of(1, 1)});
  written.add("b", 1, {place_of(0, 3), place_of(0, 4)});
  written.add("b", 2, {place_of(0, 0)});
  written.add("a", 9, {place_of(2, 2)});
  GroupCursor cursor = written.group({"a", "b"});
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 1);
  CHECK(cursor.weighted_frequency(boosts) == 8);
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 2);
  REQUIRE(cursor.next());
  CHECK(cursor.document() == 9);
  CHECK(cursor.places() == std::vector<Place>{place_of(2, 2)});
  CHECK_FALSE(cursor.next());
  CHECK_FALSE(written.group({}).next());
}
