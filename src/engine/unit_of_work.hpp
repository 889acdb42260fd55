// SPDX-License-Identifier: Apache-2.0
//
// The records that one transaction touches. Rows and writes change them here, in memory; flush()
// then writes each changed record once, however many rows it took. A file that lists the members of
// a project row by row gives one version of the project per batch, not one per row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/id_filter.hpp"
#include "engine/lineage_guard.hpp"
#include "exchange/reader.hpp"
#include "koinon/catalogue.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// A draft with what could be made of it outside the transaction.
struct PreparedDraft {
  exchange::Draft draft;
  std::string body;  // its canonical JSON; empty for a draft that only names its record
};

/// Ids that an import has seen to exist, so that a row that only names an organisation costs no
/// look-up. Bounded: forgets everything when full.
class KnownIds {
 public:
  bool contains(const std::string& id) const { return ids_.count(id) > 0; }
  void add(const std::string& id) {
    if (ids_.size() >= limit) ids_.clear();
    ids_.insert(id);
  }

 private:
  static constexpr std::size_t limit = 100000;
  std::unordered_set<std::string> ids_{limit};
};

/// What an import remembers of the rows that it has read.
struct ImportMemory {
  KnownIds stored;  // ids that are in the catalogue
  KnownIds told;    // ids that a row gave the whole record of: another row of the file may not
  /// Every id of the catalogue, where nobody but this import has written since they were gathered:
  /// most ids of a first import are new, and each costs a look-up otherwise.
  std::optional<IdFilter> all;

  bool surely_new(const std::string& id) const { return all && all->absent(id); }
};

class UnitOfWork {
 public:
  /// `run_start` is the last change before the import began: a record changed after it was touched
  /// by an earlier row of the same file. `memory` is null where rows are not an import.
  UnitOfWork(store::Transaction& transaction, Timestamp now, std::string by,
             std::uint64_t run_start, ImportMemory* memory);

  /// All of a row's drafts, or none: violations say why. `changed` tells whether anything is new.
  struct Outcome {
    bool changed = false;
    std::vector<Violation> violations;
  };
  Outcome apply(std::vector<PreparedDraft>& drafts);

  /// A host's write. Throws Conflict, Erased, or InvalidRecord for what it may not do to the life
  /// of the record.
  void put(const Write& write, std::string body);

  /// A step of a life, which has been held to its guards.
  void move(const Write& write, std::string body);

  /// Whether the lineage is sound after all writes of a host. Throws InvalidRecord.
  void check_lineage();

  /// Whether what a host wrote refers to organisations where it must, after all of its writes.
  /// Throws InvalidRecord.
  void check_ends(const Record& record);

  /// What the lineage becomes with the records of this unit.
  LineageGuard& lineage() { return lineage_; }

  /// Writes what changed, in the order of first touch.
  void flush();

  std::uint64_t created() const { return created_; }
  std::uint64_t updated() const { return updated_; }

  /// Of a record written or looked at, after flush().
  Written written(const std::string& id) const;

 private:
  struct Pending {
    std::string id;
    RecordKind kind = RecordKind::Organisation;
    std::optional<store::RecordRow> row;  // as stored, if it is
    std::string body;                     // as it will be; empty = not loaded
    bool dirty = false;
    std::optional<exchange::Envelope> envelope;
    std::uint64_t change = 0;  // after flush(), 0 when nothing was written
  };

  struct Step {
    PreparedDraft* prepared = nullptr;
    Pending* pending = nullptr;
    std::string body;  // what the record becomes; empty = leave it
  };

  std::optional<store::RecordRow> find(const std::string& id);
  Pending& load(const std::string& id, RecordKind kind);
  const std::string& stored_body(Pending& pending);
  std::string last_body(const store::RecordRow& row);
  void keep_life(const Write& write, std::string& body);
  void resolve_identifiers(std::vector<PreparedDraft>& drafts);
  void forget_erased(std::vector<PreparedDraft>& drafts);
  Step plan(PreparedDraft& prepared, std::vector<Violation>& violations);
  void plan_replace(Step& step, std::vector<Violation>& violations);
  void plan_union(Step& step, std::vector<Violation>& violations);
  void plan_version(Step& step, std::vector<Violation>& violations);
  bool touched(const Pending& pending) const;
  std::vector<Violation> check_lineage(const std::vector<Step>& steps);
  InitiativeNow initiative(const std::string& id);
  std::optional<RecordKind> kind_now(const std::string& id);
  std::vector<Violation> wrong_ends(const std::vector<Step>& steps);
  void write(Pending& pending);

  store::Transaction& transaction_;
  Timestamp now_;
  std::string by_;
  std::uint64_t run_start_;
  ImportMemory* memory_;
  std::unordered_map<std::string, Pending> pending_;  // its places stay where they are
  std::vector<Pending*> order_;
  std::unordered_map<std::string, std::string> by_identifier_;  // of organisations not yet written
  LineageGuard lineage_;
  std::uint64_t created_ = 0;
  std::uint64_t updated_ = 0;
};

/// The identifiers under which an organisation can be found again.
std::vector<store::IdentifierKey> identifier_keys(const Record& record);

}  // namespace koinon::engine
