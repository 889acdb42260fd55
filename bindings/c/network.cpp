// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

NetworkRequest request_in(const kn_network_options& given) {
  NetworkRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.running = flag_in(given.running, "running");
  request.undated = flag_in(given.undated, "undated");
  request.as_told = flag_in(given.as_told, "as_told");
  request.from = date_in(given.from);
  request.until = date_in(given.until);
  request.countries = list_in(given.countries, given.country_count, "countries");
  request.kinds = list_in(given.kinds, given.kind_count, "kinds");
  request.roles = list_in(given.roles, given.role_count, "roles");
  request.programmes = list_in(given.programmes, given.programme_count, "programmes");
  request.themes = list_in(given.themes, given.theme_count, "themes");
  request.target_groups = list_in(given.target_groups, given.target_group_count, "target_groups");
  request.max_members =
      static_cast<std::uint32_t>(std::min<uint64_t>(given.max_members, 0xffffffffU));
  return request;
}

// A column of numbers, which may be null.
template <class Number>
std::vector<Number> column_in(const Number* numbers, uint64_t count) {
  return numbers == nullptr ? std::vector<Number>() : std::vector<Number>(numbers, numbers + count);
}

std::vector<std::string> texts_in(const kn_string* texts, uint64_t count, const char* name) {
  return texts == nullptr ? std::vector<std::string>() : list_in(texts, count, name);
}

NetworkRows rows_in(const kn_network_rows& given) {
  const uint64_t count = given.row_count;
  check_array(given.organisation, count, "organisation");
  check_array(given.work, count, "work");
  NetworkRows rows;
  rows.organisation = column_in(given.organisation, count);
  rows.work = column_in(given.work, count);
  rows.role = column_in(given.role, count);
  rows.from_day = column_in(given.from_day, count);
  rows.to_day = column_in(given.to_day, count);
  rows.organisations = list_in(given.organisations, given.organisation_count, "organisations");
  rows.names = texts_in(given.names, given.organisation_count, "names");
  rows.countries = texts_in(given.countries, given.organisation_count, "countries");
  rows.kinds = texts_in(given.kinds, given.organisation_count, "kinds");
  rows.works = list_in(given.works, given.work_count, "works");
  rows.roles = list_in(given.roles, given.role_count, "roles");
  return rows;
}

MeasureOptions options_of(const kn_measure_options& given) {
  MeasureOptions options;
  options.damping = given.damping;
  options.tolerance = given.tolerance;
  options.resolution = given.resolution;
  options.betweenness_error = given.betweenness_error;
  options.failure = given.failure;
  options.seed = given.seed;
  return options;
}

SaveNetworkOptions save_options_in(const kn_save_network_options& given) {
  SaveNetworkOptions options;
  options.two_mode = flag_in(given.two_mode, "two_mode");
  options.format = text_in(given.format, "format");
  for (const std::string& name : list_in(given.measures, given.measure_count, "measures"))
    options.measures.push_back(network_measure(name));
  return options;
}

std::string id_in(const char* id, uint64_t length, const char* name) {
  return std::string(text_in(id, length, name));
}

void check_count(const Network& network, uint64_t count, const void* values, const char* name) {
  check_array(values, count, name);
  if (count != network.size()) {
    fail_argument("count is " + std::to_string(count) + ", but the network has " +
                  std::to_string(network.size()) + " organisations");
  }
}

Json organisation_json(const Network& network, std::uint32_t number) {
  return {{"id", network.organisations()[number]},
          {"name", network.names()[number]},
          {"country", network.countries()[number]}};
}

Json group_json(const Network& network, const NetworkGroup& group, std::uint64_t members) {
  Json countries = Json::array();
  for (const auto& country : group.countries)
    countries.push_back({{"country", country.first}, {"organisations", country.second}});
  Json shown = Json::array();
  for (const std::uint32_t member : group.members) {
    if (shown.size() >= members) break;
    shown.push_back(organisation_json(network, member));
  }
  return {{"number", group.number},
          {"size", group.members.size()},
          {"inside", std::isnan(group.inside) ? Json() : Json(group.inside)},
          {"countries", std::move(countries)},
          {"members", std::move(shown)}};
}

