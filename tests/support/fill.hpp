// SPDX-License-Identifier: Apache-2.0
//
// Records made through the field description, so that a new field is covered without a line here:
// full ones, with every field told, and random ones. Both hold every rule.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "data/vocabulary.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "domain/life.hpp"
#include "koinon/records.hpp"
#include "programme/life_cycle.hpp"

namespace koinon::test {

class Filler {
 public:
  /// Tells every field, lists with two entries.
  Filler() = default;
  /// Tells each field or not, as the dice fall.
  explicit Filler(std::mt19937& random) : random_(&random) {}

  Record record(RecordKind kind) {
    Record made = domain::make_record(kind);
    std::visit([&](auto& value) { domain::visit_fields(value, *this); }, made);
    if (auto* award = std::get_if<Award>(&made)) {
      if (!award->amount.minor) fill(domain::field("amount"), award->amount);
      award->amount.minor = std::abs(*award->amount.minor);
    }
    if (auto* call = std::get_if<Call>(&made)) {
      keep_days(*call);
      keep_order(call->grant_min, call->grant_max);
      if (call->budget.minor) call->budget.minor = std::abs(*call->budget.minor);
    }
    if (auto* bid = std::get_if<Bid>(&made)) keep_order(bid->requested, bid->total_cost);
    if (auto* assessment = std::get_if<Assessment>(&made)) grade_once(assessment->grades);
    if (domain::lives(kind)) live(made);
    return made;
  }

  template <class T>
  void operator()(const domain::Field& field, T& member) {
    if (field.required || told()) fill(field, member);
  }

 private:
  // Of a permanent call no deadline, and none before the opening.
  static void keep_days(Call& call) {
    if (!call.deadlines.empty() && call.model == "permanent") call.model = "single-stage";
    if (call.opening) call.opening.year = 1980;
  }

  // Not below 0, nor the first above the second.
  static void keep_order(Money& least, Money& most) {
    if (least.minor) least.minor = std::abs(*least.minor);
    if (most.minor) most.minor = std::abs(*most.minor);
    if (least.minor && most.minor && *least.minor > *most.minor) std::swap(least.minor, most.minor);
  }

  static void grade_once(std::vector<CriterionGrade>& grades) {
    for (std::size_t i = 0; i < grades.size(); ++i) {
      std::erase_if(grades, [&](const CriterionGrade& grade) {
        return &grade > &grades[i] && grade.criterion == grades[i].criterion;
      });
    }
  }

  static void each_language_once(LangText& texts) {
    LangText kept;
    for (Text& text : texts) {
      const auto same = [&](const Text& other) { return other.language == text.language; };
      if (std::none_of(kept.begin(), kept.end(), same)) kept.push_back(std::move(text));
    }
    texts = std::move(kept);
  }

  // Steps that follow each other, and the state that they led to.
  void live(Record& record) {
    const programme::LifeCycle& table = *programme::life_cycle_of(kind_of(record));
    std::vector<LifeStep>& steps = domain::steps_of(record);
    std::string state = table.initial;
    Timestamp at = 1500000000000;
    for (LifeStep& step : steps) {
      std::vector<const programme::Edge*> edges = table.out_of(state);
      std::erase_if(edges, [&](const auto* edge) { return table.is_terminal(edge->to); });
      step.from = state;
      step.to = state = edges[pick(edges.size())]->to;
      if (step.at) step.at.at = at += 1000;
    }
    if (!steps.empty()) domain::state_of(record) = state;
  }

  bool told() { return !random_ || (*random_)() % 3 != 0; }
  std::size_t pick(std::size_t size) { return (random_ ? (*random_)() : ++count_) % size; }

  std::string words() {
    static const std::vector<std::string> known = {
        "tieto",        "Straße",    "école",      "Ευρώπη",           "slash / and \\",
        "\"quoted\"",   "tab\there", "two\nlines", "\xF0\x9D\x92\xB3", "plain",
        "\xEF\xBF\xBD", "\x7F"};
    std::string text = known[pick(known.size())];
    text += ' ' + std::to_string(++count_);
    return text;
  }

