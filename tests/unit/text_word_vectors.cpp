// SPDX-License-Identifier: Apache-2.0
#include "text/word_vectors.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <thread>

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::Scratch;

namespace {

template <class T>
void put(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

struct Table {
  std::uint32_t dimension = 64, grams = 2, least = 3, most = 3;
  std::string note = "made by a test";
  std::map<std::uint64_t, std::vector<std::int8_t>> words;
  std::vector<float> scales = std::vector<float>(64, 0.5F);  // of all rows
  std::int8_t gram_number = 0;
  // Numbers that a byte of a row stands for, and which: by place in the row, byte, number.
  std::uint32_t of_words = 1;
  std::vector<float> word_codes;

  void word(const std::string& folded, std::int8_t first, std::int8_t second) {
    std::vector<std::int8_t> row(dimension / of_words);
    row[0] = first;
    row[1] = second;
    words[XXH3_64bits(folded.data(), folded.size())] = row;
  }

  std::string bytes() const {
    std::string out(96, '\0');
    const auto pad = [&] { out.resize((out.size() + 63) / 64 * 64); };
    const auto add = [&](auto value) {
      out.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    out += note;
    pad();
    for (const auto& [hash, row] : words) add(hash);
    pad();
    for (std::size_t i = 0; i < words.size() + grams; ++i)
      add(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(scales.at(i)) >> 16U));
    pad();
    for (const float number : word_codes) add(number);
    for (const auto& [hash, row] : words)
      out.append(reinterpret_cast<const char*>(row.data()), row.size());
    pad();
    for (std::size_t i = 0; i < grams; ++i) out.append(dimension, static_cast<char>(gram_number));
    out.replace(0, 4, "KNWV");
    const auto count = static_cast<std::uint32_t>(words.size());
    const auto noted = static_cast<std::uint32_t>(note.size());
    std::size_t at = 4;
    for (const std::uint32_t n : {2U, dimension, count, grams, least, most, noted}) {
      put(out, at, n);
      at += 4;
    }
    put(out, 48, of_words);
    put(out, 52, 1U);
    put(out, 32, std::uint64_t{XXH3_64bits(out.data() + 96, out.size() - 96)});
    put(out, 40, std::uint64_t{out.size()});
    return out;
  }
};

Table small() {
  Table table;
  table.word("haus", 6, 0);
  table.word("casa", 0, 8);
  return table;
}

text::WordVectors opened(const Scratch& scratch, const std::string& bytes) {
  const std::string path = scratch / "table.knwv";
  test::put_bytes(path, bytes);
  return text::WordVectors::open(path);
}

std::optional<ErrorCode> refusal(const std::string& bytes) {
  const Scratch scratch;
  return test::error_of([&] { opened(scratch, bytes); });
}

}  // namespace

TEST_CASE("a table says what it is", "[text]") {
  const Scratch scratch;
  const text::WordVectors table = opened(scratch, small().bytes());
  CHECK(table.dimension() == 64);
  CHECK(table.words() == 2);
  CHECK(table.note() == "made by a test");
  table.check();
}

TEST_CASE("a text has the vector that one works out by hand", "[text]") {
  const Scratch scratch;
  const text::WordVectors table = opened(scratch, small().bytes());
  std::vector<float> out(64);
  // 0.5 * 6 and 0.5 * 8: lengths 3 and 4.
  REQUIRE(table.embed("Haus, CASA", out.data()));
  CHECK(out[0] == Approx(0.6));
  CHECK(out[1] == Approx(0.8));
  CHECK(out[2] == 0);
  // Three times counts log2(4) = 2: 6 and 4.
  REQUIRE(table.embed("haus casa haus haus", out.data()));
  CHECK(out[0] == Approx(6 / std::sqrt(52)));
  CHECK(out[1] == Approx(4 / std::sqrt(52)));
}

TEST_CASE("pieces of a word count by the root of their number", "[text]") {
  const Scratch scratch;
  Table made = small();
  made.gram_number = 3;
  const text::WordVectors table = opened(scratch, made.bytes());
  std::vector<float> out(64);
  // <ha hau aus us>: 4 grams of 1.5 each, over 2: 3 in every place; the word has 3 in the first.
  REQUIRE(table.embed("haus", out.data()));
  CHECK(out[0] == Approx(2 * out[1]));
  CHECK(out[63] == Approx(3 / std::sqrt(36 + 63 * 9)));
}

TEST_CASE("a byte of a row may stand for several numbers", "[text]") {
  const Scratch scratch;
  Table made;
  made.of_words = 4;
  made.word_codes.resize(std::size_t{64} * 256);
  const auto stands_for = [&](std::size_t place, std::size_t byte, std::size_t number, float is) {
    made.word_codes[(place * 256 + byte) * 4 + number] = is;
  };
  stands_for(0, 7, 1, 6.0F);
  stands_for(1, 250, 3, 8.0F);
  made.word("haus", 7, static_cast<std::int8_t>(250));
  const text::WordVectors table = opened(scratch, made.bytes());
  table.check();
  std::vector<float> out(64);
  REQUIRE(table.embed("haus", out.data()));
  std::vector<float> wanted(64);
  wanted[1] = 0.6F;
  wanted[7] = 0.8F;
  CHECK(out == wanted);
  stands_for(15, 255, 3, std::numeric_limits<float>::quiet_NaN());
  const text::WordVectors broken = opened(scratch, made.bytes());
  CHECK(test::error_of([&] { broken.check(); }) == ErrorCode::Damaged);
}

TEST_CASE("a text of which nothing is known has no vector", "[text]") {
  const Scratch scratch;
  const text::WordVectors table = opened(scratch, small().bytes());
  std::vector<float> out(64, 7.0F);
  for (const char* text : {"", "unknown", "...", "\xFF\xC0\x80"}) {
    CHECK_FALSE(table.embed(text, out.data()));
    CHECK(out == std::vector<float>(64));
  }
}

TEST_CASE("a row with a scale that is no number counts as zeros", "[text]") {
  const Scratch scratch;
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Table made = small();
    made.scales.assign(64, bad);
    const text::WordVectors table = opened(scratch, made.bytes());
    std::vector<float> out(64);
    CHECK_FALSE(table.embed("haus casa", out.data()));
    CHECK(test::error_of([&] { table.check(); }) == ErrorCode::Damaged);
  }
}

