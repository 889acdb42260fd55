// SPDX-License-Identifier: Apache-2.0
//
// Partnership networks. Arrays of numbers leave as bytes, which Python reads where they lie.
#include "python/network.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "koinon/koinon.hpp"
#include "python/interruptible.hpp"
#include "python/to_python.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

template <class Ask>
auto watched(const py::object& progress, Ask&& ask) {
  std::optional<std::invoke_result_t<Ask, const Task&>> answer;
  interruptible(progress, [&](const Task& task) { answer = ask(task); });
  return std::move(*answer);
}

py::dict measure(const Network& network, const std::vector<std::string>& names, double damping,
                 double tolerance, double resolution, double betweenness_error, double failure,
                 std::uint64_t seed, const py::object& progress) {
  MeasureOptions options;
  options.damping = damping;
  options.tolerance = tolerance;
  options.resolution = resolution;
  options.betweenness_error = betweenness_error;
  options.failure = failure;
  options.seed = seed;
  std::vector<NetworkMeasure> measures;
  for (const std::string& name : names) measures.push_back(network_measure(name));
  const MeasureTable table =
      watched(progress, [&](const Task& task) { return network.measure(measures, options, task); });
  py::list columns;
  for (const auto& column : table.columns) columns.append(bytes_of(column));
  return py::dict(
      "change"_a = table.change, "columns"_a = columns, "pagerank_error"_a = table.pagerank_error,
      "betweenness_error"_a = table.betweenness_error,
      "betweenness_samples"_a = table.betweenness_samples, "modularity"_a = table.modularity);
}

py::dict groups(const Network& network, const std::string& by, double resolution,
                std::uint64_t seed, const py::object& progress) {
  MeasureOptions options;
  options.resolution = resolution;
  options.seed = seed;
  const NetworkMeasure measure = network_measure(by);
  const NetworkGroups found =
      watched(progress, [&](const Task& task) { return network.groups(measure, options, task); });
  py::list numbers;
  py::list members;
  py::list inside;
  py::list countries;
  for (const NetworkGroup& group : found.groups) {
    numbers.append(group.number);
    members.append(group.members);
    inside.append(group.inside);
    countries.append(group.countries);
  }
  return py::dict("change"_a = found.change, "modularity"_a = found.modularity,
                  "number"_a = numbers, "members"_a = members, "inside"_a = inside,
                  "countries"_a = countries);
}

py::tuple arrays_of(const NetworkTies& ties) {
  return py::make_tuple(bytes_of(ties.from), bytes_of(ties.to), bytes_of(ties.strength));
}

py::tuple ties(const Network& network, const py::object& progress) {
  return arrays_of(watched(progress, [&](const Task& task) { return network.ties(task); }));
}

py::tuple path(const Network& network, const std::string& from, const std::string& to,
               const py::object& progress) {
  const NetworkPath found =
      watched(progress, [&](const Task& task) { return network.path(from, to, task); });
  return py::make_tuple(found.organisations, found.works);
}

py::tuple strongest_path(const Network& network, const std::string& from, const std::string& to,
                         const py::object& progress) {
  const NetworkPath found =
      watched(progress, [&](const Task& task) { return network.strongest_path(from, to, task); });
  return py::make_tuple(found.organisations, found.works, found.length);
}

py::dict cells_of(const std::vector<std::string>& axes, const std::vector<CoverageCell>& cells) {
  py::dict columns;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    py::list codes;
    for (const CoverageCell& cell : cells) codes.append(cell.codes[i]);
    columns[py::str(axes[i])] = codes;
  }
  py::list records;
  py::list expected;
  for (const CoverageCell& cell : cells) {
    records.append(cell.records);
    expected.append(cell.expected);
  }
  columns["records"] = records;
  columns["expected"] = expected;
  return columns;
}

py::tuple coverage(const Network& network, const std::vector<std::string>& axes,
                   std::uint64_t least, std::size_t limit, const py::object& progress) {
  const NetworkCoverage found = watched(progress, [&](const Task& task) {
    return network.coverage(axes, {least, limit}, task);
  });
  return py::make_tuple(found.total, cells_of(axes, found.cells), cells_of(axes, found.gaps));
}

py::bytes hops(const Network& network, const std::vector<std::string>& sources,
               const py::object& progress) {
  return bytes_of(watched(progress, [&](const Task& task) { return network.hops(sources, task); }));
}

py::tuple around(const Network& network, const std::string& id, std::uint32_t hops,
                 const py::object& progress) {
  const NetworkSurroundings found =
      watched(progress, [&](const Task& task) { return network.around(id, hops, task); });
  return py::make_tuple(found.organisations, found.hops, arrays_of(found.ties));
}

