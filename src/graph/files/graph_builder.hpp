// SPDX-License-Identifier: Apache-2.0
//
// A graph as a file tells it, piece by piece: vertices may come after the edges that name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/files/graph_file.hpp"

namespace koinon::graph {

/// How many cells columns may have in all. A file of a few bytes for each vertex cannot make us
/// hold hundreds for it.
class CellBudget {
 public:
  explicit CellBudget(std::size_t file_bytes) : left_((std::size_t(1) << 20U) + 4 * file_bytes) {}
  void take(std::size_t cells) {
    if (cells > left_) throw GraphFileError("its columns are far larger than the file", 0);
    left_ -= cells;
  }

 private:
  std::size_t left_;
};

/// Columns whose cells come in any order; those that do not come have the column's default.
class ColumnSet {
 public:
  static constexpr std::size_t most = 256;

  explicit ColumnSet(CellBudget& budget) : budget_(&budget) {}

  /// The place of a column, which is made if it is not there.
  std::size_t add(const std::string& name, bool numeric);
  bool has(const std::string& name) const { return places_.count(name) > 0; }
  /// Of one that is there.
  std::size_t place_of(const std::string& name) const { return places_.at(name); }
  bool numeric(std::size_t column) const { return columns_[column].numeric; }
  void set_default(std::size_t column, const std::string& text);
  void set(std::size_t column, std::size_t row, double number);
  void set(std::size_t column, std::size_t row, std::string text);
  /// As the column has it. Throws GraphFileError for a text that should be a number.
  void set_text(std::size_t column, std::size_t row, std::string text);
  std::vector<GraphColumn> finish(std::size_t rows);

 private:
  struct Missing {
    double number = std::numeric_limits<double>::quiet_NaN();
    std::string text;
  };
  void grow(std::size_t column, std::size_t rows);

  CellBudget* budget_;
  std::vector<GraphColumn> columns_;
  std::vector<Missing> missing_;
  std::unordered_map<std::string, std::size_t> places_;
};

class GraphBuilder {
 public:
  explicit GraphBuilder(std::size_t file_bytes)
      : budget_(file_bytes), vertices(budget_), edges(budget_), about(budget_) {}

  /// Its place. Throws GraphFileError for one that was there.
  std::size_t vertex(std::string id);
  bool has_vertex(const std::string& id) const { return places_.count(id) > 0; }
  /// Its place. `place`: the byte of the file where it stands, for the error when there is no such
  /// vertex.
  std::size_t edge(std::string_view from, std::string_view to, std::size_t place);

  /// Edges make the vertices that they name.
  bool edges_make_vertices = false;

  /// Throws GraphFileError, its line that of the edge, for an end that is no vertex.
  GraphFile finish(std::string_view bytes);

 private:
  struct Pending {
    std::size_t edge;
    bool to;
    std::string id;
    std::size_t place;
  };
  std::uint32_t end_of(std::string_view id, bool to, std::size_t place);

  CellBudget budget_;
  GraphFile graph_;
  std::unordered_map<std::string, std::uint32_t> places_;
  std::vector<Pending> pending_;

 public:
  ColumnSet vertices;
  ColumnSet edges;
  ColumnSet about;
};

}  // namespace koinon::graph
