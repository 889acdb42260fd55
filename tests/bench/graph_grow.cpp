// SPDX-License-Identifier: Apache-2.0
//
// A larger network of the shape of a given one, and what its shape is, for graph.py.
//
//   koinon_bench_graph_grow grow FILE SCALE SEED OUT
//   koinon_bench_graph_grow shape FILE
//
// FILE and OUT: 32-bit numbers: members, works, rows, then of all rows the members, the works and
// the start days, then the countries of the members. "shape" prints "shape NAME FIGURE".
//
// How it grows. Nothing is copied but the outlines of projects: each work of FILE is the template
// of SCALE works, begun within two weeks of it, with as many places, each with its country and with
// whether in FILE it was taken by a member that had not been in any work before. So sizes, dates,
// countries, the number of members and where newcomers come in agree jointly, and exactly but for
// chance. Who takes a place is drawn anew, in the order of dates:
//
// - A newcomer's place goes to a new member of its country. Its appetite is what the newcomer of
//   the template came to later in FILE, apart for works of one, of up to nine and of more members,
//   and for the time that was left. Above the 99.8th percentile it is drawn from a power law with
//   the exponent that FILE has there (B. Hill, Annals of Statistics 3, 1163-1174, 1975), up to what
//   the largest of so many draws comes to: so the tail of the participations grows with the network,
//   and not with the luck of one draw.
// - With probability `again`, another place goes to one who has worked with a member that is
//   already in: through a past work of that member, drawn alike, so that who has met often meets
//   oftener, and for the next places through the same work, so that teams come together again; half
//   the time of two such the one with more appetite, without which large ones meet too seldom.
// - Else it goes to a member of the country, in proportion to its appetite.
//
// Preferential attachment alone (H. Simon, Biometrika 42, 425-440, 1955) was tried: its tail is far
// lighter than that of FILE, and it has too few who come but once.
//
// `again` is fitted at scale 1, by halving, to one figure of FILE: how many of all meetings of two
// members are of those who have met before. Everything else that "shape" prints is not fitted:
// there a reader sees how far the network is from the real one.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/components.hpp"
#include "graph/core_numbers.hpp"
#include "graph/numbered_random.hpp"
#include "graph/tie_graph.hpp"

namespace {

using namespace koinon::graph;
using Numbers = std::vector<std::uint32_t>;

constexpr std::uint32_t largest_work = 60;  // as in the benchmark: larger ones make no ties
constexpr int tries = 20;                   // to find one who is not in the team already
constexpr int acquaintances = 200;  // to find one of the country who has worked with the team
constexpr double hungry = 0.5;      // how often the one of two with more appetite is taken
constexpr int halvings = 8;
constexpr std::size_t classes = 3;    // of works, by size
constexpr double tail_share = 0.002;  // of members: whose appetite is drawn from a power law

std::size_t class_of(std::size_t size) {
  return size < 2 ? 0 : size < 10 ? 1 : 2;
}

struct Network {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<Incidence> rows;  // by work
  Numbers countries;            // of members
};

Network read_network(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  Numbers numbers(bytes.size() / sizeof(std::uint32_t));
  std::copy_n(bytes.data(), numbers.size() * sizeof(std::uint32_t),
              reinterpret_cast<char*>(numbers.data()));
  if (numbers.size() < 3 ||
      numbers.size() < 3 + std::size_t{numbers[2]} * 3 + std::size_t{numbers[0]}) {
    throw std::runtime_error(path + " is no network with countries");
  }
  Network network{numbers[0], numbers[1], {}, {}};
  const std::size_t rows = numbers[2];
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t* const at = numbers.data() + 3 + i;
    network.rows.push_back({at[0], at[rows], 0, std::int32_t(at[2 * rows]), unknown_to});
  }
  const auto countries = numbers.begin() + std::ptrdiff_t(3 + 3 * rows);
  network.countries.assign(countries, countries + network.members);
  std::stable_sort(network.rows.begin(), network.rows.end(),
                   [](const Incidence& a, const Incidence& b) { return a.work < b.work; });
  return network;
}

