// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::text;

namespace {

using Codes = std::vector<std::string>;

const std::string fixtures = std::string(KOINON_TEST_DIR) + "/fixtures/";

Organisation placed(const std::string& name, const std::string& country) {
  Organisation made = organisation(name);
  made.addresses.emplace_back().country = country;
  return made;
}

Participation member(const std::string& id, PartialDate from = {}, PartialDate to = {}) {
  Participation made;
  made.organisation = id;
  made.role = "member";
  made.period = {from, to};
  return made;
}

Exchange exchange(const std::string& kind, PartialDate on, const std::string& author,
                  const Codes& participants = {}, const std::string& state = "approved") {
  Exchange made;
  made.within = "com-1";
  made.kind = kind;
  made.state = state;
  made.titles = {text("About homes")};
  made.author = author;
  for (const std::string& id : participants) made.participants.push_back(member(id));
  made.themes = {"housing"};
  made.period.from = on;
  return made;
}

Contribution contribution(const std::string& exchange, const std::string& organisation,
                          Timestamp at, const std::string& state = "") {
  Contribution made;
  made.exchange = exchange;
  made.organisation = organisation;
  made.text = {text("We tried it")};
  made.at = {at};
  made.state = state;
  return made;
}

constexpr Timestamp may_2025 = 1746090000000;  // 2025-05-01

Catalogue world() {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.put({"a", placed("Aalto", "FI"), {}});
  catalogue.put({"b", placed("Borg", "SE"), {}});
  catalogue.put({"c", placed("Casa", "ES"), {}});
  Community community;
  community.names = {text("Homes")};
  community.period.from = {2020, 0, 0};
  community.members = {member("b", {2021, 0, 0}, {2022, 12, 31}), member("a")};
  catalogue.put({"com-1", community, {}});
  catalogue.put({"exch-1", exchange("event", {2024, 5, 2}, "a", {"b", "c"}), {}});
  catalogue.put({"exch-2", exchange("question", {2024, 11, 0}, "b"), {}});
  catalogue.put({"exch-3", exchange("question", {2025, 0, 0}, "c", {}, "pending"), {}});
  catalogue.put({"exch-4", exchange("event", {2025, 1, 1}, "c", {}, "refused"), {}});
  catalogue.put({"exch-5", exchange("resource", {}, "a"), {}});
  catalogue.put({"contr-1", contribution("exch-2", "c", may_2025), {}});
  catalogue.put({"contr-2", contribution("exch-2", "c", may_2025, "pending"), {}});
  return catalogue;
}

Codes labels(const CommunityReport& report) {
  Codes all;
  for (const CommunityPeriod& each : report.periods) all.push_back(each.period);
  return all;
}

Codes names(const CommunityReport& report) {
  Codes all;
  for (const MemberShown& each : report.members) all.push_back(each.name);
  return all;
}

}  // namespace

TEST_CASE("members of a community are those of the day") {
  const Catalogue catalogue = world();
  CommunityRequest request;
  CHECK(names(catalogue.community("com-1", request)) == Codes{"Aalto", "Borg"});
  request.as_of = {2019, 12, 31};
  CHECK(names(catalogue.community("com-1", request)).empty());
  request.as_of = {2022, 0, 0};
  CHECK(names(catalogue.community("com-1", request)) == Codes{"Aalto", "Borg"});
  request.as_of = {2023, 1, 1};
  CHECK(names(catalogue.community("com-1", request)) == Codes{"Aalto"});
  CHECK(catalogue.community("com-1", request).countries == Codes{"FI"});
}

TEST_CASE("what goes on is told by period, without what waits or was refused") {
  const Catalogue catalogue = world();
  const CommunityReport report = catalogue.community("com-1");
  CHECK(labels(report) == Codes{"2024", "2025", ""});
  CHECK(report.exchanges == 3);
  CHECK(report.contributions == 1);
  CHECK(report.pending == 2);
  CHECK(report.organisations == 3);
  CHECK(report.reached == Codes{"ES", "FI", "SE"});
  const CommunityPeriod& first = report.periods[0];
  REQUIRE(first.exchanges.size() == 2);
  CHECK(first.exchanges[0].code == "event");
  CHECK(first.organisations == Codes{"a", "b", "c"});
  CHECK(report.periods[1].contributions == 1);
  CHECK(report.periods[1].countries == Codes{"ES"});
  REQUIRE(report.themes_discussed.size() == 1);
  CHECK(report.themes_discussed[0].count == 3);
}

