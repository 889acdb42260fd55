// SPDX-License-Identifier: Apache-2.0
//
// Names of organisations by their PIC. The names are in whatever language the organisation gave.
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/formats/cordis.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 6> columns = {"pic",  "legal_name", "short_name",
                                                "type", "country",    "url"};

enum Column : std::size_t { Pic, LegalName, ShortName, Type, Country, Url };

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, cordis_portal, columns) {
    na_is_missing();
  }

 protected:
  void read(Row& row) override {
    const std::string_view pic = cell(Pic);
    if (pic.empty() && !is_told(cell(LegalName), "legal_name", row)) return;
    Organisation organisation = pic_organisation(portal(), pic, cell(Country), countries_);
    // Without a PIC the name alone tells the organisation.
    if (pic.empty()) organisation.identifiers.clear();
    add_text(organisation.names, "und", cell(LegalName));
    if (const auto alias = cell(ShortName); !alias.empty() && alias != cell(LegalName))
      organisation.aliases.emplace_back(alias);
    organisation.kind = cordis_kind(cell(Type));
    read_website(organisation);
    std::string id = pic.empty() ? named_organisation_id(portal(), cell(Country), cell(LegalName))
                                 : pic_organisation_id(pic);
    row.drafts.push_back({std::move(id), Record(std::move(organisation)), Merge::Union, false, {}});
  }

 private:
  // Most addresses leave out "http://"; without blanks they can still be followed.
  void read_website(Organisation& organisation) const {
    const std::string_view url = cell(Url);
    const bool bare = url.starts_with("www.") && is_web_address("http://" + std::string(url));
    if (is_web_address(url) || bare) {
      organisation.website = url;
    } else {
      add_tag(organisation.tags, "cordis:url", url);
    }
  }

  CodeFinder countries_{"countries"};
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& cordis_organisations_format() {
  static const Format format = {"cordis-organisations", "CORDIS: organisations by PIC (table)",
                                cordis_portal, recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
