// SPDX-License-Identifier: Apache-2.0
//
// Bad arguments: a code and a message each, never a crash.
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "fixtures.hpp"

using namespace contract;

namespace {

using Call = std::function<int32_t(kn_error**)>;

// Every call refuses its argument, with and without a place for the error.
void check_refused(const std::vector<std::pair<const char*, Call>>& calls, int32_t code) {
  for (const auto& [name, call] : calls) {
    INFO(name);
    kn_error* error = nullptr;
    CHECK(call(&error) == code);
    CHECK_FALSE(message_of(code, error).empty());
    CHECK(call(nullptr) == code);
  }
}

int32_t give_line(void*, const char*, std::uint64_t) {
  return 0;
}

}  // namespace

TEST_CASE("NULL in place of a catalogue is an invalid argument") {
  kn_catalogue* const no = nullptr;
  kn_text* text = nullptr;
  kn_changes* changes = nullptr;
  kn_results* results = nullptr;
  kn_partner_results* partners = nullptr;
  kn_import_report* report = nullptr;
  kn_quarantined_rows* rows = nullptr;
  kn_id_list* ids = nullptr;
  auto graph = sized<kn_graph_figures>();
  check_refused(
      {
          {"kn_put_json",
           [&](kn_error** e) { return kn_put_json(no, 0, "", 0, "{}", 2, nullptr, nullptr, e); }},
          {"kn_remove", [&](kn_error** e) { return kn_remove(no, "a", 1, nullptr, e); }},
          {"kn_erase", [&](kn_error** e) { return kn_erase(no, "a", 1, nullptr, nullptr, e); }},
          {"kn_put_vectors",
           [&](kn_error** e) {
             return kn_put_vectors(no, "a", 1, nullptr, 0, nullptr, 64, nullptr, nullptr, nullptr,
                                   nullptr, e);
           }},
          {"kn_drop_vectors",
           [&](kn_error** e) { return kn_drop_vectors(no, "a", 1, nullptr, nullptr, nullptr, e); }},
          {"kn_get_json", [&](kn_error** e) { return kn_get_json(no, "a", 1, 0, &text, e); }},
          {"kn_ids", [&](kn_error** e) { return kn_ids(no, 0, "", 0, 1, &ids, e); }},
          {"kn_next_steps",
           [&](kn_error** e) { return kn_next_steps(no, "a", 1, "", 0, "", 0, "", 0, &text, e); }},
          {"kn_transition", [&](kn_error** e) { return kn_transition(no, "{}", 2, &text, e); }},
          {"kn_advance_calls",
           [&](kn_error** e) { return kn_advance_calls(no, 0, nullptr, &text, e); }},
          {"kn_check_design", [&](kn_error** e) { return kn_check_design(no, "a", 1, &text, e); }},
          {"kn_differences",
           [&](kn_error** e) { return kn_differences(no, "a", 1, 0, 0, &text, e); }},
          {"kn_follow", [&](kn_error** e) { return kn_follow(no, 0, 0, &changes, e); }},
          {"kn_history", [&](kn_error** e) { return kn_history(no, "a", 1, &changes, e); }},
          {"kn_search", [&](kn_error** e) { return kn_search(no, nullptr, nullptr, &results, e); }},
          {"kn_search_json",
           [&](kn_error** e) { return kn_search_json(no, string_of("{}"), nullptr, &results, e); }},
          {"kn_explain",
           [&](kn_error** e) {
             return kn_explain(no, string_of("{}"), string_of("a"), nullptr, &text, e);
           }},
          {"kn_alerts",
           [&](kn_error** e) { return kn_alerts(no, string_of("[]"), 0, nullptr, &text, e); }},
          {"kn_partners",
           [&](kn_error** e) { return kn_partners(no, "a", 1, nullptr, nullptr, &partners, e); }},
          {"kn_path",
           [&](kn_error** e) { return kn_path(no, "a", 1, "b", 1, nullptr, nullptr, &text, e); }},
          {"kn_around",
           [&](kn_error** e) { return kn_around(no, "a", 1, nullptr, nullptr, &text, e); }},
          {"kn_common_partners",
           [&](kn_error** e) {
             return kn_common_partners(no, "a", 1, "b", 1, nullptr, nullptr, &text, e);
           }},
          {"kn_nearby",
           [&](kn_error** e) { return kn_nearby(no, nullptr, 0, nullptr, nullptr, &text, e); }},
          {"kn_graph_summary",
           [&](kn_error** e) { return kn_graph_summary(no, nullptr, &graph, e); }},
          {"kn_import",
           [&](kn_error** e) { return kn_import(no, "a", 1, nullptr, nullptr, &report, e); }},
          {"kn_import_sample",
           [&](kn_error** e) { return kn_import_sample(no, nullptr, nullptr, &report, e); }},
          {"kn_quarantine", [&](kn_error** e) { return kn_quarantine(no, nullptr, &rows, e); }},
          {"kn_retry", [&](kn_error** e) { return kn_retry(no, 1, nullptr, 0, &report, e); }},
          {"kn_discard", [&](kn_error** e) { return kn_discard(no, 1, e); }},
          {"kn_export",
           [&](kn_error** e) { return kn_export(no, "a", 1, nullptr, nullptr, nullptr, e); }},
          {"kn_export_lines",
           [&](kn_error** e) {
             return kn_export_lines(no, nullptr, give_line, nullptr, nullptr, nullptr, e);
           }},
          {"kn_backup", [&](kn_error** e) { return kn_backup(no, "a", 1, nullptr, e); }},
          {"kn_check", [&](kn_error** e) { return kn_check(no, nullptr, nullptr, &text, e); }},
          {"kn_statistics", [&](kn_error** e) { return kn_statistics(no, &text, e); }},
          {"kn_prepare", [&](kn_error** e) { return kn_prepare(no, nullptr, e); }},
          {"kn_views", [&](kn_error** e) { return kn_views(no, &text, e); }},
      },
      KN_E_INVALID_ARGUMENT);
}

