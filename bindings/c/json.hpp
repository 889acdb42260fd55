// SPDX-License-Identifier: Apache-2.0
//
// The JSON texts of the C API. Their shapes stand beside the functions in koinon_declarations.h.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "koinon/koinon.hpp"

namespace koinon::c {

using Json = nlohmann::ordered_json;

/// Bytes that are no UTF-8 become U+FFFD: a text that a file brought in never makes a call fail.
std::string dump(const Json& json);

/// `head`, a non-empty object, with one member more whose value is JSON text already. Spares
/// parsing a record only to print it, and keeps its canonical bytes.
std::string dump_with(const Json& head, std::string_view name, std::string_view value);

std::string base64(std::string_view bytes);

/// "2026-11-24T13:00:00.123Z"
std::string format_instant(Timestamp at);
/// "2016", "2016-03", "2016-03-31", or "" for no date.
std::string format_date(PartialDate date);

const char* change_name(ChangeKind what);

/// From 0 to 1, or null.
Json share_json(const std::optional<Share>& share);
Json shared_work_json(const SharedWork& work);
/// {"from","to","strength"} for each.
Json ties_json(const NetworkTies& ties);
/// The same as text, for dump_with(): of millions of ties the task is looked at while it is
/// written. Tells of the stage "text"; throws Error(Cancelled).
std::string ties_text(const NetworkTies& ties, const Task& task);

Json violations_json(const std::vector<Violation>& violations);

}  // namespace koinon::c
