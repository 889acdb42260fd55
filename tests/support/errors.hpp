// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>

#include "koinon/error.hpp"

namespace koinon {

inline std::ostream& operator<<(std::ostream& out, ErrorCode code) {
  return out << "ErrorCode " << static_cast<int>(code);
}

}  // namespace koinon

namespace koinon::test {

/// The code of the Error that `work` throws; nothing when it throws none.
template <class F>
std::optional<ErrorCode> error_of(F&& work) {
  try {
    work();
  } catch (const Error& e) {
    return e.code();
  }
  return std::nullopt;
}

}  // namespace koinon::test
