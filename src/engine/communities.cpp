// SPDX-License-Identifier: Apache-2.0
#include "engine/communities.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "domain/date.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "koinon/error.hpp"
#include "programme/membership.hpp"

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;
using Columns = programme::ActivityColumns;

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
  Activity(const CommunityRequest& request, const Columns& columns)
      : request_(request), columns_(columns) {}

  void take_all(const std::string& id, const Task& task) {
    const std::uint32_t community = columns_.find(id);
    if (community == Columns::nothing) return;
    const auto within = columns_.within(community);
    Ticker ticker(task, "activity", within.size());
    for (const std::uint32_t each : within) {
      ticker.step();
      if (columns_.happening(each).is_exchange) take_exchange(each);
    }
  }

  void tell(CommunityReport& report) {
    std::set<std::string> reached;
    std::vector<std::uint32_t> all;
    for (auto& [label, stretch] : stretches_) {
      sort_once(stretch.who);
      all.insert(all.end(), stretch.who.begin(), stretch.who.end());
      report.periods.push_back(told(label, stretch));
      const Codes& countries = report.periods.back().countries;
      reached.insert(countries.begin(), countries.end());
    }
    // What has no date comes first by its label, and last for people.
    if (!report.periods.empty() && report.periods.front().period.empty())
      std::rotate(report.periods.begin(), report.periods.begin() + 1, report.periods.end());
    sort_once(all);
    report.themes_discussed = by_count(themes_discussed());
    report.exchanges = exchanges_;
    report.contributions = contributions_;
    report.organisations = all.size();
    report.reached.assign(reached.begin(), reached.end());
    report.pending = pending_;
  }

 private:
  struct Stretch {
    std::vector<std::uint64_t> exchanges;  // by number of their kind
    std::uint64_t contributions = 0;
    std::vector<std::uint32_t> who;
  };
  using Happening = Columns::Happening;
  using Moderation = Columns::Moderation;

  static void sort_once(std::vector<std::uint32_t>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  }

  void take_exchange(std::uint32_t number) {
    const Happening& exchange = columns_.happening(number);
    if (exchange.moderation == Moderation::Pending) ++pending_;
    if (exchange.moderation != Moderation::Shown) return;
    if (is_in(exchange.date)) {
      Stretch& stretch = at(exchange.date);
      stretch.exchanges.resize(columns_.kind_count());
      ++stretch.exchanges[exchange.kind];
      ++exchanges_;
      took_part(exchange, stretch);
      ++themes_[columns_.themes().number_of(number)];
    }
    for (const std::uint32_t each : columns_.within(number)) {
      if (!columns_.happening(each).is_exchange) take_contribution(columns_.happening(each));
    }
  }

  void take_contribution(const Happening& contribution) {
    if (contribution.moderation == Moderation::Pending) ++pending_;
    if (contribution.moderation != Moderation::Shown || !is_in(contribution.date)) return;
    Stretch& stretch = at(contribution.date);
    ++stretch.contributions;
    ++contributions_;
    took_part(contribution, stretch);
  }

  static void took_part(const Happening& happening, Stretch& stretch) {
    stretch.who.insert(stretch.who.end(), happening.who.begin(), happening.who.end());
  }

  // Whether it may lie in the asked stretch; what has no date does where none is asked.
  bool is_in(PartialDate date) const {
    if (!request_.from && !request_.to) return true;
    return date && !domain::surely_before(date, request_.from) &&
           !domain::surely_before(request_.to, date);
  }

  // Of thousands of dates few have a month of their own.
  Stretch& at(PartialDate date) {
    Stretch*& known = by_month_[{date.year, date.month}];
    if (!known) known = &stretches_[programme::period_label(date, request_.by)];
    return *known;
  }

  CommunityPeriod told(const std::string& label, const Stretch& stretch) const {
    CommunityPeriod period;
    period.period = label;
    Counts kinds;
    for (std::size_t kind = 0; kind < stretch.exchanges.size(); ++kind) {
      if (stretch.exchanges[kind] > 0)
        kinds[columns_.kind(static_cast<std::uint16_t>(kind))] = stretch.exchanges[kind];
    }
    period.exchanges = by_code(kinds);
    period.contributions = stretch.contributions;
    std::set<std::string> countries;
    for (const std::uint32_t who : stretch.who) {
      period.organisations.push_back(columns_.id(who));
      for (const std::string& country : columns_.countries().of(who)) countries.insert(country);
    }
    std::sort(period.organisations.begin(), period.organisations.end());
    period.countries.assign(countries.begin(), countries.end());
    return period;
  }

  Counts themes_discussed() const {
    Counts counts;
    for (const auto& [set, count] : themes_) {
      for (const std::string& theme : columns_.themes().set(set)) counts[theme] += count;
    }
    return counts;
  }

  const CommunityRequest& request_;
  const Columns& columns_;
  std::map<std::string, Stretch> stretches_;
  std::map<std::pair<std::int16_t, std::uint8_t>, Stretch*> by_month_;
  std::map<std::uint32_t, std::uint64_t> themes_;  // by number of their set
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

void tell_activity(const std::string& id, const CommunityRequest& request, const Columns& columns,
                   const Task& task, CommunityReport& report) {
  Activity activity(request, columns);
  activity.take_all(id, task);
  activity.tell(report);
}

CommunityReport community_report(const std::string& id, const CommunityRequest& request,
                                 const Columns& columns, const Task& task, store::Reader& reader) {
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
  tell_activity(id, request, columns, task, report);
  return report;
}

}  // namespace koinon::engine
