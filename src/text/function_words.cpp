// SPDX-License-Identifier: Apache-2.0
#include "text/function_words.hpp"

#include <algorithm>
#include <array>
#include <mutex>

#include "text/language.hpp"

namespace koinon::text {

namespace {

// Words looked at together: enough for some function words in any language, few enough that a
// sentence in another language is seen beside those around it.
constexpr std::size_t stretch = 16;
// Fewer words may do without: a title, a list of three names.
constexpr std::size_t words_to_expect_one = 8;

}  // namespace

FunctionWords::FunctionWords() {
  for (const Language* language : languages()) {
    if (tags_.size() == most_languages) break;
    for (const std::string& word : language->stop_words()) languages_of_[word].set(tags_.size());
    tags_.push_back(language->tag());
  }
}

std::shared_ptr<const FunctionWords> FunctionWords::current() {
  static std::mutex mutex;
  static std::shared_ptr<const FunctionWords> made;
  static std::size_t of = 0;
  const std::size_t present = languages().size();
  const std::lock_guard<std::mutex> lock(mutex);
  if (!made || of != present) {
    made = std::make_shared<const FunctionWords>();
    of = present;
  }
  return made;
}

bool FunctionWords::doubtful(std::span<const AnalysedToken> tokens,
                             std::string_view language) const {
  const auto own =
      static_cast<std::size_t>(std::find(tags_.begin(), tags_.end(), language) - tags_.begin());
  if (own == tags_.size()) return true;
  bool any = false;
  for (std::size_t begin = 0; begin < tokens.size(); begin += stretch) {
    std::array<std::size_t, most_languages> counts{};
    for (const AnalysedToken& token :
         tokens.subspan(begin, std::min(stretch, tokens.size() - begin))) {
      const auto found = languages_of_.find(token.surface);
      if (found == languages_of_.end()) continue;
      for (std::size_t i = 0; i < tags_.size(); ++i) counts[i] += found->second[i] ? 1 : 0;
    }
    if (*std::max_element(counts.begin(), counts.end()) > counts[own]) return true;
    any = any || counts[own] > 0;
  }
  return !any && tokens.size() >= words_to_expect_one;
}

}  // namespace koinon::text
