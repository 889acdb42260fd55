// SPDX-License-Identifier: Apache-2.0
//
// Rules that cannot be fulfilled together, found by counting: how many applicants one rule wants at
// least, and how many the others leave room for. It is sound, not complete: what it names has no
// answer, and the consortium builder finds what is left.
#include <algorithm>
#include <iterator>

#include "partners/eligibility/answers.hpp"

namespace koinon::partners {

namespace {

// Without roles, kinds or countries of its own: about all applicants.
bool about_all_applicants(const ReadRule& rule) {
  return !rule.everyone && rule.roles.empty() && rule.kinds.empty();
}

// How many applicants a rule wants at least; 0: it does not say.
std::uint64_t applicants_wanted(const ReadRule& rule) {
  const bool of_applicants =
      rule.roles.empty() ? !rule.everyone
                         : std::all_of(rule.roles.begin(), rule.roles.end(), is_applicant_role);
  switch (rule.kind) {
    case RuleKind::RoleRequired:
      return is_applicant_role(rule.role) ? rule.minimum : 0;
    case RuleKind::MinimumPartners:
    case RuleKind::MinimumCountries:
    case RuleKind::Newcomers:
    case RuleKind::CapabilityRequired:
    case RuleKind::TrackRecord:
    case RuleKind::SizeRange:
      return of_applicants ? rule.minimum : 0;
    default:
      return 0;
  }
}

class Finder {
 public:
  explicit Finder(const std::vector<ReadRule>& rules) : rules_(rules) {}

  std::vector<RuleContradiction> find() {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].fault) continue;
      for (std::size_t j = 0; j < rules_.size(); ++j) {
        if (i != j && !rules_[j].fault) pair(i, j);
      }
    }
    return std::move(found_);
  }

 private:
  // What rule j leaves no room for in rule i.
  void pair(std::size_t i, std::size_t j) {
    const ReadRule& one = rules_[i];
    const ReadRule& other = rules_[j];
    const std::uint64_t wanted = applicants_wanted(one);
    if (other.kind == RuleKind::SizeRange && other.maximum && about_all_applicants(other) &&
        !other.countries && wanted > *other.maximum) {
      tell({i, j}, std::to_string(wanted) + " members are asked for, and there may be at most " +
                       std::to_string(*other.maximum));
    }
    if (other.kind != RuleKind::AllowedCountries || !about_all_applicants(other)) return;
    std::vector<std::string> left = *other.countries;
    if (one.kind == RuleKind::MinimumCountries && !one.everyone && one.roles.empty()) {
      if (one.countries) left = common(*one.countries, left);
      if (one.minimum > left.size()) {
        tell({i, j}, counted(one.minimum, "country") + " are asked for, and only " +
                         std::to_string(left.size()) + " of these are allowed");
      }
    }
    if (one.kind == RuleKind::AllowedCountries && i < j && about_all_applicants(one) &&
        common(*one.countries, left).empty())
      tell({i, j}, "no country is allowed by both rules");
    if (wanted > 0) room(i, j, wanted, left.size());
  }

  // So many of each country that is allowed.
  void room(std::size_t i, std::size_t allowed, std::uint64_t wanted, std::size_t countries) {
    for (std::size_t k = 0; k < rules_.size(); ++k) {
      const ReadRule& cap = rules_[k];
      if (cap.fault || cap.kind != RuleKind::MaximumPerCountry || !about_all_applicants(cap) ||
          cap.countries || *cap.maximum * countries >= wanted)
        continue;
      tell({i, allowed, k}, std::to_string(wanted) + " members are asked for, and " +
                                counted(countries, "country") + " with at most " +
                                std::to_string(*cap.maximum) + " each leave room for " +
                                std::to_string(*cap.maximum * countries));
    }
  }

  static std::vector<std::string> common(const std::vector<std::string>& a,
                                         const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
  }

  void tell(std::vector<std::size_t> rules, std::string reason) {
    std::sort(rules.begin(), rules.end());
    found_.push_back({std::move(rules), std::move(reason)});
  }

  const std::vector<ReadRule>& rules_;
  std::vector<RuleContradiction> found_;
};

}  // namespace

std::vector<RuleContradiction> contradictions(const std::vector<ReadRule>& rules) {
  return Finder(rules).find();
}

}  // namespace koinon::partners