Json cells_json(const std::vector<CoverageCell>& cells) {
  Json list = Json::array();
  for (const CoverageCell& cell : cells) {
    list.push_back({{"codes", cell.codes}, {"records", cell.records}, {"expected", cell.expected}});
  }
  return list;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_network_open(kn_catalogue* catalogue, const kn_network_options* options,
                                  const kn_task* task, kn_network** network, kn_error** error) {
  return guarded(error, [&] {
    kn_network*& made = result(network, "network");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto request = request_in(options_in(options, network_defaults()));
    made = new kn_network{open.network(request, task_in(task))};
  });
}

KN_EXPORT int32_t kn_network_of_rows(const kn_network_rows* rows, kn_network** network,
                                     kn_error** error) {
  return guarded(error, [&] {
    kn_network*& made = result(network, "network");
    const auto given = rows_in(options_in(&required(rows, "rows"), network_rows_defaults()));
    made = new kn_network{koinon::network_of_rows(given)};
  });
}

KN_EXPORT int32_t kn_network_describe(const kn_network* network, kn_network_figures* figures,
                                      kn_error** error) {
  return guarded(error, [&] {
    const koinon::Network& own = network_in(network);
    kn_network_figures out{};
    out.change = own.change();
    out.organisations = own.size();
    out.works = own.work_count();
    out.participations = own.participations();
    struct_out(figures, out, "figures");
  });
}

KN_EXPORT int32_t kn_network_get(const kn_network* network, uint64_t number,
                                 kn_network_organisation* organisation, kn_error** error) {
  return guarded(error, [&] {
    const koinon::Network& own = network_in(network);
    kn_network_organisation out{};
    out.id = view(at_place(own.organisations(), number));
    out.name = view(at_place(own.names(), number));
    out.country = view(at_place(own.countries(), number));
    out.kind = view(at_place(own.kinds(), number));
    struct_out(organisation, out, "organisation");
  });
}

KN_EXPORT int32_t kn_network_find(const kn_network* network, const char* id, uint64_t id_length,
                                  uint64_t* number, kn_error** error) {
  return guarded(error, [&] {
    required(number, "number") = 0;
    *number = network_in(network).number_of(id_in(id, id_length, "id"));
  });
}

KN_EXPORT int32_t kn_network_measures(kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(Json(koinon::network_measure_names())));
  });
}

KN_EXPORT int32_t kn_network_measure(const kn_network* network, const char* measure,
                                     uint64_t measure_length, const kn_measure_options* options,
                                     const kn_task* task, double* values, uint64_t count,
                                     kn_text** about, kn_error** error) {
  return guarded(error, [&] {
    if (about != nullptr) *about = nullptr;
    const koinon::Network& own = network_in(network);
    const auto asked = koinon::network_measure(id_in(measure, measure_length, "measure"));
    check_count(own, count, values, "values");
    const auto given = options_of(options_in(options, measure_defaults()));
    const koinon::MeasureTable table = own.measure({asked}, given, task_in(task));
    std::copy(table.columns[0].begin(), table.columns[0].end(), values);
    if (about != nullptr) {
      *about = new_text(dump({{"change", table.change},
                              {"pagerank_error", table.pagerank_error},
                              {"betweenness_error", table.betweenness_error},
                              {"betweenness_samples", table.betweenness_samples},
                              {"modularity", table.modularity}}));
    }
  });
}

