// SPDX-License-Identifier: Apache-2.0
//
// The kernels of the partnership graph, for graph.py.
//
//   koinon_bench_graph FILE RESULTS REPEATS INNER SECONDS
//
// FILE: 32-bit numbers: members, works, rows, then of all rows the members, the works and the start
// days, and what else may follow. INNER: how many members exact betweenness is of. SECONDS: of
// processor time, after which closeness, the only case that grows with the square of the network,
// is given up ("over NAME SECONDS"). Prints "ms NAME FIGURE" (the least of REPEATS runs, in
// processor time of this process, so that others on the machine do not count) and "value NAME
// FIGURE". What a kernel found goes to RESULTS/NAME as 64-bit floats or 32-bit numbers, for
// comparison with peers.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/betweenness.hpp"
#include "graph/common_neighbours.hpp"
#include "graph/components.hpp"
#include "graph/core_numbers.hpp"
#include "graph/hops.hpp"
#include "graph/leiden.hpp"
#include "graph/pagerank.hpp"
#include "graph/partnership_path.hpp"
#include "graph/sampled_betweenness.hpp"
#include "graph/structural_holes.hpp"
#include "graph/tie_graph.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

constexpr std::uint32_t largest_work = 60;
constexpr std::size_t sources = 64;
constexpr std::size_t queries = 1'000;
constexpr double slow = 1'000;  // ms: what takes longer is run once

struct Input {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<Incidence> rows;
};

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class Bench {
 public:
  Bench(std::string results, int repeats) : results_(std::move(results)), repeats_(repeats) {}

  // The least time of some runs, and what the last one returned.
  template <class Run>
  auto timed(const std::string& name, Run run) {
    double least = std::numeric_limits<double>::max();
    decltype(run()) found{};
    for (int i = 0; i == 0 || (i < repeats_ && least < slow); ++i) {
      const double begun = processor_ms();
      found = run();
      least = std::min(least, processor_ms() - begun);
    }
    print("ms", name, least);
    return found;
  }

  // The least time of a thing done with each of `all`, and what the last run returned. As many as
  // the seconds allow are done, the first at any rate, and scaled; "of" says how many where not all
  // were.
  template <class Start, class One>
  auto timed_each(const std::string& name, std::span<const std::uint32_t> all, double seconds,
                  Start start, One one) {
    double least = std::numeric_limits<double>::max();
    decltype(start()) found{};
    std::size_t done = 0;
    for (int i = 0; i == 0 || (i < repeats_ && least < slow); ++i) {
      const double begun = processor_ms();
      found = start();
      for (done = 0; done < all.size(); ++done) {
        if (done > 0 && processor_ms() - begun > seconds * 1e3) break;
        one(found, all[done]);
      }
      const double each = (processor_ms() - begun) / static_cast<double>(done);
      least = std::min(least, each * static_cast<double>(all.size()));
    }
    print("ms", name, least);
    if (done < all.size()) std::cout << "of " << name << ' ' << done << " members\n" << std::flush;
    return found;
  }

  void print(const char* what, const std::string& name, double figure) const {
    std::cout.precision(12);
    std::cout << what << ' ' << name << ' ' << figure << '\n' << std::flush;
  }

  template <class Number>
  void keep(const std::string& name, const std::vector<Number>& numbers) const {
    std::ofstream file(results_ + "/" + name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(numbers.data()),
               static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
    if (!file) throw std::runtime_error("cannot write " + results_ + "/" + name);
  }

 private:
  std::string results_;
  int repeats_;
};

Numbers read_numbers(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  Numbers numbers(bytes.size() / sizeof(std::uint32_t));
  std::copy_n(bytes.data(), numbers.size() * sizeof(std::uint32_t),
              reinterpret_cast<char*>(numbers.data()));
  if (numbers.size() < 3 || numbers.size() < 3 + std::size_t{numbers[2]} * 3) {
    throw std::runtime_error(std::string(path) + " is no network");
  }
  return numbers;
}

Input read_input(const char* path) {
  const Numbers numbers = read_numbers(path);
  Input input{numbers[0], numbers[1], {}};
  const std::size_t rows = numbers[2];
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t* const at = numbers.data() + 3 + i;
    input.rows.push_back({at[0], at[rows], 0, static_cast<std::int32_t>(at[2 * rows]), unknown_to});
  }
  return input;
}

