// SPDX-License-Identifier: Apache-2.0
//
// The formats of graph files as pairs of functions from graph to bytes and back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "graph/files/graph_file.hpp"

namespace graph_file_formats {

using koinon::graph::GraphFile;

inline std::string written(void (*write)(const GraphFile&, const koinon::graph::GraphSink&),
                           const GraphFile& graph) {
  std::string bytes;
  write(graph, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

struct Format {
  std::string name;
  std::function<GraphFile(const GraphFile&)> there_and_back;
  bool tells_about;
};

inline const std::vector<Format>& all() {
  using namespace koinon::graph;
  static const std::vector<Format> formats = {
      {"graphml", [](const GraphFile& g) { return read_graphml(written(write_graphml, g)); }, true},
      {"gexf", [](const GraphFile& g) { return read_gexf(written(write_gexf, g)); }, true},
      {"json", [](const GraphFile& g) { return read_node_link(written(write_node_link, g)); },
       true},
      {"csv",
       [](const GraphFile& g) {
         return read_csv(written(write_csv_edges, g), written(write_csv_vertices, g));
       },
       false}};
  return formats;
}

}  // namespace graph_file_formats
