// SPDX-License-Identifier: Apache-2.0
#include "domain/validate.hpp"

#include <limits>
#include <random>

#include "catch.hpp"
#include "engine/rules.hpp"
#include "fill.hpp"

using namespace koinon;

namespace {

using Found = std::vector<std::string>;

// "path code" of each violation, in order.
Found faults(const Record& record) {
  Found found;
  for (const Violation& violation : engine::check_rules(record)) {
    found.push_back(violation.path + ' ' + violation.code);
    CHECK_FALSE(violation.message.empty());
  }
  return found;
}

Text text(const std::string& words, const std::string& language = "en") {
  return {language, words, TextOrigin::Original};
}

Organisation organisation() {
  Organisation made;
  made.names = {text("A name")};
  return made;
}

Project project() {
  Project made;
  made.titles = {text("A title")};
  return made;
}

CaseStudy study() {
  CaseStudy made;
  made.initiative = "ini-1";
  return made;
}

}  // namespace

TEST_CASE("full and random records of every kind hold every rule", "[domain]") {
  std::mt19937 random(3);
  for (const RecordKind kind : test::all_kinds()) {
    CAPTURE(domain::kind_names[static_cast<std::size_t>(kind)]);
    test::Filler full;
    CHECK(faults(full.record(kind)) == Found{});
    test::Filler some(random);
    for (int round = 0; round < 50; ++round) {
      const Record record = some.record(kind);
      // The only rules that look at a record as a whole, and that dice can miss.
      if (const auto* o = std::get_if<Organisation>(&record);
          o && o->names.empty() && o->identifiers.empty())
        continue;
      if (const auto* p = std::get_if<Project>(&record);
          p && p->codes.empty() && p->titles.empty() && p->acronym.empty() &&
          p->description.empty() && p->participations.empty())
        continue;
      if (const auto* c = std::get_if<Call>(&record); c && c->codes.empty() && c->titles.empty())
        continue;
      if (const auto* m = std::get_if<MatchDecision>(&record);
          m && m->verdict == "withdrawn" && m->undoes.empty())
        continue;
      REQUIRE(faults(record) == Found{});
    }
  }
}

TEST_CASE("a decision that is withdrawn names the one that it takes back", "[domain]") {
  MatchDecision decision;
  decision.left = "a";
  decision.right = "b";
  decision.verdict = "withdrawn";
  CHECK(faults(decision) == Found{"undoes missing"});
  decision.undoes = "m";
  CHECK(faults(decision) == Found{});
}

TEST_CASE("missing: what a record cannot be without", "[domain]") {
  CHECK(faults(Organisation{}) == Found{"names missing"});
  CHECK(faults(Initiative{}) == Found{"names missing"});
  CHECK(faults(CaseStudy{}) == Found{"initiative missing"});
  CHECK(faults(Call{}) == Found{"titles missing"});
  CHECK(faults(Concept{}) == Found{"scheme missing", "labels missing"});
  CHECK(faults(MatchDecision{}) == Found{"left missing", "right missing", "verdict missing"});
  CHECK(faults(Replication{}) == Found{"parent missing", "child missing"});
  Project p = project();
  p.participations.resize(1);
  p.codes.resize(1);
  p.sources.resize(1);
  CHECK(faults(p) == Found{"codes[0].issuer missing", "codes[0].value missing",
                           "participations[0].organisation missing",
                           "participations[0].role missing", "sources[0].portal missing"});
  Organisation o = organisation();
  o.aliases = {"a", ""};
  o.names.push_back(text(""));
  CHECK(faults(o) == Found{"names[1].text missing", "aliases[1] missing"});
  Call call;
  call.titles = {text("A call")};
  call.rules.resize(1);
  call.rules[0].kind = "minimum-partners";
  call.rules[0].parameters.resize(1);
  CHECK(faults(call) == Found{"rules[0].parameters[0] missing"});
}

TEST_CASE("missing: a list of dates holds no date that is none", "[domain]") {
  Call call;
  call.titles = {text("A call")};
  call.deadlines = {{2026, 1, 2}, {}};
  CHECK(faults(call) == Found{"deadlines[1] missing"});
}

TEST_CASE("unknown_code: codes come from their vocabulary", "[domain]") {
  Organisation o = organisation();
  o.kind = "gang";
  o.addresses.resize(1);
  o.addresses[0].country = "GR";  // EU files write EL
  o.addresses[0].role = "nowhere";
  CHECK(faults(o) == Found{"kind unknown_code", "addresses[0].role unknown_code",
                           "addresses[0].country unknown_code"});
  CaseStudy s = study();
  s.objectives = {"a", "n"};
  s.principles = {"20", "21"};
  CHECK(faults(s) == Found{"objectives[1] unknown_code", "principles[1] unknown_code"});
}

