// SPDX-License-Identifier: Apache-2.0
//
// What shows that something works: grades of studies and of innovations, derived from what the
// catalogue holds, each with its reasons; assessments of methods; methods for a problem
// (docs/reference/evidence.md).
//
// Two scales that are never mixed: Maryland grades a study, Nesta's standards grade an innovation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// Why a grade is as it is, or what the next one wants.
struct GradeReason {
  std::string code;                  // "randomised", "independent-replication" ...
  std::string reason;                // for people
  std::vector<std::string> records;  // ids of those concerned, sorted
};

/// A grade on one scale: what the facts give, and what a person put in its place.
struct Grade {
  std::string scale;    // vocabulary maryland-scale or nesta-standards
  std::string derived;  // a code of the scale; "" where the facts give none
  std::optional<GradeOverride> overridden;
  std::string grade;                 // the one that counts: the overriding one where there is one
  std::vector<GradeReason> reasons;  // for the derived one
  std::vector<GradeReason> missing;  // for the next above it; empty at the top
};

/// A study with its level on the Maryland scale.
struct GradedStudy {
  std::string id;
  std::string title;
  std::string about;  // record id
  std::vector<std::string> features;
  std::string independence;
  std::string country;
  PartialDate date;
  bool shows_change = false;  // an effect lies off its baseline, or off 0 where there is none
  Grade maryland;
};

/// What there is to show that a record does what it says.
struct EvidenceReport {
  std::uint64_t change = 0;
  std::string id;
  std::string kind;
  std::string title;
  std::string initiative;             // whose standard it is, where it is that of an initiative
  std::optional<Grade> standard;      // of an initiative, a case study's initiative, or a method
  std::vector<GradedStudy> studies;   // strongest first, then by id
  std::vector<std::string> cases;     // ids that were looked at, sorted
  std::vector<std::string> pilots;    // likewise
  std::vector<std::string> replicas;  // initiatives that replicate it, sorted
};

/// What the assessors of a version say on one criterion.
struct CriterionResult {
  std::string criterion;
  std::size_t assessors = 0;        // who graded it
  double mean = 0;                  // of the grades as numbers, 1 to 5
  std::optional<double> spread;     // standard deviation with n - 1; none of a single grade
  std::vector<std::string> grades;  // as given, in the order of assessors
};

/// Several assessors on one version of a method.
struct AssessmentResult {
  std::string version;
  std::vector<std::string> assessors;  // hosts' own keys, sorted
  std::vector<CriterionResult> criteria;
  /// Krippendorff's alpha for ordinal grades, over the criteria: 1 is full agreement, 0 what chance
  /// would give, below 0 less than that. None where it is not defined: `undefined` says why.
  std::optional<double> agreement;
  std::string undefined;  // "": defined; "no-pairs": nothing graded by two; "no-variation"
};

struct MethodUseShown {
  std::string case_study;
  std::string title;
  std::vector<std::string> countries;
  std::string version;
  LangText effect;
};

struct DisseminationShown {
  std::string id;
  std::string version;
  std::string from;
  std::string from_name;
  std::vector<std::string> to;
  std::vector<std::string> to_names;
  std::string channel;
  std::string language;
  PartialDate date;
};

/// A method with all that is known of it.
struct MethodReport {
  std::uint64_t change = 0;
  std::string id;
  std::string title;
  std::string kind;
  std::string state;
  std::string superseded_by;  // the next, as told
  std::string successor;      // the last of the chain, which is present; "" where none is
  std::string successor_title;
  std::vector<std::string> supersedes;  // methods that name it as theirs, sorted
  std::vector<MethodVersion> versions;
  Grade standard;
  std::vector<AssessmentResult> assessments;       // by version
  std::vector<MethodUseShown> uses;                // by case
  std::vector<DisseminationShown> disseminations;  // latest first
};

/// A problem to find methods for. Something must be asked: a text, themes or target groups.
struct MethodsRequest {
  std::string text;  // UTF-8, in any language of the catalogue
  std::vector<std::string> themes;
  std::vector<std::string> target_groups;
  std::string country;   // where it is to be used: speaks for methods that were used there
  std::string language;  // of the user: speaks for methods that have a version in it
  std::size_t limit = 10;
  std::size_t uses = 3;  // cases shown of each, at most
  bool wait = true;
};

struct FitReason {
  std::string code;  // "text", "themes", "target-groups", "country", "language", "evidence"
  double part = 0;   // 0 to 1: how well it fits in this
  double weight = 0;
  std::vector<std::string> what;  // codes in common, or the words that were found
};

struct MethodFound {
  std::string id;
  std::string title;
  std::string state;
  double score = 0;  // 0 to 1: the weighed mean of the parts that were asked
  std::vector<FitReason> reasons;
  std::string standard;   // grade that counts, "" for none
  std::string successor;  // it is superseded: use this
  std::string successor_title;
  std::vector<MethodUseShown> uses;
};

struct MethodsFound {
  std::uint64_t change = 0;
  std::uint64_t considered = 0;
  std::vector<MethodFound> methods;  // those in force by falling score, then the superseded
};

/// Answers as the C API gives them.
std::string to_json(const EvidenceReport& report);
std::string to_json(const MethodReport& report);
std::string to_json(const MethodsFound& found);

}  // namespace koinon