TEST_CASE("periods are years, quarters or months, and may be cut") {
  const Catalogue catalogue = world();
  CommunityRequest request;
  request.by = "quarter";
  CHECK(labels(catalogue.community("com-1", request)) ==
        Codes{"2024-Q2", "2024-Q4", "2025-Q2", ""});
  request.by = "month";
  request.from = {2024, 11, 0};
  request.to = {2025, 0, 0};
  CHECK(labels(catalogue.community("com-1", request)) == Codes{"2024-11", "2025-05"});
  request.by = "week";
  CHECK(error_of([&] { catalogue.community("com-1", request); }) == ErrorCode::InvalidArgument);
  request.by = "year";
  request.to = {2023, 0, 0};
  CHECK(error_of([&] { catalogue.community("com-1", request); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.community("a"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { catalogue.community("nothing"); }) == ErrorCode::NotFound);
}

TEST_CASE("the consortia of 2021 cover 23 member states, Bulgaria twice, four not at all") {
  Catalogue catalogue = Catalogue::open(":memory:");
  const ImportReport imported = catalogue.import_file(fixtures + "centres/consortia-2021.jsonl");
  CHECK(imported.quarantined == 0);
  CentresRequest request;
  request.as_of = {2022, 1, 1};
  const CentresAnswer answer = catalogue.centres(request);
  CHECK(answer.centres.size() == 6);
  CHECK(answer.covered.size() == 23);
  CHECK(answer.uncovered == Codes{"HR", "LU", "MT", "NL"});
  CHECK(answer.more_than_once == Codes{"BG"});
  REQUIRE(answer.beyond.size() == 1);
  CHECK(answer.beyond[0].country == "UK");
  CHECK(answer.centres[0].title == "BuiCaSuS");
  CHECK(answer.centres[0].members[0].country == "ES");
  CHECK(answer.centres[0].members[0].role == "coordinator");
}

TEST_CASE("who joined later is there later, and a centre names its successor") {
  Catalogue catalogue = Catalogue::open(":memory:");
  catalogue.import_file(fixtures + "centres/consortia-2021.jsonl");
  CentresRequest request;
  request.as_of = {2024, 6, 30};
  const CentresAnswer answer = catalogue.centres(request);
  REQUIRE(answer.centres.size() == 1);
  CHECK(answer.centres[0].countries == Codes{"EL", "HR", "IT", "RO", "SI"});
  CHECK(answer.uncovered.size() == 22);
  CHECK(catalogue.centre("centre-seed").successors == Codes{"centre-seed2scale"});
  request.as_of = {2020, 12, 31};
  CHECK(catalogue.centres(request).centres.empty());
  CHECK(catalogue.centres(request).uncovered.size() == 27);
  request.group = "UN";
  CHECK(error_of([&] { catalogue.centres(request); }) == ErrorCode::InvalidArgument);
  CHECK(Catalogue::open(":memory:").centres().centres.empty());
}

TEST_CASE("the communities of practice can be imported and asked") {
  Catalogue catalogue = Catalogue::open(":memory:");
  CHECK(catalogue.import_file(fixtures + "communities/communities.jsonl").quarantined == 0);
  CHECK(catalogue.community("com-social-inclusion").period.from.year == 2021);
  CHECK(catalogue.community("com-material-support").members.empty());
}

TEST_CASE("a centre tells its services, offers, mentoring and indicators") {
  Catalogue catalogue = world();
  CompetenceCentre centre;
  centre.names = {text("Centre of Finland")};
  centre.countries = {"FI"};
  centre.members = {member("a")};
  centre.services.push_back({"training", {}, {"housing"}, {"fi"}, {{2020, 0, 0}, {2021, 0, 0}}});
  centre.services.push_back({"advice", {}, {}, {}, {}});
  catalogue.put({"centre-1", centre, {}});
  Offer offer;
  offer.of = "a";
  offer.side = "offers";
  offer.themes = {"housing"};
  catalogue.put({"offer-1", offer, {}});
  Mentoring mentoring;
  mentoring.from = "a";
  mentoring.to = "b";
  catalogue.put({"ment-1", mentoring, {}});
  for (const std::int16_t year : {std::int16_t{2025}, std::int16_t{2024}}) {
    Indicator indicator;
    indicator.of = "centre-1";
    indicator.indicator = "people trained";
    indicator.period.from = {year, 0, 0};
    indicator.value = year - 2000;
    catalogue.put({"ind-" + std::to_string(year), indicator, {}});
  }
  CommunityRequest request;
  request.as_of = {2024, 0, 0};
  const CentreReport report = catalogue.centre("centre-1", request);
  REQUIRE(report.services.size() == 1);
  CHECK(report.services[0].kind == "advice");
  CHECK(report.offers[0].id == "offer-1");
  CHECK(report.mentoring[0].to_name == "Borg");
  REQUIRE(report.indicators.size() == 1);
  CHECK(report.indicators[0].values[0].value.value() == 24);
  CHECK(report.centre.countries == Codes{"FI"});
}

TEST_CASE("peers come from what organisations say and from dated offers") {
  Catalogue catalogue = Catalogue::open(":memory:");
  Organisation giver = placed("Giver", "FI");
  giver.languages = {"en"};
  giver.offers = {"housing"};
  catalogue.put({"a", giver, {}});
  Organisation taker = placed("Taker", "SE");
  taker.languages = {"en", "sv"};
  catalogue.put({"b", taker, {}});
  Offer seeking;
  seeking.of = "b";
  seeking.side = "seeks";
  seeking.themes = {"housing"};
  seeking.period = {{2024, 0, 0}, {2025, 0, 0}};
  catalogue.put({"offer-1", seeking, {}});
  PeersRequest request;
  request.as_of = {2025, 3, 0};
  const PeersAnswer answer = catalogue.peers(request);
  REQUIRE(answer.pairs.size() == 1);
  CHECK(answer.peers[answer.pairs[0].giver].name == "Giver");
  CHECK(answer.pairs[0].offers == Codes{"offer-1"});
  CHECK(answer.change == catalogue.statistics().change);
  request.as_of = {2026, 0, 0};
  CHECK(catalogue.peers(request).pairs.empty());
  request.as_of = {};
  request.organisations = {"a"};
  CHECK(catalogue.peers(request).pairs.empty());
  request.organisations = {"offer-1"};
  CHECK(error_of([&] { catalogue.peers(request); }) == ErrorCode::InvalidArgument);
  request.organisations = {"nobody"};
  CHECK(error_of([&] { catalogue.peers(request); }) == ErrorCode::NotFound);
  CHECK(Catalogue::open(":memory:").peers().pairs.empty());
}
