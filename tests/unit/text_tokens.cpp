// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace koinon::text;

namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> found;
  for (const Token& token : tokens(text)) {
    found.push_back(text.substr(token.begin, token.end - token.begin));
  }
  return found;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words are letters and digits", "[text]") {
  CHECK(words("") == Words{});
  CHECK(words(" .,;— ") == Words{});
  CHECK(words("l'école d’été") == Words{"l", "école", "d", "été"});
  CHECK(words("well-being, COVID19") == Words{"well", "being", "COVID19"});
  CHECK(words("Ο δήμος του Αιγάλεω!") == Words{"Ο", "δήμος", "του", "Αιγάλεω"});
  CHECK(words("e\xCC\x81t\xC3\xA9") == Words{"e\xCC\x81t\xC3\xA9"});
  CHECK(words("Jugend\xC2\xAD"
              "arbeit") == Words{"Jugend\xC2\xAD"
                                 "arbeit"});
  CHECK(words("a\xFF"
              "b\xC3") == Words{"a", "b"});
  CHECK(words("\xCC\x81 \xC2\xAD"
              "a") == Words{"a"});
  CHECK(words("𝒳y 日本") == Words{"𝒳y", "日本"});
  CHECK(tokens("a b c")[2].position == 2);
}

TEST_CASE("a long word is cut at a character and stays one word", "[text]") {
  const std::string a(1U << 20U, 'a');
  REQUIRE(words(a + " b") == Words{a.substr(0, 256), "b"});
  CHECK(tokens(a + " b")[1].position == 1);
  std::string accents = "x";
  for (int i = 0; i < 100000; ++i) accents += "\xCC\x81";
  REQUIRE(words(accents).size() == 1);
  CHECK(words(accents)[0].size() == 255);
  std::string letters;
  for (int i = 0; i < 1000; ++i) letters += "é";
  CHECK(words("a" + letters)[0].size() == 255);
  CHECK(words(std::string(accents, 1)).empty());
}

TEST_CASE("segmentation takes any bytes", "[text]") {
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 60; size > 0; --size) {
      text += static_cast<char>(random() % 256);
    }
    std::size_t at = 0;
    std::uint32_t position = 0;
    for (const Token& token : tokens(text)) {
      REQUIRE(at <= token.begin);
      REQUIRE(token.begin < token.end);
      REQUIRE(token.end <= text.size());
      REQUIRE(token.position == position++);
      at = token.end;
    }
  }
}
