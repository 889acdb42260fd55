// SPDX-License-Identifier: Apache-2.0
//
// Small records for tests that are about the catalogue and not about what records hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "koinon/koinon.hpp"

namespace koinon::test {

inline Text text(const std::string& words, const std::string& language = "en") {
  return {language, words, TextOrigin::Original};
}

inline Organisation organisation(const std::string& name) {
  Organisation made;
  made.names = {text(name)};
  return made;
}

inline Initiative initiative(const std::string& name) {
  Initiative made;
  made.names = {text(name)};
  return made;
}

inline Project project(const std::string& title, const std::vector<std::string>& members = {}) {
  Project made;
  made.titles = {text(title)};
  for (const std::string& member : members) {
    Participation& p = made.participations.emplace_back();
    p.organisation = member;
    p.role = "partner";
  }
  return made;
}

inline const std::string& name_of(const Record& record) {
  return std::get<Organisation>(record).names[0].text;
}

/// The lines of an export.
inline std::string exported(const Catalogue& catalogue, bool history) {
  std::string all;
  catalogue.export_lines([&](std::string_view line) { (all += line) += '\n'; }, history);
  return all;
}

inline std::uint64_t found(const Catalogue& catalogue, const std::string& question) {
  SearchRequest request;
  request.text = question;
  request.unpublished = true;
  return catalogue.search(request).total;
}

/// A line of Koinon's format as a host would write it.
inline std::string line(const std::string& id, const Record& record, const std::string& more = "") {
  return "{\"id\":\"" + id + "\",\"kind\":\"" + kind_name(kind_of(record)) + "\"," + more +
         "\"record\":" + to_json(record) + "}\n";
}

}  // namespace koinon::test
