// SPDX-License-Identifier: Apache-2.0
//
// The rules of the domain over the vocabularies of the data room, and the clock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"

namespace koinon::engine {

/// What a record by itself may not be. With `id`, that of the record: what it may not be to itself
/// too, such as an organisation its own parent.
std::vector<Violation> check_rules(const Record& record, std::string_view id = {});

/// Whether the code names a theme of the vocabulary, and so needs no record behind it.
bool is_theme(std::string_view code);

/// "3 faults: participations[2].role: …; …" for a message; names at most three.
std::string describe(const std::vector<Violation>& violations);

Timestamp now();
/// By the clock of the machine, in UTC.
PartialDate today();

}  // namespace koinon::engine
