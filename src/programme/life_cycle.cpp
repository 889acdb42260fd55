// SPDX-License-Identifier: Apache-2.0
#include "programme/life_cycle.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/embedded.hpp"
#include "domain/kinds.hpp"

namespace koinon::programme {

namespace {

using Json = nlohmann::json;

constexpr std::string_view folder = "life_cycles/";

RecordKind kind_named(const std::string& name) {
  const auto found = std::find(domain::kind_names.begin(), domain::kind_names.end(), name);
  return static_cast<RecordKind>(found - domain::kind_names.begin());
}

Edge edge_of(const Json& told) {
  Edge edge;
  edge.from = told.at("from").get<std::string>();
  edge.to = told.at("to").get<std::string>();
  edge.name = told.at("name").get<std::string>();
  for (const auto& [language, text] : told.at("labels").items())
    edge.labels.push_back({language, text.get<std::string>()});
  edge.guards = told.at("guards").get<std::vector<std::string>>();
  edge.asks = told.at("asks").get<std::vector<std::string>>();
  return edge;
}

LifeCycle table_of(std::string_view json) {
  const Json file = Json::parse(json);
  LifeCycle table;
  table.name = file.at("name").get<std::string>();
  for (const Json& kind : file.at("kinds")) table.kinds.push_back(kind_named(kind));
  table.states = file.at("states").get<std::string>();
  table.initial = file.at("initial").get<std::string>();
  table.terminal = file.at("terminal").get<std::vector<std::string>>();
  for (const Json& edge : file.at("edges")) table.edges.push_back(edge_of(edge));
  table.json = json;
  return table;
}

// No hyphen may stand in the name of a state there.
std::string node(std::string_view state) {
  std::string name(state);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace

const Edge* LifeCycle::edge(std::string_view from, std::string_view to) const {
  for (const Edge& each : edges) {
    if (each.from == from && each.to == to) return &each;
  }
  return nullptr;
}

std::vector<const Edge*> LifeCycle::out_of(std::string_view state) const {
  std::vector<const Edge*> found;
  for (const Edge& each : edges) {
    if (each.from == state) found.push_back(&each);
  }
  return found;
}

bool LifeCycle::is_terminal(std::string_view state) const {
  return std::find(terminal.begin(), terminal.end(), state) != terminal.end();
}

const std::vector<LifeCycle>& life_cycles() {
  static const std::vector<LifeCycle> tables = [] {
    std::vector<LifeCycle> loaded;
    const data::EmbeddedTable files = data::embedded_table();
    for (std::size_t i = 0; i < files.size; ++i) {
      const data::EmbeddedRange& file = files.rows[i];
      if (std::string_view(file.name).substr(0, folder.size()) == folder)
        loaded.push_back(table_of({file.begin, static_cast<std::size_t>(file.end - file.begin)}));
    }
    return loaded;
  }();
  return tables;
}

const LifeCycle* life_cycle(std::string_view name) {
  for (const LifeCycle& table : life_cycles()) {
    if (table.name == name) return &table;
  }
  for (const LifeCycle& table : life_cycles()) {
    for (const RecordKind kind : table.kinds) {
      if (domain::kind_names[static_cast<std::size_t>(kind)] == name) return &table;
    }
  }
  return nullptr;
}

const LifeCycle* life_cycle_of(RecordKind kind) {
  for (const LifeCycle& table : life_cycles()) {
    if (std::find(table.kinds.begin(), table.kinds.end(), kind) != table.kinds.end()) return &table;
  }
  return nullptr;
}

const LifeCycle* life_cycle_in(std::string_view states) {
  for (const LifeCycle& table : life_cycles()) {
    if (table.states == states) return &table;
  }
  return nullptr;
}

std::string label_of(const Edge& edge, std::string_view language) {
  std::string english = edge.name;
  for (const data::Label& label : edge.labels) {
    if (label.language == language) return label.text;
    if (label.language == "en") english = label.text;
  }
  return english;
}

std::string diagram(const LifeCycle& table) {
  std::string text = "stateDiagram-v2\n";
  for (const data::Entry& state : data::vocabulary(table.states)->entries()) {
    text += "  state \"" + data::label(table.states, state.code, "en") + "\" as " +
            node(state.code) + '\n';
  }
  text += "  [*] --> " + node(table.initial) + '\n';
  for (const Edge& edge : table.edges)
    text += "  " + node(edge.from) + " --> " + node(edge.to) + ": " + label_of(edge, "en") + '\n';
  for (const std::string& state : table.terminal) text += "  " + node(state) + " --> [*]\n";
  return text;
}

}  // namespace koinon::programme
