// SPDX-License-Identifier: Apache-2.0
//
// Ready vectors of records, that a host brings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "koinon/catalogue.hpp"
#include "search/knowledge.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// These throw Error(InvalidArgument) for what cannot be.
void check_vector_dimension(std::size_t numbers);
void check_vector_model(std::string_view name);
/// For a model that has vectors of another dimension in this file.
void check_opened_model(const store::Store& store, const search::Knowledge& knowledge);

/// As the functions of Catalogue.
VectorsReport put_vectors(store::Store& store, const VectorRows& rows, std::string_view by,
                          const Task& task);
std::uint64_t drop_vectors(store::Store& store, std::string_view model, std::string_view by,
                           const Task& task);

}  // namespace koinon::engine
