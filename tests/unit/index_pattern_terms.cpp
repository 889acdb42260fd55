// SPDX-License-Identifier: Apache-2.0
#include "index/pattern_terms.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "text/utf8.hpp"

using namespace koinon;
using index::Pattern;
using index::TermDictionary;

namespace {

using Word = std::vector<std::uint32_t>;

// Each script has letters of its own width; few of them, so that many words are alike.
const std::vector<Word> scripts = {{'a', 'b', 'c', 0xE9},
                                   {0x3B1, 0x3B2, 0x3B3, 0x3C9},
                                   {0x430, 0x431, 0x432, 0x44F},
                                   {'a', 0x3B1, 0x4E00, 0x1D4B3}};

std::string utf8(const Word& word) {
  std::string bytes;
  for (const std::uint32_t code : word) text::append_utf8(bytes, code);
  return bytes;
}

Word word_of(const std::string& bytes) {
  Word word;
  for (std::size_t at = 0; at < bytes.size();) {
    const text::Decoded next = text::decode(bytes, at);
    word.push_back(next.code);
    at += next.size;
  }
  return word;
}

unsigned distance(const Word& a, const Word& b) {
  std::vector<unsigned> row(b.size() + 1);
  for (std::size_t i = 0; i <= b.size(); ++i) row[i] = static_cast<unsigned>(i);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    unsigned diagonal = row[0]++;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const unsigned replaced = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

struct Found {
  std::string spelling;
  std::uint32_t document = 0;
  unsigned distance = 0;
  bool operator==(const Found& other) const {
    return spelling == other.spelling && document == other.document && distance == other.distance;
  }
};

class Words {
 public:
  explicit Words(const std::set<std::string>& words) : words_(words.begin(), words.end()) {
    index::Output out;
    index::TermDictionaryWriter writer(out);
    index::TermEntry entry;
    entry.documents = 1;
    for (const std::string& word : words_) {
      writer.add(word, entry, {});
      ++entry.document;
    }
    writer.finish();
    dictionary_ = TermDictionary(index::Input(out.take()));
  }

  const std::vector<std::string>& all() const { return words_; }

  std::vector<Found> ask(const Pattern& pattern) const {
    std::vector<Found> found;
    index::each_term(dictionary_, pattern,
                     [&](std::string_view spelling, const index::TermEntry& entry, unsigned far) {
                       found.push_back({std::string(spelling), entry.document, far});
                     });
    return found;
  }

  // All words looked at, one after the other.
  std::vector<Found> expect(const Pattern& pattern) const {
    std::vector<Found> found;
    const Word wanted = word_of(pattern.text);
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      const std::string& word = words_[i];
      if (static_cast<unsigned char>(word[0]) < 0x20) continue;
      if (pattern.kind == Pattern::Kind::Prefix) {
        if (word.starts_with(pattern.text)) found.push_back({word, i, 0});
      } else {
        const unsigned far = distance(wanted, word_of(word));
        if (far <= pattern.distance) found.push_back({word, i, far});
      }
    }
    return found;
  }

 private:
  std::vector<std::string> words_;
  TermDictionary dictionary_;
};

Pattern prefix(const std::string& text) {
  Pattern pattern;
  pattern.text = text;
  return pattern;
}

Pattern fuzzy(const std::string& text, unsigned distance) {
  Pattern pattern;
  pattern.kind = Pattern::Kind::Fuzzy;
  pattern.text = text;
  pattern.distance = distance;
  return pattern;
}

std::uint32_t below(std::mt19937& random, std::size_t limit) {
  return static_cast<std::uint32_t>(random() % limit);
}

Word random_word(std::mt19937& random, const Word& letters, std::size_t longest) {
  Word word(1 + below(random, longest));
  for (std::uint32_t& code : word) code = letters[below(random, letters.size())];
  return word;
}

std::set<std::string> random_words(std::mt19937& random, std::size_t size) {
  std::set<std::string> words;
  while (words.size() < size) {
    std::string word = utf8(random_word(random, scripts[below(random, scripts.size())], 7));
    if (below(random, 10) == 0) word.insert(word.begin(), static_cast<char>(below(random, 0x20)));
    words.insert(word);
  }
  return words;
}

}  // namespace

