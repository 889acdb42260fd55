// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include "python/handle.hpp"

namespace koinon::python {

/// What a catalogue tells of methods, care, communities, peers and centres: answers as JSON, which
/// python/koinon reads.
void bind_programme(pybind11::class_<Handle>& catalogue);

}  // namespace koinon::python
