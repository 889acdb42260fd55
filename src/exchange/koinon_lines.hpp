// SPDX-License-Identifier: Apache-2.0
//
// Koinon's own file: JSON Lines, one record or one journal entry a line.
// docs/reference/koinon-lines.md describes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/reader.hpp"

namespace koinon::exchange {

/// The format "koinon": reads both kinds of file, and lines without a header.
const Format& koinon_lines_format();

/// The first line of a file. Without line ends, as the others.
std::string state_header();
std::string history_header();

/// {"id":…,"kind":…,"version":…,"created":…,"updated":…,"record":{…}}
std::string state_line(std::string_view id, RecordKind kind, std::uint64_t version,
                       Timestamp created, Timestamp updated, std::string_view body);

/// {"n":…,"what":"put",…}: `created` where the first entry of a record is not its first version; a
/// body that was erased is `"erased":true` in place of the record.
std::string history_line(const Change& change, Timestamp created, bool erased);

}  // namespace koinon::exchange
