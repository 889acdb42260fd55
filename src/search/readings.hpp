// SPDX-License-Identifier: Apache-2.0
//
// In which languages a text is read, whatever its record says.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/record_texts.hpp"
#include "text/analyse.hpp"
#include "text/function_words.hpp"

namespace koinon::search {

/// Bytes [begin, end) of a text and the tag of their language (text::language_tag()).
struct Reading {
  std::string language;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Reads texts: each part of one in the language that it is told to be in, where that is not surely
/// wrong; a text of no told language in the one that it is surely in. The one rule that indexing
/// and snippets share.
///
/// Threads: one object per thread.
class Reader {
 public:
  /// `cached_words`: see text::Analyser.
  explicit Reader(std::size_t cached_words = 0)
      : analyser_(cached_words), function_words_(text::FunctionWords::current()) {}

  /// Calls `visit(reading, tokens)` for the parts of a text in order; the places of the tokens, in
  /// bytes and words, are those in the part. Texts of names, tags and codes are one part in the
  /// told language, and so are short ones. O(length).
  template <class F>
  void read(const TextPart& part, F&& visit) {
    const std::span<const text::AnalysedToken> tokens = as_told(part);
    if (!split_) return visit(readings_.front(), tokens);
    for (const Reading& reading : readings_) {
      visit(reading, analyser_.run(part.text.substr(reading.begin, reading.end - reading.begin),
                                   reading.language));
    }
  }

 private:
  std::span<const text::AnalysedToken> as_told(const TextPart& part);
  void look_closely(std::string_view text, const std::string& told);
  void add(Reading reading);

  text::Analyser analyser_;
  std::shared_ptr<const text::FunctionWords> function_words_;
  std::vector<Reading> readings_;  // of the text at hand
  bool split_ = false;             // they are not the whole in its told language
};

}  // namespace koinon::search
