// SPDX-License-Identifier: Apache-2.0
#include <mutex>
#include <utility>

#include "c/handles.hpp"

struct kn_task {
  struct State {
    std::mutex mutex;  // of `last`
    koinon::Progress last;
    kn_progress_callback callback = nullptr;
    void* user_data = nullptr;
  };
  koinon::CancelToken cancel;
  std::shared_ptr<State> state;  // shared with work that outlives the call
};

namespace koinon::c {

namespace {

kn_progress progress_out(const Progress& progress) {
  return {sizeof(kn_progress), 0, progress.done, progress.total, view(progress.stage)};
}

}  // namespace

Task task_in(const kn_task* task) {
  if (task == nullptr) return {};
  return {task->cancel, [state = task->state](const Progress& progress) {
            {
              const std::lock_guard lock(state->mutex);
              state->last = progress;
            }
            if (state->callback == nullptr) return;
            const kn_progress now = progress_out(progress);
            state->callback(state->user_data, &now);
          }};
}

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_cancel_token_new(kn_cancel_token** token, kn_error** error) {
  return guarded(error, [&] {
    kn_cancel_token*& made = result(token, "token");
    made = new kn_cancel_token;
  });
}

KN_EXPORT int32_t kn_cancel_token_cancel(kn_cancel_token* token) {
  if (token == nullptr) return KN_E_INVALID_ARGUMENT;
  token->token.cancel();
  return KN_OK;
}

KN_EXPORT uint8_t kn_cancel_token_is_cancelled(const kn_cancel_token* token) {
  return token != nullptr && token->token.cancelled() ? 1 : 0;
}

KN_EXPORT void kn_cancel_token_free(kn_cancel_token* token) {
  delete token;
}

KN_EXPORT int32_t kn_task_options_init(kn_task_options* options, uint64_t size) {
  return init_options(options, size, {});
}

KN_EXPORT int32_t kn_task_new(const kn_task_options* options, kn_task** task, kn_error** error) {
  return guarded(error, [&] {
    kn_task*& made = result(task, "task");
    const kn_task_options given = options_in(options, {});
    auto state = std::make_shared<kn_task::State>();
    state->callback = given.progress;
    state->user_data = given.user_data;
    made = new kn_task{given.cancel != nullptr ? given.cancel->token : koinon::CancelToken(),
                       std::move(state)};
  });
}

KN_EXPORT int32_t kn_task_cancel(kn_task* task) {
  if (task == nullptr) return KN_E_INVALID_ARGUMENT;
  task->cancel.cancel();
  return KN_OK;
}

KN_EXPORT int32_t kn_task_progress(const kn_task* task, kn_progress* progress, kn_error** error) {
  return guarded(error, [&] {
    const auto& state = required(task, "task").state;
    const std::lock_guard lock(state->mutex);
    struct_out(progress, progress_out(state->last), "progress");
  });
}

KN_EXPORT void kn_task_free(kn_task* task) {
  delete task;
}
