// SPDX-License-Identifier: Apache-2.0
//
// Cases of innovative public services, gathered by the Joint Research Centre: each becomes an
// initiative, a case study about it and, where it is named, the organisation that leads.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/draft_tools.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/object_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr const char* default_portal = "jrc-ips";
constexpr const char* language = "en";

struct Meaning {
  std::string_view written;
  const char* code;
};

template <std::size_t N>
const char* meaning_of(const std::array<Meaning, N>& meanings, std::string_view written) {
  for (const Meaning& meaning : meanings) {
    if (meaning.written == written) return meaning.code;
  }
  return "";
}

constexpr std::array<Meaning, 4> levels = {{{"National", "national"},
                                            {"Local", "local"},
                                            {"Regional", "regional"},
                                            {"Across Countries", "international"}}};

constexpr std::array<Meaning, 6> running = {{{"Planned", "planned"},
                                             {"In development", "in-development"},
                                             {"Pilot", "pilot"},
                                             {"Implemented", "running"},
                                             {"In production", "running"},
                                             {"Not in use anymore", "ended"}}};

constexpr std::array<Meaning, 9> kinds = {{{"Central-Government", "public-authority"},
                                           {"Local Government", "public-authority"},
                                           {"Regional Government", "public-authority"},
                                           {"Governmental", "public-authority"},
                                           {"Private sector", "company"},
                                           {"Academic-Research", "research"},
                                           {"Non-governmental", "ngo"},
                                           {"Community led", "ngo"},
                                           {"Consortium", "network"}}};

// "2020", or "2021.0" as a spreadsheet's export has it.
PartialDate read_year(std::string_view written, const char* path, Row& row) {
  written = trim(written);
  if (written.ends_with(".0")) written.remove_suffix(2);
  return iso_date(written, path, row);
}

// Addresses parted by blanks, line ends, commas, semicolons or "en". Some were damaged by a search
// and replace that put blanks into them: when a piece is no address none is believed, and the
// wording is kept.
void read_links(const std::string& written, CaseStudy& study) {
  std::vector<std::string> links;
  std::string_view rest = trim(written);
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(" \t\r\n");
    std::string_view piece = trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : trim(rest.substr(end));
    while (piece.ends_with(',') || piece.ends_with(';')) piece.remove_suffix(1);
    if (piece.empty() || (piece == "en" && !links.empty())) continue;
    if (!is_web_address(piece)) {
      add_tag(study.tags, "jrc-ips:url", written);
      return;
    }
    links.emplace_back(piece);
  }
  study.links = std::move(links);
}

class Objects final : public ObjectRows {
 public:
  Objects(ByteSource& source, const ReaderOptions& options)
      : ObjectRows(source, options, default_portal) {}

 protected:
  void read(const Json& object, Row& row) override {
    const std::string local_id = needed(object, "id", row);
    const std::string title = needed(object, "name", row);
    if (!row.violations.empty()) return;
    const SourceRecord source{portal(), local_id, {}, {}, content_hash(row.bytes), {}};

    Initiative initiative;
    add_text(initiative.names, language, title);
    initiative.sources.push_back(source);
    std::string initiative_id = derived_id(RecordKind::Initiative, {portal(), local_id});

    CaseStudy study;
    study.initiative = initiative_id;
    study.state = "published";
    add_text(study.title, language, title);
    add_text(study.description, language, text_of(object, "description"));
    study.level = meaning_of(levels, text_of(object, "geoextent"));
    study.running = meaning_of(running, text_of(object, "status"));
    study.period.from = read_year(text_of(object, "start_date"), "period.from", row);
    study.period.to = read_year(text_of(object, "end_date"), "period.to", row);
    read_tags(object, study);
    read_places(object, study);
    read_links(text_of(object, "url"), study);
    read_lead(object, study, row);
    study.sources.push_back(source);

    row.drafts.push_back(
        {std::move(initiative_id), Record(std::move(initiative)), Merge::Replace, false, {}});
    row.drafts.push_back({derived_id(RecordKind::CaseStudy, {portal(), local_id}),
                          Record(std::move(study)),
                          Merge::Replace,
                          false,
                          {}});
  }

 private:
  static void read_tags(const Json& object, CaseStudy& study) {
    static constexpr std::array<std::pair<const char*, const char*>, 9> tags = {{
        {"jrc-ips:primary-sector", "primary_sector"},
        {"jrc-ips:secondary-sector", "secondary_sector"},
        {"jrc-ips:technology", "technology"},
        {"jrc-ips:type", "type"},
        {"jrc-ips:status", "status"},
        {"jrc-ips:extent", "geoextent"},
        {"jrc-ips:uptake", "uptake"},
        {"jrc-ips:cross-border", "cross_border"},
        {"jrc-ips:cross-sector", "cross_sector"},
    }};
    for (const auto& [scheme, key] : tags) add_tag(study.tags, scheme, text_of(object, key));
  }

  void add_place(CaseStudy& study, const std::string& written) {
    Place place;
    place.role = "implementation";
    place.country = countries_.named(written);
    if (place.country.empty()) place.region = written;
    if (!written.empty()) study.locations.push_back(std::move(place));
  }

  // The codes, or where there are none the names: "European Union" has no code.
  void read_places(const Json& object, CaseStudy& study) {
    const Json* list = list_of(object, "geocoverage_codes");
    if (!list || list->empty()) list = list_of(object, "geocoverage");
    if (!list) return;
    for (const Json& entry : *list) {
      if (entry.is_string())
        add_place(study, std::string(trim(entry.get_ref<const std::string&>())));
    }
  }

  void read_lead(const Json& object, CaseStudy& study, Row& row) {
    const std::string lead(trim(text_of(object, "lead_organisation_name")));
    if (lead.empty()) return;
    const std::string category = text_of(object, "lead_organisation_category");
    const std::string country = study.locations.size() == 1 ? study.locations[0].country : "";
    Organisation organisation;
    add_text(organisation.names, language, lead);
    organisation.kind = meaning_of(kinds, category);
    add_tag(organisation.tags, "jrc-ips:category", category);
    if (!country.empty()) {
      Place seat;
      seat.role = "seat";
      seat.country = country;
      organisation.addresses.push_back(std::move(seat));
    }
    organisation.sources.push_back({portal(), {}, {}, {}, {}, {}});
    study.lead_organisation = named_organisation_id(portal(), country, lead);
    Participation participation;
    participation.organisation = study.lead_organisation;
    participation.role = "lead";
    study.participations.push_back(std::move(participation));
    row.drafts.push_back(
        {study.lead_organisation, Record(std::move(organisation)), Merge::Keep, false, {}});
  }

  CodeFinder countries_{"countries"};
};

bool recognises(std::string_view head) {
  return has_keys(head, {"geocoverage_codes", "lead_organisation_name", "geoextent"});
}

}  // namespace

const Format& jrc_cases_format() {
  static const Format format = {
      "jrc-cases", "Innovative public services: cases of the Joint Research Centre (JSON)",
      default_portal, recognises, open_reader<Objects>};
  return format;
}

}  // namespace koinon::exchange
