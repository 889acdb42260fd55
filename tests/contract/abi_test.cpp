// SPDX-License-Identifier: Apache-2.0
//
// What compiled programs rely on. A failure here breaks them all: add at the end, never change.
#include <cstddef>
#include <cstring>
#include <vector>

#include "fixtures.hpp"

using namespace contract;

TEST_CASE("codes keep their numbers and have names") {
  const std::vector<std::pair<int32_t, const char*>> codes = {
      {0, "KN_OK"},
      {1, "KN_E_INVALID_ARGUMENT"},
      {2, "KN_E_NOT_FOUND"},
      {3, "KN_E_ALREADY_EXISTS"},
      {4, "KN_E_CONFLICT"},
      {5, "KN_E_INVALID_RECORD"},
      {6, "KN_E_INVALID_INPUT"},
      {7, "KN_E_NOT_A_CATALOGUE"},
      {8, "KN_E_TOO_NEW"},
      {9, "KN_E_DAMAGED"},
      {10, "KN_E_BUSY"},
      {11, "KN_E_READ_ONLY"},
      {12, "KN_E_INPUT_OUTPUT"},
      {13, "KN_E_CANCELLED"},
      {14, "KN_E_UNKNOWN_FORMAT"},
      {15, "KN_E_INVALID_UTF8"},
      {16, "KN_E_FORKED"},
      {17, "KN_E_OUT_OF_MEMORY"},
      {18, "KN_E_ERASED"},
      {19, "KN_E_EXPIRED"},
      {99, "KN_E_INTERNAL"},
  };
  for (const auto& [code, name] : codes) {
    REQUIRE(kn_code_name(code) != nullptr);
    CHECK(std::string(kn_code_name(code)) == name);
  }
  CHECK(KN_E_INVALID_ARGUMENT == 1);
  CHECK(KN_E_FORKED == 16);
  CHECK(KN_E_ERASED == 18);
  CHECK(KN_E_EXPIRED == 19);
  CHECK(KN_E_INTERNAL == 99);
  CHECK(kn_code_name(20) == nullptr);
  CHECK(kn_code_name(-1) == nullptr);
}

TEST_CASE("kinds keep their numbers") {
  const std::vector<std::string> names = {"organisation",
                                          "initiative",
                                          "case-study",
                                          "project",
                                          "call",
                                          "concept",
                                          "match-decision",
                                          "replication",
                                          "programme",
                                          "consortium",
                                          "bid",
                                          "award",
                                          "method",
                                          "assessment",
                                          "pilot",
                                          "evidence",
                                          "dissemination",
                                          "experiment",
                                          "uptake",
                                          "community",
                                          "exchange",
                                          "contribution",
                                          "competence-centre",
                                          "offer",
                                          "mentoring",
                                          "indicator",
                                          "collection"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(kn_kind_name(static_cast<int32_t>(i)) == names[i]);
    int32_t kind = -1;
    CHECK(kn_kind_from_name(names[i].data(), names[i].size(), &kind, nullptr) == KN_OK);
    CHECK(kind == static_cast<int32_t>(i));
  }
  CHECK(kn_kind_name(-1) == nullptr);
  CHECK(kn_kind_name(27) == nullptr);
  int32_t kind = -1;
  kn_error* error = nullptr;
  CHECK(kn_kind_from_name("poem", 4, &kind, &error) == KN_E_INVALID_ARGUMENT);
  CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("poem") != std::string::npos);
}

