// SPDX-License-Identifier: Apache-2.0
#include "text/numbers.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "text/digit_groups.hpp"
#include "text/written_words.hpp"

using koinon::text::canonical_quantity;
using koinon::text::digit_form;
using koinon::text::DigitForm;
using koinon::text::quantities;
using koinon::text::Quantity;
using koinon::text::QuantityKind;
using koinon::text::read_digit_groups;
using koinon::text::WrittenWords;
using Readings = std::vector<std::string>;

namespace {

const std::vector<std::string> languages = {"bg", "cs", "da", "de", "el", "en", "es", "et",
                                            "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
                                            "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};

Readings read(const std::string& text, const std::string& language) {
  return canonical_quantity(text, language);
}

// The first readings of all that a text has.
Readings all(const std::string& text, const std::string& language) {
  Readings found;
  for (const Quantity& quantity : quantities(text, language)) found.push_back(quantity.readings[0]);
  return found;
}

}  // namespace

TEST_CASE("a number is read as its language writes it", "[text]") {
  CHECK(read("1.250,50", "de") == Readings{"1250.5"});
  CHECK(read("1,250.50", "en") == Readings{"1250.5"});
  CHECK(read("1\u00A0250,50", "fr") == Readings{"1250.5"});
  CHECK(read("1\u202F250,50", "fr") == Readings{"1250.5"});
  CHECK(read("1 250,50", "pl") == Readings{"1250.5"});
  CHECK(read("1.250", "de") == Readings{"1250"});
  CHECK(read("1.250", "en") == Readings{"1.25"});
  CHECK(read("1,250", "en") == Readings{"1250"});
  CHECK(read("1,250", "lt") == Readings{"1.25"});
  CHECK(read("1.250", "") == Readings{"1.25", "1250"});
  CHECK(read("1.250.000", "en") == Readings{"1250000"});
  CHECK(read("12345678", "sv") == Readings{"12345678"});
  CHECK(read("0,5", "nl") == Readings{"0.5"});
  CHECK(read("2,00", "nl") == Readings{"2"});
  CHECK(read("0", "nl") == Readings{"0"});
  CHECK(read("1'250.50", "de-CH") == Readings{"1250.5"});
}

TEST_CASE("each of the 24 languages reads its own groups and decimals", "[text]") {
  for (const std::string& language : languages) {
    CAPTURE(language);
    const char decimal = WrittenWords::of(language).decimal();
    REQUIRE((decimal == '.' || decimal == ','));
    const std::string group = decimal == '.' ? "," : ".";
    CHECK(read("1" + group + "250" + decimal + "5", language) == Readings{"1250.5"});
    CHECK(read("1" + group + "250", language) == Readings{"1250"});
    CHECK(read(std::string("1") + decimal + "250", language) == Readings{"1.25"});
    CHECK(read("1\u00A0250" + std::string(1, decimal) + "5", language) == Readings{"1250.5"});
  }
}

TEST_CASE("percents, fractions and magnitudes belong to the number", "[text]") {
  CHECK(read("12 %", "de") == Readings{"12%"});
  CHECK(read("12%", "en") == Readings{"12%"});
  CHECK(read("12,5\u00A0%", "fr") == Readings{"12.5%"});
  CHECK(read("3½", "en") == Readings{"3.5"});
  CHECK(read("¾", "en") == Readings{"0.75"});
  CHECK(read("1,5 miljoonaa", "fi") == Readings{"1500000"});
  CHECK(read("2 mio.", "da") == Readings{"2000000"});
  CHECK(read("2,5 Mrd.", "de") == Readings{"2500000000"});
  CHECK(read("3 milionów", "pl") == Readings{"3000000"});
  CHECK(read("2 mil millones", "es") == Readings{"2000000000"});
  CHECK(read("3½ million", "en") == Readings{"3500000"});
  CHECK(read("1.5 miljuni", "mt") == Readings{"1500000"});
}

TEST_CASE("a million is one in each of the 24 languages", "[text]") {
  const std::vector<std::pair<const char*, const char*>> written = {
      {"bg", "5 милиона"},     {"cs", "5 milionů"},  {"da", "5 millioner"}, {"de", "5 Millionen"},
      {"el", "5 εκατομμύρια"}, {"en", "5 million"},  {"es", "5 millones"},  {"et", "5 miljonit"},
      {"fi", "5 miljoonan"},   {"fr", "5 millions"}, {"ga", "5 mhilliún"},  {"hr", "5 milijuna"},
      {"hu", "5 millió"},      {"it", "5 milioni"},  {"lt", "5 milijonų"},  {"lv", "5 miljonu"},
      {"mt", "5 miljuni"},     {"nl", "5 miljoen"},  {"pl", "5 milionom"},  {"pt", "5 milhões"},
      {"ro", "5 milioane"},    {"sk", "5 miliónov"}, {"sl", "5 milijonov"}, {"sv", "5 miljoner"},
  };
  for (const auto& [language, text] : written) {
    CAPTURE(language);
    CHECK(read(text, language) == Readings{"5000000"});
  }
}

TEST_CASE("a currency is told and is no part of the number", "[text]") {
  const std::vector<Quantity> before = quantities("about EUR 3.5 million for it", "en");
  REQUIRE(before.size() == 1);
  CHECK(before[0].readings == Readings{"3500000"});
  CHECK(before[0].currency == "EUR");
  CHECK(before[0].begin == 6);
  CHECK(before[0].end == 21);
  const std::vector<Quantity> after = quantities("za 12 000 zł.", "pl");
  REQUIRE(after.size() == 1);
  CHECK(after[0].readings == Readings{"12000"});
  CHECK(after[0].currency == "PLN");
  CHECK(read("€ 2.000", "nl") == Readings{"2000"});
  CHECK(read("€ 2.000", "en") == Readings{"2", "2000"});
  CHECK(quantities("NEUR 5", "en")[0].currency.empty());
}

TEST_CASE("a date is read as its language writes it", "[text]") {
  const std::vector<std::pair<const char*, const char*>> written = {
      {"bg", "3 май 2021 г."},       {"cs", "3. května 2021"},    {"da", "3. maj 2021"},
      {"de", "3. Mai 2021"},         {"el", "3 Μαΐου 2021"},      {"en", "3 May 2021"},
      {"es", "3 de mayo de 2021"},   {"et", "3. mai 2021"},       {"fi", "3. toukokuuta 2021"},
      {"fr", "3 mai 2021"},          {"ga", "3 Bealtaine 2021"},  {"hr", "3. svibnja 2021."},
      {"hu", "2021. május 3."},      {"it", "3 maggio 2021"},     {"lt", "2021 m. gegužės 3 d."},
      {"lv", "2021. gada 3. maijs"}, {"mt", "3 ta’ Mejju 2021"},  {"nl", "3 mei 2021"},
      {"pl", "3 maja 2021 r."},      {"pt", "3 de maio de 2021"}, {"ro", "3 mai 2021"},
      {"sk", "3. mája 2021"},        {"sl", "3. maja 2021"},      {"sv", "3 maj 2021"},
  };
  for (const auto& [language, text] : written) {
    CAPTURE(language);
    CHECK(all(text, language) == Readings{"2021-05-03"});
    const std::string sentence = std::string("xx ") + text + " yy";
    CHECK(all(sentence, language) == Readings{"2021-05-03"});
  }
  CHECK(read("May 3, 2021", "en") == Readings{"2021-05-03"});
  CHECK(read("3rd of May, 2021", "en") == Readings{"2021-05-03"});
  CHECK(read("1er mai 2021", "fr") == Readings{"2021-05-01"});
  CHECK(read("2021. gada 3. maijā", "lv") == Readings{"2021-05-03"});
  CHECK(read("3. července 2021", "cs") == Readings{"2021-07-03"});
  CHECK(read("3. června 2021", "cs") == Readings{"2021-06-03"});
  CHECK(read("3 Meán Fómhair 2021", "ga") == Readings{"2021-09-03"});
  CHECK(read("3 sept. 2021", "fr") == Readings{"2021-09-03"});
}

TEST_CASE("a month of a year is a date without a day", "[text]") {
  CHECK(read("mai 2021", "fr") == Readings{"2021-05"});
  CHECK(read("Mai 2021", "de") == Readings{"2021-05"});
  CHECK(read("mayo de 2021", "es") == Readings{"2021-05"});
  CHECK(read("2021. május", "hu") == Readings{"2021-05"});
  CHECK(read("toukokuussa 2021", "fi") == Readings{"2021-05"});
  CHECK(read("maju 2021", "pl") == Readings{"2021-05"});
  CHECK(all("in 2021 May said", "en") == Readings{"2021"});
  CHECK(all("the mayor 2021", "en") == Readings{"2021"});
  // Not across the end of a sentence or a quantity.
  CHECK(all("Mai 2020 2021", "de") == Readings{"2020-05", "2021"});
}

TEST_CASE("dates of digits are read day first where the language does not say otherwise",
          "[text]") {
  CHECK(read("2021-05-03", "sv") == Readings{"2021-05-03"});
  CHECK(read("2021-05", "sv") == Readings{"2021-05"});
  CHECK(read("03/05/2021", "fr") == Readings{"2021-05-03"});
  CHECK(read("03/05/2021", "en-IE") == Readings{"2021-05-03"});
  CHECK(read("03/05/2021", "en-US") == Readings{"2021-03-05"});
  CHECK(read("03/05/2021", "en") == Readings{"2021-05-03", "2021-03-05"});
  CHECK(read("31/05/2021", "en-US") == Readings{"2021-05-31"});
  CHECK(read("05/31/2021", "de") == Readings{"2021-05-31"});
  CHECK(read("5/5/2021", "en") == Readings{"2021-05-05"});
  CHECK(read("3.5.2021", "fi") == Readings{"2021-05-03"});
  CHECK(read("3. 5. 2021", "cs") == Readings{"2021-05-03"});
  CHECK(read("03.05.21", "de") == Readings{"2021-05-03"});
  CHECK(read("2021. 05. 03.", "hu") == Readings{"2021-05-03"});
  CHECK(all("31.02.2021", "de") != Readings{"2021-02-31"});
  CHECK(all("29/02/2021", "fr") != Readings{"2021-02-29"});
  CHECK(read("29/02/2020", "fr") == Readings{"2020-02-29"});
}

TEST_CASE("what only looks like a number or date is left alone", "[text]") {
  CHECK(quantities("COVID19, A4 and 5G", "en").empty());
  CHECK(quantities("at 12:30", "en").empty());
  CHECK(quantities("code 0049", "en").empty());
  CHECK(quantities(std::string(41, '9'), "en").empty());
  CHECK(quantities("no digits ½x £ €", "en").empty());
  CHECK(all("2014-2020", "de") == Readings{"2014", "2020"});
  CHECK(all("3, 4 and 5", "en") == Readings{"3", "4", "5"});
  CHECK(all("version 1.10.2", "en").size() > 0);
  CHECK(all("in 2014 100 people", "pl") == Readings{"2014", "100"});
  CHECK(all("Artikel 3 100 Personen", "de") == Readings{"3", "100"});
}

TEST_CASE("the canonical form of a canonical form is itself", "[text]") {
  std::mt19937 random(3);
  const std::string marks = "0123456789.,/ -%";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint32_t size = 1 + random() % 14; size > 0; --size)
      text += marks[random() % marks.size()];
    for (const Quantity& quantity : quantities(text, languages[random() % languages.size()])) {
      for (const std::string& reading : quantity.readings) {
        CAPTURE(text, reading);
        REQUIRE(read(reading, "en") == Readings{reading});
      }
    }
  }
}

