// SPDX-License-Identifier: Apache-2.0
//
// GEXF 1.2 (gexf.net), the format of Gephi.
#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "graph/files/file_text.hpp"
#include "graph/files/graph_builder.hpp"
#include "graph/files/xml_text.hpp"

namespace koinon::graph {

namespace {

// ---- Writing -----------------------------------------------------------------------------------

const GraphColumn* column_called(const std::vector<GraphColumn>& columns, std::string_view name,
                                 bool numeric) {
  for (const GraphColumn& column : columns) {
    if (column.name == name && column.numeric == numeric) return &column;
  }
  return nullptr;
}

bool missing(const GraphColumn& column, std::size_t row) {
  return column.numeric ? std::isnan(column.numbers[row]) : column.texts[row].empty();
}

std::string cell_text(const GraphColumn& column, std::size_t row) {
  return column.numeric ? number_text(column.numbers[row]) : xml_escaped(column.texts[row]);
}

const char* type_of(const GraphColumn& column) {
  return column.numeric ? "double" : "string";
}

void write_declarations(FileOutput& out, const std::vector<GraphColumn>& columns, const char* of) {
  if (columns.empty()) return;
  out << "    <attributes class=\"" << of << "\">\n";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out << "      <attribute id=\"" << std::to_string(i) << "\" title=\""
        << xml_escaped(columns[i].name) << "\" type=\"" << type_of(columns[i]) << "\"/>\n";
  }
  out << "    </attributes>\n";
}

// But for `elsewhere`, which stands in an attribute.
void write_values(FileOutput& out, const std::vector<GraphColumn>& columns, std::size_t row,
                  const GraphColumn* elsewhere) {
  bool any = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (&columns[i] == elsewhere || missing(columns[i], row)) continue;
    if (!any) out << "<attvalues>";
    any = true;
    out << "<attvalue for=\"" << std::to_string(i) << "\" value=\"" << cell_text(columns[i], row)
        << "\"/>";
  }
  if (any) out << "</attvalues>";
}

void write_about(FileOutput& out, const std::vector<GraphColumn>& about) {
  out << "  <meta>\n    <creator>Koinon</creator>\n";
  for (const GraphColumn& column : about) {
    out << "    <k:attribute xmlns:k=\"urn:koinon:graph\" title=\"" << xml_escaped(column.name)
        << "\" type=\"" << type_of(column) << "\"";
    if (!missing(column, 0)) out << " value=\"" << cell_text(column, 0) << "\"";
    out << "/>\n";
  }
  out << "  </meta>\n";
}

// ---- Reading -----------------------------------------------------------------------------------

bool of_numbers(const std::string& type) {
  constexpr std::array types = {"double", "float", "integer",    "long",
                                "short",  "byte",  "bigdecimal", "biginteger"};
  return std::find(types.begin(), types.end(), type) != types.end();
}

class GexfReader {
 public:
  explicit GexfReader(std::string_view bytes) : bytes_(bytes), xml_(bytes), graph_(bytes.size()) {}

