// SPDX-License-Identifier: Apache-2.0
#include "data/country_groups.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "data/embedded.hpp"

namespace koinon::data {

namespace {

struct Standing {
  std::string country;
  std::string group;
  std::int32_t from = 0;
  std::int32_t until = 0;  // its last day; 0: none known
};

// "2024-09-30" as 20240930.
std::int32_t day_number(const std::string& date) {
  std::int32_t number = 0;
  for (const char c : date) {
    if (c != '-') number = number * 10 + (c - '0');
  }
  return number;
}

const std::vector<Standing>& standings() {
  static const std::vector<Standing> all = [] {
    std::vector<Standing> read;
    const auto file = nlohmann::json::parse(embedded("vocabularies/countries.json"));
    for (const auto& country : file.at("entries")) {
      for (const auto& told : country.at("standing")) {
        Standing standing;
        standing.country = country.at("code").get<std::string>();
        standing.group = told.at("group").get<std::string>();
        standing.from = day_number(told.at("from").get<std::string>());
        if (!told.at("until").is_null())
          standing.until = day_number(told.at("until").get<std::string>());
        read.push_back(std::move(standing));
      }
    }
    return read;
  }();
  return all;
}

}  // namespace

std::vector<std::string> country_groups() {
  std::set<std::string> names;
  for (const Standing& standing : standings()) names.insert(standing.group);
  return {names.begin(), names.end()};
}

std::vector<std::string> countries_of(std::string_view group, std::int32_t day) {
  std::vector<std::string> codes;
  for (const Standing& standing : standings()) {
    if (standing.group != group) continue;
    const bool then = day == 0
                          ? standing.until == 0
                          : standing.from <= day && (standing.until == 0 || day <= standing.until);
    if (then) codes.push_back(standing.country);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

}  // namespace koinon::data
