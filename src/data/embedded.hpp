// SPDX-License-Identifier: Apache-2.0
//
// The files of this folder that the build puts into the library.
#pragma once

#include <cstddef>
#include <string_view>

namespace koinon::data {

struct EmbeddedRange {
  const char* name;  // below src/data: "vocabularies/stages.json"
  const char* begin;
  const char* end;
};

struct EmbeddedTable {
  const EmbeddedRange* rows;
  std::size_t size;
};

/// Sorted by name. Made by the build.
EmbeddedTable embedded_table();

/// The bytes of an embedded file, valid for the life of the process; empty data() when there is
/// none.
std::string_view embedded(std::string_view name);

}  // namespace koinon::data
