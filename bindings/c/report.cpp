// SPDX-License-Identifier: Apache-2.0
#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

using namespace koinon::c;

namespace {

koinon::Report drawn(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                     const kn_task* task) {
  koinon::Catalogue& open = open_catalogue(catalogue);
  const auto asked = koinon::report_request_from_json(text_in(request, request_length, "request"));
  return open.report(asked, task_in(task));
}

}  // namespace

KN_EXPORT int32_t kn_report(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                            const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(koinon::to_json(drawn(catalogue, request, request_length, task)));
  });
}

KN_EXPORT int32_t kn_report_page(kn_catalogue* catalogue, const char* request,
                                 uint64_t request_length, const kn_task* task, kn_text** markdown,
                                 kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(markdown, "markdown");
    text = new_text(koinon::to_markdown(drawn(catalogue, request, request_length, task)));
  });
}

KN_EXPORT int32_t kn_report_dimensions(int32_t kind, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::RecordKind told = kind_in(kind);
    text = new_text(dump(Json{{"dimensions", koinon::report_dimensions(told)},
                              {"measures", koinon::report_measures(told)}}));
  });
}

KN_EXPORT int32_t kn_outcome(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                             const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string which(text_in(id, id_length, "id"));
    text = new_text(koinon::to_json(open.outcome(which, task_in(task))));
  });
}
