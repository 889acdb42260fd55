// SPDX-License-Identifier: Apache-2.0
#include "search/knowledge.hpp"

#include <algorithm>
#include <cmath>

namespace koinon::search {

bool embedded(const Embedder& embedder, std::string_view text, std::string_view language,
              std::span<float> out) {
  try {
    std::fill(out.begin(), out.end(), 0.0F);
    return embedder.embed(text, language, out.data()) &&
           std::all_of(out.begin(), out.end(), [](float number) { return std::isfinite(number); });
  } catch (...) {
    return false;
  }
}

}  // namespace koinon::search
