// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <set>
#include <thread>
#include <utility>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;
using test::project;

namespace {

using Ids = std::vector<std::string>;

Organisation of_country(const std::string& name, const std::string& country,
                        const std::string& kind = "ngo") {
  Organisation made = organisation(name);
  made.addresses.emplace_back().country = country;
  made.kind = kind;
  return made;
}

Project in_years(const Ids& members, std::int16_t from, std::int16_t to,
                 const std::string& programme = "") {
  Project made = project("Work", members);
  made.period = {{from, 0, 0}, {to, 0, 0}};
  made.programme = programme;
  return made;
}

//   a - b - c - d      e - f      g alone in a project, h in none
Catalogue partners() {
  Catalogue catalogue = Catalogue::open(":memory:");
  const std::vector<std::pair<std::string, std::string>> places = {
      {"a", "FI"}, {"b", "NL"}, {"c", "NL"}, {"d", "PL"},
      {"e", "PL"}, {"f", "EL"}, {"g", "EL"}, {"h", "FI"}};
  for (const auto& [id, country] : places)
    catalogue.put(
        {id, of_country("Organisation " + id, country, id == "f" ? "research" : "ngo"), {}});
  catalogue.put({"p1", in_years({"a", "b"}, 2014, 2016, "ESF"), {}});
  catalogue.put({"p2", in_years({"b", "c"}, 2016, 2018, "ESF"), {}});
  catalogue.put({"p3", in_years({"c", "d"}, 2019, 2021, "EaSI"), {}});
  catalogue.put({"p4", project("Undated", {"e", "f"}), {}});
  catalogue.put({"p5", in_years({"g"}, 2020, 2021), {}});
  return catalogue;
}

std::vector<double> column(const Network& network, NetworkMeasure measure) {
  return network.measure({measure}).columns.at(0);
}

}  // namespace

TEST_CASE("rows of one's own make the same network as records", "[engine]") {
  const Network told = partners().network();
  NetworkRows rows;
  rows.organisations = {"h", "g", "f", "e", "d", "c", "b", "a"};  // h has no row
  rows.countries = {"FI", "EL", "EL", "PL", "PL", "NL", "NL", "FI"};
  rows.organisation = {7, 6, 6, 5, 5, 4, 3, 2, 1, 1};
  rows.work = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};  // the last row is told twice
  rows.roles = {"partner"};
  rows.role.assign(rows.work.size(), 0);
  const Network made = network_of_rows(rows);
  CHECK(made.change() == 0);
  CHECK(made.organisations() == told.organisations());
  CHECK(made.countries() == told.countries());
  CHECK(made.names() == Ids(7));
  CHECK(made.participations() == told.participations());
  for (const auto measure : {NetworkMeasure::Strength, NetworkMeasure::Betweenness,
                             NetworkMeasure::PageRank, NetworkMeasure::Component})
    CHECK(column(made, measure) == column(told, measure));
  CHECK(made.path("a", "d").organisations == told.path("a", "d").organisations);

  rows.organisations.clear();
  rows.countries.clear();
  rows.organisation = {7, 10, 10, 1000, 1000, 70, 3, 2, 1, 1};
  CHECK(network_of_rows(rows).organisations() ==
        Ids{"0001", "0002", "0003", "0007", "0010", "0070", "1000"});
  CHECK(network_of_rows({}).size() == 0);
}

