// SPDX-License-Identifier: Apache-2.0
//
// Import: a thread reads, converts and validates the next batch while this one writes the last.
#pragma once

#include <string>

#include "exchange/reader.hpp"
#include "koinon/catalogue.hpp"
#include "store/store.hpp"

namespace koinon::engine {

ImportReport import_file(store::Store& store, const std::string& path,
                         const ImportOptions& options);

/// The files of the bundled sample, as one import.
ImportReport import_sample(store::Store& store, const ImportOptions& options);

ImportReport retry_row(store::Store& store, std::uint64_t quarantined,
                       const std::optional<std::string>& mended);

}  // namespace koinon::engine
