// SPDX-License-Identifier: Apache-2.0
#include "domain/life.hpp"

#include <stdexcept>

#include "domain/kinds.hpp"

namespace koinon::domain {

namespace {

// What `take` makes of a record that lives; a default where it does not.
template <class Result, class R, class Take>
Result of_living(R& record, Take&& take) {
  return std::visit(
      [&](auto& value) -> Result {
        if constexpr (Lives<decltype(value)>) {
          return take(value);
        } else {
          return {};
        }
      },
      record);
}

template <class T>
T& there(T* member) {
  if (member == nullptr) throw std::logic_error("records of this kind have no life cycle");
  return *member;
}

}  // namespace

bool lives(RecordKind kind) {
  return steps_of(static_cast<const Record&>(make_record(kind))) != nullptr;
}

const std::string* state_of(const Record& record) {
  return of_living<const std::string*>(record, [](auto& value) { return &state_field(value); });
}

const std::vector<LifeStep>* steps_of(const Record& record) {
  return of_living<const std::vector<LifeStep>*>(record, [](auto& value) { return &value.steps; });
}

std::string& state_of(Record& record) {
  return there(of_living<std::string*>(record, [](auto& value) { return &state_field(value); }));
}

std::vector<LifeStep>& steps_of(Record& record) {
  return there(of_living<std::vector<LifeStep>*>(record, [](auto& value) { return &value.steps; }));
}

bool same_step(const LifeStep& a, const LifeStep& b) {
  return a.from == b.from && a.to == b.to && a.at.at == b.at.at && a.by == b.by &&
         a.country == b.country && a.reason == b.reason;
}

}  // namespace koinon::domain
