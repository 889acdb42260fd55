// SPDX-License-Identifier: Apache-2.0
#include "graph/betweenness.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace koinon::graph {
namespace {

constexpr std::size_t width = 8;

// A number for each of the sources of a batch. The compiler makes of it what the machine has.
using Lanes = double __attribute__((vector_size(width * sizeof(double))));
using Masks = long long __attribute__((vector_size(width * sizeof(long long))));
// Containers forget the alignment of the types themselves.
struct alignas(64) Row {
  Lanes of{};
};
struct alignas(64) Mask {
  Masks of{};
};
static_assert(sizeof(Row) == sizeof(Mask));

#if defined(__x86_64__)
#define KOINON_INLINE __attribute__((always_inline)) inline
#else
#define KOINON_INLINE inline
#endif

struct Found {
  std::uint32_t vertex = 0;
  std::uint8_t lanes = 0;  // bit i: by source i
};

// Sets all bits of the lanes whose bit is set.
const std::array<Mask, 256>& masks() {
  static const std::array<Mask, 256> table = [] {
    std::array<Mask, 256> made{};
    for (std::size_t bits = 0; bits < made.size(); ++bits) {
      for (std::size_t lane = 0; lane < width; ++lane) {
        made[bits].of[lane] = (bits >> lane & 1) != 0 ? -1 : 0;
      }
    }
    return made;
  }();
  return table;
}

KOINON_INLINE void keep(Lanes& numbers, std::uint8_t lanes) {
  numbers = reinterpret_cast<Lanes>(reinterpret_cast<Masks>(numbers) & masks()[lanes].of);
}

// What is kept between batches, all zero then.
struct State {
  explicit State(std::uint32_t vertices)
      : paths(vertices),
        incoming(vertices),
        given(vertices),
        passing(vertices),
        found(vertices),
        met(vertices) {}

  std::vector<Row> paths;     // shortest paths from each source
  std::vector<Row> incoming;  // those that the next level adds
  std::vector<Row> given;     // (1 + passing) / paths of the vertices of a level, else 0
  std::vector<Row> passing;   // Brandes' dependency
  std::vector<std::uint8_t> found;
  std::vector<std::uint8_t> met;
  std::vector<std::uint32_t> touched;
  std::vector<Found> order;         // vertices by level, once for each level they are found at
  std::vector<std::size_t> begins;  // of the levels in order
};

// From the vertices of the last level to those of the next. Returns whether there are any.
KOINON_INLINE bool advance(const TieGraph& graph, State& state) {
  const std::size_t begin = state.begins.back();
  const std::size_t end = state.order.size();
  state.touched.clear();
  for (std::size_t i = begin; i < end; ++i) {
    Lanes paths = state.paths[state.order[i].vertex].of;
    keep(paths, state.order[i].lanes);
    for (const std::uint32_t other : graph.neighbours(state.order[i].vertex)) {
      state.incoming[other].of += paths;
      if (state.met[other] == 0) {
        state.met[other] = 1;
        state.touched.push_back(other);
      }
    }
  }
  for (const std::uint32_t vertex : state.touched) {
    Lanes& incoming = state.incoming[vertex].of;
    unsigned lanes = 0;
    for (std::size_t lane = 0; lane < width; ++lane) lanes |= unsigned{incoming[lane] > 0} << lane;
    const auto fresh = static_cast<std::uint8_t>(lanes & ~unsigned{state.found[vertex]});
    if (fresh != 0) {
      keep(incoming, fresh);
      state.paths[vertex].of += incoming;
      state.found[vertex] |= fresh;
      state.order.push_back({vertex, fresh});
    }
    incoming = Lanes{};
    state.met[vertex] = 0;
  }
  if (state.order.size() == end) return false;
  state.begins.push_back(end);
  return true;
}

// Dependencies, from the farthest level back.
KOINON_INLINE void go_back(const TieGraph& graph, State& state) {
  const auto level = [&](std::size_t which) {
    const std::size_t begin = state.begins[which];
    const std::size_t end =
        which + 1 < state.begins.size() ? state.begins[which + 1] : state.order.size();
    return std::span(state.order).subspan(begin, end - begin);
  };
  for (std::size_t which = state.begins.size() - 1; which >= 2; --which) {
    for (const auto& [vertex, lanes] : level(which)) {
      Lanes given = (1 + state.passing[vertex].of) / state.paths[vertex].of;
      keep(given, lanes);
      state.given[vertex].of = given;
    }
    for (const auto& [vertex, lanes] : level(which - 1)) {
      Lanes sum{};
      for (const std::uint32_t other : graph.neighbours(vertex)) sum += state.given[other].of;
      sum *= state.paths[vertex].of;
      keep(sum, lanes);
      state.passing[vertex].of += sum;
    }
    for (const auto& [vertex, lanes] : level(which)) state.given[vertex].of = Lanes{};
  }
}

KOINON_INLINE void run(const TieGraph& graph, std::span<const std::uint32_t> sources, State& state,
                       std::vector<double>& sums) {
  state.order.clear();
  state.begins.assign(1, 0);
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    state.paths[sources[lane]].of[lane] = 1;
    state.found[sources[lane]] = static_cast<std::uint8_t>(1U << lane);
    state.order.push_back({sources[lane], state.found[sources[lane]]});
  }
  while (advance(graph, state)) {
  }
  go_back(graph, state);
  for (const auto& [vertex, lanes] : state.order) {
    for (std::size_t lane = 0; lane < width; ++lane) {
      if ((lanes >> lane & 1) != 0) sums[vertex] += state.passing[vertex].of[lane];
    }
  }
  for (const auto& [vertex, lanes] : state.order) {
    state.paths[vertex].of = state.passing[vertex].of = Lanes{};
    state.found[vertex] = 0;
  }
}

