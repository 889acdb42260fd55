// SPDX-License-Identifier: Apache-2.0
//
// A model that is a Python function.
#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>

#include "koinon/embedder.hpp"

namespace koinon::python {

/// `embed` is called with a text and its language, under the interpreter lock, from any thread, and
/// gives the bytes of as many floats, or None; whatever else it does counts as None.
std::shared_ptr<const Embedder> python_embedder(pybind11::object embed, std::size_t dimension,
                                                std::uint64_t version);

}  // namespace koinon::python
