// SPDX-License-Identifier: Apache-2.0
#include "index/index.hpp"

#include <sched.h>

#include <algorithm>
#include <map>
#include <utility>

#include "index/merge.hpp"
#include "index/norms.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

// What a builder holds before it is written: small enough to leave room to others, large enough
// that a load of some hundred thousand records makes few segments.
constexpr std::size_t builder_bytes = std::size_t{48} << 20;
// Segments of one size, within a factor of `tier`, are merged when there are so many.
constexpr std::uint32_t tier = 8;
// Below this many documents a merge takes less time than it takes to tell another thread.
constexpr std::uint32_t small_documents = 2048;
// Documents in memory from which writing them down pays.
constexpr std::uint32_t save_documents = 20000;

unsigned tier_of(std::uint32_t documents) {
  unsigned number = 0;
  for (; documents >= tier; documents /= tier) ++number;
  return number;
}

struct Stopped {};

}  // namespace

// ---- Opening -----------------------------------------------------------------------------------

Index::Index(const Schema& schema, IndexPlace place)
    : schema_(schema),
      fields_(schema),
      builder_(std::make_unique<SegmentBuilder>(schema_, fields_)) {
  if (!place.folder.empty()) folder_.emplace(std::move(place.folder), place.kind, place.read_only);
  if (!folder_ || !load()) publish();
}

Index::~Index() {
  stop_merger();
}

// The newest state whose segments can all be opened.
bool Index::load() {
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::optional<StoredState> state = folder_->read();
    if (!state) return false;
    try {
      std::vector<Work> works;
      for (const StoredSegment& stored : state->segments) {
        Work work;
        work.state.segment = folder_->open(stored.number, schema_);
        work.state.number = stored.number;
        work.disk = true;
        for (const std::uint32_t document : stored.dead) {
          if (document >= work.state.segment->documents())
            throw Error(ErrorCode::Damaged, "a state of the search index is damaged");
          bury(work, document);
        }
        works.push_back(std::move(work));
      }
      const std::lock_guard lock(guard_);
      works_ = std::move(works);
      next_segment_ = std::max(next_segment_, state->next_segment);
      change_ = state->change;
      stamp_ = state->stamp;
      publish();
      return true;
    } catch (const Error&) {
      // The writer may just have replaced it; otherwise it is damaged, and everything is built
      // anew.
      if (folder_->newest() == folder_->generation()) return false;
    }
  }
  return false;
}

bool Index::refresh() {
  if (!folder_ || folder_->writable() || folder_->newest() <= folder_->generation()) return false;
  const std::uint64_t before = change_;
  builder_ = std::make_unique<SegmentBuilder>(schema_, fields_);
  return load() && change_ != before;
}

void Index::clear() {
  stop_merger();
  const std::lock_guard lock(guard_);
  builder_ = std::make_unique<SegmentBuilder>(schema_, fields_);
  works_.clear();
  change_ = 0;
  stamp_ = 0;
  publish();
}

// ---- Writing -----------------------------------------------------------------------------------

void Index::check(const Document& document) const {
  const auto fits = [](const auto& all, std::size_t below) {
    return std::all_of(all.begin(), all.end(), [&](const auto& one) { return one.field < below; });
  };
  if (!fits(document.occurrences(), fields_.fields()) ||
      !fits(document.facets(), schema_.facet_fields) ||
      !fits(document.numbers(), schema_.number_fields)) {
    throw Error(ErrorCode::InvalidArgument, "the index has no such field");
  }
  const std::size_t numbers = document.vectors().size();
  if (numbers != 0 && (schema_.dimension == 0 || numbers % schema_.dimension != 0)) {
    throw Error(ErrorCode::InvalidArgument, "a vector of a document has " +
                                                std::to_string(numbers) + " numbers, not " +
                                                std::to_string(schema_.dimension));
  }
}

void Index::bury(Work& work, std::uint32_t document) {
  SegmentState& state = work.state;
  if (!work.dead) {
    work.dead = state.dead ? std::make_shared<Bits>(*state.dead)
                           : std::make_shared<Bits>(state.segment->documents());
  }
  work.dead->set(document);
  ++state.dead_count;
  state.dead_length += decoded_length(state.segment->length_codes()[document]);
}

bool Index::bury(DocKey key) {
  for (auto work = works_.rbegin(); work != works_.rend(); ++work) {
    const std::uint32_t document = work->state.segment->find(key);
    if (document == no_document) continue;
    const bool dead = work->dead ? work->dead->test(document) : work->state.is_dead(document);
    if (dead) continue;
    bury(*work, document);
    return true;
  }
  return false;
}

void Index::put(DocKey key, const Document& document) {
  check(document);
  erase(key);
  builder_->put(key, document);
  if (builder_->memory_bytes() > builder_bytes) spill();
}

bool Index::erase(DocKey key) {
  if (builder_->erase(key)) return true;
  const std::lock_guard lock(guard_);
  if (!bury(key)) return false;
  uncommitted_ = true;
  return true;
}

