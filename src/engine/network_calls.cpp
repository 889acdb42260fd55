// SPDX-License-Identifier: Apache-2.0
#include "engine/network_calls.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

namespace koinon::engine {

namespace {

void demand(bool holds, const char* option, double value, const char* range) {
  if (holds) return;
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  throw Error(
      ErrorCode::InvalidArgument,
      std::string(option) + " is " + std::string(text.data(), end) + ", but must be " + range);
}

bool inside(double value) {
  return value > 0 && value < 1;
}

}  // namespace

graph::Watch watch_of(const Task& task, const char* stage) {
  if (!task.progress) return [&task](std::size_t, std::size_t) { return !task.cancel.cancelled(); };
  return [&task, stage, last = std::chrono::steady_clock::time_point()](std::size_t done,
                                                                        std::size_t total) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - last >= std::chrono::milliseconds(100)) {
      last = now;
      task.progress(Progress{stage, done, total});
    }
    return !task.cancel.cancelled();
  };
}

void check(const MeasureOptions& options) {
  const double damping = options.damping;
  demand(damping >= 0 && damping < 1, "damping", damping, "from 0 up to but not 1");
  demand(inside(options.tolerance), "tolerance", options.tolerance, "between 0 and 1");
  const double resolution = options.resolution;
  demand(resolution > 0 && std::isfinite(resolution), "resolution", resolution, "above 0");
  const double error = options.betweenness_error;
  demand(error == 0 || inside(error), "betweenness_error", error, "0 or between 0 and 1");
  demand(inside(options.failure), "failure", options.failure, "between 0 and 1");
}

}  // namespace koinon::engine
