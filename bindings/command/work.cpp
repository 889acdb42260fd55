// SPDX-License-Identifier: Apache-2.0
#include "work.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>

#include "terminal.hpp"

namespace koinon::command {

namespace {

std::atomic<kn_cancel_token*> running{nullptr};
static_assert(std::atomic<kn_cancel_token*>::is_always_lock_free, "read in a signal handler");

extern "C" void cancel_running(int) {
  if (kn_cancel_token* token = running.load()) kn_cancel_token_cancel(token);
}

void handle_signals(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  if (handler != SIG_DFL) action.sa_flags |= static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

Work::Work() : terminal_(error_is_terminal()) {
  token_ = make<TokenHandle>(
      [](kn_cancel_token** token, kn_error** error) { return kn_cancel_token_new(token, error); });
  kn_task_options options;
  kn_task_options_init(&options, sizeof(options));
  options.cancel = token_.get();
  if (terminal_) options.progress = &Work::show;
  options.user_data = this;
  task_ = make<TaskHandle>(
      [&](kn_task** task, kn_error** error) { return kn_task_new(&options, task, error); });
  running.store(token_.get());
  handle_signals(cancel_running);
}

Work::~Work() {
  handle_signals(SIG_DFL);
  running.store(nullptr);
  clear_bar();
}

void Work::clear_bar() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

void Work::show(void* user_data, const kn_progress* progress) {
  constexpr std::size_t width = 30;
  auto& self = *static_cast<Work*>(user_data);
  std::string line = "\r\033[K" + padded(text_of(progress->stage), 8) + " ";
  if (progress->total > 0) {
    const std::string blocks = bar(progress->done, progress->total, width);
    const std::uint64_t done = std::min(progress->done, progress->total);
    const auto percent = static_cast<unsigned>(100.0 * static_cast<double>(done) /
                                               static_cast<double>(progress->total));
    line += padded(blocks, width) + " " + std::to_string(percent) + " %";
  } else {
    line += grouped(progress->done);
  }
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  self.drawn_ = true;
}

}  // namespace koinon::command
