// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "partners/consortium/model.hpp"

namespace koinon::partners::consortium {

/// A good eligible team, soon: members are taken one by one, the best of those that lessen what
/// lacks, then exchanged for as long as that lessens what lacks or, where nothing does, betters the
/// value. That from several beginnings. What it finds depends on the model alone.
class FirstTeam {
 public:
  explicit FirstTeam(const Model& model) : model_(model) {}

  /// Vertices of the best eligible team found; empty if none was. `start` need not be eligible.
  /// `go_on` is asked between steps, and told whether best() is a better one than before. A step is
  /// a pass over candidates and the ties of members.
  std::vector<std::uint32_t> find(std::uint32_t beginnings, const std::vector<std::uint32_t>& start,
                                  const std::function<bool(bool better)>& go_on);
  const std::vector<std::uint32_t>& best() const { return best_; }
  double value() const { return value_; }

  /// So many vertices by fit and half of their three strongest ties, the greatest first.
  std::vector<std::uint32_t> promising(std::uint32_t count) const;

 private:
  const Model& model_;
  std::vector<std::uint32_t> best_;
  double value_ = 0;
};

}  // namespace koinon::partners::consortium
