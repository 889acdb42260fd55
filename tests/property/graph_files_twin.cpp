// SPDX-License-Identifier: Apache-2.0
//
// Random graphs go into each format and come back; the slow, obvious comparison is cell by cell and
// bit by bit.
#include <bit>
#include <cmath>

#include "catch.hpp"
#include "graph_file_formats.hpp"
#include "random_graph_file.hpp"

using koinon::graph::GraphColumn;
using koinon::graph::GraphFile;

namespace {

bool same_number(double a, double b) {
  if (std::isnan(a)) return std::isnan(b);
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

void check_same(const std::vector<GraphColumn>& told, const std::vector<GraphColumn>& read) {
  REQUIRE(told.size() == read.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    CAPTURE(told[i].name);
    REQUIRE(read[i].name == told[i].name);
    REQUIRE(read[i].numeric == told[i].numeric);
    REQUIRE(read[i].texts == told[i].texts);
    REQUIRE(read[i].numbers.size() == told[i].numbers.size());
    for (std::size_t row = 0; row < told[i].numbers.size(); ++row) {
      CAPTURE(row, told[i].numbers[row], read[i].numbers[row]);
      REQUIRE(same_number(told[i].numbers[row], read[i].numbers[row]));
    }
  }
}

}  // namespace

TEST_CASE("any graph comes back from any format as it was", "[graph]") {
  for (const auto& format : graph_file_formats::all()) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      CAPTURE(format.name, seed);
      const GraphFile graph = random_graph_file::make(seed);
      const GraphFile read = format.there_and_back(graph);
      REQUIRE(read.vertices == graph.vertices);
      REQUIRE(read.from == graph.from);
      REQUIRE(read.to == graph.to);
      check_same(graph.vertex_columns, read.vertex_columns);
      check_same(graph.edge_columns, read.edge_columns);
      check_same(format.tells_about ? graph.about : std::vector<GraphColumn>(), read.about);
    }
  }
}
