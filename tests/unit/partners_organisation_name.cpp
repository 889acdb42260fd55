// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "partners/organisation_name.hpp"
#include "partners/table_lines.hpp"
#include "text/fold.hpp"
#include "text/transliterate.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

std::vector<std::string> parts_of(std::string_view written, std::string_view country = "") {
  std::vector<std::string> texts;
  for (const NamePart& part : take_apart(written, country).parts) {
    std::string& text = texts.emplace_back();
    for (const NameWord& word : part.words) text += (text.empty() ? "" : " ") + word.latin;
  }
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a name parts at commas, brackets, bars and loose dashes", "[partners]") {
  CHECK(parts_of("Institut für Soziologie, Universität Wien (UNIVIE)") ==
        Texts{"institut fur soziologie", "universitat wien", "univie"});
  CHECK(parts_of("MWU - Mechanische Werkstatt") == Texts{"mwu", "mechanische werkstatt"});
  CHECK(parts_of("Präzisionstechnik Halle/Saale") == Texts{"prazisionstechnik halle saale"});
  CHECK(parts_of("Max-Planck-Institut") == Texts{"max planck institut"});
  CHECK(parts_of("Oulun kaupunki / Ympäristötoimi") == Texts{"oulun kaupunki", "ymparistotoimi"});
}

TEST_CASE("what stands in brackets or after a mark of another name is aside", "[partners]") {
  const OrganisationName name = take_apart("Umbrella (UMB), formerly known as Parasol", "");
  REQUIRE(name.parts.size() == 3);
  CHECK_FALSE(name.parts[0].aside);
  CHECK(name.parts[1].aside);
  CHECK(parts_of("Alpha a.k.a. Beta") == Texts{"alpha", "beta"});
  CHECK(take_apart("Alpha a.k.a. Beta", "").parts[1].aside);
}

TEST_CASE("single letters in a row are one word, and a legal form is none", "[partners]") {
  CHECK(parts_of("A.T.C. Produktion & Handel GmbH", "AT") == Texts{"atc produktion handel"});
  CHECK(parts_of("ARTE GLOBAL,S.L.", "ES") == Texts{"arte global"});
  CHECK(take_apart("ARTE GLOBAL,S.L.", "ES").legal.forms == Texts{"SL"});
}

TEST_CASE("numbers stay words of their own, footnotes are none", "[partners]") {
  const OrganisationName school = take_apart("Lycée 3", "FR");
  REQUIRE(school.parts.size() == 1);
  REQUIRE(school.parts[0].words.size() == 2);
  CHECK(school.parts[0].words[1].number);
  CHECK(parts_of("Renmin Hospital 5 , Wuhan, China") == Texts{"renmin hospital", "wuhan", "china"});
  CHECK(parts_of("University of Milan 16 Department of Biosciences") ==
        Texts{"university of milan", "department of biosciences"});
}

TEST_CASE("words tell what kind of body a part is, in many languages", "[partners]") {
  const auto kind = [](std::string_view written) {
    return std::string(kind_name(take_apart(written, "").parts.at(0).kind));
  };
  CHECK(kind("Technische Universität Wien") == "university");
  CHECK(kind("Πανεπιστήμιο Κρήτης") == "university");
  CHECK(kind("Софийски университет") == "university");
  CHECK(kind("Jihomoravská univerzita") == "university");
  CHECK(kind("Gemeinde Sankt Martin") == "municipality");
  CHECK(kind("Ayuntamiento de Torre Pacheco") == "municipality");
  CHECK(kind("Ministerstvo práce") == "ministry");
  CHECK(kind("Fundacja Pomocy") == "foundation");
  CHECK(kind("Ruhr") == "");
}

TEST_CASE("a department is a unit whatever it is named after", "[partners]") {
  const auto standing = [](std::string_view written) {
    return take_apart(written, "").parts.at(0).standing;
  };
  CHECK(standing("Department of Hospital Medicine") == Standing::Unit);
  CHECK(standing("University of Utah School of Medicine") == Standing::University);
  CHECK(standing("Institute of Sociology") == Standing::Either);
  CHECK(standing("Stadt Wien") == Standing::Body);
  CHECK(standing("Caritas Nord") == Standing::Body);
  CHECK(standing("Navicre") == Standing::Plain);
}

