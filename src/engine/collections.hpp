// SPDX-License-Identifier: Apache-2.0
//
// One record's completeness, and collections of good practices.
#pragma once

#include <cstddef>
#include <string>

#include "koinon/care.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Throws Error(NotFound, Erased, InvalidArgument).
CompletenessReport completeness_report(const std::string& id, store::Reader& reader);

/// Collections after one of this id, at most `limit`.
Collections collections(const std::string& after, std::size_t limit, store::Reader& reader);

}  // namespace koinon::engine
