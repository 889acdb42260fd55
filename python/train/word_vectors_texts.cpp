// SPDX-License-Identifier: Apache-2.0
#include "word_vectors_texts.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace koinon::training {

namespace {

// Different words of a text that are read: long ones would take most of the time.
constexpr std::size_t words_of_a_text = 64;

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t tab = line.find('\t'); tab != line.npos; tab = line.find('\t')) {
    out.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  out.push_back(line);
  return out;
}

std::uint32_t language_number(std::string_view name) {
  const auto found = std::find(languages.begin(), languages.end(), name);
  if (found == languages.end()) throw std::runtime_error("no language: " + std::string(name));
  return static_cast<std::uint32_t>(found - languages.begin());
}

}  // namespace

std::uint32_t Corpus::word_number(std::string_view folded, std::uint64_t hash) {
  const auto [at, added] = numbers_.emplace(hash, static_cast<std::uint32_t>(words.size()));
  if (added) {
    words.push_back({hash, word_grams.size(), none});
    features_.clear();
    text::append_word_features(folded, hash, lengths, scratch_, features_);
    for (const text::Feature& feature : features_) {
      if (feature.kind == text::Feature::Kind::Gram)
        word_grams.push_back(static_cast<std::uint32_t>(feature.hash & (grams - 1)));
    }
  }
  return at->second;
}

std::uint32_t Corpus::text_number(std::string_view text, std::uint32_t language) {
  const auto [at, added] =
      texts_.emplace(std::string(text), static_cast<std::uint32_t>(text_ends.size() - 1));
  if (added) {
    distinct_.gather(text);
    const std::size_t size = std::min(distinct_.size(), words_of_a_text);
    for (std::size_t i = 0; i < size; ++i)
      text_words.push_back(
          {word_number(distinct_.word(i), distinct_.hash(i)), distinct_.weight(i)});
    text_ends.push_back(text_words.size());
  }
  count(at->second, language);
  return at->second;
}

void Corpus::count(std::uint32_t text, std::uint32_t language) {
  for (std::size_t i = text_ends[text]; i < text_ends[text + 1]; ++i)
    ++counts_[language][text_words[i].word];
}

void Corpus::read_line(std::string_view line) {
  const std::vector<std::string_view> fields = fields_of(line);
  if (fields.size() < 5 || fields.size() % 2 == 0) throw std::runtime_error("not a line of texts");
  Item item;
  item.fill(none);
  for (std::size_t i = 1; i < fields.size(); i += 2) {
    const std::uint32_t language = language_number(fields[i]);
    item[language] = text_number(fields[i + 1], language);
  }
  if (fields[0] == "dictionary") {
    const std::uint32_t first = language_number(fields[1]);
    const std::uint32_t second = language_number(fields[3]);
    dictionaries[first * languages.size() + second].push_back({item[first], item[second]});
    return;
  }
  const auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& known) { return known.name == fields[0]; });
  if (group == groups.end()) throw std::runtime_error("no group: " + std::string(fields[0]));
  items[static_cast<std::size_t>(group - groups.begin())].push_back(item);
}

void Corpus::read(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(file, line);) read_line(line);
  texts_ = {};
}

void Corpus::take(std::uint32_t word) {
  if (words[word].row != none) return;
  words[word].row = static_cast<std::uint32_t>(row_words.size());
  row_words.push_back(word);
}

// For each language the words of a list that the corpus knows, in the order of the list.
std::vector<std::vector<std::uint32_t>> Corpus::preferred(const std::string& path) {
  std::vector<std::vector<std::uint32_t>> out(languages.size());
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string_view> fields = fields_of(line);
    if (fields.size() != 2) throw std::runtime_error("not a line of a word: " + line);
    distinct_.gather(fields[1]);
    const auto found = distinct_.size() == 1 ? numbers_.find(distinct_.hash(0)) : numbers_.end();
    if (found != numbers_.end()) out[language_number(fields[0])].push_back(found->second);
  }
  return out;
}

// Each language gets as many rows as the others, first for its frequent words at large, so that the
// rows do not all go to German and English, of which there is most.
std::uint32_t Corpus::choose_rows(const std::string& path, std::size_t most) {
  const std::vector<std::vector<std::uint32_t>> listed = preferred(path);
  std::vector<std::size_t> all(words.size());
  const std::size_t quota = most / languages.size();
  for (std::size_t language = 0; language < languages.size(); ++language) {
    const std::size_t before = row_words.size();
    for (const std::uint32_t word : listed[language]) {
      if (row_words.size() - before >= quota * 7 / 10) break;
      const auto found = counts_[language].find(word);
      if (found != counts_[language].end() && found->second >= 2) take(word);
    }
    std::vector<Pair> frequent;  // count, word
    for (const auto& [word, times] : counts_[language]) {
      frequent.push_back({times, word});
      all[word] += times;
    }
    std::sort(frequent.begin(), frequent.end(), [](const Pair& a, const Pair& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (const Pair& entry : frequent) {
      if (row_words.size() - before >= quota * 19 / 20) break;
      take(entry.second);
    }
  }
  std::vector<std::uint32_t> order(words.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return all[a] > all[b]; });
  for (std::size_t i = 0; i < order.size() && row_words.size() < most; ++i) take(order[i]);
  return static_cast<std::uint32_t>(row_words.size());
}

}  // namespace koinon::training
