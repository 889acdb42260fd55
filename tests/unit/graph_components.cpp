// SPDX-License-Identifier: Apache-2.0
#include "graph/components.hpp"

#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("an empty graph has no components", "[graph]") {
  const IncidenceGraph graph;
  const auto components = connected_components(graph);
  CHECK(components.of_member.empty());
  CHECK(components.sizes.empty());
  CHECK(components.largest() == 0);
  CHECK_THROWS_AS(component_size(graph, 0), std::out_of_range);
}

TEST_CASE("members without works and works without members are in no component", "[graph]") {
  const IncidenceGraph graph({}, 1, 1);
  const auto components = connected_components(graph);
  CHECK(components.of_member == Numbers{no_component});
  CHECK(components.sizes.empty());
  CHECK(component_size(graph, 0) == 1);
}

TEST_CASE("a member alone in its works is a component of one", "[graph]") {
  const std::vector<Incidence> rows = {{1, 0}, {1, 1}, {1, 1, 2}};
  const IncidenceGraph graph(rows, 2, 2);
  const auto components = connected_components(graph);
  CHECK(components.of_member == Numbers{no_component, 0});
  CHECK(components.sizes == Numbers{1});
  CHECK(component_size(graph, 1) == 1);
}

TEST_CASE("components are numbered by their smallest member", "[graph]") {
  // 1-4 over work 2, 2-5-6 over works 0 and 1, 3 alone, 0 without work.
  const std::vector<Incidence> rows = {{5, 0}, {2, 0}, {6, 1}, {5, 1}, {4, 2}, {1, 2}, {3, 3}};
  const IncidenceGraph graph(rows, 7, 4);
  const auto components = connected_components(graph);
  CHECK(components.of_member == Numbers{no_component, 0, 1, 2, 0, 1, 1});
  CHECK(components.sizes == Numbers{2, 3, 1});
  CHECK(components.largest() == 3);
  CHECK(component_size(graph, 6) == 3);
  CHECK(component_size(graph, 3) == 1);
}

TEST_CASE("a chain of 100,000 works is one component", "[graph]") {
  std::vector<Incidence> rows;
  for (std::uint32_t w = 0; w < 100'000; ++w) {
    rows.push_back({w, w});
    rows.push_back({w + 1, w});
  }
  const IncidenceGraph graph(rows, 100'001, 100'000);
  CHECK(connected_components(graph).sizes == Numbers{100'001});
  CHECK(component_size(graph, 50'000) == 100'001);
}

TEST_CASE("components follow the changes of a dynamic incidence", "[graph]") {
  const std::vector<Incidence> rows = {{0, 0}, {1, 0}, {1, 1}, {2, 1}};
  DynamicIncidence graph(IncidenceGraph(rows, 3, 2));
  CHECK(connected_components(graph).sizes == Numbers{3});
  graph.remove(0);
  CHECK(connected_components(graph).of_member == Numbers{no_component, 0, 0});
  CHECK(component_size(graph, 0) == 1);
  CHECK(component_size(graph, 2) == 2);
}