TEST_CASE("rows that make no sense are refused by column and row", "[engine]") {
  const auto refused = [](auto change) {
    NetworkRows rows;
    rows.organisations = {"a", "b"};
    rows.works = {"w"};
    rows.organisation = {0, 1};
    rows.work = {0, 0};
    change(rows);
    try {
      network_of_rows(rows);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::InvalidArgument);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(refused([](auto&) {}) == "accepted");
  CHECK(has(refused([](auto& rows) { rows.organisation[1] = 2; }), "organisation[1] is 2"));
  CHECK(has(refused([](auto& rows) { rows.work[0] = 1; }), "work[0] is 1"));
  CHECK(has(refused([](auto& rows) { rows.work.pop_back(); }), "a row needs both"));
  CHECK(has(refused([](auto& rows) { rows.organisations[1] = "a"; }), "organisations[1]"));
  CHECK(has(refused([](auto& rows) { rows.works[0].clear(); }), "works[0] is empty"));
  CHECK(has(refused([](auto& rows) { rows.names = {"A"}; }), "names has 1"));
  CHECK(has(refused([](auto& rows) { rows.role = {0, 0}; }), "role[0] is 0"));
  CHECK(has(refused([](auto& rows) { rows.from_day = {1 << 30, 0}; }), "from_day[0]"));
  CHECK(has(refused([](auto& rows) { rows.to_day = {0}; }), "to_day has 1"));
}

TEST_CASE("a network has the organisations that take part in anything, by id", "[engine]") {
  const Network network = partners().network();
  CHECK(network.organisations() == Ids{"a", "b", "c", "d", "e", "f", "g"});
  CHECK(network.names()[2] == "Organisation c");
  CHECK(network.countries()[5] == "EL");
  CHECK(network.kinds()[5] == "research");
  CHECK(network.size() == 7);
  CHECK(network.work_count() == 5);
  CHECK(network.participations() == 9);
  CHECK(network.tie_count() == 4);
  CHECK(network.change() == 13);
  CHECK(network.number_of("d") == 3);
  CHECK(error_of([&] { (void)network.number_of("h"); }) == ErrorCode::NotFound);
}

TEST_CASE("a network as of a date has what had begun by then", "[engine]") {
  const Catalogue catalogue = partners();
  NetworkRequest request;
  request.undated = false;
  request.until = {2016, 0, 0};
  CHECK(catalogue.network(request).organisations() == Ids{"a", "b", "c"});
  request.until = {2015, 12, 31};
  CHECK(catalogue.network(request).organisations() == Ids{"a", "b"});
  request.until = {1900, 0, 0};
  CHECK(catalogue.network(request).size() == 0);
  // What is not known to be absent is there.
  request.undated = true;
  CHECK(catalogue.network(request).organisations() == Ids{"e", "f"});
  // Running at the end of 2018: neither what had ended nor what had not begun.
  request = {};
  request.running = true;
  request.undated = false;
  request.from = request.until = {2018, 12, 31};
  CHECK(catalogue.network(request).organisations() == Ids{"b", "c"});
  request.from = {2020, 0, 0};
  CHECK_THROWS_WITH(catalogue.network(request),
                    "the period ends (2018-12-31) before it begins (2020): there is no day in it");
  request.from = {2019, 2, 30};
  CHECK(error_of([&] { catalogue.network(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a network is narrowed by country, kind, programme and role", "[engine]") {
  Catalogue catalogue = partners();
  NetworkRequest request;
  request.countries = {"NL", "PL"};
  CHECK(catalogue.network(request).organisations() == Ids{"b", "c", "d", "e"});
  CHECK(catalogue.network(request).tie_count() == 2);
  request.programmes = {"EaSI"};
  CHECK(catalogue.network(request).organisations() == Ids{"c", "d"});
  request = {};
  request.kinds = {"research"};
  CHECK(catalogue.network(request).organisations() == Ids{"f"});
  request.countries = {"FI"};
  CHECK(catalogue.network(request).size() == 0);
  request = {};
  request.roles = {"coordinator"};
  CHECK(catalogue.network(request).size() == 0);
  // An organisation that has moved is of its new country from then on.
  catalogue.put({"f", of_country("Organisation f", "FI"), {}});
  request = {};
  request.countries = {"FI"};
  CHECK(catalogue.network(request).organisations() == Ids{"a", "f"});
}

TEST_CASE("a network is asked for by codes or names, and what is neither is refused", "[engine]") {
  Catalogue catalogue = partners();
  const auto chosen = [&](auto NetworkRequest::*list, const Ids& codes) {
    NetworkRequest request;
    request.*list = codes;
    return catalogue.network(request).organisations();
  };
  for (const char* greece : {"EL", "el", "GR", "gr", "Greece", "Griechenland"})
    CHECK(chosen(&NetworkRequest::countries, {greece}) == Ids{"f", "g"});
  CHECK(chosen(&NetworkRequest::countries, {"nl", "NL", "Poland"}) == Ids{"b", "c", "d", "e"});
  CHECK(chosen(&NetworkRequest::kinds, {"Research"}) == Ids{"f"});
  Project themed = project("Themed", {"a", "b"});
  themed.themes = {"housing"};
  catalogue.put({"p6", themed, {}});
  CHECK(chosen(&NetworkRequest::themes, {"Housing"}) == Ids{"a", "b"});
  for (const auto list :
       {&NetworkRequest::countries, &NetworkRequest::kinds, &NetworkRequest::roles,
        &NetworkRequest::themes, &NetworkRequest::target_groups})
    CHECK(error_of([&] { (void)chosen(list, {"zzz"}); }) == ErrorCode::InvalidArgument);
  CHECK_THROWS_WITH(
      chosen(&NetworkRequest::kinds, {"ngo", "zzz"}),
      "1 fault: kinds: 'zzz' is no kind of organisation; there are: public-authority, ngo, "
      "social-enterprise, company, research, education, network, other");
  CHECK_THROWS_WITH(chosen(&NetworkRequest::roles, {"zzz"}),
                    "1 fault: roles: 'zzz' is not known; there are: coordinator, partner, "
                    "associated-partner, managing-authority, intermediate-body, beneficiary, "
                    "funder, lead, third-party, member, participant, organiser");
}

TEST_CASE("programmes are told as projects and calls write them, and what none writes is refused",
          "[engine]") {
  Catalogue catalogue = partners();
  const auto chosen = [&](const Ids& programmes) {
    NetworkRequest request;
    request.programmes = programmes;
    return catalogue.network(request).organisations();
  };
  CHECK(chosen({"EaSI"}) == Ids{"c", "d"});
  CHECK(chosen({"easi", "EaSI"}) == Ids{"c", "d"});
  CHECK_THROWS_WITH(
      chosen({"Easy"}),
      "1 fault: programmes: 'Easy' is no programme of a project or call; there are: ESF, EaSI");
  // One that only a call has so far, or a project in which nobody takes part, is of nobody.
  Call call;
  call.titles = {test::text("Call")};
  call.programme = "H2020-EU.3.6.";
  catalogue.put({"call", call, {}});
  Project lonely = project("Lonely", {});
  lonely.programme = "Interreg A";
  catalogue.put({"lonely", lonely, {}});
  CHECK(chosen({"h2020-eu 3.6"}).empty());
  CHECK(chosen({"INTERREG A"}).empty());
  CHECK_THROWS_WITH(
      chosen({"H2020-EU.3.7."}),
      "1 fault: programmes: 'H2020-EU.3.7.' is no programme of a project or call, did "
      "you mean H2020-EU.3.6.?");
  // Two that are called alike are told by their own spelling alone.
  lonely.programme = "H2020-EU.3.6";
  catalogue.put({"lonely", lonely, {}});
  CHECK(chosen({"H2020-EU.3.6."}).empty());
  CHECK(error_of([&] { (void)chosen({"h2020-eu.3.6"}); }) == ErrorCode::InvalidArgument);
  // What no record writes any more is no programme.
  catalogue.remove("call");
  CHECK(error_of([&] { (void)chosen({"Interreg A"}); }) == ErrorCode::InvalidArgument);
  CHECK(chosen({"h2020-eu.3.6."}).empty());
  CHECK(error_of([&] { (void)chosen({""}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("large works can be left out of a network", "[engine]") {
  Catalogue catalogue = partners();
  catalogue.put({"all", project("Everybody", {"a", "b", "c", "d", "e", "f", "g", "h"}), {}});
  CHECK(catalogue.network().tie_count() == 28);
  NetworkRequest request;
  request.max_members = 7;
  CHECK(catalogue.network(request).tie_count() == 4);
}

TEST_CASE("measures stand beside the organisations", "[engine]") {
  const Network network = partners().network();
  CHECK(column(network, NetworkMeasure::Works) == std::vector<double>{1, 2, 2, 1, 1, 1, 1});
  CHECK(column(network, NetworkMeasure::Partners) == std::vector<double>{1, 2, 2, 1, 1, 1, 0});
  CHECK(column(network, NetworkMeasure::Strength) == std::vector<double>{1, 2, 2, 1, 1, 1, 0});
  CHECK(column(network, NetworkMeasure::Component) == std::vector<double>{0, 0, 0, 0, 1, 1, 2});
  CHECK(column(network, NetworkMeasure::Core) == std::vector<double>{1, 1, 1, 1, 1, 1, 0});
  CHECK(column(network, NetworkMeasure::Eccentricity) == std::vector<double>{3, 2, 2, 3, 1, 1, 0});
  // Of the 15 pairs of others, b lies between a and each of c and d.
  const auto between = column(network, NetworkMeasure::Betweenness);
  CHECK(between[1] == Approx(2.0 / 15));
  CHECK(between[0] == 0);
  const auto rank = column(network, NetworkMeasure::PageRank);
  double sum = 0;
  for (const double each : rank) sum += each;
  CHECK(sum == Approx(1));
  CHECK(rank[1] > rank[0]);
  const MeasureTable holes =
      network.measure({NetworkMeasure::Constraint, NetworkMeasure::EffectiveSize});
  CHECK(holes.columns[0][0] == Approx(1));
  CHECK(holes.columns[0][1] == Approx(0.5));
  CHECK(holes.columns[1][1] == Approx(2));
  CHECK(std::isnan(holes.columns[0][6]));
  CHECK(column(network, NetworkMeasure::Harmonic)[0] == Approx(1 + 1.0 / 2 + 1.0 / 3));
  const MeasureTable parts = network.measure({NetworkMeasure::Community});
  CHECK(parts.columns[0] == std::vector<double>{0, 0, 1, 1, 2, 2, 3});
  CHECK(parts.modularity > 0.4);
}

TEST_CASE("a measure that there is not, and an option out of range, are refused", "[engine]") {
  const Network network = partners().network();
  CHECK(network_measure("effective_size") == NetworkMeasure::EffectiveSize);
  CHECK(error_of([] { network_measure("beauty"); }) == ErrorCode::InvalidArgument);
  MeasureOptions options;
  options.damping = 1;
  CHECK(error_of([&] { network.measure({NetworkMeasure::PageRank}, options); }) ==
        ErrorCode::InvalidArgument);
  options = {};
  options.betweenness_error = -1;
  CHECK(error_of([&] { network.measure({NetworkMeasure::Betweenness}, options); }) ==
        ErrorCode::InvalidArgument);
  options = {};
  options.failure = std::nan("");  // told or not, and used or not
  CHECK(error_of([&] { network.measure({NetworkMeasure::Works}, options); }) ==
        ErrorCode::InvalidArgument);
  options = {};
  options.tolerance = 2;
  CHECK_THROWS_WITH(network.measure({NetworkMeasure::PageRank}, options),
                    "tolerance is 2, but must be between 0 and 1");
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { network.measure({NetworkMeasure::Closeness}, {}, task); }) ==
        ErrorCode::Cancelled);
}

TEST_CASE("betweenness is sampled where that is cheaper, and else exact", "[engine]") {
  // A ring of 400, each with the next four: of few ties and long ways.
  Catalogue catalogue = Catalogue::open(":memory:");
  constexpr int size = 400;
  for (int i = 0; i < size; ++i) {
    Ids members;
    for (int j = 0; j < 5; ++j) members.push_back("o" + std::to_string((i + j) % size));
    catalogue.put({"p" + std::to_string(i), project("Work", members), {}});
  }
  const Network network = catalogue.network();
  const auto exact = column(network, NetworkMeasure::Betweenness);
  MeasureOptions options;
  options.betweenness_error = 0.2;
  const MeasureTable sampled = network.measure({NetworkMeasure::Betweenness}, options);
  CHECK(sampled.betweenness_error == 0.2);
  CHECK(sampled.betweenness_samples > 0);
  for (const double error : {0.001, 1e-9, 1e-154, 1e-300, 5e-324}) {
    options.betweenness_error = error;
    const MeasureTable table = network.measure({NetworkMeasure::Betweenness}, options);
    CHECK(table.columns[0] == exact);
    CHECK(table.betweenness_error == 0);
    CHECK(table.betweenness_samples == 0);
  }
}

TEST_CASE("paths, hops and surroundings are told by ids", "[engine]") {
  const Network network = partners().network();
  const NetworkPath path = network.path("a", "d");
  CHECK(path.organisations == Ids{"a", "b", "c", "d"});
  CHECK(path.works == Ids{"p1", "p2", "p3"});
  CHECK(network.path("a", "e").organisations.empty());
  CHECK(network.path("a", "a").organisations == Ids{"a"});
  CHECK(error_of([&] { network.path("a", "h"); }) == ErrorCode::NotFound);
  CHECK(network.hops({"a"}) ==
        std::vector<std::uint32_t>{0, 1, 2, 3, 0xffffffff, 0xffffffff, 0xffffffff});
  const NetworkSurroundings near = network.around("b", 1);
  CHECK(near.organisations == std::vector<std::uint32_t>{1, 0, 2});
  CHECK(near.hops == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(near.ties.strength == std::vector<double>{1, 1});
  const NetworkNearness nearness = network.nearness({"a"}, 2);
  REQUIRE(nearness.scores.size() == 2);
  CHECK(nearness.scores[0].organisation == 1);
  CHECK(nearness.scores[1].organisation == 2);
}

TEST_CASE("every question to a network can be cancelled, and answers after it", "[engine]") {
  const Network network = partners().network();
  Task task;
  task.cancel.cancel();
  const auto cancelled = [](auto&& ask) { return error_of(ask) == ErrorCode::Cancelled; };
  CHECK(cancelled([&] { (void)network.path("a", "d", task); }));
  CHECK(cancelled([&] { (void)network.strongest_path("a", "d", task); }));
  CHECK(cancelled([&] { (void)network.hops({"a"}, task); }));
  CHECK(cancelled([&] { (void)network.around("a", 2, task); }));
  CHECK(cancelled([&] { (void)network.nearness({"a"}, 20, {}, task); }));
  CHECK(cancelled([&] { (void)network.coverage({"country", "kind"}, {}, task); }));
  CHECK(cancelled([&] { (void)network.growth(task); }));
  CHECK(cancelled([&] { (void)network.measure({NetworkMeasure::PageRank}, {}, task); }));
  CHECK(network.path("a", "d").works.size() == 3);
  CHECK(network.nearness({"a"}, 1).scores.at(0).organisation == 1);
  CHECK(network.tie_count() == 4);
  // Progress is told of, with the stage.
  std::set<std::string> stages;
  Task watched;
  watched.progress = [&](const Progress& progress) { stages.insert(progress.stage); };
  (void)network.hops({"a"}, watched);
  (void)network.around("a", 2, watched);
  (void)network.coverage({"country", "kind"}, {}, watched);
  CHECK(stages == std::set<std::string>{"hops", "around", "ties", "coverage"});
}

TEST_CASE("communities and components are told with their members, the largest first", "[engine]") {
  Catalogue catalogue = partners();
  catalogue.put({"p6", project("Again", {"b", "c"}), {}});
  const Network network = catalogue.network();
  const NetworkGroups parts = network.groups(NetworkMeasure::Component);
  CHECK(parts.change == network.change());
  REQUIRE(parts.groups.size() == 3);
  CHECK(parts.groups[0].members == std::vector<std::uint32_t>{1, 2, 0, 3});  // by strength
  CHECK(parts.groups[0].inside == 1);
  CHECK(parts.groups[0].countries ==
        std::vector<std::pair<std::string, std::uint64_t>>{{"NL", 2}, {"FI", 1}, {"PL", 1}});
  CHECK(parts.groups[1].members == std::vector<std::uint32_t>{4, 5});
  CHECK(parts.groups[2].members == std::vector<std::uint32_t>{6});
  CHECK(std::isnan(parts.groups[2].inside));
  const MeasureTable table = network.measure({NetworkMeasure::Community});
  CHECK(table.change == network.change());
  const NetworkGroups communities = network.groups(NetworkMeasure::Community);
  CHECK(communities.modularity == table.modularity);
  std::size_t members = 0;
  for (const NetworkGroup& group : communities.groups) {
    for (const std::uint32_t member : group.members)
      CHECK(table.columns[0][member] == group.number);
    members += group.members.size();
    CHECK(group.members.size() <= communities.groups[0].members.size());
  }
  CHECK(members == network.size());
  MeasureOptions small;
  small.resolution = 100;  // each by itself: all strength leads out
  const NetworkGroups alone = network.groups(NetworkMeasure::Community, small);
  REQUIRE(alone.groups.size() == 7);
  CHECK(alone.groups[0].inside == 0);
  CHECK(error_of([&] { (void)network.groups(NetworkMeasure::Works); }) ==
        ErrorCode::InvalidArgument);
  CHECK(Catalogue::open(":memory:").network().groups(NetworkMeasure::Community).groups.empty());
}

TEST_CASE("the organisations of a country are chosen from a whole network", "[engine]") {
  const Network network = partners().network();
  CHECK(network.of({"Netherlands"}) == std::vector<std::uint32_t>{1, 2});
  CHECK(network.of({"GR", "fi"}) == std::vector<std::uint32_t>{0, 5, 6});
  CHECK(network.of({"EL"}, {"research"}) == std::vector<std::uint32_t>{5});
  CHECK(network.of({}).size() == network.size());
  CHECK(error_of([&] { (void)network.of({"XX"}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { (void)network.of({}, {"zzz"}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a network of rows has codes of its own, which choose as those of vocabularies do",
          "[engine]") {
  NetworkRows rows;
  rows.organisation = {0, 1, 2, 2};
  rows.work = {0, 0, 0, 1};
  rows.organisations = {"x", "y", "z"};
  rows.countries = {"Bavaria", "DE", "Tyrol"};
  rows.kinds = {"guild", "ngo", "guild"};
  const Network network = network_of_rows(rows);
  CHECK(network.of({"Bavaria"}) == std::vector<std::uint32_t>{0});
  CHECK(network.of({"Bavaria", "Germany"}) == std::vector<std::uint32_t>{0, 1});
  CHECK(network.of({}, {"guild"}) == std::vector<std::uint32_t>{0, 2});
  CHECK(error_of([&] { (void)network.of({"Bavaria", "Saxony"}); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("several threads ask one network at once, and each gets what one alone gets",
          "[engine]") {
  Catalogue catalogue = partners();
  const Ids wide = {"a", "c", "e", "g", "i", "j", "k", "l", "m", "n"};
  catalogue.put({"wide", project("Wide", wide), {}});
  const auto all_of = [](const Network& network) {
    std::vector<std::vector<double>> answers;
    for (const char* name : {"pagerank", "community", "constraint", "betweenness"})
      answers.push_back(column(network, network_measure(name)));
    for (const std::string& id : network.organisations()) {
      const NetworkNearness near = network.nearness({id}, 100);
      std::vector<double> scores;
      for (const NetworkScore& score : near.scores) scores.push_back(score.score);
      answers.push_back(std::move(scores));
      answers.push_back({network.strongest_path("a", id).length, network.path("a", id).length,
                         static_cast<double>(network.around(id, 1).ties.from.size())});
    }
    answers.push_back(network.ties().strength);
    return answers;
  };
  const auto expected = all_of(catalogue.network());
  const Network shared = catalogue.network();  // of which nothing has been made yet
  std::vector<std::vector<std::vector<double>>> found(6);
  std::vector<std::thread> threads;
  for (auto& own : found) threads.emplace_back([&] { own = all_of(shared); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : found) {
    REQUIRE(own.size() == expected.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
      REQUIRE(own[i].size() == expected[i].size());
      for (std::size_t j = 0; j < own[i].size(); ++j)
        CHECK(
            (own[i][j] == expected[i][j] || (std::isnan(own[i][j]) && std::isnan(expected[i][j]))));
    }
  }
}

TEST_CASE("ties come as arrays, each once", "[engine]") {
  const NetworkTies ties = partners().network().ties();
  CHECK(ties.from == std::vector<std::uint32_t>{0, 1, 2, 4});
  CHECK(ties.to == std::vector<std::uint32_t>{1, 2, 3, 5});
  CHECK(ties.strength == std::vector<double>{1, 1, 1, 1});
}

TEST_CASE("growth is told by year without gaps", "[engine]") {
  const NetworkGrowth growth = partners().network().growth();
  CHECK(growth.years == std::vector<std::int32_t>{2014, 2015, 2016, 2017, 2018, 2019, 2020});
  CHECK(growth.participations == std::vector<std::uint64_t>{2, 0, 2, 0, 0, 2, 1});
  CHECK(growth.new_organisations == std::vector<std::uint64_t>{2, 0, 1, 0, 0, 1, 1});
  CHECK(growth.new_works == std::vector<std::uint64_t>{1, 0, 1, 0, 0, 1, 1});
  CHECK(growth.new_ties == std::vector<std::uint64_t>{1, 0, 1, 0, 0, 1, 0});
  CHECK(growth.undated == 2);
}

TEST_CASE("a network stays as it was, whatever is written", "[engine]") {
  Catalogue catalogue = partners();
  const Network before = catalogue.network();
  catalogue.put({"late", project("Late", {"a", "h"}), {}});
  CHECK(before.size() == 7);
  CHECK(catalogue.network().size() == 8);
  catalogue.remove("late");
  CHECK(catalogue.network().organisations() == before.organisations());
  catalogue.erase("b");
  CHECK(before.names()[1] == "Organisation b");
  const Network after = catalogue.network();
  for (const std::string& name : after.names()) CHECK(name != "Organisation b");
}

TEST_CASE("networks of nobody and of one are measured, too", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<NetworkMeasure> all;
  for (const std::string& name : network_measure_names()) all.push_back(network_measure(name));
  for (const std::size_t size : {0, 1}) {
    const Network network = catalogue.network();
    CHECK(network.size() == size);
    for (const auto& each : network.measure(all).columns) CHECK(each.size() == size);
    CHECK(network.ties().from.empty());
    CHECK(network.growth().years.empty());
    catalogue.put({"one", of_country("One", "LU"), {}});
    catalogue.put({"p", project("Alone, twice", {"one", "one"}), {}});
  }
}

TEST_CASE("the strongest way goes over close partnerships, the shortest over any", "[engine]") {
  Catalogue catalogue = partners();
  catalogue.put({"wide", project("Wide", {"a", "c", "d", "e", "f", "g", "h"}), {}});
  const Network network = catalogue.network();
  CHECK(network.path("a", "c").works == Ids{"wide"});
  const NetworkPath strongest = network.strongest_path("a", "c");
  CHECK(strongest.organisations == Ids{"a", "b", "c"});
  CHECK(strongest.works == Ids{"p1", "p2"});
  CHECK(strongest.length == Approx(2));
  CHECK(network.strongest_path("a", "a").length == 0);
  const NetworkPath none = partners().network().strongest_path("a", "e");
  CHECK(none.organisations.empty());
  CHECK(std::isinf(none.length));
  CHECK(error_of([&] { (void)network.strongest_path("a", "nobody"); }) == ErrorCode::NotFound);
}

TEST_CASE("coverage counts records by codes of organisations and records, and tells the gaps",
          "[engine]") {
  Catalogue catalogue = partners();
  Project themed = in_years({"a", "b"}, 2020, 2021, "ESF");
  themed.themes = {"housing", "employment"};
  catalogue.put({"p6", themed, {}});
  const Network network = catalogue.network();
  const NetworkCoverage coverage = network.coverage({"country", "theme"});
  CHECK(coverage.axes == Ids{"country", "theme"});
  REQUIRE(coverage.cells.size() == 4);  // FI and NL, two themes each
  CHECK(coverage.cells[0].codes == Ids{"FI", "employment"});
  CHECK(coverage.cells[0].records == 1);
  CHECK(coverage.cells[0].expected == Approx(1));
  CHECK(coverage.total == 4);
  // Of the countries that no themed record has, there is nothing to say.
  CHECK(coverage.gaps.empty());
  const NetworkCoverage programmes = network.coverage({"programme", "country"});
  REQUIRE(programmes.gaps.size() == 2);
  CHECK(programmes.gaps[0].records == 0);
  CHECK(programmes.gaps[0].codes == Ids{"ESF", "PL"});
  CHECK(programmes.gaps[0].expected == Approx(5.0 / 7));
  CHECK(programmes.gaps[1].codes == Ids{"EaSI", "FI"});
  CHECK(programmes.gaps[1].expected == Approx(4.0 / 7));
  CHECK(network.coverage({"programme", "country"}, {2, 1}).gaps.size() == 1);
  CHECK(network.coverage({"country", "kind", "target-group"}).cells.empty());
  CHECK(error_of([&] { (void)network.coverage({"country"}); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] {
          (void)network.coverage({"country", "beauty"});
        }) == ErrorCode::InvalidArgument);
}

TEST_CASE("rows out of the ordinary have a stated meaning in a network", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:");
  CHECK(catalogue.network().size() == 0);
  for (const std::string& name : network_measure_names())
    CHECK(column(catalogue.network(), network_measure(name)).empty());
  // One organisation, twice, in two roles, alone.
  Project alone = in_years({"a", "a"}, 2014, 2016);
  alone.participations[1].role = "coordinator";
  catalogue.put({"p1", alone, {}});
  Network network = catalogue.network();
  CHECK(network.organisations() == Ids{"a"});
  CHECK(network.names() == Ids{""});  // no record has the id
  CHECK(network.participations() == 2);
  CHECK(network.tie_count() == 0);
  for (const std::string& name : network_measure_names())
    CHECK(column(network, network_measure(name)).size() == 1);
  // Thousands in one record.
  Ids many;
  for (int i = 0; i < 3000; ++i) many.push_back("m" + std::to_string(i));
  catalogue.put({"p2", project("Wide", many), {}});
  network = catalogue.network();
  CHECK(network.size() == 3001);
  CHECK(network.tie_count() == 3000U * 2999 / 2);
  NetworkRequest request;
  request.max_members = 60;
  CHECK(catalogue.network(request).organisations() == Ids{"a"});
  // Before everything.
  request = {};
  request.until = {1, 0, 0};
  request.undated = false;
  CHECK(catalogue.network(request).size() == 0);
  request.undated = true;
  CHECK(catalogue.network(request).size() == 3000);
  Project reversed = in_years({"a"}, 2016, 2014);
  CHECK(error_of([&] { catalogue.put({"p3", reversed, {}}); }) == ErrorCode::InvalidRecord);
}
