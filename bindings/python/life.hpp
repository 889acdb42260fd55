// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include <functional>

#include "python/handle.hpp"

namespace koinon::python {

/// A clock in Python that gives milliseconds since 1970. What it raises comes out of the call that
/// asked it.
std::function<Timestamp()> python_clock(pybind11::object clock);

/// The members of a catalogue that python/koinon/_life_cycles.py and _differences.py call.
void bind_life(pybind11::class_<Handle>& catalogue);
/// What they ask of no catalogue.
void bind_life_cycles(pybind11::module_& module);

}  // namespace koinon::python