KN_EXPORT int32_t kn_network_groups(const kn_network* network, const char* measure,
                                    uint64_t measure_length, const kn_measure_options* options,
                                    uint64_t limit, uint64_t members, const kn_task* task,
                                    kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::Network& own = network_in(network);
    const auto by = koinon::network_measure(id_in(measure, measure_length, "measure"));
    const auto given = options_of(options_in(options, measure_defaults()));
    const koinon::NetworkGroups found = own.groups(by, given, task_in(task));
    Json groups = Json::array();
    for (const koinon::NetworkGroup& group : found.groups) {
      if (groups.size() >= limit) break;
      groups.push_back(group_json(own, group, members));
    }
    text = new_text(dump({{"change", found.change},
                          {"total", found.groups.size()},
                          {"modularity", found.modularity},
                          {"groups", std::move(groups)}}));
  });
}

KN_EXPORT int32_t kn_network_of(const kn_network* network, const kn_string* countries,
                                uint64_t country_count, const kn_string* kinds, uint64_t kind_count,
                                uint32_t* numbers, uint64_t capacity, uint64_t* count,
                                kn_error** error) {
  return guarded(error, [&] {
    required(count, "count") = 0;
    check_array(numbers, capacity, "numbers");
    const auto found = network_in(network).of(list_in(countries, country_count, "countries"),
                                              list_in(kinds, kind_count, "kinds"));
    *count = found.size();
    std::copy_n(found.begin(), std::min<uint64_t>(capacity, found.size()), numbers);
  });
}

KN_EXPORT int32_t kn_network_ties(const kn_network* network, const kn_task* task, uint32_t* from,
                                  uint32_t* to, double* strength, uint64_t capacity,
                                  uint64_t* tie_count, kn_error** error) {
  return guarded(error, [&] {
    required(tie_count, "tie_count") = 0;
    const koinon::Network& own = network_in(network);
    check_array(from, capacity, "from");
    check_array(to, capacity, "to");
    check_array(strength, capacity, "strength");
    const koinon::Task watched = task_in(task);
    if (capacity == 0) {
      *tie_count = own.tie_count(watched);
      return;
    }
    const koinon::NetworkTies ties = own.ties(watched);
    *tie_count = ties.from.size();
    const auto room = static_cast<std::ptrdiff_t>(std::min<uint64_t>(capacity, ties.from.size()));
    std::copy(ties.from.begin(), ties.from.begin() + room, from);
    std::copy(ties.to.begin(), ties.to.begin() + room, to);
    std::copy(ties.strength.begin(), ties.strength.begin() + room, strength);
  });
}

KN_EXPORT int32_t kn_network_hops(const kn_network* network, const char* id, uint64_t id_length,
                                  const kn_task* task, uint32_t* hops, uint64_t count,
                                  kn_error** error) {
  return guarded(error, [&] {
    const koinon::Network& own = network_in(network);
    check_count(own, count, hops, "hops");
    const auto found = own.hops({id_in(id, id_length, "id")}, task_in(task));
    std::copy(found.begin(), found.end(), hops);
  });
}

KN_EXPORT int32_t kn_network_path(const kn_network* network, const char* from, uint64_t from_length,
                                  const char* to, uint64_t to_length, const kn_task* task,
                                  kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::NetworkPath path = network_in(network).path(
        id_in(from, from_length, "from"), id_in(to, to_length, "to"), task_in(task));
    text = new_text(dump({{"change", network_in(network).change()},
                          {"organisations", path.organisations},
                          {"works", path.works}}));
  });
}

KN_EXPORT int32_t kn_network_strongest_path(const kn_network* network, const char* from,
                                            uint64_t from_length, const char* to,
                                            uint64_t to_length, const kn_task* task, kn_text** json,
                                            kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::NetworkPath path = network_in(network).strongest_path(
        id_in(from, from_length, "from"), id_in(to, to_length, "to"), task_in(task));
    Json answer = {{"change", network_in(network).change()},
                   {"organisations", path.organisations},
                   {"works", path.works}};
    answer["length"] = path.organisations.empty() ? Json() : Json(path.length);
    text = new_text(dump(answer));
  });
}