TEST_CASE("structs keep their layout") {
  CHECK(sizeof(kn_string) == 16);
  CHECK(sizeof(kn_violation) == 48);
  CHECK(sizeof(kn_filter) == 32);
  CHECK(sizeof(kn_mark) == 16);
  CHECK(sizeof(kn_facet_value) == 24);
  CHECK(sizeof(kn_progress) == 40);
  CHECK(sizeof(kn_task_options) == 32);
  CHECK(sizeof(kn_open_options) == 128);
  CHECK(sizeof(kn_write_options) == 32);
  CHECK(sizeof(kn_written) == 96);
  CHECK(sizeof(kn_change) == 88);
  CHECK(sizeof(kn_search_options) == 152);
  CHECK(sizeof(kn_results_summary) == 112);
  CHECK(sizeof(kn_hit) == 184);
  CHECK(sizeof(kn_facet) == 48);
  CHECK(sizeof(kn_partner_options) == 32);
  CHECK(sizeof(kn_partner_summary) == 48);
  CHECK(sizeof(kn_partner) == 80);
  CHECK(sizeof(kn_shared_work) == 120);
  CHECK(sizeof(kn_graph_figures) == 56);
  CHECK(sizeof(kn_local_options) == 56);
  CHECK(sizeof(kn_path_answer) == 80);
  CHECK(sizeof(kn_around_answer) == 96);
  CHECK(sizeof(kn_near_answer) == 72);
  CHECK(sizeof(kn_growth_answer) == 72);
  CHECK(sizeof(kn_coverage_answer) == 104);
  CHECK(sizeof(kn_nearness_options) == 32);
  CHECK(sizeof(kn_import_options) == 88);
  CHECK(sizeof(kn_import_summary) == 112);
  CHECK(sizeof(kn_import_reason) == 72);
  CHECK(sizeof(kn_quarantine_options) == 48);
  CHECK(sizeof(kn_quarantined_row) == 136);
  CHECK(sizeof(kn_export_options) == 8);
  CHECK(sizeof(kn_lineage_options) == 32);
  CHECK(sizeof(kn_replication_times_options) == 64);
  CHECK(sizeof(kn_recommend_options) == 216);
  CHECK(sizeof(kn_recommend_all_options) == 72);
  CHECK(sizeof(kn_recommendation_rows) == 64);
  CHECK(sizeof(kn_methods_options) == 104);
  CHECK(sizeof(kn_incomplete_options) == 32);
  CHECK(sizeof(kn_stale_options) == 56);
  CHECK(sizeof(kn_community_options) == 40);
  CHECK(sizeof(kn_solved_options) == 104);
  CHECK(sizeof(kn_peers_options) == 88);
  CHECK(sizeof(kn_centres_options) == 24);
  CHECK(offsetof(kn_hit, snippet) == 80);
  CHECK(offsetof(kn_search_options, filters) == 40);
  // What was added to a struct begins where it ended before.
  CHECK(offsetof(kn_open_options, thesaurus_files) == 56);
  CHECK(offsetof(kn_open_options, vector_model) == 88);
  CHECK(offsetof(kn_open_options, clock) == 112);
  CHECK(offsetof(kn_search_options, after) == 96);
  CHECK(offsetof(kn_search_options, vector) == 136);
  CHECK(offsetof(kn_results_summary, suggestion) == 56);
  CHECK(offsetof(kn_hit, group) == 144);
  CHECK(offsetof(kn_import_options, skip_rows) == 72);
  CHECK(offsetof(kn_recommend_options, capabilities) == 184);
}

namespace {

// Holds one option struct to the rules of growth. `first` is the size of its first release.
template <class Options, class Init>
void check_options(Init init, std::size_t first = sizeof(Options)) {
  Options options;
  std::memset(static_cast<void*>(&options), 0xAB, sizeof(options));
  CHECK(init(&options, sizeof(options)) == KN_OK);
  CHECK(options.struct_size == sizeof(options));

  CHECK(init(nullptr, sizeof(options)) == KN_E_INVALID_ARGUMENT);
  CHECK(init(&options, 0) == KN_E_INVALID_ARGUMENT);
  CHECK(init(&options, first - 1) == KN_E_INVALID_ARGUMENT);
  CHECK(init(&options, UINT64_MAX) == KN_E_INVALID_ARGUMENT);

  // A program of the first release: nothing is written past its struct.
  std::memset(static_cast<void*>(&options), 0xAB, sizeof(options));
  CHECK(init(&options, first) == KN_OK);
  CHECK(options.struct_size == first);
  const auto* bytes = reinterpret_cast<const unsigned char*>(&options);
  for (std::size_t i = first; i < sizeof(options); ++i) CHECK(bytes[i] == 0xAB);

  // A later header's struct: all of it is set, the rest to 0.
  struct Later {
    Options known;
    std::uint64_t more[4];
  } later;
  std::memset(static_cast<void*>(&later), 0xAB, sizeof(later));
  CHECK(init(&later.known, sizeof(later)) == KN_OK);
  CHECK(later.known.struct_size == sizeof(later));
  CHECK(later.more[0] == 0);
  CHECK(later.more[3] == 0);
}

}  // namespace

