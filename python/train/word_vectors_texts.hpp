// SPDX-License-Identifier: Apache-2.0
//
// The texts that word_vectors.cpp learns from, as numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/word_features.hpp"

namespace koinon::training {

inline constexpr std::uint32_t none = 0xFFFFFFFFU;  // no text, no row
inline constexpr std::uint32_t grams = 1U << 18U;
inline constexpr koinon::text::GramLengths lengths{3, 5};

inline constexpr std::array<std::string_view, 24> languages{
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};
inline constexpr std::uint32_t english = 5;

struct Group {
  std::string_view name;
  double weight;  // how often a batch is of it, against the others
};
// Sentences are what records are made of; they come most often.
inline constexpr std::array<Group, 5> groups{
    {{"eurovoc", 3}, {"eforms", 2}, {"cldr", 2}, {"short", 2}, {"long", 5}}};

struct Word {
  std::uint64_t hash = 0;
  std::size_t first_gram = 0;  // its grams end where those of the next one begin
  std::uint32_t row = none;
};

struct Counted {
  std::uint32_t word = 0;
  float weight = 0;
};

struct Pair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

/// A text in some languages; `none` for the others.
using Item = std::array<std::uint32_t, languages.size()>;

/// All texts as numbers of words, and which of them say the same.
class Corpus {
 public:
  void read(const std::string& path);
  /// Gives rows to the words that are worth one. Returns how many got one.
  std::uint32_t choose_rows(const std::string& path, std::size_t most);

  std::vector<Word> words;
  std::vector<std::uint32_t> word_grams;
  std::vector<std::size_t> text_ends{0};
  std::vector<Counted> text_words;
  std::vector<std::vector<Pair>> dictionaries =
      std::vector<std::vector<Pair>>(languages.size() * languages.size());
  std::array<std::vector<Item>, groups.size()> items;
  std::vector<std::uint32_t> row_words;  // the word of each row

 private:
  std::uint32_t word_number(std::string_view folded, std::uint64_t hash);
  std::uint32_t text_number(std::string_view text, std::uint32_t language);
  void count(std::uint32_t text, std::uint32_t language);
  void read_line(std::string_view line);
  void take(std::uint32_t word);
  std::vector<std::vector<std::uint32_t>> preferred(const std::string& path);

  text::DistinctWords distinct_;
  std::string scratch_;
  std::vector<text::Feature> features_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::unordered_map<std::string, std::uint32_t> texts_;
  // In how many texts of a language a word stands.
  std::array<std::unordered_map<std::uint32_t, std::uint32_t>, languages.size()> counts_;
};

}  // namespace koinon::training
