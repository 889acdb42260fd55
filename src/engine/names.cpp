// SPDX-License-Identifier: Apache-2.0
#include "engine/names.hpp"

#include <string_view>

#include "exchange/record_json.hpp"
#include "koinon/catalogue.hpp"

namespace koinon::engine {

namespace {

std::string first(const LangText& texts) {
  return texts.empty() ? std::string() : texts[0].text;
}

struct Title {
  store::Reader& reader;

  std::string operator()(const Organisation& r) const { return name_of(r); }
  std::string operator()(const Initiative& r) const { return first(r.names); }
  std::string operator()(const CaseStudy& r) const {
    return r.title.empty() ? initiative(r.initiative) : first(r.title);
  }
  std::string operator()(const Project& r) const {
    if (!r.titles.empty()) return first(r.titles);
    if (!r.acronym.empty()) return r.acronym;
    return r.codes.empty() ? std::string() : r.codes[0].issuer + ' ' + r.codes[0].value;
  }
  std::string operator()(const Call& r) const {
    if (!r.titles.empty()) return first(r.titles);
    return r.codes.empty() ? std::string() : r.codes[0].value;
  }
  std::string operator()(const Concept& r) const { return first(r.labels); }
  std::string operator()(const MatchDecision&) const { return {}; }
  std::string operator()(const Replication& r) const {
    const std::string parent = initiative(r.parent);
    const std::string child = initiative(r.child);
    return (parent.empty() ? r.parent : parent) + " → " + (child.empty() ? r.child : child);
  }

  template <class T>
  std::string operator()(const T& r) const {
    if constexpr (requires { r.names; }) {
      return first(r.names);
    } else if constexpr (requires { r.titles; }) {
      return first(r.titles);
    } else {
      return {};
    }
  }

  std::string initiative(const std::string& id) const {
    const auto row = reader.find(id);
    if (!row || row->state != store::State::Present || row->kind != RecordKind::Initiative)
      return {};
    const auto decoded = exchange::from_json(row->kind, reader.body(row->change));
    return first(std::get<Initiative>(decoded.record).names);
  }
};

}  // namespace

std::string title_of(const Record& record, store::Reader& reader) {
  return std::visit(Title{reader}, record);
}

std::string name_of(const Organisation& organisation) {
  if (!organisation.names.empty()) return first(organisation.names);
  if (organisation.identifiers.empty()) return {};
  return organisation.identifiers[0].scheme + ' ' + organisation.identifiers[0].value;
}

std::vector<std::string> capabilities_of(const Organisation& organisation) {
  std::vector<std::string> capabilities = organisation.offers;
  for (const Tag& tag : organisation.tags) {
    if (tag.scheme == "capability") capabilities.push_back(tag.value);
  }
  return capabilities;
}

std::string a_kind(RecordKind kind) {
  const std::string name = kind_name(kind);
  const bool vowel = std::string_view("aeiou").find(name.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + name;
}

std::string country_of(const Record& record) {
  const auto* organisation = std::get_if<Organisation>(&record);
  if (!organisation || organisation->addresses.empty()) return {};
  return organisation->addresses[0].country;
}

}  // namespace koinon::engine
