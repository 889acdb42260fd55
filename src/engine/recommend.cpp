// SPDX-License-Identifier: Apache-2.0
//
// Recommendation on the graph as it follows the store: what a request names becomes numbers, what
// was found becomes reasons.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "domain/date.hpp"
#include "engine/eligibility.hpp"
#include "engine/graph_view.hpp"
#include "engine/names.hpp"
#include "engine/recommend_ground.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "partners/eligibility/admission.hpp"
#include "partners/recommender.hpp"

namespace koinon::engine {

namespace {

using partners::Ground;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

template <class... Kinds>
Record record_called(store::Snapshot& snapshot, const std::string& id, const char* what) {
  const auto row = snapshot.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  if (row->state == store::State::Erased) throw Error(ErrorCode::Erased, "'" + id + "' was erased");
  if (row->state != store::State::Present)
    throw Error(ErrorCode::NotFound, "'" + id + "' was removed");
  Record record = exchange::from_json(row->kind, snapshot.body(row->change)).record;
  if (!(std::holds_alternative<Kinds>(record) || ...))
    refuse("'" + id + "' is " + a_kind(row->kind) + ", not " + what);
  return record;
}

std::int32_t day_after(PartialDate date) {
  if (!date) return graph::unknown_to;
  if (!domain::is_valid(date)) refuse("as_of: there is no such day");
  return domain::last_day(date) + 1;
}

// What a request is about, once its records are read.
struct Subject {
  std::vector<std::string> organisations;  // sought for
  std::vector<std::string> left_out;       // of the case itself
  std::vector<std::string> topics;         // codes as of work_topics()
};

Subject subject_of(const RecommendRequest& request, store::Snapshot& snapshot) {
  Subject subject;
  if (!request.organisation.empty()) subject.organisations.push_back(request.organisation);
  for (const std::string& id : request.members) subject.organisations.push_back(id);
  for (const std::string& id : subject.organisations) {
    if (id.empty()) refuse("members: the id of an organisation is empty");
    (void)record_called<Organisation>(snapshot, id, "an organisation");
  }
  for (const std::string& theme : request.themes_sought)
    subject.topics.push_back(theme_topic(theme));
  if (!request.call.empty()) {
    const auto topics =
        call_topics(std::get<Call>(record_called<Call>(snapshot, request.call, "a call")));
    subject.topics.insert(subject.topics.end(), topics.begin(), topics.end());
  }
  if (!request.replicate.empty()) {
    const Record record =
        record_called<CaseStudy, Project>(snapshot, request.replicate, "a case study or project");
    const auto topics = work_topics(record);
    subject.topics.insert(subject.topics.end(), topics.begin(), topics.end());
    subject.left_out = organisations_of(record);
    // Whoever replicates a case needs what its organisations know: they are who is sought for.
    if (subject.organisations.empty()) subject.organisations = subject.left_out;
  }
  if (subject.organisations.empty() && subject.topics.empty()) {
    refuse(request.call.empty() && request.replicate.empty()
               ? "there is nothing to recommend for: name an organisation, members, a call, a case "
                 "or themes"
               : "that record names neither themes nor a programme: add themes_sought or members");
  }
  return subject;
}

// How the named fare by country, and who is passed over by the cap.
class Exposure {
 public:
  Exposure(const std::vector<std::string>& codes, std::size_t most)
      : most_(most), countries_(codes.size()) {
    for (std::size_t code = 0; code < codes.size(); ++code) countries_[code].country = codes[code];
  }

  void add_candidate(std::uint16_t country) { ++countries_[country].candidates; }

