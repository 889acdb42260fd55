// SPDX-License-Identifier: Apache-2.0
//
// Replications for tests.
#pragma once

#include <string>

#include "catalogue.hpp"

namespace koinon::test {

inline Replication replication(const std::string& parent, const std::string& child,
                               PartialDate date = {}, const std::string& kind = {}) {
  Replication made;
  made.parent = parent;
  made.child = child;
  made.date = date;
  made.kind = kind;
  return made;
}

inline Write edge(const std::string& id, const std::string& parent, const std::string& child,
                  PartialDate date = {}) {
  return {id, replication(parent, child, date), {}};
}

/// What a write is refused for: "path code", one line each, and the messages.
struct Refusal {
  std::string codes;
  std::string messages;
};

template <class F>
Refusal refusal_of(F&& work) {
  try {
    work();
  } catch (const Error& e) {
    Refusal told;
    if (e.code() != ErrorCode::InvalidRecord) return {"another error", e.what()};
    for (const Violation& violation : e.violations()) {
      told.codes += (told.codes.empty() ? "" : ", ") + violation.path + ' ' + violation.code;
      told.messages += violation.message + '\n';
    }
    return told;
  }
  return {};
}

}  // namespace koinon::test
