// SPDX-License-Identifier: Apache-2.0
//
// Lists of operations of the European Structural Funds, gathered into one table: a row is a funded
// operation and its beneficiary. How numbers and dates are written is a fact of the list that a row
// comes from (column `file`), so the table is read twice: once for what its rows, taken together,
// say about that.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/draft_tools.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/formats/source_conventions.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr const char* name = "esf-operations";

constexpr std::array<const char*, 15> columns = {
    "country",          "language",         "file",
    "project_id",       "project_name",     "project_description",
    "beneficiary_name", "beneficiary_city", "beneficiary_nuts_region",
    "theme_name",       "fund_acronym",     "starting_date",
    "completion_date",  "total_amount",     "partners"};

enum Column : std::size_t {
  Country,
  Language,
  File,
  ProjectId,
  ProjectName,
  ProjectDescription,
  BeneficiaryName,
  BeneficiaryCity,
  BeneficiaryRegion,
  ThemeName,
  FundAcronym,
  StartingDate,
  CompletionDate,
  TotalAmount,
  Partners
};

// Where an amount without a currency is in euro. Others had, or have, a currency of their own for a
// part of the years that the lists cover.
bool writes_euro(std::string_view country) {
  static constexpr std::array<std::string_view, 15> codes = {
      "AT", "BE", "CY", "DE", "EL", "ES", "FI", "FR", "IE", "IT", "LU", "MT", "NL", "PT", "SI"};
  return std::binary_search(codes.begin(), codes.end(), country);
}

/// The first pass.
class EvidenceRows final : public TableRows {
 public:
  EvidenceRows(ByteSource& source, const ReaderOptions& options, SourceConventions& conventions)
      : TableRows(source, options, name, columns), conventions_(conventions) {}

 protected:
  void read(Row&) override {
    SourceConvention& convention = conventions_.of(cell(File));
    if (const auto amount = cell(TotalAmount); !amount.empty()) convention.decimals.add(amount);
    if (const auto date = cell(StartingDate); !date.empty()) convention.dates.add(date);
    if (const auto date = cell(CompletionDate); !date.empty()) convention.dates.add(date);
  }

 private:
  SourceConventions& conventions_;
};

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, name, columns) {
    const auto again = source.again();
    if (!again) return;
    EvidenceRows evidence(*again, options, conventions_);
    Row row;
    while (evidence.next(row)) {
    }
  }

 protected:
  void read(Row& row) override {
    // A row without a list that it comes from says nothing about others, and others nothing about
    // it.
    convention_ = &conventions_.of(cell(File));
    country_ = countries_.named(cell(Country));
    if (country_.empty())
      row.violations.push_back({"locations[0].country", "unknown_code",
                                "'" + std::string(cell(Country)) + "' is no country"});
    Project project;
    describe(project);
    place(project);
    read_period(project, row);
    const bool coded = !cell(ProjectId).empty();
    // Rows that share a code make one project together: it is none of them, so it has no row's
    // hash.
    project.sources.push_back({portal(),
                               std::string(cell(File)),
                               {},
                               {},
                               coded ? std::string() : content_hash(row.bytes),
                               {}});
    const std::string_view beneficiary = cell(BeneficiaryName);
    if (!beneficiary.empty()) add_beneficiary(beneficiary, project, row);
    row.drafts.push_back({project_id(coded),
                          Record(std::move(project)),
                          coded ? Merge::Union : Merge::Replace,
                          false,
                          {}});
  }

 private:
  std::string project_id(bool coded) const {
    return coded
               ? derived_id(RecordKind::Project, {portal(), cell(File), cell(ProjectId),
                                                  cell(ProjectName), cell(ProjectDescription)})
               : derived_id(RecordKind::Project, {portal(), cell(File), cell(ProjectName),
                                                  cell(ProjectDescription), cell(BeneficiaryName)});
  }

  void describe(Project& project) {
    if (const auto code = cell(ProjectId); !code.empty())
      project.codes.push_back({std::string(cell(File)), std::string(code)});
    add_text(project.titles, language(), cell(ProjectName));
    add_text(project.description, language(), cell(ProjectDescription));
    if (const auto amount = cell(TotalAmount); !amount.empty())
      project.total_budget =
          read_money(amount, convention_->decimals.sign(), writes_euro(country_) ? "EUR" : "");
    add_tag(project.tags, "esf-operations:theme", cell(ThemeName));
    if (const auto fund = cell(FundAcronym); !fund.empty()) {
      project.fund = funds_.named(fund);
      if (project.fund.empty()) add_tag(project.tags, "fund-as-written", fund);
    }
    // The lists part partners by ". ", which names have inside too: they are not told apart here.
    if (const auto partners = cell(Partners); !partners.empty())
      project.partner_names.emplace_back(partners);
  }

  void place(Project& project) const {
    Place place;
    place.role = "implementation";
    place.country = country_;
    place.region = cell(BeneficiaryRegion);
    place.locality = cell(BeneficiaryCity);
    project.locations.push_back(std::move(place));
  }

  void read_period(Project& project, Row& row) const {
    project.period.from =
        read_day(cell(StartingDate), "period.from", "as-written:start", project, row);
    project.period.to = read_day(cell(CompletionDate), "period.to", "as-written:end", project, row);
  }

  PartialDate read_day(std::string_view written, const char* path, const char* scheme,
                       Project& project, Row& row) const {
    if (written.empty()) return {};
    WrittenDate date = read_date(written, convention_->dates);
    if (!date.fault.empty()) row.violations.push_back({path, "bad_date", std::move(date.fault)});
    if (date.less) add_tag(project.tags, scheme, written);
    return date.date;
  }

  void add_beneficiary(std::string_view beneficiary, Project& project, Row& row) {
    std::string id = named_organisation_id(portal(), country_, beneficiary);
    Organisation organisation;
    add_text(organisation.names, language(), beneficiary);
    Place seat;
    seat.role = "seat";
    seat.country = country_;
    organisation.addresses.push_back(std::move(seat));
    organisation.sources.push_back({portal(), std::string(cell(File)), {}, {}, {}, {}});
    Participation participation;
    participation.organisation = id;
    participation.role = "beneficiary";
    project.participations.push_back(std::move(participation));
    row.drafts.push_back({std::move(id), Record(std::move(organisation)), Merge::Keep, false, {}});
  }

  std::string_view language() const {
    const std::string_view told = cell(Language);
    return told.empty() ? "und" : told;
  }

  SourceConventions conventions_;
  const SourceConvention* convention_ = nullptr;
  CodeFinder countries_{"countries"};
  CodeFinder funds_{"funds"};
  std::string country_;
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& esf_operations_format() {
  static const Format format = {name,
                                "Lists of operations of the European Structural Funds (table)",
                                name, recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