TEST_CASE("bad_text: texts are UTF-8 without control characters", "[domain]") {
  Project p = project();
  p.acronym = "a\xFFz";
  p.programme = std::string("a\0b", 3);
  p.titles[0].text = "bell\x07";
  CHECK(faults(p) == Found{"titles[0].text bad_text", "acronym bad_text", "programme bad_text"});
  p = project();
  p.acronym = "tab\tand\r\nline";
  p.total_budget.as_written = "\xC3";
  CHECK(faults(p) == Found{"total_budget bad_text"});
}

TEST_CASE("too_long: a text has at most 1 MiB", "[domain]") {
  Project p = project();
  p.acronym = std::string(1U << 20U, 'a');
  CHECK(faults(p) == Found{});
  p.acronym += 'a';
  CHECK(faults(p) == Found{"acronym too_long"});
}

TEST_CASE("bad_language: a text needs a language tag", "[domain]") {
  for (const char* good : {"fi", "und", "sr-Latn", "de-1996", "zh-Hant-TW"}) {
    CAPTURE(good);
    Organisation o = organisation();
    o.names[0].language = good;
    o.languages = {good};
    CHECK(faults(o) == Found{});
  }
  for (const char* bad : {"", "f", "FI", "finnish", "fi-", "fi--FI", "fi_FI", "-fi", "fi-123456789",
                          "f1", "\xC3\xA4\xC3\xA4"}) {
    CAPTURE(bad);
    Organisation o = organisation();
    o.names[0].language = bad;
    CHECK(faults(o) == Found{"names[0].language bad_language"});
  }
  Organisation o = organisation();
  o.languages = {"fi", "Finnish"};
  CHECK(faults(o) == Found{"languages[1] bad_language"});
}

TEST_CASE("duplicate_language: a field says one thing in a language, names say several",
          "[domain]") {
  Project twice = project();
  twice.titles = {text("One"), text("Yksi", "fi"), text("Another"), text("Yet another")};
  twice.description = {text("Eins", "de"), text("Eins", "de")};
  CHECK(faults(twice) == Found{"titles[2] duplicate_language", "titles[3] duplicate_language",
                               "description[1] duplicate_language"});
  twice.titles = {text("One"), text("One of here", "en-GB"), text("?", "und"), text("!", "und")};
  twice.description.clear();
  CHECK(faults(twice) == Found{});
  Organisation named = organisation();
  named.names = {text("Y Foundation"), text("The Y-Foundation")};
  CHECK(faults(named) == Found{});
  Concept known;
  known.scheme = "s";
  known.labels = {text("homelessness"), text("rooflessness")};
  known.alternative_labels = known.labels;
  CHECK(faults(known) == Found{"labels[1] duplicate_language"});
}

TEST_CASE("bad_reference: references look like ids", "[domain]") {
  CaseStudy s = study();
  s.initiative = "no id";
  s.projects = {"prj-1", "-"};
  s.themes = {"health", "not a theme"};
  CHECK(faults(s) ==
        Found{"initiative bad_reference", "themes[1] bad_reference", "projects[1] bad_reference"});
}

TEST_CASE("bad_date: days exist", "[domain]") {
  Project p = project();
  p.period.from = {2015, 2, 29};
  p.period.to = {0, 1, 0};
  CHECK(faults(p) == Found{"period.from bad_date", "period.to bad_date"});
}

TEST_CASE("reversed_period: nothing surely ends before it begins", "[domain]") {
  Project p = project();
  p.period.from = {2016, 3, 0};
  p.period.to = {2016, 0, 0};
  CHECK(faults(p) == Found{});
  p.period.to = {2016, 2, 28};
  CHECK(faults(p) == Found{"period reversed_period"});
  p = project();
  p.participations.resize(1);
  p.participations[0].organisation = "org-1";
  p.participations[0].role = "partner";
  p.participations[0].period = {{2020, 0, 0}, {2019, 0, 0}};
  CHECK(faults(p) == Found{"participations[0].period reversed_period"});
}

TEST_CASE("bad_nuts: a NUTS code has its form and lies in its country", "[domain]") {
  Organisation o = organisation();
  o.addresses.resize(1);
  Place& place = o.addresses[0];
  for (const char* good : {"EL", "EL3", "EL30", "EL303", "DEA52"}) {
    place.nuts = good;
    CHECK(faults(o) == Found{});
  }
  for (const char* bad : {"E", "el3", "EL3031", "E1", "EL-3"}) {
    CAPTURE(bad);
    place.nuts = bad;
    CHECK(faults(o) == Found{"addresses[0].nuts bad_nuts"});
  }
  place.nuts = "FI1B1";
  place.country = "SE";
  CHECK(faults(o) == Found{"addresses[0].nuts bad_nuts"});
}

