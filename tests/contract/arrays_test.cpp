// SPDX-License-Identifier: Apache-2.0
//
// Answers as arrays: the same as those in JSON, held by one object that outlives what was asked.
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "fixtures.hpp"

using namespace contract;

namespace {

using Network = Owned<kn_network, kn_network_free>;
using Arrays = Owned<kn_arrays, kn_arrays_free>;
using Texts = std::vector<std::string>;

// a, b and c in a row, by p1 of 2014 and p2 of 2016; d alone in p3, whose start is not known.
Catalogue row_of_three() {
  Catalogue catalogue = open(":memory:");
  for (const char* id : {"a", "b", "c", "d"}) {
    put(catalogue.get(), KN_KIND_ORGANISATION, id,
        std::string(R"({"names":[{"language":"en","text":"Organisation )") + id +
            R"("}],"kind":"ngo","addresses":[{"country":"FI"}]})");
  }
  const auto project = [&](const std::string& id, const std::string& period, const Texts& members) {
    std::string json =
        R"({"titles":[{"language":"en","text":"Work"}],"programme":"A","participations":[)";
    for (const std::string& member : members) {
      json += (json.back() == '[' ? "" : ",");
      json += R"({"organisation":")" + member + R"(","role":"partner"})";
    }
    put(catalogue.get(), KN_KIND_PROJECT, id, json + "]" + period + "}");
  };
  project("p1", R"(,"period":{"from":"2014"})", {"a", "b"});
  project("p2", R"(,"period":{"from":"2016"})", {"b", "c"});
  project("p3", "", {"d"});
  return catalogue;
}

Network network_of(kn_catalogue* catalogue) {
  kn_network* made = nullptr;
  REQUIRE(kn_network_open(catalogue, nullptr, nullptr, &made, nullptr) == KN_OK);
  return Network(made);
}

Texts texts(const kn_string* values, std::uint64_t count) {
  Texts all;
  for (std::uint64_t i = 0; i < count; ++i) all.push_back(text_of(values[i]));
  return all;
}

template <class T>
std::vector<T> values(const T* first, std::uint64_t count) {
  return count == 0 ? std::vector<T>() : std::vector<T>(first, first + count);
}

// Asks, and takes over what the arrays lie in.
template <class Ask>
Arrays taken(Ask ask) {
  kn_arrays* made = nullptr;
  kn_error* error = nullptr;
  const int32_t code = ask(&made, &error);
  if (error != nullptr) FAIL(kn_error_message(error));
  REQUIRE(code == KN_OK);
  REQUIRE(made != nullptr);
  return Arrays(made);
}

using Numbers = std::vector<std::uint32_t>;
using Counts = std::vector<std::uint64_t>;
using Reals = std::vector<double>;

void check_path_to_c(const kn_path_answer& path) {
  CHECK(path.length == 2);
  CHECK(texts(path.ids, path.organisation_count) == Texts{"a", "b", "c"});
  CHECK(texts(path.names, path.organisation_count) ==
        Texts{"Organisation a", "Organisation b", "Organisation c"});
  CHECK(texts(path.countries, path.organisation_count) == Texts{"FI", "FI", "FI"});
  CHECK(texts(path.works, path.work_count) == Texts{"p1", "p2"});
}

void check_no_way(const kn_path_answer& path) {
  CHECK(path.organisation_count == 0);
  CHECK(path.work_count == 0);
  CHECK(path.ids == nullptr);
  CHECK(path.works == nullptr);
  CHECK(std::isinf(path.length));
}

void check_all_around_a(const kn_around_answer& around) {
  CHECK(around.complete == 1);
  CHECK(texts(around.ids, around.organisation_count) == Texts{"a", "b", "c"});
  CHECK(texts(around.names, around.organisation_count)[1] == "Organisation b");
  CHECK(values(around.hops, around.organisation_count) == Numbers{0, 1, 2});
  CHECK(values(around.from, around.tie_count) == Numbers{0, 1});
  CHECK(values(around.to, around.tie_count) == Numbers{1, 2});
  CHECK(values(around.strength, around.tie_count) == Reals{1, 1});
}

}  // namespace

