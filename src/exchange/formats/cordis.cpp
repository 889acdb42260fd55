// SPDX-License-Identifier: Apache-2.0
#include "exchange/formats/cordis.hpp"

#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/numbers.hpp"

namespace koinon::exchange {

std::string pic_organisation_id(std::string_view pic) {
  return derived_id(RecordKind::Organisation, {"pic", pic});
}

const char* cordis_kind(std::string_view type) {
  if (type == "HES") return "education";
  if (type == "REC") return "research";
  if (type == "PRC") return "company";
  if (type == "PUB") return "public-authority";
  return type == "OTH" ? "other" : "";
}

const char* cordis_role(std::string_view role) {
  if (role == "coordinator" || role == "Coordinator") return "coordinator";
  if (role == "participant" || role == "Participant") return "partner";
  if (role == "partner" || role == "Partner") return "associated-partner";
  return role == "Thirdparty" || role == "thirdParty" ? "third-party" : "";
}

Organisation pic_organisation(const std::string& portal, std::string_view pic,
                              std::string_view country, CodeFinder& countries) {
  Organisation organisation;
  Identifier identifier;
  identifier.scheme = "pic";
  identifier.value = pic;
  identifier.source = portal;
  organisation.identifiers.push_back(std::move(identifier));
  if (!country.empty()) {
    Place seat;
    seat.role = "seat";
    seat.country = countries.named(country);
    if (seat.country.empty()) seat.region = country;
    organisation.addresses.push_back(std::move(seat));
  }
  organisation.sources.push_back({portal, std::string(pic), {}, {}, {}, {}});
  return organisation;
}

Money cordis_euro(std::string_view amount) {
  return amount.empty() ? Money() : read_money(amount, DecimalSign::Point, "EUR");
}

}  // namespace koinon::exchange
