// SPDX-License-Identifier: Apache-2.0
//
// The sections of a thesaurus as they are filled, and the bytes that they make.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/thesaurus_format.hpp"

namespace koinon::text {

class ThesaurusWriter {
 public:
  /// `languages` sorted.
  explicit ThesaurusWriter(std::vector<std::string> languages);

  /// The number of a term, the same for the same.
  std::uint32_t term(char kind, std::string_view text);

  /// A label of these terms. Whether another concept has the same.
  bool hit(const std::string& language, const std::vector<std::uint32_t>& terms, std::uint32_t hit);

  /// The next concept, then its labels.
  void add_concept(const std::string& uri, const std::vector<std::string>& names);
  void preferred(const std::string& language, const std::string& text);
  void other(const std::string& language, const std::string& text);

  /// The list of the next concept: all that are broader, then narrower, then related.
  void links(const std::vector<std::uint32_t>& targets);

  std::vector<char> bytes();

 private:
  struct Path {
    std::vector<std::uint32_t> terms;  // the language first
    std::uint32_t hit = 0;
  };

  std::uint32_t language(const std::string& tag) const;
  void string(std::uint32_t section, std::string_view text);
  void put(std::uint32_t section, std::uint32_t value);
  void write_labels();
  void write_slots();
  void write_trie();
  void sort_uris();

  std::vector<std::string> languages_;
  std::string text_;
  std::vector<std::uint32_t> sections_[thesaurus_format::SectionCount];
  std::unordered_map<std::string, std::uint32_t> terms_;
  std::vector<std::string> term_texts_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> owners_;
  std::vector<Path> paths_;
  std::vector<std::vector<std::string>> preferred_;  // of each concept, by language
  std::vector<std::pair<std::string, std::uint32_t>> uris_;
};

}  // namespace koinon::text
