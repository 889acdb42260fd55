// SPDX-License-Identifier: Apache-2.0
#include "engine/lineage_guard.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "domain/date.hpp"
#include "domain/kinds.hpp"
#include "exchange/record_json.hpp"
#include "graph/lineage.hpp"

namespace koinon::engine {

namespace {

using store::ReplicationRow;

bool same(const ReplicationRow& a, const ReplicationRow& b) {
  return a.parent == b.parent && a.child == b.child && a.date.year == b.date.year &&
         a.date.month == b.date.month && a.date.day == b.date.day;
}

// A lineage as a graph, and back from its numbers to records.
class Numbered {
 public:
  std::uint32_t number(const std::string& initiative) {
    const auto [place, fresh] =
        numbers_.emplace(initiative, static_cast<std::uint32_t>(ids_.size()));
    if (fresh) ids_.push_back(initiative);
    return place->second;
  }

  graph::LineageGraph graph(const std::vector<ReplicationRow>& rows) {
    std::vector<graph::LineageEdge> edges;
    edges.reserve(rows.size());
    for (const ReplicationRow& row : rows) {
      graph::LineageEdge edge{number(row.parent), number(row.child)};
      if (row.date) {
        edge.first_day = domain::first_day(row.date);
        edge.last_day = domain::last_day(row.date);
      }
      edges.push_back(edge);
    }
    return {static_cast<std::uint32_t>(ids_.size()), edges};
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> ids_;
};

std::string cycle_message(const std::string& path) {
  return "the replications would form a cycle: " + path;
}

std::string travel_message(const std::string& path) {
  return "an initiative would be replicated before it came to be: " + path +
         "; look at the dates, and at which is the parent";
}

std::vector<ReplicationRow> chosen(const std::vector<ReplicationRow>& rows,
                                   const std::vector<std::uint32_t>& numbers) {
  std::vector<ReplicationRow> path;
  for (const std::uint32_t number : numbers) path.push_back(rows[number]);
  return path;
}

}  // namespace

ReplicationRow replication_row(const std::string& id, const Replication& replication) {
  return {id, replication.parent, replication.child, replication.date};
}

ReplicationRow replication_row(const std::string& id, std::string_view body) {
  const auto decoded = exchange::from_json(RecordKind::Replication, body);
  return replication_row(id, std::get<Replication>(decoded.record));
}

// ---- Paths, read aloud --------------------------------------------------------------------------

std::string LineagePath::name(const std::string& id) const {
  const std::string told = ask_(id).name;
  return told.empty() ? id : told + " (" + id + ')';
}

template <class Arrow>
std::string LineagePath::read(const std::vector<ReplicationRow>& path, const Arrow& arrow) const {
  constexpr std::size_t at_each_end = 8;
  std::string text = name(path.front().parent);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path.size() > 2 * at_each_end + 1 && i == at_each_end) {
      const std::size_t left_out = path.size() - 2 * at_each_end;
      text += " … " + std::to_string(left_out) + " more …";
      i += left_out;
    }
    text += ' ' + arrow(path[i]) + ' ' + name(path[i].child);
  }
  return text;
}

std::string LineagePath::cycle(const std::vector<ReplicationRow>& path) const {
  return read(path, [](const ReplicationRow&) { return std::string("→"); });
}

std::string LineagePath::dated(const std::vector<ReplicationRow>& path) const {
  return read(path, [](const ReplicationRow& row) {
    return "–" + (row.date ? domain::format_date(row.date) : std::string("?")) + "→";
  });
}

InitiativeNow named_initiative(RecordKind kind, std::string_view body) {
  if (kind != RecordKind::Initiative) return {kind, {}};
  const auto decoded = exchange::from_json(kind, body);
  const auto& names = std::get<Initiative>(decoded.record).names;
  return {kind, names.empty() ? std::string() : names[0].text};
}

LineageGuard::LineageGuard(store::Reader& reader, AskInitiative ask)
    : reader_(reader), ask_(std::move(ask)), read_(ask_) {}

// ---- What there is -----------------------------------------------------------------------------

std::optional<ReplicationRow> LineageGuard::present(const std::string& id) {
  const auto changed = changed_.find(id);
  return changed != changed_.end() ? changed->second : reader_.replication(id);
}

