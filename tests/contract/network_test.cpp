// SPDX-License-Identifier: Apache-2.0
//
// Partnership networks through the C API.
#include <cmath>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "scratch.hpp"

using namespace contract;

namespace {

using Network = Owned<kn_network, kn_network_free>;

// a and b share a project of 2014, b and c one of 2016.
Catalogue three_partners() {
  Catalogue catalogue = open(":memory:");
  for (const char* id : {"a", "b", "c"}) {
    put(catalogue.get(), KN_KIND_ORGANISATION, id,
        std::string(R"({"names":[{"language":"en","text":"Organisation )") + id +
            R"("}],"kind":"ngo","addresses":[{"country":"FI"}]})");
  }
  const auto share = [&](const std::string& id, const std::string& x, const std::string& y,
                         const std::string& year) {
    put(catalogue.get(), KN_KIND_PROJECT, id,
        R"({"titles":[{"language":"en","text":"Work"}],"period":{"from":")" + year +
            R"("},"participations":[{"organisation":")" + x +
            R"(","role":"coordinator"},{"organisation":")" + y + R"(","role":"partner"}]})");
  };
  share("p1", "a", "b", "2014");
  share("p2", "b", "c", "2016");
  return catalogue;
}

Network network_of(kn_catalogue* catalogue, const kn_network_options* options = nullptr) {
  kn_network* made = nullptr;
  REQUIRE(kn_network_open(catalogue, options, nullptr, &made, nullptr) == KN_OK);
  return Network(made);
}

std::vector<double> measured(const kn_network* network, const std::string& name) {
  auto figures = sized<kn_network_figures>();
  REQUIRE(kn_network_describe(network, &figures, nullptr) == KN_OK);
  std::vector<double> values(figures.organisations);
  REQUIRE(kn_network_measure(network, name.data(), name.size(), nullptr, nullptr, values.data(),
                             values.size(), nullptr, nullptr) == KN_OK);
  return values;
}

}  // namespace

