// SPDX-License-Identifier: Apache-2.0
//
// Ready vectors of records.
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

constexpr uint64_t most_numbers = 4096;  // of any vector

kn_write_options write_options_in(const kn_write_options* options) {
  const kn_write_options given = options_in(options, write_defaults());
  if (given.expected_version != KN_ANY_VERSION) fail_argument("vectors do not look at the version");
  return given;
}

VectorRows rows_in(const kn_string* ids, uint64_t count, const float* numbers, uint64_t dimension) {
  VectorRows rows;
  if (dimension > most_numbers) fail_argument("vectors have at most 4096 numbers");
  check_array(ids, count, "ids");
  check_array(numbers, count, "numbers");
  rows.ids.reserve(size_in(count));
  for (uint64_t i = 0; i < count; ++i) rows.ids.emplace_back(text_in(ids[i], "an id"));
  rows.dimension = size_in(dimension);
  rows.numbers = numbers;
  rows.count = rows.ids.size() * rows.dimension;
  return rows;
}

std::string report_json(const VectorsReport& report) {
  Json refused = Json::array();
  for (const RefusedVector& each : report.refused) {
    refused.push_back(
        {{"row", each.row}, {"id", each.id}, {"code", each.code}, {"message", each.message}});
  }
  return dump({{"rows", report.rows},
               {"stored", report.stored},
               {"unchanged", report.unchanged},
               {"change", report.change},
               {"refused", std::move(refused)}});
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_put_vectors(kn_catalogue* catalogue, const char* model, uint64_t model_length,
                                 const kn_string* ids, uint64_t count, const float* numbers,
                                 uint64_t dimension, const kn_write_options* options,
                                 const kn_task* task, uint64_t* refused, kn_text** json,
                                 kn_error** error) {
  return guarded(error, [&] {
    if (json != nullptr) *json = nullptr;
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_write_options given = write_options_in(options);
    koinon::VectorRows rows = rows_in(ids, count, numbers, dimension);
    rows.model = std::string(text_in(model, model_length, "model"));
    const auto report = open.put_vectors(rows, text_in(given.by, "by"), task_in(task));
    if (refused != nullptr) *refused = report.refused.size();
    if (json != nullptr) *json = new_text(report_json(report));
  });
}

KN_EXPORT int32_t kn_drop_vectors(kn_catalogue* catalogue, const char* model, uint64_t model_length,
                                  const kn_write_options* options, const kn_task* task,
                                  uint64_t* records, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_write_options given = write_options_in(options);
    const std::string name(text_in(model, model_length, "model"));
    const uint64_t dropped = open.drop_vectors(name, text_in(given.by, "by"), task_in(task));
    if (records != nullptr) *records = dropped;
  });
}
