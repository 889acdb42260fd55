// SPDX-License-Identifier: Apache-2.0
//
// The first byte chooses the format, the rest is a file of it; for CSV a zero byte parts edges from
// vertices. It is refused with a GraphFileError, or makes a graph that can be written again in
// GraphML and comes back with as many vertices and edges.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "graph/files/graph_file.hpp"

namespace {

using namespace koinon::graph;

GraphFile read(unsigned format, std::string_view bytes) {
  switch (format % 4) {
    case 0:
      return read_graphml(bytes);
    case 1:
      return read_gexf(bytes);
    case 2:
      return read_node_link(bytes);
    default: {
      const std::size_t parted = bytes.find('\0');
      if (parted == std::string_view::npos) return read_csv(bytes, std::nullopt);
      return read_csv(bytes.substr(0, parted), bytes.substr(parted + 1));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const GraphFile graph = read(data[0], bytes);
    // Whatever was read can be written, and is read again.
    std::string written;
    std::optional<GraphFile> again;
    try {
      write_graphml(graph, [&](std::string_view piece) { written += piece; });
      again = read_graphml(written);
    } catch (const GraphFileError&) {
      std::abort();
    }
    if (again->vertices != graph.vertices || again->from != graph.from || again->to != graph.to)
      std::abort();
  } catch (const GraphFileError&) {
    // Told.
  }
  return 0;
}
