// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "partners/match_model.hpp"
#include "partners/string_similarity.hpp"
#include "partners/table_lines.hpp"

using namespace koinon;
using namespace koinon::partners;

namespace {

OrganisationFacts named(std::string name, std::string country = "") {
  OrganisationFacts facts;
  facts.names.push_back(std::move(name));
  facts.country = std::move(country);
  return facts;
}

Identifier identifier(std::string scheme, std::string value, std::string country = "") {
  Identifier made;
  made.scheme = std::move(scheme);
  made.value = std::move(value);
  made.country = std::move(country);
  return made;
}

double probability(const OrganisationFacts& left, const OrganisationFacts& right) {
  const std::vector<OrganisationFacts> both{left, right};
  const Population population = read_population(both);
  return MatchModel::current().probability(Comparer(population).compare(0, 1));
}

Comparison compared(const std::string& left, const std::string& right) {
  const std::vector<OrganisationFacts> both{named(left), named(right)};
  const Population population = read_population(both);
  return Comparer(population).compare(0, 1);
}

}  // namespace

TEST_CASE("Jaro and Winkler's own examples", "[partners]") {
  CHECK(jaro_winkler("martha", "marhta") == Approx(0.9611).margin(0.0001));
  CHECK(jaro_winkler("dwayne", "duane") == Approx(0.84).margin(0.0001));
  CHECK(jaro_winkler("dixon", "dicksonx") == Approx(0.8133).margin(0.0001));
  CHECK(jaro_winkler("", "") == 1);
  CHECK(jaro_winkler("", "a") == 0);
  CHECK(jaro_winkler("abc", "xyz") == 0);
  CHECK(jaro_winkler(std::string(1000, 'a'), std::string(1000, 'a')) == 1);
}

TEST_CASE("the likeness of two words does not depend on which comes first", "[partners]") {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string a(random() % 12, ' '), b(random() % 12, ' ');
    for (char& c : a) c = static_cast<char>('a' + random() % 4);
    for (char& c : b) c = static_cast<char>('a' + random() % 4);
    const double alike = jaro_winkler(a, b);
    CHECK(alike == jaro_winkler(b, a));
    CHECK(alike >= 0);
    CHECK(alike <= 1);
    CHECK((alike == 1) == (a == b));
  }
}

TEST_CASE("the same name in another dress is the same organisation", "[partners]") {
  CHECK(probability(named("NAVICRE OY", "FI"), named("Navicre Oy", "FI")) > 0.95);
  CHECK(probability(named("TALLERES SANTABALLA, S.L.", "ES"),
                    named("Talleres Santaballa Sociedad Limitada", "ES")) > 0.95);
  CHECK(probability(named("Estet Stahl- u. Behälterbau GmbH", "AT"),
                    named("ESTET STAHL U BEHAELTERBAU GMBH", "AT")) > 0.9);
  CHECK(probability(named("Πανεπιστήμιο Θεσσαλονίκης", "EL"),
                    named("Panepistimio Thessalonikis", "EL")) > 0.9);
}

TEST_CASE("a name and its transliteration are the same organisation", "[partners]") {
  const auto sure = [](const char* left, const char* right, const char* country) {
    INFO(left << " | " << right);
    CHECK(probability(named(left, country), named(right, country)) > 0.95);
  };
  sure("Κοινωνική Πατρα", "Koinoniki Patra", "EL");
  sure("Δήμος Αθηναίων", "Dimos Athinaion", "EL");
  sure("Κοσμος Πατρα", "Kosmos Patra", "EL");
  sure("Εθνικό Κέντρο Κοινωνικών Ερευνών", "Ethniko Kentro Koinonikon Erevnon", "EL");
  sure("Müller Stiftung", "Mueller Stiftung", "DE");
  sure("Fachhochschule Köln", "FACHHOCHSCHULE KOELN", "DE");
  sure("Größe Verein Köln", "Groesse Verein Koeln", "DE");
  sure("Verein für Kinder", "VEREIN FUER KINDER", "DE");
  sure("Ørsted Fonden", "Oersted Fonden", "DK");
  sure("Κοινωνική Πατρα", "Kinoniki Patra", "EL");  // by sound, not by the standard's letters
  sure("Δήμος Αθηναίων", "Dimos Athineon", "EL");
}

TEST_CASE("other names are other organisations", "[partners]") {
  CHECK(probability(named("Stadt Ansbach"), named("Stadt Wien")) < 0.1);
  CHECK(probability(named("Navicre Oy"), named("Lamiforming Oy")) < 0.01);
  CHECK(probability(named("Gemeinde"), named("GRAD")) < 0.2);
  CHECK(probability(named("Lycée Voltaire 3"), named("Lycée Voltaire 5")) <
        probability(named("Lycée Voltaire 3"), named("Lycée Voltaire 3")) - 0.3);
}

