// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/remainder.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace koinon::partners::consortium {

namespace {

// The greatest few of many numbers.
class Greatest {
 public:
  explicit Greatest(std::uint32_t most) : most_(most) {}

  void offer(double value) {
    if (size_ == most_) {
      if (size_ == 0 || value <= of_[size_ - 1]) return;
      --size_;
    }
    std::uint32_t i = size_++;
    for (; i > 0 && of_[i - 1] < value; --i) of_[i] = of_[i - 1];
    of_[i] = value;
  }
  bool full() const { return size_ == most_; }
  std::uint32_t size() const { return size_; }
  double operator[](std::uint32_t i) const { return of_[i]; }
  double least() const { return size_ == 0 ? 0 : of_[size_ - 1]; }
  double sum() const {
    double sum = 0;
    for (std::uint32_t i = 0; i < size_; ++i) sum += of_[i];
    return sum;
  }

 private:
  std::array<double, largest_team + 1> of_;
  std::uint32_t size_ = 0;
  std::uint32_t most_;
};

constexpr double negligible = 1e-12;
// Of those of greatest `most`, how many promise() looks through before it takes the last for all.
constexpr std::size_t looked_through = 256;

}  // namespace

Prices::Prices(const Model& model)
    : demand(model.demands.size(), 0),
      reach(model.reaches.size(), 0),
      cap(model.caps.size(), 0),
      sum(model.sums.size(), 0) {}

double Prices::constant(const Model& model, const Team& team) const {
  double constant = 0;
  for (std::size_t d = 0; d < demand.size(); ++d)
    constant -= demand[d] * std::max(team.lacking()[d], 0);
  for (std::size_t r = 0; r < reach.size(); ++r)
    constant -= reach[r] * std::max(team.countries_lacking()[r], 0);
  for (std::size_t c = 0; c < cap.size(); ++c) constant += cap[c] * team.room()[c];
  for (std::size_t s = 0; s < sum.size(); ++s)
    constant += sum[s] * model.sums[s].scale * double(model.sums[s].limit - team.sums()[s]);
  return constant;
}

double Prices::worth(const Model& model, const Team& team, std::uint32_t v) const {
  double worth = model.gain[v] + team.tied(v);
  for (const std::uint32_t d : model.demands_of[v]) {
    if (team.lacking()[d] > 0) worth += demand[d];
  }
  for (std::size_t r = 0; r < reach.size(); ++r) {
    if (team.countries_lacking()[r] > 0 && team.brings_country(v, r)) worth += reach[r];
  }
  for (const std::uint32_t c : model.caps_of[v]) worth -= cap[c];
  for (std::size_t s = 0; s < sum.size(); ++s)
    worth -= sum[s] * model.sums[s].scale * double(model.sums[s].of[v]);
  return worth;
}

void Remainder::gather(const Model& model, std::span<const std::uint32_t> who,
                       std::span<const double> shares) {
  who_.assign(who.begin(), who.end());
  in_.assign(who.size(), 1);
  left_ = size();
  place_.assign(model.size(), nobody);
  for (std::uint32_t v = 0; v < size(); ++v) place_[who_[v]] = v;
  half_at_.resize(model.arcs.size());
  row_.assign(1, 0);
  halves_.clear();
  arc_.clear();
  for (std::uint32_t v = 0; v < size(); ++v) {
    for (std::uint32_t a = model.arc_row[who_[v]]; a < model.arc_row[who_[v] + 1]; ++a) {
      const Arc& arc = model.arcs[a];
      const std::uint32_t to = place_[arc.to];
      if (to == nobody) continue;
      half_at_[a] = static_cast<std::uint32_t>(halves_.size());
      halves_.push_back({to, 0, arc.weight, shares[a]});
      arc_.push_back(a);
    }
    row_.push_back(static_cast<std::uint32_t>(halves_.size()));
  }
  for (std::size_t h = 0; h < halves_.size(); ++h)
    halves_[h].back = half_at_[model.arcs[arc_[h]].back];
}

