// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace koinon::domain {

/// What validation asks of the vocabularies, which are data and live elsewhere.
class Vocabularies {
 public:
  virtual ~Vocabularies() = default;
  /// Whether `vocabulary` has the entry `code`. An unknown vocabulary has none.
  virtual bool contains(std::string_view vocabulary, std::string_view code) const = 0;
  /// Whether the life cycle whose states are the vocabulary `states` has a step from one to
  /// another.
  virtual bool leads(std::string_view states, std::string_view from, std::string_view to) const = 0;
};

}  // namespace koinon::domain