std::vector<ReplicationRow> LineageGuard::into(const std::string& child) {
  std::vector<ReplicationRow> rows = reader_.replications_into(child);
  const auto overruled = [&](const ReplicationRow& row) { return changed_.count(row.id) > 0; };
  rows.erase(std::remove_if(rows.begin(), rows.end(), overruled), rows.end());
  for (const std::string& id : changed_into_[child]) {
    const auto& row = changed_.at(id);
    if (row && row->child == child) rows.push_back(*row);
  }
  return rows;
}

std::vector<ReplicationRow> LineageGuard::out_of(const std::string& parent) {
  std::vector<ReplicationRow> rows = reader_.replications_of(parent);
  const auto overruled = [&](const ReplicationRow& row) { return changed_.count(row.id) > 0; };
  rows.erase(std::remove_if(rows.begin(), rows.end(), overruled), rows.end());
  for (const std::string& id : changed_of_[parent]) {
    const auto& row = changed_.at(id);
    if (row && row->parent == parent) rows.push_back(*row);
  }
  return rows;
}

// ---- The part that matters ---------------------------------------------------------------------

// As much of the lineage as was walked, before and after the replications in question.
class LineageGuard::Region {
 public:
  Region(LineageGuard& guard, const std::vector<ReplicationRow>& added) : guard_(guard) {
    for (const ReplicationRow& row : added) {
      added_[row.id] = row;
      added_into_[row.child].push_back(row);
      added_of_[row.parent].push_back(row);
    }
  }

  // All that leads to the initiative, itself with it.
  void add_ancestors(const std::string& initiative) {
    std::vector<std::string> waiting = {initiative};
    while (!waiting.empty()) {
      const std::string at = std::move(waiting.back());
      waiting.pop_back();
      if (!climbed_.insert(at).second) continue;
      for (ReplicationRow& row : guard_.into(at)) {
        waiting.push_back(row.parent);
        stored_.push_back(std::move(row));
      }
      for (const ReplicationRow& row : added_into_[at]) waiting.push_back(row.parent);
    }
  }

  void add_descendants(const std::string& initiative) {
    std::vector<std::string> waiting = {initiative};
    while (!waiting.empty()) {
      const std::string at = std::move(waiting.back());
      waiting.pop_back();
      if (!descended_.insert(at).second) continue;
      add_ancestors(at);
      for (const ReplicationRow& row : guard_.out_of(at)) waiting.push_back(row.child);
      for (const ReplicationRow& row : added_of_[at]) waiting.push_back(row.child);
    }
  }

  // The rows found so far, each once, since each lies in the one list of its child.
  const std::vector<ReplicationRow>& before() const { return stored_; }
  std::vector<ReplicationRow> after() const {
    std::vector<ReplicationRow> rows;
    for (const ReplicationRow& row : stored_) {
      if (added_.count(row.id) == 0) rows.push_back(row);
    }
    for (const auto& [id, row] : added_) rows.push_back(row);
    std::sort(rows.begin(), rows.end(),
              [](const ReplicationRow& a, const ReplicationRow& b) { return a.id < b.id; });
    return rows;
  }

 private:
  LineageGuard& guard_;
  std::unordered_map<std::string, ReplicationRow> added_;
  std::unordered_map<std::string, std::vector<ReplicationRow>> added_into_;
  std::unordered_map<std::string, std::vector<ReplicationRow>> added_of_;
  std::unordered_set<std::string> climbed_;
  std::unordered_set<std::string> descended_;
  std::vector<ReplicationRow> stored_;
};

// ---- The rules ---------------------------------------------------------------------------------

void LineageGuard::check_kind(const char* end, const std::string& id,
                              std::vector<Violation>& violations) {
  const auto kind = ask_(id).kind;
  if (!kind || *kind == RecordKind::Initiative) return;
  violations.push_back({end, "bad_reference",
                        "'" + id + "' is a " + domain::kind_names[static_cast<std::size_t>(*kind)] +
                            ", not an initiative"});
}

// One violation: the rows of a cycle would all say the same.
std::vector<Violation> LineageGuard::check_cycles(const std::vector<ReplicationRow>& rows,
                                                  const Region& region) const {
  const std::vector<ReplicationRow> after = region.after();
  Numbered numbered;
  const graph::LineageGraph graph = numbered.graph(after);
  if (graph::find_cycle(graph).empty()) return {};
  for (const ReplicationRow& row : rows) {
    const auto back =
        graph::lineage_path(graph, numbered.number(row.child), numbered.number(row.parent));
    if (back.empty()) continue;
    std::vector<ReplicationRow> path = chosen(after, back);
    path.insert(path.begin(), row);
    return {{"child", "cycle", cycle_message(read_.cycle(path))}};
  }
  throw std::invalid_argument("a cycle that was there before");
}

