// SPDX-License-Identifier: Apache-2.0
//
// Records that live by a table: their state, and the log of how they came to it.
#pragma once

#include <concepts>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::domain {

template <class T>
concept Lives = requires(T& record) {
  record.steps;
};

/// The field that holds the state.
template <Lives T>
auto& state_field(T& record) {
  if constexpr (requires { record.status; }) {
    return record.status;
  } else {
    return record.state;
  }
}

/// Whether records of the kind live by a table.
bool lives(RecordKind kind);

/// Null where the kind has no life.
const std::string* state_of(const Record& record);
const std::vector<LifeStep>* steps_of(const Record& record);

/// Errors: std::logic_error where the kind has no life.
std::string& state_of(Record& record);
std::vector<LifeStep>& steps_of(Record& record);

bool same_step(const LifeStep& a, const LifeStep& b);

}  // namespace koinon::domain
