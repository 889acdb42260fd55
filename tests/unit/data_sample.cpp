// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "data/vocabulary.hpp"
#include "domain/merge.hpp"
#include "engine/rules.hpp"
#include "exchange/koinon_lines.hpp"
#include "koinon/catalogue.hpp"

using namespace koinon;

namespace {

// Each line of the sample by id, read as an import would read it.
const std::map<std::string, Record>& records() {
  static const std::map<std::string, Record> all = [] {
    std::map<std::string, Record> found;
    for (const data::SampleFile& file : data::sample()) {
      INFO(file.name);
      const auto source = exchange::open_memory(std::string(file.bytes));
      const auto reader = exchange::koinon_lines_format().open(*source, {});
      exchange::Row row;
      while (reader->next(row)) {
        INFO("line " << row.line);
        for (const Violation& violation : row.violations)
          FAIL_CHECK(violation.path + ' ' + violation.message);
        REQUIRE(row.drafts.size() == 1);
        for (const Violation& violation : engine::check_rules(row.drafts[0].record))
          FAIL_CHECK(violation.path + ' ' + violation.message);
        INFO(row.drafts[0].id);
        CHECK(found.emplace(row.drafts[0].id, row.drafts[0].record).second);
      }
      CHECK((file.bytes.empty() || file.bytes.back() == '\n'));
    }
    return found;
  }();
  return all;
}

}  // namespace

TEST_CASE("the sample holds every rule and no id twice", "[data]") {
  CHECK(data::sample().size() > 20);
  CHECK(records().size() > 200);
}

TEST_CASE("every reference of the sample leads to a record", "[data]") {
  for (const auto& [id, record] : records()) {
    INFO(id);
    for (const std::string& reference : domain::references(record)) {
      INFO(reference);
      CHECK((records().count(reference) > 0 || engine::is_theme(reference)));
    }
  }
}

TEST_CASE("the sample has a case of each member state in many languages, each with its source",
          "[data]") {
  std::set<std::string> countries;
  std::set<std::string> languages;
  std::size_t cases = 0;
  for (const auto& [id, record] : records()) {
    INFO(id);
    const auto* sources = domain::sources_of(record);
    CHECK((!sources || !sources->empty()));
    const auto* study = std::get_if<CaseStudy>(&record);
    if (!study) continue;
    ++cases;
    for (const Place& place : study->locations) countries.insert(place.country);
    for (const Text& text : study->title) languages.insert(text.language);
  }
  for (const char* country :
       {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}) {
    INFO(country);
    CHECK(countries.count(country) == 1);
  }
  CHECK(languages.size() >= 8);
  CHECK(cases >= 100);
}

TEST_CASE("the questions to the sample are short, in many languages, and its cases answer them",
          "[data]") {
  std::ifstream file(std::string(KOINON_TEST_DIR) + "/bench/questions.tsv");
  std::string line;
  while (std::getline(file, line) && !line.empty() && line[0] == '#') continue;
  REQUIRE(line == "language\tquestion\tanswers");
  std::map<std::string, std::size_t> of_language;
  std::set<std::string> questions;
  while (std::getline(file, line)) {
    INFO(line);
    REQUIRE(std::count(line.begin(), line.end(), '\t') == 2);
    std::istringstream cells(line);
    std::string language;
    std::string question;
    std::getline(cells, language, '\t');
    std::getline(cells, question, '\t');
    const auto blanks = std::count(question.begin(), question.end(), ' ');
    CHECK((blanks >= 1 && blanks <= 4));
    CHECK(question.find("  ") == std::string::npos);
    CHECK((!question.empty() && question.front() != ' ' && question.back() != ' '));
    CHECK(questions.insert(language + ' ' + question).second);
    ++of_language[language];
    std::set<std::string> answers;
    for (std::string id; cells >> id;) {
      INFO(id);
      CHECK(answers.insert(id).second);
      const auto found = records().find(id);
      CHECK((found != records().end() && std::holds_alternative<CaseStudy>(found->second)));
    }
    CHECK(!answers.empty());
  }
  CHECK(questions.size() == 200);
  CHECK(of_language.size() >= 8);
  for (const auto& [language, count] : of_language) {
    INFO(language);
    CHECK(data::vocabulary("languages")->find(language));
    CHECK(count >= 8);
  }
}
