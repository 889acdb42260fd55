// SPDX-License-Identifier: Apache-2.0
//
// A network of rows that the caller has in arrays.
#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "engine/network_numbers.hpp"
#include "engine/network_state.hpp"
#include "koinon/error.hpp"

namespace koinon {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

// A column that is told has an entry for each of what it stands beside.
void check_beside(const char* column, std::size_t length, std::size_t wanted, const char* of) {
  if (length != 0 && length != wanted) {
    refuse(std::string(column) + " has " + std::to_string(length) + " entries, and there are " +
           std::to_string(wanted) + " " + of);
  }
}

void check_ids(const char* column, const std::vector<std::string>& ids) {
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string place = std::string(column) + "[" + std::to_string(i) + "]";
    if (ids[i].empty()) refuse(place + " is empty: each needs an id");
    if (!seen.insert(ids[i]).second) refuse(place + " is there already: '" + ids[i] + "'");
  }
}

// The vertices that a column names, by rising id, and the column in their numbers.
struct Vertices {
  std::vector<std::uint32_t> places;  // of each vertex: what the column said
  std::vector<std::string> ids;
  std::vector<std::uint32_t> column;
};

void check_places(const char* column, const std::vector<std::uint32_t>& told, const char* list,
                  std::size_t listed) {
  for (std::size_t row = 0; row < told.size(); ++row) {
    if (told[row] < listed) continue;
    refuse(std::string(column) + "[" + std::to_string(row) + "] is " + std::to_string(told[row]) +
           ", and " + list + " has " + std::to_string(listed) + " entries, from 0");
  }
}

Vertices listed_vertices(const std::vector<std::uint32_t>& told,
                         const std::vector<std::string>& ids) {
  Vertices vertices;
  std::vector<std::uint32_t> numbers(ids.size(), engine::unused_number);
  for (const std::uint32_t place : told) numbers[place] = 0;
  vertices.places = engine::renumber(numbers, ids);
  for (const std::uint32_t place : vertices.places) vertices.ids.push_back(ids[place]);
  for (const std::uint32_t place : told) vertices.column.push_back(numbers[place]);
  return vertices;
}

// Numbers stand for ids. With as many digits each they rise as texts, too; and memory goes by how
// many there are, not by how large they are.
Vertices numbered_vertices(const std::vector<std::uint32_t>& told) {
  Vertices vertices;
  vertices.places = told;
  auto& places = vertices.places;
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const std::size_t digits = places.empty() ? 0 : std::to_string(places.back()).size();
  for (const std::uint32_t place : places) {
    const std::string number = std::to_string(place);
    vertices.ids.push_back(std::string(digits - number.size(), '0') + number);
  }
  for (const std::uint32_t place : told) {
    const auto found = std::lower_bound(places.begin(), places.end(), place);
    vertices.column.push_back(static_cast<std::uint32_t>(found - places.begin()));
  }
  return vertices;
}

Vertices vertices_of(const char* column, const std::vector<std::uint32_t>& told, const char* list,
                     const std::vector<std::string>& ids) {
  if (ids.empty()) return numbered_vertices(told);
  check_ids(list, ids);
  check_places(column, told, list, ids.size());
  return listed_vertices(told, ids);
}

// What is told beside `organisations`, of those that are in the network.
std::vector<std::string> told_of(const Vertices& members, const std::vector<std::string>& values) {
  std::vector<std::string> chosen(members.places.size());
  for (std::size_t i = 0; i < chosen.size() && !values.empty(); ++i)
    chosen[i] = values[members.places[i]];
  return chosen;
}

std::vector<std::string> role_codes(const NetworkRows& rows) {
  if (rows.role.empty()) return {""};
  if (rows.roles.size() > std::size_t{graph::greatest_role} + 1)
    refuse("roles has " + std::to_string(rows.roles.size()) + " entries, more than 4,096");
  check_ids("roles", rows.roles);
  check_places("role", {rows.role.begin(), rows.role.end()}, "roles", rows.roles.size());
  return rows.roles;
}

// Days of the years 1 to 9999.
void check_days(const char* column, const std::vector<std::int32_t>& days, std::int32_t unknown) {
  constexpr std::int32_t first = -719'162;
  constexpr std::int32_t last = 2'932'896;
  for (std::size_t row = 0; row < days.size(); ++row) {
    if (days[row] == unknown || (days[row] >= first && days[row] <= last)) continue;
    refuse(std::string(column) + "[" + std::to_string(row) + "] is " + std::to_string(days[row]) +
           "; give days from 1970-01-01, of the years 1 to 9999, or " + std::to_string(unknown) +
           " where it is not known");
  }
}

void check_rows(const NetworkRows& rows) {
  const std::size_t count = rows.organisation.size();
  if (rows.work.size() != count) {
    refuse("organisation has " + std::to_string(count) + " rows and work " +
           std::to_string(rows.work.size()) + ": a row needs both");
  }
  check_beside("role", rows.role.size(), count, "rows");
  check_beside("from_day", rows.from_day.size(), count, "rows");
  check_beside("to_day", rows.to_day.size(), count, "rows");
  check_days("from_day", rows.from_day, NetworkRows::unknown_from);
  check_days("to_day", rows.to_day, NetworkRows::unknown_to);
  const std::size_t listed = rows.organisations.size();
  check_beside("names", rows.names.size(), listed, "organisations");
  check_beside("countries", rows.countries.size(), listed, "organisations");
  check_beside("kinds", rows.kinds.size(), listed, "organisations");
}

}  // namespace

Network network_of_rows(const NetworkRows& rows) {
  check_rows(rows);
  const Vertices members =
      vertices_of("organisation", rows.organisation, "organisations", rows.organisations);
  const Vertices works = vertices_of("work", rows.work, "works", rows.works);
  auto state = std::make_shared<Network::State>();
  state->organisations = members.ids;
  state->names = told_of(members, rows.names);
  state->countries = told_of(members, rows.countries);
  state->kinds = told_of(members, rows.kinds);
  state->works = works.ids;
  state->roles = role_codes(rows);

  std::vector<graph::Incidence> incidence(members.column.size());
  for (std::size_t i = 0; i < incidence.size(); ++i) {
    graph::Incidence& row = incidence[i];
    row.member = members.column[i];
    row.work = works.column[i];
    if (!rows.role.empty()) row.role = rows.role[i];
    if (!rows.from_day.empty()) row.from_day = rows.from_day[i];
    if (!rows.to_day.empty()) row.to_day = rows.to_day[i];
  }
  state->rows =
      graph::IncidenceGraph(incidence, static_cast<std::uint32_t>(state->organisations.size()),
                            static_cast<std::uint32_t>(state->works.size()));
  state->affiliations = graph::Affiliations(state->rows);
  return Network(std::move(state));
}

}  // namespace koinon
