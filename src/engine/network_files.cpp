// SPDX-License-Identifier: Apache-2.0
#include "koinon/network_files.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "engine/network_state.hpp"
#include "engine/replaced_file.hpp"
#include "engine/ticker.hpp"
#include "graph/files/graph_file.hpp"
#include "koinon/error.hpp"
#include "search/query_parser.hpp"

namespace koinon {

namespace {

// ---- Which format ------------------------------------------------------------------------------

bool has_ending(const std::string& path, const std::string& format) {
  if (path.size() <= format.size()) return false;
  std::string ending = path.substr(path.size() - format.size() - 1);
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return ending == "." + format;
}

std::string format_of(const std::string& path, const std::string& asked) {
  std::string known;
  for (const std::string& format : network_formats()) {
    if (asked == format || (asked.empty() && has_ending(path, format))) return format;
    known += (known.empty() ? "" : ", ") + format;
  }
  if (!asked.empty()) {
    throw Error(ErrorCode::InvalidArgument, "there is no format '" + search::shown(asked) +
                                                "' for networks; there are " + known);
  }
  throw Error(ErrorCode::InvalidArgument, "the ending of '" + search::shown(path) +
                                              "' tells no format for networks; name one of " +
                                              known);
}

std::string vertices_path(const std::string& path) {
  return (has_ending(path, "csv") ? path.substr(0, path.size() - 4) : path) + ".vertices.csv";
}

// ---- Writing -----------------------------------------------------------------------------------

graph::GraphColumn texts(const char* name, std::vector<std::string> values) {
  return {name, false, {}, std::move(values)};
}

graph::GraphColumn numbers(std::string name, std::vector<double> values) {
  return {std::move(name), true, std::move(values), {}};
}

// Organisations with all that is told of them.
graph::GraphFile organisations_of(const Network& network, const SaveNetworkOptions& options,
                                  const Task& task) {
  graph::GraphFile file;
  file.about = {texts("what", {}), numbers("change", {static_cast<double>(network.change())})};
  file.vertices = network.organisations();
  file.vertex_columns = {texts("name", network.names()), texts("country", network.countries()),
                         texts("kind", network.kinds())};
  MeasureTable table = network.measure(options.measures, options.measure, task);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto measure = static_cast<std::size_t>(table.measures[i]);
    const auto same = std::find(table.measures.begin(), table.measures.end(), table.measures[i]);
    if (same - table.measures.begin() != static_cast<std::ptrdiff_t>(i)) continue;  // asked twice
    file.vertex_columns.push_back(
        numbers(network_measure_names()[measure], std::move(table.columns[i])));
  }
  return file;
}

graph::GraphFile projection_of(const Network& network, const SaveNetworkOptions& options,
                               const Task& task) {
  graph::GraphFile file = organisations_of(network, options, task);
  file.about.front().texts = {
      "partnership network; weight: Newman's strength, the sum over shared records of "
      "1 / (members - 1)"};
  NetworkTies ties = network.ties(task);
  file.from = std::move(ties.from);
  file.to = std::move(ties.to);
  file.edge_columns = {numbers("weight", std::move(ties.strength))};
  return file;
}

std::string day_text(std::int32_t day, std::int32_t unknown) {
  if (day == unknown) return {};
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return domain::format_date({static_cast<std::int16_t>(static_cast<int>(date.year())),
                              static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
                              static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))});
}

std::string share_text(std::uint32_t share) {
  return share == graph::unknown_share ? std::string() : domain::format_decimal(share, 6, false);
}

