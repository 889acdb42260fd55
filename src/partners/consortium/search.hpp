// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "partners/consortium/model.hpp"
#include "partners/consortium/remainder.hpp"
#include "partners/consortium/solve.hpp"
#include "partners/consortium/team.hpp"

namespace koinon::partners::consortium {

/// What a search may take, and who watches. Shared by searches that follow each other.
class Limits {
 public:
  Limits(const SolveOptions& options, const SearchWatch& watch);

  /// Counts a partial team; false if the search is to end. Clock and watch are asked now and then.
  bool step(const SearchState& state);
  /// The same without counting one, where steps are long.
  bool look(const SearchState& state);
  double seconds() const;
  std::uint64_t nodes() const { return nodes_; }
  bool over() const { return over_; }
  bool stopped() const { return stopped_; }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begun_ = Clock::now();
  double most_seconds_;
  std::uint64_t most_nodes_;
  const SearchWatch& watch_;
  std::uint64_t nodes_ = 0;
  double told_ = 0;
  bool over_ = false;
  bool stopped_ = false;
};

/// Branch and bound over a model. Branches of few members are kept in a heap, that of the greatest
/// bound first, so that the bound of all is known at any time; each branch below is gone through
/// depth first.
class Search {
 public:
  Search(const Model& model, Limits& limits, double gap);

  /// Nothing but teams worth more than `floor` is looked for; none is worth more than `ceiling`.
  void only_above(double floor, double ceiling);
  void must_exceed(double value) { floor_ = std::max(floor_, value); }
  /// This search goes over a part of another's candidates, so that its bound says nothing of all:
  /// what the host is shown meanwhile is the other's, with what is found here.
  void part_of(const SearchState& whole) { whole_ = whole; }
  void stop_after(std::uint64_t nodes) { last_node_ = limits_.nodes() + nodes; }
  /// An eligible team that is known; ignored unless it is better than those before.
  void begin_with(const std::vector<std::uint32_t>& team, double value);
  /// Whether what is known is within the gap that is asked for.
  bool good_enough() const;
  void run();
  SearchState state() const;

  bool found() const { return !best_.empty(); }
  bool finished() const { return finished_; }
  const std::vector<std::uint32_t>& best() const { return best_; }
  double value() const { return best_value_; }
  double bound() const;
  double first_seconds() const { return first_seconds_; }

 private:
  struct Open {
    double bound = 0;
    std::uint64_t number = 0;
    std::vector<std::uint32_t> chosen;
    std::shared_ptr<const std::vector<std::uint32_t>> order;
    std::uint32_t from = 0;
    bool operator<(const Open& other) const {
      return bound != other.bound ? bound < other.bound : number > other.number;
    }
  };

  double cut() const;
  bool over() const;
  void offer();
  void seat(const std::vector<std::uint32_t>& chosen);
  double tune(Remainder& rest, std::uint32_t turns, std::uint32_t sweeps);
  bool narrow(Remainder& rest, std::uint32_t sweeps);
  bool can_complete(Remainder& rest, bool may_drop);
  bool brings_each_country(std::uint32_t who, int open) const;
  void finish_with_one(const Remainder& rest);
  void expand(const Open& open);
  void descend(std::uint32_t depth);
  double base() const;
  Remainder& rest_at(std::uint32_t depth);

  const Model& model_;
  Limits& limits_;
  double gap_;
  Team team_;
  Prices prices_;
  std::vector<double> shares_;
  std::vector<Open> heap_;
  std::deque<Remainder> rests_;
  std::vector<std::uint32_t> best_;
  double best_value_ = 0;
  double floor_ = -std::numeric_limits<double>::infinity();
  double ceiling_ = std::numeric_limits<double>::infinity();
  std::optional<SearchState> whole_;
  std::uint64_t last_node_ = std::numeric_limits<std::uint64_t>::max();
  double working_bound_ = 0;
  double first_seconds_ = 0;
  std::uint64_t pushed_ = 0;
  bool finished_ = false;
};

}  // namespace koinon::partners::consortium
