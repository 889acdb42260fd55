// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"

namespace koinon::c {

namespace {

Json part_json(const ExplainedPart& part) {
  return {{"signal", part.signal},   {"what", part.what},         {"language", part.language},
          {"matched", part.matched}, {"required", part.required}, {"excluded", part.excluded},
          {"score", part.score},     {"share", part.share},       {"records", part.records}};
}

Json explanation_json(const Explanation& explanation) {
  Json parts = Json::array();
  for (const ExplainedPart& part : explanation.parts) parts.push_back(part_json(part));
  Json reasons = Json::array();
  for (const Explanation::Reason& reason : explanation.reasons) {
    reasons.push_back({{"code", reason.code}, {"message", reason.message}});
  }
  return {{"id", explanation.id},         {"change", explanation.change},
          {"found", explanation.found},   {"score", explanation.score},
          {"rank", explanation.rank},     {"parts", std::move(parts)},
          {"reasons", std::move(reasons)}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_explain(kn_catalogue* catalogue, kn_string request, kn_string id,
                             const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = koinon::request_from_json(text_in(request, "request"));
    const std::string which(text_in(id, "id"));
    if (which.empty()) fail_argument("the id is empty");
    text = new_text(dump(explanation_json(open.explain(asked, which, task_in(task)))));
  });
}
