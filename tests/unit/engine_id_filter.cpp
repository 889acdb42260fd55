// SPDX-License-Identifier: Apache-2.0
#include "engine/id_filter.hpp"

#include <string>

#include "catch.hpp"

using koinon::engine::IdFilter;

TEST_CASE("no id that was added is called absent, and few others are not", "[engine]") {
  IdFilter filter;
  const auto id = [](int i) { return "org-" + std::to_string(i); };
  for (int i = 0; i < 500000; ++i) filter.add(id(i));
  int lost = 0;
  for (int i = 0; i < 500000; ++i) lost += filter.absent(id(i)) ? 1 : 0;
  CHECK(lost == 0);
  int mistaken = 0;
  for (int i = 500000; i < 1000000; ++i) mistaken += filter.absent(id(i)) ? 0 : 1;
  CHECK(mistaken < 50);
}
