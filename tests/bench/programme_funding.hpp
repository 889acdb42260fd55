// SPDX-License-Identifier: Apache-2.0
//
// Where the money goes: one programme that pays for every call, their consortia, bids and awards,
// and social experiments. That all draw on one budget is the hardest case for what guards it.
#pragma once

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "programme_world.hpp"

namespace koinon::bench {

struct FundingSizes {
  std::size_t calls;
  std::size_t bids;
  std::size_t experiments;
};

inline constexpr const char* the_programme = "prog-0";
inline constexpr std::size_t kinds_of_calls = 5;  // by number: to be moved, open, announced, ended

// The clock of the benchmark, so that days are the same on each: 2026-11-26, noon, and once calls
// were opened 2027-02-24, when their deadlines have passed.
inline constexpr Timestamp bench_day = 24LL * 60 * 60 * 1000;
inline std::atomic<Timestamp> bench_now{1'795'694'400'000};

inline Money euros(std::int64_t whole) {
  return {whole * 100, "EUR", ""};
}

inline Record big_programme(World& w) {
  Programme made;
  made.names = w.text(4);
  for (int year = 2021; year <= 2027; ++year)
    made.budget.push_back({{static_cast<std::int16_t>(year), 0, 0}, euros(20'000'000'000)});
  return made;
}

// Gives a call its place in the programme, by its number.
inline void place_call(Call& call, std::size_t number) {
  call.programme_record = the_programme;
  call.budget = euros(2'000'000 + static_cast<std::int64_t>(number % 1000) * 1'000);
  switch (number % kinds_of_calls) {
    case 0:
      call.status = "draft";
      call.deadlines = {{2027, 1, 31}};
      break;
    case 1:
    case 2:
      call.status = "open";
      call.deadlines = {{2099, 6, 30}};
      break;
    case 3:
      call.status = "upcoming";
      call.opening = {2098, 1, 1};
      call.deadlines = {{2099, 6, 30}};
      break;
    default:
      call.status = "awarded";
  }
}

inline Record experiment(World& w, std::size_t calls) {
  Experiment made;
  made.titles = w.text(5);
  made.call = w.id("call", w.below(calls));
  made.question = w.text(12);
  made.intervention = w.text(20);
  made.comparison = w.text(8);
  made.features = {"random-assignment"};
  made.claimed_level = "5";
  made.outcomes = {{"jobs", "persons", 2.0}};
  made.sample_planned = 400;
  made.planned = {{2025, 1, 1}, {2026, 6, 30}};
  made.effects = {{"jobs", "persons", 10, 12 + w.unit(), {}, {}}};
  return made;
}

// Four bids to each call, one for each consortium and each with an award; a tenth of the awards
// became projects.
inline void fill_funding(Filler& filler, World& w, const FundingSizes& n,
                         std::size_t organisations) {
  filler.put("cons", n.bids, [&](std::size_t i) {
    Consortium made;
    made.names = w.text(3);
    made.call = w.id("call", i % n.calls);
    made.state = "checked";
    const std::size_t first = w.below(organisations);
    for (std::size_t k = 0; k < std::min<std::size_t>(3, organisations); ++k) {
      made.members.push_back({w.id("org", (first + k) % organisations),
                              k == 0 ? "coordinator" : "partner",
                              {},
                              {},
                              {}});
    }
    return made;
  });
  filler.put("bid", n.bids, [&](std::size_t i) {
    Bid made;
    made.call = w.id("call", i % n.calls);
    made.consortium = w.id("cons", i);
    made.titles = w.text(6);
    made.description = w.text(60);
    made.state = i < n.calls ? "drafted" : "selected";
    made.requested = euros(200'000);
    made.total_cost = euros(260'000);
    return made;
  });
  filler.put("award", n.bids, [&](std::size_t i) {
    Award made;
    made.bid = w.id("bid", i);
    made.amount = euros(static_cast<std::int64_t>(50'000 + w.below(50'000)));
    if (i % 10 == 0) made.project = w.id("prj", i / 10);
    return made;
  });
  filler.put("prj", n.bids / 10 + 1, [&](std::size_t i) {
    Project made;
    made.titles = w.text(6);
    made.call = w.id("call", 10 * i % n.calls);
    Place place;
    place.role = "implementation";
    place.country = w.country();
    made.locations = {place};
    return made;
  });
  filler.put("exp", n.experiments, [&](std::size_t) { return experiment(w, n.calls); });
  filler.put("upt", n.experiments, [&](std::size_t i) {
    Uptake made;
    made.of = w.id("exp", i);
    made.measure = w.text(5);
    return made;
  });
}

inline void funding_steps(Catalogue& catalogue, World& w, const FundingSizes& n,
                          std::size_t times) {
  Steps calls(catalogue);
  const auto move_all = [&](const std::vector<const char*>& states) {
    for (std::size_t i = 0; i < std::min(times, n.calls / kinds_of_calls); ++i) {
      for (const char* to : states) calls.move(w.id("call", kinds_of_calls * i), to, "officer");
    }
  };
  move_all({"upcoming", "open"});
  bench_now += 90 * bench_day;
  move_all({"closed", "evaluating", "awarded"});
  calls.tell("a step of a call, of all calls in one programme");
  Steps bids(catalogue);
  for (std::size_t i = 0; i < std::min(times, n.calls / kinds_of_calls); ++i) {
    for (const char* to : {"submitted", "admissible", "evaluated", "selected"})
      bids.move(w.id("bid", kinds_of_calls * i + 1), to, "officer");
  }
  bids.tell("a step of a bid");
  Steps experiments(catalogue);
  for (std::size_t i = 0; i < std::min(times, n.experiments); ++i) {
    for (const char* to : {"running", "ended", "reported", "taken-up"})
      experiments.move(w.id("exp", i), to, "evaluator");
  }
  experiments.tell("a step of an experiment");
}

inline void funding(Catalogue& catalogue, World& w, const FundingSizes& n, std::size_t times) {
  timed("an award is written", times, [&](std::size_t i) {
    Award made;
    made.bid = w.id("bid", w.below(n.bids));
    made.amount = euros(static_cast<std::int64_t>(1'000 + w.below(1'000)));
    catalogue.put({w.id("more", i), made, {}});
  });
  timed("calls are moved by the clock, none of which is due", times,
        [&](std::size_t) { catalogue.advance_calls(); });
  timed("what came of a call", times,
        [&](std::size_t) { catalogue.outcome(w.id("call", w.below(n.calls))); });
  timed("what came of the programme", std::min<std::size_t>(times, 100),
        [&](std::size_t) { catalogue.outcome(the_programme); });
  for (const char* by : {"country", "theme", "programme"}) {
    ReportRequest request;
    request.of = RecordKind::Award;
    request.by = {by};
    timed(std::string("a report of awards by ") + by, std::min<std::size_t>(times, 100),
          [&](std::size_t) { catalogue.report(request); });
  }
  const std::uint64_t change = catalogue.report({}).change;
  timed("a report of the state some hundred changes ago", std::min<std::size_t>(times, 100),
        [&](std::size_t i) {
          ReportRequest request;
          request.by = {"country"};
          request.change = change - 100 - i;
          catalogue.report(request);
        });
}

}  // namespace koinon::bench
