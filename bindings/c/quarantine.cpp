// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

// The rows, and the arrays that their structs point into. Never moved once made.
struct kn_quarantined_rows {
  explicit kn_quarantined_rows(std::vector<koinon::QuarantinedRow> found);

  std::vector<koinon::QuarantinedRow> rows;
  std::vector<std::vector<kn_violation>> violations;  // of each row
};

kn_quarantined_rows::kn_quarantined_rows(std::vector<koinon::QuarantinedRow> found)
    : rows(std::move(found)) {
  using koinon::c::view;
  for (const auto& row : rows) {
    auto& own = violations.emplace_back();
    for (const auto& violation : row.violations) {
      own.push_back({view(violation.path), view(violation.code), view(violation.message)});
    }
  }
}

namespace koinon::c {

namespace {

// The C++ API lists rows only by page. Pages are small: a row may hold 16 MiB.
std::vector<QuarantinedRow> row_by_id(const Catalogue& catalogue, uint64_t id) {
  QuarantineRequest request;
  request.limit = 64;
  while (true) {
    std::vector<QuarantinedRow> page = catalogue.quarantine(request);
    for (QuarantinedRow& row : page) {
      if (row.id != id) continue;
      std::vector<QuarantinedRow> found;
      found.push_back(std::move(row));
      return found;
    }
    if (page.size() < request.limit) break;
    request.offset += page.size();
  }
  fail(ErrorCode::NotFound, "no row " + std::to_string(id) + " in quarantine");
}

kn_quarantined_row row_out(const kn_quarantined_rows& rows, std::size_t place) {
  const QuarantinedRow& row = rows.rows[place];
  kn_quarantined_row out{};
  out.id = row.id;
  out.line = row.line;
  out.at = instant(row.at);
  out.size = row.size;
  out.file = view(row.file);
  out.format = view(row.format);
  out.portal = view(row.portal);
  out.encoding = view(row.encoding);
  out.bytes = view(row.bytes);
  out.violations = rows.violations[place].data();
  out.violation_count = rows.violations[place].size();
  return out;
}

Json row_json(const QuarantinedRow& row) {
  Json json = {{"id", row.id},
               {"file", row.file},
               {"format", row.format},
               {"portal", row.portal},
               {"encoding", row.encoding},
               {"line", row.line},
               {"at", format_instant(row.at)},
               {"size", row.size},
               {"violations", violations_json(row.violations)}};
  if (is_utf8(row.bytes)) {
    json["text"] = row.bytes;
  } else {
    json["base64"] = base64(row.bytes);
  }
  return json;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_quarantine(kn_catalogue* catalogue, const kn_quarantine_options* options,
                                kn_quarantined_rows** rows, kn_error** error) {
  return guarded(error, [&] {
    kn_quarantined_rows*& found = result(rows, "rows");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_quarantine_options given = options_in(options, quarantine_defaults());
    koinon::QuarantineRequest request;
    request.file = std::string(text_in(given.file, "file"));
    request.limit = size_in(given.limit);
    request.offset = size_in(given.offset);
    found = new kn_quarantined_rows(given.id != 0 ? row_by_id(open, given.id)
                                                  : open.quarantine(request));
  });
}

KN_EXPORT uint64_t kn_quarantined_rows_count(const kn_quarantined_rows* rows) {
  return rows == nullptr ? 0 : rows->rows.size();
}

KN_EXPORT int32_t kn_quarantined_rows_get(const kn_quarantined_rows* rows, uint64_t place,
                                          kn_quarantined_row* row, kn_error** error) {
  return guarded(error, [&] {
    const kn_quarantined_rows& all = required(rows, "rows");
    at_place(all.rows, place);
    struct_out(row, row_out(all, static_cast<std::size_t>(place)), "row");
  });
}

KN_EXPORT int32_t kn_quarantined_rows_json(const kn_quarantined_rows* rows, kn_text** json,
                                           kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    Json list = Json::array();
    for (const auto& row : required(rows, "rows").rows) list.push_back(row_json(row));
    text = new_text(dump(list));
  });
}

KN_EXPORT void kn_quarantined_rows_free(kn_quarantined_rows* rows) {
  delete rows;
}

KN_EXPORT int32_t kn_discard(kn_catalogue* catalogue, uint64_t row, kn_error** error) {
  return guarded(error, [&] { open_catalogue(catalogue).discard(row); });
}
