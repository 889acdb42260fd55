// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace koinon::partners::consortium {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double tolerance = 1e-9;
// Members chosen freely in a branch of the heap, at most.
constexpr std::uint32_t heap_depth = 2;
// Puts the prices back as they were.
struct Kept {
  explicit Kept(Prices& prices) : prices_(prices), kept_(prices) {}
  ~Kept() { prices_ = kept_; }
  Prices& prices_;
  Prices kept_;
};
// Turns of tune() and sweeps of settle(), in the heap and below.
constexpr std::uint32_t turns_in_heap = 15;
constexpr std::uint32_t turns_below = 3;
constexpr std::uint32_t sweeps_in_heap = 12;
constexpr std::uint32_t sweeps_below = 4;
constexpr std::size_t heap_size = 2'000'000;

}  // namespace

Limits::Limits(const SolveOptions& options, const SearchWatch& watch)
    : most_seconds_(options.seconds), most_nodes_(options.nodes), watch_(watch) {
  over_ = most_seconds_ <= 0;
}

double Limits::seconds() const {
  return std::chrono::duration<double>(Clock::now() - begun_).count();
}

bool Limits::step(const SearchState& state) {
  if (over_) return false;
  if (++nodes_ >= most_nodes_ && most_nodes_ > 0) over_ = true;
  if ((nodes_ & 63) == 0) return look(state);
  return !over_;
}

bool Limits::look(const SearchState& state) {
  if (over_) return false;
  const double now = seconds();
  if (now >= most_seconds_) over_ = true;
  if (watch_ && now - told_ >= 0.05) {
    told_ = now;
    SearchState told = state;
    told.nodes = nodes_;
    told.seconds = now;
    if (!watch_(told)) over_ = stopped_ = true;
  }
  return !over_;
}

Search::Search(const Model& model, Limits& limits, double gap)
    : model_(model), limits_(limits), gap_(gap), team_(model), prices_(model) {
  shares_.reserve(model.arcs.size());
  for (const Arc& arc : model.arcs) shares_.push_back(arc.weight / 2);
  working_bound_ = infinite;
}

void Search::only_above(double floor, double ceiling) {
  floor_ = floor;
  ceiling_ = ceiling;
}

void Search::begin_with(const std::vector<std::uint32_t>& team, double value) {
  if (team.empty() || value <= floor_ || (!best_.empty() && value <= best_value_)) return;
  if (best_.empty()) first_seconds_ = limits_.seconds();
  best_ = team;
  best_value_ = value;
}

bool Search::over() const {
  return limits_.over() || limits_.nodes() >= last_node_;
}

bool Search::good_enough() const {
  if (best_.empty()) return false;
  return gap_ == infinite ||
         std::min(bound(), ceiling_) <= std::max(cut(), best_value_ + gap_ * std::abs(best_value_));
}

// What a team has to be worth more than.
double Search::cut() const {
  if (best_.empty()) return floor_;
  return best_value_ + tolerance * std::max(1.0, std::abs(best_value_));
}

double Search::bound() const {
  double bound = working_bound_;
  if (!heap_.empty()) bound = std::max(bound, heap_.front().bound);
  return best_.empty() ? bound : std::max(bound, best_value_);
}

SearchState Search::state() const {
  SearchState state;
  if (whole_) state = *whole_;
  if (!best_.empty() && !(state.found && state.value >= best_value_)) {
    state.found = true;
    state.value = best_value_;
  }
  if (!whole_) state.bound = std::min(bound(), ceiling_);
  if (state.found)
    state.gap = (state.bound - state.value) / std::max(std::abs(state.value), tolerance);
  return state;
}

void Search::offer() {
  if (team_.size() == 0 || team_.value() <= (best_.empty() ? floor_ : best_value_) ||
      !team_.eligible())
    return;
  if (best_.empty()) first_seconds_ = limits_.seconds();
  best_ = team_.members();
  best_value_ = team_.value();
}

void Search::seat(const std::vector<std::uint32_t>& chosen) {
  while (team_.size() > 0) team_.remove(team_.members().back());
  for (const std::uint32_t v : chosen) team_.add(v);
}

double Search::base() const {
  return team_.value() + prices_.constant(model_, team_);
}

Remainder& Search::rest_at(std::uint32_t depth) {
  while (rests_.size() <= depth) rests_.emplace_back();
  return rests_[depth];
}