KN_EXPORT int32_t kn_network_coverage(const kn_network* network, const kn_string* axes,
                                      uint64_t axis_count, uint64_t least, uint64_t limit,
                                      const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::NetworkCoverage coverage = network_in(network).coverage(
        list_in(axes, axis_count, "axes"), {least, size_in(limit)}, task_in(task));
    text = new_text(dump({{"change", network_in(network).change()},
                          {"axes", coverage.axes},
                          {"total", coverage.total},
                          {"cells", cells_json(coverage.cells)},
                          {"gaps", cells_json(coverage.gaps)}}));
  });
}

KN_EXPORT int32_t kn_network_around(const kn_network* network, const char* id, uint64_t id_length,
                                    uint32_t hops, const kn_task* task, kn_text** json,
                                    kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::Network& own = network_in(network);
    const koinon::Task watched = task_in(task);
    const koinon::NetworkSurroundings near = own.around(id_in(id, id_length, "id"), hops, watched);
    Json organisations = Json::array();
    for (std::size_t i = 0; i < near.organisations.size(); ++i) {
      organisations.push_back(
          {{"id", own.organisations()[near.organisations[i]]}, {"hops", near.hops[i]}});
    }
    const Json head = {{"change", own.change()}, {"organisations", std::move(organisations)}};
    text = new_text(dump_with(head, "ties", ties_text(near.ties, watched)));
  });
}

KN_EXPORT int32_t kn_network_near(const kn_network* network, const char* id, uint64_t id_length,
                                  uint64_t limit, const kn_task* task, kn_text** json,
                                  kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::Network& own = network_in(network);
    const auto near = own.nearness({id_in(id, id_length, "id")}, size_in(limit), {}, task_in(task));
    Json organisations = Json::array();
    for (const koinon::NetworkScore& each : near.scores) {
      organisations.push_back(
          {{"id", own.organisations()[each.organisation]}, {"score", each.score}});
    }
    text = new_text(dump({{"change", own.change()},
                          {"error_bound", near.error_bound},
                          {"organisations", std::move(organisations)}}));
  });
}

KN_EXPORT int32_t kn_network_growth(const kn_network* network, const kn_task* task, kn_text** json,
                                    kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::NetworkGrowth growth = network_in(network).growth(task_in(task));
    text = new_text(dump({{"change", network_in(network).change()},
                          {"years", growth.years},
                          {"participations", growth.participations},
                          {"new_organisations", growth.new_organisations},
                          {"new_works", growth.new_works},
                          {"new_ties", growth.new_ties},
                          {"undated", growth.undated}}));
  });
}

KN_EXPORT int32_t kn_network_save(const kn_network* network, const char* path, uint64_t path_length,
                                  const kn_save_network_options* options, const kn_task* task,
                                  kn_error** error) {
  return guarded(error, [&] {
    const koinon::Network& own = network_in(network);
    const auto save = save_options_in(options_in(options, save_network_defaults()));
    koinon::save_network(own, path_in(path, path_length), save, task_in(task));
  });
}

KN_EXPORT int32_t kn_read_network(const char* path, uint64_t path_length, const char* format,
                                  uint64_t format_length, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::NetworkFile file =
        koinon::read_network(path_in(path, path_length), id_in(format, format_length, "format"));
    Json organisations = Json::array();
    for (std::size_t i = 0; i < file.organisations.size(); ++i) {
      organisations.push_back({{"id", file.organisations[i]},
                               {"name", file.names[i]},
                               {"country", file.countries[i]},
                               {"kind", file.kinds[i]}});
    }
    Json measures = Json::object();
    for (std::size_t i = 0; i < file.measures.size(); ++i)
      measures[file.measures[i]] = file.columns[i];
    text = new_text(dump({{"change", file.change},
                          {"organisations", std::move(organisations)},
                          {"ties", ties_json(file.ties)},
                          {"measures", std::move(measures)}}));
  });
}

KN_EXPORT void kn_network_free(kn_network* network) {
  delete network;
}
