// SPDX-License-Identifier: Apache-2.0
//
// How the calls of a Network reach its kernels.
#pragma once

#include <stdexcept>
#include <utility>

#include "graph/tie_list.hpp"
#include "graph/watch.hpp"
#include "koinon/error.hpp"
#include "koinon/network.hpp"

namespace koinon::engine {

/// A kernel's looks at its watch become those of the task: cancelled, or told of some ten times a
/// second. `task` must outlive it.
graph::Watch watch_of(const Task& task, const char* stage);

/// A kernel's list as answers have it.
inline NetworkTies ties_of(graph::TieList list) {
  return {std::move(list.from), std::move(list.to), std::move(list.strength)};
}

/// Throws Error(InvalidArgument) for an option out of its range, whatever is measured.
void check(const MeasureOptions& options);

/// What kernels throw becomes the library's errors.
template <class Kernel>
auto guarded(Kernel kernel) {
  try {
    return kernel();
  } catch (const graph::Stopped&) {
    throw Error(ErrorCode::Cancelled, "the question to the network was cancelled");
  } catch (const std::invalid_argument& e) {
    throw Error(ErrorCode::InvalidArgument, e.what());
  }
}

}  // namespace koinon::engine
