// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

namespace koinon::python {

/// Adds `Network`, which Catalogue.network() gives, and the names of its measures.
void bind_network(pybind11::module_& module);

}  // namespace koinon::python