TEST_CASE("arrays want a catalogue or a network, a place for them, and UTF-8") {
  kn_catalogue* const no = nullptr;
  kn_arrays* arrays = nullptr;
  auto path = sized<kn_path_answer>();
  auto around = sized<kn_around_answer>();
  auto near = sized<kn_near_answer>();
  auto growth = sized<kn_growth_answer>();
  auto covered = sized<kn_coverage_answer>();
  std::uint32_t hops = 0;
  const kn_string one = string_of("a");
  const Catalogue open = small_catalogue();
  kn_catalogue* const c = open.get();
  check_refused(
      {
          {"kn_path_arrays",
           [&](kn_error** e) {
             return kn_path_arrays(no, "a", 1, "b", 1, nullptr, nullptr, &path, &arrays, e);
           }},
          {"kn_around_arrays",
           [&](kn_error** e) {
             return kn_around_arrays(no, "a", 1, nullptr, nullptr, &around, &arrays, e);
           }},
          {"kn_nearby_arrays",
           [&](kn_error** e) {
             return kn_nearby_arrays(no, &one, 1, nullptr, nullptr, &near, &arrays, e);
           }},
          {"kn_network_hops_from",
           [&](kn_error** e) {
             return kn_network_hops_from(nullptr, &one, 1, nullptr, &hops, 1, e);
           }},
          {"kn_network_path_arrays",
           [&](kn_error** e) {
             return kn_network_path_arrays(nullptr, "a", 1, "b", 1, 0, nullptr, &path, &arrays, e);
           }},
          {"kn_network_around_arrays",
           [&](kn_error** e) {
             return kn_network_around_arrays(nullptr, "a", 1, 1, nullptr, &around, &arrays, e);
           }},
          {"kn_network_near_arrays",
           [&](kn_error** e) {
             return kn_network_near_arrays(nullptr, &one, 1, nullptr, nullptr, &near, &arrays, e);
           }},
          {"kn_network_growth_arrays",
           [&](kn_error** e) {
             return kn_network_growth_arrays(nullptr, nullptr, &growth, &arrays, e);
           }},
          {"kn_network_coverage_arrays",
           [&](kn_error** e) {
             return kn_network_coverage_arrays(nullptr, &one, 1, 1, 1, nullptr, &covered, &arrays,
                                               e);
           }},
          {"no place",
           [&](kn_error** e) {
             return kn_path_arrays(c, "org-a", 5, "org-b", 5, nullptr, nullptr, &path, nullptr, e);
           }},
          {"no struct",
           [&](kn_error** e) {
             return kn_around_arrays(c, "org-a", 5, nullptr, nullptr, nullptr, &arrays, e);
           }},
          {"no organisations",
           [&](kn_error** e) {
             return kn_nearby_arrays(c, nullptr, 1, nullptr, nullptr, &near, &arrays, e);
           }},
      },
      KN_E_INVALID_ARGUMENT);
  const char* const bad = not_utf8.data();
  const std::uint64_t size = not_utf8.size();
  const kn_string code = {bad, size};
  check_refused(
      {
          {"from",
           [&](kn_error** e) {
             return kn_path_arrays(c, bad, size, "b", 1, nullptr, nullptr, &path, &arrays, e);
           }},
          {"id",
           [&](kn_error** e) {
             return kn_around_arrays(c, bad, size, nullptr, nullptr, &around, &arrays, e);
           }},
          {"organisations",
           [&](kn_error** e) {
             return kn_nearby_arrays(c, &code, 1, nullptr, nullptr, &near, &arrays, e);
           }},
      },
      KN_E_INVALID_UTF8);
}

