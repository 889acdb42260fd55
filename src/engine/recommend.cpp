// SPDX-License-Identifier: Apache-2.0
//
// Recommendation on the graph as it follows the store: what a request names becomes numbers, what
// was found becomes reasons.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/graph_view.hpp"
#include "engine/recommend_ground.hpp"
#include "engine/recommend_question.hpp"
#include "koinon/error.hpp"
#include "partners/recommender.hpp"

namespace koinon::engine {

namespace {

using partners::Ground;

// How the named fare by country, and who is passed over by the cap.
class Exposure {
 public:
  Exposure(const std::vector<std::string>& codes, std::size_t most)
      : cap_(most, codes.size()), countries_(codes.size()) {
    for (std::size_t code = 0; code < codes.size(); ++code) countries_[code].country = codes[code];
  }

  void add_candidate(std::uint16_t country) { ++countries_[country].candidates; }

  /// Whether a candidate may be named; counts it.
  bool name(std::uint16_t country) {
    CountryExposure& one = countries_[country];
    if (!cap_.take(country)) {
      ++one.passed_over;
      return false;
    }
    const double share = 1 / std::log2(1.0 + static_cast<double>(++rank_));
    ++one.named;
    one.exposure += share;
    total_ += share;
    return true;
  }

  std::vector<CountryExposure> told() {
    std::erase_if(countries_, [](const CountryExposure& one) { return one.candidates == 0; });
    for (CountryExposure& one : countries_) one.exposure = total_ > 0 ? one.exposure / total_ : 0;
    std::sort(countries_.begin(), countries_.end(),
              [](const CountryExposure& a, const CountryExposure& b) {
                if (a.exposure != b.exposure) return a.exposure > b.exposure;
                if (a.candidates != b.candidates) return a.candidates > b.candidates;
                return a.country < b.country;
              });
    return std::move(countries_);
  }

 private:
  CountryCap cap_;
  std::size_t rank_ = 0;
  double total_ = 0;
  std::vector<CountryExposure> countries_;
};

// Those that have ties with a member.
void add_partners(const partners::TyingWorks& ties, std::uint32_t member,
                  std::vector<std::uint32_t>& partners) {
  const std::uint32_t number = ties.number(member);
  if (number == partners::TyingWorks::none) return;
  for (const std::uint32_t tie : ties.ties_of(number)) {
    for (const std::uint32_t other : ties.in(tie)) partners.push_back(ties.tied(other).member);
  }
}

// Of those whom the rules of the call keep out, by country and kind.
void tell_kept_out(const std::vector<std::uint32_t>& members, const RecommendGround& ground,
                   Recommendations& found) {
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const std::uint32_t member : members)
    ++counts[{ground.country(member), ground.kind(member)}];
  found.kept_out = members.size();
  for (const auto& [origin, count] : counts)
    found.kept_out_by.push_back({origin.first, origin.second, count});
  std::stable_sort(found.kept_out_by.begin(), found.kept_out_by.end(),
                   [](const KeptOut& a, const KeptOut& b) { return a.count > b.count; });
}

// What is stated of the capabilities that are sought.
RecommendReason capability_reason(std::vector<std::string> stated, float gain, std::size_t limit) {
  RecommendReason reason;
  reason.code = "capabilities";
  reason.contribution = double(gain);
  reason.count = stated.size();
  if (stated.size() > limit) stated.resize(limit);
  reason.codes = std::move(stated);
  return reason;
}

// Where nothing that a person can look up speaks for somebody, how much it works is what it was
// ranked by. Country and kind alone are no more than where it is from.
void tell_activity(const RecommendReason& activity, std::vector<RecommendReason>& reasons) {
  for (const RecommendReason& reason : reasons) {
    if (reason.code == activity.code) return;
    if (reason.contribution > 0 && reason.code != "country" && reason.code != "kind") return;
  }
  reasons.push_back(activity);
}

const char* ground_code(Ground ground) {
  switch (ground) {
    case Ground::Shared:
      return "shared-records";
    case Ground::Bridges:
      return "bridges";
    case Ground::Themes:
      return "themes";
    case Ground::Country:
      return "country";
    case Ground::Kind:
      return "kind";
    case Ground::Leads:
      return "leads";
    case Ground::Activity:
      break;
  }
  return "activity";
}

}  // namespace

