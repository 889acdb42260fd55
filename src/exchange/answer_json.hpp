// SPDX-License-Identifier: Apache-2.0
//
// Values that answers share, as JSON: in the form that records have in files.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "domain/date.hpp"
#include "koinon/values.hpp"

namespace koinon::exchange {

using Ordered = nlohmann::ordered_json;

inline std::string dumped(const Ordered& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// "" for no date.
inline std::string date_json(PartialDate date) {
  return date ? domain::format_date(date) : std::string();
}

inline Ordered period_json(const Period& period) {
  return {{"from", date_json(period.from)}, {"to", date_json(period.to)}};
}

/// A text that was translated by machine has its origin as well.
inline Ordered texts_json(const LangText& texts) {
  Ordered list = Ordered::array();
  for (const Text& text : texts) {
    Ordered one = {{"language", text.language}, {"text", text.text}};
    if (text.origin == TextOrigin::Machine) one["origin"] = "machine";
    list.push_back(std::move(one));
  }
  return list;
}

inline Ordered number_json(const std::optional<double>& number) {
  return number ? Ordered(*number) : Ordered(nullptr);
}

/// The list of `one(value)` for each of `values`.
template <class Values, class One>
Ordered list_json(const Values& values, One&& one) {
  Ordered list = Ordered::array();
  for (const auto& value : values) list.push_back(one(value));
  return list;
}

}  // namespace koinon::exchange
