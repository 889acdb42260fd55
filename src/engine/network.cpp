// SPDX-License-Identifier: Apache-2.0
#include "koinon/network.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "domain/date.hpp"
#include "engine/network_calls.hpp"
#include "engine/network_state.hpp"
#include "graph/betweenness.hpp"
#include "graph/components.hpp"
#include "graph/core_numbers.hpp"
#include "graph/growth.hpp"
#include "graph/hops.hpp"
#include "graph/leiden.hpp"
#include "graph/partnership_path.hpp"
#include "graph/sampled_betweenness.hpp"
#include "graph/strongest_path.hpp"
#include "graph/structural_holes.hpp"
#include "graph/tie_list.hpp"
#include "koinon/error.hpp"
#include "search/query_parser.hpp"

namespace koinon {

using engine::guarded;
using engine::watch_of;

namespace {

// Up to so many organisations exact betweenness takes seconds.
constexpr std::size_t most_exact = 5000;
constexpr double usual_error = 0.01;

template <class Numbers>
std::vector<double> as_doubles(const Numbers& numbers) {
  return std::vector<double>(numbers.begin(), numbers.end());
}

// ---- Measures ----------------------------------------------------------------------------------

// Computes columns in any order, what two of them need but once.
class Measurer {
 public:
  Measurer(const Network::State& state, const MeasureOptions& options, const Task& task)
      : state_(state), options_(options), task_(task) {}

  MeasureTable run(const std::vector<NetworkMeasure>& measures) {
    table_.change = state_.change;
    table_.measures = measures;
    for (const NetworkMeasure each : measures) {
      if (task_.cancel.cancelled()) throw graph::Stopped();
      table_.columns.push_back(column(each));
    }
    return std::move(table_);
  }

 private:
  std::vector<double> column(NetworkMeasure measure) {
    switch (measure) {
      case NetworkMeasure::Works:
        return works();
      case NetworkMeasure::Partners:
        return partners();
      case NetworkMeasure::Strength:
        return strength();
      case NetworkMeasure::Component:
        return as_doubles(graph::connected_components(graph::IncidenceView(state_.rows)).of_member);
      case NetworkMeasure::Core:
        return as_doubles(graph::core_numbers(ties()));
      case NetworkMeasure::PageRank:
        return pagerank();
      case NetworkMeasure::Betweenness:
        return betweenness();
      case NetworkMeasure::Closeness:
        return closeness().closeness;
      case NetworkMeasure::Harmonic:
        return closeness().harmonic;
      case NetworkMeasure::Eccentricity:
        return as_doubles(closeness().eccentricity);
      case NetworkMeasure::Constraint:
        return holes().constraint;
      case NetworkMeasure::EffectiveSize:
        return holes().effective_size;
      case NetworkMeasure::Community:
        return communities();
    }
    throw std::invalid_argument("there is no such measure");
  }

  const graph::TieGraph& ties() { return state_.ties(watch_of(task_, "ties")); }

  std::vector<double> works() {
    std::vector<double> counts;
    for (std::uint32_t i = 0; i < state_.organisations.size(); ++i)
      counts.push_back(static_cast<double>(state_.affiliations.works_of(i).size()));
    return counts;
  }

  std::vector<double> partners() {
    std::vector<double> counts;
    for (std::uint32_t i = 0; i < state_.organisations.size(); ++i)
      counts.push_back(static_cast<double>(ties().degree(i)));
    return counts;
  }

  std::vector<double> strength() {
    std::vector<double> sums;
    for (std::uint32_t i = 0; i < state_.organisations.size(); ++i)
      sums.push_back(state_.affiliations.strength_of(i));
    return sums;
  }

  std::vector<double> pagerank() {
    graph::PageRank ranked =
        graph::pagerank(state_.affiliations, {options_.damping, options_.tolerance}, {},
                        watch_of(task_, "pagerank"));
    table_.pagerank_error = ranked.error_bound;
    return std::move(ranked.scores);
  }

  std::vector<double> betweenness() {
    double error = options_.betweenness_error;
    if (error == 0 && state_.organisations.size() > most_exact) error = usual_error;
    const graph::SampledBetweennessOptions sampling{error, options_.failure, options_.seed};
    const graph::Watch watch = watch_of(task_, "betweenness");
    if (error == 0 || graph::exact_is_cheaper(ties(), sampling))
      return graph::betweenness(ties(), watch);
    auto sampled = graph::sampled_betweenness(ties(), sampling, watch);
    table_.betweenness_error = error;
    table_.betweenness_samples = sampled.samples;
    return std::move(sampled.scores);
  }

