// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "data/country_groups.hpp"
#include "domain/date.hpp"
#include "engine/communities.hpp"
#include "engine/eligibility.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "koinon/error.hpp"
#include "programme/membership.hpp"

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;

void check_day(PartialDate as_of) {
  if (as_of && !domain::is_valid(as_of)) {
    throw Error(ErrorCode::InvalidArgument, "as_of: there is no such day",
                {{"as_of", "bad_date", "there is no such day"}});
  }
}

bool held(const Service& service, const CompetenceCentre& centre, PartialDate as_of) {
  return programme::holds(programme::within(service.period, centre.period),
                          programme::day_of(as_of));
}

CentreShown shown_centre(const std::string& id, const CompetenceCentre& centre, PartialDate as_of,
                         store::Reader& reader) {
  CentreShown shown;
  shown.id = id;
  shown.title = title_of(centre, reader);
  shown.organisation = centre.organisation;
  shown.period = centre.period;
  shown.members = members_shown(centre.members, centre.period, as_of, reader);
  const auto follows = [](const MemberShown& member) {
    return std::tuple(member.role != "coordinator" && member.role != "lead", member.country,
                      member.name, member.organisation);
  };
  std::sort(shown.members.begin(), shown.members.end(),
            [&](const MemberShown& a, const MemberShown& b) { return follows(a) < follows(b); });
  std::set<std::string> countries(centre.countries.begin(), centre.countries.end());
  for (const MemberShown& member : shown.members) {
    if (!member.country.empty()) countries.insert(member.country);
  }
  shown.countries.assign(countries.begin(), countries.end());
  std::map<std::string, std::uint64_t> services;
  for (const Service& service : centre.services) {
    if (held(service, centre, as_of)) ++services[service.kind];
  }
  for (const auto& [kind, count] : services) shown.services.push_back({kind, count});
  shown.predecessors = centre.predecessors;
  return shown;
}

void tell_coverage(CentresAnswer& answer) {
  std::map<std::string, Codes> centres_of;
  for (const CentreShown& centre : answer.centres) {
    for (const std::string& country : centre.countries) centres_of[country].push_back(centre.id);
  }
  for (auto& [country, ids] : centres_of) std::sort(ids.begin(), ids.end());
  const Codes wanted = data::countries_of(answer.group, day_number(answer.as_of));
  for (const std::string& country : wanted) {
    const auto found = centres_of.find(country);
    if (found == centres_of.end()) {
      answer.uncovered.push_back(country);
      continue;
    }
    if (found->second.size() > 1) answer.more_than_once.push_back(country);
    answer.covered.push_back({country, found->second});
  }
  for (const auto& [country, ids] : centres_of) {
    if (!std::binary_search(wanted.begin(), wanted.end(), country))
      answer.beyond.push_back({country, ids});
  }
}

}  // namespace

CentresAnswer centres(const CentresRequest& request, store::Reader& reader) {
  check_day(request.as_of);
  const Codes groups = data::country_groups();
  if (std::find(groups.begin(), groups.end(), request.group) == groups.end()) {
    std::string known;
    for (const std::string& group : groups) known += (known.empty() ? "" : ", ") + group;
    throw Error(ErrorCode::InvalidArgument,
                "there is no group of countries '" + request.group + "'; there are " + known);
  }
  CentresAnswer answer;
  answer.change = reader.last_change();
  answer.as_of = request.as_of;
  answer.group = request.group;
  each_record<CompetenceCentre>(reader, [&](const std::string& id, const CompetenceCentre& centre) {
    if (programme::holds(centre.period, programme::day_of(request.as_of)))
      answer.centres.push_back(shown_centre(id, centre, request.as_of, reader));
  });
  std::sort(answer.centres.begin(), answer.centres.end(),
            [](const CentreShown& a, const CentreShown& b) {
              return std::tie(a.title, a.id) < std::tie(b.title, b.id);
            });
  tell_coverage(answer);
  return answer;
}

namespace {

// What the centre, its organisation and its members offer and seek; who mentors whom among them and
// others.
class Ties {
 public:
  Ties(PartialDate as_of, store::Reader& reader)
      : day_(programme::day_of(as_of)), reader_(reader), shown_(reader) {}

  void take(const std::string& id) {
    for (const auto& [offer, told] : linked<Offer>(reader_, id)) {
      if (told.of == id && programme::holds(told.period, day_))
        offers_[offer] = {offer,       told.of,        told.side,  told.kind,
                          told.themes, told.languages, told.period};
    }
    for (const auto& [mentoring, told] : linked<Mentoring>(reader_, id)) {
      if (!programme::holds(told.period, day_)) continue;
      mentoring_[mentoring] = {
          mentoring,   told.from,  shown_.title(told.from), told.to, shown_.title(told.to),
          told.themes, told.period};
    }
  }

  void tell(CentreReport& report) {
    for (auto& [id, offer] : offers_) report.offers.push_back(std::move(offer));
    std::stable_sort(report.offers.begin(), report.offers.end(),
                     [](const OfferShown& a, const OfferShown& b) { return a.side < b.side; });
    for (auto& [id, mentoring] : mentoring_) report.mentoring.push_back(std::move(mentoring));
  }

 private:
  std::optional<std::int32_t> day_;
  store::Reader& reader_;
  Shown shown_;
  std::map<std::string, OfferShown> offers_;
  std::map<std::string, MentoringShown> mentoring_;
};

std::vector<IndicatorSeries> series_of(const std::string& id, store::Reader& reader) {
  std::map<std::pair<std::string, std::string>, std::vector<IndicatorValue>> series;
  for (const auto& [indicator, told] : linked<Indicator>(reader, id)) {
    if (told.of == id)
      series[{told.indicator, told.unit}].push_back({told.period, told.value, told.target});
  }
  std::vector<IndicatorSeries> list;
  for (auto& [name, values] : series) {
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
      return domain::first_day(a.period.from) < domain::first_day(b.period.from);
    });
    list.push_back({name.first, name.second, std::move(values)});
  }
  return list;
}

}  // namespace

CentreReport centre_report(const std::string& id, const CommunityRequest& request,
                           const programme::ActivityColumns& columns, const Task& task,
                           store::Reader& reader) {
  const auto centre = known_record<CompetenceCentre>(reader, id, "a centre");
  CentreReport report;
  report.change = reader.last_change();
  report.as_of = request.as_of;
  report.centre = shown_centre(id, centre, request.as_of, reader);
  for (const Service& service : centre.services) {
    if (held(service, centre, request.as_of)) report.services.push_back(service);
  }
  Ties ties(request.as_of, reader);
  std::set<std::string> of = {id};
  if (!centre.organisation.empty()) of.insert(centre.organisation);
  for (const MemberShown& member : report.centre.members) of.insert(member.organisation);
  for (const std::string& each : of) ties.take(each);
  ties.tell(report);
  report.indicators = series_of(id, reader);
  for (const auto& [other, told] : linked<CompetenceCentre>(reader, id)) {
    const auto& before = told.predecessors;
    if (std::find(before.begin(), before.end(), id) != before.end())
      report.successors.push_back(other);
  }
  std::sort(report.successors.begin(), report.successors.end());
  report.exchanges.change = report.change;
  report.exchanges.id = id;
  report.exchanges.title = report.centre.title;
  report.exchanges.themes = centre.themes;
  report.exchanges.period = centre.period;
  report.exchanges.as_of = request.as_of;
  tell_activity(id, request, columns, task, report.exchanges);
  return report;
}

}  // namespace koinon::engine
