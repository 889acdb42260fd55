// SPDX-License-Identifier: Apache-2.0
#include "domain/kinds.hpp"

#include <set>
#include <string>

#include "catch.hpp"
#include "fill.hpp"
#include "koinon/catalogue.hpp"

using namespace koinon;
using namespace koinon::domain;

TEST_CASE("each kind makes its own record, and is told by its name", "[domain]") {
  std::set<std::string> names;
  std::set<std::string> prefixes;
  for (const RecordKind kind : test::all_kinds()) {
    CHECK(kind_of(make_record(kind)) == kind);
    CHECK(kind_from_name(kind_name(kind)) == kind);
    CHECK(is_record_id(id_prefixes[static_cast<std::size_t>(kind)]));
    names.insert(kind_name(kind));
    prefixes.insert(id_prefixes[static_cast<std::size_t>(kind)]);
  }
  CHECK(names.size() == test::all_kinds().size());
  CHECK(prefixes.size() == test::all_kinds().size());
  CHECK_FALSE(kind_from_name("Organisation"));
  CHECK_FALSE(kind_from_name(""));
}

TEST_CASE("an id begins with a letter or digit and has at most 64 plain characters", "[domain]") {
  for (const std::string& good :
       {std::string("a"), std::string("0"), std::string("org-1:x_y.Z"), std::string(64, 'a')}) {
    CAPTURE(good);
    CHECK(is_record_id(good));
  }
  for (const std::string& bad :
       {std::string(), std::string(65, 'a'), std::string("-a"), std::string(".a"),
        std::string("a b"), std::string("a/b"), std::string("ä"), std::string("a\n"),
        std::string("a\0b", 3), std::string("a\"b"), std::string("a%")}) {
    CAPTURE(bad);
    CHECK_FALSE(is_record_id(bad));
  }
}