TEST_CASE("any bytes, tags and lengths are read", "[text]") {
  std::mt19937 random(5);
  const std::vector<std::string> parts = {
      "3", ".", " ", "Mai",     "mai",  "2021", "\u00A0", "½", "\xC2", "\xE2",   "de",
      "%", "€", ",", "million", "\xFF", "ta’",  "/",      "-", "Meán", "Fómhair"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 12; size > 0; --size)
      text += parts[random() % parts.size()];
    std::size_t at = 0;
    for (const Quantity& quantity : quantities(text, languages[random() % languages.size()])) {
      REQUIRE(quantity.begin >= at);
      REQUIRE(quantity.end > quantity.begin);
      REQUIRE(quantity.end <= text.size());
      REQUIRE((quantity.readings.size() == 1 || quantity.readings.size() == 2));
      at = quantity.end;
    }
  }
  for (const char* tag :
       {"", "xx", "de-AT-1901", "\xFF\xFE", "en_GB", "zh-Hant-TW", "a-very-long-tag-of-nothing"}) {
    CAPTURE(tag);
    CHECK(read("1250", tag) == Readings{"1250"});
  }
  for (int i = 0; i < 1000; ++i)
    quantities("3 may", "en-" + std::string{char('a' + i % 26), char('a' + i / 26 % 26)});
  CHECK(quantities(std::string(1U << 20U, '7'), "de").empty());
  std::string groups;
  for (int i = 0; i < 100000; ++i) groups += "123.";
  CHECK(quantities(groups, "de").size() < 100000);
}

TEST_CASE("groups of digits tell by their marks what they can", "[text]") {
  const auto form = [](const char* text) {
    const auto groups = read_digit_groups(text);
    return digit_form(groups, groups.count);
  };
  CHECK(form("1200") == DigitForm::Whole);
  CHECK(form("1.200") == DigitForm::Either);
  CHECK(form("0.200") == DigitForm::Decimal);
  CHECK(form("1.200.300") == DigitForm::Grouped);
  CHECK(form("1.200,30") == DigitForm::Decimal);
  CHECK(form("1.20.30") == DigitForm::None);
  CHECK(form("1 200") == DigitForm::Grouped);
  CHECK(form("") == DigitForm::None);
  CHECK(read_digit_groups("12 345 x").end[1] == 6);
  CHECK(read_digit_groups("12 345", false).count == 1);
  CHECK(read_digit_groups("12\u00A0345", false).count == 2);
}
