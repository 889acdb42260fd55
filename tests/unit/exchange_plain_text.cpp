// SPDX-License-Identifier: Apache-2.0
#include "exchange/plain_text.hpp"

#include "exchange/draft_tools.hpp"
#include "exchange_rows.hpp"

using namespace koinon::exchange;

TEST_CASE("HTML becomes plain text with its paragraphs", "[exchange]") {
  CHECK(plain_text("  no markup,\n two lines ") == "no markup,\n two lines");
  CHECK(plain_text("<p>One.</p>\n<p class=\"a\">Two <b>bold</b>.</p>") == "One.\n\nTwo bold.");
  CHECK(plain_text("a<br/>b<ul><li>c</li><li>d</li></ul>e") == "a\nb\n\nc\nd\n\ne");
  CHECK(plain_text("caf&eacute; &amp; th&#233; &#xE9;&nbsp;&euro;") == "café & thé é €");
  CHECK(plain_text("co&shy;operate") == "cooperate");
  CHECK(plain_text("a < b & c > d &unknown; &;") == "a < b & c > d &unknown; &;");
  CHECK(plain_text("<script>if (a<b) {}</script>x<!-- <p> -->y") == "xy");
  CHECK(plain_text("<p>cut off <a href=") == "cut off <a href=");
  CHECK(plain_text("&#0; &#xD800; &#99999999;") == "&#0; &#xD800; &#99999999;");
  CHECK(plain_text("<p></p>").empty());
}

TEST_CASE("names are one whatever their case and blanks", "[exchange]") {
  CHECK(name_key("  Stadt  WIEN\u00A0 ") == "stadt wien");
  CHECK(name_key("ÉCOLE") == name_key("école"));
  CHECK(name_key("ΔΗΜΟΣ") != name_key("Δήμος"));  // accents count
  CHECK(name_key("ΔΗΜΟΣ") == name_key("δημος"));
  CHECK(name_key("A.B.") != name_key("AB"));
}

TEST_CASE("blanks at the ends go, no-break blanks too", "[exchange]") {
  CHECK(trim("\u00A0 a b\t\r\n\u00A0") == "a b");
  CHECK(trim(" \u00A0 ").empty());
}
