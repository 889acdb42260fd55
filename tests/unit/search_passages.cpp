// SPDX-License-Identifier: Apache-2.0
#include "search/passages.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using koinon::search::passages;

using Texts = std::vector<std::string_view>;

TEST_CASE("a passage is a sentence, or short ones together", "[search]") {
  CHECK(passages("One two three four five six. Seven eight nine ten eleven twelve! End") ==
        Texts{"One two three four five six", "Seven eight nine ten eleven twelve", "End"});
  CHECK(passages("Yes. No. One two three four. Five") ==
        Texts{"Yes. No. One two three four", "Five"});
  CHECK(passages("one two three four five six\nseven") ==
        Texts{"one two three four five six", "seven"});
  // A point inside a number ends nothing.
  CHECK(passages("one two three four five 1.250 seven eight").size() == 1);
}

TEST_CASE("passages are few, not too long, and none where there is no word", "[search]") {
  CHECK(passages("").empty());
  CHECK(passages(" ?! ").empty());
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  CHECK(passages(text).size() == koinon::search::max_passages);
  CHECK(passages(text)[0].size() == 48 * 5 - 1);
  CHECK(passages(text, 2).size() == 2);
  CHECK(passages(std::string(1000000, 'x')).size() == 1);
  CHECK(passages("\xFF\xFE").empty());
}
