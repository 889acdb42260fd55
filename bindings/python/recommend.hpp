// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include "koinon/koinon.hpp"

namespace koinon::python {

/// A request out of the dict that python/koinon/_recommend.py makes.
RecommendRequest recommend_request(const pybind11::dict& told);

RecommendAllRequest recommend_all_request(const pybind11::dict& each, const pybind11::dict& of);

/// The arrays leave as bytes.
pybind11::dict to_python(const RecommendationTable& table);

/// The answer, as a dict that python/koinon/_recommend.py reads.
pybind11::dict to_python(const Recommendations& found);

}  // namespace koinon::python
