// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "graph/common_neighbours.hpp"
#include "graph/local_pagerank.hpp"
#include "graph/partnership_path.hpp"
#include "graph/projection.hpp"

namespace koinon::engine {

/// The working memory of questions about one or two organisations. Each part grows to the size of
/// the graph when it is first used, and is never cleared as a whole.
struct LocalKernels {
  /// Lets each part grow now, by a question to it, and not with the first that someone waits for.
  void warm(graph::IncidenceView graph) {
    if (graph.member_count() < 2) return;
    (void)projection.partners_of(graph, 0);
    (void)projection.shared_works(graph, 0, {}, 1);
    (void)paths.find(graph, 0, 1);
    (void)egos.find(graph, 0, 1, 2);
    (void)common.of(graph, 0, 1);
    constexpr std::uint32_t seeds[] = {0};  // NOLINT(modernize-avoid-c-arrays)
    (void)nearness.around(graph, seeds, {0.85, 1e-2});
  }

  graph::Projection projection;
  graph::PathFinder paths;
  graph::EgoFinder egos;
  graph::CommonPartners common;
  graph::LocalPageRank nearness;
};

}  // namespace koinon::engine
