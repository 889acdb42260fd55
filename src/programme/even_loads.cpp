// SPDX-License-Identifier: Apache-2.0
#include "programme/even_loads.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

namespace koinon::programme {

namespace {

using Numbers = std::vector<std::uint32_t>;

// The links of each vertex of a side, one after the other.
struct Rows {
  Numbers first;
  Numbers links;

  Rows(std::size_t vertices, const std::vector<LoadProblem::Link>& all,
       std::uint32_t LoadProblem::Link::*end)
      : first(vertices + 1, 0), links(all.size()) {
    for (const auto& link : all) ++first[link.*end + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    Numbers next(first.begin(), first.end() - 1);
    for (std::uint32_t i = 0; i < all.size(); ++i) links[next[all[i].*end]++] = i;
  }
};

// Vertices are near, then far. A near vertex hands on a chosen pair, and the far one takes another
// in its place that is not chosen.
class Evening {
 public:
  explicit Evening(LoadProblem& problem)
      : problem_(problem),
        near_(static_cast<std::uint32_t>(problem.loads.size())),
        vertices_(near_ + problem.far),
        near_rows_(near_, problem.links, &LoadProblem::Link::near),
        far_rows_(problem.far, problem.links, &LoadProblem::Link::far),
        settled_(vertices_, false),
        next_(vertices_) {}

  void run() {
    const Numbers& loads = problem_.loads;
    level_ = loads.empty() ? 0 : *std::max_element(loads.begin(), loads.end());
    for (; level_ > 1; --level_) {
      while (relieve()) {
      }
      // The last pass led to nobody: what it visited reaches nobody with two fewer, ever.
      settled_ = visited_;
    }
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  bool begins(std::uint32_t v) const { return problem_.movable[v] && problem_.loads[v] == level_; }
  bool ends(std::uint32_t v) const {
    return v < near_ && problem_.movable[v] && problem_.loads[v] + 2 <= level_;
  }

  // One pass over those with the greatest load: whether any could be relieved.
  bool relieve() {
    bool any = false;
    visited_ = settled_;
    for (std::uint32_t v = 0; v < vertices_; ++v) restart(v);
    for (std::uint32_t v = 0; v < near_; ++v) {
      if (!begins(v) || visited_[v] || !walk(v)) continue;
      any = true;
      // Who stood on the way may stand on another.
      for (const std::uint32_t each : way_) {
        visited_[each] = false;
        restart(each);
      }
    }
    return any;
  }

  void restart(std::uint32_t v) {
    next_[v] = v < near_ ? near_rows_.first[v] : far_rows_.first[v - near_];
  }

  // Finds one way, depth first, and uses it. What led nowhere stays visited.
  bool walk(std::uint32_t from) {
    way_ = {from};
    steps_.clear();
    visited_[from] = true;
    while (!way_.empty()) {
      if (ends(way_.back())) {
        use();
        return true;
      }
      const std::uint32_t link = onward(way_.back());
      if (link == none) {
        way_.pop_back();
        if (!steps_.empty()) steps_.pop_back();
        continue;
      }
      const std::uint32_t to = across(way_.back(), link);
      visited_[to] = true;
      way_.push_back(to);
      steps_.push_back(link);
    }
    return false;
  }

  std::uint32_t across(std::uint32_t v, std::uint32_t link) const {
    return v < near_ ? near_ + problem_.links[link].far : problem_.links[link].near;
  }

  std::uint32_t onward(std::uint32_t v) {
    const bool is_near = v < near_;
    const Rows& rows = is_near ? near_rows_ : far_rows_;
    const std::uint32_t last = rows.first[(is_near ? v : v - near_) + 1];
    for (std::uint32_t& at = next_[v]; at < last; ++at) {
      const std::uint32_t link = rows.links[at];
      if (problem_.links[link].chosen == is_near && !visited_[across(v, link)]) return link;
    }
    return none;
  }

  void use() {
    --problem_.loads[way_.front()];
    ++problem_.loads[way_.back()];
    for (const std::uint32_t link : steps_)
      problem_.links[link].chosen = !problem_.links[link].chosen;
  }

  LoadProblem& problem_;
  std::uint32_t near_;
  std::uint32_t vertices_;
  Rows near_rows_;
  Rows far_rows_;
  std::uint32_t level_ = 0;
  std::vector<bool> settled_;
  std::vector<bool> visited_;
  Numbers next_;
  Numbers way_;
  Numbers steps_;
};

}  // namespace

void even_loads(LoadProblem& problem) {
  Evening(problem).run();
}

}  // namespace koinon::programme
