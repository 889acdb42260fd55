// SPDX-License-Identifier: Apache-2.0
//
// Projects of Digital Social Innovation for Europe: each becomes an initiative and a case study
// about it. Its organisations are named by id; dsi4eu_organisations.cpp brings them, before or
// after.
#include <algorithm>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/dsi4eu.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/plain_text.hpp"

namespace koinon::exchange {

namespace {

class Objects final : public ObjectRows {
 public:
  Objects(ByteSource& source, const ReaderOptions& options)
      : ObjectRows(source, options, dsi4eu_portal) {}

 protected:
  void read(const Json& object, Row& row) override {
    const std::string local_id = needed(object, "project_id", row);
    const std::string title = plain_text(needed(object, "project_name", row));
    if (!row.violations.empty()) return;
    const SourceRecord source{portal(), local_id, {}, {}, content_hash(row.bytes), {}};

    Initiative initiative;
    add_text(initiative.names, dsi4eu_language, title);
    initiative.sources.push_back(source);
    std::string initiative_id = derived_id(RecordKind::Initiative, {portal(), "project", local_id});

    CaseStudy study;
    study.initiative = initiative_id;
    study.state = "published";
    add_text(study.title, dsi4eu_language, title);
    add_dsi4eu_text(study.summary, object, "short_description");
    add_dsi4eu_text(study.description, object, "long_description");
    add_dsi4eu_text(study.results, object, "social_impact");
    study.period.from = iso_date(text_of(object, "start_date"), "period.from", row);
    study.period.to = iso_date(text_of(object, "end_date"), "period.to", row);
    add_link(study.links, study.tags, "dsi4eu:website", text_of(object, "website"));
    read_tags(object, study);
    read_organisations(object, study);
    Place place;
    place.role = "implementation";
    if (read_dsi4eu_place(object, countries_, place)) study.locations.push_back(std::move(place));
    study.sources.push_back(source);

    row.drafts.push_back(
        {std::move(initiative_id), Record(std::move(initiative)), Merge::Replace, false, {}});
    row.drafts.push_back({derived_id(RecordKind::CaseStudy, {portal(), "project", local_id}),
                          Record(std::move(study)),
                          Merge::Replace,
                          false,
                          {}});
  }

 private:
  void read_tags(const Json& object, CaseStudy& study) {
    add_dsi4eu_tags(study.tags, "dsi4eu:focus", object, "focus");
    add_dsi4eu_tags(study.tags, "dsi4eu:technology", object, "technology");
    add_dsi4eu_tags(study.tags, "dsi4eu:support", object, "support_tags");
    add_dsi4eu_tags(study.tags, "dsi4eu:help", object, "who_we_help_tags");
    add_dsi4eu_created(study.tags, object, "creation_date");
    for (const Tag& tag : study.tags) {
      if (tag.scheme != "dsi4eu:support") continue;
      const std::string& theme = themes_.named(tag.value);
      const bool known =
          std::find(study.themes.begin(), study.themes.end(), theme) != study.themes.end();
      if (!theme.empty() && !known) study.themes.push_back(theme);
    }
  }

  void read_organisations(const Json& object, CaseStudy& study) const {
    const Json* ids = list_of(object, "linked_organisation_ids");
    if (!ids) return;
    for (const Json& id : *ids) {
      const std::string local_id = id.is_string() ? id.get<std::string>() : id.dump();
      Participation participation;
      participation.organisation = dsi4eu_organisation_id(portal(), local_id);
      participation.role = "partner";
      const bool known = std::any_of(study.participations.begin(), study.participations.end(),
                                     [&](const Participation& other) {
                                       return other.organisation == participation.organisation;
                                     });
      if (!known) study.participations.push_back(std::move(participation));
    }
  }

  CodeFinder countries_{"countries"};
  CodeFinder themes_{"social-themes"};
};

bool recognises(std::string_view head) {
  return has_keys(head, {"project_id", "project_name", "linked_organisation_ids", "social_impact"});
}

}  // namespace

const Format& dsi4eu_projects_format() {
  static const Format format = {"dsi4eu-projects",
                                "Digital Social Innovation for Europe: projects (JSON)",
                                dsi4eu_portal, recognises, open_reader<Objects>};
  return format;
}

}  // namespace koinon::exchange
