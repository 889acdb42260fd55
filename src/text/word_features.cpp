// SPDX-License-Identifier: Apache-2.0
#include "text/word_features.hpp"

#include <xxhash.h>

#include <cmath>

#include "text/fold.hpp"
#include "text/tokens.hpp"
#include "text/transliterate.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

std::size_t next_character(std::string_view text, std::size_t at) {
  return at + decode(text, at).size;
}

// Calls use(gram) for each piece of `length` characters. A window of two ends moves over the text.
template <class Use>
void each_gram(std::string_view text, std::uint32_t length, Use&& use) {
  std::size_t end = 0;
  for (std::uint32_t i = 0; i < length; ++i) {
    if (end == text.size()) return;
    end = next_character(text, end);
  }
  std::size_t begin = 0;
  while (true) {
    use(text.substr(begin, end - begin));
    if (end == text.size()) return;
    begin = next_character(text, begin);
    end = next_character(text, end);
  }
}

}  // namespace

void DistinctWords::gather(std::string_view text) {
  bytes_.clear();
  words_.clear();
  slots_.fill(0);
  Tokens walker(text);
  for (Token token; walker.next(token);) {
    const std::size_t begin = bytes_.size();
    append_folded(bytes_, text.substr(token.begin, token.end - token.begin));
    const std::size_t end = bytes_.size();
    if (begin == end) continue;
    const std::uint64_t hash = XXH3_64bits_withSeed(bytes_.data() + begin, end - begin, 0);
    std::size_t slot = hash % slots_.size();
    while (slots_[slot] != 0 && words_[slots_[slot] - 1U].hash != hash)
      slot = (slot + 1) % slots_.size();
    if (slots_[slot] != 0) {
      ++words_[slots_[slot] - 1U].times;
    } else if (words_.size() < max_distinct_words) {
      words_.push_back({hash, begin, end, 1});
      slots_[slot] = static_cast<std::uint16_t>(words_.size());
      continue;
    }
    bytes_.resize(begin);
  }
}

float DistinctWords::weight(std::size_t i) const {
  const std::uint64_t times = words_[i].times;
  return times == 1 ? 1.0F : static_cast<float>(std::log2(1.0 + static_cast<double>(times)));
}

void append_word_features(std::string_view folded, std::uint64_t hash, GramLengths lengths,
                          std::string& scratch, std::vector<Feature>& out) {
  out.push_back({Feature::Kind::Word, hash, 1.0F});
  const std::size_t first = out.size();
  scratch = '<';
  append_skeleton(scratch, folded);
  scratch += '>';
  for (std::uint32_t length = lengths.least; length <= lengths.most; ++length) {
    each_gram(scratch, length, [&](std::string_view gram) {
      out.push_back({Feature::Kind::Gram, XXH3_64bits_withSeed(gram.data(), gram.size(), 1), 0.0F});
    });
  }
  const std::size_t grams = out.size() - first;
  const auto weight = static_cast<float>(1.0 / std::sqrt(static_cast<double>(grams)));
  for (std::size_t i = first; i < out.size(); ++i) out[i].weight = weight;
}

void features_of(std::string_view text, std::uint32_t least, std::uint32_t most,
                 std::vector<Feature>& out) {
  out.clear();
  DistinctWords words;
  words.gather(text);
  std::string scratch;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t first = out.size();
    append_word_features(words.word(i), words.hash(i), {least, most}, scratch, out);
    const float weight = words.weight(i);
    for (std::size_t j = first; j < out.size(); ++j) out[j].weight *= weight;
  }
}

}  // namespace koinon::text
