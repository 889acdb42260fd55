// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace koinon {

/// Asks long work to stop. Copies share one flag; cancel() may be called from any thread and from a
/// signal handler. Work notices within 100 ms and ends with ErrorCode::Cancelled.
class CancelToken {
 public:
  CancelToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}
  void cancel() noexcept { flag_->store(true, std::memory_order_relaxed); }
  bool cancelled() const noexcept {
    return flag_->load(std::memory_order_relaxed) ||
           (other_ && other_->load(std::memory_order_relaxed));
  }

  /// A token that either of two cancels; its own cancel() is that of the first. Of a token made so
  /// as second only its first flag counts.
  static CancelToken either(const CancelToken& first, const CancelToken& second) {
    CancelToken both = first;
    both.other_ = second.flag_;
    return both;
  }

 private:
  std::shared_ptr<std::atomic<bool>> flag_;
  std::shared_ptr<std::atomic<bool>> other_;
};

/// How far long work has come. `total` is 0 where it cannot be known beforehand.
struct Progress {
  const char* stage = "";  // "import", "index", "graph", "export", "check"
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

/// Called on the thread that does the work, at most some ten times a second. It must not call back
/// into the catalogue.
using ProgressCallback = std::function<void(const Progress&)>;

/// What every call that can take long accepts.
struct Task {
  CancelToken cancel;
  ProgressCallback progress;
};

}  // namespace koinon
