// SPDX-License-Identifier: Apache-2.0
//
// What a network answers, as arrays.
#include <algorithm>
#include <utility>

#include "c/arrays.hpp"
#include "c/handles.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

kn_nearness_options nearness_defaults() {
  const NearnessOptions own;
  kn_nearness_options options{};
  options.struct_size = sizeof(options);
  options.limit = 20;
  options.epsilon = own.epsilon;
  options.damping = own.damping;
  return options;
}

// Each keeps the network, in which names and countries lie, and is never moved.

struct HeldPath {
  HeldPath(const Network& asked, NetworkPath found) : network(asked), path(std::move(found)) {
    for (const std::string& id : path.organisations)
      organisations.add(network, network.number_of(id));
    works = views(path.works);
  }

  kn_path_answer answer() const {
    return path_out(network.change(), path.length, organisations, works);
  }

  Network network;
  NetworkPath path;
  OrganisationColumns organisations;
  std::vector<kn_string> works;
};

struct HeldAround {
  HeldAround(const Network& asked, NetworkSurroundings found)
      : network(asked), around(std::move(found)) {
    for (const std::uint32_t number : around.organisations) organisations.add(network, number);
  }

  kn_around_answer answer() const {
    return around_out(network.change(), organisations, around.hops, around.ties);
  }

  Network network;
  NetworkSurroundings around;
  OrganisationColumns organisations;
};

struct HeldNear {
  HeldNear(const Network& asked, const NetworkNearness& found)
      : network(asked), error_bound(found.error_bound) {
    for (const NetworkScore& each : found.scores) {
      organisations.add(network, each.organisation);
      scores.push_back(each.score);
    }
  }

  kn_near_answer answer() const {
    return near_out(network.change(), error_bound, organisations, scores);
  }

  Network network;
  double error_bound;
  OrganisationColumns organisations;
  std::vector<double> scores;
};

struct HeldGrowth {
  HeldGrowth(const Network& asked, NetworkGrowth found)
      : change(asked.change()), growth(std::move(found)) {}

  kn_growth_answer answer() const {
    kn_growth_answer out{};
    out.change = change;
    out.undated = growth.undated;
    out.year_count = growth.years.size();
    out.years = array_out(growth.years);
    out.participations = array_out(growth.participations);
    out.new_organisations = array_out(growth.new_organisations);
    out.new_works = array_out(growth.new_works);
    out.new_ties = array_out(growth.new_ties);
    return out;
  }

  std::uint64_t change;
  NetworkGrowth growth;
};

struct HeldCells {
  explicit HeldCells(const std::vector<CoverageCell>& cells) {
    for (const CoverageCell& cell : cells) {
      for (const std::string& code : cell.codes) codes.push_back(view(code));
      records.push_back(cell.records);
      expected.push_back(cell.expected);
    }
  }

  std::vector<kn_string> codes;
  std::vector<std::uint64_t> records;
  std::vector<double> expected;
};

struct HeldCoverage {
  HeldCoverage(const Network& asked, NetworkCoverage found)
      : change(asked.change()),
        coverage(std::move(found)),
        axes(views(coverage.axes)),
        cells(coverage.cells),
        gaps(coverage.gaps) {}

  kn_coverage_answer answer() const {
    kn_coverage_answer out{};
    out.change = change;
    out.total = coverage.total;
    out.axis_count = axes.size();
    out.axes = array_out(axes);
    out.cell_count = cells.records.size();
    out.cell_codes = array_out(cells.codes);
    out.cell_records = array_out(cells.records);
    out.cell_expected = array_out(cells.expected);
    out.gap_count = gaps.records.size();
    out.gap_codes = array_out(gaps.codes);
    out.gap_records = array_out(gaps.records);
    out.gap_expected = array_out(gaps.expected);
    return out;
  }

  std::uint64_t change;
  NetworkCoverage coverage;
  std::vector<kn_string> axes;
  HeldCells cells;
  HeldCells gaps;
};

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_nearness_options_init(kn_nearness_options* options, uint64_t size) {
  return init_options(options, size, nearness_defaults());
}

KN_EXPORT int32_t kn_network_hops_from(const kn_network* network, const kn_string* organisations,
                                       uint64_t organisation_count, const kn_task* task,
                                       uint32_t* hops, uint64_t count, kn_error** error) {
  return guarded(error, [&] {
    const koinon::Network& own = network_in(network);
    const auto sources = list_in(organisations, organisation_count, "organisations");
    check_array(hops, count, "hops");
    if (count != sources.size() * own.size()) {
      fail_argument("count is " + std::to_string(count) + ", but " +
                    std::to_string(sources.size()) + " rows of " + std::to_string(own.size()) +
                    " organisations are " + std::to_string(sources.size() * own.size()));
    }
    const auto found = own.hops(sources, task_in(task));
    std::copy(found.begin(), found.end(), hops);
  });
}

KN_EXPORT int32_t kn_network_path_arrays(const kn_network* network, const char* from,
                                         uint64_t from_length, const char* to, uint64_t to_length,
                                         uint8_t strongest, const kn_task* task,
                                         kn_path_answer* answer, kn_arrays** arrays,
                                         kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    const koinon::Network& own = network_in(network);
    const std::string start(text_in(from, from_length, "from"));
    const std::string end(text_in(to, to_length, "to"));
    const koinon::Task watched = task_in(task);
    return std::make_shared<const HeldPath>(own, flag_in(strongest, "strongest")
                                                     ? own.strongest_path(start, end, watched)
                                                     : own.path(start, end, watched));
  });
}

KN_EXPORT int32_t kn_network_around_arrays(const kn_network* network, const char* id,
                                           uint64_t id_length, uint32_t hops, const kn_task* task,
                                           kn_around_answer* answer, kn_arrays** arrays,
                                           kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    const koinon::Network& own = network_in(network);
    const std::string self(text_in(id, id_length, "id"));
    return std::make_shared<const HeldAround>(own, own.around(self, hops, task_in(task)));
  });
}

KN_EXPORT int32_t kn_network_near_arrays(const kn_network* network, const kn_string* organisations,
                                         uint64_t organisation_count,
                                         const kn_nearness_options* options, const kn_task* task,
                                         kn_near_answer* answer, kn_arrays** arrays,
                                         kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    const koinon::Network& own = network_in(network);
    const auto sources = list_in(organisations, organisation_count, "organisations");
    const kn_nearness_options given = options_in(options, nearness_defaults());
    return std::make_shared<const HeldNear>(
        own,
        own.nearness(sources, size_in(given.limit), {given.epsilon, given.damping}, task_in(task)));
  });
}

KN_EXPORT int32_t kn_network_growth_arrays(const kn_network* network, const kn_task* task,
                                           kn_growth_answer* answer, kn_arrays** arrays,
                                           kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    const koinon::Network& own = network_in(network);
    return std::make_shared<const HeldGrowth>(own, own.growth(task_in(task)));
  });
}

KN_EXPORT int32_t kn_network_coverage_arrays(const kn_network* network, const kn_string* axes,
                                             uint64_t axis_count, uint64_t least, uint64_t limit,
                                             const kn_task* task, kn_coverage_answer* answer,
                                             kn_arrays** arrays, kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    const koinon::Network& own = network_in(network);
    const auto asked = list_in(axes, axis_count, "axes");
    return std::make_shared<const HeldCoverage>(
        own, own.coverage(asked, {least, size_in(limit)}, task_in(task)));
  });
}
