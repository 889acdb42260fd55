// SPDX-License-Identifier: Apache-2.0
//
// The lineage under random writes, against all of it weighed anew for each.
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "domain/date.hpp"
#include "errors.hpp"
#include "lineage.hpp"
#include "scratch.hpp"

namespace {

using namespace koinon;
using Ids = std::set<std::string>;

// All replications by record, walked without an index.
class Naive {
 public:
  using Edges = std::map<std::string, Replication>;

  const Edges& edges() const { return edges_; }

  // Why the state with these records would be refused; "" where it stands.
  std::string verdict(const std::map<std::string, Replication>& added) const {
    Edges after = edges_;
    for (const auto& [id, replication] : added) after[id] = replication;
    for (const auto& [id, edge] : after) {
      if (leads(after, edge.child, edge.parent)) return "cycle";
    }
    const auto before = travels(edges_);
    for (const std::string& id : travels(after)) {
      const auto was = edges_.find(id);
      const bool same =
          was != edges_.end() && before.count(id) > 0 && was->second.parent == after[id].parent &&
          was->second.child == after[id].child &&
          domain::format_date(was->second.date) == domain::format_date(after[id].date);
      if (!same) return "time_travel";
    }
    return "";
  }

  void put(const std::map<std::string, Replication>& added) {
    for (const auto& [id, replication] : added) edges_[id] = replication;
  }
  void drop(const std::string& id) { edges_.erase(id); }

  Ids below(const std::string& top) const {
    Ids found;
    for (const auto& [id, edge] : edges_) {
      if (edge.child != top && leads(edges_, top, edge.child)) found.insert(edge.child);
    }
    return found;
  }

  std::size_t contradictions() const { return travels(edges_).size(); }

 private:
  // Grows what is reached until nothing more is.
  static bool leads(const Edges& edges, const std::string& from, const std::string& to) {
    Ids reached = {from};
    for (std::size_t before = 0; before != reached.size();) {
      before = reached.size();
      for (const auto& [id, edge] : edges) {
        if (reached.count(edge.parent) > 0) reached.insert(edge.child);
      }
    }
    return reached.count(to) > 0;
  }

  // The first day on which an edge can have happened; nothing where it is not known.
  static std::optional<std::int32_t> day(const Edges& edges, const Replication& edge) {
    const auto parent = came_to_be(edges, edge.parent);
    if (!edge.date) return parent;
    const std::int32_t first = domain::first_day(edge.date);
    if (!parent || domain::last_day(edge.date) < *parent) return first;
    return std::max(first, *parent);
  }

  static std::optional<std::int32_t> came_to_be(const Edges& edges, const std::string& id) {
    std::optional<std::int32_t> earliest;
    for (const auto& [record, edge] : edges) {
      if (edge.child != id) continue;
      const auto at = day(edges, edge);
      if (!at) return std::nullopt;
      earliest = earliest ? std::min(*earliest, *at) : at;
    }
    return earliest;
  }

  static Ids travels(const Edges& edges) {
    Ids found;
    for (const auto& [id, edge] : edges) {
      const auto parent = came_to_be(edges, edge.parent);
      if (edge.date && parent && domain::last_day(edge.date) < *parent) found.insert(id);
    }
    return found;
  }

  Edges edges_;
};

class Story {
 public:
  explicit Story(unsigned seed) : random_(seed) {}

  void step() {
    if (below(5) == 0 && !naive_.edges().empty()) return remove();
    std::map<std::string, Replication> added;
    for (std::uint32_t count = below(3) == 0 ? 1 + below(3) : 1; count > 0; --count)
      added["r" + std::to_string(below(14))] = replication();
    std::vector<Write> writes;
    for (const auto& [id, edge] : added) writes.push_back({id, edge, {}});
    const std::string expected = naive_.verdict(added);
    const auto refusal = test::refusal_of([&] { catalogue_.put_all(writes); });
    CAPTURE(refusal.messages);
    REQUIRE(refusal.codes.substr(0, refusal.codes.find(',')) ==
            (expected.empty() ? "" : (expected == "cycle" ? "child " : "date ") + expected));
    if (expected.empty()) naive_.put(added);
    ++(expected.empty() ? taken : expected == "cycle" ? cycles : travels);
  }

  void look() {
    for (std::uint32_t i = 0; i < initiatives; ++i) {
      const std::string id = "i" + std::to_string(i);
      Ids told;
      for (const LineageInitiative& each : catalogue_.lineage(id).descendants) told.insert(each.id);
      REQUIRE(told == naive_.below(id));
    }
    std::size_t findings = 0;
    for (const Finding& finding : catalogue_.check().findings)
      findings += finding.message.find("came to be") != std::string::npos;
    REQUIRE(findings == naive_.contradictions());
  }

  void begin() {
    for (std::uint32_t i = 0; i < initiatives; ++i) {
      const std::string id = "i" + std::to_string(i);
      catalogue_.put({id, test::initiative(id), {}});
    }
  }

  std::size_t taken = 0;
  std::size_t cycles = 0;
  std::size_t travels = 0;

 private:
  static constexpr std::uint32_t initiatives = 7;

  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }

  Replication replication() {
    std::uint32_t parent = below(initiatives);
    std::uint32_t child = below(initiatives);
    if (child == parent) child = (child + 1) % initiatives;
    // Mostly from lower to higher, so that some of it can stand.
    if (child < parent && below(4) != 0) std::swap(parent, child);
    PartialDate date;
    if (below(3) != 0) {
      date.year = static_cast<std::int16_t>(2000 + (below(2) == 0 ? child : below(initiatives)));
      if (below(2) == 0) date.month = static_cast<std::uint8_t>(1 + below(12));
    }
    return test::replication("i" + std::to_string(parent), "i" + std::to_string(child), date);
  }

  void remove() {
    auto chosen = naive_.edges().begin();
    std::advance(chosen, below(static_cast<std::uint32_t>(naive_.edges().size())));
    const std::string id = chosen->first;
    catalogue_.remove(id);
    naive_.drop(id);
  }

  std::mt19937 random_;
  Catalogue catalogue_ = Catalogue::open(":memory:");
  Naive naive_;
};

}  // namespace

TEST_CASE("random writes are taken or refused as all of the lineage says", "[engine]") {
  std::size_t taken = 0;
  std::size_t cycles = 0;
  std::size_t travels = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Story story(seed);
    story.begin();
    for (int i = 0; i < 120; ++i) {
      story.step();
      if (i % 10 == 9) story.look();
    }
    taken += story.taken;
    cycles += story.cycles;
    travels += story.travels;
  }
  CHECK(taken > 300);
  CHECK(cycles > 100);
  CHECK(travels > 50);
}