TEST_CASE("every option struct is filled by its init function") {
  check_options<kn_task_options>(kn_task_options_init);
  check_options<kn_open_options>(kn_open_options_init, offsetof(kn_open_options, thesaurus_files));
  check_options<kn_write_options>(kn_write_options_init);
  check_options<kn_search_options>(kn_search_options_init, offsetof(kn_search_options, after));
  check_options<kn_partner_options>(kn_partner_options_init);
  check_options<kn_local_options>(kn_local_options_init);
  check_options<kn_network_options>(kn_network_options_init);
  check_options<kn_network_rows>(kn_network_rows_init);
  check_options<kn_measure_options>(kn_measure_options_init);
  check_options<kn_save_network_options>(kn_save_network_options_init);
  check_options<kn_nearness_options>(kn_nearness_options_init);
  check_options<kn_match_options>(kn_match_options_init);
  check_options<kn_import_options>(kn_import_options_init);
  check_options<kn_quarantine_options>(kn_quarantine_options_init);
  check_options<kn_export_options>(kn_export_options_init);
  check_options<kn_lineage_options>(kn_lineage_options_init);
  check_options<kn_replication_times_options>(kn_replication_times_options_init);
  check_options<kn_recommend_options>(kn_recommend_options_init,
                                      offsetof(kn_recommend_options, capabilities));
  check_options<kn_recommend_all_options>(kn_recommend_all_options_init);
  check_options<kn_methods_options>(kn_methods_options_init);
  check_options<kn_incomplete_options>(kn_incomplete_options_init);
  check_options<kn_stale_options>(kn_stale_options_init);
  check_options<kn_community_options>(kn_community_options_init);
  check_options<kn_solved_options>(kn_solved_options_init);
  check_options<kn_peers_options>(kn_peers_options_init);
  check_options<kn_centres_options>(kn_centres_options_init);
}

TEST_CASE("the defaults are those of the header") {
  kn_open_options open_options;
  kn_open_options_init(&open_options, sizeof(open_options));
  CHECK(open_options.create == 1);
  CHECK(open_options.read_only == 0);
  CHECK(open_options.busy_timeout_ms == 5000);
  kn_search_options search;
  kn_search_options_init(&search, sizeof(search));
  CHECK(search.limit == 10);
  CHECK(search.facet_values == 10);
  CHECK(search.snippets == 1);
  CHECK(search.wait == 1);
  CHECK(search.unpublished == 0);
  CHECK(search.after.length == 0);
  CHECK(search.keep_seconds == 0);
  CHECK(search.deadline_seconds == 0);
  CHECK(search.as_you_type == 0);
  CHECK(search.suggest == 1);
  CHECK(search.multi_select == 0);
  kn_write_options write;
  kn_write_options_init(&write, sizeof(write));
  CHECK(write.expected_version == KN_ANY_VERSION);
  kn_partner_options partners;
  kn_partner_options_init(&partners, sizeof(partners));
  CHECK(partners.limit == 20);
  CHECK(partners.works == 5);
  kn_import_options import;
  kn_import_options_init(&import, sizeof(import));
  CHECK(import.batch_rows == 32768);
  kn_quarantine_options quarantine;
  kn_quarantine_options_init(&quarantine, sizeof(quarantine));
  CHECK(quarantine.limit == 100);
}