void write_network(const Network& network, const std::string& path) {
  Numbers numbers = {network.members, network.works, std::uint32_t(network.rows.size())};
  for (const Incidence& row : network.rows) numbers.push_back(row.member);
  for (const Incidence& row : network.rows) numbers.push_back(row.work);
  for (const Incidence& row : network.rows) numbers.push_back(std::uint32_t(row.from_day));
  numbers.insert(numbers.end(), network.countries.begin(), network.countries.end());
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(numbers.data()),
             static_cast<std::streamsize>(numbers.size() * sizeof(std::uint32_t)));
  if (!file) throw std::runtime_error("cannot write " + path);
}

// ---- Growing -----------------------------------------------------------------------------------

using Appetite = std::array<double, classes>;

struct Place {
  std::uint32_t country = 0;
  bool newcomer = false;
  Appetite appetite{};  // of a newcomer
};

struct Template {
  std::int32_t day = 0;
  std::vector<Place> places;
};

struct Outline {
  std::vector<Template> templates;
  double tail_from = 0;      // the appetite above which the power law holds
  double tail_exponent = 1;  // share of those above x: (x / tail_from)^-tail_exponent
  double tail_count = 0;     // members above it
};

std::vector<Numbers> teams_of(const Network& network) {
  std::vector<Numbers> teams(network.works);
  for (const Incidence& row : network.rows) {
    auto& team = teams[row.work];
    if (std::find(team.begin(), team.end(), row.member) == team.end()) team.push_back(row.member);
  }
  return teams;
}

double total(const Appetite& appetite) {
  return std::accumulate(appetite.begin(), appetite.end(), 0.0);
}

// Where the tail begins, and Hill's estimate of its exponent.
void fit_tail(Outline& outline) {
  std::vector<double> totals;
  for (const Template& each : outline.templates) {
    for (const Place& place : each.places) {
      if (place.newcomer) totals.push_back(total(place.appetite));
    }
  }
  std::sort(totals.rbegin(), totals.rend());
  const std::size_t count =
      std::max<std::size_t>(2, std::size_t(tail_share * double(totals.size())));
  if (totals.size() <= count || totals[count] <= 0) {  // too small to have a tail
    outline.tail_from = std::numeric_limits<double>::infinity();
    return;
  }
  outline.tail_from = totals[count];
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::log(totals[i] / totals[count]);
  outline.tail_exponent = std::max(double(count) / sum, 1.1);
  outline.tail_count = double(count);
}

Outline outline_of(const Network& network) {
  Outline outline;
  outline.templates.resize(network.works);
  const auto teams = teams_of(network);
  std::vector<Appetite> counts(network.members);
  double places = 0;
  for (const Incidence& row : network.rows) outline.templates[row.work].day = row.from_day;
  for (const Numbers& team : teams) {
    for (const std::uint32_t member : team) ++counts[member][class_of(team.size())];
    places += double(team.size());
  }
  Numbers order(network.works);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return outline.templates[a].day < outline.templates[b].day;
  });
  std::vector<bool> seen(network.members);
  double passed = 0;
  for (const std::uint32_t work : order) {
    for (const std::uint32_t member : teams[work]) {
      Place place{network.countries[member], !seen[member], {}};
      if (place.newcomer) {
        const double left = std::max(1 - passed / places, 0.02);
        place.appetite = counts[member];
        place.appetite[class_of(teams[work].size())] -= 1;  // this one
        for (double& each : place.appetite) each /= left;
      }
      outline.templates[work].places.push_back(place);
      seen[member] = true;
      passed += 1;
    }
  }
  fit_tail(outline);
  return outline;
}

// Members to be drawn in proportion to a weight.
class Lottery {
 public:
  void add(std::uint32_t member, double weight) {
    if (weight <= 0) return;
    members_.push_back(member);
    sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight);
  }
  bool empty() const { return members_.empty(); }
  std::uint32_t draw(NumberedRandom& random) const {
    const auto at = std::upper_bound(sums_.begin(), sums_.end() - 1, random.unit() * sums_.back());
    return members_[std::size_t(at - sums_.begin())];
  }

 private:
  Numbers members_;
  std::vector<double> sums_;
};

