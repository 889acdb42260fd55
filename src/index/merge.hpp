// SPDX-License-Identifier: Apache-2.0
//
// Several segments written as one, without their dead documents.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "index/bits.hpp"
#include "index/segment.hpp"
#include "index/segment_writer.hpp"

namespace koinon::index {

struct MergeSource {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Bits> dead;  // null for none
};

/// `pace` is called every few thousand postings: it may sleep, or throw to stop. No key lives in
/// two sources. O(postings).
void merge(const std::vector<MergeSource>& sources, const Schema& schema,
           const FieldWeights& fields, SegmentOutputs out, const std::function<void()>& pace);

}  // namespace koinon::index
