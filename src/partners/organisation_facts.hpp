// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::partners {

/// What is known of one organisation as one source has it. All of it may be empty or wrong.
struct OrganisationFacts {
  std::vector<std::string> names;  // in any language, aliases too; any bytes
  std::vector<Identifier> identifiers;
  std::string country;     // vocabulary countries, or an ISO 3166-1 code of two letters
  std::string city;        // as written
  std::string kind;        // vocabulary organisation-kinds
  std::string legal_form;  // as written, where the source keeps it apart from the name
  double stake = 1;        // how much hangs on it: participations, money; at least 0
};

/// What the record of an organisation tells: its names and aliases but for those that a source
/// withheld ("withheld-" and whatever follows), its first address.
OrganisationFacts facts_of(const Organisation& organisation);

/// Long loops call it now and then with the steps done and the steps in all. What it throws ends
/// the work and reaches the caller.
using Step = std::function<void(std::uint64_t done, std::uint64_t total)>;

}  // namespace koinon::partners