TEST_CASE("options of another size are read, or refused, never misread") {
  const Catalogue catalogue = small_catalogue();
  kn_results* results = nullptr;

  SECTION("struct_size never set") {
    kn_search_options options{};
    kn_error* error = nullptr;
    CHECK(kn_search(catalogue.get(), &options, nullptr, &results, &error) == KN_E_INVALID_ARGUMENT);
    CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("struct_size") != std::string::npos);
  }
  SECTION("struct_size is garbage") {
    kn_search_options options{};
    options.struct_size = 0xABABABAB;
    CHECK(kn_search(catalogue.get(), &options, nullptr, &results, nullptr) ==
          KN_E_INVALID_ARGUMENT);
  }
  SECTION("a struct of the first release has the defaults of all that came later") {
    kn_search_options options;
    std::memset(static_cast<void*>(&options), 0xAB, sizeof(options));
    kn_search_options_init(&options, offsetof(kn_search_options, after));
    options.text = string_of("homelss");
    REQUIRE(kn_search(catalogue.get(), &options, nullptr, &results, nullptr) == KN_OK);
    auto summary = sized<kn_results_summary>();
    REQUIRE(kn_results_summarise(results, &summary, nullptr) == KN_OK);
    CHECK(text_of(summary.suggestion) == "homeless");
    CHECK(summary.next.length == 0);
  }
  SECTION("a later struct that sets nothing new") {
    struct Later {
      kn_search_options known;
      std::uint64_t more;
    } later;
    kn_search_options_init(&later.known, sizeof(later));
    CHECK(kn_search(catalogue.get(), &later.known, nullptr, &results, nullptr) == KN_OK);
  }
  SECTION("a later struct that sets something new") {
    struct Later {
      kn_search_options known;
      std::uint64_t more;
    } later;
    kn_search_options_init(&later.known, sizeof(later));
    later.more = 1;
    kn_error* error = nullptr;
    CHECK(kn_search(catalogue.get(), &later.known, nullptr, &results, &error) ==
          KN_E_INVALID_ARGUMENT);
    CHECK(message_of(KN_E_INVALID_ARGUMENT, error).find("does not know") != std::string::npos);
  }
  kn_results_free(results);
}

TEST_CASE("structs of another size are filled as far as both know them") {
  const Catalogue catalogue = small_catalogue();
  struct Later {
    kn_graph_figures known;
    std::uint64_t more;
  } later;
  std::memset(static_cast<void*>(&later), 0xAB, sizeof(later));
  later.known.struct_size = sizeof(later);
  CHECK(kn_graph_summary(catalogue.get(), nullptr, &later.known, nullptr) == KN_OK);
  CHECK(later.known.struct_size == sizeof(later));
  CHECK(later.known.organisations == 2);
  CHECK(later.more == 0);

  kn_results* handle = nullptr;
  REQUIRE(kn_search(catalogue.get(), nullptr, nullptr, &handle, nullptr) == KN_OK);
  const Results results(handle);
  kn_results_summary summary;
  std::memset(static_cast<void*>(&summary), 0xAB, sizeof(summary));
  summary.struct_size = offsetof(kn_results_summary, suggestion);
  CHECK(kn_results_summarise(results.get(), &summary, nullptr) == KN_OK);
  CHECK(summary.total == 5);
  CHECK(summary.late == 0xAB);
  kn_hit hit;
  std::memset(static_cast<void*>(&hit), 0xAB, sizeof(hit));
  hit.struct_size = offsetof(kn_hit, group);
  CHECK(kn_results_hit(results.get(), 0, &hit, nullptr) == KN_OK);
  CHECK(hit.id.length > 0);
  CHECK(hit.grouped == 0xABABABABABABABAB);

  kn_graph_figures unset{};
  CHECK(kn_graph_summary(catalogue.get(), nullptr, &unset, nullptr) == KN_E_INVALID_ARGUMENT);
  unset.struct_size = sizeof(unset) - 8;
  CHECK(kn_graph_summary(catalogue.get(), nullptr, &unset, nullptr) == KN_E_INVALID_ARGUMENT);
}
