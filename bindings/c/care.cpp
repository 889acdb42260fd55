// SPDX-License-Identifier: Apache-2.0
//
// Check, statistics and the views.
#include "c/handles.hpp"
#include "c/json.hpp"

using namespace koinon::c;

namespace {

Json statistics_json(const koinon::Statistics& statistics) {
  Json kinds = Json::object();
  std::uint64_t records = 0;
  for (const auto& count : statistics.kinds) {
    kinds[koinon::kind_name(count.kind)] = count.records;
    records += count.records;
  }
  Json vectors = Json::array();
  for (const auto& model : statistics.vectors) {
    vectors.push_back(
        {{"model", model.name}, {"dimension", model.dimension}, {"records", model.records}});
  }
  return {{"path", statistics.path},
          {"change", statistics.change},
          {"records", records},
          {"kinds", std::move(kinds)},
          {"versions", statistics.versions},
          {"erased", statistics.erased},
          {"quarantined", statistics.quarantined},
          {"bytes", statistics.bytes},
          {"schema", statistics.schema},
          {"vectors", std::move(vectors)}};
}

}  // namespace

KN_EXPORT int32_t kn_check(kn_catalogue* catalogue, const kn_task* task, uint64_t* findings,
                           kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::CheckReport report = open_catalogue(catalogue).check(task_in(task));
    Json list = Json::array();
    for (const auto& finding : report.findings) {
      list.push_back({{"where", finding.where}, {"message", finding.message}});
    }
    text = new_text(dump({{"records", report.records}, {"findings", std::move(list)}}));
    if (findings != nullptr) *findings = report.findings.size();
  });
}

KN_EXPORT int32_t kn_statistics(kn_catalogue* catalogue, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(statistics_json(open_catalogue(catalogue).statistics())));
  });
}

KN_EXPORT int32_t kn_prepare(kn_catalogue* catalogue, const kn_task* task, kn_error** error) {
  return guarded(error, [&] { open_catalogue(catalogue).prepare(task_in(task)); });
}

KN_EXPORT int32_t kn_views(kn_catalogue* catalogue, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    Json list = Json::array();
    for (const auto& status : open_catalogue(catalogue).views()) {
      list.push_back({{"name", status.name},
                      {"reached", status.reached},
                      {"building", status.building},
                      {"damaged", status.damaged},
                      {"problem", status.problem}});
    }
    text = new_text(dump(list));
  });
}