TEST_CASE("what lies around one or two organisations comes as arrays, and outlives the catalogue") {
  Catalogue catalogue = row_of_three();
  kn_catalogue* const c = catalogue.get();
  kn_local_options options;
  REQUIRE(kn_local_options_init(&options, sizeof options) == KN_OK);
  options.hops = 2;
  auto path = sized<kn_path_answer>();
  auto around = sized<kn_around_answer>();
  auto near = sized<kn_near_answer>();
  const kn_string seeds[] = {string_of("a"), string_of("c")};
  const Arrays of_path = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_path_arrays(c, "a", 1, "c", 1, nullptr, nullptr, &path, arrays, error);
  });
  const Arrays of_around = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_around_arrays(c, "a", 1, &options, nullptr, &around, arrays, error);
  });
  const Arrays of_near = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_nearby_arrays(c, seeds, 2, nullptr, nullptr, &near, arrays, error);
  });
  kn_text* json = nullptr;
  REQUIRE(kn_nearby(c, seeds, 2, nullptr, nullptr, &json, nullptr) == KN_OK);
  const std::string told = take(json);
  catalogue.reset();

  CHECK(path.change == 7);
  CHECK(path.numbers == nullptr);
  check_path_to_c(path);
  CHECK(around.change == 7);
  CHECK(around.numbers == nullptr);
  check_all_around_a(around);
  CHECK(near.change == 7);
  CHECK(texts(near.ids, near.organisation_count) == Texts{"b"});
  CHECK(texts(near.names, near.organisation_count) == Texts{"Organisation b"});
  CHECK(near.numbers == nullptr);
  const std::string score = told.substr(told.find("\"score\":") + 8);
  CHECK(near.scores[0] == std::stod(score));
  CHECK(near.error_bound == std::stod(told.substr(told.find("\"error_bound\":") + 14)));
}

TEST_CASE("arrays around an organisation are cut at the limit and say so, and no way is none") {
  const Catalogue catalogue = row_of_three();
  kn_local_options options;
  REQUIRE(kn_local_options_init(&options, sizeof options) == KN_OK);
  options.hops = 2;
  options.around_limit = 2;
  auto around = sized<kn_around_answer>();
  const Arrays cut = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_around_arrays(catalogue.get(), "a", 1, &options, nullptr, &around, arrays, error);
  });
  CHECK(around.complete == 0);
  CHECK(around.organisation_count == 2);
  CHECK(around.tie_count == 1);
  auto path = sized<kn_path_answer>();
  const Arrays none = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_path_arrays(catalogue.get(), "a", 1, "d", 1, nullptr, nullptr, &path, arrays, error);
  });
  check_no_way(path);
}

TEST_CASE("a network answers in arrays with its numbers, which outlive it") {
  Network network = network_of(row_of_three().get());
  kn_network* const n = network.get();
  auto path = sized<kn_path_answer>();
  auto strongest = sized<kn_path_answer>();
  auto nowhere = sized<kn_path_answer>();
  auto around = sized<kn_around_answer>();
  std::vector<Arrays> kept;
  const auto keep_path = [&](const char* to, std::uint8_t by_strength, kn_path_answer& into) {
    kept.push_back(taken([&](kn_arrays** arrays, kn_error** error) {
      return kn_network_path_arrays(n, "a", 1, to, 1, by_strength, nullptr, &into, arrays, error);
    }));
  };
  keep_path("c", 0, path);
  keep_path("c", 1, strongest);
  keep_path("d", 1, nowhere);
  kept.push_back(taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_network_around_arrays(n, "a", 1, 2, nullptr, &around, arrays, error);
  }));
  network.reset();
  CHECK(path.change == 7);
  check_path_to_c(path);
  CHECK(values(path.numbers, path.organisation_count) == Numbers{0, 1, 2});
  check_path_to_c(strongest);
  check_no_way(nowhere);
  CHECK(around.change == 7);
  check_all_around_a(around);
  CHECK(values(around.numbers, around.organisation_count) == Numbers{0, 1, 2});
}

