// SPDX-License-Identifier: Apache-2.0
#include "graph/hops.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace koinon::graph {
namespace {

template <class Visit>
void for_each_bit(std::uint64_t bits, Visit visit) {
  for (; bits != 0; bits &= bits - 1) visit(static_cast<std::size_t>(std::countr_zero(bits)));
}

// Counts set bits by position. Plane p holds bit p of the 64 counts; adding a word ripples up as
// far as its carry goes, two planes on average.
class BitCounts {
 public:
  void add(std::uint64_t word) {
    for (std::size_t plane = 0; word != 0; ++plane) {
      const std::uint64_t carry = planes_[plane] & word;
      planes_[plane] ^= word;
      word = carry;
    }
  }

  std::uint32_t at(std::size_t position) const {
    std::uint32_t count = 0;
    for (std::size_t plane = 0; plane < planes_.size(); ++plane) {
      count |= static_cast<std::uint32_t>(planes_[plane] >> position & 1) << plane;
    }
    return count;
  }

 private:
  std::array<std::uint64_t, 32> planes_{};
};

// Members so that those of one work mostly follow each other: a batch then walks the same works.
std::vector<std::uint32_t> neighbours_together(const Affiliations& graph) {
  std::vector<std::uint32_t> order;
  order.reserve(graph.linked_members());
  Bitmap taken(graph.member_count());
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    for (const std::uint32_t member : graph.members_of(work)) {
      if (taken.test(member)) continue;
      taken.set(member);
      order.push_back(member);
    }
  }
  return order;
}

constexpr std::size_t between_looks = 4096;  // members or works, at whether it is to stop

// A watch that tells of `done` sources of `total`, whatever steps a search is at.
Watch of_sources(const Watch& watch, std::size_t done, std::size_t total) {
  if (!watch) return {};
  return [&watch, done, total](std::size_t, std::size_t) { return watch(done, total); };
}

struct Sums {
  std::uint64_t reached = 0;
  std::uint64_t distances = 0;
  double inverse = 0;
};

}  // namespace

void HopSearch::begin(const Affiliations& graph, std::span<const std::uint32_t> sources) {
  if (sources.size() > width) throw std::invalid_argument("more than 64 sources at a time");
  for (const std::uint32_t source : sources) graph.check_member(source);
  seen_.assign(graph.member_count(), 0);
  met_.assign(graph.member_count(), 0);
  entered_.assign(graph.work_count(), 0);
  enter_.assign(graph.work_count(), 0);
  level_.clear();
  steps_ = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (met_[sources[i]] == 0) level_.push_back(sources[i]);
    met_[sources[i]] |= std::uint64_t{1} << i;
  }
  for (const std::uint32_t member : level_) seen_[member] = met_[member];
}

// From the members of a level over their works to those of the next.
void HopSearch::step(const Affiliations& graph, const Watch& watch) {
  works_.clear();
  for (const std::uint32_t member : level_) {
    if (++steps_ % between_looks == 0) tell(watch, steps_, 0);
    const std::uint64_t met = met_[member];
    met_[member] = 0;
    for (const std::uint32_t work : graph.works_of(member)) {
      const std::uint64_t fresh = met & ~entered_[work];
      if (fresh == 0) continue;
      if (enter_[work] == 0) works_.push_back(work);
      enter_[work] |= fresh;
    }
  }
  level_.clear();
  for (const std::uint32_t work : works_) {
    if (++steps_ % between_looks == 0) tell(watch, steps_, 0);
    const std::uint64_t enter = enter_[work];
    enter_[work] = 0;
    entered_[work] |= enter;
    for (const std::uint32_t member : graph.members_of(work)) {
      const std::uint64_t fresh = enter & ~seen_[member];
      if (fresh == 0) continue;
      if (met_[member] == 0) level_.push_back(member);
      met_[member] |= fresh;
      seen_[member] |= fresh;
    }
  }
}

void HopSearch::run(const Affiliations& graph, std::span<const std::uint32_t> sources,
                    const std::function<void(const Level&)>& visit, std::uint32_t radius,
                    const Watch& watch) {
  begin(graph, sources);
  for (std::uint32_t hops = 0; !level_.empty(); ++hops) {
    visit({hops, level_, met_.data()});
    if (hops >= radius) break;
    step(graph, watch);
  }
}

std::vector<std::uint32_t> hop_distances(const Affiliations& graph,
                                         std::span<const std::uint32_t> sources,
                                         const Watch& watch) {
  const std::size_t members = graph.member_count();
  std::vector<std::uint32_t> distances;
  distances.reserve(sources.size() * members);  // filled by the batch: all at once takes long
  HopSearch search;
  for (std::size_t first = 0; first < sources.size(); first += HopSearch::width) {
    tell(watch, first, sources.size());
    const auto batch = sources.subspan(first, std::min(HopSearch::width, sources.size() - first));
    distances.resize((first + batch.size()) * members, unreached);
    std::uint32_t* const rows = distances.data() + first * members;
    const auto note = [&](const HopSearch::Level& level) {
      for (const std::uint32_t member : level.members) {
        for_each_bit(level.met[member],
                     [&](std::size_t source) { rows[source * members + member] = level.hops; });
      }
    };
    search.run(graph, batch, note, unreached - 1, of_sources(watch, first, sources.size()));
  }
  return distances;
}

Closeness closeness(const Affiliations& graph, const Watch& watch) {
  const std::size_t members = graph.member_count();
  Closeness result{std::vector<double>(members), std::vector<double>(members),
                   std::vector<std::uint32_t>(members)};
  const auto order = neighbours_together(graph);
  HopSearch search;
  for (std::size_t first = 0; first < order.size(); first += HopSearch::width) {
    tell(watch, first, order.size());
    const auto batch =
        std::span(order).subspan(first, std::min(HopSearch::width, order.size() - first));
    std::array<Sums, HopSearch::width> sums;
    const auto sum = [&](const HopSearch::Level& level) {
      if (level.hops == 0) return;
      BitCounts counts;
      for (const std::uint32_t member : level.members) counts.add(level.met[member]);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        const std::uint64_t count = counts.at(i);
        if (count == 0) continue;
        sums[i].reached += count;
        sums[i].distances += count * level.hops;
        sums[i].inverse += static_cast<double>(count) / level.hops;
        result.eccentricity[batch[i]] = level.hops;
      }
    };
    search.run(graph, batch, sum, unreached - 1, of_sources(watch, first, order.size()));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (sums[i].reached == 0) continue;
      const auto reached = static_cast<double>(sums[i].reached);
      result.closeness[batch[i]] = reached / static_cast<double>(sums[i].distances) *
                                   (reached / static_cast<double>(order.size() - 1));
      result.harmonic[batch[i]] = sums[i].inverse;
    }
  }
  return result;
}

}  // namespace koinon::graph
