// SPDX-License-Identifier: Apache-2.0
//
// What shows that something works, from what the catalogue holds.
#pragma once

#include <string>
#include <vector>

#include "koinon/evidence.hpp"
#include "koinon/search.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Throws Error(NotFound, Erased, InvalidArgument).
EvidenceReport evidence_of(const std::string& id, store::Reader& reader);
MethodReport method_report(const std::string& id, store::Reader& reader);

/// Adds what a case study tells of its uses of a method, in its order.
void add_uses(const std::string& id, const CaseStudy& study, const std::string& method,
              store::Reader& reader, std::vector<MethodUseShown>& uses);

}  // namespace koinon::engine