TEST_CASE("growth and coverage come as arrays") {
  const Network network = network_of(row_of_three().get());
  auto growth = sized<kn_growth_answer>();
  const Arrays by_year = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_network_growth_arrays(network.get(), nullptr, &growth, arrays, error);
  });
  const std::uint64_t years = growth.year_count;
  CHECK(growth.change == 7);
  CHECK(growth.undated == 1);
  CHECK(values(growth.years, years) == std::vector<std::int32_t>{2014, 2015, 2016});
  CHECK(values(growth.participations, years) == Counts{2, 0, 2});
  CHECK(values(growth.new_organisations, years) == Counts{2, 0, 1});
  CHECK(values(growth.new_works, years) == Counts{1, 0, 1});
  CHECK(values(growth.new_ties, years) == Counts{1, 0, 1});

  const kn_string axes[] = {string_of("country"), string_of("programme")};
  auto covered = sized<kn_coverage_answer>();
  const Arrays cells = taken([&](kn_arrays** arrays, kn_error** error) {
    return kn_network_coverage_arrays(network.get(), axes, 2, 4, 10, nullptr, &covered, arrays,
                                      error);
  });
  CHECK(covered.change == 7);
  CHECK(covered.total == 3);
  CHECK(texts(covered.axes, covered.axis_count) == Texts{"country", "programme"});
  REQUIRE(covered.cell_count == 1);
  CHECK(texts(covered.cell_codes, 2) == Texts{"FI", "A"});
  CHECK(values(covered.cell_records, 1) == Counts{3});
  CHECK(values(covered.cell_expected, 1) == Reals{3});
  REQUIRE(covered.gap_count == 1);  // fewer than four
  CHECK(texts(covered.gap_codes, 2) == Texts{"FI", "A"});
  CHECK(values(covered.gap_records, 1) == Counts{3});
  CHECK(values(covered.gap_expected, 1) == Reals{3});
}

TEST_CASE("hops and nearness start from several organisations") {
  const Network network = network_of(row_of_three().get());
  kn_network* const n = network.get();
  const kn_string from[] = {string_of("c"), string_of("a")};
  Numbers hops(8, 9);
  REQUIRE(kn_network_hops_from(n, from, 2, nullptr, hops.data(), 8, nullptr) == KN_OK);
  const std::uint32_t far = 4294967295U;
  CHECK(hops == Numbers{2, 1, 0, far, 0, 1, 2, far});
  REQUIRE(kn_network_hops_from(n, nullptr, 0, nullptr, nullptr, 0, nullptr) == KN_OK);
  kn_error* error = nullptr;
  CHECK(kn_network_hops_from(n, from, 2, nullptr, hops.data(), 4, &error) == KN_E_INVALID_ARGUMENT);
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("are 8") != std::string::npos);
  const kn_string stranger = string_of("z");
  CHECK(kn_network_hops_from(n, &stranger, 1, nullptr, hops.data(), 4, nullptr) == KN_E_NOT_FOUND);

  kn_nearness_options options;
  REQUIRE(kn_nearness_options_init(&options, sizeof options) == KN_OK);
  CHECK(options.limit == 20);
  CHECK(options.epsilon == 1e-6);
  CHECK(options.damping == 0.85);
  auto near = sized<kn_near_answer>();
  const Arrays of_both = taken([&](kn_arrays** arrays, kn_error** error_of) {
    return kn_network_near_arrays(n, from, 2, nullptr, nullptr, &near, arrays, error_of);
  });
  CHECK(texts(near.ids, near.organisation_count) == Texts{"b"});  // between them
  CHECK(values(near.numbers, near.organisation_count) == Numbers{1});
  CHECK(near.scores[0] > 0.4);
  CHECK(near.error_bound < 1e-4);
  // From one the same as in JSON.
  auto single = sized<kn_near_answer>();
  options.limit = 1;
  const Arrays of_one = taken([&](kn_arrays** arrays, kn_error** error_of) {
    return kn_network_near_arrays(n, from, 1, &options, nullptr, &single, arrays, error_of);
  });
  kn_text* json = nullptr;
  REQUIRE(kn_network_near(n, "c", 1, 1, nullptr, &json, nullptr) == KN_OK);
  const std::string told = take(json);
  REQUIRE(single.organisation_count == 1);
  CHECK(single.scores[0] == std::stod(told.substr(told.find("\"score\":") + 8)));
}