TEST_CASE("bad_link: addresses hold no blanks, quotes or brackets", "[domain]") {
  CaseStudy s = study();
  s.links = {"https://a.example/ä?b=c#d", "https://a b", "<https://a>", "https://a\"",
             "https://a\nb"};
  CHECK(faults(s) ==
        Found{"links[1] bad_link", "links[2] bad_link", "links[3] bad_link", "links[4] bad_link"});
}

TEST_CASE("bad_currency: an amount needs its currency", "[domain]") {
  Project p = project();
  p.total_budget.minor = 5;
  p.eu_budget = {5, "eur", ""};
  CHECK(faults(p) ==
        Found{"total_budget.currency bad_currency", "eu_budget.currency bad_currency"});
  p.total_budget = {{}, "", "a lot"};
  p.eu_budget = {-5, "EUR", "-0.05"};
  CHECK(faults(p) == Found{});
}

TEST_CASE("bad_share: a share lies between nothing and all", "[domain]") {
  Call call;
  call.titles = {text("A call")};
  for (const std::int32_t good : {0, 1, 1000000}) {
    call.rate_cap = Share{good};
    CHECK(faults(call) == Found{});
  }
  for (const std::int32_t bad : {-1, 1000001}) {
    call.rate_cap = Share{bad};
    CHECK(faults(call) == Found{"rate_cap bad_share"});
  }
}

TEST_CASE("bad_coordinate: a point lies on the globe and has two numbers", "[domain]") {
  Initiative i;
  i.names = {text("A name")};
  i.origin.latitude = 90;
  i.origin.longitude = -180;
  CHECK(faults(i) == Found{});
  i.origin.latitude = 90.5;
  i.origin.longitude = 180.5;
  CHECK(faults(i) == Found{"origin.latitude bad_coordinate", "origin.longitude bad_coordinate"});
  i.origin.latitude = std::numeric_limits<double>::quiet_NaN();
  i.origin.longitude = std::numeric_limits<double>::infinity();
  CHECK(faults(i) == Found{"origin.latitude bad_coordinate", "origin.longitude bad_coordinate"});
  i.origin.latitude = 1;
  i.origin.longitude.reset();
  CHECK(faults(i) == Found{"origin bad_coordinate"});
}

TEST_CASE("bad_identifier: identifiers have the form of their scheme", "[domain]") {
  Organisation o;
  o.identifiers.resize(2);
  o.identifiers[0].scheme = "pic";
  o.identifiers[0].value = "999848453";
  o.identifiers[1].scheme = "ror";
  o.identifiers[1].value = "05dxps056";
  CHECK(faults(o) == Found{"identifiers[1].value bad_identifier"});
}

TEST_CASE("duplicate: a parameter of a rule is named once", "[domain]") {
  Call call;
  call.titles = {text("A call")};
  call.rules.resize(1);
  call.rules[0].kind = "minimum-partners";
  call.rules[0].parameters = {{"count", {"2"}}, {"of", {"all"}}, {"count", {"3"}}};
  CHECK(faults(call) == Found{"rules[0].parameters[2] duplicate"});
}

TEST_CASE("empty_record: a project says something about itself", "[domain]") {
  Project p;
  p.programme = "ESF+";
  CHECK(faults(p) == Found{" empty_record"});
  p.acronym = "A";
  CHECK(faults(p) == Found{});
}

TEST_CASE("self_reference: a decision is about two records", "[domain]") {
  MatchDecision decision;
  decision.left = "org-1";
  decision.right = "org-1";
  decision.verdict = "same";
  CHECK(faults(decision) == Found{"right self_reference"});
}

TEST_CASE("self_reference: an initiative cannot replicate itself", "[domain]") {
  Replication replication;
  replication.parent = "ini-1";
  replication.child = "ini-1";
  CHECK(faults(replication) == Found{"child self_reference"});
  replication.child = "ini-2";
  replication.kind = "cloning";
  replication.fidelity = Share{1000001};
  replication.confidence = Share{-1};
  replication.links = {"not a link"};
  CHECK(faults(replication) == Found{"kind unknown_code", "fidelity bad_share",
                                     "confidence bad_share", "links[0] bad_link"});
}

