// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::domain {

/// Adds to `into` what `from` knows more: lists grow by entries that are not in them yet, single
/// fields are filled where nothing was told, nothing told is overwritten. Identifiers count as the
/// same by scheme and value, sources by portal and local id (then the newer hash is taken). False,
/// and nothing done, when the two are of different kinds. Applying it twice is the same as once.
/// O(n * m) in the lengths of the lists.
bool merge_union(Record& into, const Record& from);

/// Every record id that the record refers to, in order, with repetitions.
std::vector<std::string> references(const Record& record);

/// Puts `to` in the place of each reference to `from`; true when there was one.
bool replace_reference(Record& record, std::string_view from, std::string_view to);

/// Takes out every reference to `id`: single fields become empty, list entries and participations
/// or statements that name it go. True when there was one. A case study's initiative, both sides
/// of a match decision and both ends of a replication cannot go: they make the record meaningless,
/// which `orphaned` then says.
bool drop_reference(Record& record, std::string_view id, bool& orphaned);

/// The sources of any record but a match decision, which has none.
const std::vector<SourceRecord>* sources_of(const Record& record);

}  // namespace koinon::domain
