// SPDX-License-Identifier: Apache-2.0
//
// Lives of records, designs of experiments and versions side by side. Answers travel as JSON.
#include "python/life.hpp"

#include <pybind11/stl.h>

#include <memory>
#include <optional>
#include <string>

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

std::string next_steps(Handle& handle, const std::string& id, const std::string& by,
                       const std::string& country, const std::string& language) {
  return to_json(handle.call([&](Catalogue& catalogue) {
    return catalogue.next_steps(id, {by, country}, language);
  }));
}

std::string transition(Handle& handle, const std::string& request) {
  const Transition asked = transition_from_json(request);
  return to_json(handle.call([&](Catalogue& catalogue) { return catalogue.transition(asked); }));
}

std::string advance_calls(Handle& handle, std::optional<Timestamp> now,
                          const py::object& progress) {
  return to_json(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.advance_calls(now, task);
  }));
}

std::string check_design(Handle& handle, const std::string& experiment) {
  return to_json(
      handle.call([&](Catalogue& catalogue) { return catalogue.check_design(experiment); }));
}

std::string differences(Handle& handle, const std::string& id, std::uint64_t from_version,
                        std::uint64_t to_version) {
  return to_json(handle.call(
      [&](Catalogue& catalogue) { return catalogue.differences(id, from_version, to_version); }));
}

}  // namespace

std::function<Timestamp()> python_clock(py::object clock) {
  // Whoever closes the catalogue does so without the lock.
  const std::shared_ptr<py::object> kept(new py::object(std::move(clock)), [](py::object* held) {
    const py::gil_scoped_acquire lock;
    delete held;
  });
  return [kept] {
    const py::gil_scoped_acquire lock;
    return (*kept)().cast<Timestamp>();
  };
}

void bind_life(py::class_<Handle>& catalogue) {
  catalogue.def("next_steps", &next_steps, "id"_a, "by"_a, "country"_a, "language"_a)
      .def("transition", &transition, "request"_a)
      .def("advance_calls", &advance_calls, "now"_a, "progress"_a)
      .def("check_design", &check_design, "experiment"_a)
      .def("differences", &differences, "id"_a, "from_version"_a, "to_version"_a);
}

void bind_life_cycles(py::module_& module) {
  module.def("life_cycle_names", &life_cycle_names, "The names of the tables of life cycles.");
  module.def(
      "life_cycle", [](const std::string& name) { return life_cycle(name); }, "name"_a);
  module.def(
      "life_cycle_diagram", [](const std::string& name) { return life_cycle_diagram(name); },
      "name"_a);
}

}  // namespace koinon::python
