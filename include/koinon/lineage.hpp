// SPDX-License-Identifier: Apache-2.0
//
// What the replications of a catalogue say together: docs/reference/lineage.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

struct LineageRequest {
  /// The lineage as of the end of this day, month or year: without replications that are surely
  /// later, by their own date or since their parent came to be later. None: all of it.
  PartialDate as_of;
  bool undated = true;             // false: without replications whose date was not told
  std::vector<std::string> kinds;  // replication-kinds that count; empty: any, told or not
  bool wait = true;                // false: ErrorCode::Busy while the view is being built
};

/// Whether a replication went along an earlier partnership. The organisations of an initiative are
/// those that lead or take part in its case studies.
enum class PartnershipBefore : std::uint8_t {
  Unknown,  // no organisation is known on one side, or no day that it happened on or after
  None,     // the organisations are known, and nothing that they did together before
  Same,     // an organisation stands on both sides, and no two of them are known to have met before
  Earlier,  // one of each side took part in a record that surely began before the replication
};

/// "unknown", "none", "same", "earlier".
const char* partnership_before_name(PartnershipBefore how);

struct LineageInitiative {
  std::string id;
  std::string name;            // its first; "" where there is none
  bool present = false;        // false: replications name it, and there is no such initiative now
  std::uint32_t nearest = 0;   // generations from the one asked about: the fewest replications,
  std::uint32_t farthest = 0;  // and the most
  /// Of its origin, and of the places of its case studies but seats and partners'; sorted.
  std::vector<std::string> countries;
};

/// One replication, between two initiatives of the answer.
struct LineageReplication {
  std::string id;  // of the record
  std::string parent;
  std::string child;
  std::string kind;
  PartialDate date;
  LangText changes;
  std::optional<Share> fidelity;
  std::optional<Share> confidence;
  LangText evidence;
  std::vector<std::string> links;
  PartnershipBefore partnership = PartnershipBefore::Unknown;
  /// A longer chain of replications leads from parent to child as well: what a drawing may leave
  /// out (it is not in the transitive reduction).
  bool implied = false;
};

/// The initiatives that are as many replications away at least.
struct LineageGeneration {
  std::uint32_t generation = 0;  // 0: the initiative itself
  std::uint64_t initiatives = 0;
  std::vector<std::string> countries;      // sorted
  std::vector<std::string> new_countries;  // those of no generation before
};

struct Lineage {
  std::uint64_t change = 0;
  LineageInitiative initiative;
  std::vector<LineageInitiative> ancestors;      // by nearest, then id
  std::vector<LineageInitiative> descendants;    // by nearest, then id
  std::vector<LineageReplication> replications;  // a parent's after those that led to it
  std::uint64_t direct = 0;                      // initiatives that replicate it themselves
  std::uint64_t total = 0;                       // descendants
  std::uint32_t depth = 0;                       // replications of the longest chain below it
  std::vector<std::string> countries;            // of its descendants: sorted
  std::vector<LineageGeneration> generations;    // itself, and its descendants by `nearest`
  /// Replications below it by PartnershipBefore, in the order of that.
  std::vector<std::uint64_t> partnerships = {0, 0, 0, 0};
  /// Earlier / (None + Same + Earlier); nothing where all are unknown.
  std::optional<double> along_partnership;
};

struct ReplicationTimesRequest {
  /// Needed: what is known until the end of this day, month or year counts, and initiatives without
  /// a replication until then are censored there. Nothing here reads a clock.
  PartialDate as_of;
  std::vector<std::string> countries;  // of the initiative, as LineageInitiative::countries
  std::vector<std::string> themes;     // of its case studies
  std::vector<std::string> kinds;      // replication-kinds that count as one; empty: any
  bool wait = true;                    // false: ErrorCode::Busy while the view is being built
};

/// One initiative whose time is known, or known to be longer.
struct ReplicationTime {
  std::string id;
  PartialDate start;        // as told
  PartialDate first;        // the replication that ended the wait; none where censored
  std::uint32_t days = 0;   // until that, or until the end of `as_of`
  bool replicated = false;  // false: censored
};

/// The curve from the end of a day on which any time ended or was censored.
struct SurvivalPoint {
  std::uint32_t days = 0;
  std::uint64_t at_risk = 0;     // just before
  std::uint64_t replicated = 0;  // on it
  std::uint64_t censored = 0;    // on it, after those
  double survival = 1;           // share not yet replicated
  double variance = 0;           // Greenwood's; NaN, as the interval, once survival is 0
  double lower = 1;              // 95 % interval, by log(-log)
  double upper = 1;
};

/// Times to the first replication, of which some have not ended yet: E. L. Kaplan and P. Meier,
/// "Nonparametric estimation from incomplete observations", 1958.
///
/// A time starts with the earliest replication into the initiative whose date is told; without one,
/// with the earliest start of a case study or project of it. It ends with the earliest dated
/// replication of it. A month or a year counts as its first day; `rough` says how often.
struct ReplicationTimes {
  std::uint64_t change = 0;
  std::vector<ReplicationTime> times;   // by id
  std::vector<SurvivalPoint> curve;     // by days; empty without times
  std::optional<std::uint32_t> median;  // first day on which survival is 0.5 or less
  std::uint64_t undated = 0;            // left out: no start is known
  std::uint64_t later = 0;              // left out: they start after `as_of`
  std::uint64_t contradictory = 0;      // left out: a replication surely lies before their start
  /// Left out: replicated, but no replication has a date.
  std::uint64_t undated_replications = 0;
  std::uint64_t rough = 0;  // of `times`, with a date that names no day
};

}  // namespace koinon
