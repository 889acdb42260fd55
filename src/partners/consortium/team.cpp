// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/team.hpp"

#include <algorithm>
#include <bit>

namespace koinon::partners::consortium {

namespace {

// Roles dealt out to members: each asked place of a role goes to one member who may take it.
class Dealer {
 public:
  Dealer(const Model& model, const std::vector<std::uint32_t>& members,
         std::vector<std::uint64_t>& roles)
      : model_(model), roles_(roles) {
    roles_.assign(members.size(), 0);
    for (const std::uint32_t v : members)
      may_.push_back(model.problem.candidates[model.candidate[v]].roles);
  }

  // The places that nobody could be found for.
  std::uint32_t deal() {
    std::uint32_t lacking = 0;
    for (std::uint32_t role = 0; role < most_marks; ++role) {
      for (std::uint32_t place = 0; place < model_.role_demand[role]; ++place) {
        seen_.assign(may_.size() * most_marks, false);
        if (!give(role)) ++lacking;
      }
    }
    return lacking;
  }

 private:
  // Finds a member for one more place of `role`, who may hand on another role for it.
  bool give(std::uint32_t role) {
    const std::uint64_t bit = std::uint64_t{1} << role;
    for (std::size_t m = 0; m < may_.size(); ++m) {
      if ((may_[m] & bit) == 0 || (roles_[m] & bit) != 0 || seen_[m * most_marks + role]) continue;
      seen_[m * most_marks + role] = true;
      if (std::popcount(roles_[m]) < int(model_.roles_per_member)) {
        roles_[m] |= bit;
        return true;
      }
      for (std::uint64_t held = roles_[m]; held != 0; held &= held - 1) {
        const auto other = static_cast<std::uint32_t>(std::countr_zero(held));
        roles_[m] = (roles_[m] & ~(std::uint64_t{1} << other)) | bit;
        if (give(other)) return true;
        roles_[m] = (roles_[m] & ~bit) | (std::uint64_t{1} << other);
      }
    }
    return false;
  }

  const Model& model_;
  std::vector<std::uint64_t>& roles_;
  std::vector<std::uint64_t> may_;
  std::vector<bool> seen_;
};

}  // namespace

bool deal_roles(const Model& model, const std::vector<std::uint32_t>& members,
                std::vector<std::uint64_t>& roles) {
  if (model.roles_are_scarce) return Dealer(model, members, roles).deal() == 0;
  std::uint64_t asked = 0;
  for (std::uint32_t role = 0; role < most_marks; ++role) {
    if (model.role_demand[role] > 0) asked |= std::uint64_t{1} << role;
  }
  roles.clear();
  for (const std::uint32_t v : members)
    roles.push_back(model.problem.candidates[model.candidate[v]].roles & asked);
  return true;
}

Team::Team(const Model& model)
    : model_(model),
      in_(model.size(), false),
      tied_(model.size(), 0),
      lacking_(model.demands.begin(), model.demands.end()),
      room_(model.caps.begin(), model.caps.end()),
      sums_(model.sums.size(), 0) {
  for (const Model::Reach& reach : model.reaches) {
    in_place_.emplace_back(reach.places, 0);
    countries_lacking_.push_back(static_cast<std::int32_t>(reach.count));
  }
  for (std::size_t d = 0; d < std::min<std::size_t>(lacking_.size(), 64); ++d)
    lacking_bits_ |= std::uint64_t{1} << d;
}

void Team::add(std::uint32_t v) {
  value_ += model_.gain[v] + tied_[v];
  for (const Arc& arc : model_.arcs_of(v)) tied_[arc.to] += arc.weight;
  add_counts(v);
}

void Team::remove(std::uint32_t v) {
  remove_counts(v);
  for (const Arc& arc : model_.arcs_of(v)) tied_[arc.to] -= arc.weight;
  value_ -= model_.gain[v] + tied_[v];
}

void Team::add_counts(std::uint32_t v) {
  members_.push_back(v);
  in_[v] = true;
  for (const std::uint32_t d : model_.demands_of[v]) {
    if (--lacking_[d] == 0 && d < 64) lacking_bits_ &= ~(std::uint64_t{1} << d);
  }
  for (const std::uint32_t c : model_.caps_of[v]) --room_[c];
  for (std::size_t r = 0; r < in_place_.size(); ++r) {
    const std::uint32_t p = model_.reaches[r].place[v];
    if (p != nobody && in_place_[r][p]++ == 0) --countries_lacking_[r];
  }
  for (std::size_t s = 0; s < sums_.size(); ++s) sums_[s] += model_.sums[s].of[v];
}

void Team::remove_counts(std::uint32_t v) {
  if (members_.back() == v)
    members_.pop_back();
  else
    members_.erase(std::find(members_.begin(), members_.end(), v));
  in_[v] = false;
  for (const std::uint32_t d : model_.demands_of[v]) {
    if (lacking_[d]++ == 0 && d < 64) lacking_bits_ |= std::uint64_t{1} << d;
  }
  for (const std::uint32_t c : model_.caps_of[v]) ++room_[c];
  for (std::size_t r = 0; r < in_place_.size(); ++r) {
    const std::uint32_t p = model_.reaches[r].place[v];
    if (p != nobody && --in_place_[r][p] == 0) ++countries_lacking_[r];
  }
  for (std::size_t s = 0; s < sums_.size(); ++s) sums_[s] -= model_.sums[s].of[v];
}

bool Team::admits(std::uint32_t v) const {
  if (size() >= model_.most) return false;
  for (const std::uint32_t c : model_.caps_of[v]) {
    if (room_[c] <= 0) return false;
  }
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    const Model::Sum& sum = model_.sums[s];
    if (sums_[s] + sum.of[v] + sum.at_best[model_.most - size() - 1] > sum.limit) return false;
  }
  return true;
}

bool Team::eligible() const {
  const auto lacks = [](std::int32_t count) { return count > 0; };
  const auto passed = [](std::int32_t count) { return count < 0; };
  if (size() < model_.least || size() > model_.most || lacking_bits_ != 0 ||
      std::any_of(lacking_.begin(), lacking_.end(), lacks) ||
      std::any_of(countries_lacking_.begin(), countries_lacking_.end(), lacks) ||
      std::any_of(room_.begin(), room_.end(), passed))
    return false;
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    if (sums_[s] > model_.sums[s].limit) return false;
  }
  for (const std::uint32_t v : model_.required) {
    if (!in_[v]) return false;
  }
  return !model_.roles_are_scarce || roles_lacking() == 0;
}

double Team::roles_lacking() const {
  std::vector<std::uint64_t> roles;
  return Dealer(model_, members_, roles).deal();
}

double Team::defect() const {
  double sum = size() < model_.least ? model_.least - size() : 0;
  for (const std::int32_t count : lacking_) sum += std::max(count, 0);
  for (const std::int32_t count : countries_lacking_) sum += std::max(count, 0);
  for (const std::int32_t count : room_) sum += std::max(-count, 0);
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    if (const std::int64_t over = sums_[s] - model_.sums[s].limit; over > 0)
      sum += 0.01 + double(over) * model_.sums[s].scale;
  }
  if (model_.roles_are_scarce) sum += roles_lacking();
  return sum;
}

}  // namespace koinon::partners::consortium
