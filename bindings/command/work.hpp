// SPDX-License-Identifier: Apache-2.0
//
// Long work seen from a terminal: a bar while it runs, Ctrl-C to stop it.
#pragma once

#include "session.hpp"

namespace koinon::command {

/// One at a time. While it lives, SIGINT and SIGTERM cancel the work under task(); a second one
/// ends the program, which is safe too: every batch is a transaction.
class Work {
 public:
  Work();
  ~Work();
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  kn_task* task() const { return task_.get(); }
  bool cancelled() const { return kn_cancel_token_is_cancelled(token_.get()) == 1; }
  void clear_bar();

 private:
  static void show(void* user_data, const kn_progress* progress);

  TokenHandle token_;
  TaskHandle task_;
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace koinon::command
