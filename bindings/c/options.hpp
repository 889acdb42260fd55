// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "c/boundary.hpp"
#include "koinon/koinon.hpp"

namespace koinon::c {

kn_open_options open_defaults();
kn_write_options write_defaults();
kn_search_options search_defaults();
kn_partner_options partner_defaults();
kn_local_options local_defaults();
kn_network_options network_defaults();
kn_network_rows network_rows_defaults();
kn_measure_options measure_defaults();
kn_save_network_options save_network_defaults();
kn_match_options match_defaults();
kn_import_options import_defaults();
kn_quarantine_options quarantine_defaults();
kn_export_options export_defaults();
kn_lineage_options lineage_defaults();
kn_replication_times_options replication_times_defaults();

/// Fails for what is no kind of record.
RecordKind kind_in(int32_t kind);
PartialDate date_in(const kn_date& date);
std::vector<std::string> list_in(const kn_string* codes, uint64_t count, const char* name);

}  // namespace koinon::c
