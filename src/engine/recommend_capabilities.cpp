// SPDX-License-Identifier: Apache-2.0
#include "engine/recommend_capabilities.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "koinon/recommend.hpp"

namespace koinon::engine {

CapabilitiesSought::CapabilitiesSought(const RecommendGround& ground,
                                       std::vector<partners::RequiredCapability> required,
                                       std::vector<std::string> told)
    : ground_(ground), required_(std::move(required)), told_(std::move(told)) {}

bool CapabilitiesSought::counts(const Sought& sought, std::uint32_t member) const {
  return sought.rule == nullptr ||
         sought.rule->counts(ground_.country(member), ground_.kind(member));
}

bool CapabilitiesSought::states(const Sought& sought, std::uint32_t member) const {
  const auto capability = ground_.capability(sought.code);
  return capability && ground_.able(member, *capability) && counts(sought, member);
}

std::vector<partners::MemberWeight> CapabilitiesSought::gains(
    const std::vector<std::uint32_t>& asked) {
  sought_.clear();
  // Two rules may ask for one capability, of those of other kinds or countries each.
  std::set<std::pair<std::string, const partners::RequiredCapability*>> seen;
  const auto seek = [&](const std::string& code, const partners::RequiredCapability* rule) {
    if (seen.count({code, nullptr}) == 0 && seen.insert({code, rule}).second)
      sought_.push_back({code, rule});
  };
  for (const std::string& code : told_) seek(code, nullptr);
  for (const partners::RequiredCapability& rule : required_) {
    const auto have = std::count_if(asked.begin(), asked.end(), [&](std::uint32_t one) {
      return states({rule.capability(), &rule}, one);
    });
    if (static_cast<std::uint64_t>(have) < rule.minimum()) seek(rule.capability(), &rule);
  }
  for (const std::uint32_t one : asked) {
    for (const std::uint32_t capability : ground_.capabilities_sought(one)) {
      const bool lacking = std::none_of(asked.begin(), asked.end(), [&](std::uint32_t other) {
        return ground_.able(other, capability);
      });
      if (lacking) seek(ground_.capability_code(capability), nullptr);
    }
  }

  std::map<std::uint32_t, std::size_t> stated;
  for (const Sought& sought : sought_) {
    const auto capability = ground_.capability(sought.code);
    if (!capability) continue;
    for (const std::uint32_t member : ground_.members_able(*capability))
      if (counts(sought, member)) ++stated[member];
  }
  std::vector<partners::MemberWeight> gains;
  gains.reserve(stated.size());
  for (const auto& [member, count] : stated) {
    gains.push_back({member, static_cast<float>(capability_weight * static_cast<double>(count) /
                                                static_cast<double>(sought_.size()))});
  }
  return gains;
}

std::vector<std::string> CapabilitiesSought::stated(std::uint32_t member) const {
  std::vector<std::string> codes;
  for (const Sought& sought : sought_)
    if (states(sought, member)) codes.push_back(sought.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

}  // namespace koinon::engine
