// SPDX-License-Identifier: Apache-2.0
#include "index/pattern_terms.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "text/utf8.hpp"

namespace koinon::index {

namespace {

constexpr char first_word_byte = 0x20;
constexpr std::size_t longest_fuzzy = 64;  // characters of the pattern

[[noreturn]] void damaged() {
  throw Error(ErrorCode::Damaged, "a segment of the search index is damaged: its terms");
}

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
      : cursor_(dictionary), terms_(dictionary.size()), limit_(distance) {
    for (std::size_t at = 0; at < word.size() && word_.size() < longest_fuzzy;) {
      const text::Decoded next = text::decode(word, at);
      word_.push_back(next.code);
      at += next.size;
    }
    Row first(word_.size() + 1);
    for (std::size_t i = 0; i < first.size(); ++i)
      first[i] = static_cast<std::uint8_t>(std::min<std::size_t>(i, limit_ + 1U));
    rows_.push_back(std::move(first));
  }

  void run(const OnTerm& on_term) {
    if (!cursor_.seek(std::string(1, first_word_byte))) return;
    // Of a dictionary in order no term is seen twice.
    for (std::uint64_t steps = 0;; ++steps) {
      if (steps > terms_) damaged();
      const bool dead = !descend();
      if (dead) {
        if (!jump()) return;
        continue;
      }
      const unsigned distance = distance_here();
      if (distance <= limit_) on_term(cursor_.spelling(), cursor_.entry(), distance);
      if (!cursor_.next()) return;
    }
  }

 private:
  using Row = std::vector<std::uint8_t>;

  struct Step {
    std::uint32_t code = 0;
    std::size_t begin = 0;  // byte of the spelling
  };

  // Of the term at hand; one more than the limit for all that are further.
  unsigned distance_here() const {
    const std::size_t length = path_.size();
    const std::size_t apart = length > word_.size() ? length - word_.size() : word_.size() - length;
    return apart > limit_ ? limit_ + 1U : rows_[length].back();
  }

  // The cells of a row that hold: [first, last].
  std::size_t first_cell(std::size_t depth) const { return depth > limit_ ? depth - limit_ : 0; }
  std::size_t last_cell(std::size_t depth) const { return std::min(depth + limit_, word_.size()); }

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

  // The row after one more character; returns its least number. Only the cells near the diagonal
  // can be within the limit: those beside them hold one more than it.
  unsigned add_row(std::size_t depth, std::uint32_t code) {
    if (rows_.size() <= depth + 1) rows_.emplace_back(word_.size() + 1);
    const Row& above = rows_[depth];
    Row& row = rows_[depth + 1];
    const std::size_t far = limit_ + 1U;
    const std::size_t begin = depth + 1 > limit_ ? depth + 1 - limit_ : 0;
    const std::size_t end = std::min(depth + 1 + limit_, word_.size());
    if (begin > word_.size()) return limit_ + 1U;
    const auto beyond = static_cast<std::uint8_t>(far);
    if (begin > 0) row[begin - 1] = beyond;
    std::uint8_t least = beyond;
    for (std::size_t i = begin; i <= end; ++i) {
      unsigned best = i == 0 ? above[0] + 1U : beyond;
      if (i > 0) {
        const unsigned above_me = i <= depth + limit_ ? above[i] : beyond;
        best = std::min(
            {above_me + 1, row[i - 1] + 1U, above[i - 1] + (word_[i - 1] == code ? 0U : 1U)});
      }
      row[i] = static_cast<std::uint8_t>(std::min<unsigned>(best, beyond));
      least = std::min(least, row[i]);
    }
    if (end < word_.size()) row[end + 1] = beyond;
    return least;
  }

  // To the first term that could match, behind the dead prefix in path_.
  bool jump() {
    const Step dead = path_.back();
    path_.pop_back();
    std::string target(cursor_.spelling().substr(0, dead.begin));
    if (dead.code == text::ill_formed) return leave(target);  // no word of ours
    const std::size_t depth = path_.size();
    const Row& row = rows_[depth];
    const std::size_t first = first_cell(depth);
    const std::size_t last = last_cell(depth);
    unsigned least = limit_;
    for (std::size_t i = first; i <= last; ++i) least = std::min<unsigned>(least, row[i]);
    std::uint32_t next = dead.code + 1;
    if (least == limit_) {
      // No edit is left: the next character must be the pattern's own.
      std::uint32_t nearest = text::ill_formed;
      for (std::size_t i = first; i <= last && i < word_.size(); ++i) {
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
  std::uint64_t terms_;
  unsigned limit_;
  std::vector<std::uint32_t> word_;
  std::vector<Row> rows_;   // by depth
  std::vector<Step> path_;  // of the rows that hold
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