std::shared_ptr<const RecommendGround> GraphView::recommend_ground(std::int32_t day,
                                                                   bool as_told) const {
  const bool merged = !as_told && merged_.has_value();
  return grounds_->find(reached_, day, merged, [&] {
    RecommendGround::Sources sources{asked(as_told), role_codes_, {}, {}, {}, {}, {}, {}};
    const auto members = static_cast<std::uint32_t>(member_ids_.size());
    const auto set_of = [&](const graph::CodeSets& codes, std::uint32_t member) {
      std::vector<std::string> all = codes.of(member);
      if (!merged) return all;
      for (const std::uint32_t one : identities_.group(member)) {
        const auto& own = codes.of(one);
        all.insert(all.end(), own.begin(), own.end());
      }
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      return all;
    };
    for (std::uint32_t member = 0; member < members; ++member) {
      sources.countries.push_back(code_shown(described_.countries, member, merged));
      sources.kinds.push_back(code_shown(described_.kinds, member, merged));
      const bool recorded = member < described_.recorded.size() && described_.recorded[member];
      sources.recorded.push_back(recorded && (!merged || identities_.root(member) == member));
      // What is not dated is not known to have been so before a day.
      const bool now = day == graph::unknown_to;
      sources.offers.push_back(now ? set_of(described_.offers, member)
                                   : std::vector<std::string>());
      sources.seeks.push_back(now ? set_of(described_.seeks, member) : std::vector<std::string>());
      sources.capabilities.push_back(now ? set_of(described_.capabilities, member)
                                         : std::vector<std::string>());
    }
    return std::make_shared<const RecommendGround>(sources, described_.topics, day);
  });
}

// Those that are left out whatever lists they pass, beside the asked, whom no ranking names.
std::vector<std::uint32_t> GraphView::never_named(const RecommendRequest& request,
                                                  const RecommendGround& ground,
                                                  const std::vector<std::string>& left_out) const {
  std::vector<std::uint32_t> out;
  for (const auto* ids : {&request.exclude, &left_out}) {
    for (const std::string& id : *ids) {
      if (const auto number = number_of(id, request.as_told)) out.push_back(*number);
    }
  }
  // Where there is no gap the ranking leaves partners out by itself. In one it names those whom any
  // of the asked knows, though `organisation` asks for somebody new to it.
  const auto own = number_of(request.organisation, request.as_told);
  if (!request.members.empty() && !request.known && own && *own < ground.past().member_count())
    add_partners(ground.past().ties(), *own, out);
  return out;
}

// The facts behind a ground; a count of 0 where there are none.
RecommendReason GraphView::reason_of(Ground which, const partners::CandidateFacts& facts,
                                     const RecommendGround& ground, std::uint32_t member,
                                     const RecommendRequest& request, ToldWorks& told) const {
  RecommendReason reason;
  reason.code = ground_code(which);
  const auto coded = [&](const std::string& code, bool known, float lift) {
    reason.lift = std::exp(double(lift));
    if (code.empty() || !known) return;
    reason.count = 1;
    reason.codes.push_back(code);
  };
  switch (which) {
    case Ground::Shared:
      reason.count = facts.shared;
      for (const auto& [work, with] : facts.shared_works)
        reason.works.push_back(shared_work(with, member, work, told));
      break;
    case Ground::Bridges:
      reason.count = facts.bridges;
      for (const std::uint32_t bridge : facts.best_bridges)
        reason.bridges.push_back(shown(bridge, request.as_told));
      break;
    case Ground::Themes:
      reason.count = facts.topics.size();
      for (const std::uint32_t topic : facts.topics) {
        if (reason.codes.size() < request.works) reason.codes.push_back(ground.topic_shown(topic));
      }
      break;
    case Ground::Country:
      coded(ground.country(member), facts.country_known, facts.country_lift);
      break;
    case Ground::Kind:
      coded(ground.kind(member), facts.kind_known, facts.kind_lift);
      break;
    case Ground::Activity:
      reason.count = facts.works;
      break;
    case Ground::Leads:
      reason.count = request.lead ? facts.led : 0;
      break;
  }
  return reason;
}

