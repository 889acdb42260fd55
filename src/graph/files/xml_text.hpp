// SPDX-License-Identifier: Apache-2.0
//
// XML as graph files need it: written, and read piece by piece.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/files/graph_file.hpp"

namespace koinon::graph {

/// A text as it stands between tags or in quotes, with what XML forbids written _xHHHH_.
std::string xml_escaped(std::string_view text);
/// Takes _xHHHH_ back where it stands for what XML forbids, or for an underscore.
std::string xml_unescaped(std::string text);

/// Reads one element, text or end after the other, without recursion and with nothing that can make
/// a small file large: no entities but the five of XML, elements nested at most 100 deep, at most
/// 64 attributes. Comments and instructions are passed over. Throws GraphFileError with the line.
class XmlReader {
 public:
  static constexpr std::size_t deepest = 100;
  static constexpr std::size_t most_attributes = 64;
  enum class Event { Open, Close, Text, End };

  /// The bytes must be UTF-8 and outlive the reader.
  explicit XmlReader(std::string_view bytes) : bytes_(bytes) {}

  Event next();

  /// The name of the element that opened, without a prefix.
  std::string_view name() const { return name_; }
  /// Of the element that opened last; nullptr when it has none of that name.
  const std::string* attribute(std::string_view name) const;
  /// Throws GraphFileError when it is not there.
  const std::string& required(std::string_view name) const;
  const std::string& text() const { return text_; }
  /// Where the last event began.
  std::size_t place() const { return place_; }

  /// Calls use() for each element in the one that opened last; use() must read it to its end, by
  /// one of these three.
  template <class Use>
  void each_child(Use use) {
    for (;;) {
      const Event event = next();
      if (event == Event::Close || event == Event::End) return;
      if (event == Event::Open) use();
    }
  }
  /// The text of the element that opened last, without that of elements in it.
  std::string element_text();
  void skip();

  [[noreturn]] void fail(const std::string& reason) const { fail_at(reason, place_); }

 private:
  struct Attribute {
    std::string_view name;
    std::string value;
  };
  [[noreturn]] void fail_at(const std::string& reason, std::size_t place) const;
  bool starts(std::string_view with) const { return bytes_.substr(at_, with.size()) == with; }
  void pass(std::string_view end, const char* what);
  void pass_declaration();
  void pass_document_type();
  bool pass_blank();
  std::string_view read_name();
  void read_attributes();
  Event read_open();
  Event read_close();
  Event read_text();
  void add_reference(std::string& to);
  void add_character(std::string& to, bool quoted);

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t place_ = 0;
  bool closing_ = false;  // <name/>: its end comes next
  bool rooted_ = false;
  std::string_view name_;
  std::string text_;
  std::vector<Attribute> attributes_;
  std::vector<std::string_view> open_;
};

}  // namespace koinon::graph
