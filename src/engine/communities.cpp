// SPDX-License-Identifier: Apache-2.0
#include "engine/communities.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "domain/date.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "koinon/error.hpp"
#include "programme/membership.hpp"

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;

void check(const CommunityRequest& request) {
  std::vector<Violation> violations;
  const auto day = [&](PartialDate date, const char* path) {
    if (date && !domain::is_valid(date))
      violations.push_back({path, "bad_date", "there is no such day"});
  };
  day(request.as_of, "as_of");
  day(request.from, "from");
  day(request.to, "to");
  if (violations.empty() && domain::surely_before(request.to, request.from))
    violations.push_back({"to", "bad_period", "it ends before it begins"});
  if (request.by != "year" && request.by != "quarter" && request.by != "month")
    violations.push_back({"by", "unknown_code", "is year, quarter or month"});
  if (violations.empty()) return;
  const std::string message = describe(violations);
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations));
}

// Counts of codes, by code.
using Counts = std::map<std::string, std::uint64_t>;

std::vector<CodeCount> by_code(const Counts& counts) {
  std::vector<CodeCount> list;
  for (const auto& [code, count] : counts) list.push_back({code, count});
  return list;
}

std::vector<CodeCount> by_count(const Counts& counts) {
  std::vector<CodeCount> list = by_code(counts);
  std::stable_sort(list.begin(), list.end(),
                   [](const CodeCount& a, const CodeCount& b) { return a.count > b.count; });
  return list;
}

class Activity {
 public:
  Activity(const CommunityRequest& request, store::Reader& reader)
      : request_(request), reader_(reader), shown_(reader) {}

  void take(const std::string& id, const Exchange& exchange) {
    if (exchange.state == "pending") ++pending_;
    if (!is_shown(exchange.state)) return;
    const PartialDate date = exchange.period.from ? exchange.period.from : exchange.period.to;
    if (is_in(date)) {
      Stretch& stretch = at(date);
      ++stretch.exchanges[exchange.kind];
      ++exchanges_;
      took_part(exchange.author, stretch);
      for (const Participation& part : exchange.participants) took_part(part.organisation, stretch);
      for (const std::string& theme : exchange.themes) ++themes_[theme];
    }
    for (const auto& [contribution, told] : linked<Contribution>(reader_, id)) {
      if (told.exchange == id) take(told);
    }
  }

  void tell(CommunityReport& report) {
    std::set<std::string> reached;
    for (auto& [label, stretch] : stretches_) {
      CommunityPeriod period;
      period.period = label;
      period.exchanges = by_code(stretch.exchanges);
      period.contributions = stretch.contributions;
      std::set<std::string> countries;
      for (const std::string& id : stretch.organisations) {
        const std::string& country = shown_.of(id).country;
        if (!country.empty()) countries.insert(country);
      }
      period.organisations.assign(stretch.organisations.begin(), stretch.organisations.end());
      period.countries.assign(countries.begin(), countries.end());
      reached.insert(countries.begin(), countries.end());
      report.periods.push_back(std::move(period));
    }
    // What has no date comes first by its label, and last for people.
    if (!report.periods.empty() && report.periods.front().period.empty())
      std::rotate(report.periods.begin(), report.periods.begin() + 1, report.periods.end());
    report.themes_discussed = by_count(themes_);
    report.exchanges = exchanges_;
    report.contributions = contributions_;
    report.organisations = all_.size();
    report.reached.assign(reached.begin(), reached.end());
    report.pending = pending_;
  }

 private:
  struct Stretch {
    Counts exchanges;
    std::uint64_t contributions = 0;
    std::set<std::string> organisations;
  };

  static bool is_shown(const std::string& state) { return state.empty() || state == "approved"; }

  void take(const Contribution& told) {
    if (told.state == "pending") ++pending_;
    const PartialDate date =
        told.at ? programme::date_of(programme::day_at(told.at.at)) : PartialDate();
    if (!is_shown(told.state) || !is_in(date)) return;
    Stretch& stretch = at(date);
    ++stretch.contributions;
    ++contributions_;
    took_part(told.organisation, stretch);
  }

  // Whether it may lie in the asked stretch; what has no date does where none is asked.
  bool is_in(PartialDate date) const {
    if (!request_.from && !request_.to) return true;
    return date && !domain::surely_before(date, request_.from) &&
           !domain::surely_before(request_.to, date);
  }

  Stretch& at(PartialDate date) { return stretches_[programme::period_label(date, request_.by)]; }

  void took_part(const std::string& organisation, Stretch& stretch) {
    if (organisation.empty()) return;
    stretch.organisations.insert(organisation);
    all_.insert(organisation);
  }

  const CommunityRequest& request_;
  store::Reader& reader_;
  Shown shown_;
  std::map<std::string, Stretch> stretches_;
  Counts themes_;
  std::set<std::string> all_;
  std::uint64_t exchanges_ = 0;
  std::uint64_t contributions_ = 0;
  std::uint64_t pending_ = 0;
};

Codes countries_of(const std::vector<MemberShown>& members) {
  std::set<std::string> countries;
  for (const MemberShown& member : members) {
    if (!member.country.empty()) countries.insert(member.country);
  }
  return {countries.begin(), countries.end()};
}

}  // namespace

std::vector<MemberShown> members_shown(const std::vector<Participation>& members,
                                       const Period& whole, PartialDate as_of,
                                       store::Reader& reader) {
  Shown shown(reader);
  std::vector<MemberShown> list;
  for (const Participation& member :
       programme::members_on(members, whole, programme::day_of(as_of))) {
    const Shown::Facts& facts = shown.of(member.organisation);
    list.push_back({member.organisation, facts.title, facts.country, member.role,
                    programme::within(member.period, whole)});
  }
  std::sort(list.begin(), list.end(), [](const MemberShown& a, const MemberShown& b) {
    return std::tie(a.name, a.organisation, a.role) < std::tie(b.name, b.organisation, b.role);
  });
  return list;
}

void tell_activity(const std::string& id, const CommunityRequest& request, CommunityReport& report,
                   store::Reader& reader) {
  check(request);
  Activity activity(request, reader);
  for (const auto& [exchange, told] : linked<Exchange>(reader, id)) {
    if (told.within == id) activity.take(exchange, told);
  }
  activity.tell(report);
}

CommunityReport community_report(const std::string& id, const CommunityRequest& request,
                                 store::Reader& reader) {
  check(request);
  const auto community = known_record<Community>(reader, id, "a community");
  CommunityReport report;
  report.change = reader.last_change();
  report.id = id;
  report.title = title_of(community, reader);
  report.themes = community.themes;
  report.period = community.period;
  report.as_of = request.as_of;
  report.members = members_shown(community.members, community.period, request.as_of, reader);
  report.countries = countries_of(report.members);
  tell_activity(id, request, report, reader);
  return report;
}

}  // namespace koinon::engine
