// SPDX-License-Identifier: Apache-2.0
//
// What is stale in a case study, or contradicts itself. Pure: the engine keeps the facts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/care.hpp"

namespace koinon::programme {

/// In the order in which findings are told.
enum class Stale : std::uint8_t {
  EndedButRunning,
  BegunButPlanned,
  NotBegunButRunning,
  NotOverButEnded,
  PeriodBackwards,
  DeadPeriod,
  NotUpdated,
  InReview,
  LeadRemoved,
  ProjectRemoved,
  ProjectOutside,
};
inline constexpr std::array<const char*, 11> stale_codes = {
    "ended-but-running", "begun-but-planned", "not-begun-but-running", "not-over-but-ended",
    "period-backwards",  "dead-period",       "not-updated",           "in-review",
    "lead-removed",      "project-removed",   "project-outside"};

enum class Running : std::uint8_t { NotTold, Planned, Going, Ended };
Running running_of(const std::string& code);

/// A record that a case names.
struct NamedRecord {
  std::string id;
  bool present = false;
  Period period;  // of a project
};

struct CaseFacts {
  Period period;
  Running running = Running::NotTold;
  bool published = false;
  bool in_review = false;
  std::int32_t updated = 0;           // days since 1970-01-01
  std::int32_t in_state = 0;          // since when, likewise; 0 where no step tells
  const NamedRecord* lead = nullptr;  // null: none is told
  std::vector<const NamedRecord*> projects;
};

/// Days since 1970-01-01 before which, or after which, something is stale.
struct StaleLimits {
  std::int32_t day = 0;
  std::int32_t updated_before = 0;
  std::int32_t in_state_before = 0;
  std::int32_t over_before = 0;
};
/// Throws Error(InvalidArgument): no day, none that there is, a code that there is not.
StaleLimits limits_of(const StaleRequest& request);
/// A bit for each code that is looked for, of a request that limits_of() let pass.
std::uint32_t codes_wanted(const StaleRequest& request);

/// A bit for each code that holds; a code of projects counts once however many there are. O(1 +
/// projects).
std::uint32_t stale_bits(const CaseFacts& facts, const StaleLimits& limits);

/// The finding for people: code, field, reason, since, other.
StaleFinding stale_finding(Stale what, const CaseFacts& facts, const StaleLimits& limits);

}  // namespace koinon::programme
