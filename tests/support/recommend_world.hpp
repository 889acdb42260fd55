// SPDX-License-Identifier: Apache-2.0
//
// A small catalogue to recommend from, and what the tests of it ask.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"

namespace koinon::test {

using Ids = std::vector<std::string>;

inline void put_organisation(Catalogue& catalogue, const std::string& id,
                             const std::string& country, const std::string& kind = "ngo") {
  Organisation made = organisation("Organisation " + id);
  made.addresses.emplace_back().country = country;
  made.kind = kind;
  catalogue.put({id, made, {}});
}

inline Project dated(const std::string& title, const Ids& members, std::int16_t year,
                     const Ids& themes = {}) {
  Project made = project(title, members);
  made.period.from = {year, 1, 1};
  made.themes = themes;
  return made;
}

//   a - b - c     b - d in 2020     e - f on health     g in nothing, offers health
inline Catalogue world() {
  Catalogue catalogue = Catalogue::open(":memory:");
  for (const char* id : {"a", "b", "c"}) put_organisation(catalogue, id, "NL");
  put_organisation(catalogue, "d", "FI", "company");
  put_organisation(catalogue, "e", "FI");
  put_organisation(catalogue, "f", "FI");
  Organisation newcomer = organisation("Organisation g");
  newcomer.addresses.emplace_back().country = "FI";
  newcomer.offers = {"health"};
  catalogue.put({"g", newcomer, {}});
  Project first = dated("First", {"a", "b"}, 2016, {"housing"});
  first.participations[0].role = "coordinator";
  catalogue.put({"p1", first, {}});
  catalogue.put({"p2", dated("Second", {"b", "c"}, 2017, {"housing"}), {}});
  catalogue.put({"p3", dated("Third", {"b", "d"}, 2020, {"housing"}), {}});
  catalogue.put({"p4", dated("Fourth", {"e", "f"}, 2018, {"health"}), {}});
  return catalogue;
}

inline RecommendRequest for_organisation(const std::string& id) {
  RecommendRequest request;
  request.organisation = id;
  return request;
}

inline RecommendRequest for_members(const Ids& ids) {
  RecommendRequest request;
  request.members = ids;
  return request;
}

inline Ids named(const Recommendations& found) {
  Ids ids;
  for (const Recommendation& one : found.recommendations) ids.push_back(one.organisation.id);
  return ids;
}

inline Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

inline const Recommendation& of(const Recommendations& found, const std::string& id) {
  for (const Recommendation& one : found.recommendations)
    if (one.organisation.id == id) return one;
  FAIL(id << " is not named");
  return found.recommendations.front();
}

inline const RecommendReason* reason(const Recommendation& one, const std::string& code) {
  for (const RecommendReason& each : one.reasons)
    if (each.code == code) return &each;
  return nullptr;
}

}  // namespace koinon::test
