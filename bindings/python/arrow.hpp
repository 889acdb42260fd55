// SPDX-License-Identifier: Apache-2.0
//
// The Arrow C stream interface (https://arrow.apache.org/docs/format/CStreamInterface.html) for
// columns of Python values, so that pyarrow, polars, DuckDB and others read them without our
// needing any of them.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <tuple>
#include <vector>

namespace koinon::python {

/// A column: its name, its Arrow format ("u" text, "g" float64, "l" int64, "b" boolean, "+l" list
/// of text) and as many values as the others have; None is null.
using ArrowColumn = std::tuple<std::string, std::string, pybind11::list>;

/// A capsule "arrow_array_stream" of one batch, which holds copies of the values. O(bytes). Raises
/// ValueError for other formats and unequal lengths, OverflowError past 2 GiB of text in a column.
pybind11::capsule arrow_stream(const std::vector<ArrowColumn>& columns);

}  // namespace koinon::python
