// SPDX-License-Identifier: Apache-2.0
#include "engine/thesaurus_report.hpp"

#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using namespace koinon::engine;
using test::error_of;

namespace {

ThesaurusReport filled() {
  ThesaurusReport report;
  report.bundled = true;
  report.concepts = 7500;
  report.own = 3;
  report.files = {{"a.ttl", 10, 3, 6, 1, 2}, {std::string("b\0.ttl", 6), 0, 0, 0, 0, 0}};
  report.languages = {{"en", 3}, {"fi", 1}};
  report.problem_count = 4;
  report.problems = {{"a.ttl", 7, "no_language", "", "why"}, {"", 0, "cycle", "http://x/1", ""}};
  report.seconds = 1.5;
  return report;
}

}  // namespace

TEST_CASE("a report comes back from its packed form", "[engine][thesaurus]") {
  const std::string bytes = packed(filled());
  const ThesaurusReport back = unpacked(bytes);
  CHECK(packed(back) == bytes);
  CHECK(back.bundled);
  CHECK(back.own == 3);
  REQUIRE(back.files.size() == 2);
  CHECK(back.files[0].deprecated == 1);
  CHECK(back.files[1].path.size() == 6);
  REQUIRE(back.languages.size() == 2);
  CHECK(back.languages[1].language == "fi");
  REQUIRE(back.problems.size() == 2);
  CHECK(back.problems[0].line == 7);
  CHECK(back.problems[1].about == "http://x/1");
  CHECK(back.seconds == 1.5);
  CHECK(packed(unpacked(packed({}))) == packed({}));
}

TEST_CASE("a packed report that is cut or goes on is refused", "[engine][thesaurus]") {
  const std::string bytes = packed(filled());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(error_of([&] { unpacked(bytes.substr(0, size)); }) == ErrorCode::Damaged);
  }
  CHECK(error_of([&] { unpacked(bytes + '\0'); }) == ErrorCode::Damaged);
  // Counts without end are no reason to take all memory.
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::string wrong = bytes;
    wrong.replace(at, 8, 8, '\xFF');
    const auto code = error_of([&] { unpacked(wrong); });
    CHECK((!code || code == ErrorCode::Damaged));
  }
}

TEST_CASE("what a builder met is told by code, concept and words", "[engine][thesaurus]") {
  text::ThesaurusReport built;
  built.concepts = 2;
  built.languages = {{"en", 2}};
  built.counts = {0, 0, 0, 0, 0, 0, 0, 1, 5};
  built.issues = {{text::ThesaurusIssueKind::Cycle, "http://x/1", "http://x/2"},
                  {text::ThesaurusIssueKind::NoLabel, "http://x/3", ""}};
  ThesaurusReport report;
  report.problem_count = 10;
  add_issues(built, report);
  CHECK(report.problem_count == 16);
  CHECK(report.own == 2);
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].code == "cycle");
  CHECK(report.problems[0].about == "http://x/1");
  CHECK(report.problems[0].message.find("http://x/2: ") == 0);
  CHECK(report.problems[1].code == "no_label");
}