py::tuple near(const Network& network, const std::vector<std::string>& ids, std::size_t limit,
               double epsilon, double damping, const py::object& progress) {
  const NetworkNearness found = watched(progress, [&](const Task& task) {
    return network.nearness(ids, limit, {epsilon, damping}, task);
  });
  std::vector<std::uint32_t> organisations;
  std::vector<double> scores;
  for (const NetworkScore& score : found.scores) {
    organisations.push_back(score.organisation);
    scores.push_back(score.score);
  }
  return py::make_tuple(organisations, scores, found.error_bound);
}

py::dict growth(const Network& network, const py::object& progress) {
  const NetworkGrowth found =
      watched(progress, [&](const Task& task) { return network.growth(task); });
  return py::dict("year"_a = found.years, "participations"_a = found.participations,
                  "new_organisations"_a = found.new_organisations, "new_works"_a = found.new_works,
                  "new_ties"_a = found.new_ties, "undated"_a = found.undated);
}

void save(const Network& network, const std::string& path, const std::string& format,
          const std::vector<std::string>& measures, bool two_mode, const py::object& progress) {
  SaveNetworkOptions options;
  options.format = format;
  options.two_mode = two_mode;
  for (const std::string& name : measures) options.measures.push_back(network_measure(name));
  interruptible(progress, [&](const Task& task) { save_network(network, path, options, task); });
}

py::dict read(const std::string& path, const std::string& format) {
  const NetworkFile file = unlocked([&] { return read_network(path, format); });
  py::list columns;
  for (const auto& column : file.columns) columns.append(bytes_of(column));
  return py::dict("change"_a = file.change, "organisations"_a = file.organisations,
                  "names"_a = file.names, "countries"_a = file.countries, "kinds"_a = file.kinds,
                  "ties"_a = arrays_of(file.ties), "measures"_a = file.measures,
                  "columns"_a = columns);
}

// The bytes of a column of numbers; none: it is not told.
template <class Number>
std::vector<Number> column_of(const std::string& bytes) {
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::copy_n(bytes.data(), numbers.size() * sizeof(Number),
              reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

using Texts = std::vector<std::string>;

Network of_rows(const py::bytes& organisation, const py::bytes& work, const py::bytes& role,
                const py::bytes& from_day, const py::bytes& to_day, Texts organisations,
                Texts works, Texts roles, Texts names, Texts countries, Texts kinds) {
  NetworkRows rows;
  rows.organisation = column_of<std::uint32_t>(organisation);
  rows.work = column_of<std::uint32_t>(work);
  rows.role = column_of<std::uint16_t>(role);
  rows.from_day = column_of<std::int32_t>(from_day);
  rows.to_day = column_of<std::int32_t>(to_day);
  rows.organisations = std::move(organisations);
  rows.works = std::move(works);
  rows.roles = std::move(roles);
  rows.names = std::move(names);
  rows.countries = std::move(countries);
  rows.kinds = std::move(kinds);
  return unlocked([&] { return network_of_rows(rows); });
}

}  // namespace

void bind_network(py::module_& module) {
  py::class_<Network>(module, "Network", "A partnership network; koinon.Network wraps it.")
      .def_property_readonly("change", &Network::change)
      .def_property_readonly("size", &Network::size)
      .def_property_readonly("work_count", &Network::work_count)
      .def_property_readonly("participations", &Network::participations)
      .def("organisations", &Network::organisations)
      .def("names", &Network::names)
      .def("countries", &Network::countries)
      .def("kinds", &Network::kinds)
      .def("number_of", &Network::number_of, "organisation"_a)
      .def("measure", &measure, "names"_a, "damping"_a, "tolerance"_a, "resolution"_a,
           "betweenness_error"_a, "failure"_a, "seed"_a, "progress"_a)
      .def("groups", &groups, "by"_a, "resolution"_a, "seed"_a, "progress"_a)
      .def("of", &Network::of, "countries"_a, "kinds"_a)
      .def("ties", &ties, "progress"_a)
      .def("path", &path, "start"_a, "end"_a, "progress"_a)
      .def("strongest_path", &strongest_path, "start"_a, "end"_a, "progress"_a)
      .def("coverage", &coverage, "axes"_a, "least"_a, "limit"_a, "progress"_a)
      .def("hops", &hops, "sources"_a, "progress"_a)
      .def("around", &around, "id"_a, "hops"_a, "progress"_a)
      .def("near", &near, "ids"_a, "limit"_a, "epsilon"_a, "damping"_a, "progress"_a)
      .def("growth", &growth, "progress"_a)
      .def("save", &save, "path"_a, "format"_a, "measures"_a, "two_mode"_a, "progress"_a);
  module.def("read_network", &read, "path"_a, "format"_a);
  module.def("network_of_rows", &of_rows, "organisation"_a, "work"_a, "role"_a, "from_day"_a,
             "to_day"_a, "organisations"_a, "works"_a, "roles"_a, "names"_a, "countries"_a,
             "kinds"_a);
  module.def("network_formats", &network_formats);
  module.def("network_measures", &network_measure_names);
}

}  // namespace koinon::python
