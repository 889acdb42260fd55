// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::line;
using test::organisation;
using test::project;
using test::put_bytes;

namespace {

Organisation known_by(const std::string& name, const std::string& pic) {
  Organisation made = organisation(name);
  made.identifiers.resize(1);
  made.identifiers[0].scheme = "pic";
  made.identifiers[0].value = pic;
  return made;
}

}  // namespace

TEST_CASE("an erased record leaves its id in the journal, and nothing else in the files",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", known_by("Xylophonia", "999848453"), {}}, "me");
  catalogue.put({"org-1", known_by("Xylophonia ry", "999848453"), {}}, "me");
  catalogue.put({"org-2", organisation("Another"), {}});
  REQUIRE(test::found(catalogue, "xylophonia") == 1);
  REQUIRE(test::holds(path, "Xylophonia"));
  catalogue.erase("org-1", "officer");
  CHECK(error_of([&] { catalogue.get("org-1"); }) == ErrorCode::Erased);
  CHECK(error_of([&] { catalogue.get("org-1", 1); }) == ErrorCode::Erased);
  CHECK(error_of([&] { catalogue.erase("org-1"); }) == ErrorCode::Erased);
  CHECK(error_of([&] { catalogue.remove("org-1"); }) == ErrorCode::Erased);
  CHECK(error_of([&] { catalogue.erase("never"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] {
          catalogue.put({"org-1", organisation("Again"), {}});
        }) == ErrorCode::Erased);
  CHECK(test::found(catalogue, "xylophonia") == 0);
  CHECK_FALSE(test::holds(path, "Xylophonia"));
  CHECK_FALSE(test::holds(path, "999848453"));
  const auto history = catalogue.history("org-1");
  REQUIRE(history.size() == 3);
  CHECK(history[0].body.empty());
  CHECK(history[1].body.empty());
  CHECK(history[2].what == ChangeKind::Erase);
  CHECK(history[2].by == "officer");
  CHECK(catalogue.statistics().erased == 1);
  CHECK(test::exported(catalogue, true).find("Xylophonia") == std::string::npos);
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("a removed record can be erased with all its past", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", known_by("Xylophonia", "999848453"), {}});
  catalogue.remove("org-1");
  put_bytes(scratch / "f.jsonl", line("org-9", known_by("Xylophonia", "999848453"), "\"oops\":1,"));
  CHECK(catalogue.import_file(scratch / "f.jsonl").quarantined == 1);
  catalogue.erase("org-1");
  CHECK_FALSE(test::holds(path, "Xylophonia"));
  CHECK(catalogue.quarantine().empty());
}

TEST_CASE("decisions that quote the erased name go with it, also those taken out before",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", known_by("Xylophonia", "999848453"), {}});
  catalogue.put({"org-2", known_by("Xylophonia Ltd", "999848453"), {}});
  catalogue.put({"org-3", organisation("Unlike"), {}});
  REQUIRE(catalogue.match().same == 1);
  const Written wrong = catalogue.decide({"org-1", "org-3", "same", "Xylophonia as I know it"});
  catalogue.remove(wrong.id);
  catalogue.erase("org-1");
  catalogue.erase("org-2");
  CHECK_FALSE(test::holds(path, "Xylophonia"));
  CHECK(catalogue.identity("org-3").decisions.empty());
  CHECK(catalogue.ids(RecordKind::MatchDecision, "", 10).empty());
}

TEST_CASE("identifiers of earlier versions are looked for in quarantine, too", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", known_by("Xylophonia", "999848453"), {}});
  catalogue.put({"org-1", organisation("Xylophonia"), {}});
  put_bytes(scratch / "f.jsonl", line("org-9", known_by("A", "999848453"), "\"oops\":1,"));
  CHECK(catalogue.import_file(scratch / "f.jsonl").quarantined == 1);
  catalogue.erase("org-1");
  CHECK(catalogue.quarantine().empty());
}

TEST_CASE("what named the erased record names it no more", "[engine]") {
  const test::Scratch scratch;
  for (const std::string id : {"o1", "org-0123456789abcdef"}) {
    CAPTURE(id);
    Catalogue catalogue = Catalogue::open(":memory:");
    catalogue.put({id, organisation("Gone"), {}});
    catalogue.put({"other", organisation("Other"), {}});
    catalogue.put({"prj", project("Work", {id, "other"}), {}});
    catalogue.put({"only", project("Solo", {id}), {}});
    Project nothing_else;
    nothing_else.participations = project("", {id}).participations;
    catalogue.put({"nothing-else", nothing_else, {}});
    CaseStudy study;
    study.initiative = "ini";
    study.title = {test::text("Study")};
    study.lead_organisation = id;
    study.statements.resize(1);
    study.statements[0].author = id;
    study.statements[0].role = "expert";
    study.statements[0].text = {test::text("Good")};
    catalogue.put({"ini", test::initiative("Thing"), {}});
    catalogue.put({"case", study, {}});
    MatchDecision decision;
    decision.left = id;
    decision.right = "other";
    decision.verdict = "different";
    catalogue.put({"decision", decision, {}});
    REQUIRE(catalogue.partners("other").total == 1);
    catalogue.erase(id);
    CHECK(std::get<Project>(catalogue.get("prj").record).participations.size() == 1);
    CHECK(std::get<Project>(catalogue.get("only").record).participations.empty());
    CHECK(std::get<CaseStudy>(catalogue.get("case").record).lead_organisation.empty());
    CHECK(std::get<CaseStudy>(catalogue.get("case").record).statements.empty());
    // Its grounds may quote the name.
    CHECK(error_of([&] { catalogue.get("decision"); }) == ErrorCode::Erased);
    CHECK(catalogue.history("decision").size() == 2);
    CHECK(catalogue.history("decision")[0].body.empty());
    // A project of which nothing is left but that it was one.
    CHECK(error_of([&] { catalogue.get("nothing-else"); }) == ErrorCode::NotFound);
    CHECK(catalogue.partners("other").total == 0);
    CHECK(error_of([&] { catalogue.partners(id); }) == ErrorCode::Erased);
    const auto findings = catalogue.check().findings;
    for (const Finding& finding : findings) FAIL_CHECK(finding.where << ": " << finding.message);
  }
}

TEST_CASE("quarantined rows that hold the erased id or identifier go with it", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", known_by("Xylophonia", "999848453"), {}});
  put_bytes(scratch / "f.jsonl", line("org-1", organisation("Xylophonia"), "\"oops\":1,") +
                                     line("org-7", known_by("Xylo", "999848453"), "\"oops\":1,") +
                                     line("org-8", organisation("Kept"), "\"oops\":1,") +
                                     line("org-10", organisation("Also kept"), "\"oops\":1,"));
  CHECK(catalogue.import_file(scratch / "f.jsonl").quarantined == 4);
  catalogue.erase("org-1");
  CHECK(catalogue.quarantine().size() == 2);
  CHECK_FALSE(test::holds(path, "Xylo"));
  CHECK(test::holds(path, "Also kept"));
}

TEST_CASE("an erased record does not come back with the file it came from", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string file = scratch / "f.jsonl";
  Catalogue catalogue = Catalogue::open(path);
  put_bytes(file, line("org-1", organisation("Xylophonia")) + line("org-2", organisation("Other")));
  CHECK(catalogue.import_file(file).stored == 2);
  catalogue.erase("org-1");
  const ImportReport again = catalogue.import_file(file);
  CHECK(again.stored == 0);
  CHECK(again.unchanged == 2);
  CHECK(again.quarantined == 0);
  CHECK_FALSE(test::holds(path, "Xylophonia"));
  CHECK(error_of([&] { catalogue.get("org-1"); }) == ErrorCode::Erased);
}

TEST_CASE("erasing in another handle is seen by the views of this one", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const Catalogue reader = Catalogue::open(path);
  Catalogue writer = Catalogue::open(path);
  writer.put({"org-1", organisation("Xylophonia"), {}});
  CHECK(test::found(reader, "xylophonia") == 1);
  writer.erase("org-1");
  CHECK(test::found(reader, "xylophonia") == 0);
  CHECK_FALSE(test::holds(path, "Xylophonia"));
}
