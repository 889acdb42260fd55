// SPDX-License-Identifier: Apache-2.0
//
// What the partnership view says about the lineage of initiatives.
#include "koinon/lineage.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "domain/date.hpp"
#include "engine/graph_view.hpp"
#include "engine/lineage_index.hpp"
#include "exchange/record_json.hpp"
#include "graph/lineage.hpp"
#include "graph/survival.hpp"
#include "koinon/error.hpp"

namespace koinon {

const char* partnership_before_name(PartnershipBefore how) {
  static constexpr std::array<const char*, 4> names = {"unknown", "none", "same", "earlier"};
  return names[static_cast<std::size_t>(how)];
}

}  // namespace koinon

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;
using Members = std::vector<std::uint32_t>;

void check_going_on(const Task& task) {
  if (task.cancel.cancelled()) throw Error(ErrorCode::Cancelled, "cancelled");
}

bool names_one(const Codes& codes, const std::string& code) {
  return codes.empty() || std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool share_one(const Codes& wanted, const Codes& codes) {
  return wanted.empty() || std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
           return std::find(wanted.begin(), wanted.end(), code) != wanted.end();
         });
}

void add_codes(Codes& into, const Codes& codes) {
  into.insert(into.end(), codes.begin(), codes.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

void check_as_of(PartialDate date) {
  if (date && !domain::is_valid(date))
    throw Error(ErrorCode::InvalidArgument, "as_of: there is no such day");
}

// Who worked with whom before.
class Partnerships {
 public:
  Partnerships(const LineageIndex& index, graph::IncidenceView rows) : index_(index), rows_(rows) {}

  PartnershipBefore between(std::uint32_t parent, std::uint32_t child, std::int32_t day) {
    const Members& left = organisations_of(parent);
    const Members& right = organisations_of(child);
    if (left.empty() || right.empty()) return PartnershipBefore::Unknown;
    if (day != graph::no_day &&
        (left.size() < right.size() ? met_before(left, right, day) : met_before(right, left, day)))
      return PartnershipBefore::Earlier;
    Members both;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                          std::back_inserter(both));
    if (!both.empty()) return PartnershipBefore::Same;
    return day == graph::no_day ? PartnershipBefore::Unknown : PartnershipBefore::None;
  }

 private:
  // Sorted, each once.
  const Members& organisations_of(std::uint32_t initiative) {
    const auto [place, fresh] = organisations_.try_emplace(initiative);
    Members& members = place->second;
    if (!fresh) return members;
    for (const std::int64_t record : index_.documents_of(initiative)) {
      const auto work = static_cast<std::uint32_t>(record);
      if (!index_.document(record).case_study || work >= rows_.work_count()) continue;
      for (const graph::WorkRow& row : rows_.members_of(work)) members.push_back(row.member);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
  }

  bool met_before(const Members& few, const Members& many, std::int32_t day) const {
    for (const std::uint32_t one : few) {
      for (const graph::MemberRow& row : rows_.works_of(one)) {
        const PartialDate start = index_.start_of(row.work);
        if (!start || domain::last_day(start) >= day) continue;
        for (const graph::WorkRow& other : rows_.members_of(row.work)) {
          if (other.member != one && std::binary_search(many.begin(), many.end(), other.member))
            return true;
        }
      }
    }
    return false;
  }

  const LineageIndex& index_;
  graph::IncidenceView rows_;
  std::unordered_map<std::uint32_t, Members> organisations_;
};

// The part of the lineage around one initiative, with its vertices by rising id.
class Surroundings {
 public:
  Surroundings(const LineageIndex& index, std::uint32_t initiative, const LineageRequest& request)
      : index_(index), initiatives_(index.region_of(initiative)) {
    std::sort(initiatives_.begin(), initiatives_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return index.id(a) < index.id(b); });
    std::unordered_map<std::uint32_t, std::uint32_t> vertices;
    for (std::uint32_t v = 0; v < initiatives_.size(); ++v) vertices[initiatives_[v]] = v;
    self_ = vertices.at(initiative);

    std::vector<graph::LineageEdge> edges;
    for (std::uint32_t v = 0; v < initiatives_.size(); ++v) {
      for (const std::int64_t record : index.into(initiatives_[v])) {
        const LineageIndex::Edge& told = index.edge(record);
        graph::LineageEdge edge{vertices.at(told.parent), v};
        if (told.date) {
          edge.first_day = domain::first_day(told.date);
          edge.last_day = domain::last_day(told.date);
        }
        edges.push_back(edge);
        records_.push_back(record);
      }
    }
    keep(edges, request);
  }

  const graph::LineageGraph& graph() const { return graph_; }
  std::uint32_t self() const { return self_; }
  std::uint32_t initiative(std::uint32_t vertex) const { return initiatives_[vertex]; }
  std::int64_t record(std::uint32_t edge) const { return records_[edge]; }
  /// A day that the edge did not happen before, or no_day.
  std::int32_t earliest(std::uint32_t edge) const { return earliest_[edge]; }

 private:
  // Dates follow from all replications, those that are not asked for as well.
  void keep(const std::vector<graph::LineageEdge>& edges, const LineageRequest& request) {
    const auto count = static_cast<std::uint32_t>(initiatives_.size());
    const auto days = graph::earliest_days(graph::LineageGraph(count, edges)).of_edge;
    std::vector<graph::LineageEdge> kept;
    std::vector<std::int64_t> kept_records;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const LineageIndex::Edge& told = index_.edge(records_[e]);
      const bool later = request.as_of && days[e] > domain::last_day(request.as_of);
      if (later || (!request.undated && !told.date) || !names_one(request.kinds, told.kind))
        continue;
      kept.push_back(edges[e]);
      kept_records.push_back(records_[e]);
      earliest_.push_back(days[e]);
    }
    records_ = std::move(kept_records);
    graph_ = graph::LineageGraph(count, kept);
  }

  const LineageIndex& index_;
  std::vector<std::uint32_t> initiatives_;  // by vertex
  std::uint32_t self_ = 0;
  std::vector<std::int64_t> records_;  // by edge
  std::vector<std::int32_t> earliest_;
  graph::LineageGraph graph_;
};