void Index::add(std::shared_ptr<const Segment> segment, std::uint64_t number, bool disk) {
  Work work;
  work.state.segment = std::move(segment);
  work.state.number = number;
  work.disk = disk;
  works_.push_back(std::move(work));
}

// Turns the builder into a segment, on disk if it is large and there is a disk.
void Index::spill() {
  if (builder_->empty()) {
    builder_ = std::make_unique<SegmentBuilder>(schema_, fields_);
    return;
  }
  const bool disk = on_disk() && builder_->memory_bytes() > builder_bytes;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(guard_);
    number = next_segment_++;
  }
  std::shared_ptr<const Segment> segment;
  if (disk) {
    SegmentFilesOut files(folder_->path(), number);
    builder_->write(files.outputs());
    segment = folder_->open(number, schema_);
  } else {
    segment = builder_->segment();
  }
  builder_ = std::make_unique<SegmentBuilder>(schema_, fields_);
  const std::lock_guard lock(guard_);
  add(std::move(segment), number, disk);
  uncommitted_ = true;
}

// Under the guard, or before anybody else knows of us.
void Index::publish() {
  std::vector<SegmentState> states;
  for (Work& work : works_) {
    if (work.dead) work.state.dead = std::move(work.dead);
    work.dead = nullptr;
    states.push_back(work.state);
  }
  auto snapshot = std::make_shared<const Snapshot>(schema_, std::move(states));
  uncommitted_ = false;
  const std::lock_guard lock(snapshot_guard_);
  snapshot_.swap(snapshot);
}

std::shared_ptr<const Snapshot> Index::snapshot() const {
  const std::lock_guard lock(snapshot_guard_);
  return snapshot_;
}

void Index::commit(std::uint64_t change) {
  if (!builder_->empty()) spill();
  {
    const std::lock_guard lock(guard_);
    std::erase_if(works_, [](const Work& work) { return work.state.live() == 0; });
    publish();
    change_ = change;
  }
  merge_small();
  wake_merger();
}

// ---- Merging -----------------------------------------------------------------------------------

std::shared_ptr<const Segment> Index::merged(const std::vector<SegmentState>& from,
                                             std::uint64_t number, bool disk,
                                             const std::function<void()>& pace) const {
  std::vector<MergeSource> sources;
  for (const SegmentState& state : from) sources.push_back({state.segment, state.dead});
  if (disk) {
    SegmentFilesOut files(folder_->path(), number);
    merge(sources, schema_, fields_, files.outputs(), pace);
    return folder_->open(number, schema_);
  }
  Output terms;
  Output postings;
  Output places;
  Output documents;
  merge(sources, schema_, fields_, {terms, postings, places, documents}, pace);
  return std::make_shared<const Segment>(
      SegmentFiles{Input(terms.take()), Input(postings.take()), Input(places.take()),
                   Input(documents.take())},
      schema_);
}

// Under the guard. What died in the sources since they were read dies in the merged segment as
// well.
void Index::replace(const std::vector<SegmentState>& from, std::shared_ptr<const Segment> by,
                    std::uint64_t number, bool disk) {
  Work work;
  work.state.segment = std::move(by);
  work.state.number = number;
  work.disk = disk;
  for (const SegmentState& source : from) {
    const auto now = std::find_if(works_.begin(), works_.end(), [&](const Work& each) {
      return each.state.number == source.number;
    });
    // A source that is gone had nothing left alive.
    const bool gone = now == works_.end();
    for (std::uint32_t i = 0; i < source.segment->documents(); ++i) {
      const bool dead = gone || (now->dead ? now->dead->test(i) : now->state.is_dead(i));
      if (!dead || source.is_dead(i)) continue;
      const std::uint32_t document = work.state.segment->find(source.segment->key(i));
      if (document != no_document) bury(work, document);
    }
    if (!gone) works_.erase(now);
  }
  if (work.state.live() > 0) works_.push_back(std::move(work));
  if (!uncommitted_) publish();
}

void Index::merge_now(const std::vector<SegmentState>& from, bool disk) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(guard_);
    number = next_segment_++;
  }
  auto segment = merged(from, number, disk, nullptr);
  const std::lock_guard lock(guard_);
  replace(from, std::move(segment), number, disk);
}

// Keeps the small segments in memory few: as many of one tier as there are digits to the base of
// it.
void Index::merge_small() {
  for (;;) {
    std::vector<SegmentState> chosen;
    {
      const std::lock_guard lock(guard_);
      std::map<unsigned, std::vector<SegmentState>> tiers;
      for (const Work& work : works_) {
        const std::uint32_t live = work.state.live();
        if (!work.disk && live < small_documents) tiers[tier_of(live)].push_back(work.state);
      }
      for (auto& [number, states] : tiers) {
        if (states.size() >= tier && chosen.empty()) chosen = std::move(states);
      }
    }
    if (chosen.empty()) return;
    merge_now(chosen, false);
  }
}