class Grower {
 public:
  Grower(const Outline& outline, std::uint32_t scale, std::uint64_t seed, double again)
      : outline_(outline), scale_(scale), random_(seed, 0), again_(again) {
    std::uint32_t countries = 0;
    for (const Template& each : outline.templates) {
      for (const Place& place : each.places) countries = std::max(countries, place.country + 1);
    }
    for (auto& lotteries : lotteries_) lotteries.resize(countries);
  }

  Network run() {
    struct Work {
      std::int32_t day;
      std::uint32_t of;
    };
    std::vector<Work> works;
    for (std::uint32_t t = 0; t < outline_.templates.size(); ++t) {
      for (std::uint32_t i = 0; i < scale_; ++i) {
        const std::int32_t moved = scale_ == 1 ? 0 : std::int32_t(random_.below(29)) - 14;
        works.push_back({outline_.templates[t].day + moved, t});
      }
    }
    std::stable_sort(works.begin(), works.end(),
                     [](const Work& a, const Work& b) { return a.day < b.day; });
    network_.works = std::uint32_t(works.size());
    for (std::uint32_t work = 0; work < works.size(); ++work) {
      fill(outline_.templates[works[work].of], work, works[work].day);
      begins_.push_back(network_.rows.size());
      for (const std::uint32_t member : team_) {
        if (team_.size() > 1) works_of_[member].push_back(work);
      }
    }
    return std::move(network_);
  }

 private:
  void fill(const Template& of, std::uint32_t work, std::int32_t day) {
    team_.clear();
    source_.reset();
    const std::size_t size_class = class_of(of.places.size());
    // Who is known comes first, so that others can be drawn through them.
    for (const bool newcomer : {false, true}) {
      for (const Place& place : of.places) {
        if (place.newcomer != newcomer) continue;
        const std::uint32_t member =
            newcomer ? fresh(place.country, place.appetite) : known(place.country, size_class);
        team_.push_back(member);
        network_.rows.push_back({member, work, 0, day, unknown_to});
      }
    }
  }

  std::uint32_t fresh(std::uint32_t country, Appetite appetite) {
    const double sum = total(appetite);
    if (sum > outline_.tail_from) {
      const double above = std::max(1 - random_.unit(), 1 / (outline_.tail_count * scale_));
      const double drawn = outline_.tail_from * std::pow(above, -1 / outline_.tail_exponent);
      for (double& each : appetite) each *= drawn / sum;
    }
    const std::uint32_t member = network_.members++;
    network_.countries.push_back(country);
    works_of_.emplace_back();
    appetites_.push_back(appetite);
    for (std::size_t c = 0; c < classes; ++c) lotteries_[c][country].add(member, appetite[c]);
    return member;
  }

  bool in_team(std::uint32_t member) const {
    return std::find(team_.begin(), team_.end(), member) != team_.end();
  }

  std::uint32_t drawn(const Numbers& from) {
    return from[random_.below(std::uint32_t(from.size()))];
  }

  // One of the country who is met in past works of the team, or of two the one with more appetite.
  std::optional<std::uint32_t> acquaintance(std::uint32_t country, std::size_t size_class) {
    std::optional<std::uint32_t> best;
    const int wanted = random_.unit() < hungry ? 2 : 1;
    int met = 0;
    for (int i = 0; i < acquaintances && met < wanted; ++i) {
      if (i >= tries || !source_) {
        const Numbers& works = works_of_[drawn(team_)];
        if (works.empty()) continue;
        source_ = drawn(works);
      }
      const std::size_t begin = begins_[*source_];
      const std::size_t size = begins_[*source_ + 1] - begin;
      const std::uint32_t member = network_.rows[begin + random_.below(std::uint32_t(size))].member;
      const double appetite = appetites_[member][size_class];
      if (network_.countries[member] != country || appetite <= 0 || in_team(member)) continue;
      ++met;
      if (!best || appetite > appetites_[*best][size_class]) best = member;
    }
    return best;
  }

