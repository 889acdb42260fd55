// SPDX-License-Identifier: Apache-2.0
#include "text/function_words.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "text/analyse.hpp"

using namespace koinon;

namespace {

bool doubtful(std::string_view text, std::string_view language) {
  text::Analyser analyser;
  return text::FunctionWords::current()->doubtful(analyser.run(text, language), language);
}

const std::string dutch =
    "Wij helpen mensen die geen dak boven hun hoofd hebben aan een eigen woning in de stad.";
const std::string finnish =
    "Annamme kodin niille, joilla ei ole sellaista, ja autamme heitä kun he muuttavat sinne.";

}  // namespace

TEST_CASE("a text with the function words of its language leaves no doubt", "[text]") {
  CHECK_FALSE(doubtful(dutch, "nl"));
  CHECK_FALSE(doubtful(finnish, "fi"));
  CHECK_FALSE(doubtful("Children and their parents cook for the whole street.", "en"));
}

TEST_CASE("a text with more function words of another language is doubtful", "[text]") {
  CHECK(doubtful(dutch, "fi"));
  CHECK(doubtful(finnish, "nl"));
  CHECK(doubtful(dutch + " " + dutch + " " + finnish + " " + finnish, "nl"));
}

TEST_CASE("many words without a function word, or in a language without a list, are doubtful",
          "[text]") {
  CHECK(doubtful("Anna Bea Carla Dora Emma Frida Gerda Hanna", "de"));
  CHECK_FALSE(doubtful("Quartiersmanagement Nordstadt", "de"));
  CHECK_FALSE(doubtful("", "de"));
  CHECK(doubtful(dutch, "und"));
  CHECK(doubtful(dutch, "xx"));
}