// Members that have ties, `count` of them, as far apart in the order of ids as can be.
Numbers spread(const TieGraph& ties, std::size_t count) {
  Numbers linked;
  for (std::uint32_t v = 0; v < ties.vertex_count(); ++v) {
    if (ties.degree(v) > 0) linked.push_back(v);
  }
  count = std::min(count, linked.size());
  Numbers chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(linked[i * linked.size() / count]);
  return chosen;
}

// The members of highest core number, equals by id, in the order of ids.
Numbers innermost(const Numbers& cores, std::size_t count) {
  Numbers order(cores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return cores[a] > cores[b]; });
  order.resize(std::min(count, order.size()));
  std::sort(order.begin(), order.end());
  return order;
}

void measure_paths(const Affiliations& graph, const TieGraph& ties, double seconds, Bench& bench) {
  const Numbers starts = spread(ties, sources);
  bench.keep("sources", starts);
  bench.keep("hops", bench.timed("hops", [&] { return hop_distances(graph, starts); }));
  const Numbers ends = spread(ties, queries);
  bench.keep("queries", ends);
  bench.keep("lengths", bench.timed("paths", [&] {
    PathFinder finder;
    Numbers lengths;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      lengths.push_back(
          static_cast<std::uint32_t>(finder.find(graph, ends[i], ends[i + 1]).members.size()));
    }
    return lengths;
  }));
  try {
    const double begun = processor_ms();
    const Watch watch = [&](std::size_t, std::size_t) {
      return processor_ms() - begun < seconds * 1e3;
    };
    const auto close = bench.timed("closeness", [&] { return closeness(graph, watch); });
    bench.keep("harmonic", close.harmonic);
  } catch (const Stopped&) {
    bench.print("over", "closeness", seconds);
    bench.keep("harmonic", std::vector<double>(graph.member_count()));
  }
}

struct Around {
  Around() = default;
  explicit Around(const Affiliations& graph)
      : kernel(std::make_unique<PersonalisedPageRank>(graph)) {}
  std::unique_ptr<PersonalisedPageRank> kernel;
  double worst = 0;
};

void measure_ranks(const Affiliations& graph, double seconds, Bench& bench, const Numbers& seeds) {
  const std::vector<double> all(graph.member_count(), 1.0);
  const auto ranks = bench.timed("pagerank", [&] { return pagerank(graph, {}, all); });
  bench.keep("pagerank", ranks.scores);
  bench.print("value", "pagerank_bound", ranks.error_bound);
  for (const int digits : {4, 6, 10}) {
    const auto found = bench.timed_each(
        "around" + std::to_string(digits), seeds, seconds, [&] { return Around(graph); },
        [&](Around& around, std::uint32_t seed) {
          const PushOptions options{0.85, std::pow(10, -digits)};
          const double bound = around.kernel->around(std::span(&seed, 1), options).error_bound;
          around.worst = std::max(around.worst, bound);
        });
    bench.print("value", "around_bound" + std::to_string(digits), found.worst);
  }
}

void measure_between(const TieGraph& ties, std::size_t inner, Bench& bench) {
  const Numbers cores = bench.timed("core", [&] { return core_numbers(ties); });
  bench.keep("core", cores);
  const Numbers chosen = innermost(cores, inner);
  bench.keep("innermost", chosen);
  const auto within = ties.induced(chosen);
  bench.print("value", "inner_ties", static_cast<double>(within.tie_count()));
  const auto exact = bench.timed("betweenness", [&] { return betweenness(within); });
  bench.keep("betweenness", exact);
  bench.keep("sampled_within", sampled_betweenness(within).scores);
  const auto sampled = bench.timed("sampled", [&] { return sampled_betweenness(ties); });
  bench.print("value", "samples", static_cast<double>(sampled.samples));
}

