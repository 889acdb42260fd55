// SPDX-License-Identifier: Apache-2.0
//
// Grades that follow from facts. Pure functions: the engine brings the facts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "koinon/evidence.hpp"

namespace koinon::programme {

/// Whether those reached are compared with others who were not.
bool has_comparison(const Evidence& study);

/// Whether any effect lies off its baseline, or off 0 where there is none: outside its interval
/// where that is told. Which way is better is not known here.
bool shows_change(const Evidence& study);

/// The level that features of a design give, 1 to 5; 0 where they give none. The scale is that of
/// the vocabulary maryland-scale; which feature stands for which level follows the What Works
/// Centre for Local Economic Growth, Guide to scoring evidence using the Maryland Scientific
/// Methods Scale. What a study then does with its design may be worth less.
int maryland_level(const std::vector<std::string>& features);

/// The level of a study by its design: D. P. Farrington, D. C. Gottfredson, L. W. Sherman, B. C.
/// Welsh, "The Maryland Scientific Methods Scale" (2002), with the levels of the vocabulary
/// maryland-scale.
Grade maryland_of(const Evidence& study);

/// Whether it is told what is done, and for what.
bool is_account(const CaseStudy& study);
bool is_account(const Method& method);
/// Whether a version of it has a manual with which others can do the same.
bool has_manual(const Method& method);

struct Study {
  std::string id;
  Evidence told;
};

/// What speaks for an innovation.
struct StandardFacts {
  std::vector<std::string> accounts;  // records that say what it does, and for what
  std::vector<Study> studies;
  std::vector<std::string> confirmed;  // pilots that confirmed it
  std::vector<std::string> manuals;    // methods with a manual for others
};

/// What a standard turns on.
struct StandardSigns {
  bool account = false;
  bool change = false;       // a study shows one
  bool comparing = false;    // and one that does compares with others who were not reached
  bool replicated = false;   // as does another of something else
  bool independent = false;  // one of these is by an independent evaluator
  bool manual = false;
};

/// The standard that they give, 1 to 5; 0 for none. Each wants those below it.
int standard_level(const StandardSigns& signs);

/// The standard of an innovation: R. Puttick, J. Ludlow, "Standards of Evidence: an approach that
/// balances the need for evidence with innovation", Nesta (2013). O(studies).
Grade standard_of(const StandardFacts& facts, const std::optional<GradeOverride>& overridden);

}  // namespace koinon::programme