  /// Whether a candidate may be named; counts it.
  bool name(std::uint16_t country) {
    CountryExposure& one = countries_[country];
    if (most_ != 0 && one.named >= most_) {
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
  std::size_t most_;
  std::size_t rank_ = 0;
  double total_ = 0;
  std::vector<CountryExposure> countries_;
};

// Which of some codes are asked for; all where nothing is.
std::vector<bool> wanted_of(const std::vector<std::string>& codes,
                            const std::vector<std::string>& asked) {
  std::vector<bool> wanted;
  for (const std::string& code : codes) {
    wanted.push_back(asked.empty() || std::find(asked.begin(), asked.end(), code) != asked.end());
  }
  return wanted;
}

// What the rules of the call say of who may take part, in the role that is to be filled.
partners::Admission admission_of(const RecommendRequest& request, store::Snapshot& snapshot) {
  const char* role = request.lead ? "coordinator" : "partner";
  if (request.call.empty()) return {{}, 0, role};
  const AskedCall call = asked_call(request.call, {}, {}, snapshot);
  partners::Admission admission(call.rules, day_number(call.on), role);
  std::string barred;
  for (const std::string& country : request.countries) {
    if (!admission.keeps_out(country, "")) return admission;
    barred += (barred.empty() ? "" : ", ") + country;
  }
  if (!barred.empty()) {
    refuse("countries: the rules of the call let nobody from " + barred +
           " take part; themes_sought in the place of the call looks everywhere");
  }
  return admission;
}

// Those that have ties with a member.
void add_partners(const partners::TyingWorks& ties, std::uint32_t member,
                  std::vector<std::uint32_t>& partners) {
  const std::uint32_t number = ties.number(member);
  if (number == partners::TyingWorks::none) return;
  for (const std::uint32_t tie : ties.ties_of(number)) {
    for (const std::uint32_t other : ties.in(tie)) partners.push_back(ties.tied(other).member);
  }
}

// Who may be named: in every list of the request, not among those `out`, and let in by the call.
graph::Bitmap nameable(const RecommendRequest& request, const RecommendGround& ground,
                       std::vector<std::uint32_t> out, const partners::Admission& admission) {
  const bool filtered =
      !request.countries.empty() || !request.kinds.empty() || !request.themes.empty();
  if (!filtered && out.empty() && admission.open()) return ground.nameable();
  std::sort(out.begin(), out.end());
  const std::vector<bool> countries = wanted_of(ground.country_codes(), request.countries);
  const std::vector<bool> kinds = wanted_of(ground.kind_codes(), request.kinds);
  const partners::PastWork& past = ground.past();
  std::vector<bool> passes;  // by the pairs of country and kind that there are
  for (const partners::Origin& origin : past.origins()) {
    passes.push_back(countries[origin.country] && kinds[origin.kind] &&
                     !admission.keeps_out(ground.country_codes()[origin.country],
                                          ground.kind_codes()[origin.kind]));
  }
  std::vector<std::string> themes;
  for (const std::string& theme : request.themes) themes.push_back(theme_topic(theme));
  const graph::Bitmap on_theme = ground.members_on(themes);
  graph::Bitmap allowed(past.member_count());
  for (std::uint32_t member = 0; member < past.member_count(); ++member) {
    if (!ground.nameable().test(member) || !passes[past.origin_numbers()[member]]) continue;
    if (!themes.empty() && !on_theme.test(member)) continue;
    if (!std::binary_search(out.begin(), out.end(), member)) allowed.set(member);
  }
  return allowed;
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
    RecommendGround::Sources sources{asked(as_told), role_codes_, {}, {}, {}, {}, {}};
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

std::vector<RecommendReason> GraphView::reasons_of(partners::Recommender& recommender,
                                                   const RecommendGround& ground,
                                                   std::uint32_t member,
                                                   const RecommendRequest& request,
                                                   ToldWorks& told) const {
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
  tell_activity(activity, reasons);
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const RecommendReason& a, const RecommendReason& b) {
                     return a.contribution > b.contribution;
                   });
  return reasons;
}

Recommendations GraphView::recommend(const RecommendRequest& request, store::Snapshot& snapshot,
                                     const Task& task) const {
  const std::int32_t day = day_after(request.as_of);
  const Subject subject = subject_of(request, snapshot);
  const auto ground = recommend_ground(day, request.as_told);
  if (task.cancel.cancelled())
    throw Error(ErrorCode::Cancelled, "the recommendation was cancelled");

  partners::Asked asked;
  // Who is new is told by other signals than who is not: with those known before, it is a gap.
  asked.gap = request.organisation.empty() || !request.members.empty() || request.known;
  asked.lead = request.lead;
  for (const std::string& id : subject.organisations) {
    const auto number = number_of(id, request.as_told);
    if (number &&
        std::find(asked.members.begin(), asked.members.end(), *number) == asked.members.end() &&
        *number < ground->past().member_count())
      asked.members.push_back(*number);
  }
  asked.topics = ground->topics_of(subject.topics);
  if (subject.topics.empty()) asked.topics = ground->sought_by(asked.members);

  const graph::Bitmap allowed =
      nameable(request, *ground, never_named(request, *ground, subject.left_out),
               admission_of(request, snapshot));
  Recommendations found;
  found.change = reached_;
  Exposure exposure(ground->country_codes(), request.most_per_country);
  const partners::PastWork& past = ground->past();
  const auto recommender = recommenders_->take();
  const std::size_t wanted =
      request.most_per_country == 0 ? request.limit : std::numeric_limits<std::size_t>::max();
  const auto ranked = recommender->rank(past, asked, allowed, wanted);
  const auto candidates = recommender->candidates();
  found.candidates = candidates.size();
  for (const std::uint32_t member : candidates) exposure.add_candidate(past.country(member));
  ToldWorks told{snapshot, this->asked(request.as_told)};
  for (const partners::RankedCandidate& one : ranked) {
    if (found.recommendations.size() == request.limit) break;
    if (!exposure.name(past.country(one.member))) continue;
    Recommendation named;
    named.organisation = shown(one.member, request.as_told);
    named.kind = ground->kind(one.member);
    named.score = double(one.score);
    named.reasons = reasons_of(*recommender, *ground, one.member, request, told);
    found.recommendations.push_back(std::move(named));
  }
  found.countries = exposure.told();
  return found;
}

}  // namespace koinon::engine