TEST_CASE("the country at the end of an address is told, and the city before it", "[partners]") {
  const OrganisationName name = take_apart("Wuhan University, Wuhan, China", "");
  CHECK(name.country == "CN");
  CHECK(name.city == "vuhan");
  CHECK(name.parts[1].standing == Standing::Place);
  CHECK(take_apart("Comenius, Bratislava, Slovensko", "").country == "SK");
  CHECK(take_apart("China", "").country.empty());
}

TEST_CASE("a word that only begins like a kind is not the kind's name", "[partners]") {
  CHECK(kind_word("universitat").whole);
  const KindWord compound = kind_word("gemeindevervaltungamtsberg");
  CHECK(kind_name(compound.kind) == "municipality");
  CHECK_FALSE(compound.whole);
  CHECK(kind_word("dimompal").kind == 0);
  CHECK(kind_word("").kind == 0);
}

TEST_CASE("every word of the table of kinds is told as it says", "[partners]") {
  std::size_t words = 0;
  std::map<std::string, std::set<std::string>> meant;
  std::map<std::string, std::string> told;
  for (const auto& row : table_rows(data::embedded("organisations/kind-words.tsv"), 5)) {
    CHECK(row[2].size() == 2);
    for (std::string_view written : split(row[3], '|')) {
      if (written.back() == '*') written.remove_suffix(1);
      std::string skeleton;
      text::append_name_skeleton(skeleton, text::fold(written));
      INFO(row[0] << ' ' << row[2] << ' ' << written);
      const KindWord word = kind_word(skeleton);
      ++words;
      if (row[1] == "small") {
        CHECK(small_word(text::fold(written)));
        continue;
      }
      CHECK(word.kind != 0);
      meant[skeleton].insert(std::string(row[0]));
      told[skeleton] = kind_name(word.kind);
    }
  }
  // Two languages can mean two things by one word; then the first row counts.
  for (const auto& [skeleton, kind] : told) {
    INFO(skeleton << " is " << kind);
    CHECK(meant[skeleton].count(kind) == 1);
  }
  CHECK(words > 800);
}

TEST_CASE("small words are told by their letters", "[partners]") {
  CHECK(small_word("του"));
  CHECK(small_word("der"));
  CHECK_FALSE(small_word("tu"));
  CHECK_FALSE(small_word(""));
}

TEST_CASE("nothing, signs alone and a legal form alone", "[partners]") {
  CHECK(take_apart("", "").parts.empty());
  CHECK(take_apart(" ,;()[] -- ", "DE").parts.empty());
  CHECK(parts_of("GmbH", "DE") == Texts{"gmbh"});
  CHECK(parts_of("GmbH, GmbH", "DE") == Texts{"gmbh"});
}

TEST_CASE("names of a megabyte and any bytes are taken apart", "[partners]") {
  const std::string longest(std::size_t(1) << 20U, 'x');
  CHECK(take_apart(longest, "").parts.size() == 1);
  std::string words, commas, marks;
  while (words.size() < (std::size_t(1) << 20U)) words += "ab ";
  while (commas.size() < (std::size_t(1) << 20U)) commas += "ab,";
  while (marks.size() < (std::size_t(1) << 20U)) marks += "b alias ";
  for (const std::string& name : {words, commas, marks}) {
    std::size_t count = 0;
    for (const NamePart& part : take_apart(name, "DE").parts) count += part.words.size();
    CHECK(count > 0);
    CHECK(count <= most_name_words);
  }
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string bytes(random() % 200, ' ');
    for (char& byte : bytes) byte = static_cast<char>(random());
    for (const NamePart& part : take_apart(bytes, "FR").parts) CHECK_FALSE(part.words.empty());
  }
}
