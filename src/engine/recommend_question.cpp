// SPDX-License-Identifier: Apache-2.0
#include "engine/recommend_question.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "domain/date.hpp"
#include "engine/eligibility.hpp"
#include "engine/linked.hpp"
#include "koinon/error.hpp"

namespace koinon::engine {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

template <class... Kinds>
Record record_called(store::Snapshot& snapshot, const std::string& id, const char* what) {
  Record record = known_record(snapshot, id);
  if (!(std::holds_alternative<Kinds>(record) || ...)) refuse_kind(id, kind_of(record), what);
  return record;
}

// Which of some codes are asked for; all where nothing is.
std::vector<bool> wanted_of(const std::vector<std::string>& codes,
                            const std::vector<std::string>& asked) {
  std::vector<bool> wanted;
  for (const std::string& code : codes) {
    wanted.push_back(asked.empty() || std::find(asked.begin(), asked.end(), code) != asked.end());
  }
  return wanted;
}

}  // namespace

std::int32_t day_after(PartialDate date) {
  if (!date) return graph::unknown_to;
  if (!domain::is_valid(date)) refuse("as_of: there is no such day");
  return domain::last_day(date) + 1;
}

RecommendSubject subject_of(const RecommendRequest& request, bool each, store::Snapshot& snapshot) {
  RecommendSubject subject;
  if (!request.organisation.empty()) subject.organisations.push_back(request.organisation);
  for (const std::string& id : request.members) subject.organisations.push_back(id);
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
    subject.of_case = subject.organisations.empty();
    if (subject.of_case) subject.organisations = subject.left_out;
  }
  if (!each && subject.organisations.empty() && subject.topics.empty() &&
      request.capabilities_sought.empty()) {
    refuse(request.call.empty() && request.replicate.empty()
               ? std::string("there is nothing to recommend for: name an organisation, members, a "
                             "call, a case, themes or capabilities")
               : "'" + (request.call.empty() ? request.replicate : request.call) +
                     "' names neither themes nor a programme: name themes or members as well");
  }
  // Since when somebody can do something is told nowhere.
  if (request.as_of && !(request.capabilities.empty() && request.capabilities_sought.empty()))
    refuse("capabilities are those of today: ask for them without as_of");
  return subject;
}

RecommendRules rules_of(const RecommendRequest& request, store::Snapshot& snapshot) {
  const char* role = request.lead ? "coordinator" : "partner";
  if (request.call.empty()) return {partners::Admission({}, 0, role), {}};
  const AskedCall call = asked_call(request.call, {}, {}, snapshot);
  const std::int32_t day = day_number(call.on);
  RecommendRules rules{partners::Admission(call.rules, day, role),
                       partners::required_capabilities(call.rules, day, role)};
  std::string barred;
  for (const std::string& country : request.countries) {
    if (!rules.admission.keeps_out(country, "")) return rules;
    barred += (barred.empty() ? "" : ", ") + country;
  }
  if (!barred.empty()) {
    refuse("countries: the rules of the call let nobody from " + barred +
           " take part; to look everywhere, name its themes in the place of the call");
  }
  return rules;
}

RecommendLists::RecommendLists(const RecommendRequest& request, const RecommendGround& ground)
    : ground_(ground) {
  const std::vector<bool> countries = wanted_of(ground.country_codes(), request.countries);
  const std::vector<bool> kinds = wanted_of(ground.kind_codes(), request.kinds);
  const partners::PastWork& past = ground.past();
  for (const partners::Origin& origin : past.origins())
    origins_.push_back(countries[origin.country] && kinds[origin.kind]);
  if (!request.themes.empty()) {
    std::vector<std::string> themes;
    for (const std::string& theme : request.themes) themes.push_back(theme_topic(theme));
    on_theme_ = ground.members_on(themes);
  }
  if (request.capabilities.empty()) return;
  able_.emplace(past.member_count());
  for (const std::string& code : request.capabilities) {
    const auto capability = ground.capability(code);
    if (!capability) continue;
    for (const std::uint32_t member : ground.members_able(*capability)) able_->set(member);
  }
}

Nameable nameable(const RecommendRequest& request, const RecommendGround& ground,
                  std::vector<std::uint32_t> out, const partners::Admission& admission) {
  const bool filtered = !request.countries.empty() || !request.kinds.empty() ||
                        !request.themes.empty() || !request.capabilities.empty();
  const partners::PastWork& past = ground.past();
  if (!filtered && out.empty() && admission.open())
    return {ground.nameable(), graph::Bitmap(past.member_count())};
  std::sort(out.begin(), out.end());
  const RecommendLists lists(request, ground);
  std::vector<bool> barred;  // by the pairs of country and kind that there are
  for (const partners::Origin& origin : past.origins()) {
    barred.push_back(admission.keeps_out(ground.country_codes()[origin.country],
                                         ground.kind_codes()[origin.kind]));
  }
  Nameable who{graph::Bitmap(past.member_count()), graph::Bitmap(past.member_count())};
  for (std::uint32_t member = 0; member < past.member_count(); ++member) {
    if (!ground.nameable().test(member) || !lists.pass(member)) continue;
    if (std::binary_search(out.begin(), out.end(), member)) continue;
    (barred[past.origin_numbers()[member]] ? who.kept_out : who.allowed).set(member);
  }
  return who;
}

partners::Asked RecommendQuestion::asked(std::vector<std::uint32_t> members,
                                         CapabilitiesSought& sought) const {
  partners::Asked asked;
  asked.gap = gap;
  asked.lead = lead;
  asked.topics = topics_told ? topics : ground->sought_by(members);
  asked.gains = sought.gains(of_case ? std::vector<std::uint32_t>() : members);
  asked.members = std::move(members);
  return asked;
}

std::size_t ranked_for(const RecommendRequest& request) {
  return request.most_per_country == 0 ? request.limit : std::numeric_limits<std::size_t>::max();
}

}  // namespace koinon::engine