void Remainder::inherit(const Remainder& parent, std::uint32_t taken) {
  who_.clear();
  place_.assign(parent.size(), nobody);
  for (std::uint32_t v = 0; v < parent.size(); ++v) {
    if (parent.in_[v] == 0 || v == taken) continue;
    place_[v] = size();
    who_.push_back(parent.who_[v]);
  }
  in_.assign(who_.size(), 1);
  left_ = size();
  half_at_.resize(parent.halves_.size());
  row_.assign(1, 0);
  halves_.clear();
  for (std::uint32_t v = 0; v < parent.size(); ++v) {
    if (place_[v] == nobody) continue;
    for (std::uint32_t h = parent.row_[v]; h < parent.row_[v + 1]; ++h) {
      const Half& half = parent.halves_[h];
      const std::uint32_t to = place_[half.to];
      if (to == nobody) continue;
      const auto here = static_cast<std::uint32_t>(halves_.size());
      half_at_[h] = here;
      halves_.push_back({to, 0, half.weight, half.share});
      if (half.to < v) {
        halves_[here].back = half_at_[half.back];
        halves_[half_at_[half.back]].back = here;
      }
    }
    row_.push_back(static_cast<std::uint32_t>(halves_.size()));
  }
}

void Remainder::value(const Model& model, const Team& team, const Prices& prices) {
  open_ = model.most - team.size();
  must_ = model.least > team.size() ? model.least - team.size() : 0;
  worth_.resize(size());
  for (std::uint32_t v = 0; v < size(); ++v) worth_[v] = prices.worth(model, team, who_[v]);
  refresh_all();
}

void Remainder::keep(const Model&, std::span<double> shares) const {
  for (std::size_t h = 0; h < halves_.size(); ++h) shares[arc_[h]] = halves_[h].share;
}

void Remainder::refresh_all() {
  most_.resize(size());
  low_.resize(size());
  dirty_.clear();
  is_dirty_.assign(size(), 0);
  for (std::uint32_t v = 0; v < size(); ++v) {
    if (in_[v] != 0) refresh(v);
  }
}

void Remainder::refresh(std::uint32_t v) {
  Greatest shares(open_ - 1);
  for (std::uint32_t h = row_[v]; h < row_[v + 1]; ++h) {
    const Half& half = halves_[h];
    if (in_[half.to] != 0 && half.share > 0) shares.offer(half.share);
  }
  most_[v] = worth_[v] + shares.sum();
  low_[v] = shares.full() ? shares.least() : 0;
}

void Remainder::drop(std::uint32_t v) {
  in_[v] = 0;
  --left_;
  for (std::uint32_t h = row_[v]; h < row_[v + 1]; ++h) {
    if (in_[halves_[h].to] != 0 && halves_[halves_[h].back].share > 0) refresh(halves_[h].to);
  }
}

double Remainder::bound() {
  top_.clear();
  for (std::uint32_t v = 0; v < size(); ++v) {
    if (in_[v] == 0) continue;
    if (top_.size() == open_) {
      if (most_[v] <= most_[top_.back()]) continue;
      top_.pop_back();
    }
    top_.push_back(v);
    for (std::size_t i = top_.size() - 1; i > 0 && most_[top_[i - 1]] < most_[top_[i]]; --i)
      std::swap(top_[i - 1], top_[i]);
  }
  while (top_.size() > must_ && most_[top_.back()] <= 0) top_.pop_back();
  double sum = 0;
  for (const std::uint32_t v : top_) sum += most_[v];
  return sum;
}

std::uint32_t Remainder::greatest() const {
  std::uint32_t found = nobody;
  for (std::uint32_t v = 0; v < size(); ++v) {
    if (in_[v] != 0 && (found == nobody || most_[v] > most_[found])) found = v;
  }
  return found;
}

// The level such that the bound is `need` where nobody is above both it and the own worth; if that
// is below the least of the greatest worths, these.
double Remainder::level(double need) {
  Greatest worths(open_);
  for (std::uint32_t v = 0; v < size(); ++v) {
    if (in_[v] != 0) worths.offer(worth_[v]);
  }
  double above = worths.sum();
  if (worths.size() < open_ || above >= need) return worths.least();
  for (std::uint32_t at = 1; at <= open_; ++at) {
    above -= worths[open_ - at];
    const double level = (need - above) / at;
    if (at == open_ || worths[open_ - at - 1] >= level) return level;
  }
  return worths.least();
}

