// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/first_team.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "partners/consortium/team.hpp"

namespace koinon::partners::consortium {

namespace {

// Sums of the same numbers in another order differ by less of the greater: a step that gains no
// more may be undone by the next, and so on without end.
bool greater(double value, double than) {
  return value > than + 1e-12 * std::max(1.0, std::abs(value));
}

// What lacks goes before what it is worth.
struct Standing {
  double defect = std::numeric_limits<double>::infinity();
  double value = -std::numeric_limits<double>::infinity();

  bool better_than(const Standing& other) const {
    if (std::abs(defect - other.defect) > 1e-9) return defect < other.defect;
    return greater(value, other.value);
  }
};

class Climb {
 public:
  explicit Climb(const Model& model) : model_(model), team_(model) {
    for (const std::uint32_t v : model.required) fixed_.push_back(v);
  }

  Team& team() { return team_; }
  Standing standing() const { return {team_.defect(), team_.value()}; }

  void begin(const std::vector<std::uint32_t>& members) {
    while (team_.size() > 0) team_.remove(team_.members().back());
    for (const std::uint32_t v : members) team_.add(v);
  }

  // One member more, if that is better.
  bool come() {
    if (team_.size() >= model_.most) return false;
    Standing best = standing();
    std::uint32_t who = nobody;
    for (std::uint32_t v = 0; v < model_.size(); ++v) {
      if (team_.has(v)) continue;
      const double value = team_.value() + model_.gain[v] + team_.tied(v);
      consider(v, value, best, who);
    }
    if (who == nobody) return false;
    team_.add(who);
    return true;
  }

  bool go() {
    Standing best = standing();
    std::uint32_t who = nobody;
    const auto members = team_.members();
    for (const std::uint32_t v : members) {
      if (is_fixed(v)) continue;
      team_.remove(v);
      if (const Standing now = standing(); now.better_than(best)) {
        best = now;
        who = v;
      }
      team_.add(v);
    }
    if (who == nobody) return false;
    team_.remove(who);
    return true;
  }

  // The best exchange of one member.
  bool exchange() {
    Standing best = standing();
    std::uint32_t out = nobody;
    std::uint32_t in = nobody;
    const auto members = team_.members();
    for (const std::uint32_t member : members) {
      if (is_fixed(member)) continue;
      team_.remove(member);
      std::uint32_t who = nobody;
      for (std::uint32_t v = 0; v < model_.size(); ++v) {
        if (team_.has(v) || v == member) continue;
        consider(v, team_.value() + model_.gain[v] + team_.tied(v), best, who);
      }
      team_.add(member);
      if (who != nobody) {
        out = member;
        in = who;
      }
    }
    if (in == nobody) return false;
    team_.remove(out);
    team_.add(in);
    return true;
  }

 private:
  bool is_fixed(std::uint32_t v) const {
    return std::find(fixed_.begin(), fixed_.end(), v) != fixed_.end();
  }

  // The value is cheap, the defect is not: it is counted only where it can matter.
  void consider(std::uint32_t v, double value, Standing& best, std::uint32_t& who) {
    if (best.defect <= 0 && !greater(value, best.value)) return;
    team_.add_counts(v);
    const Standing now{team_.defect(), value};
    team_.remove_counts(v);
    if (!now.better_than(best)) return;
    best = now;
    who = v;
  }

  const Model& model_;
  Team team_;
  std::vector<std::uint32_t> fixed_;
};

}  // namespace

std::vector<std::uint32_t> FirstTeam::promising(std::uint32_t count) const {
  constexpr std::size_t strongest = 3;
  std::vector<double> promise(model_.size());
  std::vector<double> ties;
  for (std::uint32_t v = 0; v < model_.size(); ++v) {
    ties.clear();
    for (const Arc& arc : model_.arcs_of(v)) ties.push_back(arc.weight);
    const auto few = std::ptrdiff_t(std::min(ties.size(), strongest));
    std::partial_sort(ties.begin(), ties.begin() + few, ties.end(), std::greater<>());
    promise[v] = model_.gain[v] + std::accumulate(ties.begin(), ties.begin() + few, 0.0) / 2;
  }
  std::vector<std::uint32_t> vertices(model_.size());
  std::iota(vertices.begin(), vertices.end(), 0U);
  const auto most = std::ptrdiff_t(std::min<std::size_t>(vertices.size(), count));
  std::partial_sort(vertices.begin(), vertices.begin() + most, vertices.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return promise[a] != promise[b] ? promise[a] > promise[b] : a < b;
                    });
  vertices.resize(std::size_t(most));
  return vertices;
}

std::vector<std::uint32_t> FirstTeam::find(std::uint32_t beginnings,
                                           const std::vector<std::uint32_t>& start,
                                           const std::function<bool(bool better)>& go_on) {
  Climb climb(model_);
  Standing best;
  best_.clear();
  const auto climb_from = [&](std::vector<std::uint32_t> members) {
    for (const std::uint32_t v : model_.required) {
      if (std::find(members.begin(), members.end(), v) == members.end()) members.push_back(v);
    }
    climb.begin(members);
    for (bool more = true; more;) {
      const Standing now = climb.standing();
      const bool better = now.defect <= 0 && climb.team().eligible() && now.better_than(best);
      if (better) {
        best = now;
        best_ = climb.team().members();
        value_ = now.value;
      }
      if (!go_on(better)) return false;
      more = climb.come() || climb.exchange() || climb.go();
    }
    return true;
  };
  if (!start.empty() && !climb_from(start)) return best_;
  if (!climb_from({})) return best_;
  for (const std::uint32_t seed : promising(beginnings)) {
    if (!climb_from({seed})) return best_;
  }
  return best_;
}

}  // namespace koinon::partners::consortium
