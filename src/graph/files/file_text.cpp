// SPDX-License-Identifier: Apache-2.0
#include "graph/files/file_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace koinon::graph {

namespace {

// Bytes of the sequence that begins a text; 0 when none does.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  // Longer than need be, a half of a pair, or past the last code point.
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
  if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
  return length;
}

void check_text(const std::string& text) {
  if (first_broken_utf8(text) != text.size())
    throw GraphFileError("a text of the graph is not UTF-8", 0);
}

void check_columns(const std::vector<GraphColumn>& columns, std::size_t rows) {
  std::set<std::string_view> names;
  for (const GraphColumn& column : columns) {
    check_text(column.name);
    if (!names.insert(column.name).second)
      throw GraphFileError("there are two columns '" + column.name + "'", 0);
    if ((column.numeric ? column.numbers.size() : column.texts.size()) != rows)
      throw GraphFileError("the column '" + column.name + "' has another length", 0);
    for (const std::string& text : column.texts) check_text(text);
  }
}

}  // namespace

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-INF" : "INF";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  return std::string(text.data(), end.ptr);
}

std::optional<double> number_of(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != text.npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != text.npos)
    text.remove_suffix(1);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::size_t first_broken_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

std::size_t line_at(std::string_view bytes, std::size_t place) {
  const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(std::min(place, bytes.size()));
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), end, '\n'));
}

std::string_view checked_utf8(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  const std::size_t broken = first_broken_utf8(bytes);
  if (broken != bytes.size()) throw GraphFileError("it is not in UTF-8", line_at(bytes, broken));
  return bytes;
}

void check_graph(const GraphFile& graph) {
  for (const std::string& id : graph.vertices) check_text(id);
  if (graph.from.size() != graph.to.size())
    throw GraphFileError("the two ends of edges are not equally many", 0);
  for (const auto* ends : {&graph.from, &graph.to}) {
    for (const std::uint32_t end : *ends) {
      if (end >= graph.vertices.size())
        throw GraphFileError("an edge ends past the last vertex", 0);
    }
  }
  std::set<std::string_view> ids(graph.vertices.begin(), graph.vertices.end());
  if (ids.size() != graph.vertices.size()) throw GraphFileError("a vertex is there twice", 0);
  check_columns(graph.vertex_columns, graph.vertices.size());
  check_columns(graph.edge_columns, graph.from.size());
  check_columns(graph.about, 1);
}

void check_names(const std::vector<GraphColumn>& columns,
                 std::initializer_list<std::string_view> reserved, const char* format) {
  for (const GraphColumn& column : columns) {
    if (std::find(reserved.begin(), reserved.end(), column.name) != reserved.end())
      throw GraphFileError("a column cannot be called '" + column.name + "' in " + format, 0);
  }
}

}  // namespace koinon::graph