TEST_CASE("a file that is no whole table is refused", "[text]") {
  const std::string good = small().bytes();
  CHECK_FALSE(refusal(good));
  for (std::size_t size = 0; size < good.size(); size += size < 100 ? 1 : 61)
    CHECK(refusal(good.substr(0, size)));
  CHECK(refusal(good + 'x') == ErrorCode::Damaged);
  CHECK(refusal("") == ErrorCode::InvalidInput);
  CHECK(refusal(std::string(200, 'x')) == ErrorCode::InvalidInput);
  struct Change {
    std::size_t at;
    std::uint32_t value;
    ErrorCode code;
  };
  const Change changes[] = {{4, 3, ErrorCode::TooNew},           {4, 1, ErrorCode::InvalidInput},
                            {8, 0, ErrorCode::Damaged},          {8, 65, ErrorCode::Damaged},
                            {8, 8192, ErrorCode::Damaged},       {12, ~0U, ErrorCode::Damaged},
                            {16, 0, ErrorCode::Damaged},         {16, 3, ErrorCode::Damaged},
                            {16, 1U << 31U, ErrorCode::Damaged}, {20, 0, ErrorCode::Damaged},
                            {24, 2, ErrorCode::Damaged},         {24, ~0U, ErrorCode::Damaged},
                            {28, ~0U, ErrorCode::Damaged},       {40, 7, ErrorCode::Damaged},
                            {48, 0, ErrorCode::Damaged},         {48, 3, ErrorCode::Damaged},
                            {48, 4, ErrorCode::Damaged},         {52, 32, ErrorCode::Damaged},
                            {92, 1, ErrorCode::Damaged}};
  for (const Change& change : changes) {
    CAPTURE(change.at, change.value);
    std::string bytes = good;
    put(bytes, change.at, change.value);
    CHECK(refusal(bytes) == change.code);
  }
}

TEST_CASE("what is no file is refused by name", "[text]") {
  const Scratch scratch;
  for (const std::string& path : {scratch / "none", scratch.path()}) {
    CHECK(test::error_of([&] { text::WordVectors::open(path); }) == ErrorCode::InputOutput);
    try {
      text::WordVectors::open(path);
    } catch (const Error& e) {
      CHECK(std::string(e.what()).find(path) == 0);
    }
  }
}

TEST_CASE("a check finds a byte that has changed", "[text]") {
  const Scratch scratch;
  std::string bytes = small().bytes();
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  const text::WordVectors table = opened(scratch, bytes);
  CHECK(test::error_of([&] { table.check(); }) == ErrorCode::Damaged);
}

TEST_CASE("kept words and threads change no bit of a vector", "[text]") {
  const Scratch scratch;
  Table made = small();
  made.gram_number = 3;
  const text::WordVectors table = opened(scratch, made.bytes());
  const std::vector<std::string> texts = {"haus casa", "casa und haus und", "παιδί haus",
                                          std::string(1000000, 'x'), "\xFF haus"};
  std::vector<std::vector<float>> wanted;
  for (const std::string& text : texts) {
    wanted.emplace_back(64);
    table.embed(text, wanted.back().data());
  }
  std::vector<int> differ(4);
  std::vector<std::thread> threads;
  for (int& wrong : differ) {
    threads.emplace_back([&] {
      for (const std::size_t places : {0, 1, 64}) {
        text::TextEmbedder embedder(table, places);
        for (std::size_t i = 0; i < 3 * texts.size(); ++i) {
          std::vector<float> out(64);
          embedder.embed(texts[i % texts.size()], out.data());
          wrong += out != wanted[i % texts.size()];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(differ == std::vector<int>(4));
}

TEST_CASE("the table that comes with the library is whole, and knows what words mean", "[text]") {
  const text::WordVectors table =
      text::WordVectors::open(KOINON_SOURCE_DIR "/src/data/latent/koinon-24.vectors");
  table.check();
  CHECK(table.note().find("EuroVoc") != std::string_view::npos);
  const auto near = [&](const char* a, const char* b) {
    std::vector<float> one(table.dimension());
    std::vector<float> other(table.dimension());
    REQUIRE(table.embed(a, one.data()));
    REQUIRE(table.embed(b, other.data()));
    double product = 0;
    for (std::size_t i = 0; i < one.size(); ++i) product += double{one[i]} * other[i];
    return product;
  };
  CHECK(near("hospital for children", "sairaala lapsille") >
        near("hospital for children", "kalastus merellä") + 0.3);
  CHECK(near("μεταφορά αγαθών", "goederenvervoer") > near("μεταφορά αγαθών", "huisvesting") + 0.2);
}
