// SPDX-License-Identifier: Apache-2.0
//
// References that mean an organisation: whose ends must be records of that kind.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "koinon/catalogue.hpp"

namespace koinon::engine {

struct OrganisationEnd {
  std::string path;  // "participations[0].organisation"
  std::string id;
};

/// Of participations, the lead of a case, and the parent and predecessors of an organisation: what
/// is told, in the order of the record. O(references).
std::vector<OrganisationEnd> organisation_ends(const Record& record);

/// The kind of what is present under an id; none where nothing is.
using AskKind = std::function<std::optional<RecordKind>(const std::string& id)>;

/// "bad_reference" for each end that is a record of another kind. An id without a record is none:
/// the record may come later. O(references) questions.
std::vector<Violation> wrong_ends(const Record& record, const AskKind& ask);

/// An organisation and the parent that it tells.
using Parenthood = std::pair<std::string, std::string>;

/// Circles of parents, each once, told of its least id with the way round. O(n log n).
std::vector<Finding> parent_circles(std::span<const Parenthood> parents);

}  // namespace koinon::engine
