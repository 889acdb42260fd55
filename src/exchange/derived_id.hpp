// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "koinon/records.hpp"

namespace koinon::exchange {

/// The id of a record that a source knows by `keys`: "org-" and sixteen base-32 characters (80 bits
/// of XXH3-128 over kind and keys, each with its length). The same source row gives the same id in
/// every catalogue, which makes imports idempotent and mirrors comparable. `salt` is for the case
/// that two sources meet in one id.
std::string derived_id(RecordKind kind, std::initializer_list<std::string_view> keys,
                       unsigned salt = 0);

/// 32 hexadecimal digits of XXH3-128.
std::string content_hash(std::string_view bytes);

}  // namespace koinon::exchange
