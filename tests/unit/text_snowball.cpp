// SPDX-License-Identifier: Apache-2.0
#include "text/snowball.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"

using namespace koinon::text;

namespace {

const std::vector<std::string> names = {
    "danish", "dutch",   "english",    "finnish",    "french",   "german",  "greek",  "hungarian",
    "irish",  "italian", "lithuanian", "portuguese", "romanian", "spanish", "swedish"};

}  // namespace

TEST_CASE("Snowball gives the stems of its golden lists", "[text]") {
  if (snowball_algorithm("estonian")) {
    WARN(
        "skipped: tests/fixtures/languages/snowball was made with libstemmer 2, this is a later "
        "one");
    return;
  }
  for (const std::string& name : names) {
    const auto algorithm = snowball_algorithm(name);
    REQUIRE(algorithm);
    std::ifstream file(std::string(KOINON_TEST_DIR) + "/fixtures/languages/snowball/" + name +
                       ".txt");
    std::size_t count = 0;
    for (std::string word, stem; file >> word >> stem; ++count) {
      CAPTURE(name, word);
      CHECK(snowball_stem(word, *algorithm) == stem);
    }
    CAPTURE(name);
    CHECK(count == 160);
  }
}

TEST_CASE("algorithms are known by their names alone", "[text]") {
  const auto all = snowball_algorithms();
  for (const std::string& name : names) CHECK(std::find(all.begin(), all.end(), name) != all.end());
  for (const char* name : {"", "de", "German", "german ", "nonesuch"})
    CHECK_FALSE(snowball_algorithm(name));
}

TEST_CASE("odd words do Snowball no harm", "[text]") {
  for (const std::string& name : snowball_algorithms()) {
    const std::size_t algorithm = snowball_algorithm(name).value();
    CHECK(snowball_stem("", algorithm).empty());
    for (const char* word : {"\xFF\xC3", "\xCC\x81", "\xE2\x82", "y", "2026"})
      CHECK(snowball_stem(word, algorithm).size() <= 8);
    CHECK(!snowball_stem(std::string(1U << 20U, 'e'), algorithm).empty());
  }
}

TEST_CASE("a word may hold bytes that end strings", "[text]") {
  const std::size_t english = snowball_algorithm("english").value();
  CHECK(snowball_stem(std::string("a\0schools", 9), english) == std::string("a\0school", 8));
}

TEST_CASE("threads have Snowball stemmers of their own", "[text]") {
  const std::size_t finnish = snowball_algorithm("finnish").value();
  const std::string expected = snowball_stem("kouluissa", finnish);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 500; ++k)
        wrong[i] += snowball_stem("kouluissa", finnish) != expected ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}
