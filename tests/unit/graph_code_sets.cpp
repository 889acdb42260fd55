// SPDX-License-Identifier: Apache-2.0
#include "graph/code_sets.hpp"

#include "catch.hpp"

using koinon::graph::CodeSets;

TEST_CASE("a vertex has the codes that it was told last, and none before", "[graph]") {
  CodeSets sets;
  CHECK(sets.of(7).empty());
  sets.set(7, std::vector<std::string>{"care", "skills", "care"});
  CHECK(sets.of(7) == std::vector<std::string>{"care", "skills"});
  CHECK(sets.of(3).empty());
  sets.set(7, "housing");
  CHECK(sets.of(7) == std::vector<std::string>{"housing"});
  sets.set(7, "");
  CHECK(sets.of(7).empty());
}

TEST_CASE("the codes that there are, are those of vertices as they are now", "[graph]") {
  CodeSets sets;
  CHECK(sets.codes().empty());
  sets.set(5, std::vector<std::string>{"skills", "care"});
  sets.set(9, "care");
  sets.set(2, "housing");
  CHECK(sets.codes() == std::vector<std::string>{"care", "housing", "skills"});
  sets.set(5, "");
  CHECK(sets.codes() == std::vector<std::string>{"care", "housing"});
}

TEST_CASE("vertices are found by any of several codes", "[graph]") {
  CodeSets sets;
  sets.set(0, std::vector<std::string>{"care", "skills"});
  sets.set(2, "skills");
  sets.set(70, "housing");
  const auto found = sets.having_any({"skills", "housing", "nothing"});
  CHECK(found.test(0));
  CHECK_FALSE(found.test(1));
  CHECK(found.test(2));
  CHECK(found.test(70));
  CHECK_FALSE(found.test(71));
  CHECK_FALSE(sets.having_any({}).test(0));
}