  const graph::Closeness& closeness() {
    if (!closeness_)
      closeness_ = graph::closeness(state_.affiliations, watch_of(task_, "closeness"));
    return *closeness_;
  }

  const graph::StructuralHoles& holes() {
    if (!holes_)
      holes_ = graph::structural_holes(state_.affiliations, watch_of(task_, "structural holes"));
    return *holes_;
  }

  std::vector<double> communities() {
    graph::LeidenOptions options;
    options.resolution = options_.resolution;
    options.seed = options_.seed;
    const auto found = graph::leiden(ties(), options, watch_of(task_, "communities"));
    table_.modularity = found.modularity;
    return as_doubles(found.of_vertex);
  }

  const Network::State& state_;
  const MeasureOptions& options_;
  const Task& task_;
  MeasureTable table_;
  std::optional<graph::Closeness> closeness_;
  std::optional<graph::StructuralHoles> holes_;
};

}  // namespace

const std::vector<std::string>& network_measure_names() {
  static const std::vector<std::string> names = {
      "works",      "partners",       "strength",  "component", "core",
      "pagerank",   "betweenness",    "closeness", "harmonic",  "eccentricity",
      "constraint", "effective_size", "community"};
  return names;
}

NetworkMeasure network_measure(const std::string& name) {
  const auto& names = network_measure_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<NetworkMeasure>(found - names.begin());
  std::string known;
  for (const std::string& each : names) known += (known.empty() ? "" : ", ") + each;
  throw Error(ErrorCode::InvalidArgument,
              "there is no measure '" + search::shown(name) + "'; there are " + known);
}

const graph::TieGraph& Network::State::ties(const graph::Watch& watch) const {
  const auto alone = turn(ties_lock_, watch);
  if (!ties_)
    ties_ = std::make_unique<const graph::TieGraph>(graph::TieGraph::project(affiliations, watch));
  return *ties_;
}

Network::Network(std::shared_ptr<const State> state) : state_(std::move(state)) {}

std::uint64_t Network::change() const {
  return state_->change;
}
std::size_t Network::size() const {
  return state_->organisations.size();
}
std::size_t Network::work_count() const {
  return state_->works.size();
}
std::size_t Network::participations() const {
  return state_->rows.row_count();
}
std::size_t Network::tie_count(const Task& task) const {
  return guarded([&] { return state_->ties(watch_of(task, "ties")).tie_count(); });
}
const std::vector<std::string>& Network::organisations() const {
  return state_->organisations;
}
const std::vector<std::string>& Network::names() const {
  return state_->names;
}
const std::vector<std::string>& Network::countries() const {
  return state_->countries;
}
const std::vector<std::string>& Network::kinds() const {
  return state_->kinds;
}

std::uint32_t Network::number_of(const std::string& organisation) const {
  const auto& ids = state_->organisations;
  const auto place = std::lower_bound(ids.begin(), ids.end(), organisation);
  const auto& aliases = state_->aliases;
  const auto alias = std::lower_bound(aliases.begin(), aliases.end(),
                                      std::pair<std::string, std::uint32_t>(organisation, 0));
  if (alias != aliases.end() && alias->first == organisation) return alias->second;
  if (place == ids.end() || *place != organisation) {
    throw Error(ErrorCode::NotFound,
                "'" + search::shown(organisation) + "' takes no part in anything of this network");
  }
  return static_cast<std::uint32_t>(place - ids.begin());
}

MeasureTable Network::measure(const std::vector<NetworkMeasure>& measures,
                              const MeasureOptions& options, const Task& task) const {
  engine::check(options);
  return guarded([&] { return Measurer(*state_, options, task).run(measures); });
}

NetworkTies Network::ties(const Task& task) const {
  const graph::Watch watch = watch_of(task, "ties");
  return guarded([&] { return engine::ties_of(graph::list_ties(state_->ties(watch), watch)); });
}

NetworkPath Network::path(const std::string& from, const std::string& to, const Task& task) const {
  const std::uint32_t start = number_of(from);
  const std::uint32_t end = number_of(to);
  const auto found = guarded([&] {
    return graph::PathFinder().find(state_->affiliations, start, end, watch_of(task, "path"));
  });
  NetworkPath path;
  for (const std::uint32_t member : found.members)
    path.organisations.push_back(state_->organisations[member]);
  for (const std::uint32_t work : found.works) path.works.push_back(state_->works[work]);
  path.length = static_cast<double>(path.works.size());
  return path;
}

NetworkPath Network::strongest_path(const std::string& from, const std::string& to,
                                    const Task& task) const {
  const std::uint32_t start = number_of(from);
  const std::uint32_t end = number_of(to);
  const auto found = guarded([&] {
    return graph::strongest_path(state_->ties(watch_of(task, "ties")), state_->affiliations, start,
                                 end, watch_of(task, "path"));
  });
  NetworkPath path;
  for (const std::uint32_t member : found.path.members)
    path.organisations.push_back(state_->organisations[member]);
  for (const std::uint32_t work : found.path.works) path.works.push_back(state_->works[work]);
  path.length = found.length;
  return path;
}

std::vector<std::uint32_t> Network::hops(const std::vector<std::string>& sources,
                                         const Task& task) const {
  std::vector<std::uint32_t> numbers;
  for (const std::string& source : sources) numbers.push_back(number_of(source));
  return guarded(
      [&] { return graph::hop_distances(state_->affiliations, numbers, watch_of(task, "hops")); });
}

NetworkSurroundings Network::around(const std::string& organisation, std::uint32_t hops,
                                    const Task& task) const {
  const std::uint32_t self = number_of(organisation);
  return guarded([&] {
    auto found = graph::ego_network(state_->affiliations, self, hops, watch_of(task, "around"));
    return NetworkSurroundings{
        std::move(found.members), std::move(found.hops),
        engine::ties_of(graph::list_ties(found.ties, watch_of(task, "ties")))};
  });
}

NetworkNearness Network::nearness(const std::vector<std::string>& sources, std::size_t limit,
                                  const NearnessOptions& options, const Task& task) const {
  std::vector<std::uint32_t> seeds;
  for (const std::string& source : sources) seeds.push_back(number_of(source));
  std::vector<std::uint32_t> sorted = seeds;
  std::sort(sorted.begin(), sorted.end());
  const graph::Watch watch = watch_of(task, "nearness");
  return guarded([&] {
    return state_->with_walker(watch, [&](graph::PersonalisedPageRank& walker) {
      const auto found = walker.around(seeds, {options.damping, options.epsilon}, watch);
      NetworkNearness near;
      near.error_bound = found.error_bound;
      for (const auto& score : found.scores) {
        if (!std::binary_search(sorted.begin(), sorted.end(), score.member))
          near.scores.push_back({score.member, score.score});
      }
      const std::size_t kept = std::min(limit, near.scores.size());
      std::partial_sort(near.scores.begin(),
                        near.scores.begin() + static_cast<std::ptrdiff_t>(kept), near.scores.end(),
                        [](const NetworkScore& a, const NetworkScore& b) {
                          if (a.score != b.score) return a.score > b.score;
                          return a.organisation < b.organisation;
                        });
      near.scores.resize(kept);
      return near;
    });
  });
}

NetworkGrowth Network::growth(const Task& task) const {
  NetworkGrowth growth;
  std::map<std::int32_t, std::uint64_t> begun;  // by year
  for (std::uint32_t member = 0; member < size(); ++member) {
    for (const graph::MemberRow& row : state_->rows.works_of(member)) {
      if (row.from_day == graph::unknown_from) {
        ++growth.undated;
      } else {
        ++begun[domain::year_of(row.from_day)];
      }
    }
  }
  if (begun.empty()) return growth;
  std::vector<std::int32_t> days;
  for (std::int32_t year = begun.begin()->first; year <= begun.rbegin()->first; ++year) {
    growth.years.push_back(year);
    days.push_back(domain::first_day({static_cast<std::int16_t>(year), 0, 0}));
  }
  const auto periods =
      guarded([&] { return graph::growth(state_->rows, days, {}, watch_of(task, "growth")); });
  for (std::size_t i = 0; i < days.size(); ++i) {
    const graph::Growth& period = periods[i + 1];  // the first lies before all years
    growth.participations.push_back(begun[growth.years[i]]);
    growth.new_organisations.push_back(period.members);
    growth.new_works.push_back(period.works);
    growth.new_ties.push_back(period.ties);
  }
  return growth;
}

}  // namespace koinon
