// SPDX-License-Identifier: Apache-2.0
//
// Search requests and structured questions as JSON: docs/reference/search-request.md describes the
// form.
#pragma once

#include <string>
#include <string_view>

#include "koinon/search.hpp"

namespace koinon::exchange {

/// Only what differs from an empty request.
std::string to_json(const SearchRequest& request);

/// Throws Error(InvalidArgument) with a violation for everything that is wrong: no JSON, no object,
/// an unknown field, a value of another kind or out of range.
SearchRequest request_from_json(std::string_view json);

}  // namespace koinon::exchange
