// SPDX-License-Identifier: Apache-2.0
//
// Export and backup.
#include "c/handles.hpp"
#include "c/options.hpp"

using namespace koinon::c;

namespace {

bool history_in(const kn_export_options* options) {
  return flag_in(options_in(options, export_defaults()).history, "history");
}

}  // namespace

KN_EXPORT int32_t kn_export(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                            const kn_export_options* options, const kn_task* task, uint64_t* lines,
                            kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    const uint64_t written =
        open.export_file(path_in(path, path_length), history_in(options), task_in(task));
    if (lines != nullptr) *lines = written;
  });
}

KN_EXPORT int32_t kn_export_lines(kn_catalogue* catalogue, const kn_export_options* options,
                                  kn_line_callback sink, void* user_data, const kn_task* task,
                                  uint64_t* lines, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    if (sink == nullptr) fail_argument("sink is NULL");
    const auto hand_over = [&](std::string_view line) {
      if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
      if (sink(user_data, line.data(), line.size()) != 0) {
        fail(koinon::ErrorCode::Cancelled, "the receiver of the lines asked to stop");
      }
    };
    const uint64_t given = open.export_lines(hand_over, history_in(options), task_in(task));
    if (lines != nullptr) *lines = given;
  });
}

KN_EXPORT int32_t kn_backup(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                            const kn_task* task, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    open.backup(path_in(path, path_length), task_in(task));
  });
}
