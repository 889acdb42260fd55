// SPDX-License-Identifier: Apache-2.0
//
// Who is who: decisions as records, as merged and as told.
#include <algorithm>
#include <set>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::exported;
using test::organisation;
using test::project;

namespace {

using Ids = std::vector<std::string>;

Organisation with_pic(const std::string& name, const std::string& pic) {
  Organisation made = organisation(name);
  Identifier& identifier = made.identifiers.emplace_back();
  identifier.scheme = "pic";
  identifier.value = pic;
  return made;
}

//   tu1 - x (p1)     tu2 - y (p2)     tu1 - y (p3)
Catalogue two_names() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"tu1", organisation("TU Wien"), {}});
  Organisation other = with_pic("Technische Universität Wien", "999979888");
  other.addresses.emplace_back().country = "AT";
  other.kind = "education";
  catalogue.put({"tu2", other, {}});
  catalogue.put({"x", organisation("X"), {}});
  catalogue.put({"y", organisation("Y"), {}});
  catalogue.put({"p1", project("One", {"tu1", "x"}), {}});
  catalogue.put({"p2", project("Two", {"tu2", "y"}), {}});
  catalogue.put({"p3", project("Three", {"tu1", "y"}), {}});
  return catalogue;
}

Ids partners_of(const Catalogue& catalogue, const std::string& id, bool as_told = false) {
  PartnerRequest request;
  request.as_told = as_told;
  Ids ids;
  for (const Partner& partner : catalogue.partners(id, request).partners) ids.push_back(partner.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("organisations that a person says are one are one, as merged, and two as told",
          "[engine]") {
  Catalogue catalogue = two_names();
  CHECK(partners_of(catalogue, "tu1") == Ids{"x", "y"});
  CHECK(partners_of(catalogue, "tu2") == Ids{"y"});
  catalogue.decide({"tu1", "tu2", "same", "its web site"}, "an editor");
  CHECK(partners_of(catalogue, "tu1") == Ids{"x", "y"});
  CHECK(partners_of(catalogue, "tu2") == Ids{"x", "y"});
  CHECK(partners_of(catalogue, "tu2", true) == Ids{"y"});
  CHECK(partners_of(catalogue, "y") == Ids{"tu1"});
  CHECK(partners_of(catalogue, "y", true) == Ids{"tu1", "tu2"});
  CHECK(catalogue.partners("y").partners[0].shared == 2);

  const Network merged = catalogue.network();
  CHECK(merged.organisations() == Ids{"tu1", "x", "y"});
  CHECK(merged.number_of("tu2") == merged.number_of("tu1"));
  CHECK(merged.countries()[0] == "AT");  // the one record tells it, the other does not
  NetworkRequest request;
  request.as_told = true;
  CHECK(catalogue.network(request).organisations() == Ids{"tu1", "tu2", "x", "y"});
  CHECK(catalogue.graph_summary().organisations == 3);
  // Neither record has changed.
  CHECK(catalogue.get("tu1").version == 1);
  CHECK(catalogue.get("tu2").version == 1);
}

TEST_CASE("a network as merged has an organisation in a country if any of its records is there",
          "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.decide({"tu1", "tu2", "same", ""});
  NetworkRequest request;
  request.countries = {"AT"};
  CHECK(catalogue.network(request).organisations() == Ids{"tu1"});
  CHECK(catalogue.network(request).work_count() == 3);
  request.as_told = true;
  CHECK(catalogue.network(request).organisations() == Ids{"tu2"});
}

TEST_CASE("a decision and its undo leave the state export byte-equal, and two lines of history",
          "[engine]") {
  Catalogue catalogue = two_names();
  const std::string state = exported(catalogue, false);
  const std::string history = exported(catalogue, true);
  const Written decision = catalogue.decide({"tu1", "tu2", "same", ""}, "an editor");
  CHECK(exported(catalogue, false) != state);
  const Written undone = catalogue.undo_decision(decision.id, "a slip", "another");
  CHECK(exported(catalogue, false) == state);
  const std::string later = exported(catalogue, true);
  CHECK(later.compare(0, history.size(), history) == 0);
  CHECK(lines_of(later) == lines_of(history) + 2);
  const std::string added = later.substr(history.size());
  CHECK(added.find(decision.id) != std::string::npos);
  CHECK(added.find(undone.id) != std::string::npos);
  CHECK(partners_of(catalogue, "tu2") == Ids{"y"});

  // And back again.
  catalogue.undo_decision(undone.id);
  CHECK(partners_of(catalogue, "tu2") == Ids{"x", "y"});
  CHECK(error_of([&] { catalogue.undo_decision(undone.id); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a catalogue made of a state export has the same organisations as one", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = two_names();
  const Written wrong = catalogue.decide({"tu1", "x", "same", ""});
  catalogue.undo_decision(wrong.id);
  catalogue.decide({"tu1", "tu2", "different", ""});
  catalogue.decide({"tu1", "tu2", "same", ""});  // takes the first back
  catalogue.export_file(scratch / "state.jsonl");
  Catalogue other = Catalogue::open(":memory:");
  CHECK(other.import_file(scratch / "state.jsonl").quarantined == 0);
  CHECK(other.identity("tu2").members == Ids{"tu1", "tu2"});
  CHECK(other.identity("x").members == Ids{"x"});
  CHECK(other.identity_conflicts().empty());
  CHECK(other.check().findings.empty());
  CHECK(exported(other, false) == exported(catalogue, false));
}

TEST_CASE("an identity tells members, the records taken together, identifiers and the log",
          "[engine]") {
  Catalogue catalogue = two_names();
  const Written decision = catalogue.decide({"tu2", "tu1", "same", "its web site"}, "an editor");
  const OrganisationIdentity identity = catalogue.identity("tu2");
  CHECK(identity.id == "tu1");
  CHECK(identity.members == Ids{"tu1", "tu2"});
  REQUIRE(identity.merged.names.size() == 2);
  CHECK(identity.merged.names[0].text == "TU Wien");
  REQUIRE(identity.crosswalk.size() == 1);
  CHECK(identity.crosswalk[0].scheme == "pic");
  CHECK_FALSE(identity.crosswalk[0].conflict);
  CHECK(identity.crosswalk[0].values.at(0).organisations == Ids{"tu2"});
  REQUIRE(identity.decisions.size() == 1);
  CHECK(identity.decisions[0].id == decision.id);
  CHECK(identity.decisions[0].holds);
  CHECK(identity.decisions[0].decision.decided_by == "an editor");
  CHECK(identity.decisions[0].decision.reason == "its web site");
  CHECK(identity.decisions[0].decision.decided_on.year > 2000);
  CHECK(catalogue.identity("x").members == Ids{"x"});
  CHECK(error_of([&] { (void)catalogue.identity("nobody"); }) == ErrorCode::NotFound);
  CHECK(error_of([&] { (void)catalogue.identity("p1"); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a later word of a person takes the earlier back, the same word again does nothing",
          "[engine]") {
  Catalogue catalogue = two_names();
  const Written first = catalogue.decide({"tu1", "tu2", "same", ""});
  const Written again = catalogue.decide({"tu2", "tu1", "same", "once more"});
  CHECK(again.id == first.id);
  CHECK(again.change == 0);
  const Written other = catalogue.decide({"tu1", "tu2", "different", ""});
  CHECK(catalogue.identity("tu1").members == Ids{"tu1"});
  CHECK(catalogue.identity_conflicts().empty());
  catalogue.undo_decision(other.id);
  CHECK(catalogue.identity("tu1").members == Ids{"tu1", "tu2"});
}

TEST_CASE("what cannot be decided says why", "[engine]") {
  Catalogue catalogue = two_names();
  const auto decide = [&](const Decision& decision, const char* by = "") {
    return error_of([&] { catalogue.decide(decision, by); });
  };
  CHECK(decide({"tu1", "nobody", "same", ""}) == ErrorCode::NotFound);
  CHECK(decide({"tu1", "p1", "same", ""}) == ErrorCode::InvalidArgument);
  CHECK(decide({"tu1", "tu1", "same", ""}) == ErrorCode::InvalidRecord);
  CHECK(decide({"tu1", "tu2", "perhaps", ""}) == ErrorCode::InvalidArgument);
  CHECK(decide({"tu1", "tu2", "withdrawn", ""}) == ErrorCode::InvalidArgument);
  CHECK(decide({"tu1", "tu2", "same", ""}, "rule:mine") == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.undo_decision("tu1"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.undo_decision("nothing"); }) == ErrorCode::NotFound);
  MatchDecision aimless;
  aimless.left = "tu1";
  aimless.right = "tu2";
  aimless.verdict = "withdrawn";
  CHECK(error_of([&] { catalogue.put({"m", aimless, {}}); }) == ErrorCode::InvalidRecord);
}

TEST_CASE("contradictory decisions from elsewhere keep apart, and are told", "[engine]") {
  Catalogue catalogue = two_names();
  MatchDecision decision;
  decision.left = "tu1";
  decision.right = "tu2";
  decision.decided_on = {2026, 5, 1};
  decision.verdict = "same";
  decision.decided_by = "one portal";
  catalogue.put({"m1", decision, {}});
  decision.verdict = "different";
  decision.decided_by = "another portal";
  catalogue.put({"m2", decision, {}});
  CHECK(catalogue.identity("tu1").members == Ids{"tu1"});
  const auto conflicts = catalogue.identity_conflicts();
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].left == "tu1");
  CHECK(conflicts[0].right == "tu2");
  CHECK(conflicts[0].by_person);
  CHECK(catalogue.identity("tu2").conflicts.size() == 1);
}

TEST_CASE("a chain of decisions that ends at organisations kept apart is told with its links",
          "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.decide({"tu1", "x", "same", ""});
  catalogue.decide({"x", "tu2", "same", ""});
  CHECK(catalogue.identity("tu2").members == Ids{"tu1", "tu2", "x"});
  catalogue.decide({"tu1", "tu2", "different", ""});
  const auto conflicts = catalogue.identity_conflicts();
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].stands);  // people's own words lead from one to the other
  CHECK(conflicts[0].chain.size() == 2);
  CHECK(catalogue.identity("tu2").members == Ids{"tu1", "tu2", "x"});
}

TEST_CASE("different numbers in one register keep apart what a rule would merge", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const auto& [id, pic] : {std::pair("a", "999979888"), std::pair("b", "999979889")})
    catalogue.put({id, with_pic("Alpha Institute of Applied Geodesy", pic), {}});
  catalogue.put({"c", organisation("Alpha Institute of Applied Geodesy"), {}});
  const MatchReport report = catalogue.match();
  CHECK(report.organisations == 3);
  CHECK(report.same == 1);  // c is one with either, not with both
  CHECK_FALSE(report.conflicts.empty());
  CHECK_FALSE(report.conflicts[0].by_person);
  const auto group = [&](const char* id) { return catalogue.identity(id).members; };
  CHECK(group("a") != group("b"));
}

TEST_CASE("a run of the rule writes decisions with probability and grounds, the next run nothing",
          "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.put({"z", with_pic("Technische Universität Wien", "999979888"), {}});
  MatchRequest request;
  request.dry_run = true;
  const MatchReport dry = catalogue.match(request);
  CHECK(dry.change == 0);
  CHECK(dry.added == dry.proposed.size());
  CHECK(catalogue.ids(RecordKind::MatchDecision, "", 10).empty());
  const MatchReport report = catalogue.match();
  CHECK(report.added == dry.added);
  REQUIRE(report.same >= 1);
  CHECK(catalogue.identity("z").id == catalogue.identity("tu2").id);
  const auto decisions = catalogue.identity("z").decisions;
  REQUIRE_FALSE(decisions.empty());
  CHECK(decisions[0].decision.decided_by == "rule:organisation-match");
  REQUIRE(decisions[0].decision.probability);
  CHECK(decisions[0].decision.probability->millionths > 900000);
  CHECK(decisions[0].decision.reason.find("identifier-same") != std::string::npos);
  const std::string state = exported(catalogue, false);
  const MatchReport again = catalogue.match();
  CHECK(again.added == 0);
  CHECK(again.dropped == 0);
  CHECK(again.change == 0);
  CHECK(exported(catalogue, false) == state);
}

TEST_CASE("the rule drops what it would no longer take, and never a person's word", "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.put({"z", with_pic("Technische Universität Wien", "999979888"), {}});
  catalogue.match();
  catalogue.decide({"x", "y", "same", ""});
  catalogue.put({"z", organisation("Municipality of Oulu"), {}});
  const MatchReport report = catalogue.match();
  CHECK(report.dropped >= 1);
  CHECK(catalogue.identity("z").members == Ids{"z"});
  CHECK(catalogue.identity("x").members == Ids{"x", "y"});
}

TEST_CASE("a decision of the rule can be taken back, and stays so at the next run", "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.put({"z", with_pic("Technische Universität Wien", "999979888"), {}});
  catalogue.match();
  std::string rule;
  for (const DecisionEntry& entry : catalogue.identity("z").decisions) {
    if (entry.decision.verdict == "same" &&
        (entry.decision.left == "z" || entry.decision.right == "z"))
      rule = entry.id;
  }
  REQUIRE_FALSE(rule.empty());
  catalogue.undo_decision(rule, "no");
  CHECK(catalogue.identity("z").members == Ids{"z"});
  catalogue.match();
  CHECK(catalogue.identity("z").members == Ids{"z"});
}

TEST_CASE("the review queue holds what the rule is unsure of and nobody has settled", "[engine]") {
  Catalogue catalogue = two_names();
  MatchDecision unsure;
  unsure.verdict = "unsure";
  unsure.decided_by = "rule:organisation-match";
  unsure.probability = Share{500000};
  unsure.left = "tu1";
  unsure.right = "tu2";
  catalogue.put({"m1", unsure, {}});
  unsure.left = "x";
  unsure.right = "y";
  unsure.probability = Share{800000};
  unsure.reason = "grounds";
  catalogue.put({"m2", unsure, {}});
  ReviewQueue queue = catalogue.review();
  REQUIRE(queue.total == 2);
  CHECK(queue.items[0].left == "tu1");
  CHECK(queue.items[0].stake == 2);  // tu2 takes part in one record
  CHECK(queue.items[0].value == 2);  // one bit each
  CHECK(queue.items[0].left_name == "TU Wien");
  CHECK(queue.items[1].decision == "m2");
  CHECK(queue.items[1].reason == "grounds");
  CHECK(catalogue.review(1, 1).items.size() == 1);
  CHECK(catalogue.review(0).items.empty());
  catalogue.decide({"tu2", "tu1", "unsure", ""});
  CHECK(catalogue.review().total == 1);
  catalogue.decide({"x", "y", "different", ""});
  CHECK(catalogue.review().total == 0);
}

TEST_CASE("organisations that go take their part out of a group, and decisions wait for others",
          "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.decide({"tu1", "x", "same", ""});
  catalogue.decide({"x", "tu2", "same", ""});
  CHECK(catalogue.identity("tu1").members.size() == 3);
  catalogue.remove("x");
  CHECK(catalogue.identity("tu1").members == Ids{"tu1"});
  catalogue.put({"x", organisation("X"), {}});
  CHECK(catalogue.identity("tu1").members.size() == 3);
  catalogue.erase("x");
  CHECK(catalogue.identity("tu1").members == Ids{"tu1"});
  CHECK(catalogue.identity("tu1").decisions.empty());

  // Decisions first, organisations later, as files may have it.
  Catalogue empty = Catalogue::open(":memory:");
  MatchDecision early;
  early.left = "a";
  early.right = "b";
  early.verdict = "same";
  empty.put({"m", early, {}});
  CHECK(empty.network().size() == 0);
  empty.put({"a", organisation("A"), {}});
  CHECK(empty.identity("a").members == Ids{"a"});
  empty.put({"b", organisation("B"), {}});
  CHECK(empty.identity("a").members == Ids{"a", "b"});
}

TEST_CASE("matching can be cancelled and then has written nothing", "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.put({"z", with_pic("Technische Universität Wien", "999979888"), {}});
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { catalogue.match({}, "", task); }) == ErrorCode::Cancelled);
  CHECK(catalogue.ids(RecordKind::MatchDecision, "", 10).empty());
  MatchRequest request;
  request.threshold = 2;
  CHECK(error_of([&] { catalogue.match(request); }) == ErrorCode::InvalidArgument);
  CHECK(Catalogue::open(":memory:").match().organisations == 0);
}

