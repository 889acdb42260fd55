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

/// The records from which this one is asked for backwards, such as the calls of a programme or the
/// pilots of a method: distinct, sorted. Participations in cases and projects are not among them.
std::vector<std::string> linked_records(const Record& record);

/// Puts `to` in the place of each reference to `from`; true when there was one.
bool replace_reference(Record& record, std::string_view from, std::string_view to);

/// Takes out every reference to `id`: single fields become empty, list entries that name it
/// go, structures in lists where it is required as well. True when there was one. Where the record
/// itself requires it, such as the initiative of a case study, it makes no sense without:
/// `orphaned` then says so.
bool drop_reference(Record& record, std::string_view id, bool& orphaned);

/// The sources of a record; null where its kind has none.
const std::vector<SourceRecord>* sources_of(const Record& record);

}  // namespace koinon::domain
