// SPDX-License-Identifier: Apache-2.0
#include "search/passages.hpp"

#include "text/tokens.hpp"

namespace koinon::search {

namespace {

constexpr std::uint32_t enough_words = 6;
constexpr std::uint32_t most_words = 48;

// Whether a sentence ends in what lies between two words.
bool ends_sentence(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (gap[i] == '\n') return true;
    const bool stop = gap[i] == '.' || gap[i] == '!' || gap[i] == '?' || gap[i] == ';';
    if (stop && i + 1 < gap.size()) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> passages(std::string_view text, std::size_t most) {
  std::vector<std::string_view> found;
  text::Tokens walker(text);
  text::Token token;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t words = 0;
  while (found.size() < most && walker.next(token)) {
    const bool full = words >= most_words;
    if (words > 0 &&
        (full || (words >= enough_words && ends_sentence(text.substr(end, token.begin - end))))) {
      found.push_back(text.substr(begin, end - begin));
      words = 0;
    }
    if (words++ == 0) begin = token.begin;
    end = token.end;
  }
  if (words > 0 && found.size() < most) found.push_back(text.substr(begin, end - begin));
  return found;
}

}  // namespace koinon::search
