// SPDX-License-Identifier: Apache-2.0
//
// From a write to the next answer, through the whole engine, for graph.py.
//
//   koinon_bench_graph_writes FILE CATALOGUE WRITES
//
// FILE as of koinon_bench_graph, with the countries of the members after the start days. CATALOGUE,
// which must not be there, becomes a catalogue of it. Then each local question is asked after each
// of WRITES writes of a project like those of the file, whose members are as many and as busy;
// every tenth replaces one and brings an organisation with it. Prints "value NAME FIGURE" in
// milliseconds of wall time: NAME_p50 and NAME_max from before the write to the answer,
// NAME_asked_p50 and NAME_asked_max of the answer alone, put_p50 and put_max of the writes; and the
// same with _cpu, in processor time of the thread, which does not count what else runs on the
// machine, nor what waits for the disk.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/numbered_random.hpp"
#include "koinon/koinon.hpp"

namespace {

using namespace koinon;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batch = 5'000;

struct Input {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<std::vector<std::uint32_t>> teams;  // of works
  std::vector<std::int32_t> days;
  std::vector<std::uint32_t> countries;  // of members
};

Input read_input(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::vector<std::uint32_t> numbers(bytes.size() / sizeof(std::uint32_t));
  std::copy_n(bytes.data(), numbers.size() * sizeof(std::uint32_t),
              reinterpret_cast<char*>(numbers.data()));
  if (numbers.size() < 3 ||
      numbers.size() < 3 + std::size_t{numbers[2]} * 3 + std::size_t{numbers[0]}) {
    throw std::runtime_error(std::string(path) + " is no network with countries");
  }
  Input input{numbers[0], numbers[1], {}, {}, {}};
  const std::size_t rows = numbers[2];
  input.teams.resize(input.works);
  input.days.resize(input.works);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t work = numbers[3 + rows + i];
    input.teams[work].push_back(numbers[3 + i]);
    input.days[work] = static_cast<std::int32_t>(numbers[3 + 2 * rows + i]);
  }
  const auto countries = numbers.begin() + std::ptrdiff_t(3 + 3 * rows);
  input.countries.assign(countries, countries + input.members);
  return input;
}

std::string organisation_id(std::uint32_t member) {
  return "org-" + std::to_string(member);
}

Write organisation(std::uint32_t member, std::uint32_t country) {
  static const std::vector<std::string> codes = {
      "DE", "ES", "IT", "FR", "NL", "BE", "EL", "SE", "AT", "PT", "FI", "DK", "PL", "IE",
      "CZ", "HU", "SI", "RO", "CY", "HR", "BG", "EE", "LT", "SK", "LV", "LU", "MT"};
  Organisation made;
  made.names = {{"en", "Organisation " + std::to_string(member), TextOrigin::Original}};
  made.addresses.emplace_back().country = codes[country % codes.size()];
  return {organisation_id(member), made, {}};
}

Project project(std::uint32_t work, const std::vector<std::uint32_t>& team, std::int32_t day) {
  Project made;
  made.titles = {{"en", "Project " + std::to_string(work), TextOrigin::Original}};
  const auto year = static_cast<std::int16_t>(1970 + day / 365.2425);
  made.period.from = {year, 0, 0};
  for (std::size_t i = 0; i < team.size(); ++i) {
    Participation& p = made.participations.emplace_back();
    p.organisation = organisation_id(team[i]);
    p.role = i == 0 ? "coordinator" : "partner";
  }
  return made;
}

void fill(Catalogue& catalogue, const Input& input) {
  std::vector<Write> writes;
  const auto flush = [&] {
    catalogue.put_all(writes);
    writes.clear();
  };
  for (std::uint32_t member = 0; member < input.members; ++member) {
    writes.push_back(organisation(member, input.countries[member]));
    if (writes.size() == batch) flush();
  }
  for (std::uint32_t work = 0; work < input.works; ++work) {
    writes.push_back(
        {"prj-" + std::to_string(work), project(work, input.teams[work], input.days[work]), {}});
    if (writes.size() == batch) flush();
  }
  flush();
}

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

// Milliseconds, of both clocks.
struct Moment {
  static Moment now() {
    timespec cpu{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
    return {milliseconds(Clock::now().time_since_epoch()),
            static_cast<double>(cpu.tv_sec) * 1e3 + static_cast<double>(cpu.tv_nsec) / 1e6};
  }

  double wall = 0;
  double cpu = 0;
};

class Figures {
 public:
  void add(const Moment& from, const Moment& to) {
    wall_.push_back(to.wall - from.wall);
    cpu_.push_back(to.cpu - from.cpu);
  }

  void print(const std::string& name) {
    print(name, wall_);
    print(name + "_cpu", cpu_);
  }

