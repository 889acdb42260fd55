// SPDX-License-Identifier: Apache-2.0
//
// What shows that something works, from what the catalogue holds.
#pragma once

#include <string>

#include "koinon/evidence.hpp"
#include "koinon/search.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Throws Error(NotFound, Erased, InvalidArgument).
EvidenceReport evidence_of(const std::string& id, store::Reader& reader);
MethodReport method_report(const std::string& id, store::Reader& reader);

/// The standard of a method, the cases that used it: at most `limit` of these, those of `country`
/// first.
Grade method_standard(const std::string& id, const Method& method, store::Reader& reader);
std::vector<MethodUseShown> uses_of(const std::string& method, const std::string& country,
                                    std::size_t limit, store::Reader& reader);

/// The last of those that each supersede the one before; "" where there is none that is present.
/// Of a circle "" as well.
std::string successor_of(const std::string& id, const Method& method, store::Reader& reader);

}  // namespace koinon::engine
