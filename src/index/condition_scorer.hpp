// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/filters.hpp"
#include "index/query.hpp"
#include "index/scorer.hpp"
#include "index/snapshot.hpp"

namespace koinon::index {

/// The documents for which a filter holds, with score 0. It looks at one document after another, so
/// it should stand beside something rarer; a filter of the whole query is cheaper there.
class ConditionScorer final : public Scorer {
 public:
  ConditionScorer(const Condition& condition, const SegmentState& state);
  void advance(std::uint32_t target) override;
  void mark(Window& window) override;
  void fill(Window& window, bool marks) override;
  std::int32_t score() override { return 0; }
  std::int32_t bound(std::uint32_t, std::uint32_t) override { return 0; }
  std::uint64_t cost() const override { return documents_; }

 private:
  Filters filters_;
  std::uint32_t documents_;
};

/// Whether a condition holds for one document, living or dead: nothing else is looked at.
bool holds(const Condition& condition, const SegmentState& state, std::uint32_t document);

}  // namespace koinon::index
