// SPDX-License-Identifier: Apache-2.0
//
// A programme's catalogue of the size of a large country's, made up from a fixed seed, and how long
// its lists, reports and steps take.
//
//   koinon_bench_programme FILE SCALE [funding]
//
// SCALE 1: 100,000 cases, 50,000 organisations, 20,000 methods, 5,000 calls of one programme with
// 20,000 bids and awards, 200,000 exchanges. With `funding`: calls, bids, awards and experiments
// alone.
//
// Prints NAME, median, 99th percentile and longest in milliseconds, and how often, between tabs;
// then what was built in seconds.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "koinon/koinon.hpp"
#include "programme_funding.hpp"
#include "programme_world.hpp"

namespace {

using namespace koinon;
using namespace koinon::bench;

Record organisation(World& w) {
  Organisation made;
  made.names = w.text(3);
  made.kind = w.below(3) == 0 ? "public-authority" : "ngo";
  Place seat;
  seat.role = "seat";
  seat.country = w.country();
  made.addresses = {seat};
  made.languages = {w.one(languages), "en"};
  for (std::size_t i = w.below(3); i > 0; --i) made.offers.push_back(w.one(themes));
  for (std::size_t i = w.below(3); i > 0; --i) made.seeks.push_back(w.one(themes));
  return made;
}

Record study(World& w, std::size_t initiatives, std::size_t organisations, std::size_t methods) {
  CaseStudy made;
  made.initiative = w.id("ini", w.below(initiatives));
  made.title = w.text(6);
  made.summary = w.text(30);
  made.problem = w.text(40);
  made.solution = w.text(40);
  if (w.below(4) != 0) made.results = w.text(30);
  if (w.below(4) != 0) made.transferability = w.text(20);
  made.themes = {w.one(themes)};
  made.target_groups = {w.one(groups)};
  made.objectives = {std::string(1, static_cast<char>('a' + w.below(13)))};
  made.principles = {std::to_string(1 + w.below(20))};
  Place place;
  place.role = "implementation";
  place.country = w.country();
  made.locations = {place};
  made.period = w.period();
  made.running = w.below(2) == 0 ? "running" : "ended";
  made.budget = w.money();
  made.lead_organisation = w.id("org", w.skewed(organisations));
  made.participations = {{w.id("org", w.skewed(organisations)), "partner", {}, {}, {}}};
  if (w.below(5) == 0) made.methods = {{w.id("meth", w.skewed(methods)), "1.0", w.text(8)}};
  return made;
}

Record method(World& w, std::size_t organisations) {
  Method made;
  made.names = w.text(4);
  made.kind = w.below(2) == 0 ? "tool" : "method";
  made.description = w.text(40);
  made.problem = w.text(15);
  made.themes = {w.one(themes)};
  made.target_groups = {w.one(groups)};
  made.maintainer = w.id("org", w.skewed(organisations));
  MethodVersion version;
  version.label = "1.0";
  version.date = w.date();
  version.languages = {w.one(languages)};
  version.licence = "CC-BY-4.0";
  made.versions = {version};
  made.licence = "CC-BY-4.0";
  return made;
}

Record exchange(World& w, std::size_t communities, std::size_t organisations, std::size_t cases) {
  Exchange made;
  made.within = w.id("com", w.skewed(communities));
  made.kind = w.below(2) == 0 ? "event" : "question";
  made.titles = w.text(6);
  made.text = w.text(25);
  made.author = w.id("org", w.skewed(organisations));
  for (std::size_t i = w.below(4); i > 0; --i)
    made.participants.push_back({w.id("org", w.skewed(organisations)), "participant", {}, {}, {}});
  made.themes = {w.one(themes)};
  if (w.below(3) == 0) made.about = {w.id("case", w.below(cases))};
  made.period = w.period();
  return made;
}

struct Sizes {
  std::size_t cases;
  std::size_t initiatives;
  std::size_t organisations;
  std::size_t methods;
  std::size_t calls;
  std::size_t exchanges;
  std::size_t communities;
};

Sizes sizes_of(const World& w) {
  return {w.size(100'000),
          w.size(50'000),
          w.size(50'000),
          w.size(20'000),
          w.size(5'000),
          w.size(200'000),
          std::max<std::size_t>(w.size(100), 5)};
}

FundingSizes funding_sizes(const World& w, const Sizes& n) {
  return {n.calls, w.size(20'000), w.size(2'000)};
}

void fill(Catalogue& catalogue, World& w, const Sizes& n) {
  Filler filler(catalogue, w);
  filler.put("org", n.organisations, [&](std::size_t) { return organisation(w); });
  filler.put("ini", n.initiatives, [&](std::size_t) {
    Initiative made;
    made.names = w.text(4);
    made.stage = w.below(2) == 0 ? "scaling" : "prototypes";
    return made;
  });
  filler.put("meth", n.methods, [&](std::size_t) { return method(w, n.organisations); });
  filler.put("case", n.cases,
             [&](std::size_t) { return study(w, n.initiatives, n.organisations, n.methods); });
  filler.put("evid", n.methods, [&](std::size_t i) {
    Evidence made;
    made.about = i % 2 == 0 ? w.id("meth", w.below(n.methods)) : w.id("case", w.below(n.cases));
    made.features = {i % 3 == 0 ? "random-assignment" : "before-after"};
    made.independence = i % 2 == 0 ? "independent" : "own";
    made.effects = {{"jobs", "persons", 10, 12 + w.unit(), {}, {}}};
    made.date = w.date();
    return made;
  });
  filler.put("assess", 2 * n.methods, [&](std::size_t i) {
    Assessment made;
    made.method = w.id("meth", i / 2);
    made.version = "1.0";
    made.assessor = "assessor " + std::to_string(i % 7);
    made.grades = {{"relevance", std::to_string(1 + w.below(5)), ""},
                   {"effectiveness", std::to_string(1 + w.below(5)), ""}};
    return made;
  });
  filler.put("prog", 1, [&](std::size_t) { return big_programme(w); });
  filler.put("call", n.calls, [&](std::size_t i) {
    Call made;
    made.titles = w.text(6);
    made.programme = "Programme " + std::to_string(w.below(40));
    made.model = "single-stage";
    made.opening = w.date();
    made.deadlines = {{static_cast<std::int16_t>(made.opening.year + 1), 6, 30}};
    made.budget = w.money();
    made.themes = {w.one(themes)};
    place_call(made, i);
    return made;
  });
  filler.put("com", n.communities, [&](std::size_t) {
    Community made;
    made.names = w.text(3);
    made.themes = {w.one(themes)};
    for (int i = 0; i < 40; ++i)
      made.members.push_back({w.id("org", 41 * w.below(n.organisations / 50 + 1) % n.organisations +
                                              static_cast<std::size_t>(i) % 7),
                              "member",
                              {},
                              {},
                              {}});
    std::sort(made.members.begin(), made.members.end(),
              [](const auto& a, const auto& b) { return a.organisation < b.organisation; });
    made.members.erase(
        std::unique(made.members.begin(), made.members.end(),
                    [](const auto& a, const auto& b) { return a.organisation == b.organisation; }),
        made.members.end());
    return made;
  });
  filler.put("exch", n.exchanges,
             [&](std::size_t) { return exchange(w, n.communities, n.organisations, n.cases); });
  fill_funding(filler, w, funding_sizes(w, n), n.organisations);
}

void lists(Catalogue& catalogue, World& w, const Sizes& n, std::size_t times) {
  timed("a page of cases by country and theme", times, [&](std::size_t) {
    SearchRequest request;
    request.unpublished = true;
    request.filters = {
        {"kind", {"case-study"}}, {"country", {w.country()}}, {"theme", {w.one(themes)}}};
    request.facets = {"state", "target-group"};
    catalogue.search(request);
  });
  const auto methods_for = [&](std::size_t) {
    MethodsRequest request;
    request.text = w.word() + " " + w.word();
    request.themes = {w.one(themes)};
    request.target_groups = {w.one(groups)};
    request.country = w.country();
    catalogue.methods_for(request);
  };
  built("the columns that methods and cases are weighed by", [&] { methods_for(0); });
  timed("methods for a problem", times, methods_for);
  timed("who has solved this before", times, [&](std::size_t) {
    SolvedRequest request;
    request.text = w.word() + " " + w.word() + " " + w.word();
    request.themes = {w.one(themes)};
    catalogue.who_solved(request);
  });
  timed("a community over the years", times,
        [&](std::size_t) { catalogue.community(w.id("com", w.skewed(n.communities))); });
  timed("evidence of a method", times,
        [&](std::size_t) { catalogue.evidence(w.id("meth", w.below(n.methods))); });
  timed("a method with its assessments and uses", times,
        [&](std::size_t) { catalogue.method(w.id("meth", w.skewed(n.methods))); });
  timed("the next steps of a case", times, [&](std::size_t) {
    catalogue.next_steps(w.id("case", w.below(n.cases)), {"validator", "FI"});
  });
  StaleRequest stale;
  stale.as_of = {2026, 11, 26};
  built("the view of stale and incomplete records", [&] { catalogue.stale(stale); });
  timed("a page of stale records", times, [&](std::size_t i) {
    stale.offset = 100 * (i % 50);
    catalogue.stale(stale);
  });
  timed("a page of incomplete records", times, [&](std::size_t i) {
    IncompleteRequest request;
    request.below = 0.9;
    request.offset = 100 * (i % 50);
    catalogue.incomplete(request);
  });
}

void reports(Catalogue& catalogue, std::size_t times) {
  built("the columns of reports", [&] { catalogue.report({}); });
  const std::vector<std::vector<std::string>> asked = {{"country"},
                                                       {"theme"},
                                                       {"objective"},
                                                       {"principle"},
                                                       {"target-group"},
                                                       {"stage"},
                                                       {"year"},
                                                       {"country", "theme"},
                                                       {"country", "theme", "target-group"},
                                                       {"principle", "objective", "year"}};
  timed("a report of cases by one to three dimensions", times, [&](std::size_t i) {
    ReportRequest request;
    request.by = asked[i % asked.size()];
    catalogue.report(request);
  });
  timed("a report of calls by programme and year", times, [&](std::size_t) {
    ReportRequest request;
    request.of = RecordKind::Call;
    request.by = {"programme", "year"};
    catalogue.report(request);
  });
}

// The first case from here on that the guard of the checklist lets through.
std::string answered_case(Catalogue& catalogue, World& w, std::size_t number, std::size_t cases,
                          std::string& country) {
  for (;; ++number) {
    const std::string id = w.id("case", number % cases);
    const auto stored = catalogue.get(id);
    const auto& told = std::get<CaseStudy>(stored.record);
    if (told.results.empty() || told.transferability.empty()) continue;
    country = told.locations[0].country;
    return id;
  }
}

// Cases from draft to publication, each step by itself.
void steps(Catalogue& catalogue, World& w, const Sizes& n, std::size_t times) {
  Steps done(catalogue);
  for (std::size_t i = 0; i < times; ++i) {
    std::string country;
    const std::string id = answered_case(catalogue, w, i * (n.cases / times), n.cases, country);
    done.move(id, "submitted", "author", country);
    done.move(id, "national-review", "validator", country);
    done.move(id, "eu-review", "validator", country);
    done.move(id, "published", "editor", country);
    done.move(w.id("meth", i * (n.methods / times)), "assessing", "centre", country);
    done.move(w.id("meth", i * (n.methods / times)), "developing", "centre", country);
  }
  done.tell("a step of a case or a method");
}

void peers(Catalogue& catalogue, World& w, const Sizes& n) {
  PeersRequest request;
  const std::size_t count = std::min<std::size_t>(2000, n.organisations);
  for (std::size_t i = 0; i < count; ++i) request.organisations.push_back(w.id("org", i));
  PeersRequest one;
  one.organisations = {request.organisations[0]};
  catalogue.peers(one);
  timed("pairs of peers among " + std::to_string(count) + " organisations", 3,
        [&](std::size_t) { catalogue.peers(request); });
}

}  // namespace

int main(int argc, char** argv) {
  const bool funding_alone = argc == 4 && std::string(argv[3]) == "funding";
  if (argc != 3 && !funding_alone) {
    std::fprintf(stderr, "usage: koinon_bench_programme FILE SCALE [funding]\n");
    return 2;
  }
  World world(std::atof(argv[2]));
  Sizes sizes = sizes_of(world);
  if (funding_alone) sizes.cases = sizes.initiatives = sizes.methods = sizes.exchanges = 1;
  OpenOptions options;
  options.clock = [] { return bench_now.load(); };
  Catalogue catalogue = Catalogue::open(argv[1], options);
  built("the catalogue", [&] { fill(catalogue, world, sizes); });
  built("the search index and the graph", [&] { catalogue.prepare(); });
  constexpr std::size_t times = 300;
  if (!funding_alone) {
    lists(catalogue, world, sizes, times);
    reports(catalogue, times);
    steps(catalogue, world, sizes, std::min<std::size_t>(300, sizes.methods));
  }
  funding_steps(catalogue, world, funding_sizes(world, sizes), times);
  funding(catalogue, world, funding_sizes(world, sizes), times);
  if (!funding_alone) peers(catalogue, world, sizes);
  std::printf("bytes\t%llu\n", static_cast<unsigned long long>(catalogue.statistics().bytes));
  return 0;
}
