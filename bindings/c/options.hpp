// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "c/boundary.hpp"
#include "koinon/koinon.hpp"

namespace koinon::c {

kn_open_options open_defaults();
kn_write_options write_defaults();
kn_search_options search_defaults();
kn_partner_options partner_defaults();
kn_local_options local_defaults();
kn_network_options network_defaults();
kn_measure_options measure_defaults();
kn_import_options import_defaults();
kn_quarantine_options quarantine_defaults();
kn_export_options export_defaults();

}  // namespace koinon::c
