// SPDX-License-Identifier: Apache-2.0
//
// What recommendation is held against: scores of all members for a question, by formulas of the
// literature.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/pagerank.hpp"
#include "graph/sparse_set.hpp"
#include "partners/partner_signals.hpp"
#include "partners/past_work.hpp"

namespace koinon::bench {

/// Ties as rows: for each partner 1, the decayed works shared, and Newman's strength.
class Ties {
 public:
  struct Tie {
    std::uint32_t partner = 0;
    float steady = 0;
    float strength = 0;
  };

  explicit Ties(const partners::PastWork& past) {
    graph::SparseSet met;
    std::vector<Tie> row;
    offsets_.push_back(0);
    for (std::uint32_t member = 0; member < past.member_count(); ++member) {
      met.reset(past.member_count());
      row.clear();
      for (const std::uint32_t work : past.works_of(member)) {
        if (!past.makes_ties(work)) continue;
        const auto members = past.members_of(work);
        for (const std::uint32_t other : members) {
          if (other == member) continue;
          const std::size_t place = met.insert(other);
          if (place == row.size()) row.push_back({other, 0, 0});
          row[place].steady += past.steady(work);
          row[place].strength += 1.0F / static_cast<float>(members.size() - 1);
        }
      }
      ties_.insert(ties_.end(), row.begin(), row.end());
      offsets_.push_back(ties_.size());
    }
  }

  std::span<const Tie> of(std::uint32_t member) const {
    return {ties_.data() + offsets_[member], ties_.data() + offsets_[member + 1]};
  }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<Tie> ties_;
};

/// L. Katz, Psychometrika 18, 39-43, 1953, cut off at three steps; the damping was chosen on 2017.
inline constexpr float katz_damping = 0.002F;

class Baselines {
 public:
  explicit Baselines(const partners::PastWork& past, const graph::Affiliations& graph)
      : past_(past), ties_(past), walk_(graph) {}

  static const std::vector<std::string>& names() {
    static const std::vector<std::string> all = {
        "popularity",  "recent popularity",    "decayed ties",       "common neighbours",
        "Adamic-Adar", "resource allocation",  "Adamic-Adar, decay", "Adamic-Adar, by hyperedge",
        "Katz",        "personalised PageRank"};
    return all;
  }

  /// By member, for each of names().
  const std::vector<std::vector<float>>& score(const partners::Asked& asked) {
    const std::uint32_t members = past_.member_count();
    scores_.assign(names().size(), std::vector<float>(members, 0.0F));
    one_.assign(members, 0.0F);
    steady_.assign(members, 0.0F);
    strength_.assign(members, 0.0F);
    third_.assign(members, 0.0F);
    for (std::uint32_t member = 0; member < members; ++member) {
      scores_[0][member] = static_cast<float>(past_.activity(member).works);
      scores_[1][member] = past_.activity(member).recent;
    }
    for (const std::uint32_t one : asked.members) {
      for (const Ties::Tie& tie : ties_.of(one)) {
        one_[tie.partner] += 1;
        steady_[tie.partner] += tie.steady;
        strength_[tie.partner] += tie.strength;
      }
    }
    scores_[2] = steady_;
    for (std::uint32_t bridge = 0; bridge < members; ++bridge) {
      if (one_[bridge] > 0) cross(bridge);
    }
    for (std::uint32_t member = 0; member < members; ++member) {
      const float two = scores_[8][member];
      if (two <= 0) continue;
      for (const Ties::Tie& tie : ties_.of(member))
        third_[tie.partner] += katz_damping * tie.steady * two;
    }
    for (std::uint32_t member = 0; member < members; ++member) scores_[8][member] += third_[member];
    if (asked.gap) {  // ties count there as well: a step of them is worth more than two
      for (std::uint32_t member = 0; member < members; ++member)
        scores_[8][member] = steady_[member] + katz_damping * scores_[8][member];
    }
    std::vector<std::uint32_t> seeds;
    for (const std::uint32_t one : asked.members)
      if (past_.known(one)) seeds.push_back(one);
    if (!seeds.empty()) {
      for (const auto& found : walk_.around(seeds, {0.85, 1e-6}).scores)
        scores_[9][found.member] = static_cast<float>(found.score);
    }
    return scores_;
  }

 private:
  void cross(std::uint32_t bridge) {
    const auto row = ties_.of(bridge);
    const auto degree = static_cast<float>(row.size());
    const float log_degree = std::log(std::max(2.0F, degree));
    for (const Ties::Tie& tie : row) {
      const std::uint32_t to = tie.partner;
      scores_[3][to] += one_[bridge];
      scores_[4][to] += one_[bridge] / log_degree;
      scores_[5][to] += one_[bridge] / degree;
      scores_[6][to] += steady_[bridge] * tie.steady / log_degree;
      scores_[7][to] += strength_[bridge] * tie.strength / log_degree;
      scores_[8][to] += steady_[bridge] * tie.steady;
    }
  }

  const partners::PastWork& past_;
  Ties ties_;
  graph::PersonalisedPageRank walk_;
  std::vector<std::vector<float>> scores_;
  std::vector<float> one_;
  std::vector<float> steady_;
  std::vector<float> strength_;
  std::vector<float> third_;
};

}  // namespace koinon::bench