  GraphFile read() {
    try {
      xml_.next();
      if (xml_.name() != "gexf") xml_.fail("it is not GEXF");
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
  using Places = std::unordered_map<std::string, std::size_t>;  // columns, by id

  void read_part() {
    if (xml_.name() == "graph") {
      if (found_) xml_.fail("it holds more than one graph");
      found_ = true;
      xml_.each_child([&] { read_group(); });
    } else if (xml_.name() == "meta") {
      xml_.each_child([&] { read_about(); });
    } else {
      xml_.skip();
    }
  }

  void read_about() {
    const std::string* type = xml_.attribute("type");
    if (xml_.name() == "attribute" && type != nullptr) {
      const std::size_t column = graph_.about.add(xml_.required("title"), of_numbers(*type));
      if (const std::string* value = xml_.attribute("value"))
        graph_.about.set_text(column, 0, *value);
    }
    xml_.skip();
  }

  void read_group() {
    if (xml_.name() == "attributes") {
      const std::string of = xml_.required("class");
      if (of != "node" && of != "edge") return xml_.skip();
      xml_.each_child([&] {
        if (of == "node") return read_declaration(graph_.vertices, vertex_columns_);
        read_declaration(graph_.edges, edge_columns_);
      });
    } else if (xml_.name() == "nodes") {
      xml_.each_child([&] { read_vertex(); });
    } else if (xml_.name() == "edges") {
      xml_.each_child([&] { read_edge(); });
    } else {
      xml_.skip();
    }
  }

  void read_declaration(ColumnSet& columns, Places& places) {
    if (xml_.name() != "attribute") return xml_.skip();
    const std::string& id = xml_.required("id");
    const std::string* title = xml_.attribute("title");
    const std::size_t column = columns.add(title ? *title : id, of_numbers(xml_.required("type")));
    if (!places.emplace(id, column).second) xml_.fail("an attribute is declared twice");
    xml_.each_child([&] {
      if (xml_.name() != "default") return xml_.skip();
      columns.set_default(column, xml_.element_text());
    });
  }

  void read_vertex() {
    if (xml_.name() != "node") return xml_.skip();
    const std::size_t row = graph_.vertex(xml_.required("id"));
    // Files of ours, and others that declare a name, have the label there too.
    if (row == 0) labels_ = !graph_.vertices.has("name");
    const std::string* label = xml_.attribute("label");
    if (labels_ && label != nullptr)
      graph_.vertices.set(graph_.vertices.add("name", false), row, *label);
    xml_.each_child([&] {
      if (xml_.name() == "nodes" || xml_.name() == "edges")
        xml_.fail("it has a graph within a vertex");
      read_values(graph_.vertices, vertex_columns_, row);
    });
  }

  void read_edge() {
    if (xml_.name() != "edge") return xml_.skip();
    const std::size_t row =
        graph_.edge(xml_.required("source"), xml_.required("target"), xml_.place());
    if (const std::string* weight = xml_.attribute("weight"))
      graph_.edges.set_text(graph_.edges.add("weight", true), row, *weight);
    xml_.each_child([&] { read_values(graph_.edges, edge_columns_, row); });
  }

  void read_values(ColumnSet& columns, const Places& places, std::size_t row) {
    if (xml_.name() != "attvalues") return xml_.skip();
    xml_.each_child([&] {
      if (xml_.name() == "attvalue") {
        const std::string* column = xml_.attribute("for");
        const auto place = places.find(column ? *column : xml_.required("id"));
        if (place == places.end()) xml_.fail("a value of an attribute that is not declared before");
        columns.set_text(place->second, row, xml_.required("value"));
      }
      xml_.skip();
    });
  }

  std::string_view bytes_;
  XmlReader xml_;
  GraphBuilder graph_;
  Places vertex_columns_;
  Places edge_columns_;
  bool labels_ = true;
  bool found_ = false;
};

}  // namespace

void write_gexf(const GraphFile& graph, const GraphSink& sink) {
  check_graph(graph);
  const GraphColumn* labels = column_called(graph.vertex_columns, "name", false);
  const GraphColumn* weights = column_called(graph.edge_columns, "weight", true);
  if (weights == nullptr) check_names(graph.edge_columns, {"weight"}, "GEXF, unless of numbers");
  if (labels == nullptr) check_names(graph.vertex_columns, {"name"}, "GEXF, unless of texts");
  FileOutput out(sink);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n";
  write_about(out, graph.about);
  out << "  <graph mode=\"static\" defaultedgetype=\"undirected\">\n";
  write_declarations(out, graph.vertex_columns, "node");
  write_declarations(out, graph.edge_columns, "edge");
  out << "    <nodes>\n";
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    out << "      <node id=\"" << xml_escaped(graph.vertices[i]) << "\"";
    if (labels != nullptr) out << " label=\"" << xml_escaped(labels->texts[i]) << "\"";
    out << ">";
    write_values(out, graph.vertex_columns, i, nullptr);
    out << "</node>\n";
  }
  out << "    </nodes>\n    <edges>\n";
  for (std::size_t i = 0; i < graph.from.size(); ++i) {
    out << "      <edge id=\"" << std::to_string(i) << "\" source=\""
        << xml_escaped(graph.vertices[graph.from[i]]) << "\" target=\""
        << xml_escaped(graph.vertices[graph.to[i]]) << "\"";
    if (weights != nullptr && !missing(*weights, i))
      out << " weight=\"" << number_text(weights->numbers[i]) << "\"";
    out << ">";
    write_values(out, graph.edge_columns, i, weights);
    out << "</edge>\n";
  }
  out << "    </edges>\n  </graph>\n</gexf>\n";
  out.flush();
}

GraphFile read_gexf(std::string_view bytes) {
  return GexfReader(checked_utf8(bytes)).read();
}

}  // namespace koinon::graph
