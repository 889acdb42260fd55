// SPDX-License-Identifier: Apache-2.0
#include "search/knowledge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "koinon/error.hpp"

namespace koinon::search {

void check_vector(const std::vector<float>& vector, const Knowledge& knowledge) {
  if (vector.empty()) return;
  const std::size_t numbers = knowledge.dimension();
  const auto refuse = [](const char* code, const std::string& message) {
    throw Error(ErrorCode::InvalidArgument, "the question's vector " + message,
                {{"vector", code, message}});
  };
  if (numbers == 0) refuse("no_vectors", "has nothing to be compared with: no vectors were opened");
  if (vector.size() != numbers) {
    refuse("wrong_length", "has " + std::to_string(vector.size()) + " numbers, not the " +
                               std::to_string(numbers) + " of the catalogue's");
  }
  bool zeros = true;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (!std::isfinite(vector[i]))
      refuse("not_finite", "has a number that is not finite at place " + std::to_string(i));
    zeros = zeros && std::abs(vector[i]) < std::numeric_limits<float>::min();
  }
  if (zeros) refuse("zeros", "points nowhere: all of its numbers are 0");
}

bool embedded(const Embedder& embedder, std::string_view text, std::string_view language,
              std::span<float> out) {
  try {
    // What it leaves unwritten is found not to be finite.
    std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
    return embedder.embed(text, language, out.data()) &&
           std::all_of(out.begin(), out.end(), [](float number) { return std::isfinite(number); });
  } catch (...) {
    return false;
  }
}

}  // namespace koinon::search
