// SPDX-License-Identifier: Apache-2.0
//
// GraphML 1.0 (graphml.graphdrawing.org): a key for each column, then one graph.
#include <cmath>
#include <unordered_map>

#include "graph/files/file_text.hpp"
#include "graph/files/graph_builder.hpp"
#include "graph/files/xml_text.hpp"

namespace koinon::graph {

namespace {

// ---- Writing -----------------------------------------------------------------------------------

void write_keys(FileOutput& out, const std::vector<GraphColumn>& columns, const char* of,
                char prefix) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out << "  <key id=\"" << std::string(1, prefix) << std::to_string(i) << "\" for=\"" << of
        << "\" attr.name=\"" << xml_escaped(columns[i].name) << "\" attr.type=\""
        << (columns[i].numeric ? "double" : "string") << "\"/>\n";
  }
}

void write_data(FileOutput& out, const std::vector<GraphColumn>& columns, char prefix,
                std::size_t row) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const GraphColumn& column = columns[i];
    if (column.numeric ? std::isnan(column.numbers[row]) : column.texts[row].empty()) continue;
    out << "<data key=\"" << std::string(1, prefix) << std::to_string(i) << "\">"
        << (column.numeric ? number_text(column.numbers[row]) : xml_escaped(column.texts[row]))
        << "</data>";
  }
}

// ---- Reading -----------------------------------------------------------------------------------

bool of_numbers(const std::string& type) {
  return type == "double" || type == "float" || type == "int" || type == "long";
}

class GraphmlReader {
 public:
  explicit GraphmlReader(std::string_view bytes)
      : bytes_(bytes), xml_(bytes), graph_(bytes.size()) {}

  GraphFile read() {
    try {
      xml_.next();
      if (xml_.name() != "graphml") xml_.fail("it is not GraphML");
      xml_.each_child([&] { read_part(); });
      xml_.next();
      if (!found_) throw GraphFileError("there is no <graph> in it", 0);
    } catch (const GraphFileError& e) {
      if (e.line() > 0) throw;
      xml_.fail(e.what());
    }
    return graph_.finish(bytes_);
  }

 private:
  struct Key {
    ColumnSet* columns;
    std::size_t column;
  };

  void read_part() {
    if (xml_.name() == "key") {
      read_key();
    } else if (xml_.name() == "graph") {
      if (found_) xml_.fail("it holds more than one graph");
      found_ = true;
      xml_.each_child([&] { read_element(); });
    } else {
      xml_.skip();
    }
  }

  void read_key() {
    const std::string& id = xml_.required("id");
    if (keys_.count(id) > 0) xml_.fail("a key is there twice");
    const std::string* name = xml_.attribute("attr.name");
    const std::string* type = xml_.attribute("attr.type");
    const std::string* of = xml_.attribute("for");
    const std::string owner = of ? *of : "all";
    std::vector<Key>& places = keys_[id];
    // What has no name is a program's own, as shapes and colours.
    if (name != nullptr) {
      const bool numeric = type != nullptr && of_numbers(*type);
      const auto add = [&](ColumnSet& columns) {
        places.push_back({&columns, columns.add(*name, numeric)});
      };
      if (owner == "node" || owner == "all") add(graph_.vertices);
      if (owner == "edge" || owner == "all") add(graph_.edges);
      if (owner == "graph" || owner == "graphml" || owner == "all") add(graph_.about);
    }
    xml_.each_child([&] {
      if (xml_.name() != "default") return xml_.skip();
      const std::string text = xml_.element_text();
      for (const Key& key : places) key.columns->set_default(key.column, text);
    });
  }

  void read_element() {
    const std::string_view name = xml_.name();
    if (name == "node") {
      const std::size_t row = graph_.vertex(xml_.required("id"));
      xml_.each_child([&] { read_data(graph_.vertices, row); });
    } else if (name == "edge") {
      const std::size_t row =
          graph_.edge(xml_.required("source"), xml_.required("target"), xml_.place());
      xml_.each_child([&] { read_data(graph_.edges, row); });
    } else if (name == "data") {
      read_data(graph_.about, 0);
    } else if (name == "hyperedge") {
      xml_.fail("it has a hyperedge, which is no edge between two vertices");
    } else {
      xml_.skip();
    }
  }

  void read_data(ColumnSet& columns, std::size_t row) {
    if (xml_.name() == "graph") xml_.fail("it has a graph within a vertex or edge");
    if (xml_.name() != "data") return xml_.skip();
    const auto key = keys_.find(xml_.required("key"));
    if (key == keys_.end()) xml_.fail("its <data> has a key that is not declared before");
    std::string text = xml_.element_text();
    for (const Key& place : key->second) {
      if (place.columns == &columns) columns.set_text(place.column, row, text);
    }
  }

  std::string_view bytes_;
  XmlReader xml_;
  GraphBuilder graph_;
  std::unordered_map<std::string, std::vector<Key>> keys_;
  bool found_ = false;
};

}  // namespace

void write_graphml(const GraphFile& graph, const GraphSink& sink) {
  check_graph(graph);
  FileOutput out(sink);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  write_keys(out, graph.about, "graph", 'g');
  write_keys(out, graph.vertex_columns, "node", 'v');
  write_keys(out, graph.edge_columns, "edge", 'e');
  out << "  <graph edgedefault=\"undirected\">\n";
  if (!graph.about.empty()) {
    out << "    ";
    write_data(out, graph.about, 'g', 0);
    out << "\n";
  }
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    out << "    <node id=\"" << xml_escaped(graph.vertices[i]) << "\">";
    write_data(out, graph.vertex_columns, 'v', i);
    out << "</node>\n";
  }
  for (std::size_t i = 0; i < graph.from.size(); ++i) {
    out << "    <edge source=\"" << xml_escaped(graph.vertices[graph.from[i]]) << "\" target=\""
        << xml_escaped(graph.vertices[graph.to[i]]) << "\">";
    write_data(out, graph.edge_columns, 'e', i);
    out << "</edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
  out.flush();
}

GraphFile read_graphml(std::string_view bytes) {
  return GraphmlReader(checked_utf8(bytes)).read();
}

}  // namespace koinon::graph
