// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "data/vocabulary.hpp"
#include "domain/vocabulary.hpp"
#include "programme/life_cycle.hpp"

/// The bundled vocabularies, as validation wants to see them.
inline const koinon::domain::Vocabularies& bundled_vocabularies() {
  struct Bundled : koinon::domain::Vocabularies {
    bool contains(std::string_view vocabulary, std::string_view code) const override {
      const auto* found = koinon::data::vocabulary(vocabulary);
      return found != nullptr && found->find(code) != nullptr;
    }
    bool leads(std::string_view states, std::string_view from, std::string_view to) const override {
      const auto* table = koinon::programme::life_cycle_in(states);
      return table != nullptr && table->edge(from, to) != nullptr;
    }
  };
  static const Bundled bundled;
  return bundled;
}
