// SPDX-License-Identifier: Apache-2.0
//
// Whether the design of a social experiment is complete, and whether it can reach the level of
// evidence that it claims.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// What a design lacks, or claims in vain.
struct DesignFinding {
  std::string field;   // of the experiment: "comparison"
  std::string code;    // "missing", "level_out_of_reach" ...; stable, for programs
  std::string reason;  // for people
  std::string help;    // what would help, for people
};

struct DesignReport {
  std::uint64_t change = 0;  // of the catalogue that the answer is of
  std::string id;
  std::string claimed;                  // vocabulary maryland-scale, "" where none is claimed
  std::string reachable;                // the highest that the features can reach; "" without any
  std::vector<DesignFinding> findings;  // none: complete, and the level is within reach
};

/// As the C API gives it.
std::string to_json(const DesignReport& report);

}  // namespace koinon
