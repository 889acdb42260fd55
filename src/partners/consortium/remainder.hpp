// SPDX-License-Identifier: Apache-2.0
//
// How much the rest of a team can be worth at most.
//
// A team under way has `open` places left. Each tie between two candidates for them is split into
// two shares, one for either end, in any way at all: then
//
//   most(v) = worth(v) + the sum of the open - 1 largest shares of v
//
// and no rest of a team is worth more than the sum of the `open` largest most(v), for of a rest T
// every tie is counted at both its ends, and v has at most open - 1 ties in T. worth(v) holds fit,
// ties to members, and the prices of rules (Lagrange multipliers, 0 or more), which make up for
// leaving the rules out. The art is in the split: a tie to one who is of little worth belongs to
// that end, where it does not raise the sum. A. Caprara, D. Pisinger, P. Toth, Exact solution of
// the quadratic knapsack problem, INFORMS J. Comput. 11, 125-137, 1999, split by subgradients; here
// shares are pushed from those above a level to those below it, as in a flow.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "partners/consortium/model.hpp"
#include "partners/consortium/team.hpp"

namespace koinon::partners::consortium {

/// What one unit of each rule is worth; 0 or more.
struct Prices {
  explicit Prices(const Model& model);
  std::vector<double> demand;
  std::vector<double> reach;
  std::vector<double> cap;
  std::vector<double> sum;  // of scaled amounts

  /// What is added to any rest of the team, whoever is in it.
  double constant(const Model& model, const Team& team) const;
  double worth(const Model& model, const Team& team, std::uint32_t v) const;
};

class Remainder {
 public:
  /// Vertices `who`, with the ties among them split as `shares` say, by arc of the model.
  void gather(const Model& model, std::span<const std::uint32_t> who,
              std::span<const double> shares);
  /// Those that are still in `parent`, in its order, but for `taken`; shares as there.
  void inherit(const Remainder& parent, std::uint32_t taken);
  /// Worths of all for the places that `team` leaves open.
  void value(const Model& model, const Team& team, const Prices& prices);
  /// Shares back to where gather() had them from.
  void keep(const Model& model, std::span<double> shares) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(who_.size()); }
  std::uint32_t left() const { return left_; }
  std::uint32_t arcs() const { return static_cast<std::uint32_t>(halves_.size()); }
  std::uint32_t who(std::uint32_t v) const { return who_[v]; }
  bool in(std::uint32_t v) const { return in_[v] != 0; }
  double worth(std::uint32_t v) const { return worth_[v]; }
  double most(std::uint32_t v) const { return most_[v]; }

  /// Takes v out.
  void drop(std::uint32_t v);
  /// The bound with the shares as they are. O(vertices).
  double bound();
  /// Pushes shares until the bound is at most `need` or that gets nowhere; the bound.
  double settle(double need, std::uint32_t sweeps, bool quick);
  /// A bound for rests with v in it. Between arrange() and it shares may not change, but vertices
  /// may go. O(arcs of v + places).
  double promise(std::uint32_t v);
  void arrange();
  /// The vertices that bound() counts, the greatest first.
  const std::vector<std::uint32_t>& top() const { return top_; }
  /// The vertex of the greatest most(); there has to be one.
  std::uint32_t greatest() const;

 private:
  struct Half {
    std::uint32_t to = 0;
    std::uint32_t back = 0;
    double weight = 0;
    double share = 0;
  };

  void refresh(std::uint32_t v);
  void refresh_all();
  double level(double need);
  void push(std::uint32_t v, double level, double limit);

  std::vector<std::uint32_t> who_;
  std::vector<std::uint8_t> in_;
  std::vector<double> worth_;
  std::vector<double> most_;
  std::vector<double> low_;  // the least share that most_ counts, if it counts as many as it may
  std::vector<std::uint32_t> row_;
  std::vector<Half> halves_;
  std::vector<std::uint32_t> arc_;  // of the model, after gather()
  std::uint32_t left_ = 0;
  std::uint32_t open_ = 0;
  std::uint32_t must_ = 0;  // places that have to be filled
  std::vector<std::uint32_t> top_;
  struct Ranked {
    double most = 0;
    std::uint32_t v = 0;
  };
  std::vector<Ranked> by_most_;  // with a place less for partners
  std::vector<std::uint32_t> dirty_;
  std::vector<std::uint8_t> is_dirty_;
  std::vector<std::uint32_t> place_;  // scratch
  std::vector<std::uint32_t> half_at_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t marks_ = 0;
};

}  // namespace koinon::partners::consortium
