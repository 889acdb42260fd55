// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "graph/tie_graph.hpp"

namespace koinon::graph {

/// By vertex, its core number: the largest k so that it lies in a part of the graph in which all
/// have k neighbours or more within that part. 0 for a vertex without ties; strengths do not count.
/// The vertex of least degree is taken out, again and again: V. Batagelj, M. Zaversnik, An O(m)
/// algorithm for cores decomposition of networks, arXiv:cs/0310049, 2003. O(vertices + ties), 16
/// bytes per vertex beside the result.
std::vector<std::uint32_t> core_numbers(const TieGraph& graph);

}  // namespace koinon::graph
