// SPDX-License-Identifier: Apache-2.0
//
// The one file of truth. Everything SQLite stays behind this header.
//
// A Store has one writer at a time and any number of readers; a reader sees the file as it was when
// it began and never waits for the writer. (In memory there is one connection, so there they take
// turns.) Threads: Store is safe from any thread; a Snapshot or a Transaction belongs to the thread
// that took it. A thread that holds one must not ask for another. Errors: koinon::Error.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "koinon/catalogue.hpp"

namespace koinon::store {

enum class State : std::uint8_t { Present, Removed, Erased };

/// Where a record stands now.
struct RecordRow {
  std::int64_t seq = 0;  // small, dense, never reused: the number that views use
  std::string id;
  RecordKind kind = RecordKind::Organisation;
  State state = State::Present;
  std::uint64_t version = 0;
  std::uint64_t change = 0;  // journal entry with the present body
  Timestamp created = 0;
};

/// A journal entry with the record it is about.
struct Entry {
  std::uint64_t n = 0;
  std::int64_t seq = 0;
  std::string id;
  RecordKind kind = RecordKind::Organisation;
  ChangeKind what = ChangeKind::Put;
  std::uint64_t version = 0;
  std::uint64_t previous = 0;  // entry before this one of the same record, 0 for the first
  Timestamp at = 0;
  std::string by;
  std::string body;       // empty for Remove and Erase
  bool scrubbed = false;  // a Put whose body was erased
};

struct IdentifierKey {
  std::string scheme;
  std::string value;
};

struct ImportRun {
  std::int64_t id = 0;
  std::string file;
  std::string format;
  std::string portal;
  std::uint64_t rows = 0;  // committed so far
  bool complete = false;
};

/// A row to keep aside.
struct Rejected {
  std::uint64_t line = 0;
  std::uint64_t size = 0;
  std::string_view bytes;
  std::string_view context;
  std::string digest;
  const std::vector<Violation>* violations = nullptr;
};

/// A row kept aside, with what it takes to read it again.
struct KeptRow {
  QuarantinedRow row;
  std::string context;
  std::int64_t import = 0;
};

/// A present replication, as the store keeps it for walks: which record, from whom to whom, when.
struct ReplicationRow {
  std::string id;
  std::string parent;
  std::string child;
  PartialDate date;
};

/// What a call, a bid or an award says of the money of a programme, as the store keeps it for
/// guards and sums. Each draws on another: a call on its programme, a bid on its call, an award on
/// its bid.
struct FundingRow {
  std::string parent;  // whom it draws on; "": nobody
  std::string state;   // of a call or a bid
  std::string currency;
  std::optional<std::int64_t> amount;  // minor units: what is awarded, or what a call plans to give
  std::optional<std::int32_t> due;     // of a call: the first day on which a clock may move it
  std::string project;                 // what an award became
  bool operator==(const FundingRow&) const = default;
};

/// The sums in one currency of what draws on a record. A sum past what 64 bits hold stays at their
/// end.
struct Commitment {
  std::string currency;
  std::int64_t awarded = 0;
  std::int64_t promised = 0;  // of each call the greater of its awards and what it plans
};

/// The ready vectors of a record that one model made.
struct KeptVectors {
  std::string numbers;  // signed bytes, vector after vector
  std::size_t dimension = 0;
  bool current = false;  // came for the present version of the record
};

class Connection;

/// Reads of one state of the file.
class Reader {
 public:
  std::uint64_t last_change();
  std::optional<RecordRow> find(std::string_view id);
  std::optional<RecordRow> find(std::int64_t seq);
  /// The present record with this identifier; the oldest when there are several.
  std::optional<RecordRow> find_identifier(std::string_view scheme, std::string_view value);
  /// NotFound when there is no such entry.
  Entry entry(std::uint64_t n);
  std::string body(std::uint64_t n);