 private:
  static void print(const std::string& name, std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    std::cout << "value " << name << "_p50 " << times[times.size() / 2] << "\nvalue " << name
              << "_max " << times.back() << '\n'
              << std::flush;
  }

  std::vector<double> wall_;
  std::vector<double> cpu_;
};

void check(bool right, const std::string& question) {
  if (!right) throw std::runtime_error("a wrong answer of " + question);
}

// Asks one of the last written project's members, and says whether the answer knows of it.
using Question = std::function<bool(const Catalogue&, const std::vector<std::string>& team,
                                    const std::string& other)>;

std::map<std::string, Question> questions() {
  const auto id_is = [](const std::string& id) {
    return [&id](const auto& each) { return each.id == id; };
  };
  return {
      {"partners",
       [=](const Catalogue& catalogue, const auto& team, const std::string&) {
         PartnerRequest request;
         request.limit = 1'000'000;
         request.works = 0;
         const auto found = catalogue.partners(team[0], request);
         return std::all_of(team.begin() + 1, team.end(), [&](const std::string& id) {
           return std::any_of(found.partners.begin(), found.partners.end(), id_is(id));
         });
       }},
      {"partners_page",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         return catalogue.partners(team[0]).total + 1 >= team.size();
       }},
      {"path",
       [](const Catalogue& catalogue, const auto& team, const std::string& other) {
         const auto found = catalogue.path(team[0], other);
         return found.organisations.empty() || found.organisations.back().id == other;
       }},
      {"path_within",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         return catalogue.path(team[0], team.back()).works.size() == (team.size() > 1 ? 1 : 0);
       }},
      {"around",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         const auto found = catalogue.around(team[0]);
         return found.organisations.size() >= std::min<std::size_t>(team.size(), 500);
       }},
      {"around_two_hops",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         NeighbourhoodRequest request;
         request.hops = 2;
         const auto found = catalogue.around(team[0], request);
         return found.organisations.size() >= std::min<std::size_t>(team.size(), 500);
       }},
      {"common",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         const auto found = catalogue.common_partners(team[0], team.back());
         return found.total + 2 >= team.size();
       }},
      {"nearby",
       [](const Catalogue& catalogue, const auto& team, const std::string&) {
         const auto found = catalogue.nearby({team[0]});
         return found.error_bound <= 1 && (team.size() < 2 || !found.organisations.empty());
       }},
  };
}

void measure(Catalogue& catalogue, const Input& input, std::uint32_t writes) {
  graph::NumberedRandom random(1, 0);
  Figures puts;
  std::uint32_t next_work = input.works;
  std::uint32_t next_member = input.members;
  for (const auto& [name, ask] : questions()) {
    Figures all;
    Figures asked;
    for (std::uint32_t i = 0; i < writes; ++i) {
      // As many as a project of the file has, each as busy as who is in a row of it.
      const std::size_t size = input.teams[random.below(input.works)].size();
      std::vector<std::uint32_t> team;
      while (team.size() < size) {
        const auto& other = input.teams[random.below(input.works)];
        if (other.empty()) continue;
        const std::uint32_t member = other[random.below(std::uint32_t(other.size()))];
        if (std::find(team.begin(), team.end(), member) == team.end()) team.push_back(member);
      }
      if (team.empty()) continue;
      const bool replaces = i % 10 == 9;
      if (replaces) {
        catalogue.put(organisation(next_member, 0));
        team.push_back(next_member++);
      }
      const std::uint32_t work = replaces ? random.below(input.works) : next_work++;
      std::vector<std::string> ids;
      for (const std::uint32_t member : team) ids.push_back(organisation_id(member));
      const Write write{"prj-" + std::to_string(work), project(work, team, 18'000), {}};
      const std::string other = organisation_id(random.below(input.members));
      const Moment begun = Moment::now();
      catalogue.put(write);
      const Moment written = Moment::now();
      const bool right = ask(catalogue, ids, other);
      const Moment answered = Moment::now();
      check(right, name);
      puts.add(begun, written);
      asked.add(written, answered);
      all.add(begun, answered);
    }
    all.print(name);
    asked.print(name + "_asked");
  }
  puts.print("put");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::cerr << "usage: koinon_bench_graph_writes FILE CATALOGUE WRITES\n";
    return 2;
  }
  const Input input = read_input(argv[1]);
  Catalogue catalogue = Catalogue::open(argv[2]);
  const auto begun = Clock::now();
  fill(catalogue, input);
  const auto filled = Clock::now();
  const GraphSummary summary = catalogue.graph_summary();
  std::cout << "value fill_seconds " << milliseconds(filled - begun) / 1e3
            << "\nvalue build_seconds " << milliseconds(Clock::now() - filled) / 1e3
            << "\nvalue organisations " << summary.organisations << "\nvalue participations "
            << summary.participations << '\n';
  measure(catalogue, input, static_cast<std::uint32_t>(std::atoi(argv[3])));
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
