// SPDX-License-Identifier: Apache-2.0
//
// CSV by RFC 4180. Texts are in quotes and numbers are not; a missing number is nothing at all.
#include <algorithm>
#include <cmath>

#include "graph/files/file_text.hpp"
#include "graph/files/graph_builder.hpp"

namespace koinon::graph {

namespace {

// ---- Writing -----------------------------------------------------------------------------------

std::string csv_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// Without rows the header alone tells which columns are of numbers.
std::string header_of(const GraphColumn& column) {
  return column.numeric ? column.name : csv_text(column.name);
}

void check_csv_names(const std::vector<GraphColumn>& columns,
                     std::initializer_list<std::string_view> reserved) {
  check_names(columns, reserved, "CSV");
  for (const GraphColumn& column : columns) {
    if (column.numeric &&
        (column.name.empty() || column.name.find_first_of(",\"\r\n") != std::string::npos))
      throw GraphFileError("a column of numbers cannot be called '" + column.name + "' in CSV", 0);
  }
}

void write_cells(FileOutput& out, const std::vector<GraphColumn>& columns, std::size_t row) {
  for (const GraphColumn& column : columns) {
    out << ",";
    if (!column.numeric)
      out << csv_text(column.texts[row]);
    else if (!std::isnan(column.numbers[row]))
      out << number_text(column.numbers[row]);
  }
  out << "\r\n";
}

// ---- Reading -----------------------------------------------------------------------------------

struct Cell {
  std::string text;
  bool quoted = false;
};

// Rows, one after the other.
class CsvRows {
 public:
  CsvRows(std::string_view bytes, std::string file)
      : bytes_(checked(bytes, file)), file_(std::move(file)) {}

  /// False when there is none left. Lines with nothing on them are passed over.
  bool next(std::vector<Cell>& row) {
    while (at_ < bytes_.size() && (bytes_[at_] == '\n' || bytes_[at_] == '\r')) {
      if (bytes_[at_++] == '\n') ++line_;
    }
    place_ = at_;
    row_line_ = line_;
    row.clear();
    if (at_ >= bytes_.size()) return false;
    for (;;) {
      if (row.size() > ColumnSet::most + 2) fail("it has too many columns");
      row.push_back(bytes_.substr(at_, 1) == "\"" ? quoted_cell() : plain_cell());
      if (bytes_.substr(at_, 1) != ",") return true;
      ++at_;
    }
  }

  std::size_t place() const { return place_; }
  std::string_view bytes() const { return bytes_; }
  [[noreturn]] void fail(const std::string& reason) const {
    throw GraphFileError(file_ + reason, row_line_);
  }

 private:
  static std::string_view checked(std::string_view bytes, const std::string& file) {
    try {
      return checked_utf8(bytes);
    } catch (const GraphFileError& e) {
      throw GraphFileError(file + "it is not in UTF-8", e.line());
    }
  }

  Cell plain_cell() {
    const std::size_t end = std::min(bytes_.find_first_of(",\r\n\"", at_), bytes_.size());
    Cell cell{std::string(bytes_.substr(at_, end - at_)), false};
    at_ = end;
    if (bytes_.substr(at_, 1) == "\"") fail("a quote within a value that is not in quotes");
    return cell;
  }

  Cell quoted_cell() {
    Cell cell{{}, true};
    for (++at_;;) {
      const std::size_t end = bytes_.find('"', at_);
      if (end == std::string_view::npos) fail("a quote is not closed");
      const std::string_view piece = bytes_.substr(at_, end - at_);
      line_ += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
      cell.text += piece;
      at_ = end + 1;
      if (bytes_.substr(at_, 1) != "\"") break;
      cell.text += bytes_[at_++];
    }
    if (at_ < bytes_.size() &&
        std::string_view(",\r\n").find(bytes_[at_]) == std::string_view::npos)
      fail("something stands behind a closing quote");
    return cell;
  }

  std::string_view bytes_;
  std::string file_;  // of which of the two files errors are
  std::size_t at_ = 0;
  std::size_t place_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
};

// One of the two files: which of its columns are ids, and which are of numbers.
class CsvTable {
 public:
  CsvTable(std::string_view bytes, std::string file)
      : rows_(bytes, file), bytes_(bytes), file_(file) {
    if (!rows_.next(header_)) rows_.fail("it has no header");
    look_for_texts();
  }

