// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::exchange {

/// Looks at XML before a parser does: for what makes parsers slow or large, and is in no honest
/// file. It is no parser: what is not well-formed passes, for the parser to refuse.
class XmlGuard {
 public:
  static constexpr std::size_t deepest = 200;
  static constexpr std::size_t longest_entity = 512;

  /// `head_bytes`: how many bytes look_at_head() has seen.
  explicit XmlGuard(std::size_t head_bytes) : head_(head_bytes) {}

  /// What is wrong with the first bytes of a file: another encoding than one that holds ASCII, an
  /// entity that is long or made of others. Empty when nothing is.
  static std::string look_at_head(std::string_view head);

  /// What is wrong with the bytes, which follow those of the last call: elements nested too deeply,
  /// a document type behind the head. Empty when nothing is.
  std::string look_at(std::string_view bytes);

 private:
  enum class In : std::uint8_t {
    Text,
    Opened,
    Tag,
    Quoted,
    Closing,
    Bang,
    Comment,
    Data,
    Question
  };

  void step(char c);
  void begin(char c);

  In in_ = In::Text;
  char quote_ = 0;
  std::string last_;  // the last bytes of what is being skipped
  std::size_t depth_ = 0;
  std::size_t seen_ = 0;
  std::size_t head_ = 0;
  bool late_ = false;
};

}  // namespace koinon::exchange
