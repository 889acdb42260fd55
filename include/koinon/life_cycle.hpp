// SPDX-License-Identifier: Apache-2.0
//
// The lives of records: which steps a case study, a method, a call, a consortium, a bid, an
// experiment or a contribution may take, who may take them and when. Tables of states and steps are
// data; docs/reference/life-cycles.md shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// Who calls in whose name: as they stand in a step.
struct Actor {
  std::string by;       // a host's own key; "clock" for what the clock does
  std::string country;  // that they speak for: a code, or a name
};

/// Why a step cannot be taken.
struct Refusal {
  std::string guard;   // as the table names it: "not-the-author"
  std::string code;    // "author", "checklist_results" ...; stable, for programs
  std::string reason;  // for people
  std::string help;    // what would help, for people
};

/// A step out of the present state.
struct NextStep {
  std::string to;
  std::string name;   // of the edge: "publish"
  std::string label;  // for people, in the language asked for
  bool allowed = false;
  std::vector<Refusal> refusals;    // empty where it is allowed
  std::vector<std::string> asks;    // what the step must be told besides: "reason"
  std::vector<std::string> guards;  // that were asked
};

struct NextSteps {
  std::uint64_t change = 0;  // of the catalogue that the answer is of
  std::string id;
  std::uint64_t version = 0;
  std::string life_cycle;       // "case-study"
  std::string states;           // the vocabulary of its states
  std::string state;            // the initial one where the record tells none
  std::vector<NextStep> steps;  // in the order of the table; none out of a terminal state
};

/// A step to take.
struct Transition {
  std::string id;
  std::string to;
  std::string by;       // must be told
  std::string country;  // that they speak for
  std::string reason;
  /// Refuse with ErrorCode::Conflict unless this is the present version.
  std::optional<std::uint64_t> expected_version;
  /// When it happened, if not now: neither before the last step nor after now. Guards look at the
  /// day of this moment.
  std::optional<Timestamp> at;
};

/// A step that was taken.
struct Moved {
  std::string id;
  std::uint64_t version = 0;
  std::uint64_t change = 0;
  LifeStep step;
};

/// A call that the clock would move and that a guard holds back.
struct HeldCall {
  std::string id;
  std::string to;
  std::vector<Refusal> refusals;
};

struct AdvancedCalls {
  std::uint64_t change = 0;  // the latest journal entry of it; 0 where nothing moved
  Timestamp now = 0;         // the moment that counted
  std::vector<Moved> moved;  // by id, each step by itself
  std::vector<HeldCall> held;
};

/// The names of the tables: "bid", "call", "case-study" ...
std::vector<std::string> life_cycle_names();
/// A table as JSON: {"name","title","kinds","states","initial","terminal","edges":[{"from","to",
/// "name","labels","guards","asks"}]}. `name`: of the table, or of a kind of record that lives by
/// it. Errors: NotFound.
std::string life_cycle(std::string_view name);
/// The same as a Mermaid state diagram. Errors: NotFound.
std::string life_cycle_diagram(std::string_view name);

/// As the C API gives them.
std::string to_json(const NextSteps& steps);
std::string to_json(const Moved& moved);
std::string to_json(const AdvancedCalls& advanced);
/// {"id","to","by","country","reason","expected_version","at"}. Errors: InvalidArgument, with a
/// violation for everything that is wrong.
Transition transition_from_json(std::string_view json);

}  // namespace koinon
