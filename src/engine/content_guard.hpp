// SPDX-License-Identifier: Apache-2.0
//
// What an ordinary write may not change, because somebody was to judge it, or has judged it.
#pragma once

#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Holds a write of a bid to what was handed in. While the bid is submitted, another content is
/// handed in anew: it has to pass the guards of that step, the last deadline among them. Once
/// somebody has judged the bid, its content stays. Texts of further languages, and a whole cost
/// that was not told, may be added at any time. A bid without steps is as its source tells it.
std::vector<Violation> keep_content(store::Reader& reader, const store::RecordRow& row,
                                    const Record& before, const Record& after, Timestamp now,
                                    const std::string& by);

/// A published case that no longer answers the checklist goes out of date, by a step that says
/// what is missing: any case may be stored, but none stays published without it. One that did not
/// answer it before stays as it is.
void keep_published(const Record& before, Record& after, Timestamp now, const std::string& by);

}  // namespace koinon::engine
