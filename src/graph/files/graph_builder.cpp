// SPDX-License-Identifier: Apache-2.0
#include "graph/files/graph_builder.hpp"

#include "graph/files/file_text.hpp"

namespace koinon::graph {

namespace {

std::string shown(std::string_view text) {
  constexpr std::size_t most = 80;
  if (text.size() <= most) return "'" + std::string(text) + "'";
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return "'" + std::string(text.substr(0, end)) + "...'";
}

}  // namespace

std::size_t ColumnSet::add(const std::string& name, bool numeric) {
  const auto [place, fresh] = places_.emplace(name, columns_.size());
  if (!fresh) {
    if (columns_[place->second].numeric != numeric)
      throw GraphFileError("the column " + shown(name) + " is of numbers and of texts", 0);
    return place->second;
  }
  if (columns_.size() == most)
    throw GraphFileError("it has more than " + std::to_string(most) + " columns", 0);
  columns_.emplace_back();
  columns_.back().name = name;
  columns_.back().numeric = numeric;
  missing_.emplace_back();
  return place->second;
}

void ColumnSet::set_default(std::size_t column, const std::string& text) {
  // The default of a cell is as long as its text: it must not be worth more than it costs.
  constexpr std::size_t longest = 64;
  if (!columns_[column].numeric) {
    if (text.size() > longest) throw GraphFileError("the default of a column is too long", 0);
    missing_[column].text = text;
  } else if (const auto number = number_of(text)) {
    missing_[column].number = *number;
  } else {
    throw GraphFileError(shown(text) + " is no number", 0);
  }
}

void ColumnSet::grow(std::size_t column, std::size_t rows) {
  GraphColumn& grown = columns_[column];
  const std::size_t had = grown.numeric ? grown.numbers.size() : grown.texts.size();
  if (rows <= had) return;
  budget_->take(rows - had);
  if (grown.numeric)
    grown.numbers.resize(rows, missing_[column].number);
  else
    grown.texts.resize(rows, missing_[column].text);
}

void ColumnSet::set(std::size_t column, std::size_t row, double number) {
  grow(column, row + 1);
  columns_[column].numbers[row] = number;
}

void ColumnSet::set(std::size_t column, std::size_t row, std::string text) {
  grow(column, row + 1);
  columns_[column].texts[row] = std::move(text);
}

void ColumnSet::set_text(std::size_t column, std::size_t row, std::string text) {
  if (!columns_[column].numeric) {
    set(column, row, std::move(text));
  } else if (const auto number = number_of(text)) {
    set(column, row, *number);
  } else if (!text.empty()) {
    throw GraphFileError(shown(text) + " is no number", 0);
  }
}

std::vector<GraphColumn> ColumnSet::finish(std::size_t rows) {
  for (std::size_t column = 0; column < columns_.size(); ++column) grow(column, rows);
  return std::move(columns_);
}

std::size_t GraphBuilder::vertex(std::string id) {
  const auto place = static_cast<std::uint32_t>(graph_.vertices.size());
  if (place == std::numeric_limits<std::uint32_t>::max())
    throw GraphFileError("it has too many vertices", 0);
  if (!places_.emplace(id, place).second)
    throw GraphFileError("the vertex " + shown(id) + " is there twice", 0);
  graph_.vertices.push_back(std::move(id));
  return place;
}

std::uint32_t GraphBuilder::end_of(std::string_view id, bool to, std::size_t place) {
  std::string key(id);
  const auto known = places_.find(key);
  if (known != places_.end()) return known->second;
  if (edges_make_vertices) return static_cast<std::uint32_t>(vertex(std::move(key)));
  pending_.push_back({graph_.to.size(), to, std::move(key), place});
  return 0;
}

std::size_t GraphBuilder::edge(std::string_view from, std::string_view to, std::size_t place) {
  const std::uint32_t start = end_of(from, false, place);
  const std::uint32_t end = end_of(to, true, place);
  graph_.from.push_back(start);
  graph_.to.push_back(end);
  return graph_.to.size() - 1;
}

GraphFile GraphBuilder::finish(std::string_view bytes) {
  for (const Pending& each : pending_) {
    const auto known = places_.find(each.id);
    if (known == places_.end()) {
      throw GraphFileError("an edge ends at " + shown(each.id) + ", which is no vertex",
                           line_at(bytes, each.place));
    }
    (each.to ? graph_.to : graph_.from)[each.edge] = known->second;
  }
  graph_.vertex_columns = vertices.finish(graph_.vertices.size());
  graph_.edge_columns = edges.finish(graph_.to.size());
  graph_.about = about.finish(1);
  return std::move(graph_);
}

}  // namespace koinon::graph
