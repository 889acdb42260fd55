// SPDX-License-Identifier: Apache-2.0
//
// What CLD2 says about a text: the only place that knows that library.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace koinon::text {

struct Cld2Part {
  std::string language;  // BCP 47; empty: none
  double share = 0;      // of the letters, 0 to 1
};

struct Cld2Answer {
  std::array<Cld2Part, 3> parts;
  bool reliable = false;  // by its own judgement
};

/// Any bytes will do; what is no text is read as blanks. O(n).
Cld2Answer ask_cld2(std::string_view text);

}  // namespace koinon::text
