// SPDX-License-Identifier: Apache-2.0
#include "partners/organisation_facts.hpp"

#include <string_view>

namespace koinon::partners {

namespace {

// Lists of operations stand in such for the names of persons; two of them are never one name.
constexpr std::string_view withheld = "withheld-";

}  // namespace

OrganisationFacts facts_of(const Organisation& organisation) {
  OrganisationFacts facts;
  const auto add = [&](const std::string& name) {
    if (name.compare(0, withheld.size(), withheld) != 0) facts.names.push_back(name);
  };
  for (const Text& name : organisation.names) add(name.text);
  for (const std::string& alias : organisation.aliases) add(alias);
  facts.identifiers = organisation.identifiers;
  facts.kind = organisation.kind;
  facts.legal_form = organisation.legal_form;
  if (!organisation.addresses.empty()) {
    facts.country = organisation.addresses.front().country;
    facts.city = organisation.addresses.front().locality;
  }
  return facts;
}

}  // namespace koinon::partners
