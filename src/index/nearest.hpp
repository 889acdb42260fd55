// SPDX-License-Identifier: Apache-2.0
//
// The documents whose vectors point most nearly the same way as another.
//
// Two passes: one over the signs of all vectors (a bit for each number: an eighth of the bytes)
// with the numbers of the wanted one rounded to five bits, then one over the numbers of the most
// promising. Of several vectors of a document the nearest counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/query.hpp"
#include "index/search.hpp"
#include "index/snapshot.hpp"

namespace koinon::index {

struct NearestRequest {
  /// What a document must pass; its clauses, order and pages do not count.
  const Query* filters = nullptr;
  std::size_t count = 100;
  /// How many vectors of the first pass are looked at in the second, at least: a twentieth of all
  /// where that is more; 0: all, without a first pass.
  std::size_t pool = 8192;
};

struct Near {
  std::uint32_t segment = 0;
  std::uint32_t document = 0;
  DocKey key = 0;
  double cosine = 0;  // -1 to 1
};

struct NearestAnswer {
  std::vector<Near> nearest;  // by falling cosine, then key
  /// Of the cosines of all vectors, from a sample: what is near must stand out from that.
  double mean = 0;
  double deviation = 0;
};

/// Live documents that pass the filters. `wanted` has the schema's dimension; a schema without
/// vectors, or a wanted vector of zeros, finds nothing. Throws Error(Cancelled),
/// Error(Damaged). O(vectors * dimension / 64 + (pool + vectors / 20) * dimension).
NearestAnswer nearest(const Snapshot& snapshot, std::span<const float> wanted,
                      const NearestRequest& request, const SearchControl& control);

}  // namespace koinon::index
