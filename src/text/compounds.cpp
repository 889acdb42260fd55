// SPDX-License-Identifier: Apache-2.0
#include "text/compounds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/compound_lexicon.hpp"

namespace koinon::text {

namespace {

using Entry = CompoundLexicon::Entry;

std::size_t letters(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// The cheapest way to each byte of a word, and the last part on it.
struct Step {
  int cost = forbidden;
  std::uint16_t from = 0;
  std::uint16_t link = 0;  // where the linking element begins
  const Entry* entry = nullptr;
};

class Splitter {
 public:
  Splitter(const CompoundLexicon& lexicon, std::string_view word)
      : lexicon_(lexicon), told_(word), word_(spelt_.data(), word.size()) {
    // The lexicon has ss for every German sharp s, of the old spelling and the new; both take two
    // bytes, so that what is found in one holds in the other.
    std::copy(word.begin(), word.end(), spelt_.begin());
    for (std::size_t i = 0; i + 1 < word.size(); ++i)
      if (word[i] == '\xC3' && word[i + 1] == '\x9F') spelt_[i] = spelt_[i + 1] = 's';
  }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  void into(std::vector<CompoundPart>& parts, std::size_t offset) {
    steps_[0].cost = 0;
    end_.cost = lexicon_.unknown(letters(word_));
    for (std::size_t from = 0; from < word_.size(); ++from) {
      if (steps_[from].cost >= end_.cost) continue;
      lexicon_.at(word_, from, [&](const Entry& entry, std::size_t to) {
        before_others(entry, from, to);
        at_the_end(entry, from, to);
      });
    }
    tell(parts, offset);
  }

 private:
  void before_others(const Entry& entry, std::size_t from, std::size_t to) {
    if (entry.first == forbidden) return;
    const int cost = steps_[from].cost + entry.first + lexicon_.join();
    for (const auto& [link, extra] : lexicon_.links()) {
      const std::size_t after = to + link.size();
      if (after >= word_.size() || cost + extra >= steps_[after].cost) continue;
      if (word_.compare(to, link.size(), link) != 0) continue;
      steps_[after] = {cost + extra, static_cast<std::uint16_t>(from),
                       static_cast<std::uint16_t>(to), &entry};
    }
  }

  void at_the_end(const Entry& entry, std::size_t from, std::size_t to) {
    const int own = from == 0 ? entry.whole : entry.last;
    if (own == forbidden || word_.size() - to > lexicon_.longest_ending()) return;
    const int ending = lexicon_.ending(word_.substr(to));
    if (ending == forbidden) return;
    const int cost = steps_[from].cost + own + ending;
    if (cost < end_.cost)
      end_ = {cost, static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(word_.size()),
              &entry};
  }

  void tell(std::vector<CompoundPart>& parts, std::size_t offset) const {
    const std::size_t first = parts.size();
    std::size_t end = word_.size();
    const Step* step = &end_;
    for (;;) {
      const std::size_t from = step->from;
      const std::string_view form =
          told_.substr(from, step == &end_ ? end - from : step->link - from);
      const bool changed = step != &end_ && !step->entry->form.empty();
      parts.push_back({offset + from, offset + end, changed ? step->entry->form : form});
      if (from == 0) break;
      end = from;
      step = &steps_[from];
    }
    std::reverse(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end());
  }

  const CompoundLexicon& lexicon_;
  std::string_view told_;
  std::array<char, longest_compound> spelt_;
  std::string_view word_;
  std::array<Step, longest_compound> steps_;
  Step end_;
};

}  // namespace

bool splits_compounds(std::string_view language) {
  return compound_lexicon(language) != nullptr;
}

void split_compound(std::string_view word, std::string_view language,
                    std::vector<CompoundPart>& parts) {
  parts.clear();
  if (word.empty()) return;
  const CompoundLexicon* lexicon =
      word.size() > longest_compound ? nullptr : compound_lexicon(language);
  if (lexicon == nullptr) {
    parts.push_back({0, word.size(), word});
    return;
  }
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t hyphen = std::min(word.find('-', at), word.size());
    if (hyphen > at) {
      Splitter(*lexicon, word.substr(at, hyphen - at)).into(parts, at);
    } else if (parts.empty()) {
      parts.push_back({0, 0, {}});  // a hyphen at the very start has no part to belong to
    }
    at = std::min(hyphen + 1, word.size());
    parts.back().end = at;
  }
}

}  // namespace koinon::text
