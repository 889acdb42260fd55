// SPDX-License-Identifier: Apache-2.0
//
// Writes of tests that draw ids by chance: an id may have been erased, or not be there.
#pragma once

#include <string>

#include "catch.hpp"
#include "koinon/koinon.hpp"

namespace koinon::test {

/// Puts a record, unless one of this id was erased.
inline void put_if_may(Catalogue& catalogue, const std::string& id, const Record& record) {
  try {
    catalogue.put({id, record, {}});
  } catch (const Error& e) {
    INFO(e.what());
    REQUIRE(e.code() == ErrorCode::Erased);
  }
}

/// Removes or erases a record, if it is there.
inline void take_if_there(Catalogue& catalogue, const std::string& id, bool for_good) {
  try {
    if (for_good) {
      catalogue.erase(id);
    } else {
      catalogue.remove(id);
    }
  } catch (const Error& e) {
    REQUIRE((e.code() == ErrorCode::NotFound || e.code() == ErrorCode::Erased));
  }
}

}  // namespace koinon::test
