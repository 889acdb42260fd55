// SPDX-License-Identifier: Apache-2.0
//
// Who may come into a consortium, with what the catalogue knows of them at one change.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/eligibility.hpp"
#include "engine/graph_view.hpp"
#include "koinon/consortium.hpp"
#include "koinon/search.hpp"
#include "partners/builder/mapping.hpp"

namespace koinon::engine {

/// What a search for the text of a request found: scores by record id, as shares of the best.
struct Relevance {
  std::uint64_t change = 0;
  std::unordered_map<std::string, double> scores;
};

/// The search for a request's text and concepts, or for the call's title; nothing where it has
/// none of them.
std::optional<SearchRequest> relevance_search(const ConsortiumRequest& request, const Record* call);
Relevance relevance_of(const SearchResults& results);

/// Candidates, then those fixed that apply, in the order of `search.members`; then those beside.
struct ConsortiumPool {
  std::uint64_t change = 0;
  AskedCall call;
  partners::builder::Pool search;
  std::vector<double> strengths;      // beside search.ties: Newman's, at most 1
  std::vector<CheckedMember> shown;   // beside search.members
  std::vector<ConsortiumFit> fits;    // beside search.members
  std::vector<std::string> ids;       // as merged; "" without a record
  std::string currency;               // of all amounts that are told
  std::string money_unclear;          // why they have no sum, if so
  std::vector<CheckedMember> beside;  // beside search.beside
  std::size_t found = 0;
  bool cut = false;
};

/// Of a request with its codes as with_codes() gives them. Throws Error(NotFound, Erased,
/// InvalidArgument, Cancelled).
ConsortiumPool consortium_pool(const ConsortiumRequest& request, const Relevance& relevance,
                               const GraphView& view, store::Snapshot& snapshot, const Task& task);

}  // namespace koinon::engine
