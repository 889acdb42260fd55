// SPDX-License-Identifier: Apache-2.0
//
// What goes on in communities and centres over time, against a twin that reads every exchange and
// contribution of the catalogue, while records come, change and go.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "domain/date.hpp"
#include "programme/membership.hpp"
#include "random_writes.hpp"
#include "scratch.hpp"

using namespace koinon;

namespace {

using Codes = std::vector<std::string>;
using Counts = std::map<std::string, std::uint64_t>;

// ---- The twin ----------------------------------------------------------------------------------

template <class T>
std::map<std::string, T> all_of(const Catalogue& catalogue) {
  std::map<std::string, T> all;
  for (const std::string& id : catalogue.ids(kind_of(Record(T{})), "", 1000))
    all.emplace(id, std::get<T>(catalogue.get(id).record));
  return all;
}

bool shown(const std::string& state) {
  return state.empty() || state == "approved";
}

bool within(const CommunityRequest& request, PartialDate date) {
  if (!request.from && !request.to) return true;
  return date && !domain::surely_before(date, request.from) &&
         !domain::surely_before(request.to, date);
}

struct Stretch {
  Counts exchanges;
  std::uint64_t contributions = 0;
  std::set<std::string> organisations;
};

// What a report says goes on, in lines.
struct Activity {
  std::map<std::string, Stretch> stretches;
  Counts themes;
  std::uint64_t pending = 0;

  void take(const CommunityRequest& request, const std::string& id, const Exchange& exchange,
            const std::map<std::string, Contribution>& contributions) {
    pending += exchange.state == "pending" ? 1 : 0;
    if (!shown(exchange.state)) return;
    const PartialDate date = exchange.period.from ? exchange.period.from : exchange.period.to;
    if (within(request, date)) {
      Stretch& stretch = stretches[programme::period_label(date, request.by)];
      ++stretch.exchanges[exchange.kind];
      stretch.organisations.insert(exchange.author);
      for (const Participation& part : exchange.participants)
        stretch.organisations.insert(part.organisation);
      for (const std::string& theme : exchange.themes) ++themes[theme];
    }
    for (const auto& [other, told] : contributions) {
      if (told.exchange != id) continue;
      pending += told.state == "pending" ? 1 : 0;
      const PartialDate at =
          told.at ? programme::date_of(programme::day_at(told.at.at)) : PartialDate();
      if (!shown(told.state) || !within(request, at)) continue;
      Stretch& stretch = stretches[programme::period_label(at, request.by)];
      ++stretch.contributions;
      stretch.organisations.insert(told.organisation);
    }
  }
};

std::string line(const std::string& label, const Counts& exchanges, std::uint64_t contributions,
                 const Codes& organisations, const Codes& countries) {
  std::string told = label + ":";
  for (const auto& [kind, count] : exchanges) told += " " + kind + "=" + std::to_string(count);
  told += " +" + std::to_string(contributions);
  for (const std::string& id : organisations) told += " " + id;
  for (const std::string& code : countries) told += " " + code;
  return told;
}

Codes expected(const Catalogue& catalogue, const std::string& id, const CommunityRequest& request) {
  const auto contributions = all_of<Contribution>(catalogue);
  const auto organisations = all_of<Organisation>(catalogue);
  Activity activity;
  for (const auto& [exchange, told] : all_of<Exchange>(catalogue)) {
    if (told.within == id) activity.take(request, exchange, told, contributions);
  }
  Codes lines;
  std::set<std::string> everyone;
  for (auto& [label, stretch] : activity.stretches) {
    stretch.organisations.erase("");
    everyone.insert(stretch.organisations.begin(), stretch.organisations.end());
    std::set<std::string> countries;
    for (const std::string& who : stretch.organisations) {
      const auto known = organisations.find(who);
      if (known != organisations.end() && !known->second.addresses.empty())
        countries.insert(known->second.addresses[0].country);
    }
    countries.erase("");
    lines.push_back(line(label, stretch.exchanges, stretch.contributions,
                         {stretch.organisations.begin(), stretch.organisations.end()},
                         {countries.begin(), countries.end()}));
  }
  if (!lines.empty() && lines[0][0] == ':')
    std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  lines.push_back(
      line("themes", activity.themes, activity.pending, {}, {std::to_string(everyone.size())}));
  return lines;
}

Codes lines_of(const CommunityReport& report) {
  const auto counts = [](const std::vector<CodeCount>& list) {
    Counts found;
    for (const CodeCount& one : list) found[one.code] = one.count;
    return found;
  };
  Codes lines;
  std::uint64_t exchanges = 0;
  std::uint64_t contributions = 0;
  for (const CommunityPeriod& period : report.periods) {
    lines.push_back(line(period.period, counts(period.exchanges), period.contributions,
                         period.organisations, period.countries));
    for (const CodeCount& one : period.exchanges) exchanges += one.count;
    contributions += period.contributions;
  }
  CHECK(report.exchanges == exchanges);
  CHECK(report.contributions == contributions);
  lines.push_back(line("themes", counts(report.themes_discussed), report.pending, {},
                       {std::to_string(report.organisations)}));
  return lines;
}

// ---- Writes ------------------------------------------------------------------------------------

class Writer {
 public:
  Writer(Catalogue& catalogue, unsigned seed) : catalogue_(catalogue), random_(seed) {
    for (int i = 0; i < 2; ++i) {
      Community community;
      community.names = {test::text("Community")};
      put("com-" + std::to_string(i), community);
      CompetenceCentre centre;
      centre.names = {test::text("Centre")};
      put("com-" + std::to_string(i + 2), centre);
    }
  }

  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  std::string some(const char* prefix, int many) {
    return std::string(prefix) + '-' + std::to_string(upto(many - 1));
  }