using Run = void (*)(const TieGraph&, std::span<const std::uint32_t>, State&, std::vector<double>&);

void run_plain(const TieGraph& graph, std::span<const std::uint32_t> sources, State& state,
               std::vector<double>& sums) {
  run(graph, sources, state, sums);
}

#if defined(__x86_64__)
// Neither fuses a product and a sum, so that all give the same bits.
__attribute__((target("avx2"))) void run_avx2(const TieGraph& graph,
                                              std::span<const std::uint32_t> sources, State& state,
                                              std::vector<double>& sums) {
  run(graph, sources, state, sums);
}
__attribute__((target("avx512f"))) void run_avx512(const TieGraph& graph,
                                                   std::span<const std::uint32_t> sources,
                                                   State& state, std::vector<double>& sums) {
  run(graph, sources, state, sums);
}
#endif

Run best_run() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return run_avx512;
  if (__builtin_cpu_supports("avx2")) return run_avx2;
#endif
  return run_plain;
}

// The vertices with ties in the order of a breadth-first search: neighbours share most of what a
// batch walks.
std::vector<std::uint32_t> neighbours_together(const TieGraph& graph) {
  std::vector<std::uint32_t> order;
  std::vector<bool> taken(graph.vertex_count());
  std::size_t next = 0;
  for (std::uint32_t root = 0; root < graph.vertex_count(); ++root) {
    if (taken[root] || graph.degree(root) == 0) continue;
    taken[root] = true;
    order.push_back(root);
    for (; next < order.size(); ++next) {
      for (const std::uint32_t other : graph.neighbours(order[next])) {
        if (taken[other]) continue;
        taken[other] = true;
        order.push_back(other);
      }
    }
  }
  return order;
}

}  // namespace

std::vector<double> betweenness(const TieGraph& graph, const Watch& watch) {
  std::vector<double> sums(graph.vertex_count());
  if (graph.vertex_count() < 3) return sums;
  const Run run_batch = best_run();
  const auto order = neighbours_together(graph);
  State state(graph.vertex_count());
  for (std::size_t first = 0; first < order.size(); first += width) {
    tell(watch, first, order.size());
    const auto batch = std::span(order).subspan(first, std::min(width, order.size() - first));
    run_batch(graph, batch, state, sums);
  }
  // Every pair has been met from both ends.
  const auto vertices = static_cast<double>(graph.vertex_count());
  for (double& sum : sums) sum /= (vertices - 1) * (vertices - 2);
  return sums;
}

}  // namespace koinon::graph
