// SPDX-License-Identifier: Apache-2.0
#include "search/readings.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace koinon;

namespace {

const std::string dutch =
    "Wij helpen mensen die geen dak boven hun hoofd hebben aan een eigen woning in de stad. "
    "De gemeente betaalt de eerste drie maanden huur, daarna betalen de bewoners zelf. ";
const std::string finnish =
    "Annamme kodin niille, joilla ei ole sellaista, ja autamme heitä kun he muuttavat sinne. "
    "Kaupunki maksaa vuokran kolmelta ensimmäiseltä kuukaudelta, sen jälkeen asukkaat itse. ";

using Parts = std::vector<std::pair<std::string, std::string>>;

Parts read(std::string_view text, std::string_view language,
           search::TextField field = search::TextField::Description) {
  search::Reader reader;
  Parts parts;
  reader.read({field, language, text, true}, [&](const search::Reading& reading, auto tokens) {
    const std::string_view bytes = text.substr(reading.begin, reading.end - reading.begin);
    for (const text::AnalysedToken& token : tokens) REQUIRE(token.end <= bytes.size());
    parts.emplace_back(reading.language, bytes);
  });
  return parts;
}

}  // namespace

TEST_CASE("a text is read in the language that it is told to be in", "[search]") {
  CHECK(read(dutch, "nl-BE") == Parts{{"nl", dutch}});
  CHECK(read(finnish, "fi") == Parts{{"fi", finnish}});
  CHECK(read("", "fi") == Parts{{"fi", ""}});
}

TEST_CASE("a told language that is surely wrong is not believed", "[search]") {
  CHECK(read(finnish, "nl") == Parts{{"fi", finnish}});
  CHECK(read(dutch, "en") == Parts{{"nl", dutch}});
}

TEST_CASE("a text in two languages is read in both", "[search]") {
  CHECK(read(dutch + finnish, "nl") == Parts{{"nl", dutch}, {"fi", finnish}});
  CHECK(read(dutch + finnish, "fi") == Parts{{"nl", dutch}, {"fi", finnish}});
  CHECK(read(dutch + finnish, "und") == Parts{{"nl", dutch}, {"fi", finnish}});
}

TEST_CASE("a text of no told language is read in the one that it is in", "[search]") {
  CHECK(read(finnish, "und") == Parts{{"fi", finnish}});
  CHECK(read("12 34 56 78 90 12 34 56 78 90 12 34", "und").front().first == "und");
}

TEST_CASE("a few words, names and codes are read as told", "[search]") {
  CHECK(read("Housing First", "fi").front().first == "fi");
  CHECK(read(finnish, "nl", search::TextField::Names) == Parts{{"nl", finnish}});
  CHECK(read(finnish, "nl", search::TextField::Codes) == Parts{{"nl", finnish}});
  CHECK(read("Davvi guovllu mánáid ja nuoraid searvi lea ovddidan", "se").front().first == "se");
}

TEST_CASE("reading bears any bytes", "[search]") {
  for (const std::string_view language : {"nl", "und", "xx", "not a tag"}) {
    std::size_t size = 0;
    const std::string text =
        finnish + "\xFF\xFE\xED\xA0\x80 \xCC\x81\xCC\x81 " + dutch + "\n\n\xC3";
    for (const auto& [tag, bytes] : read(text, language)) size += bytes.size();
    CHECK(size == text.size());
  }
}
