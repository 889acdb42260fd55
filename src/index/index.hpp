// SPDX-License-Identifier: Apache-2.0
//
// An index that changes: segments that never do, new ones for what is put, marks for what is
// erased, and merges that keep both few.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "index/folder.hpp"
#include "index/segment_builder.hpp"
#include "index/snapshot.hpp"

namespace koinon::index {

/// Where an index lives.
struct IndexPlace {
  std::string folder;  // "" for memory only
  /// Another number, another index: states on disk of another kind are passed over.
  std::uint64_t kind = 0;
  bool read_only = false;
};

/// Threads: snapshot() and what it gives from any thread, at any time. Of the others one call at a
/// time.
class Index {
 public:
  /// Opens what is on disk; nothing there, or nothing usable, is an empty index. Throws
  /// Error(InvalidArgument) for a schema out of range.
  Index(const Schema& schema, IndexPlace place);
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  /// The last change of the catalogue that a commit told, and the stamp of the last save.
  std::uint64_t change() const { return change_; }
  std::uint64_t stamp() const { return stamp_; }

  /// Forgets all documents. What is on disk stays until save().
  void clear();

  /// Puts a document in the place of the one of that key, if any. Unseen until commit(). Throws
  /// Error(InvalidArgument) for fields that the schema does not have, and Error(InputOutput),
  /// Error(OutOfMemory): then clear() and begin again. O(n log n) in its occurrences.
  void put(DocKey key, const Document& document);
  /// False when there is none. O(segments * log documents).
  bool erase(DocKey key);
  /// Lets the next snapshot() see all that was put and erased. O(documents put), and now and then a
  /// merge of small segments.
  void commit(std::uint64_t change);

  /// Commits, and writes all that is in memory to disk, if it can be written. `stamp` comes back
  /// after opening. Throws Error(InputOutput); the index in memory stays right.
  void save(std::uint64_t change, std::uint64_t stamp);
  /// Whether there is enough in memory that a save pays.
  bool wants_save() const;

  /// Writes every segment with dead documents anew, and saves: no word of what was erased or
  /// replaced is then left in the folder. Snapshots taken before still see it.
  void purge(std::uint64_t stamp);

  /// Whether what it wrote to disk has been taken away: then clear() and begin again.
  bool lost() const { return on_disk() && !folder_->intact(); }
  /// See Folder::clean(). Nothing to do where it is this index that writes the folder. From any
  /// thread.
  void clean_folder(std::uint64_t change, std::chrono::steady_clock::time_point deadline) const {
    if (folder_ && !folder_->writable()) folder_->clean(change, deadline);
  }

  /// Merges all segments into one, now.
  void optimise();

  /// Looks whether another process has saved a newer state, and takes it. Only where this one may
  /// not write; what was put here is forgotten then.
  bool refresh();

  std::shared_ptr<const Snapshot> snapshot() const;
  bool writable() const { return !folder_ || folder_->writable(); }
  /// Why nothing is written to the folder, for people; "" where it is, or there is none.
  std::string problem() const { return folder_ ? folder_->problem() : std::string(); }
  bool on_disk() const { return folder_ && folder_->writable(); }
  /// Bytes of its own, not counting mapped files.
  std::size_t memory_bytes() const;

 private:
  struct Work {
    SegmentState state;
    std::shared_ptr<Bits> dead;  // not yet in any snapshot; null when state.dead holds
    bool disk = false;
  };

  bool load();
  void check(const Document& document) const;
  bool bury(DocKey key);
  void bury(Work& work, std::uint32_t document);
  void add(std::shared_ptr<const Segment> segment, std::uint64_t number, bool disk);
  void spill();
  void publish();
  void merge_small();
  std::shared_ptr<const Segment> merged(const std::vector<SegmentState>& from, std::uint64_t number,
                                        bool disk, const std::function<void()>& pace) const;
  void replace(const std::vector<SegmentState>& from, std::shared_ptr<const Segment> by,
               std::uint64_t number, bool disk);
  void write_state(std::uint64_t stamp);
  void merge_now(const std::vector<SegmentState>& from, bool disk);

  void wake_merger();
  void run_merger();
  void stop_merger();
  std::vector<SegmentState> pick_large() const;

  Schema schema_;
  FieldWeights fields_;
  std::optional<Folder> folder_;
  std::uint64_t change_ = 0;
  std::uint64_t stamp_ = 0;
  std::unique_ptr<SegmentBuilder> builder_;

  mutable std::mutex guard_;  // over what follows
  std::vector<Work> works_;
  std::uint64_t next_segment_ = 1;
  bool uncommitted_ = false;  // works_ hold more than snapshots may show

  mutable std::mutex snapshot_guard_;  // only for as long as a pointer is copied
  std::shared_ptr<const Snapshot> snapshot_;

  // The thread that merges large segments.
  std::thread merger_;
  std::condition_variable wake_;
  bool stop_ = false;
  bool merge_wanted_ = false;
};

}  // namespace koinon::index
