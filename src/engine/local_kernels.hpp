// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/common_neighbours.hpp"
#include "graph/local_pagerank.hpp"
#include "graph/partnership_path.hpp"
#include "graph/projection.hpp"

namespace koinon::engine {

/// The working memory of questions about one or two organisations. Each part grows to the size of
/// the graph when it is first used, and is never cleared as a whole.
struct LocalKernels {
  graph::Projection projection;
  graph::PathFinder paths;
  graph::EgoFinder egos;
  graph::CommonPartners common;
  graph::LocalPageRank nearness;
};

}  // namespace koinon::engine