  std::uint32_t known(std::uint32_t country, std::size_t size_class) {
    if (!team_.empty() && random_.unit() < again_) {
      if (const auto member = acquaintance(country, size_class)) return *member;
    }
    const Lottery& lottery = lotteries_[size_class][country];
    for (int i = 0; i < tries && !lottery.empty(); ++i) {
      const std::uint32_t member = lottery.draw(random_);
      if (!in_team(member)) return member;
    }
    return fresh(country, {});
  }

  const Outline& outline_;
  std::uint32_t scale_;
  NumberedRandom random_;
  double again_;
  Network network_;
  std::vector<std::size_t> begins_{0};                   // of works, in rows, and the end
  std::vector<Numbers> works_of_;                        // by member: those of two and more
  std::vector<Appetite> appetites_;                      // by member
  std::array<std::vector<Lottery>, classes> lotteries_;  // by class, by country
  Numbers team_;
  std::optional<std::uint32_t> source_;  // a past work that the team comes together again from
};

// ---- Shape -------------------------------------------------------------------------------------

Numbers participations(const Network& network) {
  Numbers counts(network.members);
  for (const Incidence& row : network.rows) ++counts[row.member];
  return counts;
}

// Of all meetings of two members in works of up to 60, the share of those who have met before.
double met_again(const Network& network) {
  Slice slice;
  slice.max_members = largest_work;
  const IncidenceGraph incidence(network.rows, network.members, network.works);
  const Affiliations graph(incidence, slice);
  double meetings = 0;
  for (std::uint32_t work = 0; work < graph.work_count(); ++work) {
    const auto size = double(graph.members_of(work).size());
    meetings += size * (size - 1) / 2;
  }
  return meetings == 0 ? 0 : 1 - double(TieGraph::project(graph).tie_count()) / meetings;
}

// The participations of who is in a random row.
double second_moment(const Network& network) {
  double sum = 0;
  for (const std::uint32_t count : participations(network)) sum += double(count) * count;
  return sum / double(network.rows.size());
}

double fitted_again(const Network& network, const Outline& outline, std::uint64_t seed) {
  const double wanted = met_again(network);
  double low = 0;
  double high = 1;
  for (int i = 0; i < halvings; ++i) {
    const double again = (low + high) / 2;
    (met_again(Grower(outline, 1, seed, again).run()) < wanted ? low : high) = again;
  }
  return (low + high) / 2;
}

void print(const std::string& name, double figure) {
  std::cout.precision(12);
  std::cout << "shape " << name << ' ' << figure << '\n' << std::flush;
}

void print_spread(const std::string& name, Numbers counts) {
  counts.erase(std::remove(counts.begin(), counts.end(), 0U), counts.end());
  std::sort(counts.begin(), counts.end());
  if (counts.empty()) counts.push_back(0);
  const auto at = [&](double share) {
    return counts[std::min(counts.size() - 1, std::size_t(share * double(counts.size())))];
  };
  const auto ones = std::count(counts.begin(), counts.end(), 1U);
  print(name + "_mean", std::accumulate(counts.begin(), counts.end(), 0.0) / double(counts.size()));
  print(name + "_ones", double(ones) / double(counts.size()));
  print(name + "_median", at(0.5));
  print(name + "_p90", at(0.9));
  print(name + "_p99", at(0.99));
  print(name + "_most", counts.back());
}

// Of 20,000 members at most that have two partners: the mean share of these pairs that are
// partners. D. Watts, S. Strogatz, Nature 393, 440-442, 1998.
double clustering(const TieGraph& ties) {
  Numbers some;
  for (std::uint32_t v = 0; v < ties.vertex_count(); ++v) {
    if (ties.degree(v) > 1) some.push_back(v);
  }
  if (some.empty()) return 0;
  const std::size_t count = std::min<std::size_t>(some.size(), 20'000);
  std::vector<bool> near(ties.vertex_count());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t v = some[i * some.size() / count];
    const auto partners = ties.neighbours(v);
    for (const std::uint32_t u : partners) near[u] = true;
    double closed = 0;
    for (const std::uint32_t u : partners) {
      const auto others = ties.neighbours(u);
      closed += double(
          std::count_if(others.begin(), others.end(), [&](std::uint32_t w) { return near[w]; }));
    }
    for (const std::uint32_t u : partners) near[u] = false;
    const auto degree = double(partners.size());
    sum += closed / (degree * (degree - 1));
  }
  return sum / double(count);
}