LineageInitiative described(const LineageIndex& index, std::uint32_t initiative,
                            const graph::Generation& generation = {}) {
  LineageInitiative told;
  told.id = index.id(initiative);
  told.name = index.name(initiative);
  told.present = index.present(initiative);
  told.nearest = generation.nearest;
  told.farthest = generation.farthest;
  told.countries = index.countries_of(initiative);
  return told;
}

LineageReplication read_replication(store::Snapshot& snapshot, std::int64_t record) {
  LineageReplication told;
  const auto row = snapshot.find(record);
  if (!row || row->state != store::State::Present || row->kind != RecordKind::Replication)
    return told;
  auto decoded = exchange::from_json(row->kind, snapshot.body(row->change));
  auto& replication = std::get<Replication>(decoded.record);
  told.id = row->id;
  told.parent = std::move(replication.parent);
  told.child = std::move(replication.child);
  told.kind = std::move(replication.kind);
  told.date = replication.date;
  told.changes = std::move(replication.changes);
  told.fidelity = replication.fidelity;
  told.confidence = replication.confidence;
  told.evidence = std::move(replication.evidence);
  told.links = std::move(replication.links);
  return told;
}

// Descendants come by generation.
void count_generations(Lineage& lineage) {
  Codes before;
  const auto add = [&](const LineageInitiative& initiative) {
    if (lineage.generations.empty() || lineage.generations.back().generation != initiative.nearest)
      lineage.generations.emplace_back().generation = initiative.nearest;
    LineageGeneration& generation = lineage.generations.back();
    ++generation.initiatives;
    add_codes(generation.countries, initiative.countries);
  };
  add(lineage.initiative);
  for (const LineageInitiative& descendant : lineage.descendants) {
    add(descendant);
    add_codes(lineage.countries, descendant.countries);
    lineage.depth = std::max(lineage.depth, descendant.farthest);
    if (descendant.nearest == 1) ++lineage.direct;
  }
  lineage.total = lineage.descendants.size();
  for (LineageGeneration& generation : lineage.generations) {
    std::set_difference(generation.countries.begin(), generation.countries.end(), before.begin(),
                        before.end(), std::back_inserter(generation.new_countries));
    add_codes(before, generation.countries);
  }
}

void share_partnerships(Lineage& lineage) {
  const auto count = [&](PartnershipBefore how) {
    return lineage.partnerships[static_cast<std::size_t>(how)];
  };
  const std::uint64_t earlier = count(PartnershipBefore::Earlier);
  const std::uint64_t known =
      earlier + count(PartnershipBefore::Same) + count(PartnershipBefore::None);
  if (known > 0)
    lineage.along_partnership = static_cast<double>(earlier) / static_cast<double>(known);
}

}  // namespace

Lineage GraphView::lineage(const std::string& id, const LineageRequest& request,
                           store::Snapshot& snapshot, const Task& task) const {
  check_as_of(request.as_of);
  Lineage lineage;
  const auto number = lineage_.find(id);
  if (!number) {  // removed before the view was built, and named by nothing
    lineage.initiative.id = id;
    count_generations(lineage);
    lineage.change = reached_;
    return lineage;
  }
  lineage.change = reached_;
  lineage.initiative = described(lineage_, *number);
  const Surroundings around(lineage_, *number, request);
  const graph::LineageGraph& graph = around.graph();

  enum : std::uint8_t { Outside, Above, Below };  // itself counts as below
  std::vector<std::uint8_t> side(graph.vertex_count(), Outside);
  side[around.self()] = Below;
  for (const graph::Generation& each : graph::ancestors(graph, around.self())) {
    side[each.vertex] = Above;
    lineage.ancestors.push_back(described(lineage_, around.initiative(each.vertex), each));
  }
  for (const graph::Generation& each : graph::descendants(graph, around.self())) {
    side[each.vertex] = Below;
    lineage.descendants.push_back(described(lineage_, around.initiative(each.vertex), each));
  }
  count_generations(lineage);

  const auto implied = graph::implied_edges(graph);
  Partnerships partnerships(lineage_, graph::IncidenceView(graph_));
  for (const std::uint32_t v : graph::topological_order(graph)) {
    const std::size_t first = lineage.replications.size();
    for (const std::uint32_t e : graph.out_of(v)) {
      const std::uint32_t child = graph.edge(e).child;
      if (side[v] == Outside || side[child] == Outside) continue;
      check_going_on(task);
      LineageReplication told = read_replication(snapshot, around.record(e));
      told.implied = implied[e] != 0;
      told.partnership =
          partnerships.between(around.initiative(v), around.initiative(child), around.earliest(e));
      if (side[v] == Below) ++lineage.partnerships[static_cast<std::size_t>(told.partnership)];
      lineage.replications.push_back(std::move(told));
    }
    std::sort(lineage.replications.begin() + static_cast<std::ptrdiff_t>(first),
              lineage.replications.end(),
              [](const LineageReplication& a, const LineageReplication& b) {
                return a.child != b.child ? a.child < b.child : a.id < b.id;
              });
  }
  share_partnerships(lineage);
  return lineage;
}

