// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cmath>
#include <filesystem>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "graph/files/graph_file.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::bytes_of;
using test::error_of;
using test::organisation;
using test::project;
using test::put_bytes;
using test::Scratch;

namespace {

using Ids = std::vector<std::string>;

//   a - b - c, all three in one more, and "d 😀" alone
Catalogue partners() {
  Catalogue catalogue = Catalogue::open(":memory:");
  const Ids names = {"Tom & Jerry, \"Ltd\"", "Zwei Zeilen 😀", "_x0041_ <b>", "Ελλάς"};
  const Ids ids = {"a", "b", "c", "d-1"};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Organisation made = organisation(names[i]);
    made.addresses.emplace_back().country = i == 0 ? "FI" : "NL";
    made.kind = "ngo";
    catalogue.put({ids[i], made, {}});
  }
  catalogue.put({"p1", project("One", {"a", "b"}), {}});
  catalogue.put({"p2", project("Two", {"b", "c"}), {}});
  catalogue.put({"p3", project("Three", {"a", "b", "c", "e"}), {}});
  catalogue.put({"p4", project("Four", {"d-1"}), {}});
  return catalogue;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) ? !std::isnan(b[i])
                         : std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i]))
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a saved network reads back to the bit in every format", "[engine]") {
  const Scratch scratch;
  const Network network = partners().network();
  const std::vector<NetworkMeasure> measures = {NetworkMeasure::PageRank,
                                                NetworkMeasure::Constraint};
  const MeasureTable table = network.measure(measures);
  for (const std::string& format : network_formats()) {
    CAPTURE(format);
    const std::string path = scratch / ("network." + format);
    SaveNetworkOptions options;
    options.measures = measures;
    save_network(network, path, options);
    const NetworkFile read = read_network(path);
    CHECK(read.change == (format == "csv" ? 0 : network.change()));
    CHECK(read.organisations == network.organisations());
    CHECK(read.names == network.names());
    CHECK(read.countries == network.countries());
    CHECK(read.kinds == network.kinds());
    const NetworkTies ties = network.ties();
    CHECK(read.ties.from == ties.from);
    CHECK(read.ties.to == ties.to);
    CHECK(same_bits(read.ties.strength, ties.strength));
    CHECK(read.measures == Ids{"pagerank", "constraint"});
    for (std::size_t i = 0; i < 2; ++i) CHECK(same_bits(read.columns[i], table.columns[i]));
    CHECK(error_of([&] { read_network(scratch / "none." + format); }) == ErrorCode::InputOutput);
  }
  // Five files, CSV being two, and nothing half written.
  CHECK(test::files_in(scratch.path()) == 5);
  CHECK(std::filesystem::exists(scratch / "network.vertices.csv"));
}

TEST_CASE("two modes: organisations and records, joined by participations", "[engine]") {
  const Scratch scratch;
  Catalogue catalogue = partners();
  Project dated = project("Five", {"a"});
  dated.participations[0].share = Share{375000};
  dated.period = {{2014, 2, 0}, {}};
  catalogue.put({"p0", dated, {}});
  const Network network = catalogue.network();
  SaveNetworkOptions options;
  options.two_mode = true;
  options.measures = {NetworkMeasure::Works};
  for (const std::string& format : network_formats()) {
    CAPTURE(format);
    const std::string path = scratch / ("two." + format);
    save_network(network, path, options);
    CHECK(error_of([&] { read_network(path); }) == ErrorCode::InvalidInput);
  }
  const graph::GraphFile read = graph::read_graphml(bytes_of(scratch / "two.graphml"));
  CHECK(read.vertices == Ids{"a", "b", "c", "d-1", "e", "p0", "p1", "p2", "p3", "p4"});
  REQUIRE(read.vertex_columns.size() == 5);
  CHECK(read.vertex_columns[3].name == "works");
  CHECK(read.vertex_columns[3].numbers[0] == 3);
  CHECK(std::isnan(read.vertex_columns[3].numbers[5]));
  CHECK(read.vertex_columns[4].texts[4] == "organisation");
  CHECK(read.vertex_columns[4].texts[5] == "record");
  CHECK(read.from.size() == network.participations());
  std::size_t dates = 0;
  for (std::size_t i = 0; i < read.from.size(); ++i) {
    CHECK(read.edge_columns[0].texts[i] == "partner");
    if (read.to[i] != 5) continue;
    ++dates;
    CHECK(read.from[i] == 0);
    CHECK(read.edge_columns[1].texts[i] == "2014-02-01");
    CHECK(read.edge_columns[2].texts[i].empty());
    CHECK(read.edge_columns[3].texts[i] == "0.375");
  }
  CHECK(dates == 1);
  const graph::GraphFile csv =
      graph::read_csv(bytes_of(scratch / "two.csv"), bytes_of(scratch / "two.vertices.csv"));
  CHECK(csv.to == read.to);
  CHECK(csv.edge_columns[1].texts == read.edge_columns[1].texts);
}

