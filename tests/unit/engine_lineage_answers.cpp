// SPDX-License-Identifier: Apache-2.0
//
// What a lineage says of itself: descent, spread, partnerships and times.
#include <map>
#include <stdexcept>

#include "catch.hpp"
#include "errors.hpp"
#include "lineage.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::edge;
using test::error_of;
using test::initiative;
using test::replication;

namespace {

using Codes = std::vector<std::string>;

Write place(const std::string& id, const std::string& country) {
  Initiative made = initiative("The " + id);
  made.origin.country = country;
  return {id, made, {}};
}

CaseStudy study_of(const std::string& initiative, const Codes& organisations,
                   PartialDate start = {}) {
  CaseStudy study;
  study.initiative = initiative;
  study.period.from = start;
  if (!organisations.empty()) study.lead_organisation = organisations[0];
  for (std::size_t i = 1; i < organisations.size(); ++i) {
    study.participations.emplace_back().organisation = organisations[i];
    study.participations.back().role = "partner";
  }
  return study;
}

// a → b → d, a → c → d → e, a → d directly; a and b in FI, c in SE, d in DE and AT, e nowhere told.
Catalogue family() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put_all({place("a", "FI"),
                     place("b", "FI"),
                     place("c", "SE"),
                     place("d", "DE"),
                     {"e", initiative("The e"), {}}});
  CaseStudy study = study_of("d", {});
  study.locations.resize(3);
  study.locations[0].country = "AT";
  study.locations[0].role = "implementation";
  study.locations[1].country = "IT";
  study.locations[1].role = "partner";
  study.locations[2].country = "DE";
  catalogue.put({"case-d", study, {}});
  Replication full = replication("a", "b", {2010, 0, 0}, "copy");
  full.changes = {test::text("Nothing but the name")};
  full.fidelity = Share{900000};
  full.confidence = Share{500000};
  full.evidence = {test::text("Both say so")};
  full.links = {"https://example.org/b"};
  catalogue.put({"ab", full, {}});
  catalogue.put({"ac", replication("a", "c", {2012, 5, 0}, "adapt"), {}});
  catalogue.put({"bd", replication("b", "d", {2014, 0, 0}, "scale-out"), {}});
  catalogue.put({"cd", replication("c", "d"), {}});
  catalogue.put({"ad", replication("a", "d", {2015, 0, 0}), {}});
  catalogue.put({"de", replication("d", "e", {2018, 3, 2}, "scale-up"), {}});
  return catalogue;
}

Codes ids(const std::vector<LineageInitiative>& initiatives) {
  Codes all;
  for (const LineageInitiative& each : initiatives) all.push_back(each.id);
  return all;
}

Codes edges(const Lineage& lineage) {
  Codes all;
  for (const LineageReplication& each : lineage.replications) all.push_back(each.id);
  return all;
}

const LineageReplication& named(const Lineage& lineage, const std::string& id) {
  for (const LineageReplication& each : lineage.replications) {
    if (each.id == id) return each;
  }
  throw std::runtime_error("no replication " + id);
}

}  // namespace

TEST_CASE("a lineage tells ancestors and descendants by generation", "[engine][lineage]") {
  const Catalogue catalogue = family();
  const Lineage down = catalogue.lineage("a");
  CHECK(down.initiative.name == "The a");
  CHECK(down.ancestors.empty());
  CHECK(ids(down.descendants) == Codes{"b", "c", "d", "e"});
  CHECK(down.descendants[2].nearest == 1);
  CHECK(down.descendants[2].farthest == 2);
  CHECK(down.descendants[3].nearest == 2);
  CHECK(down.descendants[3].farthest == 3);
  CHECK(down.direct == 3);
  CHECK(down.total == 4);
  CHECK(down.depth == 3);
  CHECK(down.change == catalogue.statistics().change);

  const Lineage up = catalogue.lineage("e");
  CHECK(ids(up.ancestors) == Codes{"d", "a", "b", "c"});
  CHECK(up.ancestors[1].nearest == 2);
  CHECK(up.ancestors[1].farthest == 3);
  CHECK(up.direct == 0);
  CHECK(up.depth == 0);
  CHECK(edges(up).size() == 6);

  const Lineage middle = catalogue.lineage("b");
  CHECK(ids(middle.ancestors) == Codes{"a"});
  CHECK(ids(middle.descendants) == Codes{"d", "e"});
  // That a led to d as well is part of it; that c did is not.
  CHECK(edges(middle) == Codes{"ab", "ad", "bd", "de"});
}

