// SPDX-License-Identifier: Apache-2.0
//
// Organisations of Digital Social Innovation for Europe. Their links to projects stand in the
// projects too, and are taken from there.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/dsi4eu.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/plain_text.hpp"

namespace koinon::exchange {

namespace {

// By the id of the organisation type. The source has no class apart for social enterprises: they
// share one with charities, foundations and other non-profits. The wording is kept as a tag.
const char* kind_of_type(const Json& object) {
  static constexpr std::array<const char*, 6> kinds = {"",         "ngo", "company",
                                                       "research", "ngo", "public-authority"};
  const auto type = object.find("organisation_type");
  if (type == object.end() || !type->is_object()) return "";
  const auto id = number_of(*type, "id");
  return id && *id >= 0 && *id < kinds.size() ? kinds[static_cast<std::size_t>(*id)] : "";
}

// The source joins street and postcode by a comma and a line break; either may be empty. The street
// stays a tag, for a place has no field for it.
void read_address(const std::string& address, Organisation& organisation, Place& place) {
  const std::size_t line = address.rfind(",\n");
  if (line == std::string::npos) {
    add_tag(organisation.tags, "dsi4eu:address", address);
    return;
  }
  const std::string postcode(trim(std::string_view(address).substr(line + 2)));
  const bool is_code =
      postcode.size() <= 12 && postcode.find_first_of("0123456789") != std::string::npos;
  if (is_code) {
    place.postcode = postcode;
    add_tag(organisation.tags, "dsi4eu:address", std::string_view(address).substr(0, line));
  } else if (line > 0 || !postcode.empty()) {
    add_tag(organisation.tags, "dsi4eu:address", address);
  }
}

class Objects final : public ObjectRows {
 public:
  Objects(ByteSource& source, const ReaderOptions& options)
      : ObjectRows(source, options, dsi4eu_portal) {}

 protected:
  void read(const Json& object, Row& row) override {
    const std::string local_id = needed(object, "organisation_id", row);
    const std::string title = plain_text(needed(object, "organisation_name", row));
    if (!row.violations.empty()) return;
    Organisation organisation;
    add_text(organisation.names, dsi4eu_language, title);
    organisation.kind = kind_of_type(object);
    // The long description repeats what the short one says, more fully.
    add_dsi4eu_text(organisation.description, object, "long_description");
    if (organisation.description.empty())
      add_dsi4eu_text(organisation.description, object, "short_description");
    read_place(object, organisation);
    read_website(object, organisation);
    read_tags(object, organisation);
    organisation.sources.push_back({portal(), local_id, {}, {}, content_hash(row.bytes), {}});
    row.drafts.push_back({dsi4eu_organisation_id(portal(), local_id),
                          Record(std::move(organisation)),
                          Merge::Replace,
                          false,
                          {}});
  }

 private:
  void read_place(const Json& object, Organisation& organisation) {
    Place place;
    place.role = "seat";
    const bool told = read_dsi4eu_place(object, countries_, place);
    read_address(text_of(object, "address"), organisation, place);
    if (told || !place.postcode.empty()) organisation.addresses.push_back(std::move(place));
  }

  static void read_website(const Json& object, Organisation& organisation) {
    const std::string website(trim(text_of(object, "website")));
    if (is_web_address(website)) {
      organisation.website = website;
    } else {
      add_tag(organisation.tags, "dsi4eu:website", website);
    }
  }

  static void read_tags(const Json& object, Organisation& organisation) {
    const auto type = object.find("organisation_type");
    if (type != object.end() && type->is_object())
      add_tag(organisation.tags, "dsi4eu:organisation-type", text_of(*type, "name"));
    add_tag(organisation.tags, "dsi4eu:size", text_of(object, "organisation_size"));
    add_tag(organisation.tags, "dsi4eu:founded", text_of(object, "startDate"));
    add_dsi4eu_tags(organisation.tags, "dsi4eu:tag", object, "tags");
    add_dsi4eu_tags(organisation.tags, "dsi4eu:network", object, "networkTags");
    add_dsi4eu_created(organisation.tags, object, "created");
    // Both descriptions, where both are told.
    LangText summary;
    add_dsi4eu_text(summary, object, "short_description");
    if (!summary.empty() && !organisation.description.empty() &&
        summary[0].text != organisation.description[0].text)
      add_tag(organisation.tags, "dsi4eu:summary", summary[0].text);
  }

  CodeFinder countries_{"countries"};
};

bool recognises(std::string_view head) {
  return has_keys(head, {"organisation_id", "organisation_name", "organisation_type"});
}

}  // namespace

const Format& dsi4eu_organisations_format() {
  static const Format format = {"dsi4eu-organisations",
                                "Digital Social Innovation for Europe: organisations (JSON)",
                                dsi4eu_portal, recognises, open_reader<Objects>};
  return format;
}

}  // namespace koinon::exchange
