// SPDX-License-Identifier: Apache-2.0
#include "engine/alerts.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/ticker.hpp"

namespace koinon::engine {

namespace {

// What search is asked about in one go.
constexpr std::size_t batch = 4096;

SearchRequest bare(const SearchRequest& request) {
  SearchRequest asked = request;
  asked.facets.clear();
  asked.sort.clear();
  asked.group_by.clear();
  asked.after.clear();
  return asked;
}

// So that a host learns of a wrong search when it is made, and of which it is.
void check(const std::string& name, const SearchView& view, const SearchRequest& request,
           const SearchState& state, store::Snapshot& documents) {
  try {
    view.matches(request, {}, state, documents, {});
  } catch (const Error& e) {
    if (e.code() != ErrorCode::InvalidArgument && e.code() != ErrorCode::NotFound) throw;
    throw Error(e.code(), "the saved search \"" + name + "\": " + e.what(), e.violations());
  }
}

}  // namespace

Alerts alerts(const SearchView& view, const SearchState& state, store::Snapshot& documents,
              const std::vector<SavedSearch>& searches, std::uint64_t after, const Task& task) {
  Alerts found;
  found.change = state.change;
  std::map<std::int64_t, store::RecordRow> changed;
  documents.follow(after, 0, [&](const store::Entry& entry) {
    if (entry.what != ChangeKind::Vectors && changed.count(entry.seq) == 0) {
      const auto row = documents.find(entry.seq);
      if (row && row->state == store::State::Present) changed.emplace(entry.seq, *row);
    }
    return true;
  });
  std::vector<std::int64_t> seqs;
  for (const auto& each : changed) seqs.push_back(each.first);
  Ticker ticker(task, "alerts", searches.size());
  struct Place {
    std::uint64_t change;
    std::size_t search;
    std::int64_t seq;
  };
  std::vector<Place> places;
  for (std::size_t i = 0; i < searches.size(); ++i) {
    const SearchRequest request = bare(searches[i].request);
    check(searches[i].name, view, request, state, documents);
    for (std::size_t begin = 0; begin < seqs.size(); begin += batch) {
      const auto from = seqs.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto to =
          seqs.begin() + static_cast<std::ptrdiff_t>(std::min(begin + batch, seqs.size()));
      for (const std::int64_t seq :
           view.matches(request, {from, to}, state, documents, task.cancel))
        places.push_back({changed.at(seq).change, i, seq});
    }
    ticker.step();
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.change, a.search) < std::tie(b.change, b.search);
  });
  for (const Place& place : places)
    found.alerts.push_back({place.change, changed.at(place.seq).id, searches[place.search].name});
  return found;
}

}  // namespace koinon::engine
