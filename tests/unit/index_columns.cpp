// SPDX-License-Identifier: Apache-2.0
#include "index/columns.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;
using index::FacetColumn;
using index::Input;
using index::NumberColumn;
using index::Output;

namespace {

using Codes = std::vector<std::vector<std::string>>;     // by document
using Numbers = std::vector<std::vector<std::int64_t>>;  // by document

// Columns seldom lie at the beginning, nor at an even place.
constexpr std::size_t before = 13;

template <class Builder>
Input input_of(const Builder& builder) {
  Output out;
  for (std::size_t i = 0; i < before; ++i) out.append_number(std::uint8_t{0xEE});
  builder.write(out);
  return Input(out.take());
}

Input facets(const Codes& documents) {
  index::FacetColumnBuilder builder;
  for (const auto& codes : documents) {
    for (const std::string& code : codes) builder.add(builder.number(code));
    builder.end_document();
  }
  return input_of(builder);
}

Input numbers(const Numbers& documents) {
  index::NumberColumnBuilder builder;
  for (const auto& values : documents) {
    for (const std::int64_t value : values) builder.add(value);
    builder.end_document();
  }
  return input_of(builder);
}

bool is_multi(const Input& input) {
  return input.number<std::uint8_t>(before) != 0;
}

// The same where those of many documents are read in one go.
std::size_t wrong_together(const FacetColumn& column, const Codes& documents) {
  const auto size = static_cast<std::uint32_t>(documents.size());
  const std::uint32_t begin = size / 3;
  std::vector<std::set<std::string>> read(size);
  column.each_of(begin, size, [&](std::uint32_t document, std::uint32_t ordinal) {
    read[document].emplace(column.value(ordinal));
  });
  std::size_t sum = 0;
  for (std::uint32_t i = begin; i < size; ++i)
    sum += read[i] == std::set<std::string>(documents[i].begin(), documents[i].end()) ? 0U : 1U;
  return sum;
}

// How many documents do not have the codes that they were given, each once.
std::size_t wrong(const Input& input, const Codes& documents) {
  const FacetColumn column(input, before, static_cast<std::uint32_t>(documents.size()));
  std::size_t sum = 0;
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    std::vector<std::string> read;
    column.each(i, [&](std::uint32_t ordinal) { read.emplace_back(column.value(ordinal)); });
    std::sort(read.begin(), read.end());
    const std::set<std::string> wanted(documents[i].begin(), documents[i].end());
    sum += read == std::vector<std::string>(wanted.begin(), wanted.end()) ? 0U : 1U;
  }
  return sum + wrong_together(column, documents);
}

std::size_t wrong(const Input& input, const Numbers& documents) {
  const NumberColumn column(input, before, static_cast<std::uint32_t>(documents.size()));
  std::size_t sum = 0;
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    std::vector<std::int64_t> read;
    column.each(i, [&](std::int64_t value) { read.push_back(value); });
    const std::set<std::int64_t> wanted(documents[i].begin(), documents[i].end());
    sum += read == std::vector<std::int64_t>(wanted.begin(), wanted.end()) ? 0U : 1U;
  }
  return sum;
}

std::string code(std::size_t i) {
  return "code-" + std::to_string(i * 7919 % 100003);
}

}  // namespace

TEST_CASE("one code for a document, or none", "[index]") {
  const Codes documents = {{"fi"}, {}, {"de"}, {"fi", "fi"}, {""}, {}};
  const Input input = facets(documents);
  CHECK_FALSE(is_multi(input));
  CHECK(wrong(input, documents) == 0);
}

TEST_CASE("several codes for a document, each once", "[index]") {
  const Codes documents = {{"fi", "de", "fi"}, {}, {"de"}, {"sv", "de", "en", "sv"}, {}};
  const Input input = facets(documents);
  CHECK(is_multi(input));
  CHECK(wrong(input, documents) == 0);
}

TEST_CASE("a column without codes, or without documents", "[index]") {
  const Codes none(100);
  CHECK(wrong(facets(none), none) == 0);
  CHECK(FacetColumn(facets(none), before, 100).values() == 0);
  CHECK(FacetColumn(facets(none), before, 100).ordinal("fi") == 0);
  CHECK(FacetColumn(facets({}), before, 0).values() == 0);
  CHECK(wrong(numbers(Numbers(100)), Numbers(100)) == 0);
  CHECK_NOTHROW(NumberColumn(numbers({}), before, 0));
}

TEST_CASE("few codes or many, one of them twice or not", "[index]") {
  for (const std::size_t count : {200, 300, 65600}) {
    CAPTURE(count);
    Codes documents;
    for (std::size_t i = 0; i < count; ++i) documents.push_back({code(i)});
    documents.emplace_back();
    CHECK(wrong(facets(documents), documents) == 0);
    documents[1].push_back(code(0));
    CHECK(is_multi(facets(documents)));
    CHECK(wrong(facets(documents), documents) == 0);
  }
}

TEST_CASE("around the greatest code of a width nothing is lost", "[index]") {
  for (const std::size_t count : {254, 255, 256, 257, 65535}) {
    CAPTURE(count);
    Codes documents;
    for (std::size_t i = 0; i < count; ++i) documents.push_back({code(i)});
    CHECK(wrong(facets(documents), documents) == 0);
    documents[0].push_back(code(1));
    CHECK(wrong(facets(documents), documents) == 0);
  }
}