  using OnEntry = std::function<bool(const Entry&)>;  // false stops
  /// Entries after `n` in order, at most `limit` (0 = all).
  void follow(std::uint64_t n, std::uint64_t limit, const OnEntry& on_entry);
  /// Present records with their bodies, in order of change, or of id. `body` is borrowed.
  using OnRecord = std::function<bool(const RecordRow&, const Entry&)>;
  void each_present(bool by_id, const OnRecord& on_record);
  /// Every id that a record has or had, in no order; false stops. `id` is borrowed.
  using OnId = std::function<bool(std::string_view id)>;
  void each_id(const OnId& on_id);
  std::vector<std::string> ids(RecordKind kind, std::string_view after, std::size_t limit);
  /// All of them in order, in one pass over the table: pages walk the order of id, which leads all
  /// over it. O(records).
  std::vector<std::string> all_ids(RecordKind kind);
  std::uint64_t present_records();
  /// Present records that hold `id` as a JSON string in their body. O(size of the file).
  std::vector<RecordRow> mentions(std::string_view id);
  /// Records of a kind that are not erased and hold it so in any version, present or not.
  std::vector<RecordRow> ever_mentioned(std::string_view id, RecordKind kind);

  /// Present replications into an initiative, or out of it, in the order of their records. Not for
  /// a file of an earlier version that is opened for reading alone. O(log n) and what is found.
  std::vector<ReplicationRow> replications_into(std::string_view child);
  std::vector<ReplicationRow> replications_of(std::string_view parent);
  /// The one that a present record of this id tells of.
  std::optional<ReplicationRow> replication(std::string_view id);

  /// Present records of a kind that name this one (domain::linked_records()), the oldest first, at
  /// most `limit` (0 = all). Not for a file of an earlier version that is opened for reading alone.
  /// O(log n) and what is found.
  std::vector<RecordRow> linked_to(std::string_view target, RecordKind kind, std::size_t limit = 0);
  /// How many there are. O(what is counted).
  std::uint64_t count_linked_to(std::string_view target, RecordKind kind);
  /// What a record is kept as naming, sorted: for checks.
  std::vector<std::string> links(std::int64_t seq);
  /// Whether the file keeps who names whom: one of an earlier version, opened for reading alone,
  /// does not.
  bool knows_links();

  /// Whether the file keeps what calls, bids and awards say of money: one of an earlier version,
  /// opened for reading alone, does not. What follows is not for such a file.
  bool knows_funding();
  std::optional<FundingRow> funding(std::int64_t seq);
  /// The sums of the present records of a kind that draw on this one, by currency, without those of
  /// the ids in `except`. O(log n) for each of these.
  std::vector<Commitment> committed(std::string_view target, RecordKind kind,
                                    const std::vector<std::string>& except = {});
  /// Of the calls of a programme that are under way those with awards in another currency than they
  /// plan in, by id. O(its calls).
  std::vector<std::string> calls_across_currencies(std::string_view programme);
  /// The calls that a clock may move on this day, by id. O(what is found).
  std::vector<std::string> calls_due(std::int32_t day);
  /// Of a call, or of all calls of a programme: these calls themselves, the states of their bids
  /// with how many there are, the awards of the bids, and the projects that name the calls. O(what
  /// is found).
  std::vector<std::string> funding_calls(std::string_view id);
  std::vector<std::pair<std::string, std::uint64_t>> funding_bids(std::string_view id);
  using OnAward = std::function<void(const FundingRow&)>;
  void each_award(std::string_view id, const OnAward& on_award);
  std::vector<std::string> funding_projects(std::string_view id);
  /// Sums that are not those of their parts.
  std::vector<Finding> broken_funding();

  /// Whether the file has a place for vectors: one of an earlier version, opened for reading alone,
  /// has none. What follows finds nothing in it.
  bool knows_vectors();
  /// Of a model, 0 where there is none of this name.
  std::size_t vector_dimension(std::string_view model);
  std::optional<KeptVectors> vectors(std::int64_t seq, std::string_view model);
  std::vector<VectorModel> vector_models();
  /// Records whose vectors are not a whole number of vectors: ids and models.
  std::vector<Finding> broken_vectors();

  std::vector<KeptRow> quarantine(const QuarantineRequest& request);
  std::optional<KeptRow> quarantined(std::uint64_t id);
  Statistics statistics();
  /// What SQLite itself finds wrong with the file: pages, indexes, foreign keys.
  std::vector<Finding> integrity();

