// SPDX-License-Identifier: Apache-2.0
//
// FP7 and Horizon 2020 participations with the project's acronym and topic. `project_id` is the
// number of the grant agreement, not the record number that h2020_participations.cpp goes by: the
// two are not matched here.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/cordis.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 13> columns = {"project_id",
                                                 "pic",
                                                 "partner_role",
                                                 "project_acronym",
                                                 "topic_code",
                                                 "topic_description",
                                                 "thematic_priority",
                                                 "funding_scheme",
                                                 "framework_programme",
                                                 "start_date",
                                                 "end_date",
                                                 "country",
                                                 "ec_contribution"};

enum Column : std::size_t {
  ProjectId,
  Pic,
  PartnerRole,
  Acronym,
  TopicCode,
  TopicDescription,
  Priority,
  FundingScheme,
  Programme,
  StartDate,
  EndDate,
  Country,
  Contribution
};

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, cordis_portal, columns) {
    na_is_missing();
  }

 protected:
  void read(Row& row) override {
    is_told(cell(ProjectId), "project_id", row);
    is_told(cell(Pic), "pic", row);
    const char* role = cordis_role(cell(PartnerRole));
    if (*role == '\0')
      row.violations.push_back({"participations[0].role", "unknown_code",
                                "'" + std::string(cell(PartnerRole)) + "' is no role"});
    Project project = read_project(row);
    if (!row.violations.empty()) return;
    std::string id = pic_organisation_id(cell(Pic));
    Participation participation;
    participation.organisation = id;
    participation.role = role;
    participation.contribution = cordis_euro(cell(Contribution));
    participation.period = project.period;
    project.participations.push_back(std::move(participation));
    std::string project_id = derived_id(RecordKind::Project, {"ec-grant", cell(ProjectId)});
    row.drafts.push_back({std::move(id),
                          Record(pic_organisation(portal(), cell(Pic), cell(Country), countries_)),
                          Merge::Union,
                          false,
                          {}});
    row.drafts.push_back(
        {std::move(project_id), Record(std::move(project)), Merge::Union, false, {}});
  }

 private:
  Project read_project(Row& row) const {
    Project project;
    const std::string number(cell(ProjectId));
    project.codes.push_back({"EC", number});
    project.acronym = cell(Acronym);
    project.period.from = iso_date(cell(StartDate), "period.from", row);
    project.period.to = iso_date(cell(EndDate), "period.to", row);
    project.programme = cell(Programme) == "H2020" ? "Horizon 2020" : std::string(cell(Programme));
    add_tag(project.tags, "cordis:topic", cell(TopicCode));
    add_tag(project.tags, "cordis:topic-description", cell(TopicDescription));
    add_tag(project.tags, "cordis:thematic-priority", cell(Priority));
    add_tag(project.tags, "cordis:funding-scheme", cell(FundingScheme));
    project.sources.push_back({portal(), number, {}, {}, {}, {}});
    return project;
  }

  CodeFinder countries_{"countries"};
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& cordis_participations_format() {
  static const Format format = {"cordis-participations",
                                "CORDIS: participations with acronyms and topics (table)",
                                cordis_portal, recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
