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
      for (std::size_t i = 0; i < units; ++i) units_of[i / 4][i % 4] = unit(i);
      continue;
    }
    for (std::size_t signal = 0; signal < signals; ++signal) {
      if (row[0] != signal_code(static_cast<Signal>(signal))) continue;
      middle_[signal] = number(row[1]);
      const float first = number(row[2]);
      if (in_first_step(static_cast<Signal>(signal))) first_[signal] = first;
      Row second{signal, number(row[3]), {}};
      bool weighs = second.weight != 0;
      for (std::size_t i = 0; i < units; ++i) {
        second.units[i / 4][i % 4] = unit(i);
        weighs = weighs || unit(i) != 0;
      }
      if (weighs) rows_.push_back(second);
    }
  }
}

bool RecommendModel::in_first_step(Signal signal) noexcept {
  switch (signal) {
    case Signal::BridgeDense:
    case Signal::BridgeRecent:
    case Signal::Common:
    case Signal::Third:
    case Signal::TopicLift:
    case Signal::WantsLeader:
    case Signal::SizeLike:
    case Signal::ActivityLike:
    case Signal::StartLike:
      return false;
    default:
      return signal < Signal::AskedWorks;
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

RecommendModel::Sums RecommendModel::sums(const SignalValues& values) const noexcept {
  Sums sums{0, unit_constants_};
  for (const Row& row : rows_) sums.add(row, values[row.signal]);
  return sums;
}

float RecommendModel::score(const Sums& sums) const noexcept {
  const Lanes nothing{};
  Lanes outputs{};
  for (std::size_t i = 0; i < sums.units.size(); ++i)
    outputs += unit_outputs_[i] * (sums.units[i] > nothing ? sums.units[i] : nothing);
  return sums.score + (outputs[0] + outputs[1]) + (outputs[2] + outputs[3]);
}

float RecommendModel::score(const SignalValues& values) const noexcept {
  return score(sums(values));
}

RecommendModel RecommendModel::without(Signal signal) const {
  RecommendModel fewer = *this;
  const auto which = static_cast<std::size_t>(signal);
  fewer.first_[which] = 0;
  for (const Row& row : rows_) {
    if (row.signal != which) continue;
    for (std::size_t i = 0; i < row.units.size(); ++i)
      fewer.unit_constants_[i] += row.units[i] * middle_[which];
  }
  std::erase_if(fewer.rows_, [&](const Row& row) { return row.signal == which; });
  return fewer;
}

std::array<float, grounds> RecommendModel::contributions(const SignalValues& values) const {
  const Sums whole = sums(values);
  std::array<Sums, grounds> above{};  // the middling candidate
  for (const Row& row : rows_) {
    const auto signal = static_cast<Signal>(row.signal);
    if (signal >= Signal::AskedWorks) continue;
    above[static_cast<std::size_t>(ground_of(signal))].add(
        row, values[row.signal] - middle_[row.signal]);
  }
  std::array<float, grounds> all{};
  const float score_of_all = score(whole);
  for (std::size_t ground = 0; ground < grounds; ++ground) {
    Sums middling = whole;
    middling.score -= above[ground].score;
    for (std::size_t i = 0; i < middling.units.size(); ++i)
      middling.units[i] -= above[ground].units[i];
    all[ground] = score_of_all - score(middling);
  }
  return all;
}

}  // namespace koinon::partners
