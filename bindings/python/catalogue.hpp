// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

namespace koinon::python {

/// Adds `Catalogue` and `open`.
void bind_catalogue(pybind11::module_& module);

}  // namespace koinon::python
