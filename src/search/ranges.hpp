// SPDX-License-Identifier: Apache-2.0
//
// Limits of number fields as people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "index/query.hpp"
#include "search/fields.hpp"

namespace koinon::search {

/// "2020", "2020-06" and "2020-06-30" of a date, "1250.50" of money in euros; "" is no limit.
/// Nothing where a limit has another form. Records whose dates have unknown parts count as lying at
/// the beginning of what they tell.
std::optional<index::NumberFilter> range_of(NumberField field, std::string_view least,
                                            std::string_view greatest);

/// The next value after, or with `before` the last one before, a limit: what makes > of >=. Nothing
/// where the limit has another form, or there is none.
std::optional<std::string> neighbour_of(NumberField field, std::string_view limit, bool before);

}  // namespace koinon::search