std::vector<RecommendReason> GraphView::reasons_of(
    partners::Recommender& recommender, const RecommendGround& ground, std::uint32_t member,
    const RecommendRequest& request, const CapabilitiesSought& sought, ToldWorks& told) const {
  const partners::CandidateFacts facts = recommender.facts(member, request.works);
  const auto contributions = recommender.contributions(member);
  std::vector<RecommendReason> reasons;
  RecommendReason activity;
  for (std::size_t i = 0; i < partners::grounds; ++i) {
    RecommendReason reason =
        reason_of(static_cast<Ground>(i), facts, ground, member, request, told);
    reason.contribution = double(contributions[i]);
    if (static_cast<Ground>(i) == Ground::Activity) activity = reason;
    // What nobody could check is no reason.
    if (reason.count > 0 && reason.contribution != 0) reasons.push_back(std::move(reason));
  }
  if (const float gain = recommender.gain(member); gain > 0)
    reasons.push_back(capability_reason(sought.stated(member), gain, request.works));
  tell_activity(activity, reasons);
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const RecommendReason& a, const RecommendReason& b) {
                     return a.contribution > b.contribution;
                   });
  return reasons;
}

RecommendQuestion GraphView::question_of(const RecommendRequest& request,
                                         const RecommendSubject& subject,
                                         store::Snapshot& snapshot) const {
  RecommendQuestion question;
  question.ground = recommend_ground(day_after(request.as_of), request.as_told);
  const RecommendGround& ground = *question.ground;
  RecommendRules rules = rules_of(request, snapshot);
  question.who =
      nameable(request, ground, never_named(request, ground, subject.left_out), rules.admission);
  // Who is new is told by other signals than who is not: with those known before, it is a gap.
  question.gap = request.organisation.empty() || !request.members.empty() || request.known;
  question.lead = request.lead;
  question.of_case = subject.of_case;
  question.topics_told = !subject.topics.empty();
  question.topics = ground.topics_of(subject.topics);
  question.capabilities = std::move(rules.capabilities);
  question.capabilities_told = request.capabilities_sought;
  return question;
}

Recommendations GraphView::recommend(const RecommendRequest& request, store::Snapshot& snapshot,
                                     const Task& task) const {
  const RecommendSubject subject = subject_of(request, false, snapshot);
  const RecommendQuestion question = question_of(request, subject, snapshot);
  if (task.cancel.cancelled())
    throw Error(ErrorCode::Cancelled, "the recommendation was cancelled");
  const RecommendGround& ground = *question.ground;
  const partners::PastWork& past = ground.past();
  std::vector<std::uint32_t> members;
  for (const std::string& id : subject.organisations) {
    const auto number = number_of(id, request.as_told);
    if (number && std::find(members.begin(), members.end(), *number) == members.end() &&
        *number < past.member_count())
      members.push_back(*number);
  }
  CapabilitiesSought sought = question.capabilities_sought();
  const partners::Asked asked = question.asked(std::move(members), sought);

  Recommendations found;
  found.change = reached_;
  Exposure exposure(ground.country_codes(), request.most_per_country);
  const auto recommender = recommenders_->take();
  const auto ranked = recommender->rank(past, asked, question.who.allowed, ranked_for(request));
  const auto candidates = recommender->candidates();
  found.candidates = candidates.size();
  if (!request.call.empty())
    tell_kept_out(recommender->candidates(question.who.kept_out), ground, found);
  for (const std::uint32_t member : candidates) exposure.add_candidate(past.country(member));
  ToldWorks told{snapshot, this->asked(request.as_told)};
  for (const partners::RankedCandidate& one : ranked) {
    if (found.recommendations.size() == request.limit) break;
    if (!exposure.name(past.country(one.member))) continue;
    Recommendation named;
    named.organisation = shown(one.member, request.as_told);
    named.kind = ground.kind(one.member);
    named.score = double(one.score);
    named.reasons = reasons_of(*recommender, ground, one.member, request, sought, told);
    found.recommendations.push_back(std::move(named));
  }
  found.countries = exposure.told();
  return found;
}

}  // namespace koinon::engine
