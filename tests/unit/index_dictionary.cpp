// SPDX-License-Identifier: Apache-2.0
#include "index/dictionary.hpp"

#include <string>

#include "catch.hpp"

using namespace koinon::index;

TEST_CASE("terms are numbered in order of arrival and found again", "[index]") {
  BytePool pool;
  Dictionary dictionary;
  CHECK(dictionary.find("a") == nullptr);
  for (std::uint32_t i = 0; i < 20000; ++i) {
    REQUIRE(dictionary.add("t" + std::to_string(i), pool) == i);
  }
  for (std::uint32_t i = 0; i < 20000; ++i) {
    const std::string spelling = "t" + std::to_string(i);
    REQUIRE(dictionary.add(spelling, pool) == i);
    const Term* term = dictionary.find(spelling);
    REQUIRE(term != nullptr);
    REQUIRE(dictionary.spelling(*term) == spelling);
  }
  CHECK(dictionary.size() == 20000);
  CHECK(dictionary.find("t20000") == nullptr);
  CHECK(dictionary.find("") == nullptr);
  CHECK(dictionary.memory_bytes() > 20000 * sizeof(Term));
}

TEST_CASE("terms are bytes", "[index]") {
  BytePool pool;
  Dictionary dictionary;
  const std::string odd("\0\xFF", 2);
  dictionary.add(odd, pool);
  dictionary.add("", pool);
  CHECK(dictionary.find(odd) != nullptr);
  CHECK(dictionary.find(std::string("\0", 1)) == nullptr);
  CHECK(dictionary.find("") != nullptr);
}
