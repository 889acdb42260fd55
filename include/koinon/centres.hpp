// SPDX-License-Identifier: Apache-2.0
//
// National competence centres: who carries them, which countries they cover, what they give each
// other (docs/reference/centres.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/communities.hpp"
#include "koinon/records.hpp"

namespace koinon {

struct CentresRequest {
  PartialDate as_of;         // what held at the end of it; none: all that ever was
  std::string group = "EU";  // of countries that should be covered: EU, EEA, EFTA, candidate
};

struct CentreShown {
  std::string id;
  std::string title;
  std::string organisation;
  Period period;
  std::vector<std::string> countries;  // that it is there for, and of its members; sorted
  std::vector<MemberShown> members;    // coordinators first, then by country and name
  std::vector<CodeCount> services;     // by kind, by code
  std::vector<std::string> predecessors;
};

struct CountryCoverage {
  std::string country;
  std::vector<std::string> centres;  // ids, sorted
};

struct CentresAnswer {
  std::uint64_t change = 0;
  PartialDate as_of;
  std::string group;
  std::vector<CentreShown> centres;         // by title, then id: those that held on the day
  std::vector<CountryCoverage> covered;     // countries of the group with a centre
  std::vector<std::string> uncovered;       // those without
  std::vector<std::string> more_than_once;  // those with several
  std::vector<CountryCoverage> beyond;      // countries out of the group with a centre
};

struct OfferShown {
  std::string id;
  std::string of;
  std::string side;  // "offers", "seeks"
  std::string kind;
  std::vector<std::string> themes;
  std::vector<std::string> languages;
  Period period;
};

struct MentoringShown {
  std::string id;
  std::string from;
  std::string from_name;
  std::string to;
  std::string to_name;
  std::vector<std::string> themes;
  Period period;
};

struct IndicatorValue {
  Period period;
  std::optional<double> value;
  std::optional<double> target;
};

/// One figure over time.
struct IndicatorSeries {
  std::string indicator;
  std::string unit;
  std::vector<IndicatorValue> values;  // by period
};

struct CentreReport {
  std::uint64_t change = 0;
  PartialDate as_of;
  CentreShown centre;
  std::vector<Service> services;          // that held on the day
  std::vector<OfferShown> offers;         // of the centre and its members, by side, then id
  std::vector<MentoringShown> mentoring;  // that it, or a member, gives, gets or arranged; by id
  std::vector<IndicatorSeries> indicators;
  std::vector<std::string> successors;  // centres that name it as a predecessor, sorted
  CommunityReport exchanges;            // what went on in it
};

/// Answers as the C API gives them.
std::string to_json(const CentresAnswer& answer);
std::string to_json(const CentreReport& report);

}  // namespace koinon