TEST_CASE("letters that stand for words are told", "[partners]") {
  const Comparison cnrs = compared("CNRS", "Centre national de la recherche scientifique");
  CHECK(cnrs[Feature::Acronym] > 0.5F);
  CHECK(cnrs[Feature::PartHeld] > 0.8F);
  const Comparison tu = compared("TU Wien", "Technische Universität Wien");
  CHECK(tu[Feature::Acronym] > 0);
  CHECK(tu[Feature::PartHeld] > 0.9F);
  CHECK(tu[Feature::LettersCover] == 1);
  CHECK(compared("ABC", "Centre national")[Feature::Acronym] == 0);
  CHECK(compared("TU Graz", "Technische Universität Wien")[Feature::LettersCover] == 0);
  CHECK(compared("Wien", "Wien")[Feature::LettersCover] == 0);
}

TEST_CASE("a person's question of kind, number and place has an answer", "[partners]") {
  CHECK(compared("Stadt Ansbach", "Landkreis Ansbach")[Feature::KindDiffers] == 1);
  CHECK(compared("Lycée 3", "Lycée 5")[Feature::NumbersDiffer] == 1);
  CHECK(compared("Lycée 3", "Lycee 3")[Feature::NumbersSame] == 1);
  const std::string ucd = "University of California, Davis";
  CHECK(compared(ucd, "University of California, Irvine")[Feature::NextDiffers] == 1);
  CHECK(compared(ucd, "Department of Physics, " + ucd)[Feature::NextSame] == 1);
  CHECK(compared("X Institute, Paris, France",
                 "X Institute, Bonn, Germany")[Feature::CountryDiffers] == 1);
}

TEST_CASE("a comparison is the same from both sides", "[partners]") {
  const std::vector<std::string> names{"Institut für Soziologie, Universität Wien (UNIVIE)",
                                       "Universität Wien",
                                       "TU Wien",
                                       "Technische Universität Wien",
                                       "Lycée 3",
                                       "3",
                                       "",
                                       "GmbH",
                                       "Stadt Wien, Magistrat 7",
                                       "University of California, Davis",
                                       "Davis"};
  std::vector<OrganisationFacts> facts;
  for (const std::string& name : names) facts.push_back(named(name));
  const Population population = read_population(facts);
  Comparer comparer(population);
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    for (std::uint32_t j = 0; j < names.size(); ++j) {
      const Comparison there = comparer.compare(i, j), back = comparer.compare(j, i);
      for (std::size_t f = 0; f < features; ++f) {
        INFO(names[i] << " | " << names[j] << " | " << feature_code(static_cast<Feature>(f)));
        CHECK(there.values[f] == Approx(back.values[f]).margin(1e-5));
      }
    }
  }
  CHECK_THROWS_AS(comparer.compare(0, 99), std::out_of_range);
}

TEST_CASE("identifiers come first", "[partners]") {
  OrganisationFacts left = named("Alpha"), right = named("Omega Zeta");
  left.identifiers.push_back(identifier("pic", "999 902 003"));
  right.identifiers.push_back(identifier("pic", "999902003"));
  CHECK(probability(left, right) > 0.9);
  OrganisationFacts other = named("Alpha");
  other.identifiers.push_back(identifier("pic", "999902004"));
  const std::vector<OrganisationFacts> both{left, other};
  const Population population = read_population(both);
  CHECK(Comparer(population).compare(0, 1)[Feature::IdentifierDiffers] == 1);
  CHECK(probability(left, other) < 0.2);
}

TEST_CASE("identifiers are compared in one form, by scheme and country", "[partners]") {
  const std::vector<Identifier> given{identifier("vat", "at u12345678"),
                                      identifier("national-register", "FN 1234", "AT"),
                                      identifier("ror", "https://ror.org/03prydq77"),
                                      identifier("url", "https://example.org"),
                                      identifier("pic", " "),
                                      identifier("portal", "sinn:7")};
  const auto known = known_identifiers(given, "DE");
  REQUIRE(known.size() == 4);
  CHECK(known[0].scheme == "national-register:AT");
  CHECK(known[0].value == "fn 1234");
  CHECK(known[1].scheme == "portal");
  CHECK_FALSE(known[1].exclusive);
  CHECK(known[2].value == "03prydq77");
  CHECK(known[3].scheme == "vat:AT");
  CHECK(known[3].value == "ATU12345678");
}

