// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/unit_of_work.hpp"
#include "exchange/reader.hpp"

namespace koinon::engine {

/// A row that owns its bytes, with all that can be found out about it without the store.
struct PreparedRow {
  std::uint64_t line = 0;
  std::uint64_t size = 0;
  std::string bytes;
  std::string context;
  std::vector<PreparedDraft> drafts;
  std::vector<Violation> violations;
};

struct Batch {
  std::vector<PreparedRow> rows;
  bool last = false;
  std::uint64_t source_done = 0;  // bytes of the file read so far
};

/// Reads up to `rows` rows, fewer where they are large, and prepares them: rules checked, bodies
/// encoded.
Batch read_batch(exchange::RowReader& reader, std::size_t rows, const CancelToken& cancel);

/// One row, prepared.
PreparedRow prepare(exchange::Row& row);

}  // namespace koinon::engine
