// SPDX-License-Identifier: Apache-2.0
//
// Graphs as files: vertices and edges with columns, in four formats that other programs read.
//
// What is written reads back the same: ids, columns and their kinds and order, every double to the
// bit (a NaN as a NaN), every text to the byte. A value that is missing is an empty text or a NaN,
// and neither is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::graph {

/// Numbers or texts, one for each vertex or edge.
struct GraphColumn {
  std::string name;
  bool numeric = false;
  std::vector<double> numbers;     // of a numeric column
  std::vector<std::string> texts;  // of any other
};

struct GraphFile {
  std::vector<std::string> vertices;  // ids, each once
  std::vector<GraphColumn> vertex_columns;
  std::vector<std::uint32_t> from;  // places in `vertices`
  std::vector<std::uint32_t> to;
  std::vector<GraphColumn> edge_columns;
  std::vector<GraphColumn>
      about;  // of the graph: one value in each column; CSV has no place for it
};

/// Why a file is no graph, or a graph cannot be written.
class GraphFileError : public std::runtime_error {
 public:
  /// `line` from 1; 0: of no line.
  GraphFileError(const std::string& reason, std::size_t line)
      : std::runtime_error(line == 0 ? reason : "line " + std::to_string(line) + ": " + reason),
        line_(line) {}
  std::size_t line() const noexcept { return line_; }

 private:
  std::size_t line_;
};

/// Gets the file piece by piece, some 64 KiB each.
using GraphSink = std::function<void(std::string_view)>;

/// All of these throw GraphFileError for a graph that is none (a column of another length, an edge
/// past the last vertex, a text that is no UTF-8) or that the format cannot hold (a column by the
/// name of something that the format has itself). O(size of the file).
///
/// GraphML 1.0: a key for each column, of type double or string. What XML 1.0 forbids, as U+0001,
/// is written _x0001_, and an underscore that begins such a form as _x005F_.
void write_graphml(const GraphFile& graph, const GraphSink& sink);
/// GEXF 1.2: as GraphML, with the column "name" as labels too and an edge column "weight" in the
/// attribute of that name. Columns of the graph are elements of our own in <meta>.
void write_gexf(const GraphFile& graph, const GraphSink& sink);
/// {"directed","multigraph","graph","columns","nodes":[{"id",..}],"edges":[{"source","target",..}]},
/// as node_link_data() of networkx; "columns" tells names and kinds. Infinities are the texts
/// "Infinity" and "-Infinity".
void write_node_link(const GraphFile& graph, const GraphSink& sink);
/// RFC 4180: "source","target" and the columns of edges; "id" and those of vertices. Texts are in
/// quotes and numbers are not, which tells them apart when read.
void write_csv_edges(const GraphFile& graph, const GraphSink& sink);
void write_csv_vertices(const GraphFile& graph, const GraphSink& sink);

/// These read what the above wrote, and files of others as far as they hold a graph: one graph,
/// each vertex once, without hyperedges or graphs inside vertices. Values that are neither number
/// nor text become texts; lists and objects, drawing hints and whatever else is left out. A
/// document type with entities of its own is refused, and what is nested deeper than 100 or has
/// more than 256 columns. O(size of the file).
GraphFile read_graphml(std::string_view bytes);
GraphFile read_gexf(std::string_view bytes);
GraphFile read_node_link(std::string_view bytes);
/// Ids are the first columns by the names "source" or "from" and "target" or "to", and "id", in any
/// case; without those the first two, and the first.
/// Without a file of vertices these are what edges name, in the order in which they do. A column is
/// of texts if any of its values is in quotes or no number.
GraphFile read_csv(std::string_view edges, std::optional<std::string_view> vertices);

}  // namespace koinon::graph