TEST_CASE("a network of nothing is saved and read", "[engine]") {
  const Scratch scratch;
  const Network network = Catalogue::open(":memory:").network();
  for (const std::string& format : network_formats()) {
    CAPTURE(format);
    save_network(network, scratch / ("empty." + format));
    const NetworkFile read = read_network(scratch / ("empty." + format));
    CHECK(read.organisations.empty());
    CHECK(read.ties.from.empty());
  }
}

TEST_CASE("the format of a network file is that of its ending or the one asked for", "[engine]") {
  const Scratch scratch;
  const Network network = partners().network();
  save_network(network, scratch / "UPPER.GraphML");
  CHECK(read_network(scratch / "UPPER.GraphML").organisations == network.organisations());
  SaveNetworkOptions options;
  options.format = "csv";
  save_network(network, scratch / "table.txt", options);
  CHECK(std::filesystem::exists(scratch / "table.txt.vertices.csv"));
  CHECK(read_network(scratch / "table.txt", "csv").names == network.names());
  options.format = "dot";
  for (const std::string& path : {scratch / "a.graphml", scratch / "a.dot", scratch / "graphml"}) {
    CHECK(error_of([&] { save_network(network, path, options); }) == ErrorCode::InvalidArgument);
    CHECK(error_of([&] { read_network(path, "dot"); }) == ErrorCode::InvalidArgument);
  }
  try {
    save_network(network, scratch / "a.dot");
    FAIL("saved in a format that there is not");
  } catch (const Error& e) {
    CHECK(std::string(e.what()).find("graphml, gexf, json, csv") != std::string::npos);
  }
}

TEST_CASE("a file is replaced by a whole network only", "[engine]") {
  const Scratch scratch;
  const Network network = partners().network();
  const std::string path = scratch / "network.graphml";
  put_bytes(path, "what was there");
  Task task;
  task.cancel.cancel();
  CHECK(error_of([&] { save_network(network, path, {}, task); }) == ErrorCode::Cancelled);
  CHECK(bytes_of(path) == "what was there");
  CHECK(test::files_in(scratch.path()) == 1);
  CHECK(error_of([&] { save_network(network, scratch / "no/folder.gexf"); }) ==
        ErrorCode::InputOutput);
  save_network(network, path);
  CHECK(bytes_of(path).find("what was there") == std::string::npos);
}

TEST_CASE("a network does not replace a catalogue", "[engine]") {
  const Scratch scratch;
  const std::string path = scratch / "portal.json";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"p", project("One", {"a", "b"}), {}});
  const Network network = catalogue.network();
  CHECK(error_of([&] { save_network(network, path); }) == ErrorCode::InvalidArgument);
  CHECK(catalogue.get("p").id == "p");
}

TEST_CASE("files of others are read as far as they hold a network", "[engine]") {
  const Scratch scratch;
  const std::string path = scratch / "others.csv";
  put_bytes(path, "source,target,weight\nz,a,2\na,z,0.5\nz,z,9\na,b,\n");
  const NetworkFile read = read_network(path);
  CHECK(read.organisations == Ids{"a", "b", "z"});
  CHECK(read.names == Ids{"", "", ""});
  CHECK(read.ties.from == std::vector<std::uint32_t>{0, 0});
  CHECK(read.ties.to == std::vector<std::uint32_t>{1, 2});
  CHECK(read.ties.strength == std::vector<double>{1, 2.5});
  put_bytes(scratch / "labels.json",
            R"({"nodes":[{"id":"a","label":"Anna"}],"links":[],"graph":{"change":-1}})");
  CHECK(read_network(scratch / "labels.json").names == Ids{"Anna"});
  CHECK(read_network(scratch / "labels.json").change == 0);
}

TEST_CASE("a file that is no network is refused with its name and line", "[engine]") {
  const Scratch scratch;
  const auto message = [](const std::string& path) -> std::string {
    try {
      read_network(path);
      return "read";
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::InvalidInput);
      return e.what();
    }
  };
  put_bytes(scratch / "bad.graphml", "<graphml>\n<graph>\n<node/></graph></graphml>");
  CHECK(message(scratch / "bad.graphml") == scratch / "bad.graphml" + ": line 3: <node> has no id");
  put_bytes(scratch / "bad.csv", "source,target,weight\na,b,heavy\n");
  CHECK(message(scratch / "bad.csv").find("not all numbers") != std::string::npos);
}