TEST_CASE("a search as merged shows of organisations that are one the best", "[engine]") {
  Catalogue catalogue = two_names();
  catalogue.decide({"tu1", "tu2", "same", ""});
  SearchRequest request;
  request.text = "Wien";
  request.filters = {{"kind", {"organisation"}}};  // records that name them are found too
  CHECK(catalogue.search(request).hits.size() == 2);
  request.group_by = "organisation";
  const SearchResults merged = catalogue.search(request);
  CHECK(merged.total == 2);
  REQUIRE(merged.hits.size() == 1);
  CHECK(merged.hits[0].group == "tu1");
  CHECK(merged.hits[0].grouped == 2);
  request.text = "X";
  const SearchResults alone = catalogue.search(request);
  REQUIRE(alone.hits.size() == 1);
  CHECK(alone.hits[0].group == "x");
  CHECK(alone.hits[0].grouped == 1);
  // The next answer knows of what was decided since.
  request.text = "Wien";
  catalogue.decide({"tu1", "tu2", "different", ""});
  CHECK(catalogue.search(request).hits.size() == 2);
}

TEST_CASE("questions around one or two organisations are as merged, and as told where asked",
          "[engine]") {
  Catalogue catalogue = two_names();  // tu1 - x, tu2 - y, tu1 - y
  catalogue.remove("p3");
  CHECK(catalogue.path("x", "y").organisations.empty());
  catalogue.decide({"tu1", "tu2", "same", ""});
  const PartnershipPath path = catalogue.path("x", "y");
  REQUIRE(path.organisations.size() == 3);
  CHECK(path.organisations[1].id == "tu1");
  CHECK(path.organisations[1].country == "AT");
  CHECK(path.works[1].own_roles == Ids{"partner"});
  CHECK(catalogue.path("x", "y", {true, true}).organisations.empty());
  CHECK(catalogue.around("tu2").organisations.size() == 3);
  CHECK(catalogue.common_partners("x", "y").total == 1);
  CHECK(catalogue.nearby({"tu2"}).organisations.size() == 2);
  NeighbourhoodRequest told;
  told.as_told = true;
  CHECK(catalogue.around("tu2", told).organisations.size() == 2);
  CHECK(catalogue.partners("tu2").component == 3);
  // A record that comes later, and one that goes.
  catalogue.put({"z", organisation("Z"), {}});
  catalogue.put({"p4", project("Four", {"tu2", "z"}), {}});
  CHECK(catalogue.path("x", "z").works.size() == 2);
  catalogue.remove("p1");
  CHECK(catalogue.path("x", "z").organisations.empty());
}

