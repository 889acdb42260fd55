// SPDX-License-Identifier: Apache-2.0
#include "partners/recommend_model.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

#include "data/embedded.hpp"
#include "partners/table_lines.hpp"

namespace koinon::partners {

namespace {

float number(std::string_view text) {
  float value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("'" + std::string(text) + "' is no weight");
  return value;
}

// Columns: signal, middle, first, weight, and one for each unit.
constexpr std::size_t columns = 4 + RecommendModel::units;

}  // namespace

RecommendModel::RecommendModel(std::string_view table) {
  for (const auto& row : table_rows(table, columns)) {
    const auto unit = [&](std::size_t i) { return number(row[4 + i]); };
    if (row[0] == "constant" || row[0] == "output") {
      Units& units_of = row[0] == "constant" ? unit_constants_ : unit_outputs_;
      for (std::size_t i = 0; i < units; ++i) units_of[i] = unit(i);
      continue;
    }
    for (std::size_t signal = 0; signal < signals; ++signal) {
      if (row[0] != signal_code(static_cast<Signal>(signal))) continue;
      middle_[signal] = number(row[1]);
      first_[signal] = number(row[2]);
      weights_[signal] = number(row[3]);
      for (std::size_t i = 0; i < units; ++i) unit_weights_[signal][i] = unit(i);
    }
  }
}

const RecommendModel& RecommendModel::partner() {
  static const RecommendModel model(data::embedded("recommendation/partner-weights.tsv"));
  return model;
}

const RecommendModel& RecommendModel::gap() {
  static const RecommendModel model(data::embedded("recommendation/gap-weights.tsv"));
  return model;
}

const RecommendModel& RecommendModel::call() {
  static const RecommendModel model(data::embedded("recommendation/call-weights.tsv"));
  return model;
}

float RecommendModel::first_score(const SignalValues& values) const noexcept {
  float sum = 0;
  for (std::size_t i = 0; i < signals; ++i) sum += first_[i] * values[i];
  return sum;
}

float RecommendModel::score(const SignalValues& values) const noexcept {
  Units sums = unit_constants_;
  float score = 0;
  for (std::size_t signal = 0; signal < signals; ++signal) {
    const float value = values[signal];
    if (value == 0) continue;
    score += weights_[signal] * value;
    for (std::size_t i = 0; i < units; ++i) sums[i] += unit_weights_[signal][i] * value;
  }
  for (std::size_t i = 0; i < units; ++i) score += unit_outputs_[i] * std::max(0.0F, sums[i]);
  return score;
}

RecommendModel RecommendModel::without(Signal signal) const {
  RecommendModel fewer = *this;
  const auto which = static_cast<std::size_t>(signal);
  fewer.first_[which] = fewer.weights_[which] = 0;
  for (std::size_t i = 0; i < units; ++i) {
    fewer.unit_constants_[i] += unit_weights_[which][i] * middle_[which];
    fewer.unit_weights_[which][i] = 0;
  }
  return fewer;
}

std::array<float, grounds> RecommendModel::contributions(const SignalValues& values) const {
  std::array<float, grounds> all{};
  const float whole = score(values);
  for (std::size_t ground = 0; ground < grounds; ++ground) {
    SignalValues middling = values;
    for (std::size_t i = 0; i < signals; ++i) {
      if (ground_of(static_cast<Signal>(i)) == static_cast<Ground>(ground) &&
          i < static_cast<std::size_t>(Signal::AskedWorks))
        middling[i] = middle_[i];
    }
    all[ground] = whole - score(middling);
  }
  return all;
}

}  // namespace koinon::partners