TEST_CASE("a network tells its organisations and how many they are") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  auto figures = sized<kn_network_figures>();
  REQUIRE(kn_network_describe(network.get(), &figures, nullptr) == KN_OK);
  CHECK(figures.change == 5);
  CHECK(figures.organisations == 3);
  CHECK(figures.works == 2);
  CHECK(figures.participations == 4);
  auto organisation = sized<kn_network_organisation>();
  REQUIRE(kn_network_get(network.get(), 1, &organisation, nullptr) == KN_OK);
  CHECK(text_of(organisation.id) == "b");
  CHECK(text_of(organisation.name) == "Organisation b");
  CHECK(text_of(organisation.country) == "FI");
  CHECK(text_of(organisation.kind) == "ngo");
  CHECK(kn_network_get(network.get(), 3, &organisation, nullptr) == KN_E_NOT_FOUND);
  std::uint64_t number = 7;
  REQUIRE(kn_network_find(network.get(), "c", 1, &number, nullptr) == KN_OK);
  CHECK(number == 2);
  CHECK(kn_network_find(network.get(), "nobody", 6, &number, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("a network is made of arrays of the caller's") {
  const std::vector<std::uint32_t> organisation = {0, 1, 1, 2, 3};
  const std::vector<std::uint32_t> work = {0, 0, 1, 1, 2};
  const std::vector<kn_string> ids = {string_of("a"), string_of("b"), string_of("c"),
                                      string_of("d")};
  const std::vector<kn_string> countries = {string_of("FI"), string_of("NL"), string_of("PL"),
                                            string_of("EL")};
  kn_network_rows rows;
  REQUIRE(kn_network_rows_init(&rows, sizeof rows) == KN_OK);
  rows.row_count = organisation.size();
  rows.organisation = organisation.data();
  rows.work = work.data();
  rows.organisations = ids.data();
  rows.organisation_count = ids.size();
  rows.countries = countries.data();
  kn_network* made = nullptr;
  REQUIRE(kn_network_of_rows(&rows, &made, nullptr) == KN_OK);
  const Network network(made);
  CHECK(measured(network.get(), "partners") == std::vector<double>{1, 2, 1, 0});
  auto shown = sized<kn_network_organisation>();
  REQUIRE(kn_network_get(network.get(), 2, &shown, nullptr) == KN_OK);
  CHECK(text_of(shown.id) == "c");
  CHECK(text_of(shown.country) == "PL");
  rows.organisation_count = 3;  // 3 in the last row is none of them
  CHECK(kn_network_of_rows(&rows, &made, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(made == nullptr);
  rows.work = nullptr;
  CHECK(kn_network_of_rows(&rows, &made, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_network_of_rows(nullptr, &made, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("options narrow a network, and a network outlives its catalogue") {
  Catalogue catalogue = three_partners();
  kn_network_options options;
  REQUIRE(kn_network_options_init(&options, sizeof options) == KN_OK);
  CHECK(options.wait == 1);
  CHECK(options.undated == 1);
  options.until = {2015, 0, 0};
  Network network = network_of(catalogue.get(), &options);
  CHECK(measured(network.get(), "partners") == std::vector<double>{1, 1});
  const std::vector<kn_string> roles = {string_of("coordinator")};
  options.until = {0, 0, 0};
  options.roles = roles.data();
  options.role_count = roles.size();
  network = network_of(catalogue.get(), &options);
  catalogue.reset();
  CHECK(measured(network.get(), "works") == std::vector<double>{1, 1});
  CHECK(measured(network.get(), "partners") == std::vector<double>{0, 0});
  CHECK(std::isnan(measured(network.get(), "constraint")[0]));
}

TEST_CASE("every measure fills an array of the caller's") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_text* names = nullptr;
  REQUIRE(kn_network_measures(&names, nullptr) == KN_OK);
  CHECK(take(names).find("\"effective_size\"") != std::string::npos);
  CHECK(measured(network.get(), "betweenness") == std::vector<double>{0, 1, 0});
  CHECK(measured(network.get(), "eccentricity") == std::vector<double>{2, 1, 2});
  std::vector<double> values(3);
  kn_measure_options options;
  REQUIRE(kn_measure_options_init(&options, sizeof options) == KN_OK);
  options.betweenness_error = 0.05;
  kn_text* about = nullptr;
  REQUIRE(kn_network_measure(network.get(), "betweenness", 11, &options, nullptr, values.data(), 3,
                             &about, nullptr) == KN_OK);
  // Of three organisations exact betweenness costs less than samples.
  CHECK(take(about).find("\"betweenness_error\":0.0,\"betweenness_samples\":0") !=
        std::string::npos);
  CHECK(values[1] == 1);
  REQUIRE(kn_network_measure(network.get(), "works", 5, nullptr, nullptr, values.data(), 3, &about,
                             nullptr) == KN_OK);
  CHECK(take(about).find("\"change\":5,") != std::string::npos);
  kn_error* error = nullptr;
  CHECK(kn_network_measure(network.get(), "beauty", 6, nullptr, nullptr, values.data(), 3, nullptr,
                           &error) == KN_E_INVALID_ARGUMENT);
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("pagerank") != std::string::npos);
  error = nullptr;
  CHECK(kn_network_measure(network.get(), "works", 5, nullptr, nullptr, values.data(), 2, nullptr,
                           &error) == KN_E_INVALID_ARGUMENT);
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("3 organisations") != std::string::npos);
  CHECK(kn_network_measure(network.get(), "works", 5, nullptr, nullptr, nullptr, 3, nullptr,
                           nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("ties fill as much of three arrays as there is room for") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  std::uint64_t count = 0;
  REQUIRE(kn_network_ties(network.get(), nullptr, nullptr, nullptr, nullptr, 0, &count, nullptr) ==
          KN_OK);
  REQUIRE(count == 2);
  std::vector<std::uint32_t> from(3, 9);
  std::vector<std::uint32_t> to(3, 9);
  std::vector<double> strength(3, 9);
  for (const std::uint64_t room : {1, 3}) {
    REQUIRE(kn_network_ties(network.get(), nullptr, from.data(), to.data(), strength.data(), room,
                            &count, nullptr) == KN_OK);
    CHECK(count == 2);
    CHECK(from[1] == (room == 1 ? 9 : 1));
  }
  CHECK(to == std::vector<std::uint32_t>{1, 2, 9});
  CHECK(strength == std::vector<double>{1, 1, 9});
  CHECK(kn_network_ties(network.get(), nullptr, nullptr, to.data(), strength.data(), 3, &count,
                        nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("paths, surroundings, nearness and growth are told in JSON") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_text* json = nullptr;
  REQUIRE(kn_network_path(network.get(), "a", 1, "c", 1, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json) == R"({"change":5,"organisations":["a","b","c"],"works":["p1","p2"]})");
  REQUIRE(kn_network_around(network.get(), "a", 1, 1, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json) == R"({"change":5,"organisations":[{"id":"a","hops":0},{"id":"b","hops":1}],)"
                      R"("ties":[{"from":0,"to":1,"strength":1.0}]})");
  REQUIRE(kn_network_near(network.get(), "a", 1, 1, nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json).find(R"("organisations":[{"id":"b")") != std::string::npos);
  REQUIRE(kn_network_growth(network.get(), nullptr, &json, nullptr) == KN_OK);
  CHECK(take(json) ==
        R"({"change":5,"years":[2014,2015,2016],"participations":[2,0,2],)"
        R"("new_organisations":[2,0,1],"new_works":[1,0,1],"new_ties":[1,0,1],"undated":0})");
  std::vector<std::uint32_t> hops(3);
  REQUIRE(kn_network_hops(network.get(), "a", 1, nullptr, hops.data(), 3, nullptr) == KN_OK);
  CHECK(hops == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(kn_network_path(network.get(), "a", 1, "z", 1, nullptr, &json, nullptr) == KN_E_NOT_FOUND);
  CHECK(json == nullptr);
}

TEST_CASE("communities come with their members, the largest first") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_text* json = nullptr;
  REQUIRE(kn_network_groups(network.get(), "component", 9, nullptr, 10, 2, nullptr, &json,
                            nullptr) == KN_OK);
  CHECK(take(json) ==
        R"({"change":5,"total":1,"modularity":0.0,"groups":[{"number":0,"size":3,"inside":1.0,)"
        R"("countries":[{"country":"FI","organisations":3}],)"
        R"("members":[{"id":"b","name":"Organisation b","country":"FI"},)"
        R"({"id":"a","name":"Organisation a","country":"FI"}]}]})");
  REQUIRE(kn_network_groups(network.get(), "community", 9, nullptr, 0, 2, nullptr, &json,
                            nullptr) == KN_OK);
  CHECK(take(json).find(R"("groups":[])") != std::string::npos);
  CHECK(kn_network_groups(network.get(), "works", 5, nullptr, 10, 2, nullptr, &json, nullptr) ==
        KN_E_INVALID_ARGUMENT);
}

TEST_CASE("the organisations of a country are told from a whole network") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  const kn_string finland = string_of("Finland");
  const kn_string nowhere = string_of("XX");
  std::vector<std::uint32_t> numbers(3, 9);
  std::uint64_t count = 7;
  REQUIRE(kn_network_of(network.get(), &finland, 1, nullptr, 0, numbers.data(), 2, &count,
                        nullptr) == KN_OK);
  CHECK(count == 3);
  CHECK(numbers == std::vector<std::uint32_t>{0, 1, 9});
  REQUIRE(kn_network_of(network.get(), nullptr, 0, nullptr, 0, nullptr, 0, &count, nullptr) ==
          KN_OK);
  CHECK(count == 3);
  CHECK(kn_network_of(network.get(), &nowhere, 1, nullptr, 0, nullptr, 0, &count, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(count == 0);
}

TEST_CASE("every question to a network can be cancelled") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_task* made = nullptr;
  REQUIRE(kn_task_new(nullptr, &made, nullptr) == KN_OK);
  const Owned<kn_task, kn_task_free> task(made);
  REQUIRE(kn_task_cancel(made) == KN_OK);
  kn_text* json = nullptr;
  std::vector<std::uint32_t> hops(3);
  CHECK(kn_network_hops(network.get(), "a", 1, made, hops.data(), 3, nullptr) == KN_E_CANCELLED);
  CHECK(kn_network_path(network.get(), "a", 1, "c", 1, made, &json, nullptr) == KN_E_CANCELLED);
  CHECK(kn_network_around(network.get(), "a", 1, 1, made, &json, nullptr) == KN_E_CANCELLED);
  CHECK(kn_network_near(network.get(), "a", 1, 1, made, &json, nullptr) == KN_E_CANCELLED);
  const kn_string axes[] = {string_of("country"), string_of("kind")};
  CHECK(kn_network_coverage(network.get(), axes, 2, 1, 10, made, &json, nullptr) == KN_E_CANCELLED);
  CHECK(json == nullptr);
}

TEST_CASE("a network wants a handle, dates that there are, and UTF-8") {
  const Catalogue catalogue = three_partners();
  kn_network* network = nullptr;
  CHECK(kn_network_open(nullptr, nullptr, nullptr, &network, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_network_open(catalogue.get(), nullptr, nullptr, nullptr, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  kn_network_options options;
  REQUIRE(kn_network_options_init(&options, sizeof options) == KN_OK);
  options.until = {2015, 2, 30};
  CHECK(kn_network_open(catalogue.get(), &options, nullptr, &network, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  options.until = {0, 0, 0};
  const kn_string programme = string_of("No such programme");
  options.programmes = &programme;
  options.programme_count = 1;
  kn_error* error = nullptr;
  CHECK(kn_network_open(catalogue.get(), &options, nullptr, &network, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(std::string(kn_error_violation_path(error, 0)) == "programmes");
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("is no programme") != std::string::npos);
  options.programme_count = 0;
  options.programmes = nullptr;
  const std::vector<kn_string> bad = {string_of(not_utf8)};
  options.themes = bad.data();
  options.theme_count = 1;
  CHECK(kn_network_open(catalogue.get(), &options, nullptr, &network, nullptr) ==
        KN_E_INVALID_UTF8);
  options.themes = nullptr;
  CHECK(kn_network_open(catalogue.get(), &options, nullptr, &network, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(network == nullptr);
  CHECK(kn_network_describe(nullptr, nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
  kn_network_free(nullptr);
}

TEST_CASE("a network is saved to a file and read from it") {
  const koinon::test::Scratch scratch;
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_save_network_options options;
  REQUIRE(kn_save_network_options_init(&options, sizeof options) == KN_OK);
  const std::vector<kn_string> measures = {string_of("works")};
  options.measures = measures.data();
  options.measure_count = 1;
  const std::string read =
      R"({"change":5,"organisations":[)"
      R"({"id":"a","name":"Organisation a","country":"FI","kind":"ngo"},)"
      R"({"id":"b","name":"Organisation b","country":"FI","kind":"ngo"},)"
      R"({"id":"c","name":"Organisation c","country":"FI","kind":"ngo"}],)"
      R"("ties":[{"from":0,"to":1,"strength":1.0},{"from":1,"to":2,"strength":1.0}],)"
      R"("measures":{"works":[1.0,2.0,1.0]}})";
  kn_text* json = nullptr;
  for (const std::string format : {"graphml", "gexf", "json"}) {
    const std::string path = scratch / ("network." + format);
    REQUIRE(kn_network_save(network.get(), path.data(), path.size(), &options, nullptr, nullptr) ==
            KN_OK);
    REQUIRE(kn_read_network(path.data(), path.size(), nullptr, 0, &json, nullptr) == KN_OK);
    CHECK(take(json) == read);
  }
  const std::string plain = scratch / "network.txt";
  kn_error* error = nullptr;
  CHECK(kn_network_save(network.get(), plain.data(), plain.size(), nullptr, nullptr, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("graphml") != std::string::npos);
  options.format = string_of("csv");
  options.two_mode = 1;
  REQUIRE(kn_network_save(network.get(), plain.data(), plain.size(), &options, nullptr, nullptr) ==
          KN_OK);
  CHECK(kn_read_network(plain.data(), plain.size(), "csv", 3, &json, nullptr) ==
        KN_E_INVALID_INPUT);
  CHECK(json == nullptr);
  options.two_mode = 2;
  CHECK(kn_network_save(network.get(), plain.data(), plain.size(), &options, nullptr, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_network_save(nullptr, plain.data(), plain.size(), nullptr, nullptr, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_read_network(nullptr, 0, nullptr, 0, &json, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("the strongest way has a length, and no way has none") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  kn_text* text = nullptr;
  REQUIRE(kn_network_strongest_path(network.get(), "a", 1, "c", 1, nullptr, &text, nullptr) ==
          KN_OK);
  CHECK(take(text) ==
        R"({"change":5,"organisations":["a","b","c"],"works":["p1","p2"],"length":2.0})");
  CHECK(kn_network_strongest_path(network.get(), "a", 1, "x", 1, nullptr, &text, nullptr) ==
        KN_E_NOT_FOUND);
}

TEST_CASE("coverage is by two or three axes that there are") {
  const Catalogue catalogue = three_partners();
  const Network network = network_of(catalogue.get());
  const kn_string axes[] = {string_of("country"), string_of("kind"), string_of("beauty")};
  kn_text* text = nullptr;
  REQUIRE(kn_network_coverage(network.get(), axes, 2, 1, 10, nullptr, &text, nullptr) == KN_OK);
  CHECK(
      take(text) ==
      R"({"change":5,"axes":["country","kind"],"total":2,"cells":[{"codes":["FI","ngo"],"records":2,)"
      R"("expected":2.0}],"gaps":[]})");
  CHECK(kn_network_coverage(network.get(), axes, 3, 1, 10, nullptr, &text, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_network_coverage(network.get(), axes, 1, 1, 10, nullptr, &text, nullptr) ==
        KN_E_INVALID_ARGUMENT);
}