TEST_CASE("reasons add up to the odds and name what was compared", "[partners]") {
  const std::vector<OrganisationFacts> both{named("Stadt Ansbach", "DE"),
                                            named("Landkreis Ansbach", "AT")};
  const Population population = read_population(both);
  const Comparison result = Comparer(population).compare(0, 1);
  const MatchModel& model = MatchModel::current();
  const auto reasons = model.reasons(result, population, 0, 1);
  REQUIRE_FALSE(reasons.empty());
  double sum = 0;
  bool country = false;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    sum += reasons[i].contribution;
    if (i > 0) CHECK(std::abs(reasons[i].contribution) <= std::abs(reasons[i - 1].contribution));
    if (reasons[i].code == "country-differs") {
      country = true;
      CHECK(reasons[i].left == "DE");
      CHECK(reasons[i].right == "AT");
      CHECK(reasons[i].contribution < 0);
    }
  }
  CHECK(country);
  const double bias = model.log_odds(Comparison{});
  CHECK(sum + bias == Approx(model.log_odds(result)).margin(1e-9));
}

TEST_CASE("the table of weights has a number for every feature", "[partners]") {
  const auto rows = table_rows(data::embedded("organisations/match-weights.tsv"), 2);
  CHECK(rows.size() == features + 3);  // the bias, and the two of the calibration
  for (std::size_t f = 0; f < features; ++f) {
    const auto code = feature_code(static_cast<Feature>(f));
    INFO(code);
    CHECK(std::count_if(rows.begin(), rows.end(),
                        [&](const auto& row) { return row[0] == code; }) == 1);
  }
  CHECK_THROWS_AS(MatchModel("feature\tweight\nbias\tmuch\n"), std::invalid_argument);
  CHECK_THROWS_AS(MatchModel("feature\tweight\ncalibration-slope\t0\n"), std::invalid_argument);
  const MatchModel flat("feature\tweight\nbias\t0\nno-such-thing\t5\n");
  CHECK(flat.probability(Comparison{}) == 0.5);
}

TEST_CASE("organisations without names say nothing", "[partners]") {
  const std::vector<OrganisationFacts> both{OrganisationFacts{}, named("...")};
  const Population population = read_population(both);
  const Comparison result = Comparer(population).compare(0, 1);
  CHECK_FALSE(result.has_names);
  CHECK(MatchModel::current().probability(result) < 0.05);
  CHECK(read_population({}).members.empty());
}

TEST_CASE("of several names the two that are most alike are compared", "[partners]") {
  OrganisationFacts left = named("Vienna University of Technology");
  left.names.push_back("Technische Universität Wien");
  const OrganisationFacts right = named("TECHNISCHE UNIVERSITÄT WIEN");
  const std::vector<OrganisationFacts> both{left, right};
  const Population population = read_population(both);
  const Comparison result = Comparer(population).compare(0, 1);
  CHECK(result.left_name == 1);
  CHECK(result[Feature::NameEqual] == 1);
}

TEST_CASE("a calibration stretches and shifts the odds, and the reasons with them", "[partners]") {
  const std::vector<OrganisationFacts> both{named("Stadt Ansbach", "DE"),
                                            named("Landkreis Ansbach", "AT")};
  const Population population = read_population(both);
  const Comparison result = Comparer(population).compare(0, 1);
  const std::string weights = "feature\tweight\nbias\t-2\ncountry-differs\t-3\nname-alike\t4\n";
  const MatchModel plain(weights);
  const MatchModel calibrated(weights + "calibration-slope\t0.5\ncalibration-shift\t1\n");
  CHECK(calibrated.log_odds(result) == Approx(1 + 0.5 * plain.log_odds(result)));
  CHECK(plain.start() == -2);
  CHECK(calibrated.start() == 0);
  const auto reasons = calibrated.reasons(result, population, 0, 1);
  double sum = calibrated.start();
  for (const MatchReason& reason : reasons) sum += reason.contribution;
  CHECK(sum == Approx(calibrated.log_odds(result)));
}

TEST_CASE("what different identifiers took from a probability can be given back", "[partners]") {
  const MatchModel& model = MatchModel::current();
  OrganisationFacts left = named("Acme GmbH", "DE"), right = left;
  const double plain = probability(left, right);
  left.identifiers.push_back(identifier("pic", "911111111"));
  right.identifiers.push_back(identifier("pic", "922222222"));
  const double apart = probability(left, right);
  CHECK(apart < 0.9);
  CHECK(model.without_difference(apart) == Approx(plain).margin(1e-9));
  CHECK(model.without_difference(0) == 0);
  CHECK(model.without_difference(1) == 1);
}
