// SPDX-License-Identifier: Apache-2.0
//
// The folder of an index: segments, and the states that name them.
//
//   lock               held by the one process that writes here
//   state-N            a state (a checked file): varints of Catalogue and StoredSegment; the
//   greatest N counts N.terms N.postings N.places N.documents    a segment
//
// A state is written beside the one before and moved into place when it is whole and on the disk,
// so a process that is killed leaves the old state or the new one. What no state names is removed
// by the next writer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "index/segment.hpp"
#include "index/segment_writer.hpp"

namespace koinon::index {

/// A segment as a state names it.
struct StoredSegment {
  std::uint64_t number = 0;
  std::vector<std::uint32_t> dead;  // documents, rising
};

/// What a state says.
struct StoredState {
  std::uint64_t change = 0;  // of the catalogue, the last that is in it
  std::uint64_t stamp = 0;   // tells that the catalogue still has that change
  std::uint64_t next_segment = 1;
  std::vector<StoredSegment> segments;
};

/// Four outputs that make the files of one segment.
class SegmentFilesOut {
 public:
  SegmentFilesOut(const std::string& folder, std::uint64_t number);
  SegmentOutputs outputs() { return {terms_, postings_, places_, documents_}; }

 private:
  Output terms_;
  Output postings_;
  Output places_;
  Output documents_;
};

/// Threads: one at a time.
class Folder {
 public:
  /// `kind` tells states of another schema, or of other rules of analysis, from ours. Makes the
  /// folder if that is possible; where it cannot be written, or another process writes it, it is
  /// only read.
  Folder(std::string path, std::uint64_t kind, bool read_only);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  bool writable() const { return lock_ >= 0; }
  /// Why it is not written, for people; "" where it is, or shall not be.
  const std::string& problem() const { return problem_; }
  const std::string& path() const { return path_; }

  /// The newest state that is whole and of our kind; none otherwise.
  std::optional<StoredState> read();
  /// Number of the state that read() found or write() wrote; 0 for none.
  std::uint64_t generation() const { return generation_; }
  /// The greatest number of a state there is.
  std::uint64_t newest() const;
  /// Makes this the state. Errors: Error(InputOutput).
  void write(const StoredState& state);
  /// Throws Error(Damaged) or Error(InputOutput).
  std::shared_ptr<const Segment> open(std::uint64_t number, const Schema& schema) const;
  /// Removes every file that this state does not name.
  void tidy(const StoredState& state);
  /// Whether the state that was read or written last is still there: it may have been taken away.
  bool intact() const;

  /// For a folder that another process writes. Waits until its newest state has this change and no
  /// dead documents, and removes what came before; after the deadline removes all its files: who
  /// writes it notices.
  void clean(std::uint64_t change, std::chrono::steady_clock::time_point deadline) const;

 private:
  // Its number, and what it says.
  std::optional<std::pair<std::uint64_t, StoredState>> newest_whole() const;
  void drop_before(std::uint64_t generation, const StoredState& state) const;
  template <class F>
  void remove_if(F&& unwanted) const;

  std::string path_;
  std::uint64_t kind_;
  int lock_ = -1;
  std::string problem_;
  std::uint64_t generation_ = 0;
};

}  // namespace koinon::index
