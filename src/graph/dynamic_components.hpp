// SPDX-License-Identifier: Apache-2.0
//
// Which members can reach each other, kept up while works change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace koinon::graph {

class IncidenceView;

/// The size of each member's component, told in O(log labels) without a walk. Members carry labels;
/// labels are joined as disjoint sets (R. Tarjan, J. ACM 22, 215-225, 1975), so that two large
/// components become one without anyone being told; and a part that comes off gets a label of its
/// own, so that only the smaller side is visited. Whether a part has come off is found out by a
/// breadth-first search from both sides, which in a small world meets within a few works, and
/// otherwise ends when the smaller side is seen through: O(rows) at worst, as where a long chain is
/// cut open that is still joined at its far end.
///
/// Const calls may run in any number of threads; a change wants the object alone.
class DynamicComponents {
 public:
  DynamicComponents();
  ~DynamicComponents();
  DynamicComponents(const DynamicComponents& other);
  DynamicComponents& operator=(const DynamicComponents& other);
  DynamicComponents(DynamicComponents&&) noexcept;
  DynamicComponents& operator=(DynamicComponents&&) noexcept;

  /// Starts anew: O(members + works + rows).
  void build(IncidenceView graph);

  /// Brings it up to date after the rows of one work have changed: `left` are the members that are
  /// in it no longer, each once, and `kept` says whether any has stayed. O(members of the work),
  /// and the searches that those who left ask for. After std::bad_alloc it is stale.
  void follow(IncidenceView graph, std::uint32_t work, std::span<const std::uint32_t> left,
              bool kept);

  /// Nothing can be asked until the next follow(), which then builds anew.
  bool stale() const noexcept { return stale_; }

  /// As component_size() has it: 1 for a member without works.
  std::uint32_t size_of(std::uint32_t member) const noexcept;

  /// Bytes on the heap, but for those of the search. O(1).
  std::size_t memory_bytes() const noexcept;

 private:
  struct Label {
    std::uint32_t parent = 0;
    std::uint32_t size = 0;  // of a root: members under it
  };
  struct Search;

  std::uint32_t root(std::uint32_t label) const noexcept;
  std::uint32_t fresh(std::uint32_t size);
  std::uint32_t unite(std::uint32_t a, std::uint32_t b) noexcept;
  void join(IncidenceView graph, std::uint32_t work);
  void part(IncidenceView graph, std::uint32_t anchor, std::span<const std::uint32_t> left);
  void separate(std::span<const std::uint32_t> members);
  void leave(std::uint32_t member) noexcept;
  void tidy();

  std::vector<std::uint32_t> of_member_;
  std::vector<Label> labels_;
  std::unique_ptr<Search> search_;  // working memory; not copied
  bool stale_ = false;
};

}  // namespace koinon::graph
