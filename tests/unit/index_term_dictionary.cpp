// SPDX-License-Identifier: Apache-2.0
#include "index/term_dictionary.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "index/varint.hpp"

using namespace koinon;
using index::Input;
using index::TermCursor;
using index::TermDictionary;
using index::TermEntry;
using test::error_of;

namespace {

struct Known {
  TermEntry entry;
  std::vector<std::uint8_t> inline_places;
};

using Terms = std::map<std::string, Known>;

TermDictionary dictionary_of(const Terms& terms) {
  index::Output out;
  index::TermDictionaryWriter writer(out);
  for (const auto& [spelling, known] : terms)
    writer.add(spelling, known.entry, known.inline_places);
  writer.finish();
  return TermDictionary(Input(out.take()));
}

bool same(const TermEntry& read, const Known& known) {
  const TermEntry& wanted = known.entry;
  const auto all = [](const TermEntry& entry) {
    return std::tuple(entry.documents, entry.max_weight, entry.min_length, entry.places);
  };
  if (all(read) != all(wanted)) return false;
  if (wanted.documents == 1) {
    return read.document == wanted.document &&
           std::equal(read.inline_places, read.inline_end, known.inline_places.begin(),
                      known.inline_places.end());
  }
  return std::tie(read.postings_begin, read.postings_size, read.places_begin, read.places_size) ==
         std::tie(wanted.postings_begin, wanted.postings_size, wanted.places_begin,
                  wanted.places_size);
}

class Maker {
 public:
  std::uint32_t below(std::uint64_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  // Few letters, so that many begin alike; some letters are two bytes.
  std::string spelling() {
    static const std::vector<std::string> letters = {"a", "b", "\xC3\xA4", "\xD0\xB6", "\x01", "z"};
    std::string made;
    const std::uint32_t size = 1 + below(below(4) == 0 ? 40 : 8);
    for (std::uint32_t i = 0; i < size; ++i) made += letters[below(letters.size())];
    return made;
  }

  Terms terms(std::size_t size) {
    Terms made;
    while (made.size() < size) made[spelling()];
    std::uint64_t postings = 0;
    std::uint64_t places = 0;
    for (auto& [spelling, known] : made) {
      TermEntry& entry = known.entry;
      entry.documents = below(2) == 0 ? 1 : 2 + below(below(2) == 0 ? 10 : 1U << 30U);
      entry.max_weight = 1 + below(65535);
      entry.postings_begin = postings;
      entry.places_begin = places;
      if (entry.documents == 1) {
        entry.document = below(1U << 30U);
        entry.places = 1 + below(200);
        if (below(2) == 0) entry.max_weight = static_cast<std::uint32_t>(entry.places);
        for (std::uint64_t i = 0; i < entry.places; ++i)
          index::append_varint(known.inline_places, below(1000));
        continue;
      }
      entry.min_length = static_cast<std::uint8_t>(below(256));
      // A term may have little and another more than four bytes can tell.
      entry.postings_size = below(10) == 0 ? std::uint64_t{below(1U << 31U)} * 5 : below(1000);
      entry.places = entry.documents + std::uint64_t{below(1U << 31U)} * 4;
      entry.places_size = below(10) == 0 ? std::uint64_t{below(1U << 31U)} * 5 : below(1000);
      postings += entry.postings_size;
      places += entry.places_size;
    }
    return made;
  }

 private:
  std::mt19937_64 random_{6};
};

}  // namespace

TEST_CASE("every term is found with all that is known of it", "[index]") {
  Maker maker;
  for (const std::size_t size : {1, 2, 15, 16, 17, 32, 33, 3000}) {
    CAPTURE(size);
    const Terms terms = maker.terms(size);
    const TermDictionary dictionary = dictionary_of(terms);
    CHECK(dictionary.size() == size);
    std::size_t wrong = 0;
    for (const auto& [spelling, known] : terms) {
      const auto entry = dictionary.find(spelling);
      wrong += entry && same(*entry, known) ? 0U : 1U;
    }
    CHECK(wrong == 0);
    for (int i = 0; i < 300; ++i) {
      const std::string spelling = maker.spelling();
      CHECK(dictionary.find(spelling).has_value() == (terms.count(spelling) > 0));
    }
    CHECK_FALSE(dictionary.find(""));
    CHECK_FALSE(dictionary.find("\xFF"));
  }
}

TEST_CASE("a walk gives every term once, in order, and what it shares with the one before",
          "[index]") {
  Maker maker;
  const Terms terms = maker.terms(1000);
  const TermDictionary dictionary = dictionary_of(terms);
  TermCursor cursor(dictionary);
  std::string before;
  for (const auto& [spelling, known] : terms) {
    REQUIRE(cursor.next());
    REQUIRE(cursor.spelling() == spelling);
    REQUIRE(same(cursor.entry(), known));
    // No more than is so; the first of a block tells nothing.
    REQUIRE(before.substr(0, cursor.shared()) == spelling.substr(0, cursor.shared()));
    before = spelling;
  }
  CHECK_FALSE(cursor.next());
  CHECK_FALSE(cursor.next());
}

TEST_CASE("a cursor finds the first term from any spelling on, from wherever it stands",
          "[index]") {
  Maker maker;
  for (const std::size_t size : {1, 16, 17, 1000}) {
    CAPTURE(size);
    const Terms terms = maker.terms(size);
    const TermDictionary dictionary = dictionary_of(terms);
    std::vector<std::string> spellings;
    for (const auto& [spelling, known] : terms) spellings.push_back(spelling);
    TermCursor cursor(dictionary);
    for (int i = 0; i < 2000; ++i) {
      std::string wanted =
          maker.below(2) == 0 ? maker.spelling() : spellings[maker.below(spellings.size())];
      if (maker.below(50) == 0) wanted = maker.below(2) == 0 ? "" : "\xFF";
      auto at = std::lower_bound(spellings.begin(), spellings.end(), wanted);
      REQUIRE(cursor.seek(wanted) == (at != spellings.end()));
      if (at == spellings.end()) continue;
      REQUIRE(cursor.spelling() == *at);
      REQUIRE(same(cursor.entry(), terms.at(*at)));
      for (std::uint32_t steps = maker.below(40); steps > 0; --steps) {
        ++at;
        REQUIRE(cursor.next() == (at != spellings.end()));
        if (at == spellings.end()) break;
        REQUIRE(cursor.spelling() == *at);
        REQUIRE(same(cursor.entry(), terms.at(*at)));
      }
    }
  }
}

TEST_CASE("from near to near a cursor goes forward without losing a term", "[index]") {
  Maker maker;
  const Terms terms = maker.terms(2000);
  const TermDictionary dictionary = dictionary_of(terms);
  TermCursor cursor(dictionary);
  for (const auto& [spelling, known] : terms) {
    REQUIRE(cursor.seek(spelling));
    REQUIRE(cursor.spelling() == spelling);
    REQUIRE(same(cursor.entry(), known));
  }
}

TEST_CASE("a dictionary without terms", "[index]") {
  const TermDictionary dictionary = dictionary_of({});
  CHECK(dictionary.size() == 0);
  CHECK_FALSE(dictionary.find("a"));
  TermCursor cursor(dictionary);
  CHECK_FALSE(cursor.next());
  CHECK_FALSE(cursor.seek(""));
}

TEST_CASE("the longest terms are kept whole", "[index]") {
  Terms terms;
  const std::string longest(65535, 'x');
  for (const std::string& spelling : {longest, longest.substr(1), longest.substr(0, 65530) + "y"}) {
    terms[spelling].entry.documents = 2;
    terms[spelling].entry.places = 2;
  }
  const TermDictionary dictionary = dictionary_of(terms);
  for (const auto& [spelling, known] : terms) CHECK(dictionary.find(spelling));
  CHECK_FALSE(dictionary.find(longest + "x"));
}

TEST_CASE("a dictionary that is cut is refused, or says so when it is asked", "[index]") {
  Maker maker;
  index::Output out;
  index::TermDictionaryWriter writer(out);
  const Terms terms = maker.terms(40);
  for (const auto& [spelling, known] : terms)
    writer.add(spelling, known.entry, known.inline_places);
  writer.finish();
  const std::vector<std::uint8_t> whole = out.take();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<std::uint8_t> cut(whole.begin(),
                                        whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(error_of([&] {
            const TermDictionary dictionary{Input(cut)};
            for (TermCursor cursor(dictionary); cursor.next();) {
            }
          }) == ErrorCode::Damaged);
  }
}
