// SPDX-License-Identifier: Apache-2.0
//
// How long the care of cases takes: so many case studies with leads and projects, in memory. Prints
// the first answer, and percentiles of pages after it with a write before every tenth.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <string>
#include <utility>

#include "koinon/koinon.hpp"

using namespace koinon;

namespace {

double seconds() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

LangText text(const std::string& told) {
  return {{"en", told, TextOrigin::Original}};
}

Organisation organisation(const std::string& name) {
  Organisation made;
  made.names = text(name);
  return made;
}

class Filling {
 public:
  explicit Filling(Catalogue& catalogue) : catalogue_(catalogue) {}

  void fill(std::size_t cases) {
    std::vector<Write> writes;
    for (int i = 0; i < others; ++i) {
      const std::string number = std::to_string(i);
      Initiative initiative;
      initiative.names = text("Initiative " + number);
      Project project;
      project.titles = text("Project " + number);
      project.period = {year(2010, 10), year(2020, 8)};
      writes.push_back({"org-" + number, organisation("Organisation " + number), {}});
      writes.push_back({"ini-" + number, std::move(initiative), {}});
      writes.push_back({"prj-" + number, std::move(project), {}});
    }
    for (std::size_t i = 0; i < cases; ++i) {
      writes.push_back({"case-" + std::to_string(i), study(i), {}});
      if (writes.size() < 10'000 && i + 1 < cases) continue;
      catalogue_.put_all(writes);
      writes.clear();
    }
  }

 private:
  static constexpr int others = 5000;

  PartialDate year(int first, unsigned many) {
    return {static_cast<std::int16_t>(first + static_cast<int>(random_() % many)), 0, 0};
  }
  std::string one(const char* prefix) { return prefix + std::to_string(random_() % others); }

  CaseStudy study(std::size_t number) {
    static constexpr const char* running[] = {"running", "ended", "planned", "", "pilot"};
    CaseStudy made;
    made.initiative = one("ini-");
    made.state = random_() % 2 == 0 ? "published" : "national-review";
    made.title = text("Case " + std::to_string(number));
    made.problem = text("A problem");
    if (random_() % 2 == 0) made.results = text("Results");
    made.running = running[random_() % 5];
    made.period = {year(2005, 15), year(2020, 10)};
    made.lead_organisation = one("org-");
    made.projects = {one("prj-")};
    return made;
  }

  Catalogue& catalogue_;
  std::mt19937 random_{1};
};

void print(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  std::cout << what << ": p50 " << 1000 * times[times.size() / 2] << " ms, p99 "
            << 1000 * times[times.size() * 99 / 100] << " ms\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Catalogue catalogue = Catalogue::open(":memory:");
  Filling(catalogue).fill(std::stoul(argv[1]));
  StaleRequest stale;
  stale.as_of = {2026, 11, 26};
  double started = seconds();
  const StaleAnswer first = catalogue.stale(stale);
  std::cout << first.records << " cases, " << first.total << " findings, first answer "
            << seconds() - started << " s\n";
  std::vector<double> pages;
  std::vector<double> shares;
  for (std::size_t i = 0; i < 300; ++i) {
    if (i % 10 == 0) catalogue.put({"org-" + std::to_string(i), organisation("Another"), {}});
    stale.offset = first.total == 0 ? 0 : i * 997 % first.total;
    started = seconds();
    catalogue.stale(stale);
    pages.push_back(seconds() - started);
    IncompleteRequest incomplete;
    incomplete.offset = i * 50;
    started = seconds();
    catalogue.incomplete(incomplete);
    shares.push_back(seconds() - started);
  }
  print("stale", pages);
  print("incomplete", shares);
}