graph::GraphFile participations_of(const Network& network, const SaveNetworkOptions& options,
                                   const Task& task) {
  const Network::State& state = network.state();
  graph::GraphFile file = organisations_of(network, options, task);
  file.about.front().texts = {
      "participations: organisations and records as vertices; from, to: first and last day; share: "
      "of "
      "the record, 0 to 1"};
  file.vertices.insert(file.vertices.end(), state.works.begin(), state.works.end());
  for (graph::GraphColumn& column : file.vertex_columns) {
    if (column.numeric)
      column.numbers.resize(file.vertices.size(), std::numeric_limits<double>::quiet_NaN());
    else
      column.texts.resize(file.vertices.size());
  }
  std::vector<std::string> modes(network.size(), "organisation");
  modes.resize(file.vertices.size(), "record");
  file.vertex_columns.push_back(texts("mode", std::move(modes)));
  file.edge_columns = {texts("role", {}), texts("from", {}), texts("to", {}), texts("share", {})};
  const auto first_work = static_cast<std::uint32_t>(network.size());
  for (std::uint32_t member = 0; member < first_work; ++member) {
    for (const graph::MemberRow& row : state.rows.works_of(member)) {
      file.from.push_back(member);
      file.to.push_back(first_work + row.work);
      file.edge_columns[0].texts.push_back(state.roles[row.role]);
      file.edge_columns[1].texts.push_back(day_text(row.from_day, graph::unknown_from));
      file.edge_columns[2].texts.push_back(day_text(row.to_day, graph::unknown_to));
      file.edge_columns[3].texts.push_back(share_text(row.share));
    }
  }
  return file;
}

using Write = void (*)(const graph::GraphFile&, const graph::GraphSink&);

void write_file(const graph::GraphFile& graph, Write write, engine::ReplacedFile& file,
                engine::Ticker& ticker) {
  write(graph, [&](std::string_view piece) {
    ticker.look();
    file.write(piece);
  });
}

void write_one(const graph::GraphFile& graph, const std::string& format, const std::string& path,
               engine::Ticker& ticker) {
  const Write write = format == "graphml" ? graph::write_graphml
                      : format == "gexf"  ? graph::write_gexf
                                          : graph::write_node_link;
  engine::ReplacedFile file(path);
  write_file(graph, write, file, ticker);
  file.finish();
}

void write_two(const graph::GraphFile& graph, const std::string& path, engine::Ticker& ticker) {
  engine::ReplacedFile edges(path);
  engine::ReplacedFile vertices(vertices_path(path));
  write_file(graph, graph::write_csv_vertices, vertices, ticker);
  write_file(graph, graph::write_csv_edges, edges, ticker);
  vertices.finish();
  edges.finish();
}

// ---- Reading -----------------------------------------------------------------------------------

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

[[noreturn]] void cannot_read(const std::string& path) {
  throw Error(ErrorCode::InputOutput, path + " cannot be read: " + std::strerror(errno));
}

std::string bytes_of(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rbe"));
  if (!file) cannot_read(path);
  std::string bytes;
  std::string piece(std::size_t(1) << 16U, '\0');
  while (const std::size_t read = std::fread(piece.data(), 1, piece.size(), file.get()))
    bytes.append(piece, 0, read);
  if (std::ferror(file.get()) != 0) cannot_read(path);
  return bytes;
}

// A slip in a path must not cost a catalogue.
void spare_catalogues(const std::string& path) {
  constexpr std::string_view sqlite("SQLite format 3\0", 16);
  const File file(std::fopen(path.c_str(), "rbe"));
  std::string head(sqlite.size(), '\0');
  if (file && std::fread(head.data(), 1, head.size(), file.get()) == head.size() && head == sqlite)
    throw Error(ErrorCode::InvalidArgument, "'" + search::shown(path) +
                                                "' is a catalogue or another database, which a "
                                                "network must not replace");
}

graph::GraphFile graph_in(const std::string& path, const std::string& format) {
  const std::string bytes = bytes_of(path);
  if (format == "graphml") return graph::read_graphml(bytes);
  if (format == "gexf") return graph::read_gexf(bytes);
  if (format == "json") return graph::read_node_link(bytes);
  std::error_code unknown;
  const std::string beside = vertices_path(path);
  if (!std::filesystem::exists(beside, unknown)) return graph::read_csv(bytes, std::nullopt);
  const std::string vertices = bytes_of(beside);
  return graph::read_csv(bytes, vertices);
}

