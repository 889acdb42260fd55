// SPDX-License-Identifier: Apache-2.0
//
// Small random graphs with columns, from fixed seeds: what people write into names, and worse.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "graph/files/graph_file.hpp"

namespace random_graph_file {

using koinon::graph::GraphColumn;
using koinon::graph::GraphFile;
using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t count) {
  return static_cast<std::size_t>(random() % count);
}

inline std::string text(Random& random) {
  static const std::vector<std::string> pieces = {
      "a",  "Z",    "0",        "_x0041_", "_x0001_", "_x005F",       "_",  "x", "\x01",  "\x1f",
      "\t", "\n",   "\r\n",     "\r",      "\"",      "\"\"",         ",",  ";", "<",     ">",
      "&",  "&lt;", "]]>",      "'",       "\\",      "\\u0041",      " ",  "é", "Ελλάς", "😀",
      "=1", "NaN",  "Infinity", "1e5",     "true",    "\xEF\xBF\xBF", "{}", "/", "\x7f",  "-0"};
  std::string made;
  for (std::size_t left = below(random, 6); left > 0; --left)
    made += pieces[below(random, pieces.size())];
  return made;
}

/// Any bits at all but those of a NaN with a story to tell.
inline double number(Random& random) {
  switch (below(random, 8)) {
    case 0:
      return std::numeric_limits<double>::quiet_NaN();
    case 1:
      return below(random, 2) == 0 ? HUGE_VAL : -HUGE_VAL;
    case 2:
      return below(random, 2) == 0 ? 0.0 : -0.0;
    case 3:
      return static_cast<double>(below(random, 100));
    case 4:
      return 1.0 / static_cast<double>(1 + below(random, 100));
    default: {
      const std::uint64_t bits = random();
      double made = 0;
      std::memcpy(&made, &bits, sizeof made);
      return std::isnan(made) ? std::numeric_limits<double>::denorm_min() : made;
    }
  }
}

inline GraphColumn column(Random& random, const std::string& name, bool numeric, std::size_t rows) {
  GraphColumn made;
  made.name = name;
  made.numeric = numeric;
  for (std::size_t i = 0; i < rows; ++i) {
    if (numeric)
      made.numbers.push_back(number(random));
    else
      made.texts.push_back(text(random));
  }
  return made;
}

inline GraphFile make(std::uint64_t seed) {
  Random random(seed);
  GraphFile graph;
  const std::size_t vertices = below(random, 12);
  // The number makes ids differ, whatever else is in them.
  for (std::size_t i = 0; i < vertices; ++i)
    graph.vertices.push_back(text(random) + std::to_string(i) + text(random));
  for (std::size_t left = vertices == 0 ? 0 : below(random, 20); left > 0; --left) {
    graph.from.push_back(static_cast<std::uint32_t>(below(random, vertices)));
    graph.to.push_back(static_cast<std::uint32_t>(below(random, vertices)));
  }
  graph.vertex_columns = {column(random, "name", false, vertices),
                          column(random, "zeta", true, vertices),
                          column(random, "a \"b\" <c>", false, vertices)};
  graph.edge_columns = {column(random, "weight", true, graph.from.size()),
                        column(random, "role", false, graph.from.size())};
  graph.about = {column(random, "what", false, 1), column(random, "change", true, 1)};
  return graph;
}

}  // namespace random_graph_file
