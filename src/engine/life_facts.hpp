// SPDX-License-Identifier: Apache-2.0
//
// What the guards of life cycles ask, out of the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "koinon/eligibility.hpp"
#include "koinon/life_cycle.hpp"
#include "programme/facts.hpp"
#include "programme/life_cycle.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// A present record that lives by a table.
struct LivingRecord {
  store::RecordRow row;
  Record record;
  const programme::LifeCycle* table = nullptr;
};

/// Errors: NotFound, Erased, InvalidArgument (records of its kind have no life cycle).
LivingRecord living_record(store::Reader& reader, const std::string& id);

/// The day of a moment, counted from 1970-01-01.
std::int32_t day_of(Timestamp at);

/// How a consortium stands to its call, for who asks.
using AskEligibility = std::function<std::optional<EligibilityReport>()>;

/// The facts for steps of a record, found out as guards want to know. `reader` and `living` are
/// borrowed for as long as the facts.
programme::Facts facts_of(const LivingRecord& living, const Actor& actor, Timestamp now,
                          store::Reader& reader, AskEligibility eligibility);

/// A programme with the calls that draw on it and their awards, read one by one; nothing where
/// there is no such programme. O(awards).
std::optional<programme::ProgrammeMoney> programme_money(store::Reader& reader,
                                                         const std::string& id);

/// The same with the sums that the store keeps: `call`, where it is told, with its awards summed,
/// and the other calls summed too, save those under way with awards in another currency than they
/// plan in, where the programme tells rates. O(currencies), with rates O(calls); in a file of an
/// earlier version, which is opened for reading alone, as above.
std::optional<programme::ProgrammeMoney> programme_sums(store::Reader& reader,
                                                        const std::string& id,
                                                        const std::string& call = {});

/// The request that holds a consortium to the rules of its call: its members, and what its bid asks
/// for. Nothing where it names no call that is there.
std::optional<EligibilityRequest> eligibility_request(store::Reader& reader, const std::string& id,
                                                      const Consortium& consortium);

/// The actor with the code of the country that it names. Errors: InvalidArgument.
Actor known_actor(const Actor& told);

}  // namespace koinon::engine
