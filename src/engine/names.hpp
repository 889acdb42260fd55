// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What people call the record: its first title or name, else its initiative's, else an identifier
/// or code; empty when it has none of them. A replication is called by its initiatives, "A → B".
std::string title_of(const Record& record, store::Reader& reader);

/// The same of an organisation: its first name, else its first identifier; or "".
std::string name_of(const Organisation& organisation);

/// The country of an organisation's first address, or "".
std::string country_of(const Record& record);

/// What an organisation says that it can do: its offers, and its tags of the scheme "capability".
std::vector<std::string> capabilities_of(const Organisation& organisation);

/// "an organisation", "a project": for messages.
std::string a_kind(RecordKind kind);

}  // namespace koinon::engine
