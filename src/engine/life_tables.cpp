// SPDX-License-Identifier: Apache-2.0
#include "koinon/error.hpp"
#include "koinon/life_cycle.hpp"
#include "programme/life_cycle.hpp"

namespace koinon {

namespace {

const programme::LifeCycle& known(std::string_view name) {
  const programme::LifeCycle* table = programme::life_cycle(name);
  if (table != nullptr) return *table;
  std::string names;
  for (const std::string& each : life_cycle_names()) names += (names.empty() ? "" : ", ") + each;
  throw Error(ErrorCode::NotFound,
              "there is no life cycle '" + std::string(name) + "'; there are " + names);
}

}  // namespace

std::vector<std::string> life_cycle_names() {
  std::vector<std::string> names;
  for (const programme::LifeCycle& table : programme::life_cycles()) names.push_back(table.name);
  return names;
}

std::string life_cycle(std::string_view name) {
  return std::string(known(name).json);
}

std::string life_cycle_diagram(std::string_view name) {
  return programme::diagram(known(name));
}

}  // namespace koinon