// The correlation of the numbers of partners at both ends of a tie. M. E. J. Newman, Phys. Rev.
// Lett. 89, 208701, 2002.
double assortativity(const TieGraph& ties) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  double products = 0;
  for (std::uint32_t v = 0; v < ties.vertex_count(); ++v) {
    const auto here = double(ties.degree(v));
    for (const std::uint32_t u : ties.neighbours(v)) {
      const auto there = double(ties.degree(u));
      count += 1;
      sum += here;
      squares += here * here;
      products += here * there;
    }
  }
  const double mean = sum / count;
  const double variance = squares / count - mean * mean;
  return variance > 0 ? (products / count - mean * mean) / variance : 0;
}

// The share of ties between members of one country.
double within_countries(const TieGraph& ties, const Numbers& countries) {
  double within = 0;
  for (std::uint32_t v = 0; v < ties.vertex_count(); ++v) {
    for (const std::uint32_t u : ties.neighbours(v)) within += countries[u] == countries[v];
  }
  return within / (2 * double(ties.tie_count()));
}

// Of the rows of the last fifth of the time, the share of members who were in nothing before.
double late_newcomers(const Network& network) {
  std::vector<std::int32_t> first(network.members, std::numeric_limits<std::int32_t>::max());
  std::vector<std::int32_t> days;
  for (const Incidence& row : network.rows) {
    first[row.member] = std::min(first[row.member], row.from_day);
    days.push_back(row.from_day);
  }
  std::sort(days.begin(), days.end());
  const std::int32_t late = days[days.size() * 4 / 5];
  double rows = 0;
  double fresh = 0;
  for (const Incidence& row : network.rows) {
    if (row.from_day < late) continue;
    ++rows;
    fresh += first[row.member] == row.from_day;
  }
  return fresh / rows;
}

void print_shape(const Network& network) {
  print("members", network.members);
  print("works", network.works);
  print("rows", double(network.rows.size()));
  print_spread("participations", participations(network));
  Numbers sizes(network.works);
  for (const Incidence& row : network.rows) ++sizes[row.work];
  print_spread("sizes", sizes);
  print("second_moment", second_moment(network));
  print("late_newcomers", late_newcomers(network));

  const IncidenceGraph incidence(network.rows, network.members, network.works);
  Slice slice;
  slice.max_members = largest_work;
  const Affiliations graph(incidence, slice);
  const auto ties = TieGraph::project(graph);
  print("ties", double(ties.tie_count()));
  print("met_again", met_again(network));
  Numbers partners(network.members);
  for (std::uint32_t v = 0; v < network.members; ++v) partners[v] = std::uint32_t(ties.degree(v));
  print_spread("partners", partners);
  print("clustering", clustering(ties));
  print("assortativity", assortativity(ties));
  print("within_countries", within_countries(ties, network.countries));
  const auto components = connected_components(incidence);
  print("largest_component", double(components.largest()) / double(incidence.linked_members()));
  print_spread("core", core_numbers(ties));
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "shape" && argc == 3) {
    print_shape(read_network(argv[2]));
    return 0;
  }
  if (what != "grow" || argc != 6) {
    std::cerr << "usage: koinon_bench_graph_grow grow FILE SCALE SEED OUT | shape FILE\n";
    return 2;
  }
  const Network network = read_network(argv[2]);
  const Outline outline = outline_of(network);
  const auto scale = static_cast<std::uint32_t>(std::atoi(argv[3]));
  const auto seed = static_cast<std::uint64_t>(std::atoll(argv[4]));
  const double again = fitted_again(network, outline, seed);
  print("again", again);
  print("tail_exponent", outline.tail_exponent);
  write_network(Grower(outline, scale, seed, again).run(), argv[5]);
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
