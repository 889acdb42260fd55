// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

ImportOptions import_in(const kn_import_options* options, const kn_task* task) {
  const kn_import_options given = options_in(options, import_defaults());
  if (given.batch_rows == 0) fail_argument("batch_rows is 0");
  ImportOptions own;
  own.format = std::string(text_in(given.format, "format"));
  own.portal = std::string(text_in(given.portal, "portal"));
  own.by = std::string(text_in(given.by, "by"));
  own.encoding = std::string(text_in(given.encoding, "encoding"));
  own.skip_rows = given.skip_rows;
  own.batch_rows = size_in(given.batch_rows);
  own.task = task_in(task);
  return own;
}

kn_import_summary summary_out(const ImportReport& report) {
  kn_import_summary out{};
  out.complete = report.complete ? 1 : 0;
  out.read = report.read;
  out.stored = report.stored;
  out.unchanged = report.unchanged;
  out.quarantined = report.quarantined;
  out.records_created = report.records_created;
  out.records_updated = report.records_updated;
  out.next_row = report.next_row;
  out.seconds = report.seconds;
  out.file = view(report.file);
  out.format = view(report.format);
  out.reason_count = report.reasons.size();
  return out;
}

kn_import_reason reason_out(const ImportReason& reason) {
  kn_import_reason out{};
  out.rows = reason.rows;
  out.first_line = reason.first_line;
  out.code = view(reason.code);
  out.field = view(reason.field);
  out.message = view(reason.message);
  return out;
}

Json report_json(const ImportReport& report) {
  Json reasons = Json::array();
  for (const ImportReason& reason : report.reasons) {
    reasons.push_back({{"code", reason.code},
                       {"field", reason.field},
                       {"message", reason.message},
                       {"rows", reason.rows},
                       {"first_line", reason.first_line}});
  }
  return {{"file", report.file},
          {"format", report.format},
          {"read", report.read},
          {"stored", report.stored},
          {"unchanged", report.unchanged},
          {"quarantined", report.quarantined},
          {"records_created", report.records_created},
          {"records_updated", report.records_updated},
          {"reasons", std::move(reasons)},
          {"complete", report.complete},
          {"next_row", report.next_row},
          {"seconds", report.seconds}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_import(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                            const kn_import_options* options, const kn_task* task,
                            kn_import_report** report, kn_error** error) {
  return guarded(error, [&] {
    kn_import_report*& made = result(report, "report");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string file = path_in(path, path_length);
    const koinon::ImportOptions own = import_in(options, task);
    made = new kn_import_report{open.import_file(file, own)};
  });
}

KN_EXPORT int32_t kn_import_sample(kn_catalogue* catalogue, const kn_import_options* options,
                                   const kn_task* task, kn_import_report** report,
                                   kn_error** error) {
  return guarded(error, [&] {
    kn_import_report*& made = result(report, "report");
    koinon::Catalogue& open = open_catalogue(catalogue);
    made = new kn_import_report{open.import_sample(import_in(options, task))};
  });
}

KN_EXPORT int32_t kn_import_report_summarise(const kn_import_report* report,
                                             kn_import_summary* summary, kn_error** error) {
  return guarded(error, [&] {
    struct_out(summary, summary_out(required(report, "report").report), "summary");
  });
}

KN_EXPORT int32_t kn_import_report_reason(const kn_import_report* report, uint64_t place,
                                          kn_import_reason* reason, kn_error** error) {
  return guarded(error, [&] {
    const auto& all = required(report, "report").report.reasons;
    struct_out(reason, reason_out(at_place(all, place)), "reason");
  });
}

KN_EXPORT int32_t kn_import_report_json(const kn_import_report* report, kn_text** json,
                                        kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(report_json(required(report, "report").report)));
  });
}

KN_EXPORT void kn_import_report_free(kn_import_report* report) {
  delete report;
}

KN_EXPORT int32_t kn_retry(kn_catalogue* catalogue, uint64_t row, const char* mended,
                           uint64_t mended_length, kn_import_report** report, kn_error** error) {
  return guarded(error, [&] {
    kn_import_report*& made = result(report, "report");
    koinon::Catalogue& open = open_catalogue(catalogue);
    std::optional<std::string> bytes;
    if (mended != nullptr || mended_length > 0) {
      bytes = std::string(text_in(mended, mended_length, "mended"));
    }
    made = new kn_import_report{open.retry(row, std::move(bytes))};
  });
}
