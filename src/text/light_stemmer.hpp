// SPDX-License-Identifier: Apache-2.0
//
// Stemming by rules that are data: the steps of a language file (docs/reference/languages.md).
//
// Threads: immutable once made, safe everywhere.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

/// The rules of one language, ready to use.
class LightStemmer {
 public:
  /// Reads the steps that stand under `key` in a language file. Throws Error with InvalidInput that
  /// names the field at fault.
  explicit LightStemmer(const nlohmann::json& file, const char* key = "stem");

  /// The stem of a word that lower() has prepared; any other bytes do no harm. Nothing is allocated
  /// but the result. O(n) for a fixed set of rules.
  std::string stem(std::string_view word) const;

 private:
  struct Rule {
    std::string ending;    // backwards, as a word is looked at from its end
    std::string instead;   // what comes in its place
    std::size_t keep = 0;  // letters that must stand before it
  };
  using Step = std::vector<Rule>;  // sorted by ending

  static const Rule* longest(const Step& step, std::string_view word);

  std::vector<Step> steps_;
};

}  // namespace koinon::text
