// SPDX-License-Identifier: Apache-2.0
//
// JSON node-link, as node_link_data() of networkx has it.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "graph/files/file_text.hpp"
#include "graph/files/graph_builder.hpp"

namespace koinon::graph {

namespace {

using Json = nlohmann::json;

// ---- Writing -----------------------------------------------------------------------------------

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += "01"[static_cast<unsigned char>(c) >> 4U];
      out += "0123456789abcdef"[static_cast<unsigned char>(c) & 0xFU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string json_number(double number) {
  if (std::isinf(number)) return number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  // A whole zero would lose its sign.
  if (number == 0 && std::signbit(number)) return "-0.0";
  return number_text(number);
}

void write_cells(FileOutput& out, const std::vector<GraphColumn>& columns, std::size_t row,
                 bool first) {
  for (const GraphColumn& column : columns) {
    if (column.numeric ? std::isnan(column.numbers[row]) : column.texts[row].empty()) continue;
    if (!first) out << ",";
    first = false;
    out << json_text(column.name) << ":"
        << (column.numeric ? json_number(column.numbers[row]) : json_text(column.texts[row]));
  }
}

void write_declared(FileOutput& out, const char* of, const std::vector<GraphColumn>& columns) {
  out << "\"" << of << "\":[";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out << (i > 0 ? "," : "") << "{\"name\":" << json_text(columns[i].name) << ",\"type\":\""
        << (columns[i].numeric ? "number" : "text") << "\"}";
  }
  out << "]";
}

// ---- Reading -----------------------------------------------------------------------------------

using Names = std::initializer_list<std::string_view>;

[[noreturn]] void refuse(const std::string& where, const std::string& reason) {
  throw GraphFileError(where + ' ' + reason, 0);
}

const Json* member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

bool told(const Json& value) {
  return value.is_string() || value.is_number() || value.is_boolean();
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

class NodeLinkReader {
 public:
  NodeLinkReader(const Json& file, std::size_t bytes) : file_(file), graph_(bytes) {}

  GraphFile read() {
    if (!file_.is_object()) throw GraphFileError("it is not a JSON object", 0);
    const Json& nodes = list("nodes", "nodes");
    const Json& edges = list("edges", "links");
    const Json* about = member(file_, "graph");
    Json graphs = Json::array();
    if (about != nullptr && about->is_object()) graphs.push_back(*about);
    declare(graph_.vertices, "nodes", nodes, {"id"});
    declare(graph_.edges, "edges", edges, {"source", "target", "key"});
    declare(graph_.about, "graph", graphs, {});
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const std::string where = "nodes[" + std::to_string(i) + "]";
      const std::size_t row = graph_.vertex(id(nodes[i], "id", where));
      cells(graph_.vertices, nodes[i], row, {"id"}, where);
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::string where = "edges[" + std::to_string(i) + "]";
      const std::string from = id(edges[i], "source", where);
      const std::string to = id(edges[i], "target", where);
      for (const std::string* end : {&from, &to}) {
        if (!graph_.has_vertex(*end)) refuse(where, "ends at '" + *end + "', which is no vertex");
      }
      const std::size_t row = graph_.edge(from, to, i);
      cells(graph_.edges, edges[i], row, {"source", "target", "key"}, where);
    }
    for (const Json& graph : graphs) cells(graph_.about, graph, 0, {}, "graph");
    return graph_.finish({});  // all ends are known
  }

 private:
  const Json& list(const char* name, const char* older) {
    const Json* found = member(file_, name);
    if (found == nullptr) found = member(file_, older);
    if (found == nullptr || !found->is_array())
      throw GraphFileError(std::string("it has no list \"") + name + "\"", 0);
    return *found;
  }

  static bool is_reserved(Names reserved, std::string_view name) {
    return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
  }

  static std::string id(const Json& object, const char* name, const std::string& where) {
    if (!object.is_object()) refuse(where, "is not an object");
    const Json* value = member(object, name);
    if (value == nullptr || !told(*value))
      refuse(where, "has no " + std::string(name) + " that is a text or a number");
    return text_of(*value);
  }

  // The columns that the file tells, then those that its objects have, by name; of numbers where
  // all values are.
  void declare(ColumnSet& columns, const char* of, const Json& objects, Names reserved) {
    const Json* all = member(file_, "columns");
    const Json* declared = all && all->is_object() ? member(*all, of) : nullptr;
    if (declared != nullptr && declared->is_array()) {
      for (const Json& column : *declared) {
        if (!column.is_object() || !column.contains("name") || !column["name"].is_string())
          continue;
        columns.add(column["name"].get<std::string>(),
                    column.contains("type") && column["type"] == "number");
      }
    }
    std::map<std::string, bool> seen;  // whether of numbers alone
    for (const Json& object : objects) {
      if (!object.is_object()) continue;
      for (const auto& [name, value] : object.items()) {
        if (!told(value) || is_reserved(reserved, name) || columns.has(name)) continue;
        const auto [place, fresh] = seen.emplace(name, value.is_number());
        if (!fresh && !value.is_number()) place->second = false;
        if (seen.size() > ColumnSet::most) throw GraphFileError("it has too many columns", 0);
      }
    }
    for (const auto& [name, numeric] : seen) columns.add(name, numeric);
  }

  static void cells(ColumnSet& columns, const Json& object, std::size_t row, Names reserved,
                    const std::string& where) {
    for (const auto& [name, value] : object.items()) {
      if (!told(value) || is_reserved(reserved, name)) continue;
      const std::size_t column = columns.place_of(name);
      if (columns.numeric(column) && value.is_number()) {
        columns.set(column, row, value.get<double>());
        continue;
      }
      try {
        columns.set_text(column, row, text_of(value));
      } catch (const GraphFileError& e) {
        refuse(where, name + ": " + e.what());
      }
    }
  }

  const Json& file_;
  GraphBuilder graph_;
};

}  // namespace

void write_node_link(const GraphFile& graph, const GraphSink& sink) {
  check_graph(graph);
  check_names(graph.vertex_columns, {"id"}, "node-link");
  check_names(graph.edge_columns, {"source", "target", "key"}, "node-link");
  FileOutput out(sink);
  out << R"({"directed":false,"multigraph":false,"graph":{)";
  write_cells(out, graph.about, 0, true);
  out << "},\n\"columns\":{";
  write_declared(out, "graph", graph.about);
  out << ",";
  write_declared(out, "nodes", graph.vertex_columns);
  out << ",";
  write_declared(out, "edges", graph.edge_columns);
  out << "},\n\"nodes\":[";
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    out << (i > 0 ? ",\n{\"id\":" : "\n{\"id\":") << json_text(graph.vertices[i]);
    write_cells(out, graph.vertex_columns, i, false);
    out << "}";
  }
  out << "],\n\"edges\":[";
  for (std::size_t i = 0; i < graph.from.size(); ++i) {
    out << (i > 0 ? ",\n{\"source\":" : "\n{\"source\":")
        << json_text(graph.vertices[graph.from[i]])
        << ",\"target\":" << json_text(graph.vertices[graph.to[i]]);
    write_cells(out, graph.edge_columns, i, false);
    out << "}";
  }
  out << "]}\n";
  out.flush();
}

GraphFile read_node_link(std::string_view bytes) {
  bytes = checked_utf8(bytes);
  Json file;
  try {
    file = Json::parse(bytes);
  } catch (const Json::parse_error& e) {
    throw GraphFileError("it is not JSON", line_at(bytes, e.byte > 0 ? e.byte - 1 : 0));
  } catch (const Json::exception&) {
    throw GraphFileError("it holds a number that is out of range", 0);
  }
  return NodeLinkReader(file, bytes.size()).read();
}

}  // namespace koinon::graph
