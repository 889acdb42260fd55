// SPDX-License-Identifier: Apache-2.0
//
// Keeps the lineage of initiatives sound while it is written: no cycles, and no child before its
// parent.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "koinon/catalogue.hpp"
#include "koinon/error.hpp"
#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What the store keeps of a replication; of its record as JSON, and as it is.
store::ReplicationRow replication_row(const std::string& id, std::string_view body);
store::ReplicationRow replication_row(const std::string& id, const Replication& replication);

/// What stands under an id now.
struct InitiativeNow {
  std::optional<RecordKind> kind;  // none: nothing
  std::string name;
};
using AskInitiative = std::function<InitiativeNow(const std::string& id)>;

/// Says a path of replications with the names of its initiatives; of a long one the middle is left
/// out.
class LineagePath {
 public:
  explicit LineagePath(AskInitiative ask) : ask_(std::move(ask)) {}

  /// "A (a) → B (b) → A (a)"
  std::string cycle(const std::vector<store::ReplicationRow>& path) const;
  /// "A (a) –2018→ B (b) –?→ C (c)"
  std::string dated(const std::vector<store::ReplicationRow>& path) const;

 private:
  template <class Arrow>
  std::string read(const std::vector<store::ReplicationRow>& path, const Arrow& arrow) const;
  std::string name(const std::string& id) const;

  AskInitiative ask_;
};

/// The lineage as one transaction makes it: what the store has, with the replications that were
/// added here in the place of what their records said before.
class LineageGuard {
 public:
  enum class Rules : std::uint8_t { All, Cycles };

  /// `reader` and what `ask` needs must outlive it.
  LineageGuard(store::Reader& reader, AskInitiative ask);

  /// Adds replications, all or none: what speaks against them, of
  ///   bad_reference  an end is a record of another kind (an id without a record is not),
  ///   cycle          they would close a cycle: the path by name,
  ///   time_travel    with them an initiative is replicated before it came to be, by them or by
  ///                  others: the path from the date that says so.
  /// What was wrong before, since a record was removed, is not laid at their door. Walks the
  /// ancestors of all ends; where the earliest day of a child becomes later, its descendants and
  /// their ancestors as well. O(log n) for each replication met.
  std::vector<Violation> add(const std::vector<store::ReplicationRow>& rows,
                             Rules rules = Rules::All);

  /// The record is gone.
  void forget(const std::string& id);

 private:
  class Region;

  std::vector<store::ReplicationRow> into(const std::string& child);
  std::vector<store::ReplicationRow> out_of(const std::string& parent);
  std::optional<store::ReplicationRow> present(const std::string& id);
  std::vector<Violation> check(const std::vector<store::ReplicationRow>& rows, Rules rules);
  std::vector<Violation> check_cycles(const std::vector<store::ReplicationRow>& rows,
                                      const Region& region) const;
  std::vector<Violation> check_dates(const std::unordered_set<std::string>& children,
                                     Region& region) const;
  void check_kind(const char* end, const std::string& id, std::vector<Violation>& violations);

  store::Reader& reader_;
  AskInitiative ask_;
  LineagePath read_;
  /// Records that differ from what the store may say; none: gone.
  std::unordered_map<std::string, std::optional<store::ReplicationRow>> changed_;
  std::unordered_map<std::string, std::vector<std::string>> changed_into_;  // records by child
  std::unordered_map<std::string, std::vector<std::string>> changed_of_;    // and by parent
};

/// An initiative by its body; of another kind the kind alone.
InitiativeNow named_initiative(RecordKind kind, std::string_view body);

/// What is wrong with a whole lineage: a cycle, else everybody who was replicated before they came
/// to be. `ask` gives names. O(rows).
std::vector<Finding> lineage_findings(const std::vector<store::ReplicationRow>& rows,
                                      const AskInitiative& ask);

}  // namespace koinon::engine
