// SPDX-License-Identifier: Apache-2.0
//
// The defaults of every option struct: those of the C++ structs, said once.
#include "c/options.hpp"

namespace koinon::c {

kn_open_options open_defaults() {
  const OpenOptions own;
  kn_open_options options{};
  options.struct_size = sizeof(options);
  options.busy_timeout_ms = static_cast<int32_t>(own.busy_timeout_ms);
  options.create = own.create ? 1 : 0;
  options.read_only = own.read_only ? 1 : 0;
  options.background_views = own.background_views ? 1 : 0;
  options.thesaurus = own.thesaurus ? 1 : 0;
  return options;
}

kn_write_options write_defaults() {
  kn_write_options options{};
  options.struct_size = sizeof(options);
  options.expected_version = KN_ANY_VERSION;
  return options;
}

kn_search_options search_defaults() {
  const SearchRequest own;
  kn_search_options options{};
  options.struct_size = sizeof(options);
  options.unpublished = own.unpublished ? 1 : 0;
  options.snippets = own.snippets ? 1 : 0;
  options.wait = own.wait ? 1 : 0;
  options.facet_values = own.facet_values;
  options.limit = own.limit;
  options.offset = own.offset;
  options.keep_seconds = own.keep_seconds;
  options.deadline_seconds = own.deadline_seconds;
  options.as_you_type = own.as_you_type ? 1 : 0;
  options.suggest = own.suggest ? 1 : 0;
  options.multi_select = own.multi_select ? 1 : 0;
  options.across = own.across ? 1 : 0;
  options.words = own.signals.words ? 1 : 0;
  options.concepts = own.signals.concepts ? 1 : 0;
  options.spelling = own.signals.spelling ? 1 : 0;
  options.meaning = own.signals.meaning ? 1 : 0;
  return options;
}

kn_partner_options partner_defaults() {
  const PartnerRequest own;
  kn_partner_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.limit = own.limit;
  options.offset = own.offset;
  options.works = own.works;
  return options;
}

kn_local_options local_defaults() {
  const NearbyRequest own;
  kn_local_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.hops = NeighbourhoodRequest().hops;
  options.around_limit = static_cast<uint32_t>(NeighbourhoodRequest().limit);
  options.limit = own.limit;
  options.works = CommonPartnerRequest().works;
  options.epsilon = own.epsilon;
  options.damping = own.damping;
  return options;
}

kn_network_options network_defaults() {
  const NetworkRequest own;
  kn_network_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.running = own.running ? 1 : 0;
  options.undated = own.undated ? 1 : 0;
  options.max_members = own.max_members;
  return options;
}

kn_match_options match_defaults() {
  const MatchRequest own;
  kn_match_options options{};
  options.struct_size = sizeof(options);
  options.threshold = own.threshold;
  options.support = own.support;
  options.review = own.review;
  return options;
}

kn_network_rows network_rows_defaults() {
  kn_network_rows rows{};
  rows.struct_size = sizeof(rows);
  return rows;
}

kn_measure_options measure_defaults() {
  const MeasureOptions own;
  kn_measure_options options{};
  options.struct_size = sizeof(options);
  options.damping = own.damping;
  options.tolerance = own.tolerance;
  options.resolution = own.resolution;
  options.betweenness_error = own.betweenness_error;
  options.failure = own.failure;
  options.seed = own.seed;
  return options;
}

kn_save_network_options save_network_defaults() {
  kn_save_network_options options{};
  options.struct_size = sizeof(options);
  return options;
}

kn_import_options import_defaults() {
  const ImportOptions own;
  kn_import_options options{};
  options.struct_size = sizeof(options);
  options.skip_rows = own.skip_rows;
  options.batch_rows = own.batch_rows;
  return options;
}

kn_quarantine_options quarantine_defaults() {
  const QuarantineRequest own;
  kn_quarantine_options options{};
  options.struct_size = sizeof(options);
  options.limit = own.limit;
  options.offset = own.offset;
  return options;
}

kn_export_options export_defaults() {
  kn_export_options options{};
  options.struct_size = sizeof(options);
  return options;
}

kn_lineage_options lineage_defaults() {
  const LineageRequest own;
  kn_lineage_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.undated = own.undated ? 1 : 0;
  return options;
}

kn_replication_times_options replication_times_defaults() {
  const ReplicationTimesRequest own;
  kn_replication_times_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  return options;
}

RecordKind kind_in(int32_t kind) {
  if (kind < 0 || kind > KN_KIND_COLLECTION) {
    fail_argument("there is no kind of record " + std::to_string(kind));
  }
  return static_cast<RecordKind>(kind);
}

PartialDate date_in(const kn_date& date) {
  return {date.year, date.month, date.day};
}

std::vector<std::string> list_in(const kn_string* codes, uint64_t count, const char* name) {
  check_array(codes, count, name);
  std::vector<std::string> list;
  for (uint64_t i = 0; i < count; ++i) list.emplace_back(text_in(codes[i], name));
  return list;
}

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_open_options_init(kn_open_options* options, uint64_t size) {
  return init_options(options, size, open_defaults());
}

KN_EXPORT int32_t kn_write_options_init(kn_write_options* options, uint64_t size) {
  return init_options(options, size, write_defaults());
}

KN_EXPORT int32_t kn_search_options_init(kn_search_options* options, uint64_t size) {
  return init_options(options, size, search_defaults());
}

KN_EXPORT int32_t kn_partner_options_init(kn_partner_options* options, uint64_t size) {
  return init_options(options, size, partner_defaults());
}

KN_EXPORT int32_t kn_local_options_init(kn_local_options* options, uint64_t size) {
  return init_options(options, size, local_defaults());
}

KN_EXPORT int32_t kn_network_options_init(kn_network_options* options, uint64_t size) {
  return init_options(options, size, network_defaults());
}

KN_EXPORT int32_t kn_network_rows_init(kn_network_rows* rows, uint64_t size) {
  return init_options(rows, size, network_rows_defaults());
}

KN_EXPORT int32_t kn_match_options_init(kn_match_options* options, uint64_t size) {
  return init_options(options, size, match_defaults());
}

KN_EXPORT int32_t kn_measure_options_init(kn_measure_options* options, uint64_t size) {
  return init_options(options, size, measure_defaults());
}

KN_EXPORT int32_t kn_save_network_options_init(kn_save_network_options* options, uint64_t size) {
  return init_options(options, size, save_network_defaults());
}

KN_EXPORT int32_t kn_import_options_init(kn_import_options* options, uint64_t size) {
  return init_options(options, size, import_defaults());
}

KN_EXPORT int32_t kn_quarantine_options_init(kn_quarantine_options* options, uint64_t size) {
  return init_options(options, size, quarantine_defaults());
}

KN_EXPORT int32_t kn_export_options_init(kn_export_options* options, uint64_t size) {
  return init_options(options, size, export_defaults());
}

KN_EXPORT int32_t kn_lineage_options_init(kn_lineage_options* options, uint64_t size) {
  return init_options(options, size, lineage_defaults());
}

KN_EXPORT int32_t kn_replication_times_options_init(kn_replication_times_options* options,
                                                    uint64_t size) {
  return init_options(options, size, replication_times_defaults());
}
