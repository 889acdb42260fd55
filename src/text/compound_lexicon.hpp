// SPDX-License-Identifier: Apache-2.0
//
// What is known of the parts of compounds in one language, as a trie over their bytes.
//
// Threads: immutable once made, safe everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace koinon::text {

/// Costs are thirds of -ln of a share, 0 to 78; what may not be has `forbidden`.
inline constexpr int forbidden = 1000000;

class CompoundLexicon {
 public:
  struct Entry {
    int first = forbidden;  // before other parts
    int last = forbidden;   // after other parts
    int whole = forbidden;  // as a word that stays whole
    std::string_view form;  // of a changed stem: "gata" of "gatu"; empty for others
  };
  using Costs = std::vector<std::pair<std::string_view, int>>;

  /// Reads a file of src/data/compounds, which must outlive this. Throws Error with InvalidInput
  /// that tells the line at fault.
  explicit CompoundLexicon(std::string_view text);

  /// Calls found(entry, end) for each entry that the text has at `from`, from the shortest to the
  /// longest. O(length of the longest).
  template <class Found>
  void at(std::string_view text, std::size_t from, Found&& found) const {
    std::uint32_t node = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
      node = child(node, static_cast<unsigned char>(text[i]));
      if (node == 0) return;
      const std::uint32_t entry = nodes_[node].entry;
      if (entry != none) found(entries_[entry], i + 1);
    }
  }

  /// The entry of just these bytes, or null.
  const Entry* find(std::string_view word) const;

  /// Linking elements, the empty one among them.
  const Costs& links() const { return links_; }
  /// What a text costs as an inflection; 0 when it is empty, `forbidden` when it is none.
  int ending(std::string_view text) const;
  std::size_t longest_ending() const { return longest_ending_; }

  /// What an unknown word of so many letters costs.
  int unknown(std::size_t letters) const { return unknown_ + letter_ * static_cast<int>(letters); }
  /// What each boundary costs.
  int join() const { return join_; }
  std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  struct Node {
    std::uint32_t children = 0;  // the first of them; they lie together, sorted by byte
    std::uint32_t entry = none;
    std::uint16_t fan = 0;
    unsigned char byte = 0;
  };
  struct Line {
    std::string_view word;
    Entry entry;
  };

  std::uint32_t child(std::uint32_t node, unsigned char byte) const {
    const Node* at = nodes_.data() + nodes_[node].children;
    for (const Node* end = at + nodes_[node].fan; at != end; ++at)
      if (at->byte >= byte)
        return at->byte == byte ? static_cast<std::uint32_t>(at - nodes_.data()) : 0;
    return 0;
  }
  void setting(std::string_view name, std::string_view text, int cost);
  void grow(const std::vector<Line>& lines);

  std::vector<Node> nodes_;
  std::vector<Entry> entries_;
  Costs links_;
  Costs endings_;  // sorted
  std::size_t longest_ending_ = 0;
  int unknown_ = 0;
  int letter_ = 0;
  int join_ = 0;
};

/// The lexicon of a primary tag, read at its first call; null when there is none. Valid for the
/// life of the process.
const CompoundLexicon* compound_lexicon(std::string_view language);

}  // namespace koinon::text
