// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>

#include "domain/differences.hpp"

namespace koinon::domain {

namespace {

constexpr std::size_t most_cells = 4'000'000;

// Words, each with the white space after it, so that they make up the text again.
std::vector<std::string_view> words_of(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !blank(text[end])) ++end;
    while (end < text.size() && blank(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// The same word, whatever white space ends it.
bool same_word(std::string_view a, std::string_view b) {
  const auto bare = [](std::string_view word) {
    const std::size_t end = word.find_last_not_of(" \n\t\r");
    return end == std::string_view::npos ? std::string_view() : word.substr(0, end + 1);
  };
  return bare(a) == bare(b);
}

class Weaver {
 public:
  void put(const char* what, std::string_view word) {
    if (runs_.empty() || runs_.back().what != what) runs_.push_back({what, {}});
    runs_.back().text += word;
  }
  std::vector<WordRun> take() { return std::move(runs_); }

 private:
  std::vector<WordRun> runs_;
};

using Words = std::vector<std::string_view>;

// Lengths of the longest common subsequences of what is left from each pair of places on.
void weave_middle(const Words& a, const Words& b, std::size_t first, std::size_t a_end,
                  std::size_t b_end, Weaver& weaver) {
  const std::size_t rows = a_end - first;
  const std::size_t columns = b_end - first;
  std::size_t i = 0;
  std::size_t k = 0;
  if (rows > 0 && columns > 0 && rows <= most_cells / columns) {
    const std::size_t width = columns + 1;
    std::vector<std::uint16_t> longest((rows + 1) * width, 0);
    for (std::size_t r = rows; r-- > 0;) {
      for (std::size_t c = columns; c-- > 0;) {
        longest[r * width + c] =
            same_word(a[first + r], b[first + c])
                ? static_cast<std::uint16_t>(
                      std::min<unsigned>(longest[(r + 1) * width + c + 1] + 1U, UINT16_MAX))
                : std::max(longest[(r + 1) * width + c], longest[r * width + c + 1]);
      }
    }
    while (i < rows && k < columns) {
      if (same_word(a[first + i], b[first + k])) {
        weaver.put("same", b[first + k]);
        ++i;
        ++k;
      } else if (longest[(i + 1) * width + k] >= longest[i * width + k + 1]) {
        weaver.put("removed", a[first + i++]);
      } else {
        weaver.put("added", b[first + k++]);
      }
    }
  }
  while (i < rows) weaver.put("removed", a[first + i++]);
  while (k < columns) weaver.put("added", b[first + k++]);
}

}  // namespace

std::vector<WordRun> word_runs(std::string_view before, std::string_view after) {
  const Words a = words_of(before);
  const Words b = words_of(after);
  std::size_t first = 0;
  while (first < a.size() && first < b.size() && same_word(a[first], b[first])) ++first;
  std::size_t a_end = a.size();
  std::size_t b_end = b.size();
  while (a_end > first && b_end > first && same_word(a[a_end - 1], b[b_end - 1])) {
    --a_end;
    --b_end;
  }
  Weaver weaver;
  for (std::size_t i = 0; i < first; ++i) weaver.put("same", b[i]);
  weave_middle(a, b, first, a_end, b_end, weaver);
  for (std::size_t i = b_end; i < b.size(); ++i) weaver.put("same", b[i]);
  return weaver.take();
}

}  // namespace koinon::domain
