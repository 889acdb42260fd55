// SPDX-License-Identifier: Apache-2.0
//
// The whole C++ API.
#pragma once

#include "koinon/care.hpp"
#include "koinon/catalogue.hpp"
#include "koinon/centres.hpp"
#include "koinon/communities.hpp"
#include "koinon/differences.hpp"
#include "koinon/error.hpp"
#include "koinon/evidence.hpp"
#include "koinon/experiment.hpp"
#include "koinon/life_cycle.hpp"
#include "koinon/lineage.hpp"
#include "koinon/neighbourhood.hpp"
#include "koinon/network.hpp"
#include "koinon/network_files.hpp"
#include "koinon/outcome.hpp"
#include "koinon/partners.hpp"
#include "koinon/peers.hpp"
#include "koinon/progress.hpp"
#include "koinon/recommend.hpp"
#include "koinon/record_fields.hpp"
#include "koinon/records.hpp"
#include "koinon/report.hpp"
#include "koinon/search.hpp"
#include "koinon/thesaurus.hpp"
