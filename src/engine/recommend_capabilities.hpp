// SPDX-License-Identifier: Apache-2.0
//
// Capabilities in recommendation: what is sought that those asked for lack, and who states it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/recommend_ground.hpp"
#include "partners/eligibility/required_capabilities.hpp"

namespace koinon::engine {

/// One per thread. The ground must live as long.
class CapabilitiesSought {
 public:
  /// `required`: by the rules of a call; `told`: by the request.
  CapabilitiesSought(const RecommendGround& ground,
                     std::vector<partners::RequiredCapability> required,
                     std::vector<std::string> told);
  CapabilitiesSought(const CapabilitiesSought&) = delete;  // what is sought points into it
  CapabilitiesSought& operator=(const CapabilitiesSought&) = delete;

  /// Takes a question up: what the request tells, what the rules require of more members than the
  /// asked have, and what any of the asked seeks and none of them states. Gives what each who
  /// states any of it gains by that, by member. O(sought · (asked + those who state it)).
  std::vector<partners::MemberWeight> gains(const std::vector<std::uint32_t>& asked);

  /// What of the question last taken up a member states, as codes, sorted. O(sought · log members).
  std::vector<std::string> stated(std::uint32_t member) const;

 private:
  // The rules do not count everybody who has it; what else is sought has no rule.
  struct Sought {
    std::string code;
    const partners::RequiredCapability* rule = nullptr;
  };
  bool counts(const Sought& sought, std::uint32_t member) const;
  bool states(const Sought& sought, std::uint32_t member) const;

  const RecommendGround& ground_;
  std::vector<partners::RequiredCapability> required_;
  std::vector<std::string> told_;
  std::vector<Sought> sought_;
};

}  // namespace koinon::engine
