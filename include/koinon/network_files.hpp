// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "koinon/network.hpp"
#include "koinon/progress.hpp"

namespace koinon {

/// "graphml", "gexf", "json" (node-link, as networkx and D3 have it), "csv". Each is the ending of
/// its files, too.
const std::vector<std::string>& network_formats();

struct SaveNetworkOptions {
  std::string format;                    // of network_formats(); empty: by the ending of the file
  std::vector<NetworkMeasure> measures;  // beside each organisation
  MeasureOptions measure;
  /// Not ties but what they come from: organisations and records are vertices, told apart by a
  /// column `mode` ("organisation" or "record"), and each participation is an edge with its `role`
  /// and the days `from` and `to`, empty where they are not known.
  bool two_mode = false;
};

/// Writes the organisations of a network, with name, country, kind and measures, and its ties, with
/// their strength as `weight`. An existing file is replaced once the new one is whole. CSV is two
/// files: ties in `path`, organisations in NAME.vertices.csv for NAME.csv; the latter is replaced
/// first.
///
/// Throws Error: InvalidArgument for an ending or a format that there is none of, naming those that
/// there are, and where a catalogue would be replaced; InputOutput, Cancelled. O(n + ties), beside
/// the measures.
void save_network(const Network& network, const std::string& path,
                  const SaveNetworkOptions& options = {}, const Task& task = {});

/// A network as a file tells it. Of what save_network() wrote, all arrays are those of the network
/// to the last bit.
struct NetworkFile {
  std::uint64_t change = 0;                // of the catalogue; 0: not told, as always in CSV
  std::vector<std::string> organisations;  // ids, rising; the others stand beside them
  std::vector<std::string> names;          // empty where the file has none
  std::vector<std::string> countries;
  std::vector<std::string> kinds;
  NetworkTies ties;                          // by from, then to
  std::vector<std::string> measures;         // names of all columns of numbers
  std::vector<std::vector<double>> columns;  // one for each; NaN where a value is missing
};

/// Reads such a file, and files of other programs as far as they hold a network: a tie without a
/// weight has strength 1, ties between the same two are added up whatever their direction, ties of
/// an organisation with itself are left out, "label" is the name where there is no "name"; columns
/// of texts other than name, country and kind are left out.
///
/// Throws Error: InvalidInput, for a network saved `two_mode` too, telling the file, the line where
/// there is one, and the reason; InvalidArgument as save_network(); InputOutput.
NetworkFile read_network(const std::string& path, const std::string& format = {});

}  // namespace koinon
