// SPDX-License-Identifier: Apache-2.0
//
// Horizon 2020: the part of the programme that pays for a project, a row each.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/cordis.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 2> columns = {"rcn", "programme_part"};

enum Column : std::size_t { Rcn, Part };

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, cordis_portal, columns) {
    na_is_missing();
  }

 protected:
  void read(Row& row) override {
    if (!is_told(cell(Rcn), "rcn", row)) return;
    const std::string rcn(cell(Rcn));
    Project project;
    project.codes.push_back({"CORDIS rcn", rcn});
    project.programme = "Horizon 2020";
    add_tag(project.tags, "h2020:programme-part", cell(Part));
    project.sources.push_back({portal(), rcn, {}, {}, {}, {}});
    row.drafts.push_back({derived_id(RecordKind::Project, {"cordis-rcn", rcn}),
                          Record(std::move(project)),
                          Merge::Union,
                          false,
                          {}});
  }
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& h2020_programmes_format() {
  static const Format format = {"h2020-programmes",
                                "Horizon 2020: programme parts of projects (table)", cordis_portal,
                                recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
