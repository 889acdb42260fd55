// SPDX-License-Identifier: Apache-2.0
#include "programme/completeness.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "data/completeness.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"

namespace koinon::programme {

namespace {

bool is_told(const LangText& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [](const Text& text) { return !text.text.empty(); });
}
bool is_told(const Place& place) {
  return !place.country.empty() || !place.nuts.empty() || !place.region.empty() ||
         !place.locality.empty() || place.latitude.has_value();
}
template <class T>
bool is_told(const T& value) {
  if constexpr (requires { value.has_value(); }) {
    return value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return !value.empty();
  } else {
    return static_cast<bool>(value);
  }
}

// Names of the fields that say something.
std::set<std::string_view> told_fields(const Record& record) {
  std::set<std::string_view> told;
  std::visit(
      [&](const auto& each) {
        domain::visit_fields(each, [&](const domain::Field& field, const auto& member) {
          if (is_told(member)) told.insert(field.name);
        });
      },
      record);
  return told;
}

const std::vector<data::WeighedGroup>& groups_of(const Record& record) {
  return data::completeness_of(domain::kind_names[record.index()]);
}

}  // namespace

Completeness completeness_of(const Record& record) {
  const std::set<std::string_view> told = told_fields(record);
  Completeness made;
  double weights = 0;
  for (const data::WeighedGroup& weighed : groups_of(record)) {
    FieldGroup group;
    group.group = weighed.group;
    group.weight = weighed.weight;
    double answered = 0;
    double all = 0;
    for (const data::WeighedField& field : weighed.fields) {
      const bool there = told.count(field.field) > 0;
      (there ? group.answered : group.missing).push_back(field.field);
      answered += there ? field.weight : 0;
      all += field.weight;
    }
    group.share = all > 0 ? answered / all : 0;
    made.share += group.weight * group.share;
    weights += group.weight;
    made.groups.push_back(std::move(group));
  }
  if (weights > 0) made.share /= weights;
  return made;
}

double completeness_share(const Record& record) {
  return completeness_of(record).share;
}

std::vector<LanguageVersion> languages_of(const Record& record) {
  std::map<std::string, LanguageVersion> versions;
  std::vector<std::string> fields;
  const auto take = [&](const char* field, const LangText& texts) {
    if (!is_told(texts)) return;
    fields.emplace_back(field);
    for (const Text& text : texts) {
      if (text.text.empty()) continue;
      LanguageVersion& version = versions[text.language.empty() ? "und" : text.language];
      const bool machine = text.origin == TextOrigin::Machine;
      auto& of_origin = machine ? version.machine : version.original;
      if (of_origin.empty() || of_origin.back() != field) of_origin.emplace_back(field);
    }
  };
  std::visit(
      [&](const auto& each) {
        domain::visit_fields(each, [&](const domain::Field& field, const auto& member) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, LangText>)
            take(field.name, member);
        });
      },
      record);
  std::vector<LanguageVersion> all;
  for (auto& [language, version] : versions) {
    version.language = language;
    for (const std::string& field : fields) {
      const auto in = [&](const std::vector<std::string>& some) {
        return std::find(some.begin(), some.end(), field) != some.end();
      };
      if (!in(version.original) && !in(version.machine)) version.lacking.push_back(field);
    }
    version.state = version.original.empty()  ? "machine"
                    : version.lacking.empty() ? "whole"
                                              : "part";
    all.push_back(std::move(version));
  }
  return all;
}

}  // namespace koinon::programme