  std::string entry(const char* vocabulary) {
    const auto& entries = data::vocabulary(vocabulary)->entries();
    return entries[pick(entries.size())].code;
  }

  void fill(const domain::Field& field, std::string& text) {
    using domain::Rule;
    switch (field.rule) {
      case Rule::Text:
        text = words();
        break;
      case Rule::Code:
      case Rule::Theme:
        text = entry(field.vocabulary);
        break;
      case Rule::Reference:
        text = "ref-" + std::to_string(++count_);
        break;
      case Rule::Language:
        text = pick(2) == 0 ? "fi" : "sr-Latn";
        break;
      case Rule::Country:
        text = entry("countries");
        break;
      case Rule::Nuts:
        text = "FI1B1";
        break;
      case Rule::Link:
        text = "https://example.org/" + std::to_string(++count_);
        break;
      case Rule::Currency:
        text = "EUR";
        break;
      case Rule::Rate:
        text = std::to_string(1 + pick(400)) + ".25";
        break;
      case Rule::Latitude:
      case Rule::Longitude:
        break;  // of numbers, not of texts
    }
  }
  void fill(const domain::Field&, Text& text) {
    text.language = pick(2) == 0 ? "fi" : "de";
    text.text = words();
    text.origin = pick(2) == 0 ? TextOrigin::Machine : TextOrigin::Original;
  }
  void fill(const domain::Field&, PartialDate& date) {
    date.year = static_cast<std::int16_t>(1990 + pick(40));
    if (!told()) return;
    date.month = static_cast<std::uint8_t>(1 + pick(12));
    if (told()) date.day = static_cast<std::uint8_t>(1 + pick(28));
  }
  void fill(const domain::Field&, Money& money) {
    static const std::vector<std::string> currencies = {"EUR", "ISK", "TND", "PLN"};
    money.currency = currencies[pick(currencies.size())];
    money.minor = static_cast<std::int64_t>(pick(1000000)) - 1000;
    if (told()) money.as_written = words();
  }
  void fill(const domain::Field&, Share& share) {
    share.millionths = static_cast<std::int32_t>(pick(1000001));
  }
  // Within the degrees of a latitude, which any number may be.
  void fill(const domain::Field&, double& number) {
    number = (static_cast<double>(pick(1800001)) - 900000) / 10000;
  }
  void fill(const domain::Field&, std::int64_t& count) {
    count = static_cast<std::int64_t>(pick(100000));
  }
  void fill(const domain::Field&, Moment& moment) {
    moment.at = 1500000000000 + static_cast<Timestamp>(pick(1000000000));
  }
  void fill(const domain::Field& field, GradeOverride& grade) {
    domain::visit_fields(grade, *this);
    grade.grade = entry(field.vocabulary);
  }
  void fill(const domain::Field&, Effect& effect) {
    domain::visit_fields(effect, *this);
    if (effect.low && effect.high && *effect.low > *effect.high) std::swap(effect.low, effect.high);
    if (effect.value && effect.low) effect.value = std::max(*effect.value, *effect.low);
    if (effect.value && effect.high) effect.value = std::min(*effect.value, *effect.high);
  }
  void fill(const domain::Field& field, BudgetLine& line) {
    domain::visit_fields(line, *this);
    if (!line.amount.minor) fill(field, line.amount);
  }
  void fill(const domain::Field& field, std::vector<ExchangeRate>& rates) {
    const char* currencies[] = {"SEK", "DKK", "PLN"};
    for (const char* currency : currencies) {
      ExchangeRate& rate = rates.emplace_back();
      domain::visit_fields(rate, *this);
      rate.currency = currency;
      if (!rate.date) fill(field, rate.date);
    }
  }
  void fill(const domain::Field& field, std::vector<Parameter>& parameters) {
    for (int i = 0; i < 3; ++i) {
      Parameter& parameter = parameters.emplace_back();
      parameter.name = "parameter " + std::to_string(++count_);
      for (int k = 0; k < i; ++k) fill(field, parameter.values.emplace_back());
    }
  }
  template <class T>
  void fill(const domain::Field& field, std::optional<T>& value) {
    fill(field, value.emplace());
  }
  template <class T>
  void fill(const domain::Field& field, std::vector<T>& list) {
    const std::size_t size = random_ ? 1 + pick(3) : 2;
    for (std::size_t i = 0; i < size; ++i) fill(field, list.emplace_back());
    if constexpr (std::is_same_v<T, Text>) {
      if (!field.several) each_language_once(list);
    }
  }
  void fill(const domain::Field&, Identifier& id) {
    domain::visit_fields(id, *this);
    id.scheme = "national-register";  // the one that takes any value
  }
  void fill(const domain::Field&, Period& period) {
    domain::visit_fields(period, *this);
    if (period.from && period.to) period.to.year = 2035;
  }
  void fill(const domain::Field&, Place& place) {
    domain::visit_fields(place, *this);
    if (!place.nuts.empty() && !place.country.empty()) place.country = "FI";
    if (place.latitude.has_value() != place.longitude.has_value())
      place.latitude = place.longitude = 60.25;
  }
  template <class T>
  requires std::is_class_v<T>
  void fill(const domain::Field&, T& value) { domain::visit_fields(value, *this); }

