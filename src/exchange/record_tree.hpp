// SPDX-License-Identifier: Apache-2.0
//
// The reading half of record_json.hpp for callers inside this room that hold a parsed tree already.
#pragma once

#include <nlohmann/json.hpp>

#include "exchange/record_json.hpp"

namespace koinon::exchange {

using JsonTree = nlohmann::ordered_json;

Decoded from_tree(RecordKind kind, const JsonTree& tree);

/// Whether the text opens more than depth_limit brackets at once. O(n), before any parsing.
bool nested_too_deep(std::string_view json);

}  // namespace koinon::exchange