// What contradicts itself after and did not before.
std::vector<Violation> LineageGuard::check_dates(const std::unordered_set<std::string>& children,
                                                 Region& region) const {
  Numbered numbered;
  const auto days_of = [&](const std::vector<ReplicationRow>& rows) {
    return graph::earliest_days(numbered.graph(rows)).of_vertex;
  };
  const auto before = days_of(region.before());
  const auto after = days_of(region.after());
  const auto at = [](const std::vector<std::int32_t>& days, std::uint32_t vertex) {
    return vertex < days.size() ? days[vertex] : graph::no_day;
  };
  for (const std::string& child : children) {
    const std::uint32_t vertex = numbered.number(child);
    if (at(after, vertex) > at(before, vertex)) region.add_descendants(child);
  }

  std::unordered_map<std::string, const ReplicationRow*> wrong_before;
  for (const graph::TimeTravel& travel : graph::time_travels(numbered.graph(region.before()))) {
    const ReplicationRow& row = region.before()[travel.edge];
    wrong_before[row.id] = &row;
  }
  std::vector<Violation> violations;
  const std::vector<ReplicationRow> rows = region.after();
  for (const graph::TimeTravel& travel : graph::time_travels(numbered.graph(rows))) {
    const ReplicationRow& row = rows[travel.edge];
    const auto was = wrong_before.find(row.id);
    if (was != wrong_before.end() && same(*was->second, row)) continue;
    violations.push_back(
        {"date", "time_travel", travel_message(read_.dated(chosen(rows, travel.path)))});
  }
  return violations;
}

std::vector<Violation> LineageGuard::check(const std::vector<ReplicationRow>& rows, Rules rules) {
  std::vector<Violation> violations;
  Region region(*this, rows);
  std::unordered_set<std::string> children;  // whose earliest day may become later
  for (const ReplicationRow& row : rows) {
    if (rules == Rules::All) {
      check_kind("parent", row.parent, violations);
      check_kind("child", row.child, violations);
    }
    region.add_ancestors(row.parent);
    region.add_ancestors(row.child);
    children.insert(row.child);
    if (const auto was = present(row.id)) {
      region.add_ancestors(was->child);
      children.insert(was->child);
    }
  }
  if (violations.empty()) violations = check_cycles(rows, region);
  if (violations.empty() && rules == Rules::All) violations = check_dates(children, region);
  return violations;
}

std::vector<Violation> LineageGuard::add(const std::vector<ReplicationRow>& rows, Rules rules) {
  try {
    std::vector<Violation> violations = check(rows, rules);
    if (!violations.empty()) return violations;
  } catch (const std::invalid_argument&) {
    throw Error(ErrorCode::Damaged,
                "the replications in the file form a cycle, which no write of ours can have made; "
                "`koinon check` shows it");
  }
  const auto list = [](std::vector<std::string>& ids, const std::string& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  };
  for (const ReplicationRow& row : rows) {
    changed_[row.id] = row;
    list(changed_into_[row.child], row.id);
    list(changed_of_[row.parent], row.id);
  }
  return {};
}

void LineageGuard::forget(const std::string& id) {
  changed_[id] = std::nullopt;
}

std::vector<Finding> lineage_findings(const std::vector<ReplicationRow>& rows,
                                      const AskInitiative& ask) {
  const LineagePath read(ask);
  Numbered numbered;
  const graph::LineageGraph graph = numbered.graph(rows);
  const auto cycle = graph::find_cycle(graph);
  if (!cycle.empty()) {
    const auto path = chosen(rows, cycle);
    return {{path.front().id + ".child", "is part of a cycle: " + read.cycle(path)}};
  }
  std::vector<Finding> findings;
  for (const graph::TimeTravel& travel : graph::time_travels(graph)) {
    findings.push_back({rows[travel.edge].id + ".date", "lies before the parent came to be: " +
                                                            read.dated(chosen(rows, travel.path))});
  }
  return findings;
}

}  // namespace koinon::engine
