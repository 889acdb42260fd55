// SPDX-License-Identifier: Apache-2.0
//
// What all formats of graph files share: numbers, UTF-8, a buffer before the sink.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "graph/files/graph_file.hpp"

namespace koinon::graph {

/// The shortest decimal that reads back to the same bits; infinities as XML Schema has them, INF
/// and -INF; NaN.
std::string number_text(double number);

/// The whole of a text as a number: decimals, and infinities and NaN in any usual spelling. Nothing
/// for any other text and for what no double can hold.
std::optional<double> number_of(std::string_view text);

/// The place of the first byte that is not UTF-8; the length when all are.
std::size_t first_broken_utf8(std::string_view text);

/// The line, from 1, that a byte is in.
std::size_t line_at(std::string_view bytes, std::size_t place);

/// Throws GraphFileError for bytes that are not UTF-8. Leaves a byte order mark out.
std::string_view checked_utf8(std::string_view bytes);

/// Throws GraphFileError unless the arrays belong together and all texts are UTF-8.
void check_graph(const GraphFile& graph);
/// Throws GraphFileError for a column by one of the names.
void check_names(const std::vector<GraphColumn>& columns,
                 std::initializer_list<std::string_view> reserved, const char* format);

/// Gathers small pieces into large ones.
class FileOutput {
 public:
  explicit FileOutput(const GraphSink& sink) : sink_(sink) {}
  FileOutput& operator<<(std::string_view piece) {
    buffer_ += piece;
    if (buffer_.size() >= full) flush();
    return *this;
  }
  void flush() {
    if (!buffer_.empty()) sink_(buffer_);
    buffer_.clear();
  }

 private:
  static constexpr std::size_t full = std::size_t(1) << 16U;
  const GraphSink& sink_;
  std::string buffer_;
};

}  // namespace koinon::graph