TEST_CASE("a beginning stands for the words that begin so, in any script", "[index]") {
  std::mt19937 random(1);
  const Words words(random_words(random, 1500));
  for (int i = 0; i < 300; ++i) {
    const Pattern pattern =
        prefix(utf8(random_word(random, scripts[below(random, scripts.size())], 5)));
    CAPTURE(pattern.text);
    REQUIRE(words.ask(pattern) == words.expect(pattern));
  }
  CHECK(words.ask(prefix("")) == words.expect(prefix("")));
  CHECK(words.ask(prefix("aaaaaaaaaaaa")).empty());
  CHECK(words.ask(prefix("\xFF")).empty());
}

TEST_CASE("likeness finds what comparing with every word finds, in any script", "[index]") {
  std::mt19937 random(2);
  const Words words(random_words(random, 800));
  for (int i = 0; i < 150; ++i) {
    Word word = random_word(random, scripts[below(random, scripts.size())], 9);
    if (i % 3 == 0) word = word_of(words.all()[below(random, words.all().size())]);
    for (const unsigned far : {1U, 2U}) {
      const Pattern pattern = fuzzy(utf8(word), far);
      CAPTURE(pattern.text, far);
      REQUIRE(words.ask(pattern) == words.expect(pattern));
    }
  }
}

TEST_CASE("likeness to nothing, and to more than any word is", "[index]") {
  std::mt19937 random(3);
  const Words words(random_words(random, 500));
  for (const unsigned far : {1U, 2U}) {
    const Pattern nothing = fuzzy("", far);
    CHECK(words.ask(nothing) == words.expect(nothing));
    CHECK_FALSE(words.ask(nothing).empty());
    CHECK(words.ask(fuzzy(std::string(40, 'a'), far)).empty());
    CHECK(words.ask(fuzzy(utf8(Word(60, 0x430)), far)).empty());
    // Longer than is looked at.
    CHECK(words.ask(fuzzy(std::string(5000, 'a'), far)).empty());
  }
}

TEST_CASE("likeness of no distance is being the same, and none is more than two", "[index]") {
  const Words words({"\x01x:work", "care", "cart", "work", "word", "wood"});
  CHECK(words.ask(fuzzy("work", 0)) == std::vector<Found>{{"work", 5, 0}});
  CHECK(words.ask(fuzzy("work", 1)) == std::vector<Found>{{"word", 4, 1}, {"work", 5, 0}});
  CHECK(words.ask(fuzzy("work", 9)) ==
        std::vector<Found>{{"wood", 3, 2}, {"word", 4, 1}, {"work", 5, 0}});
}

TEST_CASE("letters at the borders of what UTF-8 can tell", "[index]") {
  const std::vector<std::uint32_t> edges = {0x20,   0x7E,   0x7F,   0x80,    0x7FF,    0x800,
                                            0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFE, 0x10FFFF};
  std::set<std::string> all;
  std::mt19937 random(4);
  for (const std::uint32_t edge : edges) all.insert(utf8({edge}));
  while (all.size() < 600) all.insert(utf8(random_word(random, edges, 4)));
  const Words words(all);
  for (int i = 0; i < 200; ++i) {
    const std::string text = utf8(random_word(random, edges, 5));
    for (const Pattern& pattern : {prefix(text), fuzzy(text, 1), fuzzy(text, 2)})
      REQUIRE(words.ask(pattern) == words.expect(pattern));
  }
}

TEST_CASE("no word is like another where there is none", "[index]") {
  for (const std::set<std::string>& all :
       {std::set<std::string>{}, std::set<std::string>{"\x01x:work", "\x1F"}}) {
    const Words words(all);
    for (const Pattern& pattern : {prefix(""), prefix("a"), fuzzy("", 2), fuzzy("work", 1)})
      CHECK(words.ask(pattern).empty());
  }
}
