// SPDX-License-Identifier: Apache-2.0
#include "graph/tie_list.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace koinon::graph {
namespace {

constexpr std::size_t between_looks = 65'536;  // ties: a few milliseconds

// A list that is being written, row by row, under a watch.
class Writer {
 public:
  Writer(const TieGraph& graph, const Watch& watch) : watch_(watch), ends_(2 * graph.tie_count()) {
    tell(watch_, 0, ends_);
    const std::size_t count = graph.tie_count();
    list_.from.reserve(count);
    list_.to.reserve(count);
    list_.strength.reserve(count);
  }

  void add(std::uint32_t from, std::uint32_t to, double strength) {
    list_.from.push_back(from);
    list_.to.push_back(to);
    list_.strength.push_back(strength);
  }

  // `degree` ends of ties were gone through, whether they were written or not.
  void end_row(std::size_t degree) {
    gone_ += degree;
    if (gone_ - looked_ < between_looks) return;
    looked_ = gone_;
    tell(watch_, gone_, ends_);
  }

  TieList take() { return std::move(list_); }

 private:
  const Watch& watch_;
  std::size_t ends_;
  std::size_t gone_ = 0;
  std::size_t looked_ = 0;
  TieList list_;
};

}  // namespace

TieList list_ties(const TieGraph& graph, const Watch& watch) {
  Writer list(graph, watch);
  for (std::uint32_t from = 0; from < graph.vertex_count(); ++from) {
    const auto neighbours = graph.neighbours(from);
    const auto strengths = graph.strengths(from);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (neighbours[i] > from) list.add(from, neighbours[i], strengths[i]);
    }
    list.end_row(neighbours.size());
  }
  return list.take();
}

// Row by row in the new order, so that no list of all ties has to be sorted.
TieList list_ties(const TieGraph& graph, std::span<const std::uint32_t> order, const Watch& watch) {
  struct End {
    std::uint32_t to;
    double strength;
  };
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  Writer list(graph, watch);
  std::vector<End> row;
  for (std::uint32_t from = 0; from < order.size(); ++from) {
    const auto neighbours = graph.neighbours(order[from]);
    const auto strengths = graph.strengths(order[from]);
    row.clear();
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      const std::uint32_t to = place[neighbours[i]];
      if (to > from) row.push_back({to, strengths[i]});
    }
    std::sort(row.begin(), row.end(), [](const End& a, const End& b) { return a.to < b.to; });
    for (const End& end : row) list.add(from, end.to, end.strength);
    list.end_row(neighbours.size());
  }
  return list.take();
}

}  // namespace koinon::graph