TEST_CASE("amounts of calls and bids are in order and not below nothing", "[domain]") {
  Call call;
  call.titles = {text("A call")};
  call.budget = {-1, "EUR", ""};
  call.grant_min = {9, "EUR", ""};
  call.grant_max = {5, "EUR", ""};
  CHECK(faults(call) == Found{"budget bad_amount", "grant_min reversed_amounts"});
  call.budget = {};
  call.grant_max = {5, "SEK", ""};  // no rate is known
  CHECK(faults(call) == Found{});
  Bid bid;
  bid.call = "call-1";
  bid.consortium = "cons-1";
  bid.requested = {201, "EUR", ""};
  bid.total_cost = {200, "EUR", ""};
  CHECK(faults(bid) == Found{"requested reversed_amounts"});
  bid.requested.minor = 200;
  CHECK(faults(bid) == Found{});
  bid.total_cost.minor = bid.requested.minor = -1;
  CHECK(faults(bid) == Found{"requested bad_amount", "total_cost bad_amount"});
}

TEST_CASE("a criterion is graded once, and versions have labels of their own", "[domain]") {
  Assessment assessment;
  assessment.method = "meth-1";
  assessment.assessor = "ann";
  assessment.grades = {{"relevance", "2", {}}, {"effectiveness", "2", {}}, {"relevance", "4", {}}};
  CHECK(faults(assessment) == Found{"grades[2] duplicate"});
  Method method;
  method.names = {text("A method")};
  method.versions.resize(2);
  method.versions[0].label = method.versions[1].label = "1.0";
  CHECK(faults(method) == Found{"versions[1] duplicate"});
  method.versions[1].label = "1.1";
  CHECK(faults(method) == Found{});
}

TEST_CASE("an effect lies within its interval", "[domain]") {
  Evidence evidence;
  evidence.about = "case-1";
  evidence.effects.resize(1);
  Effect& effect = evidence.effects[0];
  effect.indicator = "days in work";
  effect.value = 9;
  effect.high = 2;
  CHECK(faults(evidence) == Found{"effects[0].value outside_interval"});
  effect.low = 10;
  effect.high = 12;
  CHECK(faults(evidence) == Found{"effects[0].value outside_interval"});
  effect.low = 9;
  CHECK(faults(evidence) == Found{});
}

TEST_CASE("nothing is told of itself", "[domain]") {
  const auto of_itself = [](const Record& record) {
    Found found;
    for (const Violation& violation : engine::check_rules(record, "itself"))
      found.push_back(violation.path + ' ' + violation.code);
    return found;
  };
  Method method;
  method.names = {text("A method")};
  method.superseded_by = "itself";
  CHECK(of_itself(method) == Found{"superseded_by self_reference"});
  Contribution contribution;
  contribution.exchange = "exch-1";
  contribution.text = {text("Yes")};
  contribution.answers = "itself";
  CHECK(of_itself(contribution) == Found{"answers self_reference"});
  CompetenceCentre centre;
  centre.names = {text("A centre")};
  centre.predecessors = {"other", "itself"};
  CHECK(of_itself(centre) == Found{"predecessors[1] self_reference"});
  Dissemination dissemination;
  dissemination.method = "meth-1";
  dissemination.from = "org-1";
  dissemination.to = {"org-2", "org-1"};
  CHECK(faults(dissemination) == Found{"to[1] self_reference"});
}

TEST_CASE("a consortium has each member in a role once", "[domain]") {
  Consortium consortium;
  consortium.members.resize(2);
  for (Participation& member : consortium.members) {
    member.organisation = "org-1";
    member.role = "partner";
  }
  CHECK(faults(consortium) == Found{"members[1].period overlapping_membership"});
  consortium.members[1].role = "coordinator";
  CHECK(faults(consortium) == Found{});
}

TEST_CASE("all violations are told at once, in the order of the fields", "[domain]") {
  Project p;
  p.codes.resize(1);
  p.titles = {text("", "Finnish")};
  p.period = {{2020, 0, 0}, {2019, 0, 0}};
  p.eu_budget.minor = 1;
  p.locations.resize(2);
  p.locations[1].latitude = 91;
  p.fund = "no-fund";
  p.participations.resize(1);
  p.participations[0].role = "king";
  p.participations[0].share = Share{-1};
  CHECK(faults(p) == Found{"codes[0].issuer missing", "codes[0].value missing",
                           "titles[0].language bad_language", "titles[0].text missing",
                           "period reversed_period", "eu_budget.currency bad_currency",
                           "locations[1].latitude bad_coordinate", "locations[1] bad_coordinate",
                           "fund unknown_code", "participations[0].organisation missing",
                           "participations[0].role unknown_code",
                           "participations[0].share bad_share"});
}