void Remainder::push(std::uint32_t v, double level, double limit) {
  double excess = most_[v] - limit;
  for (const bool beyond : {false, true}) {
    for (std::uint32_t h = row_[v]; h < row_[v + 1] && excess > negligible; ++h) {
      Half& half = halves_[h];
      if (in_[half.to] == 0 || half.share <= 0 || half.share < low_[v]) continue;
      const double room = beyond ? (most_[v] - most_[half.to]) / 2
                                 : std::max(worth_[half.to], level) - most_[half.to];
      const double moved = std::min({half.share, excess, room});
      if (moved <= negligible) continue;
      half.share -= moved;
      halves_[half.back].share += moved;
      most_[v] -= moved;
      most_[half.to] += moved;
      excess -= moved;
      if (is_dirty_[half.to] == 0) {
        is_dirty_[half.to] = 1;
        dirty_.push_back(half.to);
      }
    }
  }
  if (is_dirty_[v] == 0) {
    is_dirty_[v] = 1;
    dirty_.push_back(v);
  }
}

double Remainder::settle(double need, std::uint32_t sweeps, bool quick) {
  double sum = bound();
  for (std::uint32_t sweep = 0; sweep < sweeps && sum > need; ++sweep) {
    const double to = level(need);
    double excess = 0;
    double room = 0;
    for (std::uint32_t v = 0; v < size(); ++v) {
      if (in_[v] == 0) continue;
      const double over = most_[v] - std::max(worth_[v], to);
      (over > 0 ? excess : room) += std::abs(over);
    }
    if (quick && sweep > 0 && excess > room) break;
    for (std::uint32_t v = 0; v < size(); ++v) {
      if (in_[v] == 0) continue;
      const double limit = std::max(worth_[v], to);
      if (most_[v] > limit + negligible) push(v, to, limit);
    }
    for (const std::uint32_t v : dirty_) {
      refresh(v);
      is_dirty_[v] = 0;
    }
    dirty_.clear();
    const double before = sum;
    sum = bound();
    if (before - sum < 0.02 * (before - need)) break;
  }
  return sum;
}

void Remainder::arrange() {
  by_most_.clear();
  for (std::uint32_t v = 0; v < size(); ++v) {
    if (in_[v] != 0) by_most_.push_back({most_[v] - low_[v], v});
  }
  const std::size_t first = std::min(by_most_.size(), looked_through);
  std::partial_sort(by_most_.begin(), by_most_.begin() + std::ptrdiff_t(first), by_most_.end(),
                    [](const Ranked& a, const Ranked& b) {
                      return a.most != b.most ? a.most > b.most : a.v < b.v;
                    });
  by_most_.resize(first);
  mark_.assign(size(), 0);
  marks_ = 0;
}

// With v in, each other has a place less for partners, and its tie to v counts whole.
double Remainder::promise(std::uint32_t v) {
  Greatest others(open_ - 1);
  ++marks_;
  mark_[v] = marks_;
  for (std::uint32_t h = row_[v]; h < row_[v + 1]; ++h) {
    const Half& half = halves_[h];
    if (in_[half.to] == 0) continue;
    mark_[half.to] = marks_;
    others.offer(most_[half.to] - std::max(halves_[half.back].share, low_[half.to]) + half.weight);
  }
  std::uint32_t offered = 0;
  for (std::size_t i = 0; i < by_most_.size() && offered + 1 < open_; ++i) {
    const auto [most, u] = by_most_[i];
    if (mark_[u] == marks_ || in_[u] == 0) continue;
    others.offer(most);
    ++offered;
  }
  if (by_most_.size() == looked_through) {
    for (; offered + 1 < open_; ++offered) others.offer(by_most_.back().most);
  }
  double sum = worth_[v];
  for (std::uint32_t i = 0; i < others.size(); ++i) {
    if (others[i] <= 0 && i + 1 >= must_) break;
    sum += others[i];
  }
  return sum;
}

}  // namespace koinon::partners::consortium