TEST_CASE("a replication comes with all that was told of it", "[engine][lineage]") {
  const Lineage lineage = family().lineage("a");
  CHECK(lineage.replications.size() == 6);
  const LineageReplication& told = named(lineage, "ab");
  CHECK(told.parent == "a");
  CHECK(told.child == "b");
  CHECK(told.kind == "copy");
  CHECK(told.date.year == 2010);
  CHECK(told.changes[0].text == "Nothing but the name");
  CHECK(told.fidelity->millionths == 900000);
  CHECK(told.confidence->millionths == 500000);
  CHECK(told.evidence[0].text == "Both say so");
  CHECK(told.links == Codes{"https://example.org/b"});
  CHECK_FALSE(told.implied);
  CHECK(named(lineage, "ad").implied);
  CHECK_FALSE(named(lineage, "cd").fidelity.has_value());
  CHECK_FALSE(named(lineage, "cd").date);
  // A parent's own replications come before those that follow from it.
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < lineage.replications.size(); ++i) at[lineage.replications[i].id] = i;
  CHECK(at["ab"] < at["bd"]);
  CHECK(at["cd"] < at["de"]);
}

TEST_CASE("countries are counted where they are reached first", "[engine][lineage]") {
  const Lineage lineage = family().lineage("a");
  CHECK(lineage.countries == Codes{"AT", "DE", "FI", "SE"});
  REQUIRE(lineage.generations.size() == 3);
  CHECK(lineage.generations[0].generation == 0);
  CHECK(lineage.generations[0].new_countries == Codes{"FI"});
  CHECK(lineage.generations[1].initiatives == 3);
  CHECK(lineage.generations[1].countries == Codes{"AT", "DE", "FI", "SE"});
  CHECK(lineage.generations[1].new_countries == Codes{"AT", "DE", "SE"});
  CHECK(lineage.generations[2].initiatives == 1);
  CHECK(lineage.generations[2].countries.empty());
}

