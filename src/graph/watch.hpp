// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>

namespace koinon::graph {

/// Long kernels call it now and then, on the thread that they run in, with the steps done and their
/// number, which may be an estimate. False asks them to stop. Empty: nobody watches.
using Watch = std::function<bool(std::size_t done, std::size_t total)>;

/// What a kernel throws that was asked to stop.
struct Stopped : std::runtime_error {
  Stopped() : std::runtime_error("stopped") {}
};

/// Tells `watch` of a step; throws Stopped.
inline void tell(const Watch& watch, std::size_t done, std::size_t total) {
  if (watch && !watch(done, total)) throw Stopped();
}

}  // namespace koinon::graph