TEST_CASE("arrays that cannot be given leave everything as it was") {
  const Catalogue catalogue = row_of_three();
  const Network network = network_of(catalogue.get());
  kn_network* const n = network.get();
  kn_arrays* arrays = nullptr;
  auto path = sized<kn_path_answer>();
  path.change = 77;
  CHECK(kn_network_path_arrays(n, "a", 1, "z", 1, 0, nullptr, &path, &arrays, nullptr) ==
        KN_E_NOT_FOUND);
  CHECK(kn_path_arrays(catalogue.get(), "a", 1, "z", 1, nullptr, nullptr, &path, &arrays,
                       nullptr) == KN_E_NOT_FOUND);
  CHECK(kn_network_path_arrays(n, "a", 1, "c", 1, 2, nullptr, &path, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(path.change == 77);
  CHECK(arrays == nullptr);
  path.struct_size = 0;
  CHECK(kn_network_path_arrays(n, "a", 1, "c", 1, 0, nullptr, &path, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(kn_network_path_arrays(n, "a", 1, "c", 1, 0, nullptr, nullptr, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  auto near = sized<kn_near_answer>();
  CHECK(kn_network_near_arrays(n, nullptr, 0, nullptr, nullptr, &near, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  kn_nearness_options options;
  REQUIRE(kn_nearness_options_init(&options, sizeof options) == KN_OK);
  options.damping = 1;
  const kn_string a = string_of("a");
  CHECK(kn_network_near_arrays(n, &a, 1, &options, nullptr, &near, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  auto covered = sized<kn_coverage_answer>();
  CHECK(kn_network_coverage_arrays(n, &a, 1, 1, 1, nullptr, &covered, &arrays, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(arrays == nullptr);
}

TEST_CASE("an answer struct of a later header is filled as far as this library knows it") {
  const Network network = network_of(row_of_three().get());
  struct Later {
    kn_growth_answer known;
    std::uint64_t more[2];
  } later;
  std::memset(static_cast<void*>(&later), 0xAB, sizeof later);
  later.known.struct_size = sizeof later;
  const Arrays arrays = taken([&](kn_arrays** made, kn_error** error) {
    return kn_network_growth_arrays(network.get(), nullptr, &later.known, made, error);
  });
  CHECK(later.known.struct_size == sizeof later);
  CHECK(later.known.year_count == 3);
  CHECK(later.more[1] == 0);
}

namespace {

// Cancels at the first word of a stage.
struct Canceller {
  kn_cancel_token* token;
  std::string stage;
};

void cancel_at_stage(void* user_data, const kn_progress* progress) {
  auto& canceller = *static_cast<Canceller*>(user_data);
  if (text_of(progress->stage) == canceller.stage) kn_cancel_token_cancel(canceller.token);
}

}  // namespace

TEST_CASE("what lies around can be cancelled up to the last step, as arrays and in JSON") {
  const Catalogue catalogue = row_of_three();
  const Network network = network_of(catalogue.get());
  kn_local_options options;
  REQUIRE(kn_local_options_init(&options, sizeof options) == KN_OK);
  options.hops = 3;
  options.around_limit = 0;
  auto around = sized<kn_around_answer>();
  const auto code_of = [&](const std::string& stage, auto ask) {
    kn_cancel_token* made = nullptr;
    REQUIRE(kn_cancel_token_new(&made, nullptr) == KN_OK);
    const Token token(made);
    Canceller canceller{made, stage};
    kn_task_options watched;
    REQUIRE(kn_task_options_init(&watched, sizeof watched) == KN_OK);
    watched.cancel = made;
    watched.progress = cancel_at_stage;
    watched.user_data = &canceller;
    kn_task* started = nullptr;
    REQUIRE(kn_task_new(&watched, &started, nullptr) == KN_OK);
    const Task task(started);
    return ask(started);
  };
  const auto as_arrays = [&](bool of_network) {
    return [&, of_network](const kn_task* task) {
      kn_arrays* arrays = nullptr;
      const int32_t code = of_network ? kn_network_around_arrays(network.get(), "a", 1, 3, task,
                                                                 &around, &arrays, nullptr)
                                      : kn_around_arrays(catalogue.get(), "a", 1, &options, task,
                                                         &around, &arrays, nullptr);
      const Arrays owned(arrays);
      CHECK((arrays == nullptr) == (code != KN_OK));
      return code;
    };
  };
  const auto as_json = [&](bool of_network) {
    return [&, of_network](const kn_task* task) {
      kn_text* json = nullptr;
      const int32_t code = of_network
                               ? kn_network_around(network.get(), "a", 1, 3, task, &json, nullptr)
                               : kn_around(catalogue.get(), "a", 1, &options, task, &json, nullptr);
      CHECK((json == nullptr) == (code != KN_OK));
      kn_text_free(json);
      return code;
    };
  };
  for (const bool of_network : {false, true}) {
    for (const char* stage : {"around", "ties"}) {
      CHECK(code_of(stage, as_arrays(of_network)) == KN_E_CANCELLED);
      CHECK(code_of(stage, as_json(of_network)) == KN_E_CANCELLED);
    }
    CHECK(code_of("text", as_arrays(of_network)) == KN_OK);  // there is none
    CHECK(code_of("text", as_json(of_network)) == KN_E_CANCELLED);
    CHECK(code_of("none of its stages", as_json(of_network)) == KN_OK);
  }
}