TEST_CASE("a lineage as of a day has what may have happened until then", "[engine][lineage]") {
  const Catalogue catalogue = family();
  LineageRequest request;
  request.as_of = {2012, 0, 0};
  // Of c → d no date is told, and c came to be in time: it may have happened.
  CHECK(ids(catalogue.lineage("a", request).descendants) == Codes{"b", "c", "d"});
  request.undated = false;
  CHECK(ids(catalogue.lineage("a", request).descendants) == Codes{"b", "c"});
  request.as_of = {2012, 4, 0};
  CHECK(ids(catalogue.lineage("a", request).descendants) == Codes{"b"});
  request.undated = true;
  // c came to be in May, so whatever c led to is later as well.
  CHECK(ids(catalogue.lineage("a", request).descendants) == Codes{"b"});
  CHECK(ids(catalogue.lineage("c", request).descendants).empty());
  request.as_of = {1900, 0, 0};
  const Lineage before = catalogue.lineage("a", request);
  CHECK(before.descendants.empty());
  CHECK(before.replications.empty());
  CHECK(before.generations.size() == 1);
  CHECK(before.countries.empty());
  CHECK_FALSE(before.along_partnership.has_value());
  request.as_of = {2012, 2, 31};
  CHECK(error_of([&] { catalogue.lineage("a", request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a lineage of some kinds of replication leaves the others out", "[engine][lineage]") {
  const Catalogue catalogue = family();
  LineageRequest request;
  request.kinds = {"copy", "scale-out"};
  const Lineage lineage = catalogue.lineage("a", request);
  CHECK(ids(lineage.descendants) == Codes{"b", "d"});
  CHECK(edges(lineage) == Codes{"ab", "bd"});
  CHECK(lineage.depth == 2);
}

TEST_CASE("a lineage is asked of an initiative", "[engine][lineage]") {
  Catalogue catalogue = family();
  CHECK(catalogue.lineage("e").descendants.empty());
  CHECK(error_of([&] { catalogue.lineage("nobody"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { catalogue.lineage("case-d"); }) == ErrorCode::InvalidArgument);
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.lineage("a", {}, task); }) == ErrorCode::Cancelled);
  catalogue.put({"alone", initiative("Alone"), {}});
  catalogue.remove("alone");
  const Lineage lineage = catalogue.lineage("alone");
  CHECK_FALSE(lineage.initiative.present);
  CHECK(lineage.total == 0);
}

TEST_CASE("the view follows changes one by one as it is built in one go", "[engine][lineage]") {
  Catalogue catalogue = family();
  REQUIRE(catalogue.lineage("a").total == 4);
  catalogue.put({"bd", replication("c", "b", {2014, 0, 0}), {}});
  catalogue.remove("ad");
  CaseStudy moved = study_of("e", {});
  moved.locations.resize(1);
  moved.locations[0].country = "PT";
  catalogue.put({"case-d", moved, {}});
  catalogue.put(place("a", "EE"));
  const Lineage followed = catalogue.lineage("a");
  const Lineage up = catalogue.lineage("e");

  const std::string lines = test::exported(catalogue, false);
  const test::Scratch scratch;
  test::put_bytes(scratch / "f.jsonl", lines);
  Catalogue rebuilt = Catalogue::open(":memory:");
  REQUIRE(rebuilt.import_file(scratch / "f.jsonl").quarantined == 0);
  const Lineage fresh = rebuilt.lineage("a");
  CHECK(ids(followed.descendants) == ids(fresh.descendants));
  CHECK(edges(followed) == edges(fresh));
  CHECK(followed.countries == fresh.countries);
  CHECK(fresh.countries == Codes{"DE", "FI", "PT", "SE"});
  CHECK(ids(up.ancestors) == ids(rebuilt.lineage("e").ancestors));
}

TEST_CASE("a replication is found, and called, by the names that its initiatives have now",
          "[engine][lineage]") {
  Catalogue catalogue = family();
  SearchRequest request;
  request.text = "xylophonia";
  request.filters = {{"kind", {"replication"}}};
  CHECK(catalogue.search(request).total == 0);
  catalogue.put({"e", initiative("Xylophonia"), {}});
  const SearchResults results = catalogue.search(request);
  REQUIRE(results.total == 1);
  CHECK(results.hits[0].id == "de");
  CHECK(results.hits[0].title == "The d → Xylophonia");
  request.text = "nothing but the name";
  CHECK(catalogue.search(request).hits[0].id == "ab");
}

TEST_CASE("a replication goes along an earlier partnership, or not, or nobody knows",
          "[engine][lineage]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put_all({place("a", "FI"), place("b", "SE")});
  catalogue.put({"r", replication("a", "b", {2016, 0, 0}), {}});
  const auto how = [&] { return named(catalogue.lineage("a"), "r").partnership; };
  CHECK(how() == PartnershipBefore::Unknown);
  catalogue.put({"case-a", study_of("a", {"o1", "o2"}), {}});
  CHECK(how() == PartnershipBefore::Unknown);
  catalogue.put({"case-b", study_of("b", {"o3"}), {}});
  CHECK(how() == PartnershipBefore::None);
  CHECK(catalogue.lineage("a").along_partnership == 0);
  SECTION("what they did together must have begun surely before") {
    Project together = test::project("Together", {"o2", "o3"});
    catalogue.put({"p", together, {}});
    CHECK(how() == PartnershipBefore::None);  // no start is known
    together.period.from = {2016, 0, 0};
    catalogue.put({"p", together, {}});
    CHECK(how() == PartnershipBefore::None);
    together.period.from = {2015, 12, 0};
    catalogue.put({"p", together, {}});
    CHECK(how() == PartnershipBefore::Earlier);
    CHECK(catalogue.lineage("a").along_partnership == 1);
    CHECK(catalogue.lineage("a").partnerships == std::vector<std::uint64_t>{0, 0, 0, 1});
    catalogue.put({"r", replication("a", "b"), {}});
    CHECK(how() == PartnershipBefore::Unknown);
    CHECK_FALSE(catalogue.lineage("a").along_partnership.has_value());
    // By its parent it cannot be before 2017.
    catalogue.put(place("z", "DK"));
    catalogue.put({"za", replication("z", "a", {2017, 0, 0}), {}});
    CHECK(how() == PartnershipBefore::Earlier);
  }
  SECTION("one organisation on both sides is no partnership") {
    catalogue.put({"case-b", study_of("b", {"o1"}), {}});
    CHECK(how() == PartnershipBefore::Same);
    CHECK(catalogue.lineage("a").along_partnership == 0);
  }
  SECTION("of an ancestor it does not count below") {
    CHECK(catalogue.lineage("b").partnerships == std::vector<std::uint64_t>{0, 0, 0, 0});
    CHECK(catalogue.lineage("b").replications.size() == 1);
  }
  CHECK(std::string(partnership_before_name(PartnershipBefore::Earlier)) == "earlier");
}

// ---- Times -------------------------------------------------------------------------------------

namespace {

// Ten initiatives with starts in 2000, some replicated.
Catalogue waiting() {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const std::string id : {"a", "b", "c", "d", "x1", "x2", "x3"})
    catalogue.put(place(id, id[0] == 'x' ? "SE" : "FI"));
  for (const std::string id : {"a", "b", "c"}) {
    CaseStudy study = study_of(id, {}, {2000, 1, 1});
    study.themes = {"housing"};
    catalogue.put({"case-" + id, study, {}});
  }
  Project project = test::project("P");
  project.initiatives = {"d"};
  project.period.from = {2000, 1, 1};
  catalogue.put({"p", project, {}});
  catalogue.put({"r1", replication("a", "x1", {2000, 1, 11}, "copy"), {}});
  catalogue.put({"r2", replication("a", "x2", {2000, 1, 31}, "adapt"), {}});
  catalogue.put({"r3", replication("b", "x3", {2000, 1, 21}, "adapt"), {}});
  return catalogue;
}

const ReplicationTime& time_of(const ReplicationTimes& times, const std::string& id) {
  for (const ReplicationTime& each : times.times) {
    if (each.id == id) return each;
  }
  throw std::runtime_error("no time of " + id);
}

}  // namespace

TEST_CASE("times run from the start to the first replication, or are censored",
          "[engine][lineage]") {
  const Catalogue catalogue = waiting();
  ReplicationTimesRequest request;
  request.as_of = {2000, 4, 10};
  const ReplicationTimes times = catalogue.replication_times(request);
  REQUIRE(times.times.size() == 7);
  CHECK(time_of(times, "a").days == 10);
  CHECK(time_of(times, "a").replicated);
  CHECK(time_of(times, "b").days == 20);
  CHECK(time_of(times, "c").days == 100);
  CHECK_FALSE(time_of(times, "c").replicated);
  CHECK(time_of(times, "d").days == 100);  // from its project
  CHECK(time_of(times, "x1").days == 90);  // from the replication that made it
  CHECK(times.rough == 0);
  REQUIRE(times.curve.size() == 6);
  CHECK(times.curve[0].at_risk == 7);
  CHECK(times.curve[0].survival == Approx(6.0 / 7));
  CHECK(times.curve[1].survival == Approx(5.0 / 7));
  CHECK(times.curve[1].replicated == 1);
  CHECK(times.curve.back().censored == 2);
  CHECK_FALSE(times.median.has_value());
}

TEST_CASE("what is not yet known by the day asked for has not happened", "[engine][lineage]") {
  const Catalogue catalogue = waiting();
  ReplicationTimesRequest request;
  request.as_of = {2000, 1, 15};
  const ReplicationTimes times = catalogue.replication_times(request);
  CHECK(time_of(times, "a").replicated);
  CHECK_FALSE(time_of(times, "b").replicated);
  CHECK(time_of(times, "b").days == 14);
  CHECK(times.later == 2);  // x2 and x3
  request.as_of = {1999, 0, 0};
  const ReplicationTimes none = catalogue.replication_times(request);
  CHECK(none.times.empty());
  CHECK(none.curve.empty());
  CHECK(none.later == 7);
}

TEST_CASE("who has no date, or dates that contradict each other, is counted apart",
          "[engine][lineage]") {
  Catalogue catalogue = waiting();
  catalogue.put(place("e", "FI"));
  catalogue.put(place("f", "FI"));
  catalogue.put(place("g", "FI"));
  catalogue.put({"case-f", study_of("f", {}, {2003, 0, 0}), {}});
  catalogue.put({"case-g", study_of("g", {}, {1998, 0, 0}), {}});
  catalogue.put({"r4", replication("f", "h", {2001, 0, 0}), {}});
  catalogue.put({"r5", replication("g", "i"), {}});
  ReplicationTimesRequest request;
  request.as_of = {2010, 0, 0};
  ReplicationTimes times = catalogue.replication_times(request);
  CHECK(times.undated == 1);               // e
  CHECK(times.contradictory == 1);         // f
  CHECK(times.undated_replications == 1);  // g
  CHECK(times.times.size() == 7);          // h and i are not in the catalogue
  catalogue.put({"r5", replication("g", "i", {1998, 6, 1}), {}});
  times = catalogue.replication_times(request);
  CHECK(time_of(times, "g").days == 151);
  CHECK(times.rough == 1);
}

TEST_CASE("times of a country, a theme or a kind of replication", "[engine][lineage]") {
  const Catalogue catalogue = waiting();
  ReplicationTimesRequest request;
  request.as_of = {2000, 4, 10};
  request.countries = {"SE", "NO"};
  CHECK(catalogue.replication_times(request).times.size() == 3);
  request.countries.clear();
  request.themes = {"housing"};
  const ReplicationTimes housing = catalogue.replication_times(request);
  CHECK(housing.times.size() == 3);
  CHECK(housing.median == 20);
  request.kinds = {"adapt"};
  const ReplicationTimes adapted = catalogue.replication_times(request);
  CHECK(time_of(adapted, "a").days == 30);
  CHECK(time_of(adapted, "b").days == 20);
}

TEST_CASE("times are asked for by codes or names, and what is neither is refused",
          "[engine][lineage]") {
  Catalogue catalogue = waiting();
  // Themes that only a case without participants, a record of a concept, or the thesaurus has.
  CaseStudy study = study_of("c", {}, {2000, 1, 1});
  study.themes = {"tool-libraries"};
  catalogue.put({"case-c", study, {}});
  Concept known;
  known.scheme = "ours";
  known.labels = {test::text("Repair cafés")};
  catalogue.put({"repair-cafes", known, {}});
  const auto asked = [&](std::vector<std::string> themes, std::vector<std::string> kinds = {}) {
    ReplicationTimesRequest request;
    request.as_of = {2000, 4, 10};
    request.themes = std::move(themes);
    request.kinds = std::move(kinds);
    return catalogue.replication_times(request).times.size();
  };
  for (const char* housing : {"housing", "Housing", "Wohnen"}) CHECK(asked({housing}) == 2);
  CHECK(asked({"tool-libraries"}) == 1);
  CHECK(asked({"Housing", "housing", "tool-libraries"}) == 3);
  CHECK(asked({"repair-cafes"}) == 0);
  CHECK(asked({"eurovoc:3352"}) == 0);
  CHECK(asked({"homelessness"}) == 0);  // of the vocabulary, and of no case
  const std::string hint =
      "1 fault: themes: 'housin' is no theme, did you mean housing? Give a code of the vocabulary "
      "social-themes, such as homelessness, or a concept that the catalogue or its thesaurus has";
  CHECK_THROWS_WITH(asked({"housin"}), hint);
  NetworkRequest network;
  network.themes = {"housin"};
  CHECK_THROWS_WITH(catalogue.network(network), hint);
  try {
    asked({"housing", "zzz"}, {"nonsense"});
    FAIL("was not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidArgument);
    REQUIRE(error.violations().size() == 2);
    CHECK(error.violations()[0].path == "themes");
    CHECK(error.violations()[0].code == "unknown_code");
    CHECK(error.violations()[1].path == "kinds");
  }
  // A theme that no record has any more is none.
  study.themes = {"housing"};
  catalogue.put({"case-c", study, {}});
  CHECK(error_of([&] { asked({"tool-libraries"}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("times need the day until which all is known", "[engine][lineage]") {
  const Catalogue catalogue = waiting();
  CHECK(error_of([&] { catalogue.replication_times({}); }) == ErrorCode::InvalidArgument);
  ReplicationTimesRequest request;
  request.as_of = {2000, 13, 0};
  CHECK(error_of([&] { catalogue.replication_times(request); }) == ErrorCode::InvalidArgument);
  request.as_of = {2000, 1, 1};
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.replication_times(request, task); }) == ErrorCode::Cancelled);
  CHECK(Catalogue::open(":memory:").replication_times(request).times.empty());
}
