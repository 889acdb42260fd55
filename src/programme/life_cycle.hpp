// SPDX-License-Identifier: Apache-2.0
//
// The tables of life cycles that the build embeds (src/data/life_cycles): states, and the steps
// between them with what guards them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/vocabulary.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

struct Edge {
  std::string from;
  std::string to;
  std::string name;
  std::vector<data::Label> labels;
  std::vector<std::string> guards;  // of guards.hpp
  std::vector<std::string> asks;    // fields of the step that must be told
};

/// One table. Immutable after loading; safe to read from any thread.
struct LifeCycle {
  std::string name;
  std::vector<RecordKind> kinds;  // that live by it
  std::string states;             // vocabulary
  std::string initial;
  std::vector<std::string> terminal;
  std::vector<Edge> edges;
  std::string_view json;  // the file

  /// Null where no step leads there. O(edges), which are a dozen or two.
  const Edge* edge(std::string_view from, std::string_view to) const;
  /// Steps out of a state, in the order of the table.
  std::vector<const Edge*> out_of(std::string_view state) const;
  bool is_terminal(std::string_view state) const;
};

/// All tables, by name.
const std::vector<LifeCycle>& life_cycles();
/// By its own name, or that of a kind that lives by it; null when there is none.
const LifeCycle* life_cycle(std::string_view name);
const LifeCycle* life_cycle_of(RecordKind kind);
/// The one whose states are this vocabulary; null when there is none.
const LifeCycle* life_cycle_in(std::string_view states);

/// The label of an edge in `language`, else in English.
std::string label_of(const Edge& edge, std::string_view language);

/// A Mermaid state diagram: https://mermaid.js.org/syntax/stateDiagram.html
std::string diagram(const LifeCycle& table);

}  // namespace koinon::programme
