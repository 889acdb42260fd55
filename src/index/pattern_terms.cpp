// SPDX-License-Identifier: Apache-2.0
#include "index/pattern_terms.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "text/utf8.hpp"

namespace koinon::index {

namespace {

constexpr char first_word_byte = 0x20;
constexpr std::size_t longest_fuzzy = 64;  // characters of the pattern

void each_beginning(const TermDictionary& dictionary, std::string_view prefix,
                    const OnTerm& on_term) {
  TermCursor cursor(dictionary);
  const std::string begin = prefix.empty() ? std::string(1, first_word_byte) : std::string(prefix);
  if (!cursor.seek(begin)) return;
  do {
    if (!cursor.spelling().starts_with(prefix)) return;
    on_term(cursor.spelling(), cursor.entry(), 0);
  } while (cursor.next());
}

class FuzzyWalk {
 public:
  FuzzyWalk(const TermDictionary& dictionary, std::string_view word, unsigned distance)
      : cursor_(dictionary), limit_(distance) {
    for (std::size_t at = 0; at < word.size() && word_.size() < longest_fuzzy;) {
      const text::Decoded next = text::decode(word, at);
      word_.push_back(next.code);
      at += next.size;
    }
    std::vector<unsigned> first(word_.size() + 1);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<unsigned>(i);
    rows_.push_back(std::move(first));
  }

  void run(const OnTerm& on_term) {
    if (!cursor_.seek(std::string(1, first_word_byte))) return;
    for (;;) {
      const bool dead = !descend();
      if (dead) {
        if (!jump()) return;
        continue;
      }
      const unsigned distance = rows_[path_.size()].back();
      if (distance <= limit_) on_term(cursor_.spelling(), cursor_.entry(), distance);
      if (!cursor_.next()) return;
    }
  }

 private:
  struct Step {
    std::uint32_t code = 0;
    std::size_t begin = 0;  // byte of the spelling
  };

  // Makes the rows of the term at hand, from those it shares with the one before; false at a prefix
  // that nothing can come of: then path_ ends with it.
  bool descend() {
    const std::string_view spelling = cursor_.spelling();
    std::size_t at = 0;
    std::size_t depth = 0;
    while (at < spelling.size()) {
      const text::Decoded next = text::decode(spelling, at);
      if (depth < path_.size() && path_[depth].code == next.code) {
        ++depth;
        at += next.size;
        continue;
      }
      path_.resize(depth);
      path_.push_back({next.code, at});
      if (add_row(depth, next.code) > limit_) return false;
      ++depth;
      at += next.size;
    }
    path_.resize(depth);
    return true;
  }

  // The row after one more character; returns its least number.
  unsigned add_row(std::size_t depth, std::uint32_t code) {
    if (rows_.size() <= depth + 1) rows_.emplace_back(word_.size() + 1);
    const std::vector<unsigned>& above = rows_[depth];
    std::vector<unsigned>& row = rows_[depth + 1];
    row[0] = above[0] + 1;
    unsigned least = row[0];
    for (std::size_t i = 1; i < row.size(); ++i) {
      const unsigned replaced = above[i - 1] + (word_[i - 1] == code ? 0 : 1);
      row[i] = std::min({above[i] + 1, row[i - 1] + 1, replaced});
      least = std::min(least, row[i]);
    }
    return least;
  }

  // To the first term that could match, behind the dead prefix in path_.
  bool jump() {
    const Step dead = path_.back();
    path_.pop_back();
    std::string target(cursor_.spelling().substr(0, dead.begin));
    if (dead.code == text::ill_formed) return leave(target);  // no word of ours
    const std::vector<unsigned>& row = rows_[path_.size()];
    const unsigned least = *std::min_element(row.begin(), row.end());
    std::uint32_t next = dead.code + 1;
    if (least == limit_) {
      // No edit is left: the next character must be the pattern's own.
      std::uint32_t nearest = text::ill_formed;
      for (std::size_t i = 0; i < word_.size(); ++i) {
        const bool better = nearest == text::ill_formed || word_[i] < nearest;
        if (row[i] == limit_ && word_[i] > dead.code && better) nearest = word_[i];
      }
      if (nearest == text::ill_formed) return leave(target);
      next = nearest;
    }
    if (next >= 0xD800 && next < 0xE000) next = 0xE000;
    if (next > 0x10FFFF) return leave(target);
    text::append_utf8(target, next);
    return cursor_.seek(target);
  }

  // Past everything that begins with `prefix`.
  bool leave(std::string prefix) {
    if (prefix.empty()) return false;
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return cursor_.seek(prefix);
  }

  TermCursor cursor_;
  unsigned limit_;
  std::vector<std::uint32_t> word_;
  std::vector<std::vector<unsigned>> rows_;  // by depth
  std::vector<Step> path_;                   // of the rows that hold
};

}  // namespace

void each_term(const TermDictionary& dictionary, const Pattern& pattern, const OnTerm& on_term) {
  if (pattern.kind == Pattern::Kind::Prefix) {
    each_beginning(dictionary, pattern.text, on_term);
  } else {
    FuzzyWalk(dictionary, pattern.text, std::min(pattern.distance, 2U)).run(on_term);
  }
}

}  // namespace koinon::index
