// SPDX-License-Identifier: Apache-2.0
//
// What came of a call, or of all calls of a programme: projects, cases, replications, countries,
// and what a result cost (docs/reference/outcome.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/communities.hpp"
#include "koinon/records.hpp"

namespace koinon {

struct OutcomeRecord {
  std::string id;
  std::string title;
  std::vector<std::string> countries;  // where it is carried out, or comes from; sorted
};

/// What was awarded in one currency. Currencies are never added up.
struct OutcomeAmount {
  std::string currency;
  std::optional<std::int64_t> minor;  // none where 64 bits do not hold it
  std::uint64_t awards = 0;
};

/// Money per result, in one currency: the awards divided by the number of results, rounded half up
/// to the minor unit. It says nothing of what the money did: other money may be in the same
/// results.
struct OutcomeCost {
  std::string currency;
  std::string result;  // "project", "initiative", "case-study", "replication", "country"
  std::uint64_t results = 0;
  std::int64_t minor = 0;
};

struct Outcome {
  std::uint64_t change = 0;  // the state that it was drawn from
  std::string id;
  std::string kind;  // "call" or "programme"
  std::string title;
  std::vector<std::string> calls;          // ids, sorted: itself, or those of the programme
  std::vector<CodeCount> bids;             // by state, by code; "" where none is told
  std::vector<OutcomeAmount> awarded;      // by currency
  std::vector<OutcomeRecord> projects;     // that name the call, or that an award became; by id
  std::vector<OutcomeRecord> initiatives;  // of these projects
  std::vector<OutcomeRecord> cases;        // about these initiatives, or that name these projects
  std::vector<OutcomeRecord> uptakes;      // of any of these
  std::vector<std::string> replicas;       // initiatives that replicate these, over any generations
  std::vector<std::string> countries;      // of projects, initiatives and cases; sorted
  std::vector<std::string> reached;        // of the replicas, beyond those; sorted
  std::vector<OutcomeCost> costs;          // by currency, then in the order of `result`
};

std::string to_json(const Outcome& outcome);

}  // namespace koinon