// Whether the rules that lack something could be met from the rest, as far as can be seen at once;
// takes out those that would leave too few places for what else lacks.
bool Search::can_complete(Remainder& rest, bool may_drop) {
  const std::uint32_t open = model_.most - team_.size();
  if (team_.size() + rest.left() < model_.least) return false;
  const std::uint64_t lacking = team_.lacking_bits();
  std::uint64_t there = 0;
  int widest = 0;
  for (std::uint32_t v = 0; v < rest.size(); ++v) {
    if (!rest.in(v)) continue;
    const std::uint64_t bits = model_.demand_bits[rest.who(v)] & lacking;
    there |= bits;
    widest = std::max(widest, std::popcount(bits));
  }
  if ((lacking & ~there) != 0) return false;
  int missing = 0;
  for (std::uint64_t bits = lacking; bits != 0; bits &= bits - 1)
    missing += team_.lacking()[static_cast<std::size_t>(std::countr_zero(bits))];
  if (missing > widest * int(open)) return false;
  int countries = 0;
  for (const std::int32_t count : team_.countries_lacking()) countries = std::max(countries, count);
  if (countries > int(open)) return false;
  const int spare = widest * int(open) - missing;
  const bool countries_tight = countries == int(open);
  if (!may_drop || (spare >= widest && !countries_tight)) return true;
  for (std::uint32_t v = 0; v < rest.size(); ++v) {
    if (!rest.in(v)) continue;
    const std::uint32_t who = rest.who(v);
    const int bits = std::popcount(model_.demand_bits[who] & lacking);
    if (widest - bits > spare || (countries_tight && !brings_each_country(who, int(open))))
      rest.drop(v);
  }
  return rest.left() > 0 || (missing == 0 && countries <= 0);
}

// Of the countries that as many members have to bring as there are places left.
bool Search::brings_each_country(std::uint32_t who, int open) const {
  for (std::size_t r = 0; r < team_.countries_lacking().size(); ++r) {
    if (team_.countries_lacking()[r] == open && !team_.brings_country(who, r)) return false;
  }
  return true;
}

// Takes out whom no team above the cut can hold; false if no such team is left.
bool Search::narrow(Remainder& rest, std::uint32_t sweeps) {
  for (std::uint32_t v = 0; v < rest.size(); ++v) {
    if (rest.in(v) && !team_.admits(rest.who(v))) rest.drop(v);
  }
  const std::uint32_t turns = sweeps > sweeps_below ? turns_in_heap : turns_below;
  // So that a round does not take much longer than it may take to stop.
  sweeps = std::clamp<std::uint32_t>(1'000'000 / (rest.arcs() + 1), 1, sweeps);
  bool first = true;
  while (true) {
    if (!can_complete(rest, true)) return false;
    double from = base();
    if (from + rest.settle(cut() - from, sweeps, sweeps <= sweeps_below) <= cut()) return false;
    if (first) {
      first = false;
      if (tune(rest, turns, std::min(sweeps, 2U)) <= cut()) return false;
      from = base();
    }
    const std::uint32_t before = rest.left();
    rest.arrange();
    for (std::uint32_t v = 0; v < rest.size(); ++v) {
      if (rest.in(v) && from + rest.promise(v) <= cut()) rest.drop(v);
    }
    if (rest.left() == 0) return false;
    if (before - rest.left() <= before / 16) return true;
  }
}

void Search::finish_with_one(const Remainder& rest) {
  for (std::uint32_t v = 0; v < rest.size(); ++v) {
    if (!rest.in(v)) continue;
    const std::uint32_t who = rest.who(v);
    if (!best_.empty() && team_.value() + model_.gain[who] + team_.tied(who) <= cut()) continue;
    if (!team_.admits(who)) continue;
    team_.add(who);
    offer();
    team_.remove(who);
  }
}

void Search::descend(std::uint32_t depth) {
  const Kept kept(prices_);
  if (over() || !limits_.step(state())) return;
  Remainder& rest = rest_at(depth);
  offer();
  const std::uint32_t open = model_.most - team_.size();
  if (open == 0) return;
  if (open == 1) {
    finish_with_one(rest);
    return;
  }
  rest.value(model_, team_, prices_);
  if (!narrow(rest, sweeps_below)) return;
  const double from = base();
  while (rest.left() > 0) {
    if (from + rest.settle(cut() - from, sweeps_below, true) <= cut()) return;
    if (!can_complete(rest, false) || rest.left() == 0) return;
    const std::uint32_t v = rest.greatest();
    rest.arrange();
    if (from + rest.promise(v) <= cut()) {
      rest.drop(v);
      continue;
    }
    rest_at(depth + 1).inherit(rest, v);
    team_.add(rest.who(v));
    descend(depth + 1);
    team_.remove(rest.who(v));
    if (over()) return;
    rest.drop(v);
  }
}