void measure_structure(const Affiliations& graph, const TieGraph& ties, Bench& bench) {
  for (std::uint32_t rounds = 1; rounds <= 10; ++rounds) {
    LeidenOptions options;
    options.max_rounds = rounds;
    const std::string name = "leiden" + std::to_string(rounds);
    const auto found = bench.timed(name, [&] { return leiden(ties, options); });
    bench.print("value", name, found.modularity);
    bench.keep(name, found.of_vertex);
  }
  const auto holes = bench.timed("holes", [&] { return structural_holes(graph); });
  bench.keep("constraint", holes.constraint);
}

void measure_common(const TieGraph& ties, Bench& bench, const Numbers& members) {
  std::vector<std::uint32_t> sums = bench.timed("common", [&] {
    CommonNeighbours common;
    Numbers found;
    for (const std::uint32_t member : members) {
      std::uint32_t sum = 0;
      for (const auto& other : common.of(ties, member)) sum += other.count;
      found.push_back(sum);
    }
    return found;
  });
  bench.keep("common", sums);
}

void measure(const Input& input, std::size_t inner, double seconds, Bench& bench) {
  Slice slice;
  slice.max_members = largest_work;
  bench.timed("first_answer", [&] {
    const IncidenceGraph graph(input.rows, input.members, input.works);
    return connected_components(graph);
  });
  const IncidenceGraph incidence(input.rows, input.members, input.works);
  const auto components =
      bench.timed("components", [&] { return connected_components(incidence); });
  bench.keep("components", components.of_member);
  bench.timed("rows_to_ties", [&] {
    const IncidenceGraph graph(input.rows, input.members, input.works);
    return TieGraph::project(Affiliations(graph, slice));
  });
  const Affiliations graph(incidence, slice);
  const auto ties = bench.timed("projection", [&] { return TieGraph::project(graph); });
  std::vector<TieGraph::Edge> edges;
  for (std::uint32_t v = 0; v < ties.vertex_count(); ++v) {
    for (std::size_t i = 0; i < ties.degree(v); ++i) {
      const std::uint32_t other = ties.neighbours(v)[i];
      if (v < other) edges.push_back({v, other, ties.strengths(v)[i]});
    }
  }
  bench.timed("edges", [&] { return TieGraph(ties.vertex_count(), edges); });
  std::vector<double> list;
  for (const auto& edge : edges) {
    list.insert(list.end(), {double(edge.from), double(edge.to), edge.strength});
  }
  bench.keep("edges", list);
  bench.print("value", "ties", static_cast<double>(ties.tie_count()));
  bench.print("value", "mib_incidence", static_cast<double>(incidence.memory_bytes()) / (1 << 20));
  bench.print("value", "mib_affiliations", static_cast<double>(graph.memory_bytes()) / (1 << 20));
  bench.print("value", "mib_ties", static_cast<double>(ties.memory_bytes()) / (1 << 20));
  const Numbers chosen = spread(ties, queries);
  measure_paths(graph, ties, seconds, bench);
  measure_ranks(graph, seconds, bench, chosen);
  measure_between(ties, inner, bench);
  measure_structure(graph, ties, bench);
  measure_common(ties, bench, chosen);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 6) {
    std::cerr << "usage: koinon_bench_graph FILE RESULTS REPEATS INNER SECONDS\n";
    return 2;
  }
  Bench bench(argv[2], std::atoi(argv[3]));
  measure(read_input(argv[1]), static_cast<std::size_t>(std::atoi(argv[4])), std::atof(argv[5]),
          bench);
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
