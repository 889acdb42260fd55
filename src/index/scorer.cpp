// SPDX-License-Identifier: Apache-2.0
#include "index/scorer.hpp"

namespace koinon::index {

void Scorer::fill(Window& window, std::int32_t) {
  const std::uint32_t end = window.end();
  for (advance(window.begin); document_ < end; advance(document_ + 1))
    window.add(document_, score());
}

void Scorer::mark(Window& window) {
  const std::uint32_t end = window.end();
  for (advance(window.begin); document_ < end; advance(document_ + 1)) window.mark(document_);
}

}  // namespace koinon::index
