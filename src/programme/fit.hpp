// SPDX-License-Identifier: Apache-2.0
//
// How well something fits what was asked, in parts that are told.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "koinon/evidence.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

/// What the parts of a fit weigh (docs/reference/evidence.md).
inline constexpr double text_weight = 3;
inline constexpr double codes_weight = 2;  // themes; target groups likewise
inline constexpr double evidence_weight = 2;
inline constexpr double place_weight = 1;  // country; language likewise

/// The share of the codes asked for that are there. O(n · m).
FitReason codes_in_common(const char* code, const std::vector<std::string>& asked,
                          const std::vector<std::string>& there);

/// The mean of parts by their weights; 0 of none. Told the same parts in the same order, the same
/// to the last bit.
class WeighedMean {
 public:
  void add(double part, double weight) {
    sum_ += part * weight;
    weights_ += weight;
  }
  double value() const { return weights_ > 0 ? sum_ / weights_ : 0; }

 private:
  double sum_ = 0;
  double weights_ = 0;
};
double weighed_mean(const std::vector<FitReason>& reasons);

/// A Nesta standard as a part: a fifth for each grade; 0 for none.
double standard_part(const std::string& grade);

/// How much of a work is an organisation's by its role, rising: an authority answers for it as who
/// leads it does.
enum class RoleRank : std::uint8_t { Other, Partner, Lead, Authority };
RoleRank role_rank(const std::string& role);
/// The highest of them.
RoleRank role_rank(const std::vector<std::string>& roles);
/// 1 for who leads a work or answers for it as an authority, 0.7 for partners and beneficiaries,
/// 0.4 for others.
double role_weight(RoleRank rank);

/// Who has to do with a case study, a project or a method, and as what: the roles of each in the
/// order told.
std::map<std::string, std::vector<std::string>> roles_in(const Record& record);

/// Of several scores, falling: the first, half the second, a third of the third and so on, so that
/// many weak ones do not outdo a good one.
double summed(std::vector<double> scores);

}  // namespace koinon::programme
