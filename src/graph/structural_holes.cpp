// SPDX-License-Identifier: Apache-2.0
#include "graph/structural_holes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "graph/walk_system.hpp"

namespace koinon::graph {
namespace {

// Rows of the projection in the numbers of a WalkSystem.
class Rows {
 public:
  explicit Rows(const WalkSystem& system) : system_(system), strengths_(system.size()) {}

  // The partners of a member; their strengths are in strength() until the next call.
  const std::vector<std::uint32_t>& of(std::uint32_t member) {
    for (const std::uint32_t partner : partners_) strengths_[partner] = 0;
    partners_.clear();
    for (const std::uint32_t work : system_.works_of(member)) {
      const double share = system_.share(work);
      for (const std::uint32_t partner : system_.members_of(work)) {
        if (strengths_[partner] == 0) partners_.push_back(partner);
        strengths_[partner] += share;
      }
    }
    // It has met itself first, or in a work whose members come before it.
    const auto own = std::find(partners_.begin(), partners_.end(), member);
    *own = partners_.back();
    partners_.pop_back();
    strengths_[member] = 0;
    return partners_;
  }

  double strength(std::uint32_t partner) const { return strengths_[partner]; }

 private:
  const WalkSystem& system_;
  std::vector<double> strengths_;
  std::vector<std::uint32_t> partners_;
};

class Holes {
 public:
  Holes(const WalkSystem& system) : system_(system), rows_(system), carried_(system.works()) {
    greatest_.resize(system.size());
    for (std::uint32_t member = 0; member < system.size(); ++member) {
      for (const std::uint32_t partner : rows_.of(member)) {
        greatest_[member] = std::max(greatest_[member], rows_.strength(partner));
      }
    }
  }

  void measure(std::uint32_t member) {
    constraint = 0;
    effective_size = 0;
    const auto& partners = rows_.of(member);
    const double own = system_.inverse()[member];
    for (const std::uint32_t partner : partners) {
      const double part = rows_.strength(partner) * own;
      const double step = part * system_.inverse()[partner];
      for (const std::uint32_t work : system_.works_of(partner)) {
        if (carried_[work].part == 0) works_.push_back(work);
        carried_[work].part += part;
        carried_[work].step += step;
      }
    }
    for (const std::uint32_t partner : partners) {
      const double part = rows_.strength(partner) * own;
      double parts = -part * system_.kept()[partner];  // what comes back to it is none of q's
      double steps = parts * system_.inverse()[partner];
      for (const std::uint32_t work : system_.works_of(partner)) {
        parts += carried_[work].part * system_.share(work);
        steps += carried_[work].step * system_.share(work);
      }
      constraint += (part + steps) * (part + steps);
      effective_size += 1 - parts / greatest_[partner];
    }
    for (const std::uint32_t work : works_) carried_[work] = {};
    works_.clear();
  }

  double constraint = 0;
  double effective_size = 0;

 private:
  // Of a work, the sum over its members that are partners of p, and of p over their strengths.
  struct Carried {
    double part = 0;
    double step = 0;
  };

  const WalkSystem& system_;
  Rows rows_;
  std::vector<double> greatest_;
  std::vector<Carried> carried_;
  std::vector<std::uint32_t> works_;
};

}  // namespace

StructuralHoles structural_holes(const Affiliations& graph, const Watch& watch) {
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  StructuralHoles result{std::vector<double>(graph.member_count(), undefined),
                         std::vector<double>(graph.member_count(), undefined)};
  const WalkSystem system(graph);
  Holes holes(system);
  for (std::uint32_t i = 0; i < system.size(); ++i) {
    if (i % 256 == 0) tell(watch, i, system.size());
    holes.measure(i);
    result.constraint[system.ids()[i]] = holes.constraint;
    result.effective_size[system.ids()[i]] = holes.effective_size;
  }
  return result;
}

}  // namespace koinon::graph