// Under the guard: what the merging thread should take on, or nothing.
std::vector<SegmentState> Index::pick_large() const {
  std::map<unsigned, std::vector<SegmentState>> tiers;
  for (const Work& work : works_) {
    const SegmentState& state = work.state;
    if (work.dead) continue;  // just being changed
    const bool mostly_dead = state.dead_count > state.segment->documents() / 4;
    if (work.disk && mostly_dead) return {state};
    if (work.disk == on_disk() && state.live() >= small_documents)
      tiers[tier_of(state.live())].push_back(state);
  }
  for (auto& [number, states] : tiers) {
    if (states.size() >= tier) return std::move(states);
  }
  return {};
}

void Index::wake_merger() {
  const std::lock_guard lock(guard_);
  if (stop_ || pick_large().empty()) return;
  merge_wanted_ = true;
  if (!merger_.joinable()) merger_ = std::thread([this] { run_merger(); });
  wake_.notify_one();
}

void Index::run_merger() {
#ifdef SCHED_IDLE
  // Readers and writers come first: this runs where a processor has nothing else to do.
  const sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);
#endif
  const auto pace = [this] {
    const std::lock_guard lock(guard_);
    if (stop_) throw Stopped();
  };
  std::unique_lock lock(guard_);
  for (;;) {
    wake_.wait(lock, [this] { return stop_ || merge_wanted_; });
    if (stop_) return;
    merge_wanted_ = false;
    const std::vector<SegmentState> chosen = pick_large();
    if (chosen.empty()) continue;
    const std::uint64_t number = next_segment_++;
    const bool disk = on_disk();
    lock.unlock();
    std::shared_ptr<const Segment> segment;
    try {
      segment = merged(chosen, number, disk, pace);
    } catch (const Stopped&) {
    } catch (const std::exception&) {
      // A disk that is full, a damaged source: the segments stay as they are, and are right.
    }
    lock.lock();
    if (!segment) continue;
    replace(chosen, std::move(segment), number, disk);
    merge_wanted_ = true;  // perhaps there is more
  }
}

void Index::stop_merger() {
  {
    const std::lock_guard lock(guard_);
    stop_ = true;
    wake_.notify_one();
  }
  if (merger_.joinable()) merger_.join();
  const std::lock_guard lock(guard_);
  stop_ = false;
  merge_wanted_ = false;
}

void Index::optimise() {
  stop_merger();
  if (!builder_->empty()) spill();
  std::vector<SegmentState> all;
  {
    const std::lock_guard lock(guard_);
    publish();
    for (const Work& work : works_) all.push_back(work.state);
  }
  if (all.size() > 1 || (all.size() == 1 && all[0].dead_count > 0)) merge_now(all, on_disk());
}

// ---- Keeping -----------------------------------------------------------------------------------

bool Index::wants_save() const {
  if (!on_disk()) return false;
  const std::lock_guard lock(guard_);
  std::uint32_t documents = 0;
  for (const Work& work : works_) documents += work.disk ? 0 : work.state.segment->documents();
  return documents >= save_documents;
}

void Index::write_state(std::uint64_t stamp) {
  StoredState state;
  state.change = change_;
  state.stamp = stamp;
  {
    const std::lock_guard lock(guard_);
    state.next_segment = next_segment_;
    for (const Work& work : works_) {
      StoredSegment& stored = state.segments.emplace_back();
      stored.number = work.state.number;
      for (std::uint32_t i = 0; i < work.state.segment->documents(); ++i) {
        if (work.state.is_dead(i)) stored.dead.push_back(i);
      }
    }
  }
  folder_->write(state);
  folder_->tidy(state);
  stamp_ = stamp;
}

void Index::save(std::uint64_t change, std::uint64_t stamp) {
  commit(change);
  if (!on_disk()) return;
  // Nothing may come into being beside what the state names, or be removed by tidying.
  stop_merger();
  std::vector<SegmentState> loose;
  {
    const std::lock_guard lock(guard_);
    for (const Work& work : works_) {
      if (!work.disk) loose.push_back(work.state);
    }
  }
  if (!loose.empty()) merge_now(loose, true);
  write_state(stamp);
  wake_merger();
}

void Index::purge(std::uint64_t stamp) {
  stop_merger();
  if (!builder_->empty()) spill();
  std::vector<SegmentState> touched;
  {
    const std::lock_guard lock(guard_);
    publish();
    for (const Work& work : works_) {
      if (work.state.dead_count > 0) touched.push_back(work.state);
    }
  }
  for (const SegmentState& state : touched) merge_now({state}, on_disk());
  save(change_, stamp);
}

std::size_t Index::memory_bytes() const {
  const std::lock_guard lock(guard_);
  std::size_t bytes = builder_->memory_bytes();
  for (const Work& work : works_) {
    bytes += work.state.segment->memory_bytes();
    if (work.state.dead) bytes += work.state.dead->word_count() * sizeof(std::uint64_t);
  }
  return bytes;
}

}  // namespace koinon::index