  /// The column by one of the names; `otherwise` when there is none.
  std::size_t find(std::initializer_list<std::string_view> names, std::size_t otherwise) {
    std::size_t found = otherwise;
    for (std::size_t i = header_.size(); i-- > 0;) {
      if (std::find(names.begin(), names.end(), lower(header_[i].text)) != names.end()) found = i;
    }
    if (found >= header_.size())
      rows_.fail("it has no column '" + std::string(*names.begin()) + "'");
    ids_.push_back(found);
    return found;
  }

  void declare(ColumnSet& columns) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      const bool id = std::find(ids_.begin(), ids_.end(), i) != ids_.end();
      if (!id && columns.has(header_[i].text)) rows_.fail("two columns have one name");
      places_.push_back(id ? not_a_column : columns.add(header_[i].text, !texts_[i]));
    }
  }

  /// Calls use(cells, place in the file) for each row, which gives the place of the row's cells.
  template <class Use>
  void each(ColumnSet& columns, Use use) {
    std::vector<Cell> row;
    while (rows_.next(row)) {
      if (row.size() != header_.size()) {
        rows_.fail("it has " + std::to_string(row.size()) + " values, and the header " +
                   std::to_string(header_.size()));
      }
      try {
        const std::size_t place = use(row, rows_.place());
        for (std::size_t i = 0; i < row.size(); ++i) {
          if (places_[i] != not_a_column)
            columns.set_text(places_[i], place, std::move(row[i].text));
        }
      } catch (const GraphFileError& e) {
        if (e.line() > 0) throw;
        rows_.fail(e.what());
      }
    }
  }

  std::string_view bytes() const { return rows_.bytes(); }

 private:
  static constexpr std::size_t not_a_column = static_cast<std::size_t>(-1);

  static std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  }

  // A column is of texts if any of its values is in quotes or is no number. One that has no value
  // at all is what its header is.
  void look_for_texts() {
    CsvRows rows(bytes_, file_);
    std::vector<Cell> row;
    rows.next(row);
    texts_.assign(header_.size(), false);
    bool any = false;
    while (rows.next(row)) {
      any = true;
      for (std::size_t i = 0; i < std::min(row.size(), texts_.size()); ++i) {
        if (row[i].quoted || (!row[i].text.empty() && !number_of(row[i].text))) texts_[i] = true;
      }
    }
    for (std::size_t i = 0; !any && i < texts_.size(); ++i) texts_[i] = header_[i].quoted;
  }

  CsvRows rows_;
  std::string_view bytes_;
  std::string file_;
  std::vector<Cell> header_;
  std::vector<bool> texts_;
  std::vector<std::size_t> ids_;
  std::vector<std::size_t> places_;
};

}  // namespace

void write_csv_edges(const GraphFile& graph, const GraphSink& sink) {
  check_graph(graph);
  check_csv_names(graph.edge_columns, {"source", "target"});
  FileOutput out(sink);
  out << "\"source\",\"target\"";
  for (const GraphColumn& column : graph.edge_columns) out << "," << header_of(column);
  out << "\r\n";
  for (std::size_t i = 0; i < graph.from.size(); ++i) {
    out << csv_text(graph.vertices[graph.from[i]]) << "," << csv_text(graph.vertices[graph.to[i]]);
    write_cells(out, graph.edge_columns, i);
  }
  out.flush();
}

void write_csv_vertices(const GraphFile& graph, const GraphSink& sink) {
  check_graph(graph);
  check_csv_names(graph.vertex_columns, {"id"});
  FileOutput out(sink);
  out << "\"id\"";
  for (const GraphColumn& column : graph.vertex_columns) out << "," << header_of(column);
  out << "\r\n";
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    out << csv_text(graph.vertices[i]);
    write_cells(out, graph.vertex_columns, i);
  }
  out.flush();
}

GraphFile read_csv(std::string_view edges, std::optional<std::string_view> vertices) {
  GraphBuilder graph(edges.size() + (vertices ? vertices->size() : 0));
  graph.edges_make_vertices = !vertices;
  if (vertices) {
    CsvTable table(*vertices, "in the list of vertices: ");
    const std::size_t id = table.find({"id"}, 0);
    table.declare(graph.vertices);
    table.each(graph.vertices, [&](const std::vector<Cell>& row, std::size_t) {
      return graph.vertex(row[id].text);
    });
  }
  CsvTable table(edges, "");
  const std::size_t from = table.find({"source", "from"}, 0);
  const std::size_t to = table.find({"target", "to"}, 1);
  if (from == to) throw GraphFileError("it needs two columns of ids", 1);
  table.declare(graph.edges);
  table.each(graph.edges, [&](const std::vector<Cell>& row, std::size_t place) {
    return graph.edge(row[from].text, row[to].text, place);
  });
  return graph.finish(table.bytes());
}

}  // namespace koinon::graph