TEST_CASE("NULL in place of a result object is an invalid argument") {
  kn_text* text = nullptr;
  auto change = sized<kn_change>();
  auto results = sized<kn_results_summary>();
  auto hit = sized<kn_hit>();
  auto facet = sized<kn_facet>();
  auto partners = sized<kn_partner_summary>();
  auto partner = sized<kn_partner>();
  auto work = sized<kn_shared_work>();
  auto import = sized<kn_import_summary>();
  auto reason = sized<kn_import_reason>();
  auto row = sized<kn_quarantined_row>();
  auto progress = sized<kn_progress>();
  check_refused(
      {
          {"changes_get", [&](kn_error** e) { return kn_changes_get(nullptr, 0, &change, e); }},
          {"changes_json", [&](kn_error** e) { return kn_changes_json(nullptr, &text, e); }},
          {"summarise", [&](kn_error** e) { return kn_results_summarise(nullptr, &results, e); }},
          {"hit", [&](kn_error** e) { return kn_results_hit(nullptr, 0, &hit, e); }},
          {"facet", [&](kn_error** e) { return kn_results_facet(nullptr, 0, &facet, e); }},
          {"results_json", [&](kn_error** e) { return kn_results_json(nullptr, &text, e); }},
          {"partners",
           [&](kn_error** e) { return kn_partner_results_summarise(nullptr, &partners, e); }},
          {"partner",
           [&](kn_error** e) { return kn_partner_results_partner(nullptr, 0, &partner, e); }},
          {"work", [&](kn_error** e) { return kn_partner_results_work(nullptr, 0, 0, &work, e); }},
          {"partners_json",
           [&](kn_error** e) { return kn_partner_results_json(nullptr, &text, e); }},
          {"report", [&](kn_error** e) { return kn_import_report_summarise(nullptr, &import, e); }},
          {"reason", [&](kn_error** e) { return kn_import_report_reason(nullptr, 0, &reason, e); }},
          {"report_json", [&](kn_error** e) { return kn_import_report_json(nullptr, &text, e); }},
          {"row", [&](kn_error** e) { return kn_quarantined_rows_get(nullptr, 0, &row, e); }},
          {"rows_json", [&](kn_error** e) { return kn_quarantined_rows_json(nullptr, &text, e); }},
          {"progress", [&](kn_error** e) { return kn_task_progress(nullptr, &progress, e); }},
      },
      KN_E_INVALID_ARGUMENT);
  CHECK(kn_cancel_token_cancel(nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_task_cancel(nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("values of NULL are 0 or NULL, and freeing NULL is fine") {
  CHECK(kn_error_code(nullptr) == KN_OK);
  CHECK(kn_error_message(nullptr) == nullptr);
  CHECK(kn_error_violation_count(nullptr) == 0);
  CHECK(kn_error_violation_path(nullptr, 0) == nullptr);
  CHECK(kn_error_violation_code(nullptr, 0) == nullptr);
  CHECK(kn_error_violation_message(nullptr, 0) == nullptr);
  CHECK(kn_text_data(nullptr) == nullptr);
  CHECK(kn_text_length(nullptr) == 0);
  CHECK(kn_cancel_token_is_cancelled(nullptr) == 0);
  CHECK(kn_id_list_count(nullptr) == 0);
  CHECK(kn_id_list_id(nullptr, 0) == nullptr);
  CHECK(kn_changes_count(nullptr) == 0);
  CHECK(kn_quarantined_rows_count(nullptr) == 0);
  kn_error_free(nullptr);
  kn_text_free(nullptr);
  kn_cancel_token_free(nullptr);
  kn_task_free(nullptr);
  kn_id_list_free(nullptr);
  kn_changes_free(nullptr);
  kn_results_free(nullptr);
  kn_partner_results_free(nullptr);
  kn_arrays_free(nullptr);
  kn_import_report_free(nullptr);
  kn_quarantined_rows_free(nullptr);
  CHECK(kn_close(nullptr) == KN_OK);
}

TEST_CASE("NULL in place of a result is an invalid argument") {
  const Catalogue open = small_catalogue();
  kn_catalogue* const c = open.get();
  check_refused(
      {
          {"kn_open", [&](kn_error** e) { return kn_open(":memory:", 8, nullptr, nullptr, e); }},
          {"kn_get_json", [&](kn_error** e) { return kn_get_json(c, "org-a", 5, 0, nullptr, e); }},
          {"kn_ids", [&](kn_error** e) { return kn_ids(c, 0, "", 0, 1, nullptr, e); }},
          {"kn_follow", [&](kn_error** e) { return kn_follow(c, 0, 0, nullptr, e); }},
          {"kn_history", [&](kn_error** e) { return kn_history(c, "org-a", 5, nullptr, e); }},
          {"kn_search", [&](kn_error** e) { return kn_search(c, nullptr, nullptr, nullptr, e); }},
          {"kn_search_json",
           [&](kn_error** e) { return kn_search_json(c, string_of("{}"), nullptr, nullptr, e); }},
          {"kn_explain",
           [&](kn_error** e) {
             return kn_explain(c, string_of("{}"), string_of("a"), nullptr, nullptr, e);
           }},
          {"kn_alerts",
           [&](kn_error** e) { return kn_alerts(c, string_of("[]"), 0, nullptr, nullptr, e); }},
          {"kn_partners",
           [&](kn_error** e) { return kn_partners(c, "org-a", 5, nullptr, nullptr, nullptr, e); }},
          {"kn_path",
           [&](kn_error** e) {
             return kn_path(c, "org-a", 5, "org-b", 5, nullptr, nullptr, nullptr, e);
           }},
          {"kn_around",
           [&](kn_error** e) { return kn_around(c, "org-a", 5, nullptr, nullptr, nullptr, e); }},
          {"kn_common_partners",
           [&](kn_error** e) {
             return kn_common_partners(c, "org-a", 5, "org-b", 5, nullptr, nullptr, nullptr, e);
           }},
          {"kn_nearby",
           [&](kn_error** e) { return kn_nearby(c, nullptr, 0, nullptr, nullptr, nullptr, e); }},
          {"kn_graph_summary",
           [&](kn_error** e) { return kn_graph_summary(c, nullptr, nullptr, e); }},
          {"kn_import",
           [&](kn_error** e) { return kn_import(c, "a", 1, nullptr, nullptr, nullptr, e); }},
          {"kn_quarantine", [&](kn_error** e) { return kn_quarantine(c, nullptr, nullptr, e); }},
          {"kn_retry", [&](kn_error** e) { return kn_retry(c, 1, nullptr, 0, nullptr, e); }},
          {"kn_export_lines",
           [&](kn_error** e) {
             return kn_export_lines(c, nullptr, nullptr, nullptr, nullptr, nullptr, e);
           }},
          {"kn_check", [&](kn_error** e) { return kn_check(c, nullptr, nullptr, nullptr, e); }},
          {"kn_statistics", [&](kn_error** e) { return kn_statistics(c, nullptr, e); }},
          {"kn_views", [&](kn_error** e) { return kn_views(c, nullptr, e); }},
          {"kn_formats", [&](kn_error** e) { return kn_formats(nullptr, e); }},
          {"kn_facet_fields", [&](kn_error** e) { return kn_facet_fields(nullptr, e); }},
          {"kn_text_fields", [&](kn_error** e) { return kn_text_fields(nullptr, e); }},
          {"kn_number_fields", [&](kn_error** e) { return kn_number_fields(nullptr, e); }},
          {"kn_label",
           [&](kn_error** e) { return kn_label("stages", 6, "x", 1, "", 0, nullptr, e); }},
          {"kn_kind_from_name",
           [&](kn_error** e) { return kn_kind_from_name("call", 4, nullptr, e); }},
          {"kn_cancel_token_new", [&](kn_error** e) { return kn_cancel_token_new(nullptr, e); }},
          {"kn_task_new", [&](kn_error** e) { return kn_task_new(nullptr, nullptr, e); }},
      },
      KN_E_INVALID_ARGUMENT);
}

TEST_CASE("text that is not UTF-8 is refused as such") {
  const Catalogue open = small_catalogue();
  kn_catalogue* const c = open.get();
  const char* const bad = not_utf8.data();
  const std::uint64_t size = not_utf8.size();
  kn_text* text = nullptr;
  kn_catalogue* other = nullptr;
  kn_changes* changes = nullptr;
  kn_results* results = nullptr;
  kn_partner_results* partners = nullptr;
  kn_import_report* report = nullptr;
  kn_quarantined_rows* rows = nullptr;
  kn_id_list* ids = nullptr;
  int32_t kind = 0;
  kn_search_options search;
  kn_write_options write;
  kn_import_options import;
  kn_quarantine_options quarantine;
  kn_search_options_init(&search, sizeof(search));
  kn_write_options_init(&write, sizeof(write));
  kn_import_options_init(&import, sizeof(import));
  kn_quarantine_options_init(&quarantine, sizeof(quarantine));
  search.text = write.by = import.portal = quarantine.file = {bad, size};
  kn_search_options codes;
  kn_search_options_init(&codes, sizeof(codes));
  const kn_string code = {bad, size};
  const kn_filter filter = {string_of("country"), &code, 1};
  codes.filters = &filter;
  codes.filter_count = 1;
  kn_search_options after;
  kn_search_options_init(&after, sizeof(after));
  after.after = {bad, size};
  check_refused(
      {
          {"kn_open", [&](kn_error** e) { return kn_open(bad, size, nullptr, &other, e); }},
          {"id", [&](kn_error** e) { return kn_get_json(c, bad, size, 0, &text, e); }},
          {"new id",
           [&](kn_error** e) {
             return kn_put_json(c, 0, bad, size, "{}", 2, nullptr, nullptr, e);
           }},
          {"json",
           [&](kn_error** e) { return kn_put_json(c, 0, "", 0, bad, size, nullptr, nullptr, e); }},
          {"by", [&](kn_error** e) { return kn_remove(c, "org-a", 5, &write, e); }},
          {"erase", [&](kn_error** e) { return kn_erase(c, bad, size, nullptr, nullptr, e); }},
          {"kn_ids", [&](kn_error** e) { return kn_ids(c, 0, bad, size, 1, &ids, e); }},
          {"kn_history", [&](kn_error** e) { return kn_history(c, bad, size, &changes, e); }},
          {"text", [&](kn_error** e) { return kn_search(c, &search, nullptr, &results, e); }},
          {"filter", [&](kn_error** e) { return kn_search(c, &codes, nullptr, &results, e); }},
          {"after", [&](kn_error** e) { return kn_search(c, &after, nullptr, &results, e); }},
          {"request", [&](kn_error** e) { return kn_search_json(c, code, nullptr, &results, e); }},
          {"explained request",
           [&](kn_error** e) { return kn_explain(c, code, string_of("a"), nullptr, &text, e); }},
          {"explained id",
           [&](kn_error** e) { return kn_explain(c, string_of("{}"), code, nullptr, &text, e); }},
          {"searches", [&](kn_error** e) { return kn_alerts(c, code, 0, nullptr, &text, e); }},
          {"kn_partners",
           [&](kn_error** e) { return kn_partners(c, bad, size, nullptr, nullptr, &partners, e); }},
          {"kn_path",
           [&](kn_error** e) {
             return kn_path(c, "org-a", 5, bad, size, nullptr, nullptr, &text, e);
           }},
          {"kn_around",
           [&](kn_error** e) { return kn_around(c, bad, size, nullptr, nullptr, &text, e); }},
          {"kn_common_partners",
           [&](kn_error** e) {
             return kn_common_partners(c, bad, size, "org-b", 5, nullptr, nullptr, &text, e);
           }},
          {"kn_nearby",
           [&](kn_error** e) { return kn_nearby(c, &code, 1, nullptr, nullptr, &text, e); }},
          {"path",
           [&](kn_error** e) { return kn_import(c, bad, size, nullptr, nullptr, &report, e); }},
          {"portal",
           [&](kn_error** e) { return kn_import(c, "a", 1, &import, nullptr, &report, e); }},
          {"file", [&](kn_error** e) { return kn_quarantine(c, &quarantine, &rows, e); }},
          {"mended", [&](kn_error** e) { return kn_retry(c, 1, bad, size, &report, e); }},
          {"kn_export",
           [&](kn_error** e) { return kn_export(c, bad, size, nullptr, nullptr, nullptr, e); }},
          {"kn_backup", [&](kn_error** e) { return kn_backup(c, bad, size, nullptr, e); }},
          {"kn_label",
           [&](kn_error** e) { return kn_label("stages", 6, bad, size, "en", 2, &text, e); }},
          {"kind", [&](kn_error** e) { return kn_kind_from_name(bad, size, &kind, e); }},
      },
      KN_E_INVALID_UTF8);
}

TEST_CASE("what looks like UTF-8 and is not") {
  const Catalogue open = small_catalogue();
  const std::vector<std::string_view> bad = {"\x80",
                                             "\xC0\xAF",
                                             "\xC1\xBF",
                                             "\xE0\x80\x80",
                                             "\xED\xA0\x80",
                                             "\xF0\x80\x80\x80",
                                             "\xF4\x90\x80\x80",
                                             "\xF5\x80\x80\x80",
                                             "\xE2\x82",
                                             "\xF0\x9F\x98",
                                             "a\xFF"};
  const std::vector<std::string_view> good = {"\xC2\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                                              "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
  kn_search_options options;
  kn_search_options_init(&options, sizeof(options));
  for (const std::string_view text : bad) {
    options.text = string_of(text);
    kn_results* results = nullptr;
    CHECK(kn_search(open.get(), &options, nullptr, &results, nullptr) == KN_E_INVALID_UTF8);
    CHECK(results == nullptr);
  }
  for (const std::string_view text : good) {
    options.text = string_of(text);
    kn_results* results = nullptr;
    CHECK(kn_search(open.get(), &options, nullptr, &results, nullptr) == KN_OK);
    kn_results_free(results);
  }
}

TEST_CASE("lengths, flags and paths that cannot be meant") {
  const Catalogue open = small_catalogue();
  kn_catalogue* const c = open.get();
  kn_text* text = nullptr;
  kn_results* results = nullptr;
  kn_import_report* report = nullptr;
  kn_catalogue* other = nullptr;
  kn_quarantined_rows* rows = nullptr;
  kn_search_options flag;
  kn_search_options_init(&flag, sizeof(flag));
  flag.unpublished = 2;
  kn_search_options filters;
  kn_search_options_init(&filters, sizeof(filters));
  filters.filter_count = 1;
  kn_search_options keep;
  kn_search_options_init(&keep, sizeof(keep));
  keep.keep_seconds = 3601;
  kn_search_options deadline;
  kn_search_options_init(&deadline, sizeof(deadline));
  deadline.deadline_seconds = std::nan("");
  kn_search_options suggest;
  kn_search_options_init(&suggest, sizeof(suggest));
  suggest.suggest = 2;
  kn_import_options batch;
  kn_import_options_init(&batch, sizeof(batch));
  batch.batch_rows = 0;
  kn_write_options version;
  kn_write_options_init(&version, sizeof(version));
  version.expected_version = 1;
  kn_open_options timeout;
  kn_open_options_init(&timeout, sizeof(timeout));
  timeout.busy_timeout_ms = -1;
  check_refused(
      {
          {"NULL with a length",
           [&](kn_error** e) { return kn_get_json(c, nullptr, 3, 0, &text, e); }},
          {"-1 as a length",
           [&](kn_error** e) { return kn_get_json(c, "org-a", UINT64_MAX, 0, &text, e); }},
          {"no id", [&](kn_error** e) { return kn_get_json(c, "", 0, 0, &text, e); }},
          {"flag", [&](kn_error** e) { return kn_search(c, &flag, nullptr, &results, e); }},
          {"filters", [&](kn_error** e) { return kn_search(c, &filters, nullptr, &results, e); }},
          {"keep", [&](kn_error** e) { return kn_search(c, &keep, nullptr, &results, e); }},
          {"deadline", [&](kn_error** e) { return kn_search(c, &deadline, nullptr, &results, e); }},
          {"suggest", [&](kn_error** e) { return kn_search(c, &suggest, nullptr, &results, e); }},
          {"nobody to explain",
           [&](kn_error** e) { return kn_explain(c, string_of("{}"), {}, nullptr, &text, e); }},
          {"batch",
           [&](kn_error** e) { return kn_import(c, "a", 1, &batch, nullptr, &report, e); }},
          {"no path",
           [&](kn_error** e) { return kn_import(c, "", 0, nullptr, nullptr, &report, e); }},
          {"path with NUL", [&](kn_error** e) { return kn_open("a\0b", 3, nullptr, &other, e); }},
          {"timeout", [&](kn_error** e) { return kn_open(":memory:", 8, &timeout, &other, e); }},
          {"kind",
           [&](kn_error** e) { return kn_put_json(c, 27, "", 0, "{}", 2, nullptr, nullptr, e); }},
          {"erase at a version",
           [&](kn_error** e) { return kn_erase(c, "org-a", 5, &version, nullptr, e); }},
          {"an id that is none",
           [&](kn_error** e) {
             const std::string_view json = R"({"names":[{"language":"en","text":"A"}]})";
             return kn_put_json(c, 0, "a b", 3, json.data(), json.size(), nullptr, nullptr, e);
           }},
      },
      KN_E_INVALID_ARGUMENT);
  CHECK(rows == nullptr);
}
