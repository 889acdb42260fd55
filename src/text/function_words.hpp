// SPDX-License-Identifier: Apache-2.0
//
// Whether a text may be in another language than it is said to be, told by its function words
// alone: cheap enough to ask of every text, so that only doubtful ones are looked at closely.
#pragma once

#include <bitset>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/analyse.hpp"

namespace koinon::text {

/// The function words of all languages that there were when it was made.
///
/// Threads: immutable; current() is safe everywhere.
class FunctionWords {
 public:
  FunctionWords();

  /// That of the languages there are now, made once. O(1) but for the first time after one was
  /// added.
  static std::shared_ptr<const FunctionWords> current();

  /// Whether the words of a text in `language` (see language_tag()) leave a doubt: in a stretch of
  /// them another language has more function words, or there is none of the language's own among
  /// eight or more. True for a language without a list. O(words).
  bool doubtful(std::span<const AnalysedToken> tokens, std::string_view language) const;

 private:
  static constexpr std::size_t most_languages = 64;
  using Languages = std::bitset<most_languages>;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };

  std::vector<std::string> tags_;  // a bit of Languages each
  std::unordered_map<std::string, Languages, Hash, std::equal_to<>> languages_of_;
};

}  // namespace koinon::text
