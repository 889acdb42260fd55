// SPDX-License-Identifier: Apache-2.0
//
// What guards look at. Whoever asks them fills in what is at hand, and for the rest a way to find
// it out, which is gone only where a guard wants to know.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "koinon/eligibility.hpp"
#include "koinon/records.hpp"
#include "programme/budget.hpp"

namespace koinon::programme {

/// A value, or a way to find it out that is gone at most once. Not for two threads at once.
template <class T>
class Lazy {
 public:
  Lazy() : value_(T{}) {}
  Lazy(T value) : value_(std::move(value)) {}
  static Lazy by(std::function<T()> find) {
    Lazy lazy;
    lazy.value_.reset();
    lazy.find_ = std::move(find);
    return lazy;
  }

  const T& operator*() const {
    if (!value_) value_ = find_();
    return *value_;
  }
  const T* operator->() const { return &**this; }

 private:
  std::function<T()> find_;
  mutable std::optional<T> value_;
};

/// The actor of what the clock does.
inline constexpr const char* clock_actor = "clock";

struct Facts {
  const Record* record = nullptr;  // borrowed
  std::string id;
  std::string actor;       // "": nobody told
  std::string country;     // that they speak for, as a code
  std::int32_t today = 0;  // days since 1970-01-01

  /// Whether the actor wrote a version of the record, or submitted it.
  Lazy<bool> actor_wrote_it;
  /// Of a case study: of its places and its lead organisation.
  Lazy<std::vector<std::string>> countries;

  // Of a method.
  Lazy<std::size_t> assessments;
  Lazy<std::size_t> pilots;
  Lazy<std::size_t> pilots_with_evidence;
  /// Whether the method that supersedes it is in the catalogue.
  Lazy<bool> successor_there;

  /// The call that a bid or a consortium names, and of a call itself.
  Lazy<std::optional<Call>> call;
  /// The programme that the call draws on; nothing where it names none that is there.
  Lazy<std::optional<ProgrammeMoney>> programme;
  std::string call_id;
  /// What all bids of that call were awarded, where the record is a bid.
  Lazy<Sums> awarded_in_call;
  /// The consortium of a bid.
  Lazy<std::optional<Consortium>> consortium;
  /// Of a consortium against the rules of its call; nothing where it names no call that is there.
  Lazy<std::optional<EligibilityReport>> eligibility;
  /// Of a bid, or of the bids of a consortium.
  Lazy<std::vector<Money>> awards;

  /// That an experiment was taken up.
  Lazy<std::size_t> uptakes;
};

}  // namespace koinon::programme
