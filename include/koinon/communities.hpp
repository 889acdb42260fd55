// SPDX-License-Identifier: Apache-2.0
//
// Communities of practice: who is in them, what goes on, whom it reaches; and who has solved
// something before (docs/reference/communities.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/evidence.hpp"
#include "koinon/records.hpp"

namespace koinon {

struct CommunityRequest {
  PartialDate as_of;        // members as of the end of it; none: all that ever were
  PartialDate from;         // what went on from here
  PartialDate to;           // until here; none: no end
  std::string by = "year";  // "year", "quarter" or "month"
  bool wait = true;         // false: ErrorCode::Busy while what goes on is being gathered
};

struct MemberShown {
  std::string organisation;
  std::string name;
  std::string country;
  std::string role;
  Period period;  // as told, else that of the whole
};

struct CodeCount {
  std::string code;
  std::uint64_t count = 0;
};

/// What went on in a stretch of time.
struct CommunityPeriod {
  std::string period;                // "2024", "2024-Q2", "2024-05"; "" for what has no date
  std::vector<CodeCount> exchanges;  // by kind, by code
  std::uint64_t contributions = 0;
  std::vector<std::string> organisations;  // that took part: authors, participants, contributors
  std::vector<std::string> countries;      // of these, sorted
};

struct CommunityReport {
  std::uint64_t change = 0;
  std::string id;
  std::string title;
  std::vector<std::string> themes;
  Period period;
  PartialDate as_of;
  std::vector<MemberShown> members;         // by name, then id
  std::vector<std::string> countries;       // of members, sorted
  std::vector<CommunityPeriod> periods;     // rising; what has no date last
  std::vector<CodeCount> themes_discussed;  // of the exchanges, most frequent first
  std::uint64_t exchanges = 0;
  std::uint64_t contributions = 0;
  std::uint64_t organisations = 0;   // that took part, each once
  std::vector<std::string> reached;  // countries of all who took part, sorted
  std::uint64_t pending = 0;         // exchanges and contributions that wait for moderation
};

/// A question, or a planned action: a text, themes or target groups.
struct SolvedRequest {
  std::string text;
  std::vector<std::string> themes;
  std::vector<std::string> target_groups;
  std::vector<std::string> countries;  // only organisations of these; empty: any
  std::string language;                // of the user
  bool authorities = false;            // only managing authorities and intermediate bodies
  std::size_t limit = 10;              // of each list
  std::size_t works = 3;               // records shown for an organisation, at most
  bool wait = true;
};

/// A record that has to do with what was asked.
struct SolvedRecord {
  std::string id;
  std::string kind;
  std::string title;
  std::string language;  // of the title
  std::vector<std::string> countries;
  double score = 0;                // 0 to 1, the best found is 1
  std::vector<FitReason> reasons;  // "text", "themes", "target-groups"
  std::vector<std::string> roles;  // of the organisation that it speaks for; of the lists none
};

struct SolvedOrganisation {
  std::string id;
  std::string name;
  std::string country;
  std::string kind;
  bool authority = false;  // managing authority or intermediate body in any of the records found
  double score = 0;        // sum over its records of their scores by the weight of its role
  std::uint64_t records = 0;
  std::vector<SolvedRecord> works;  // by falling score
};

struct SolvedAnswer {
  std::uint64_t change = 0;
  std::uint64_t considered = 0;                   // records that were found
  std::vector<SolvedOrganisation> organisations;  // by falling score, then id
  std::vector<SolvedRecord> cases;                // case studies and projects, likewise
  std::vector<SolvedRecord> methods;
};

/// Answers as the C API gives them.
std::string to_json(const CommunityReport& report);
std::string to_json(const SolvedAnswer& answer);

}  // namespace koinon
