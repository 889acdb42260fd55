// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/embedder.hpp"
#include "text/thesaurus.hpp"

namespace koinon::search {

/// What a search finds concepts and meaning with, besides words. Either may be null; both must
/// outlive whoever was given them.
struct Knowledge {
  const text::Thesaurus* thesaurus = nullptr;
  const Embedder* embedder = nullptr;
  /// The model whose ready vectors records and questions may bring, of `brought` numbers; "" and 0
  /// where none do. The same space as the embedder's, where there is one.
  std::string model = {};
  std::size_t brought = 0;
  std::uint64_t thesaurus_version = 0;  // tells a host's own apart; 0 for the bundled one

  /// Of every vector; 0 where there are none.
  std::size_t dimension() const {
    return brought != 0 ? brought : embedder ? embedder->dimension() : 0;
  }
};

/// Throws Error(InvalidArgument) for a question's own vector that is not of these numbers, has one
/// that is not finite, or nothing but zeros. An empty vector is none. O(n).
void check_vector(const std::vector<float>& vector, const Knowledge& knowledge);

/// The embedder's vector of a text, in `out`, of its dimension; false where it has none, or wrote
/// too few numbers. Nothing that a host's own throws goes any further.
bool embedded(const Embedder& embedder, std::string_view text, std::string_view language,
              std::span<float> out);

}  // namespace koinon::search