TEST_CASE("one name with two identifiers is a finding", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const auto& [id, pic] :
       std::vector<std::pair<const char*, const char*>>{{"a", "911111111"}, {"b", "922222222"}}) {
    Organisation made = with_pic("Acme Werkzeugbau GmbH", pic);
    made.addresses.emplace_back().country = "DE";
    catalogue.put({id, made, {}});
  }
  catalogue.put({"c", with_pic("Diakonie Bremen", "933333333"), {}});
  const auto one = [](const std::vector<IdentityConflict>& found) {
    REQUIRE(found.size() == 1);
    CHECK(found[0].left == "a");
    CHECK(found[0].right == "b");
    CHECK_FALSE(found[0].by_person);
    CHECK_FALSE(found[0].stands);
    CHECK(found[0].chain.size() == 1);
  };
  const MatchReport report = catalogue.match();
  CHECK(report.same == 0);
  one(report.conflicts);
  one(catalogue.identity_conflicts());
  one(catalogue.identity("b").conflicts);
  CHECK(catalogue.identity("a").members == Ids{"a"});
  const auto decisions = catalogue.identity("a").decisions;
  REQUIRE(decisions.size() == 1);
  CHECK(decisions[0].decision.verdict == "unsure");
  const std::string& reason = decisions[0].decision.reason;
  CHECK(reason.find("with nothing in common 1 in ") == 0);
  CHECK(reason.find("; for: ") < reason.find("name-equal +"));
  CHECK(reason.find("name-equal +") < reason.find("; against: "));
  CHECK(reason.find("; against: identifier-differs -") != std::string::npos);
  SECTION("a person's word settles it") {
    catalogue.decide({"a", "b", "different", "two plants"});
    CHECK(catalogue.identity_conflicts().empty());
    CHECK(catalogue.match().conflicts.empty());
  }
  SECTION("so does a mended identifier") {
    catalogue.put({"b", organisation("Acme Werkzeugbau GmbH"), {}});
    CHECK(catalogue.identity_conflicts().empty());
    catalogue.match();
    CHECK(catalogue.identity("b").members == Ids{"a", "b"});
  }
  SECTION("and a record that goes") {
    catalogue.remove("b");
    CHECK(catalogue.identity_conflicts().empty());
  }
}

