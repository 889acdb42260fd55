// SPDX-License-Identifier: Apache-2.0
//
// Partner recommendation: organisations ranked for an organisation, for a half-formed consortium,
// for a call, or to replicate a case, each with grounds that a person can check
// (docs/reference/recommendation.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "koinon/neighbourhood.hpp"
#include "koinon/partners.hpp"
#include "koinon/records.hpp"

namespace koinon {

/// Whom partners are sought for, and who may be named. At least one of `organisation`, `members`,
/// `call`, `replicate`, `themes_sought` and `capabilities_sought` says what for; they may be joined
/// ("members for this call"). Countries, kinds, themes and capabilities are codes or names; what
/// there is not is InvalidArgument. Organisations are ids that a record has or names; NotFound for
/// others.
struct RecommendRequest {
  /// New partners of one: those that it has worked with are left out, whatever it is joined with.
  std::string organisation;
  /// A half-formed consortium: who would fill the gap, those that they know and others.
  std::vector<std::string> members;
  /// Whether the gap is that of the coordinator: then who has led before goes first.
  bool lead = false;
  /// A call: those at home in its themes and programme that its rules can let take part.
  std::string call;
  /// A case study, or project, to replicate: those who could, beginning with what its organisations
  /// and themes are near to. Its own organisations are left out.
  std::string replicate;
  /// Themes sought beside those of `call` and `replicate`. Without either, an organisation's own
  /// past themes, and those of its `seeks`, speak for it.
  std::vector<std::string> themes_sought;
  /// Capabilities sought beside those that the rules of `call` require and those asked for seek, as
  /// far as none of them states it. A capability of an organisation is what its record `offers`, or
  /// has as a tag of the scheme "capability".
  std::vector<std::string> capabilities_sought;

  // Only organisations that pass every list; an empty one lets all pass.
  std::vector<std::string> countries;  // of the first address
  std::vector<std::string> kinds;
  std::vector<std::string> themes;        // that have worked on any of these, or offer it
  std::vector<std::string> capabilities;  // that state any of these; not with `as_of`
  std::vector<std::string> exclude;       // organisations never named
  bool known = false;  // true: with `organisation`, those that it has worked with as well
  /// 0 off: no cap. Else at most so many of one country are named; who is passed over is counted.
  std::size_t most_per_country = 0;

  /// What had begun before the end of this is looked at; none: all. With a date, rows without a
  /// start and what organisations say of themselves (offers, seeks, capabilities) are left out,
  /// since nobody knows since when they hold.
  PartialDate as_of;
  std::size_t limit = 20;
  std::size_t works = 3;  // records, and bridges, shown for a reason, at most
  bool wait = true;       // false: ErrorCode::Busy while the graph is being built
  bool as_told = false;   // true: each organisation as its own record tells it
};

/// What is added to the score of who states all capabilities that are sought; of who states some of
/// them, so much of it. Chosen by hand: no past that we have tells capabilities, so that nothing
/// could be learnt. It makes the odds e to 1 between two that are alike otherwise.
inline constexpr double capability_weight = 1;

/// What speaks for an organisation, or against it. `contribution` is how much lower its score would
/// be if it were middling in this; since signals bear on each other, contributions do not add up to
/// the score.
struct RecommendReason {
  /// "shared-records": worked with those asked for. "bridges": worked with their partners.
  /// "themes", "country", "kind": fitting or complementary. "activity": how much and how lately it
  /// works. "leads": coordinates, where a coordinator is missing. "capabilities": states what is
  /// sought and those asked for lack; it contributes `capability_weight` times the share of all
  /// that is sought.
  std::string code;
  double contribution = 0;
  std::vector<SharedWork> works;  // "shared-records": latest first; roles of the first asked
  std::vector<ShownOrganisation> bridges;  // "bridges": those who join most
  std::uint64_t count = 0;  // of shared records, bridges, common themes, capabilities, all records
  std::vector<std::string> codes;  // "themes": in common; "country", "kind": its own;
                                   // "capabilities": stated of those sought
  /// "country", "kind": how many times oftener the two meet than by chance, the mean over those
  /// asked for; above 1 is oftener.
  double lift = 0;
};

struct Recommendation {
  ShownOrganisation organisation;
  std::string kind;
  double score = 0;                      // comparable within one answer alone
  std::vector<RecommendReason> reasons;  // by falling contribution; what speaks against is last
};

/// How a country fares: candidates that pass the filters, and those named.
struct CountryExposure {
  std::string country;  // "": not told
  std::uint64_t candidates = 0;
  std::uint64_t named = 0;
  std::uint64_t passed_over = 0;  // ranked high enough, left out by `most_per_country`
  double exposure = 0;            // share of sum of 1 / log2(1 + rank) over those named
};

/// Organisations of one country and kind that the rules of the call keep out.
struct KeptOut {
  std::string country;
  std::string kind;
  std::uint64_t count = 0;
};

struct Recommendations {
  std::uint64_t change = 0;
  std::uint64_t candidates = 0;  // ranked
  /// Who would be a candidate but for the rules of the call on countries and kinds: how many, and
  /// of what country and kind, by falling count, then country and kind.
  std::uint64_t kept_out = 0;
  std::vector<KeptOut> kept_out_by;
  std::vector<Recommendation> recommendations;  // by falling score, then id
  std::vector<CountryExposure> countries;       // by falling exposure, then candidates, then code
};

/// The question about one, asked of many.
struct RecommendAllRequest {
  /// Whom to name, how many (`limit`), as of when, for which call or themes. `organisation` is each
  /// of those asked for in turn; `members`, `lead` and `replicate` are of one question alone, and
  /// InvalidArgument here. `works` means nothing.
  RecommendRequest each;
  // Those asked for, who pass every list; an empty one lets all pass.
  std::vector<std::string> organisations;  // else all that have work by then, or a record
  std::vector<std::string> of_countries;
  std::vector<std::string> of_kinds;
  std::vector<std::string> of_themes;
};

/// Partners of many: rows of places in a list of organisations. Rankings and scores are those of
/// recommend() for each by itself; ask it for the reasons.
/// Memory: rows · width · (4 + 4) bytes, and the list.
struct RecommendationTable {
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

  std::uint64_t change = 0;
  std::vector<ShownOrganisation> organisations;  // those asked for and all that may be named, by id
  std::vector<std::string> kinds;                // beside them
  std::size_t width = 0;             // places in a row: the limit, or fewer where there are fewer
  std::vector<std::uint32_t> asked;  // of each row, by rising id; an organisation's place
  std::vector<std::uint32_t> partners;  // row after row, the best first; `nobody` where a row ends
  std::vector<float> scores;            // beside them; comparable within one row; NaN for `nobody`
};

}  // namespace koinon
