// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace koinon::exchange {

/// Where an object of the text has a name a second time, of which a parser keeps one: the path,
/// such as "rules[0].parameters.minimum"; "" where nothing is told twice. `json` is JSON that was
/// parsed. O(its length).
std::string told_twice(std::string_view json);

}  // namespace koinon::exchange
