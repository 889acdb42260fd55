// SPDX-License-Identifier: Apache-2.0
#include "text/analyse.hpp"

#include <string>

#include "catch.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"

using namespace koinon::text;

TEST_CASE("a text becomes folded words and stems with their places", "[text]") {
  const std::string text = "Les Écoles, l'été";
  const auto found = analyse(text, "fr");
  REQUIRE(found.size() == 4);
  CHECK(found[1].surface == "ecoles");
  CHECK(found[1].stem == fold(stem("écoles", "fr")));
  CHECK(text.substr(found[1].begin, found[1].end - found[1].begin) == "Écoles");
  CHECK(found[3].surface == "ete");
  CHECK(found[3].position == 3);
}

TEST_CASE("a language without a stemmer has no stems", "[text]") {
  for (const char* tag : {"tr", "und", "", "nonsense"}) {
    const auto found = analyse("Škole", tag);
    REQUIRE(found.size() == 1);
    CHECK(found[0].surface == "skole");
    CHECK(found[0].stem.empty());
  }
}

TEST_CASE("words that fold to nothing are left out and keep their place", "[text]") {
  const auto found = analyse("a \xE1\x85\x9F b", "en");  // U+115F, a filler
  REQUIRE(!found.empty());
  CHECK(found.back().surface == "b");
  CHECK(found.back().position == 2);
}

TEST_CASE("the cache changes nothing", "[text]") {
  Analyser cached(4);
  const char* texts[] = {"Schule Schulen Schule Jugend", "school Schools youth",
                         "Schule und Arbeit"};
  for (int round = 0; round < 3; ++round) {
    for (const char* text : texts) {
      for (const char* language : {"de", "en", "hr", "tr"}) {
        const auto expected = analyse(text, language);
        const auto got = cached.run(text, language);
        REQUIRE(got.size() == expected.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
          CHECK(got[i].surface == expected[i].surface);
          CHECK(got[i].stem == expected[i].stem);
          CHECK(got[i].begin == expected[i].begin);
          CHECK(got[i].end == expected[i].end);
        }
      }
    }
  }
}
