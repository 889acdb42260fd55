// SPDX-License-Identifier: Apache-2.0
//
// Horizon 2020: a row says that an organisation (PIC) takes part in a project (record number,
// `rcn`). The columns start_year, end_year, duration, group and nunique are computed from others
// and not read.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/cordis.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 10> columns = {"rcn",        "role",         "pic",
                                                 "type",       "contribution", "country",
                                                 "start_date", "end_date",     "max_contribution",
                                                 "total_cost"};

enum Column : std::size_t {
  Rcn,
  Role,
  Pic,
  Type,
  Contribution,
  Country,
  StartDate,
  EndDate,
  MaxContribution,
  TotalCost
};

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, cordis_portal, columns) {
    na_is_missing();
  }

 protected:
  void read(Row& row) override {
    is_told(cell(Rcn), "rcn", row);
    is_told(cell(Pic), "pic", row);
    const char* role = cordis_role(cell(Role));
    if (*role == '\0')
      row.violations.push_back({"participations[0].role", "unknown_code",
                                "'" + std::string(cell(Role)) + "' is no role"});
    Project project;
    project.period.from = iso_date(cell(StartDate), "period.from", row);
    project.period.to = iso_date(cell(EndDate), "period.to", row);
    if (!row.violations.empty()) return;

    const std::string rcn(cell(Rcn));
    project.codes.push_back({"CORDIS rcn", rcn});
    project.total_budget = cordis_euro(cell(TotalCost));
    project.eu_budget = cordis_euro(cell(MaxContribution));
    project.programme = "Horizon 2020";
    project.sources.push_back({portal(), rcn, {}, {}, {}, {}});
    Organisation organisation = pic_organisation(portal(), cell(Pic), cell(Country), countries_);
    organisation.kind = cordis_kind(cell(Type));
    std::string id = pic_organisation_id(cell(Pic));
    Participation participation;
    participation.organisation = id;
    participation.role = role;
    participation.contribution = cordis_euro(cell(Contribution));
    participation.period = project.period;
    project.participations.push_back(std::move(participation));
    row.drafts.push_back({std::move(id), Record(std::move(organisation)), Merge::Union, false, {}});
    row.drafts.push_back({derived_id(RecordKind::Project, {"cordis-rcn", rcn}),
                          Record(std::move(project)),
                          Merge::Union,
                          false,
                          {}});
  }

 private:
  CodeFinder countries_{"countries"};
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& h2020_participations_format() {
  static const Format format = {"h2020-participations", "Horizon 2020: participations (table)",
                                cordis_portal, recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
