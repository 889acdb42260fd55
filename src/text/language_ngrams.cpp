// SPDX-License-Identifier: Apache-2.0
#include "text/language_ngrams.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#include "data/embedded.hpp"
#include "text/characters.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

constexpr std::size_t longest = 5;        // letters of an n-gram
constexpr std::size_t whole_word = 6;     // the length by which a whole word is hashed
constexpr std::size_t longest_word = 64;  // letters of a word that are looked at
constexpr std::size_t names_size = 256;
constexpr std::size_t levels = 64;
constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t spread = 0xD6E8FEB86659FD93U;

// powers[k] weighs the letter k of a string that is hashed.
constexpr auto powers = [] {
  std::array<std::uint64_t, longest_word + 2> table{};
  table[0] = 1;
  for (std::size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 0x100000001B3U;
  return table;
}();

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t bits;
  std::uint32_t languages;
  float unit;
};

struct Model {
  std::vector<std::string> languages;
  std::vector<std::int8_t> weights;  // a row of `stride` for each bucket
  std::size_t stride = 0;
  unsigned shift = 63;
  float unit = 0;
};

// The file is part of the library, so it is right or there is none.
Model unpacked() {
  Model model;
  const std::string_view file = data::embedded("languages-id/ngrams.bin");
  Header header;
  if (file.size() < sizeof header + names_size + levels) return model;
  std::memcpy(&header, file.data(), sizeof header);
  const std::size_t row_bytes = (header.languages + 3) / 4 * 3;
  const std::size_t buckets = std::size_t{1} << header.bits;
  const std::size_t begin = sizeof header + names_size + levels;
  if (header.languages > max_ngram_languages || file.size() < begin + buckets * row_bytes)
    return model;
  std::string_view names = file.substr(sizeof header, names_size);
  names = names.substr(0, names.find('\0'));
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    model.languages.emplace_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  model.shift = 64 - header.bits;
  model.unit = header.unit;
  model.stride = (header.languages + 7) / 8 * 8;
  model.weights.resize(buckets * model.stride);
  const auto* values = reinterpret_cast<const std::int8_t*>(file.data()) + begin - levels;
  const auto* packed = reinterpret_cast<const unsigned char*>(file.data()) + begin;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    std::int8_t* row = &model.weights[bucket * model.stride];
    const unsigned char* four = packed + bucket * row_bytes;
    for (std::size_t i = 0; i < header.languages; ++i) {
      const unsigned char* bytes = four + i / 4 * 3;
      const std::uint32_t codes = bytes[0] | bytes[1] << 8U | bytes[2] << 16U;
      row[i] = values[codes >> (i % 4 * 6) & 0x3FU];
    }
  }
  return model;
}

const Model& model() {
  static const Model made = unpacked();
  return made;
}

enum class Kind : std::uint8_t { Separator, Letter, Mark, Foreign };

Kind kind_of(std::uint32_t code) {
  if (code < 0x80) {
    return (code | 0x20U) - 'a' < 26U ? Kind::Letter : Kind::Separator;
  }
  const WordClass word = word_class(code);
  if (word == WordClass::Separator || word == WordClass::Ignored) return Kind::Separator;
  if (word == WordClass::Extends) return Kind::Mark;
  // The letters of Latin, Greek and Cyrillic lie before U+0530, but for a few.
  if (code < 0x530 || (code >= 0x1E00 && code < 0x2000)) return Kind::Letter;
  if (!u_isalpha(static_cast<UChar32>(code))) return Kind::Separator;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(code), &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC
             ? Kind::Letter
             : Kind::Foreign;
}

// Adds up the rows of the n-grams of words that come one after the other.
class Sums {
 public:
  explicit Sums(const Model& model) : model_(model) {}

  void add_letter(std::uint32_t code) {
    if (size_ <= longest_word) word_[size_++] = code;
  }

  bool in_word() const { return size_ > 1; }

  void end_word() {
    if (!in_word()) return;
    word_[size_] = ' ';
    std::uint64_t whole = 0;
    for (std::size_t i = 1; i < size_; ++i) whole += word_[i] * powers[i - 1];
    add(whole, whole_word);
    for (std::size_t i = 0; i < size_; ++i) {
      std::uint64_t sum = word_[i];
      if (i > 0) add(sum, 1);
      const std::size_t most = std::min(longest, size_ - i + 1);
      for (std::size_t length = 2; length <= most; ++length) {
        sum += word_[i + length - 1] * powers[length - 1];
        add(sum, length);
      }
    }
    size_ = 1;
  }

  void finish(NgramScores& scores) {
    flush();
    scores.features = features_;
    const float scale =
        features_ == 0 ? 0.0F : model_.unit / std::sqrt(static_cast<float>(features_));
    for (std::size_t i = 0; i < model_.languages.size(); ++i) {
      scores.score[i] = static_cast<float>(total_[i]) * scale;
    }
  }

 private:
  void add(std::uint64_t sum, std::size_t length) {
    std::uint64_t mixed = (sum + length * factor) * spread;
    mixed ^= mixed >> 32U;
    const std::int8_t* row = &model_.weights[(mixed * factor >> model_.shift) * model_.stride];
    for (std::size_t i = 0; i < model_.stride; ++i) {
      part_[i] = static_cast<std::int16_t>(part_[i] + row[i]);
    }
    // 250 weights of at most 128 fit into 16 bits.
    if (++features_ % 250 == 0) flush();
  }

  void flush() {
    for (std::size_t i = 0; i < model_.stride; ++i) total_[i] += part_[i];
    part_.fill(0);
  }

  const Model& model_;
  std::array<std::uint64_t, longest_word + 2> word_{' '};
  std::size_t size_ = 1;
  std::size_t features_ = 0;
  std::array<std::int16_t, max_ngram_languages> part_{};
  std::array<std::int64_t, max_ngram_languages> total_{};
};

}  // namespace

std::span<const std::string> ngram_languages() {
  return model().languages;
}

NgramScores ngram_scores(std::string_view text) {
  NgramScores scores;
  if (model().languages.empty()) return scores;
  const std::string low = lower(text);
  Sums sums(model());
  for (std::size_t at = 0; at < low.size();) {
    const Decoded here = decode(low, at);
    at += here.size;
    const Kind kind = kind_of(here.code);
    if (kind == Kind::Letter || (kind == Kind::Mark && sums.in_word())) {
      sums.add_letter(here.code);
      scores.letters += kind == Kind::Letter ? 1 : 0;
      scores.cyrillic_letters += here.code >= 0x400 && here.code < 0x530 ? 1 : 0;
      continue;
    }
    // l'ecole is l' and ecole, tal-kontea tal- and kontea: the mark belongs to the short word.
    const bool apostrophe = here.code == '\'' || here.code == 0x2019;
    if ((apostrophe || here.code == '-') && sums.in_word() && at < low.size() &&
        kind_of(decode(low, at).code) == Kind::Letter) {
      sums.add_letter(apostrophe ? '\'' : '-');
    }
    sums.end_word();
    if (kind == Kind::Foreign) {
      ++scores.letters;
      ++scores.foreign_letters;
    }
  }
  sums.end_word();
  sums.finish(scores);
  return scores;
}

}  // namespace koinon::text
