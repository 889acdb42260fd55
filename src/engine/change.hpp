// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "koinon/catalogue.hpp"
#include "store/store.hpp"

namespace koinon::engine {

inline Change change_of(const store::Entry& entry) {
  Change change;
  change.n = entry.n;
  change.what = entry.what;
  change.id = entry.id;
  change.kind = entry.kind;
  change.version = entry.version;
  change.at = entry.at;
  change.by = entry.by;
  change.body = entry.body;
  return change;
}

}  // namespace koinon::engine