const graph::GraphColumn* column_called(const std::vector<graph::GraphColumn>& columns,
                                        std::string_view name) {
  for (const graph::GraphColumn& column : columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

std::vector<std::string> texts_of(const graph::GraphFile& file,
                                  const std::vector<std::uint32_t>& order,
                                  std::initializer_list<const char*> names) {
  std::vector<std::string> values(order.size());
  for (const char* name : names) {
    const graph::GraphColumn* column = column_called(file.vertex_columns, name);
    if (column == nullptr || column->numeric) continue;
    for (std::size_t i = 0; i < order.size(); ++i) values[i] = column->texts[order[i]];
    break;
  }
  return values;
}

NetworkTies ties_of(const graph::GraphFile& file, const std::vector<std::uint32_t>& number) {
  const graph::GraphColumn* weight = column_called(file.edge_columns, "weight");
  if (weight != nullptr && !weight->numeric)
    throw graph::GraphFileError("the weights of its edges are not all numbers", 0);
  struct Tie {
    std::uint32_t from;
    std::uint32_t to;
    double strength;
  };
  std::vector<Tie> told;
  for (std::size_t i = 0; i < file.from.size(); ++i) {
    const auto [from, to] = std::minmax(number[file.from[i]], number[file.to[i]]);
    const double strength = weight == nullptr ? 1 : weight->numbers[i];
    if (from != to) told.push_back({from, to, std::isnan(strength) ? 1 : strength});
  }
  std::stable_sort(told.begin(), told.end(), [](const Tie& a, const Tie& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  NetworkTies ties;
  for (const Tie& tie : told) {
    if (!ties.from.empty() && ties.from.back() == tie.from && ties.to.back() == tie.to) {
      ties.strength.back() += tie.strength;
      continue;
    }
    ties.from.push_back(tie.from);
    ties.to.push_back(tie.to);
    ties.strength.push_back(tie.strength);
  }
  return ties;
}

NetworkFile network_of(const graph::GraphFile& file) {
  const graph::GraphColumn* mode = column_called(file.vertex_columns, "mode");
  if (mode != nullptr && !mode->numeric &&
      std::find(mode->texts.begin(), mode->texts.end(), "record") != mode->texts.end())
    throw graph::GraphFileError("it has records as vertices: participations, not ties", 0);
  std::vector<std::uint32_t> order(file.vertices.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return file.vertices[a] < file.vertices[b]; });
  std::vector<std::uint32_t> number(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  NetworkFile network;
  for (const std::uint32_t vertex : order) network.organisations.push_back(file.vertices[vertex]);
  network.names = texts_of(file, order, {"name", "label"});
  network.countries = texts_of(file, order, {"country"});
  network.kinds = texts_of(file, order, {"kind"});
  for (const graph::GraphColumn& column : file.vertex_columns) {
    if (!column.numeric) continue;
    network.measures.push_back(column.name);
    auto& values = network.columns.emplace_back();
    for (const std::uint32_t vertex : order) values.push_back(column.numbers[vertex]);
  }
  network.ties = ties_of(file, number);
  const graph::GraphColumn* change = column_called(file.about, "change");
  constexpr double most = 9007199254740992.0;  // whole numbers are exact up to there
  if (change != nullptr && change->numeric && change->numbers[0] >= 0 && change->numbers[0] <= most)
    network.change = static_cast<std::uint64_t>(change->numbers[0]);
  return network;
}

}  // namespace

const std::vector<std::string>& network_formats() {
  static const std::vector<std::string> formats = {"graphml", "gexf", "json", "csv"};
  return formats;
}

void save_network(const Network& network, const std::string& path,
                  const SaveNetworkOptions& options, const Task& task) {
  const std::string format = format_of(path, options.format);
  spare_catalogues(path);
  if (format == "csv") spare_catalogues(vertices_path(path));
  const graph::GraphFile graph = options.two_mode ? participations_of(network, options, task)
                                                  : projection_of(network, options, task);
  engine::Ticker ticker(task, "save", 0);
  try {
    if (format == "csv")
      write_two(graph, path, ticker);
    else
      write_one(graph, format, path, ticker);
  } catch (const graph::GraphFileError& e) {
    throw Error(ErrorCode::InvalidArgument,
                std::string("the network cannot be saved: ") + e.what());
  }
}

NetworkFile read_network(const std::string& path, const std::string& format) {
  const std::string known = format_of(path, format);
  try {
    return network_of(graph_in(path, known));
  } catch (const graph::GraphFileError& e) {
    throw Error(ErrorCode::InvalidInput, path + ": " + e.what());
  }
}

}  // namespace koinon
