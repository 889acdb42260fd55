// SPDX-License-Identifier: Apache-2.0
//
// The care of records: how complete they are, which of them have gone stale or contradict
// themselves, in which languages a case is told, and collections of good practices
// (docs/reference/care-of-cases.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// A group of fields that answer one question about a record.
struct FieldGroup {
  std::string group;  // "checklist", "place-and-time" ...: codes of src/data/care/completeness.tsv
  double weight = 0;  // among groups
  double share = 0;   // 0 to 1: of its fields, by their weights, those that are answered
  std::vector<std::string> answered;
  std::vector<std::string> missing;
};

/// One language that a record is told in.
struct LanguageVersion {
  std::string language;
  /// "whole": every text that the record has in any language; "part": some of them; "machine": all
  /// that there is in it was translated by machine, whole or in part.
  std::string state;
  std::vector<std::string> original;  // fields
  std::vector<std::string> machine;
  std::vector<std::string> lacking;  // fields that other languages have
};

struct CompletenessReport {
  std::uint64_t change = 0;
  std::string id;
  std::string kind;
  std::string title;
  double share = 0;  // 0 to 1: of its groups, by their weights
  std::vector<FieldGroup> groups;
  std::vector<LanguageVersion> languages;  // by language
};

/// Cases by how complete they are, least first.
struct IncompleteRequest {
  double below = 1;  // only those whose share is less; 0 to 1
  std::size_t limit = 100;
  std::size_t offset = 0;
  bool wait = true;  // false: ErrorCode::Busy while the view is being built
};

struct IncompleteCase {
  std::string id;
  std::string title;
  std::string state;
  double share = 0;
};

struct IncompleteAnswer {
  std::uint64_t change = 0;
  std::uint64_t records = 0;          // cases looked at
  std::uint64_t total = 0;            // below the share
  double mean = 0;                    // share of all cases; 0 where there are none
  std::vector<IncompleteCase> cases;  // by share, then id
};

/// What to look for, as of a day.
struct StaleRequest {
  PartialDate as_of;                     // must be told
  std::vector<std::string> codes;        // findings of these alone; empty: any
  std::uint32_t not_updated_days = 730;  // a published case that nobody touched for longer
  std::uint32_t in_review_days = 180;    // a case that lies in one state of review for longer
  std::uint32_t over_days = 1826;  // a case whose period is over for longer, and nobody says what
                                   // became of it
  std::size_t limit = 100;
  std::size_t offset = 0;
  bool wait = true;
};

/// What is wrong with a case. Codes: "ended-but-running", "begun-but-planned",
/// "not-begun-but-running", "not-over-but-ended", "period-backwards", "dead-period", "not-updated",
/// "in-review", "lead-removed", "project-removed", "project-outside".
struct StaleFinding {
  std::string id;
  std::string title;
  std::string state;
  std::string code;
  std::string field;   // that it is about
  std::string reason;  // for people
  PartialDate since;   // since when it is so, as far as that is known
  std::string other;   // id of another record concerned, or ""
};

struct StaleCount {
  std::string code;
  std::uint64_t findings = 0;
};

struct StaleAnswer {
  std::uint64_t change = 0;
  PartialDate as_of;
  std::uint64_t records = 0;           // cases looked at
  std::uint64_t total = 0;             // findings in all
  std::vector<StaleCount> counts;      // of each code that was looked for, in the order above
  std::vector<StaleFinding> findings;  // by case, then in the order above
};

struct CollectedCase {
  std::string id;
  std::string title;
  std::string state;
  bool present = false;
};

struct CollectionShown {
  std::string id;
  std::string title;
  LangText introduction;
  std::string curator;
  std::string curator_name;
  PartialDate date;
  std::vector<CollectedCase> cases;  // in their order
};

struct Collections {
  std::uint64_t change = 0;
  std::vector<CollectionShown> collections;  // by id
  std::string next;  // give it as `after` for the next page; "" after the last
};

/// Answers as the C API gives them.
std::string to_json(const CompletenessReport& report);
std::string to_json(const IncompleteAnswer& answer);
std::string to_json(const StaleAnswer& answer);
std::string to_json(const Collections& collections);

}  // namespace koinon
