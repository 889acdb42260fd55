// SPDX-License-Identifier: Apache-2.0
//
// What a recommendation is asked, in numbers: all but for whom, so that one question or many can
// begin with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/recommend_capabilities.hpp"
#include "engine/recommend_ground.hpp"
#include "graph/bitmap.hpp"
#include "koinon/recommend.hpp"
#include "partners/eligibility/admission.hpp"
#include "partners/eligibility/required_capabilities.hpp"
#include "partners/partner_signals.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What a request is about, once its records are read.
struct RecommendSubject {
  std::vector<std::string> organisations;  // sought for
  bool of_case = false;                    // which are those of the case
  std::vector<std::string> left_out;       // of the case itself
  std::vector<std::string> topics;         // codes as of work_topics()
};
/// `each`: the request is that of any organisation, which need not be named. Throws Error(NotFound,
/// Erased, InvalidArgument).
RecommendSubject subject_of(const RecommendRequest& request, bool each, store::Snapshot& snapshot);

/// What the call of a request says of who may take part, in the role that is to be filled.
struct RecommendRules {
  partners::Admission admission;
  std::vector<partners::RequiredCapability> capabilities;
};
/// Throws Error(InvalidArgument) where nobody of the countries asked for may.
RecommendRules rules_of(const RecommendRequest& request, store::Snapshot& snapshot);

/// Past work is of what began before this. Throws Error(InvalidArgument).
std::int32_t day_after(PartialDate date);

/// Who passes lists of countries, kinds, themes and capabilities; an empty one lets all pass.
class RecommendLists {
 public:
  RecommendLists(const RecommendRequest& request, const RecommendGround& ground);
  /// O(1).
  bool pass(std::uint32_t member) const {
    return origins_[ground_.past().origin_numbers()[member]] &&
           (!on_theme_ || on_theme_->test(member)) && (!able_ || able_->test(member));
  }

 private:
  const RecommendGround& ground_;
  std::vector<bool> origins_;
  std::optional<graph::Bitmap> on_theme_;  // none: all
  std::optional<graph::Bitmap> able_;
};

/// Who may be named, and who might but for the rules of the call.
struct Nameable {
  graph::Bitmap allowed;
  graph::Bitmap kept_out;
};
/// `out` are left out whatever lists they pass. O(members).
Nameable nameable(const RecommendRequest& request, const RecommendGround& ground,
                  std::vector<std::uint32_t> out, const partners::Admission& admission);

struct RecommendQuestion {
  std::shared_ptr<const RecommendGround> ground;
  Nameable who;
  bool gap = false;
  bool lead = false;
  bool of_case = false;               // the asked are those of a case, and will not take part
  bool topics_told = false;           // else what the asked seek is sought
  std::vector<std::uint32_t> topics;  // told
  std::vector<partners::RequiredCapability> capabilities;
  std::vector<std::string> capabilities_told;

  CapabilitiesSought capabilities_sought() const {
    return {*ground, capabilities, capabilities_told};
  }
  /// The question for some members; `sought` takes it up.
  partners::Asked asked(std::vector<std::uint32_t> members, CapabilitiesSought& sought) const;
};

/// Lets at most so many of each country pass; 0: all.
class CountryCap {
 public:
  CountryCap(std::size_t most, std::size_t countries) : most_(most), taken_(countries) {}

  bool take(std::uint16_t country) {
    if (most_ != 0 && taken_[country] >= most_) return false;
    ++taken_[country];
    return true;
  }
  void clear() { taken_.assign(taken_.size(), 0); }

 private:
  std::size_t most_;
  std::vector<std::size_t> taken_;
};

/// So many have to be ranked for a request to have its `limit`: with a cap nobody knows, and all.
std::size_t ranked_for(const RecommendRequest& request);

}  // namespace koinon::engine