TEST_CASE("what means an organisation refers to one", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"o", organisation("O"), {}});
  catalogue.put({"p", project("P", {"o", "not-yet"}), {}});
  const auto refused = [&](const Record& record, const char* path) {
    INFO(path);
    CHECK(error_of([&] { catalogue.put({"r", record, {}}); }) == ErrorCode::InvalidRecord);
    try {
      catalogue.put({"r", record, {}});
    } catch (const Error& error) {
      REQUIRE(error.violations().size() == 1);
      CHECK(error.violations()[0].code == "bad_reference");
      CHECK(error.violations()[0].path == path);
    }
    CHECK(catalogue.ids(RecordKind::Project, "", 10) == Ids{"p"});
  };
  refused(project("R", {"o", "p"}), "participations[1].organisation");
  Organisation child = organisation("Child");
  child.parent = "p";
  refused(child, "parent");
  child.parent = "o";
  child.predecessors = {"p"};
  refused(child, "predecessors[0]");
  // Also where both come in one call.
  CHECK(error_of([&] {
          catalogue.put_all({{"q", project("Q", {"r"}), {}}, {"r", project("R", {"o"}), {}}});
        }) == ErrorCode::InvalidRecord);
  CHECK(catalogue.check().findings.size() == 1);  // "not-yet" is not there
  // What was named before it was there may turn out to be something else.
  catalogue.put({"not-yet", project("Not an organisation", {"o"}), {}});
  const auto findings = catalogue.check().findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "p.participations[1].organisation");
}

TEST_CASE("parents in a circle are found", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const auto& [id, parent] : std::vector<std::pair<const char*, const char*>>{
           {"a", "b"}, {"b", "c"}, {"c", "a"}, {"d", "a"}, {"e", "d"}}) {
    Organisation made = organisation(id);
    made.parent = parent;
    catalogue.put({id, made, {}});
  }
  const auto findings = catalogue.check().findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "a.parent");
  CHECK(findings[0].message.find("a → b → c → a") != std::string::npos);
  Organisation mended = organisation("c");
  catalogue.put({"c", mended, {}});
  CHECK(catalogue.check().findings.empty());
}
