// SPDX-License-Identifier: Apache-2.0
//
// The equations behind PageRank, and their solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"

namespace koinon::graph {

/// A walk over ties by strength, as a two-step walk over works: what the kernels of PageRank read.
/// It holds only members with ties and works that make them, numbered anew so that members of one
/// work lie close together: 8 bytes per affiliation, 32 per member, 16 per work. Immutable.
class WalkSystem {
 public:
  /// O(rows).
  explicit WalkSystem(const Affiliations& graph);

  /// The members with ties, by number; and the number of a member, or size() if it has no ties.
  std::size_t size() const noexcept { return ids_.size(); }
  std::span<const std::uint32_t> ids() const noexcept { return ids_; }
  std::uint32_t number_of(std::uint32_t member) const noexcept { return numbers_[member]; }

  std::size_t works() const noexcept { return shares_.size(); }
  std::size_t rows() const noexcept { return members_.size(); }
  double share(std::uint32_t work) const noexcept { return shares_[work]; }
  std::span<const std::uint32_t> members_of(std::uint32_t work) const noexcept {
    return {members_.data() + work_offsets_[work],
            members_.data() + work_offsets_[std::size_t{work} + 1]};
  }
  std::span<const std::uint32_t> works_of(std::uint32_t number) const noexcept {
    return {works_.data() + member_offsets_[number],
            works_.data() + member_offsets_[std::size_t{number} + 1]};
  }

  /// By number: the sum of strengths, its inverse, and the sum of the shares of the works, which is
  /// what a step to a work and back leaves with the member itself.
  std::span<const double> strengths() const noexcept { return strengths_; }
  std::span<const double> inverse() const noexcept { return inverse_; }
  std::span<const double> kept() const noexcept { return kept_; }

  static constexpr bool knows_strengths = true;
  double strength(std::uint32_t number) const noexcept { return strengths_[number]; }
  double kept(std::uint32_t number) const noexcept { return kept_[number]; }

  /// Adds to out[m] the sum over works of m of share times the sum of in over the work's members:
  /// the matrix of strengths times `in`, plus kept()[m] * in[m]. One pass over the works' members.
  void add_product(std::span<const double> in, std::span<double> out) const noexcept;

 private:
  void number_members(const Affiliations& graph, std::span<const std::uint32_t> works);
  void turn();

  std::vector<std::uint32_t> ids_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> work_offsets_;
  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> member_offsets_;
  std::vector<std::uint32_t> works_;
  std::vector<double> shares_;
  std::vector<double> strengths_;
  std::vector<double> inverse_;
  std::vector<double> kept_;
};

/// Solves (D - damping A) t = b, D being the sums of strengths and A the strengths: with D as
/// preconditioner its condition is (1 + damping) / (1 - damping), so that conjugate gradients halve
/// the error in a round at the usual 0.85. M. Hestenes, E. Stiefel, J. Res. NBS 49, 409-436, 1952.
/// Keeps its vectors between uses.
class WalkSolver {
 public:
  explicit WalkSolver(const WalkSystem& system);

  /// How far the equations are from holding: the sum of |residual|, and the most of |residual| over
  /// the sum of strengths.
  struct Gap {
    double sum = 0;
    double largest = 0;
  };

  /// From t = 0, `wanted` being b by number.
  Gap start(double damping, std::span<const double> wanted);

  /// One round. The gap is carried along; confirm() computes it anew, and goes on from there.
  Gap step();
  Gap confirm(std::span<const double> wanted);

  std::span<const double> solution() const noexcept { return t_; }

 private:
  Gap begin();

  const WalkSystem& system_;
  double damping_ = 0;
  double rest_ = 0;
  std::vector<double> t_;
  std::vector<double> residual_;
  std::vector<double> ahead_;
  std::vector<double> image_;
};

}  // namespace koinon::graph
