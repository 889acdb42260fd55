// SPDX-License-Identifier: Apache-2.0
//
// What the records of a network cover, and what they do not.
#include <algorithm>
#include <map>

#include "engine/network_calls.hpp"
#include "engine/network_state.hpp"
#include "graph/coverage.hpp"
#include "koinon/error.hpp"
#include "koinon/network.hpp"
#include "search/query_parser.hpp"

namespace koinon {

namespace {

constexpr std::size_t between_looks = 1024;  // records, at whether it is to stop

// The codes of each work along an axis, as numbers in the order of their names.
class Axis {
 public:
  Axis(const Network::State& state, const std::string& name, const graph::Watch& watch) {
    std::vector<std::vector<std::string>> codes(state.works.size());
    const auto of_members = [&](const std::vector<std::string>& told) {
      for (std::uint32_t work = 0; work < codes.size(); ++work) {
        if (work % between_looks == 0) graph::tell(watch, work, codes.size());
        for (const std::uint32_t member : state.affiliations.members_of(work)) {
          if (!told[member].empty()) codes[work].push_back(told[member]);
        }
      }
    };
    const auto of_works = [&](const graph::CodeSets& told) {
      for (std::uint32_t work = 0; work < codes.size(); ++work) codes[work] = told.of(work);
    };
    if (name == "country") {
      of_members(state.countries);
    } else if (name == "kind") {
      of_members(state.kinds);
    } else if (name == "programme") {
      of_works(state.programmes);
    } else if (name == "theme") {
      of_works(state.themes);
    } else if (name == "target-group") {
      of_works(state.target_groups);
    } else {
      throw Error(ErrorCode::InvalidArgument,
                  "there is no axis '" + search::shown(name) +
                      "'; there are country, kind, programme, theme, target-group");
    }
    graph::tell(watch, codes.size(), codes.size());
    number(codes);
  }

  const std::vector<std::uint32_t>& of(std::size_t work) const { return numbers_[work]; }
  const std::vector<std::string>& names() const { return names_; }

 private:
  void number(std::vector<std::vector<std::string>>& codes) {
    std::map<std::string, std::uint32_t> numbers;
    for (const auto& list : codes) {
      for (const std::string& code : list) numbers.emplace(code, 0);
    }
    for (auto& [code, number] : numbers) {
      number = static_cast<std::uint32_t>(names_.size());
      names_.push_back(code);
    }
    numbers_.resize(codes.size());
    for (std::size_t work = 0; work < codes.size(); ++work) {
      std::vector<std::uint32_t>& own = numbers_[work];
      for (const std::string& code : codes[work]) own.push_back(numbers.at(code));
      std::sort(own.begin(), own.end());
      own.erase(std::unique(own.begin(), own.end()), own.end());
    }
  }

  std::vector<std::string> names_;
  std::vector<std::vector<std::uint32_t>> numbers_;  // by work
};

// Every combination of a work's codes is an observation of its own.
class Observations {
 public:
  explicit Observations(const std::vector<Axis>& axes) : axes_(axes), columns_(axes.size()) {}

  void add(std::size_t work) {
    cell_.assign(axes_.size(), 0);
    add(work, 0);
  }

  graph::CoverageTable table() const {
    std::vector<graph::CategoryAxis> columns;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      columns.push_back({columns_[i], static_cast<std::uint32_t>(axes_[i].names().size())});
    }
    return graph::CoverageTable(columns);
  }

 private:
  void add(std::size_t work, std::size_t axis) {
    if (axis == axes_.size()) {
      for (std::size_t i = 0; i < axis; ++i) columns_[i].push_back(cell_[i]);
      return;
    }
    for (const std::uint32_t code : axes_[axis].of(work)) {
      cell_[axis] = code;
      add(work, axis + 1);
    }
  }

  const std::vector<Axis>& axes_;
  std::vector<std::vector<std::uint32_t>> columns_;
  std::vector<std::uint32_t> cell_;
};

CoverageCell named(const std::vector<Axis>& axes, const graph::CoverageTable& table,
                   const std::array<std::uint32_t, 3>& cell) {
  CoverageCell made;
  made.records = table.at(cell[0], cell[1], cell[2]);
  const auto all = static_cast<double>(table.total());
  made.expected = all;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    made.codes.push_back(axes[i].names()[cell[i]]);
    made.expected *= static_cast<double>(table.margin(i, cell[i])) / std::max(all, 1.0);
  }
  return made;
}

// The cells that have any, by codes.
std::vector<CoverageCell> filled(const std::vector<Axis>& axes, const graph::CoverageTable& table,
                                 const graph::Watch& watch) {
  std::vector<CoverageCell> cells;
  const auto size = [&](std::size_t i) {
    return i < axes.size() ? static_cast<std::uint32_t>(axes[i].names().size()) : 1U;
  };
  std::size_t seen = 0;
  for (std::uint32_t a = 0; a < size(0); ++a) {
    for (std::uint32_t b = 0; b < size(1); ++b) {
      for (std::uint32_t c = 0; c < size(2); ++c) {
        if (seen++ % 65'536 == 0) graph::tell(watch, seen, 0);
        if (table.at(a, b, c) > 0) cells.push_back(named(axes, table, {a, b, c}));
      }
    }
  }
  return cells;
}

}  // namespace

const std::vector<std::string>& coverage_axes() {
  static const std::vector<std::string> names = {"country", "kind", "programme", "theme",
                                                 "target-group"};
  return names;
}

NetworkCoverage Network::coverage(const std::vector<std::string>& axes,
                                  const CoverageOptions& options, const Task& task) const {
  if (axes.size() != 2 && axes.size() != 3)
    throw Error(ErrorCode::InvalidArgument, "coverage wants two or three axes");
  const graph::Watch watch = engine::watch_of(task, "coverage");
  return engine::guarded([&] {
    std::vector<Axis> made;
    for (const std::string& name : axes) made.emplace_back(*state_, name, watch);
    Observations observations(made);
    for (std::size_t work = 0; work < state_->works.size(); ++work) {
      if (work % between_looks == 0) graph::tell(watch, work, state_->works.size());
      observations.add(work);
    }
    const graph::CoverageTable table = observations.table();
    NetworkCoverage coverage;
    coverage.axes = axes;
    coverage.total = table.total();
    coverage.cells = filled(made, table, watch);
    for (const auto& gap : table.gaps(options.least, options.limit, watch))
      coverage.gaps.push_back(named(made, table, gap.cell));
    return coverage;
  });
}

}  // namespace koinon
