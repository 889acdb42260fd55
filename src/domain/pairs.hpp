// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <type_traits>

#include "domain/fields.hpp"

namespace koinon::domain {

/// Walks two values of one type together: f(Field, member of a, member of b).
template <class A, class B, class F>
void visit_pairs(A& a, const B& b, F&& f) {
  visit_fields(a, [&](const Field& left, auto& x) {
    visit_fields(b, [&](const Field& right, const auto& y) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(x)>,
                                   std::remove_cvref_t<decltype(y)>>) {
        if (std::strcmp(left.name, right.name) == 0) f(left, x, y);
      }
    });
  });
}

}  // namespace koinon::domain
