// SPDX-License-Identifier: Apache-2.0
//
// Texts in languages.
#pragma once

#include <string_view>

#include "domain/field.hpp"

namespace koinon::domain {

/// Whether a field of texts says one thing in several languages, and so at most once in each. Names
/// are several things: what a register calls somebody, what everybody does, what they were called.
inline bool one_for_each_language(const Field& field) {
  const std::string_view name = field.name;
  return name != "names" && name != "alternative_labels";
}

/// The tag of a text of which nobody knows the language: two of these may be in two languages.
inline constexpr std::string_view unknown_language = "und";

}  // namespace koinon::domain
