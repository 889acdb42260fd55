// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "partners/legal_forms.hpp"
#include "partners/table_lines.hpp"
#include "text/fold.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

std::vector<std::string> words_of(std::string_view name) {
  const std::string folded = text::fold_name(name);
  std::vector<std::string> words;
  for (const std::string_view word : split(folded, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

std::string without_form(std::string_view name, std::string_view country) {
  std::vector<std::string> words = words_of(name);
  take_legal_forms(words, country);
  std::string left;
  for (const std::string& word : words) left += (left.empty() ? "" : " ") + word;
  return left;
}

}  // namespace

TEST_CASE("legal forms are taken off by country, however they are written", "[partners]") {
  CHECK(without_form("A.T.C. Produktion & Handel GmbH", "AT") == "a t c produktion handel");
  CHECK(without_form("Braase GmbH & Co. KG", "DE") == "braase");
  CHECK(without_form("Braase Ges.m.b.H.", "AT") == "braase");
  CHECK(without_form("ONYX SOLAR ENERGY S.L.", "ES") == "onyx solar energy");
  CHECK(without_form("EMIN TALLERES S L", "ES") == "emin talleres");
  CHECK(without_form("SC IT SOLUTIONS SRL", "RO") == "it solutions");
  CHECK(without_form("TIP 95 D.O.O.", "SI") == "tip 95");
  CHECK(without_form("Firma spol. s r.o.", "CZ") == "firma");
  CHECK(without_form("Dél-alföldi Ügynökség Közhasznú Nonprofit Kft.", "HU") ==
        "del alfoldi ugynokseg");
  CHECK(without_form("Νέα Αρχή Ε.Π.Ε.", "EL") == "νεα αρχη");
  CHECK(without_form("ЕТ Иван Вазов", "BG") == "иван вазов");
  CHECK(without_form("UAB Šviesa", "LT") == "sviesa");
}

TEST_CASE("a form of another country comes off only where it cannot be a word", "[partners]") {
  CHECK(without_form("Siemens GmbH", "PL") == "siemens");
  CHECK(without_form("Casa AS", "ES") == "casa as");
  CHECK(without_form("UAB Bellaterra", "ES") == "uab bellaterra");
  CHECK(without_form("Casa AS", "") == "casa");
  CHECK(without_form("SC Magdeburg", "") == "sc magdeburg");
}

TEST_CASE("a name never becomes empty", "[partners]") {
  CHECK(without_form("GmbH", "DE") == "gmbh");
  CHECK(without_form("GmbH GmbH", "DE") == "gmbh");
  CHECK(without_form("S.L.", "ES") == "s l");
  CHECK(without_form("", "DE").empty());
  for (const char* country : {"", "DE", "ES", "GB", "gr", "xx", "not a country"})
    CHECK_FALSE(without_form("Ltd", country).empty());
}

TEST_CASE("what was taken off is told in the table's spelling, the first kind first",
          "[partners]") {
  std::vector<std::string> words = words_of("Verein für Arbeit e.V.");
  const LegalForms found = take_legal_forms(words, "DE");
  CHECK(found.forms == std::vector<std::string>{"e.V."});
  CHECK(found.kind == "association");
  std::vector<std::string> none = words_of("Stadt Wien");
  CHECK(take_legal_forms(none, "AT").forms.empty());
}

TEST_CASE("country codes are those of the EU's files", "[partners]") {
  CHECK(country_code("gr") == "EL");
  CHECK(country_code("GB") == "UK");
  CHECK(country_code("at") == "AT");
  CHECK(country_code("Austria").empty());
  CHECK(country_code("").empty());
  CHECK(country_code("A1").empty());
}

TEST_CASE("every spelling of the table can be told and every row is whole", "[partners]") {
  std::size_t spellings = 0;
  for (const auto& row : table_rows(data::embedded("organisations/legal-forms.tsv"), 5)) {
    CHECK((row[3] == "end" || row[3] == "start" || row[3] == "any"));
    for (const std::string_view country : split(row[0], ' ')) CHECK(country.size() == 2);
    for (const std::string_view spelling : split(row[4], '|')) {
      INFO(row[2] << ": " << spelling);
      const std::vector<std::string> words = words_of(spelling);
      CHECK(is_legal_form(words));
      ++spellings;
    }
  }
  CHECK(spellings > 800);
}
