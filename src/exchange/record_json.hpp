// SPDX-License-Identifier: Apache-2.0
//
// The canonical JSON of a record: fields in the order of domain/fields.hpp, absent ones left out,
// no blanks. Equal records give equal bytes, so stored bodies can be compared as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"

namespace koinon::exchange {

std::string to_json(const Record& record);

struct Decoded {
  Record record;
  std::vector<Violation> violations;  // of form: bad_json, unknown_field, wrong_type, bad_date ...
};

/// Never throws on bad input: whatever could not be taken is a violation with its path.
Decoded from_json(RecordKind kind, std::string_view json);

/// The same without `participations`, which are most of a large record and are passed over unread:
/// for who wants its title or its period. Of a text that to_json() did not write it may take them
/// in. O(length), a tenth of the time where there are hundreds.
Decoded heading_from_json(RecordKind kind, std::string_view json);

/// Appends `text`, which must be UTF-8, as a JSON string.
void append_json_string(std::string& out, std::string_view text);

}  // namespace koinon::exchange
