// SPDX-License-Identifier: Apache-2.0
#include "graph/dynamic_components.hpp"

#include <algorithm>
#include <utility>

#include "graph/components.hpp"
#include "graph/neighbour_access.hpp"
#include "graph/partnership_path.hpp"

namespace koinon::graph {
namespace {

constexpr std::size_t spare_labels = 4096;

bool meet(const Surroundings& fresh, const Surroundings& other) {
  const auto works = fresh.last_works();
  return std::any_of(works.begin(), works.end(),
                     [&](std::uint32_t work) { return other.entered(work); });
}

}  // namespace

// `here` grows around what is known to belong together, and is kept from one who left to the next:
// the more there are, the sooner each is met.
struct DynamicComponents::Search {
  // The side that has been seen through without meeting the other, or null if they are joined.
  const Surroundings* apart(IncidenceView graph, std::uint32_t member) {
    there.reset(graph, member);
    there.enter(graph);
    if (meet(there, here)) return nullptr;
    while (true) {
      const bool mine = here.last_works().size() <= there.last_works().size();
      Surroundings& side = mine ? here : there;
      side.spread(graph);
      if (side.last().empty()) return &side;
      side.enter(graph);
      if (meet(side, mine ? there : here)) return nullptr;
    }
  }

  Surroundings here;
  Surroundings there;
};

DynamicComponents::DynamicComponents() = default;
DynamicComponents::~DynamicComponents() = default;
DynamicComponents::DynamicComponents(DynamicComponents&&) noexcept = default;
DynamicComponents& DynamicComponents::operator=(DynamicComponents&&) noexcept = default;

DynamicComponents::DynamicComponents(const DynamicComponents& other)
    : of_member_(other.of_member_), labels_(other.labels_), stale_(other.stale_) {}

DynamicComponents& DynamicComponents::operator=(const DynamicComponents& other) {
  if (this != &other) *this = DynamicComponents(other);
  return *this;
}

void DynamicComponents::build(IncidenceView graph) {
  stale_ = true;
  Components found = connected_components(graph);
  labels_.clear();
  for (const std::uint32_t size : found.sizes) fresh(size);
  of_member_ = std::move(found.of_member);
  // Now, so that no change has to wait for it.
  if (!search_) search_ = std::make_unique<Search>();
  if (graph.member_count() > 0) {
    search_->here.reset(graph, 0);
    search_->there.reset(graph, 0);
  }
  stale_ = false;
}

void DynamicComponents::follow(IncidenceView graph, std::uint32_t work,
                               std::span<const std::uint32_t> left, bool kept) {
  if (stale_) {
    build(graph);
    return;
  }
  stale_ = true;  // until it is done
  if (of_member_.capacity() < graph.member_count())
    of_member_.reserve(2 * std::size_t{graph.member_count()});
  of_member_.resize(graph.member_count(), no_component);
  join(graph, work);
  std::vector<std::uint32_t> linked;  // of those who left, the ones that are still in anything
  for (const std::uint32_t member : left) {
    if (graph.works_of(member).empty()) {
      leave(member);
    } else {
      linked.push_back(member);
    }
  }
  if (!linked.empty()) part(graph, kept ? graph.members_of(work)[0].member : linked[0], linked);
  if (labels_.size() > of_member_.size() + spare_labels) tidy();
  stale_ = false;
}

std::uint32_t DynamicComponents::size_of(std::uint32_t member) const noexcept {
  if (member >= of_member_.size() || of_member_[member] == no_component) return 1;
  return labels_[root(of_member_[member])].size;
}

std::size_t DynamicComponents::memory_bytes() const noexcept {
  return of_member_.capacity() * sizeof(of_member_[0]) + labels_.capacity() * sizeof(Label);
}

std::uint32_t DynamicComponents::root(std::uint32_t label) const noexcept {
  while (labels_[label].parent != label) label = labels_[label].parent;
  return label;
}

std::uint32_t DynamicComponents::fresh(std::uint32_t size) {
  const auto label = static_cast<std::uint32_t>(labels_.size());
  labels_.push_back({label, size});
  return label;
}

// The larger stays the root: no label is ever deeper than the logarithm of what lies under it.
std::uint32_t DynamicComponents::unite(std::uint32_t a, std::uint32_t b) noexcept {
  if (a == b) return a;
  if (labels_[a].size < labels_[b].size) std::swap(a, b);
  labels_[b].parent = a;
  labels_[a].size += labels_[b].size;
  return a;
}

// The members of a work belong together.
void DynamicComponents::join(IncidenceView graph, std::uint32_t work) {
  std::uint32_t all = no_component;
  for_each_member(graph.members_of(work), [&](std::uint32_t member) {
    const std::uint32_t label = of_member_[member];
    if (label == no_component) return;
    all = all == no_component ? root(label) : unite(all, root(label));
  });
  for_each_member(graph.members_of(work), [&](std::uint32_t member) {
    if (of_member_[member] != no_component) return;
    if (all == no_component) all = fresh(0);
    of_member_[member] = all;
    ++labels_[all].size;
  });
}

// Who has left may have lost the way to `anchor`, which all had.
void DynamicComponents::part(IncidenceView graph, std::uint32_t anchor,
                             std::span<const std::uint32_t> left) {
  if (left.size() == 1 && left[0] == anchor) return;
  if (!search_) search_ = std::make_unique<Search>();
  search_->here.reset(graph, anchor);
  search_->here.enter(graph);
  for (const std::uint32_t member : left) {
    if (member == anchor) continue;
    const Surroundings* const side = search_->apart(graph, member);
    if (side == nullptr) continue;
    separate(side->members());
    if (side == &search_->here) std::swap(search_->here, search_->there);
  }
}

void DynamicComponents::separate(std::span<const std::uint32_t> members) {
  const auto size = static_cast<std::uint32_t>(members.size());
  const std::uint32_t label = fresh(size);
  labels_[root(of_member_[members[0]])].size -= size;
  for (const std::uint32_t member : members) of_member_[member] = label;
}

void DynamicComponents::leave(std::uint32_t member) noexcept {
  if (of_member_[member] == no_component) return;
  --labels_[root(of_member_[member])].size;
  of_member_[member] = no_component;
}

// Labels that nobody carries any more go, and every member carries its root.
void DynamicComponents::tidy() {
  std::vector<std::uint32_t> numbers(labels_.size(), no_component);
  std::vector<Label> labels;
  for (std::uint32_t& label : of_member_) {
    if (label == no_component) continue;
    const std::uint32_t old = root(label);
    if (numbers[old] == no_component) {
      numbers[old] = static_cast<std::uint32_t>(labels.size());
      labels.push_back({numbers[old], labels_[old].size});
    }
    label = numbers[old];
  }
  labels_ = std::move(labels);
}

}  // namespace koinon::graph
