// SPDX-License-Identifier: Apache-2.0
//
// From text to terms: segmentation, folding and stemming in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/compounds.hpp"

namespace koinon::text {

class Language;

/// A word of a text as an index wants it.
struct AnalysedToken {
  std::string_view surface;   // folded; never empty
  std::string_view stem;      // of the lower-cased word, folded after; empty without a stemmer
  std::string_view accented;  // lower case, where folding takes accents from that; otherwise empty
  std::string_view skeleton;  // see transliterate.hpp
  std::string_view parts;     // of a compound: the stem of each and a zero byte after it
  std::size_t begin = 0;      // bytes [begin, end) of the text
  std::size_t end = 0;
  std::uint32_t position = 0;  // number of the word in the text, from 0
};

/// Calls f with the stem of each part of a compound; not at all for other words.
template <class F>
void each_part(const AnalysedToken& token, F&& f) {
  for (std::size_t at = 0; at < token.parts.size();) {
    const std::size_t end = token.parts.find('\0', at);
    f(token.parts.substr(at, end - at));
    at = end + 1;
  }
}

/// Analyses texts one after the other and keeps its buffers, and a bounded cache of words, between
/// them: words repeat, stemming is dear.
///
/// Threads: one object per thread.
class Analyser {
 public:
  /// `cached_words` is rounded up to a power of two; 0 keeps no cache (right for a few texts).
  explicit Analyser(std::size_t cached_words = 0);
  ~Analyser();
  Analyser(Analyser&&) noexcept;
  Analyser& operator=(Analyser&&) noexcept;

  /// The tokens of `text`, in order. They point into the analyser and hold until the next call.
  /// `language` is a BCP 47 tag; any that language.hpp has no stemmer for gives empty stems. Never
  /// throws but for want of memory. O(n).
  std::span<const AnalysedToken> run(std::string_view text, std::string_view language);

 private:
  struct Cache;
  // Where the forms of a word begin in bytes_, each after the one before.
  struct Spans {
    std::size_t surface = 0, stem = 0, accented = 0, skeleton = 0, parts = 0, end = 0;
    Spans from(std::size_t begin) const {
      return {surface + begin,  stem + begin,  accented + begin,
              skeleton + begin, parts + begin, end + begin};
    }
  };

  Spans append_forms(std::string_view word, const Language* language);
  Spans make_forms(std::string_view word, const Language* language);
  void append_parts(const Language& language);

  std::unique_ptr<Cache> cache_;
  std::string bytes_;
  std::string lower_;
  std::vector<CompoundPart> parts_;
  std::vector<Spans> spans_;
  std::vector<AnalysedToken> tokens_;
};

/// The same for one text, each token with its own strings.
struct OwnedToken {
  std::string surface;
  std::string stem;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t position = 0;
};

std::vector<OwnedToken> analyse(std::string_view text, std::string_view language);

}  // namespace koinon::text
