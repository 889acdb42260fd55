// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "exchange/byte_window.hpp"
#include "exchange/reader.hpp"
#include "exchange/text_input.hpp"

namespace koinon::exchange {

/// The objects of a top-level array, or objects one after another with or without blanks, commas,
/// line ends or byte order marks between them. Ends are found by counting brackets, without
/// recursion and without holding more than one object. A broken object is a row with the violation
/// bad_json; reading goes on at the next line that begins an object.
class JsonObjects {
 public:
  /// Errors: as TextInput.
  explicit JsonObjects(TextInput& input, std::size_t limit = row_limit)
      : input_(input), window_(input.source()), limit_(limit) {}

  /// The next object; `object` is filled when the row has no violations (bad_json, too_deep,
  /// too_long, bad_encoding). False at the end.
  bool next(Row& row, nlohmann::json& object);

 private:
  enum class End : std::uint8_t { Whole, Broken, Cut };

  bool skip_between();
  bool skip_mark();
  void take_junk(Row& row);
  End scan_object(std::string& problem);
  End scan_string(std::string& problem);
  bool line_begins_object(std::size_t place);
  void skip_to_object();
  int at(std::size_t i);
  void drop_long();
  void count_lines(std::string_view bytes);
  void parse(Row& row, nlohmann::json& object);

  TextInput& input_;
  ByteWindow window_;
  std::size_t limit_;
  std::size_t scanned_ = 0;    // bytes of the object in the window
  std::uint64_t dropped_ = 0;  // bytes of a long object that are gone
  std::size_t taken_ = 0;      // of the window, by the row that was given last
  std::size_t deepest_ = 0;
  std::uint64_t line_ = 1;
  std::string kept_;
  std::string converted_;
};

}  // namespace koinon::exchange
