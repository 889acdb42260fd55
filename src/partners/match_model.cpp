// SPDX-License-Identifier: Apache-2.0
#include "partners/match_model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "data/embedded.hpp"
#include "partners/table_lines.hpp"

namespace koinon::partners {

namespace {

double number(std::string_view text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("'" + std::string(text) + "' is no weight");
  return value;
}

std::string part_text(const PopulationName& name, std::size_t part, const Population& population) {
  std::string text;
  for (const std::uint16_t word : name.parts[part].words) {
    if (!text.empty()) text += ' ';
    text += population.words[name.words[word]].latin;
  }
  return text;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string identifiers(const PopulationMember& member) {
  std::string all;
  for (const KnownIdentifier& one : member.identifiers)
    all += (all.empty() ? "" : ", ") + one.scheme + ' ' + one.value;
  return all;
}

// What a person has to see of one side to follow a reason.
std::string compared_text(Feature feature, const Population& population, std::uint32_t which,
                          const Comparison& compared, bool is_left) {
  const PopulationMember& member = population.members[which];
  switch (feature) {
    case Feature::IdentifierSame:
    case Feature::IdentifierDiffers:
      return identifiers(member);
    case Feature::CountrySame:
    case Feature::CountryDiffers:
      return member.country;
    case Feature::CitySame:
    case Feature::CityDiffers:
      return member.city;
    case Feature::FormSame:
    case Feature::FormDiffers:
      return joined(member.forms);
    case Feature::StatedKindSame:
    case Feature::StatedKindDiffers:
      return member.kind;
    default:
      break;
  }
  if (!compared.has_names) return {};
  const PopulationName& name = member.names[is_left ? compared.left_name : compared.right_name];
  const bool whole = feature == Feature::NameAlike || feature == Feature::NameHeld ||
                     feature == Feature::NameEqual || feature == Feature::LeftOverLess ||
                     feature == Feature::LeftOverMore || feature == Feature::Acronym;
  if (whole) return name.written;
  return part_text(name, is_left ? compared.left_part : compared.right_part, population);
}

}  // namespace

MatchModel::MatchModel(std::string_view table) {
  double slope = 1, shift = 0;
  for (const auto& row : table_rows(table, 2)) {
    const double weight = number(row[1]);
    if (row[0] == "bias") bias_ = weight;
    if (row[0] == "calibration-slope") slope = weight;
    if (row[0] == "calibration-shift") shift = weight;
    for (std::size_t i = 0; i < features; ++i)
      if (row[0] == feature_code(static_cast<Feature>(i))) weights_[i] = weight;
  }
  if (!(slope > 0)) throw std::invalid_argument("a calibration turns nothing round");
  bias_ = shift + slope * bias_;
  for (double& weight : weights_) weight *= slope;
}

const MatchModel& MatchModel::current() {
  static const MatchModel model(data::embedded("organisations/match-weights.tsv"));
  return model;
}

double MatchModel::log_odds(const Comparison& compared) const {
  double sum = bias_;
  for (std::size_t i = 0; i < features; ++i) sum += weights_[i] * double(compared.values[i]);
  return sum;
}

double MatchModel::probability(const Comparison& compared) const {
  return 1 / (1 + std::exp(-log_odds(compared)));
}

double MatchModel::without_difference(double probability) const {
  if (probability <= 0 || probability >= 1) return probability;
  const double difference = weights_[static_cast<std::size_t>(Feature::IdentifierDiffers)];
  return 1 / (1 + (1 - probability) / probability * std::exp(difference));
}

std::vector<MatchReason> MatchModel::reasons(const Comparison& compared,
                                             const Population& population, std::uint32_t left,
                                             std::uint32_t right) const {
  std::vector<MatchReason> found;
  for (std::size_t i = 0; i < features; ++i) {
    const auto feature = static_cast<Feature>(i);
    const double contribution = weights_[i] * double(compared.values[i]);
    if (contribution == 0) continue;
    found.push_back({std::string(feature_code(feature)), contribution, compared.values[i],
                     compared_text(feature, population, left, compared, true),
                     compared_text(feature, population, right, compared, false)});
  }
  std::sort(found.begin(), found.end(), [](const MatchReason& a, const MatchReason& b) {
    const double x = std::abs(a.contribution), y = std::abs(b.contribution);
    return x != y ? x > y : a.code < b.code;
  });
  return found;
}

}  // namespace koinon::partners
