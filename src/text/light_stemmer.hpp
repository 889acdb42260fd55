// SPDX-License-Identifier: Apache-2.0
//
// Stemming by rules that are data: the languages of src/data/languages, one file each. What such a
// file holds is told in docs/reference/languages.md.
//
// Threads: immutable once made, safe everywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::text {

/// The rules of one language, ready to use.
class LightStemmer {
 public:
  /// Reads a language file. Throws Error with InvalidInput that names the field at fault.
  explicit LightStemmer(std::string_view json);

  /// The primary tag that the file gives: "hr".
  const std::string& language() const { return language_; }

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

  std::string language_;
  std::vector<Step> steps_;
};

/// The stemmer of an embedded language file, read with all others at the first call; null when
/// there is none for this primary tag. Valid for the life of the process.
const LightStemmer* light_stemmer(std::string_view language);

/// The tags of all embedded language files, sorted.
std::vector<std::string> light_languages();

}  // namespace koinon::text