TEST_CASE("codes are counted over any documents as one by one", "[index]") {
  std::mt19937 random(7);
  for (const std::size_t count : {1, 200, 300, 66000}) {
    for (const bool several : {false, true}) {
      CAPTURE(count, several);
      Codes documents(2000);
      for (auto& codes : documents) {
        for (std::size_t i = random() % (several ? 4 : 2); i > 0; --i)
          codes.push_back(code(random() % count));
      }
      // So that all codes are known, and take their width.
      for (std::size_t i = 0; i < count; ++i) documents.push_back({code(i)});
      const Input input = facets(documents);
      const FacetColumn column(input, before, static_cast<std::uint32_t>(documents.size()));
      for (int round = 0; round < 5; ++round) {
        const auto begin = static_cast<std::uint32_t>(random() % 8 * 128);
        std::vector<std::uint64_t> bits(random() % 15);
        const std::uint32_t rarity = round % 2 == 0 ? 3 : 40;  // many of a block, or few
        std::vector<std::uint32_t> wanted(column.values());
        std::vector<std::uint32_t> counts = wanted;
        for (std::size_t i = 0; i < bits.size() * 64; ++i) {
          if (random() % rarity != 0) continue;
          bits[i / 64] |= std::uint64_t{1} << i % 64;
          column.each(begin + static_cast<std::uint32_t>(i),
                      [&](std::uint32_t ordinal) { ++wanted[ordinal]; });
        }
        column.count(bits.data(), bits.size(), begin, counts.data());
        CHECK(counts == wanted);
      }
    }
  }
}

TEST_CASE("ordinals are in the order of codes and found by them", "[index]") {
  Codes documents;
  for (std::size_t i = 0; i < 500; ++i) documents.push_back({code(i), code(i / 2)});
  documents.push_back({"", "\xC3\xA4", "z"});
  const Input input = facets(documents);
  const FacetColumn column(input, before, static_cast<std::uint32_t>(documents.size()));
  REQUIRE(column.values() == 503);
  for (std::uint32_t i = 0; i < column.values(); ++i) {
    CHECK(column.ordinal(column.value(i)) == i);
    if (i > 0) CHECK(column.value(i - 1) < column.value(i));
  }
  CHECK(column.ordinal("") == 0);
  CHECK(column.ordinal("\xC3\xA4") == 502);
  for (const char* unknown : {"a", "code-", "code-x", "zz", "\xFF"})
    CHECK(column.ordinal(unknown) == column.values());
}

TEST_CASE("numbers near each other and far apart come back", "[index]") {
  constexpr std::int64_t greatest = std::int64_t{1} << 62U;
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  struct Range {
    std::int64_t least, greatest;
  };
  for (const Range& range :
       {Range{0, 0}, Range{-7, 247}, Range{1990, 1990 + 65534}, Range{-5, 4294967289},
        Range{-4000000000, 1000000000}, Range{-greatest, greatest}, Range{-last, last}}) {
    CAPTURE(range.least, range.greatest);
    std::mt19937_64 random(4);
    Numbers documents = {{range.least}, {}, {range.greatest}, {range.greatest, range.greatest}};
    const auto span =
        static_cast<std::uint64_t>(range.greatest) - static_cast<std::uint64_t>(range.least) + 1;
    const auto any = [&] {  // unsigned, where sums may go round
      return static_cast<std::int64_t>(static_cast<std::uint64_t>(range.least) + random() % span);
    };
    for (int i = 0; i < 500; ++i) documents.push_back({any()});
    CHECK_FALSE(is_multi(numbers(documents)));
    CHECK(wrong(numbers(documents), documents) == 0);
    for (auto& values : documents) {
      for (std::uint64_t more = random() % 4; more > 0; --more) values.push_back(any());
    }
    CHECK(is_multi(numbers(documents)) == (span > 1));
    CHECK(wrong(numbers(documents), documents) == 0);
  }
}

TEST_CASE("around the greatest number of a width nothing is lost", "[index]") {
  for (const std::int64_t edge :
       {std::int64_t{0xFF}, std::int64_t{0xFFFF}, std::int64_t{0xFFFFFFFF}}) {
    for (std::int64_t apart = edge - 2; apart <= edge + 2; ++apart) {
      CAPTURE(apart);
      Numbers documents = {{-3}, {}, {-3 + apart}};
      CHECK(wrong(numbers(documents), documents) == 0);
      documents[1] = {-3 + apart, 0};
      CHECK(wrong(numbers(documents), documents) == 0);
    }
  }
}

TEST_CASE("a column that is cut, or is none, is refused", "[index]") {
  const Codes codes = {{"a"}, {"b", "c"}, {}};
  const Numbers values = {{1}, {2, 3}, {}};
  const auto size_of = [](const Input& input) { return static_cast<std::size_t>(input.size()); };
  const auto head = [](const Input& input, std::size_t size) {
    const std::uint8_t* begin = input.range(0, size);
    return Input(std::vector<std::uint8_t>(begin, begin + size));
  };
  const Input facet = facets(codes);
  for (std::size_t size = before; size < size_of(facet); ++size)
    CHECK_THROWS_AS(FacetColumn(head(facet, size), before, 3), Error);
  const Input number = numbers(values);
  for (std::size_t size = before; size < size_of(number); ++size)
    CHECK_THROWS_AS(NumberColumn(head(number, size), before, 3), Error);
  CHECK_THROWS_AS(NumberColumn(number, size_of(number), 3), Error);
}