  void write() {
    switch (upto(7)) {
      case 0:
        return put(some("org", 8), organisation());
      case 1:
        return take_away();
      case 2:
      case 3:
      case 4:
        return put(some("contr", 30), contribution());
      default:
        return put(some("exch", 20), exchange());
    }
  }

  PartialDate date() {
    if (upto(4) == 0) return {};
    PartialDate made{static_cast<std::int16_t>(2022 + upto(3)), 0, 0};
    if (upto(3) > 0) made.month = static_cast<std::uint8_t>(1 + upto(11));
    if (made.month > 0 && upto(1) == 0) made.day = static_cast<std::uint8_t>(1 + upto(27));
    return made;
  }

 private:
  std::string state() {
    static const Codes states = {"", "pending", "approved", "hidden", "approved"};
    return states[static_cast<std::size_t>(upto(4))];
  }

  Record organisation() {
    Organisation made = test::organisation("Somebody");
    if (upto(3) > 0) made.addresses.emplace_back().country = upto(1) == 0 ? "FI" : "SE";
    return made;
  }

  Record exchange() {
    static const Codes kinds = {"event", "question", "peer-review", "resource"};
    static const Codes themes = {"housing", "debt", "care"};
    Exchange made;
    made.within = some("com", 4);
    made.kind = kinds[static_cast<std::size_t>(upto(3))];
    made.state = state();
    made.titles = {test::text("About")};
    if (upto(3) > 0) made.author = some("org", 10);  // two of whom nobody tells
    for (int i = upto(3); i > 0; --i) {
      Participation& part = made.participants.emplace_back();
      part.organisation = some("org", 8);
      part.role = i == 3 ? "coordinator" : i == 2 ? "partner" : "funder";
    }
    if (upto(1) == 0) made.themes = {themes[static_cast<std::size_t>(upto(2))]};
    made.period.from = date();
    if (!made.period.from) made.period.to = date();
    return made;
  }

  Record contribution() {
    constexpr Timestamp day = 86'400'000;
    Contribution made;
    made.exchange = some("exch", 20);
    made.organisation = some("org", 8);
    made.state = state();
    made.text = {test::text("Yes")};
    if (upto(4) > 0) made.at.at = Timestamp{19'000 + upto(1'400)} * day + 1;
    return made;
  }

  void take_away() {
    static const char* const kinds[] = {"org", "exch", "contr"};  // NOLINT
    const std::string id = some(kinds[upto(2)], 20);
    test::take_if_there(catalogue_, id, upto(3) == 0);
  }

  void put(const std::string& id, const Record& record) {
    test::put_if_may(catalogue_, id, record);
  }

  Catalogue& catalogue_;
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("what goes on in communities is what reading every exchange tells, as records change",
          "[communities]") {
  const test::Scratch scratch;
  const std::string path = scratch / "communities.koinon";
  Catalogue catalogue = Catalogue::open(path);
  Writer writer(catalogue, 7);
  const Codes stretches = {"year", "quarter", "month"};
  std::uint64_t told = 0;
  const auto compare = [&](const Catalogue& asked, const CommunityRequest& request) {
    for (int i = 0; i < 4; ++i) {
      const std::string id = "com-" + std::to_string(i);
      INFO(id << " by " << request.by);
      const CommunityReport report =
          i < 2 ? asked.community(id, request) : asked.centre(id, request).exchanges;
      CHECK(lines_of(report) == expected(catalogue, id, request));
      told += report.exchanges;
    }
  };
  for (int round = 0; round < 80; ++round) {
    INFO("round " << round);
    for (int i = writer.upto(6); i >= 0; --i) writer.write();
    CommunityRequest request;
    request.by = stretches[static_cast<std::size_t>(writer.upto(2))];
    if (writer.upto(2) == 0) request.from = writer.date();
    if (writer.upto(2) == 0 && request.from) request.to = {2025, 0, 0};
    compare(catalogue, request);
    if (round % 20 == 19) compare(Catalogue::open(path), request);
  }
  CHECK(told > 500);
}
