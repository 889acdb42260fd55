// SPDX-License-Identifier: Apache-2.0
#include "index/document.hpp"

#include <string>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using index::Document;

TEST_CASE("a document counts its tokens and keeps texts apart", "[index]") {
  Document document;
  CHECK(document.text_begin(0) == 0);
  document.add_token(0, 0, "koulu",
                     "\x01"
                     "fi:koulu");
  document.add_token(0, 1, "x");
  CHECK(document.length() == 2);
  CHECK(document.occurrences().size() == 3);
  CHECK(document.text_begin(0) == 2 + index::text_gap);
  CHECK(document.text_begin(1) == 0);
  document.add_token(1, 0, "", "");
  CHECK(document.length() == 2);
  document.add_token(1, 0, "same", "same");
  CHECK(document.occurrences().size() == 4);
  document.add_facet(2, "c");
  CHECK(document.facets().size() == 1);
  document.add_number(1, 5);
  document.add_mark(
      "\x02"
      "org-1");
  CHECK(document.length() == 3);
  CHECK(document.occurrences().size() == 5);
  document.clear();
  CHECK(document.occurrences().empty());
  CHECK(document.facets().empty());
  CHECK(document.length() == 0);
  CHECK(document.numbers().empty());
  CHECK(document.text_begin(0) == 0);
}

TEST_CASE("a document refuses what postings cannot hold", "[index]") {
  Document document;
  CHECK_THROWS_AS(document.add_token(index::max_fields, 0, "a"), Error);
  CHECK_THROWS_AS(document.add_token(0, index::max_position + 1, "a"), Error);
  CHECK_THROWS_AS(document.add_token(0, 0, std::string(index::max_term_bytes + 1, 'a')), Error);
  CHECK_NOTHROW(document.add_token(15, index::max_position, std::string(65535, 'a')));
}