 protected:
  Reader() = default;
  ~Reader() = default;
  Connection* connection_ = nullptr;
};

class Store;

/// One state of the file, for as long as it lives. It pins the write-ahead log: keep it short.
class Snapshot : public Reader {
 public:
  Snapshot(Snapshot&&) noexcept;
  ~Snapshot();
  Connection& connection() const { return *connection_; }

 private:
  friend class Store;
  struct Hold;
  explicit Snapshot(std::unique_ptr<Hold> hold);
  std::unique_ptr<Hold> hold_;
};

/// What append() is told; zeros are filled in.
struct Version {
  ChangeKind what = ChangeKind::Put;
  std::string_view body;
  Timestamp at = 0;
  std::string_view by;
  std::uint64_t version = 0;  // 0 = the next
  std::uint64_t n = 0;        // 0 = the next; otherwise past every entry so far
  Timestamp created = 0;      // of a new record; 0 = at
  bool scrubbed = false;
};

/// One write. Rolled back unless committed. Its own reads see what it wrote.
class Transaction : public Reader {
 public:
  Transaction(Transaction&&) noexcept;
  ~Transaction();

  /// A new record, with its first version.
  RecordRow create(std::string_view id, RecordKind kind, const Version& version);
  /// One more version of a record; `row` is brought up to date.
  void append(RecordRow& row, const Version& version);
  void set_identifiers(std::int64_t seq, const std::vector<IdentifierKey>& keys);
  /// What a present record of a replication says of its ends; `id` is not looked at.
  void set_replication(std::int64_t seq, const ReplicationRow& row);
  /// Which records a present record names, in the place of what it named before.
  void set_links(const RecordRow& row, const std::vector<std::string>& targets);
  /// What a present call, bid or award says of money; the sums of whom it draws on follow.
  void set_funding(const RecordRow& row, const FundingRow& told);
  /// Takes the body out of every version, its identifiers and vectors, and quarantined rows that
  /// hold one of `traces`.
  void scrub(const RecordRow& row, const std::vector<std::string>& traces);

  /// The model of this name, found or made. Throws Error(InvalidArgument) where it has another
  /// dimension.
  std::int64_t vector_model(std::string_view name, std::size_t dimension);
  /// What a present record has of the model from now on; as a journal entry, whose number is
  /// returned. 0 where it has just that for its present version.
  std::uint64_t set_vectors(const RecordRow& row, std::int64_t model, std::string_view numbers,
                            Timestamp at, std::string_view by);
  /// Forgets the model with all that it made: a journal entry for each record that had any. `step`
  /// is called after each. Returns their number.
  std::uint64_t drop_vectors(std::string_view model, Timestamp at, std::string_view by,
                             const std::function<void()>& step);

  /// The run of this file, found or made; remembers how far it came.
  ImportRun import_run(std::string_view file, std::string_view format, std::string_view portal,
                       std::string_view encoding, Timestamp now);
  void import_progress(std::int64_t run, std::uint64_t rows, bool complete, Timestamp now);
  /// Keeps the row unless it is kept already.
  void keep(std::int64_t run, const Rejected& row, Timestamp now);
  void set_reasons(std::uint64_t quarantined, const std::vector<Violation>& violations);
  bool discard(std::uint64_t quarantined);

  void commit();

 private:
  friend class Store;
  struct Hold;
  explicit Transaction(std::unique_ptr<Hold> hold);
  std::unique_ptr<Hold> hold_;
};

class Store {
 public:
  static std::unique_ptr<Store> open(const std::string& path, const OpenOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  Snapshot read() const;
  /// Waits for other writers up to the busy timeout: Busy after that. ReadOnly where it is.
  Transaction write();

  /// Moves what was erased out of the write-ahead log as well. Busy when readers of other processes
  /// hold on to it past the busy timeout.
  void flush_log();
  void backup(const std::string& path, const Task& task) const;

  const std::string& path() const;
  bool read_only() const;
  bool in_memory() const;

  struct Impl;

 private:
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace koinon::store
