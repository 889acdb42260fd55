// SPDX-License-Identifier: Apache-2.0
//
// The rules that a record must hold to be stored. Completeness is not among them: a record may say
// little, it may not say what cannot be.
#pragma once

#include <vector>

#include "domain/vocabulary.hpp"
#include "koinon/error.hpp"
#include "koinon/records.hpp"

namespace koinon::domain {

/// Every violation, in the order of the fields; empty when the record may be stored. Codes:
/// missing, unknown_code, bad_text, too_long, bad_language, duplicate_language, bad_reference,
/// bad_date, reversed_period, bad_nuts, bad_link, bad_currency, bad_share, bad_coordinate,
/// bad_identifier, duplicate, empty_record, self_reference, bad_amount, bad_deadline,
/// overlapping_membership, bad_rate, other_currency, and of the log of a life broken_chain,
/// no_such_step, reversed_time, state_mismatch. O(size of the record).
std::vector<Violation> validate(const Record& record, const Vocabularies& vocabularies);

}  // namespace koinon::domain
