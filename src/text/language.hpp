// SPDX-License-Identifier: Apache-2.0
//
// What is known of a language, read from its file: the twenty-four of src/data/languages, and those
// that a host adds. What such a file holds is told in docs/reference/languages.md.
//
// Threads: everything here is safe everywhere. A Language is immutable, and those handed out by
// find_language(), languages() and add_language() hold for the life of the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/light_stemmer.hpp"

namespace koinon::text {

class Language {
 public:
  /// Reads a language file. Throws Error with InvalidInput that names the field at fault.
  explicit Language(std::string_view json);

  /// The primary subtag of BCP 47: "hr".
  const std::string& tag() const { return tag_; }

  /// Further primary subtags that are answered with this language: "no" and "nn" of "nb".
  const std::vector<std::string>& also() const { return also_; }

  /// Whether it answers to a primary subtag in lower case.
  bool answers_to(std::string_view primary) const;

  /// "Croatian".
  const std::string& english_name() const { return english_name_; }

  /// "hrvatski".
  const std::string& own_name() const { return own_name_; }

  /// ISO 15924: "Latn".
  const std::string& script() const { return script_; }

  /// The name of the Snowball algorithm in use; empty when the file has rules of its own, or none.
  const std::string& snowball() const { return snowball_; }

  /// The rules of its own; null when there are none.
  const LightStemmer* rules() const { return rules_ ? &*rules_ : nullptr; }

  /// Whether stem() is anything but the identity.
  bool has_stemmer() const { return algorithm_ || rules_; }

  /// Appends the word, as a text has it, ready for stem(): as append_lower(), and without a letter
  /// that only a capital after it tells from the word (Irish: tAontas, hÉireann). O(n).
  void append_prepared(std::string& out, std::string_view word) const;

  /// The stem of a word in lower case, composed, accents in place (lower() or append_prepared());
  /// any other bytes do no harm. O(n).
  std::string stem(std::string_view word) const;

  /// Whether a folded word (see fold.hpp) is a function word: article, pronoun, preposition,
  /// conjunction, auxiliary verb or particle. O(log n).
  bool is_stop_word(std::string_view folded) const;

  /// All stop words, folded, sorted.
  const std::vector<std::string>& stop_words() const { return stop_words_; }

  /// Of the whole file but for its spacing (FNV-1a, 64 bits): another number may mean other terms.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string tag_;
  std::vector<std::string> also_;
  std::string english_name_;
  std::string own_name_;
  std::string script_;
  std::string snowball_;
  std::optional<std::size_t> algorithm_;
  std::optional<LightStemmer> first_;        // before Snowball
  std::optional<LightStemmer> rules_;        // alone
  std::optional<LightStemmer> then_;         // after Snowball
  Pairs letters_;                            // what stands for what, before all else
  Pairs start_;                              // longest first
  std::vector<std::string> before_capital_;  // of one character each
  std::vector<std::string> stop_words_;
  std::uint64_t fingerprint_ = 0;
};

/// The language of a BCP 47 tag ("pt-BR" is answered with pt); null when there is none. O(number of
/// languages).
const Language* find_language(std::string_view tag);

/// The tag that terms of a language stand under: that of the language that answers to it ("nb" for
/// "nn-NO", where a host has added that), else its primary subtag; "und" for what is no tag.
/// O(number of languages).
std::string language_tag(std::string_view tag);

/// All languages, sorted by tag.
std::vector<const Language*> languages();

/// Adds the language of a file to those of this process, for good; the same file once more changes
/// nothing. Texts that were analysed before keep the terms they had: add languages before a
/// catalogue is opened. Throws Error: InvalidInput for a file at fault, AlreadyExists when one of
/// its tags is taken by a language of another definition; nothing has changed then.
const Language& add_language(std::string_view json);

}  // namespace koinon::text