// ---- Times -------------------------------------------------------------------------------------

namespace {

void keep_earliest(PartialDate& earliest, PartialDate date) {
  if (date && (!earliest || domain::first_day(date) < domain::first_day(earliest))) earliest = date;
}

PartialDate start_of(const LineageIndex& index, std::uint32_t initiative,
                     store::Snapshot& snapshot) {
  PartialDate earliest;
  for (const std::int64_t record : index.into(initiative))
    keep_earliest(earliest, index.edge(record).date);
  if (earliest) return earliest;
  for (const std::int64_t record : index.documents_of(initiative)) {
    keep_earliest(earliest, index.start_of(record));
    for (const std::string& id : index.document(record).projects) {
      const auto row = snapshot.find(id);
      if (row && row->kind == RecordKind::Project)
        keep_earliest(earliest, index.start_of(row->seq));
    }
  }
  return earliest;
}

Codes themes_of(const LineageIndex& index, std::uint32_t initiative) {
  Codes themes;
  for (const std::int64_t record : index.documents_of(initiative)) {
    const Codes& told = index.document(record).themes;
    themes.insert(themes.end(), told.begin(), told.end());
  }
  return themes;
}

// One initiative's time, or the reason why it has none.
void add_time(const LineageIndex& index, std::uint32_t initiative,
              const ReplicationTimesRequest& request, store::Snapshot& snapshot,
              ReplicationTimes& times) {
  ReplicationTime time;
  time.id = index.id(initiative);
  time.start = start_of(index, initiative, snapshot);
  std::size_t replications = 0;
  for (const std::int64_t record : index.out_of(initiative)) {
    const LineageIndex::Edge& edge = index.edge(record);
    if (!names_one(request.kinds, edge.kind)) continue;
    ++replications;
    keep_earliest(time.first, edge.date);
  }
  const std::int32_t end = domain::last_day(request.as_of);
  if (!time.start) {
    ++times.undated;
  } else if (domain::first_day(time.start) > end) {
    ++times.later;
  } else if (replications > 0 && !time.first) {
    ++times.undated_replications;
  } else if (domain::surely_before(time.first, time.start)) {
    ++times.contradictory;
  } else {
    const std::int32_t start = domain::first_day(time.start);
    time.replicated = time.first && domain::first_day(time.first) <= end;
    if (!time.replicated) time.first = {};
    const std::int32_t until = time.replicated ? domain::first_day(time.first) : end;
    time.days = static_cast<std::uint32_t>(std::max(0, until - start));
    if (time.start.day == 0 || (time.replicated && time.first.day == 0)) ++times.rough;
    times.times.push_back(std::move(time));
  }
}

}  // namespace

ReplicationTimes GraphView::replication_times(const ReplicationTimesRequest& request,
                                              store::Snapshot& snapshot, const Task& task) const {
  if (!request.as_of) {
    throw Error(ErrorCode::InvalidArgument,
                "as_of must be told: the day until which replications are known");
  }
  check_as_of(request.as_of);
  ReplicationTimes times;
  times.change = reached_;
  for (std::uint32_t initiative = 0; initiative < lineage_.size(); ++initiative) {
    check_going_on(task);
    if (!lineage_.present(initiative)) continue;
    if (!share_one(request.countries, lineage_.countries_of(initiative))) continue;
    if (!share_one(request.themes, themes_of(lineage_, initiative))) continue;
    add_time(lineage_, initiative, request, snapshot, times);
  }
  std::sort(times.times.begin(), times.times.end(),
            [](const ReplicationTime& a, const ReplicationTime& b) { return a.id < b.id; });
  std::vector<graph::Wait> waits;
  for (const ReplicationTime& time : times.times) waits.push_back({time.days, time.replicated});
  const auto steps = graph::kaplan_meier(waits);
  for (const graph::SurvivalStep& step : steps) {
    times.curve.push_back({step.days, step.at_risk, step.ended, step.censored, step.survival,
                           step.variance, step.lower, step.upper});
  }
  times.median = graph::median_survival(steps);
  return times;
}

}  // namespace koinon::engine