  std::mt19937* random_ = nullptr;
  std::size_t count_ = 0;
};

/// Every leaf of a record as "path=value": says what a record holds without the code under test.
class Leaves {
 public:
  static std::vector<std::string> of(const Record& record) {
    Leaves leaves;
    std::visit([&](const auto& value) { leaves.put("", value); }, record);
    return leaves.found_;
  }

 private:
  void leaf(const std::string& path, const std::string& value) {
    found_.push_back(path + '=' + value);
  }
  void put(const std::string& path, const std::string& text) { leaf(path, text); }
  void put(const std::string& path, const double& number) { leaf(path, std::to_string(number)); }
  void put(const std::string& path, const std::int64_t& count) {
    leaf(path, std::to_string(count));
  }
  void put(const std::string& path, const Moment& moment) {
    leaf(path, moment ? std::to_string(moment.at) : "");
  }
  void put(const std::string& path, const Share& share) {
    leaf(path, std::to_string(share.millionths));
  }
  void put(const std::string& path, const PartialDate& date) {
    leaf(path, std::to_string(date.year) + '/' + std::to_string(date.month) + '/' +
                   std::to_string(date.day));
  }
  void put(const std::string& path, const Text& text) {
    leaf(path, text.language + ':' + text.text + (text.origin == TextOrigin::Machine ? "*" : ""));
  }
  void put(const std::string& path, const Money& money) {
    leaf(path, (money.minor ? std::to_string(*money.minor) : "") + ' ' + money.currency + " '" +
                   money.as_written + '\'');
  }
  void put(const std::string& path, const Parameter& parameter) {
    put(path + '.' + parameter.name, parameter.values);
  }
  template <class T>
  void put(const std::string& path, const std::optional<T>& value) {
    if (value) put(path, *value);
  }
  template <class T>
  void put(const std::string& path, const std::vector<T>& list) {
    leaf(path, "list of " + std::to_string(list.size()));
    for (std::size_t i = 0; i < list.size(); ++i)
      put(path + '[' + std::to_string(i) + ']', list[i]);
  }
  template <class T>
  requires std::is_class_v<T>
  void put(const std::string& path, const T& value) {
    domain::visit_fields(value, [&](const domain::Field& field, const auto& member) {
      put(path.empty() ? field.name : path + '.' + field.name, member);
    });
  }

  std::vector<std::string> found_;
};

inline const std::vector<RecordKind>& all_kinds() {
  static const std::vector<RecordKind> kinds = [] {
    std::vector<RecordKind> all;
    for (std::size_t i = 0; i < std::variant_size_v<Record>; ++i)
      all.push_back(static_cast<RecordKind>(i));
    return all;
  }();
  return kinds;
}

}  // namespace koinon::test
