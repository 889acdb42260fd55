// SPDX-License-Identifier: Apache-2.0
#include "text/word_features.hpp"

#include <xxhash.h>

#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace koinon;

TEST_CASE("the features of a text are its words and the pieces of their skeletons", "[text]") {
  std::vector<text::Feature> features;
  text::features_of("Φως, ab AB", 2, 3, features);
  // <fos> has 4 pieces of two characters and 3 of three; <ab> 3 and 2.
  REQUIRE(features.size() == 1 + 7 + 1 + 5);
  CHECK(features[0].hash == XXH3_64bits("φωσ", 6));
  CHECK(features[0].weight == 1);
  CHECK(features[1].kind == text::Feature::Kind::Gram);
  CHECK(features[1].hash == XXH3_64bits_withSeed("<f", 2, 1));
  CHECK(features[7].hash == XXH3_64bits_withSeed("os>", 3, 1));
  CHECK(features[7].weight == Approx(1 / std::sqrt(7)));
  CHECK(features[8].kind == text::Feature::Kind::Word);
  CHECK(features[8].weight == Approx(std::log2(3)));
  CHECK(features[13].weight == Approx(std::log2(3) / std::sqrt(5)));
}

TEST_CASE("pieces are of characters and not of bytes", "[text]") {
  std::vector<text::Feature> features;
  text::features_of("東京", 3, 9, features);
  // <東京, 東京> and the whole, which is not longer than 9.
  REQUIRE(features.size() == 4);
  CHECK(features[3].hash == XXH3_64bits_withSeed("<東京>", 8, 1));
  text::features_of(" \xFF ", 1, 2, features);
  CHECK(features.empty());
}

TEST_CASE("a text is known by its first different words", "[text]") {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "w" + std::to_string(i) + ' ';
  text::DistinctWords words;
  words.gather(many + "w0 w999");
  REQUIRE(words.size() == text::max_distinct_words);
  CHECK(words.word(511) == "w511");
  CHECK(words.weight(0) == Approx(std::log2(3)));
  std::string marks = "e";
  for (int i = 0; i < 5000; ++i) marks += "\u0301";
  words.gather(marks);
  REQUIRE(words.size() == 1);
  CHECK(words.word(0) == "e");
}
