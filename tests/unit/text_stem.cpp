// SPDX-License-Identifier: Apache-2.0
#include "text/stem.hpp"

#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "text/fold.hpp"

using namespace koinon::text;

TEST_CASE("words have the stem of their language", "[text]") {
  CHECK(stem("schools", "en") == stem("school", "en"));
  CHECK(stem("kouluissa", "fi") == stem("kouluja", "fi"));
  CHECK(stem("ausbildungen", "de") == stem("ausbildung", "de"));
  CHECK(stem("formations", "fr") == stem("formation", "fr"));
  CHECK(stem("εκπαίδευσης", "el") == stem("εκπαίδευση", "el"));
  CHECK(stem("skolorna", "sv") == stem("skolor", "sv"));
}

TEST_CASE("rules of our own are asked like any other", "[text]") {
  CHECK(stem("škole", "hr") == stem("školama", "HR-hr"));
}

TEST_CASE("the others keep their words", "[text]") {
  for (const char* tag : {"tr", "und", "", "xx-yy", "eng", "-"}) {
    CHECK_FALSE(has_stemmer(tag));
    CHECK(stem("schools", tag) == "schools");
  }
}

TEST_CASE("Romanian letters with comma and with cedilla have one stem", "[text]") {
  CHECK(stem("acțiunile", "ro") == stem("acţiunile", "ro"));
  CHECK(stem("cetățenilor", "ro") == stem("cetăţenilor", "ro"));
}

TEST_CASE("language tags are read by their first part", "[text]") {
  CHECK(primary_language("pt-BR") == "pt");
  CHECK(primary_language("FI") == "fi");
  CHECK(primary_language("sr_Latn") == "sr");
  CHECK(primary_language("") == "und");
  CHECK(primary_language("f\xC3\xAF") == "und");
  CHECK(primary_language("waytoolongtag") == "und");
  CHECK(has_stemmer("PT-br"));
  CHECK(stem("schools", "EN-GB") == stem("schools", "en"));
}

TEST_CASE("odd words do no harm", "[text]") {
  CHECK(stem("", "fi").empty());
  const std::string broken = "\xFF\xC3";
  for (const char* tag :
       {"da", "de", "el", "en", "es", "fi", "fr", "ga", "hu", "it", "lt", "nl", "pt", "ro", "sv"}) {
    stem(broken, tag);
    stem(std::string(256, 'e'), tag);
    stem("\xCC\x81", tag);
  }
}

TEST_CASE("threads stem side by side", "[text]") {
  const std::string expected = stem("kouluissa", "fi");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 2000; ++k) wrong[i] += stem("kouluissa", "fi") != expected ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}
