// SPDX-License-Identifier: Apache-2.0
#include "c/handles.hpp"

using namespace koinon::c;

KN_EXPORT int32_t kn_check_eligibility(kn_catalogue* catalogue, const char* request,
                                       uint64_t request_length, const kn_task* task, kn_text** json,
                                       kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked =
        koinon::eligibility_request_from_json(text_in(request, request_length, "request"));
    text = new_text(koinon::to_json(open.check_eligibility(asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_build_consortium(kn_catalogue* catalogue, const char* request,
                                      uint64_t request_length, const kn_task* task, kn_text** json,
                                      kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked =
        koinon::consortium_request_from_json(text_in(request, request_length, "request"));
    text = new_text(koinon::to_json(open.build_consortium(asked, task_in(task))));
  });
}
