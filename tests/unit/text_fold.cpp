// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <random>
#include <string>

#include "catch.hpp"
#include "text/encoding.hpp"
#include "text/utf8.hpp"

using namespace koinon::text;

TEST_CASE("folding makes one of what a hurried reader takes for one", "[text]") {
  CHECK(fold("École") == "ecole");
  CHECK(fold("E\xCC\x81"
             "cole") == "ecole");
  CHECK(fold("STRASSE") == fold("Straße"));
  CHECK(fold("ẞ") == "ss");
  CHECK(fold("Æble smørrebrød Øl") == "aeble smorrebrod ol");
  CHECK(fold("Œuvre") == "oeuvre");
  CHECK(fold("Łódź") == "lodz");
  CHECK(fold("Đakovo Ðorđe") == "dakovo dorde");
  CHECK(fold("Þór") == "thor");
  CHECK(fold("Ħamrun ġdid") == "hamrun gdid");
  CHECK(fold("ıIİi") == "iiii");
  CHECK(fold("țară ţară Șș Şş") == "tara tara ss ss");
  CHECK(fold("ΟΔΌΣ") == fold("οδός"));
  CHECK(fold("ΐ ϋ Ώ ᾳ") == "ι υ ω α");
  CHECK(fold("Йод ѝ") == "иод и");
  CHECK(fold("ﬁn ½ ①") == "fin 1⁄2 1");
  CHECK(fold("ĲSSEL ŀ") == "ijssel l·");
  CHECK(fold("Jugend\xC2\xAD"
             "arbeit") == "jugendarbeit");
  CHECK(fold("plain ASCII 123 +-") == "plain ascii 123 +-");
  CHECK(fold("") == "");
}

TEST_CASE("a mark that stands alone as a letter is nothing, and no word", "[text]") {
  CHECK(fold("\u037A").empty());
  CHECK(fold("a\u037Ab") == "ab");
  // A blank stays one.
  CHECK(fold("a\u00A0b") == "a b");
}

TEST_CASE("folding takes any bytes and is stable", "[text]") {
  CHECK(fold("a\xFF"
             "b") ==
        "a\xEF\xBF\xBD"
        "b");
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 20; size > 0; --size) {
      if (random() % 3 == 0) {
        text += static_cast<char>(random() % 256);
      } else {
        const std::uint32_t code = random() % 0x3400;
        append_utf8(text, code);
      }
    }
    const std::string once = fold(text);
    CHECK(valid_utf8(once) == once.size());
    CHECK(fold(once) == once);
    CHECK(valid_utf8(lower(text)) == lower(text).size());
  }
  CHECK(fold("\xEF\xB7\xBA").size() > 10);  // U+FDFA, eighteen letters in one
}

TEST_CASE("lower case keeps accents and composes", "[text]") {
  CHECK(lower("ÉCOLE") == "école");
  CHECK(lower("E\xCC\x81"
              "COLE") == "école");
  CHECK(lower("ΝΈΟΙ") == "νέοι");
  CHECK(lower("Stra\xC2\xADße") == "straße");
  CHECK(lower("İ") == "i");
}

TEST_CASE("names become keys", "[text]") {
  CHECK(fold_name("L'École –  A.S.B.L. ") == "l ecole a s b l");
  CHECK(fold_name("  Müller & Söhne GmbH") == "muller sohne gmbh");
  CHECK(fold_name("Plan C+") == "plan c+");
  CHECK(fold_name("ΚΟΙΝΩΝΙΑ, «Δράση»") == "κοινωνια δραση");
  CHECK(fold_name("(...)") == "");
  CHECK(fold_name("a\xFF\xFE"
                  "b") == "a b");
  CHECK(fold_name("") == "");
  CHECK(fold_name(std::string(100000, ' ') + "x") == "x");
}