void Search::expand(const Open& open) {
  const Kept kept(prices_);
  Remainder& rest = rest_at(0);
  seat(open.chosen);
  rest.gather(model_, std::span(*open.order).subspan(open.from), shares_);
  if (open.chosen.size() >= model_.required.size() + heap_depth || heap_.size() > heap_size ||
      model_.most <= team_.size() + 1) {
    descend(0);
    return;
  }
  if (over() || !limits_.step(state())) return;
  offer();
  if (model_.most == team_.size()) return;
  rest.value(model_, team_, prices_);
  if (!narrow(rest, sweeps_in_heap)) return;
  const double from = base();
  auto order = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<double> bounds;
  while (rest.left() > 0) {
    if (!limits_.look(state())) return;
    const double sum = from + rest.settle(cut() - from, 2, true);
    if (sum <= cut() || !can_complete(rest, false) || rest.left() == 0) break;
    const std::uint32_t v = rest.greatest();
    rest.arrange();
    bounds.push_back(std::min({open.bound, sum, from + rest.promise(v)}));
    order->push_back(rest.who(v));
    rest.drop(v);
  }
  for (std::uint32_t v = 0; v < rest.size(); ++v) {
    if (rest.in(v)) order->push_back(rest.who(v));
  }
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    Open child{bounds[i], pushed_++, open.chosen, order, static_cast<std::uint32_t>(i + 1)};
    child.chosen.push_back((*order)[i]);
    heap_.push_back(std::move(child));
    std::push_heap(heap_.begin(), heap_.end());
  }
}

// Polyak's steps: prices go up for what the greatest rest lacks, down for what it has too much of.
double Search::tune(Remainder& rest, std::uint32_t turns, std::uint32_t sweeps) {
  Prices best = prices_;
  double least = infinite;
  double relax = 1;
  std::uint32_t idle = 0;
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    if (!limits_.look(state())) break;
    rest.value(model_, team_, prices_);
    const double from = base();
    const double bound = from + rest.settle(cut() - from, sweeps, sweeps < 3);
    if (bound < least - tolerance) {
      least = bound;
      best = prices_;
      idle = 0;
    } else if (++idle == 3) {
      relax /= 2;
      idle = 0;
    }
    if (bound <= cut()) break;
    Team full = team_;
    for (const std::uint32_t v : rest.top()) full.add_counts(rest.who(v));
    double norm = 0;
    const auto each = [&](auto&& act) {
      for (std::size_t d = 0; d < prices_.demand.size(); ++d)
        act(prices_.demand[d], double(full.lacking()[d]));
      for (std::size_t r = 0; r < prices_.reach.size(); ++r)
        act(prices_.reach[r], double(full.countries_lacking()[r]));
      for (std::size_t c = 0; c < prices_.cap.size(); ++c)
        act(prices_.cap[c], -double(full.room()[c]));
      for (std::size_t s = 0; s < prices_.sum.size(); ++s)
        act(prices_.sum[s], double(full.sums()[s] - model_.sums[s].limit) * model_.sums[s].scale);
    };
    each([&](double price, double lack) {
      if (price > 0 || lack > 0) norm += lack * lack;
    });
    if (norm <= 0) break;
    const double target = cut() > -infinite ? cut() : bound - 1;
    const double step = relax * (bound - target) / norm;
    each([&](double& price, double lack) { price = std::max(0.0, price + step * lack); });
  }
  prices_ = best;
  rest.value(model_, team_, prices_);
  return least;
}

void Search::run() {
  finished_ = true;
  if (model_.hopeless) {
    working_bound_ = -infinite;
    return;
  }
  auto order = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<bool> in(model_.size(), false);
  for (const std::uint32_t v : model_.required) in[v] = true;
  for (std::uint32_t v = 0; v < model_.size(); ++v) {
    if (!in[v]) order->push_back(v);
  }
  seat(model_.required);
  Remainder& rest = rest_at(0);
  if (model_.most > team_.size()) {
    rest.gather(model_, *order, shares_);
    tune(rest, 60, 3);
    rest.keep(model_, shares_);
  }
  heap_.push_back({infinite, pushed_++, model_.required, order, 0});
  working_bound_ = -infinite;
  while (!heap_.empty() && !over()) {
    if (good_enough() || heap_.front().bound <= cut()) break;
    std::pop_heap(heap_.begin(), heap_.end());
    const Open open = std::move(heap_.back());
    heap_.pop_back();
    working_bound_ = open.bound;
    expand(open);
    if (over()) break;
    working_bound_ = -infinite;
  }
  finished_ = !over() || good_enough();
}

}  // namespace koinon::partners::consortium
