// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "koinon/error.hpp"
#include "koinon/progress.hpp"

namespace koinon::engine {

/// Counts the steps of long work: throws Cancelled soon after a cancel, reports some ten times a
/// second. A step that is not looked at costs an increment.
class Ticker {
 public:
  Ticker(const Task& task, const char* stage, std::uint64_t total)
      : task_(task), stage_(stage), total_(total) {
    report();
  }

  void step() {
    if ((++done_ & 255U) == 0) look();
  }

  /// Without waiting for the next round of steps.
  void look() {
    if (task_.cancel.cancelled())
      throw Error(ErrorCode::Cancelled, std::string(stage_) + " was cancelled");
    if (!task_.progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    report();
  }

 private:
  void report() {
    if (task_.progress) task_.progress(Progress{stage_, done_, total_});
  }

  const Task& task_;
  const char* stage_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace koinon::engine
