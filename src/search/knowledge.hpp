// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "koinon/embedder.hpp"
#include "text/thesaurus.hpp"

namespace koinon::search {

/// What a search finds concepts and meaning with, besides words. Either may be null; both must
/// outlive whoever was given them.
struct Knowledge {
  const text::Thesaurus* thesaurus = nullptr;
  const Embedder* embedder = nullptr;
  std::uint64_t thesaurus_version = 0;  // tells a host's own apart; 0 for the bundled one
};

/// The embedder's vector of a text, in `out`, of its dimension; false where it has none. Nothing
/// that a host's own throws goes any further.
bool embedded(const Embedder& embedder, std::string_view text, std::string_view language,
              std::span<float> out);

}  // namespace koinon::search
