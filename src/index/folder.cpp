// SPDX-License-Identifier: Apache-2.0
#include "index/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "index/varint.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view state_prefix = "state-";

std::string file_of(const std::string& folder, std::uint64_t segment, const char* part) {
  return folder + '/' + std::to_string(segment) + '.' + part;
}

std::string state_file(const std::string& folder, std::uint64_t generation) {
  return folder + '/' + std::string(state_prefix) + std::to_string(generation);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

// The generations of all states, greatest first.
std::vector<std::uint64_t> generations(const std::string& folder) {
  std::vector<std::uint64_t> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(state_prefix)) continue;
    if (const auto number = number_in(std::string_view(name).substr(state_prefix.size())))
      found.push_back(*number);
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

void sync_folder(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

std::vector<std::uint8_t> encode(const StoredState& state) {
  std::vector<std::uint8_t> bytes;
  append_varint(bytes, state.change);
  append_varint(bytes, state.stamp);
  append_varint(bytes, state.next_segment);
  append_varint(bytes, state.segments.size());
  for (const StoredSegment& segment : state.segments) {
    append_varint(bytes, segment.number);
    append_varint(bytes, segment.dead.size());
    std::uint32_t before = 0;
    for (const std::uint32_t document : segment.dead) {
      append_varint(bytes, document - before);
      before = document;
    }
  }
  return bytes;
}

StoredState decode(const Input& input) {
  const std::uint8_t* at = input.range(0, input.size());
  VarintReader reader(at, at + input.size());
  StoredState state;
  state.change = reader.next64();
  state.stamp = reader.next64();
  state.next_segment = reader.next64();
  for (std::uint64_t left = reader.next64(); left > 0; --left) {
    StoredSegment& segment = state.segments.emplace_back();
    segment.number = reader.next64();
    std::uint32_t document = 0;
    for (std::uint64_t dead = reader.next64(); dead > 0; --dead)
      segment.dead.push_back(document += reader.next());
  }
  return state;
}

}  // namespace

SegmentFilesOut::SegmentFilesOut(const std::string& folder, std::uint64_t number)
    : terms_(file_of(folder, number, segment_parts[0]), number),
      postings_(file_of(folder, number, segment_parts[1]), number),
      places_(file_of(folder, number, segment_parts[2]), number),
      documents_(file_of(folder, number, segment_parts[3]), number) {}

Folder::Folder(std::string path, std::uint64_t kind, bool read_only)
    : path_(std::move(path)), kind_(kind) {
  if (read_only) return;
  std::error_code error;
  fs::create_directories(path_, error);
  lock_ = ::open((path_ + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) {
    problem_ = path_ + " cannot be written: " + std::generic_category().message(errno);
  } else if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    // Whoever has it has it until the process ends, however that comes about.
    ::close(std::exchange(lock_, -1));
    problem_ = path_ + " is written by another process, or by another handle of this one";
  }
}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
}

std::uint64_t Folder::newest() const {
  const auto found = generations(path_);
  return found.empty() ? 0 : found[0];
}

std::optional<std::pair<std::uint64_t, StoredState>> Folder::newest_whole() const {
  for (const std::uint64_t generation : generations(path_)) {
    try {
      return std::pair(generation, decode(Input(state_file(path_, generation), kind_)));
    } catch (const Error&) {
      // Damaged, of another kind, or just removed: an older one may do.
    }
  }
  return std::nullopt;
}

std::optional<StoredState> Folder::read() {
  auto found = newest_whole();
  if (!found) return std::nullopt;
  generation_ = found->first;
  return std::move(found->second);
}

void Folder::write(const StoredState& state) {
  const std::uint64_t generation = std::max(generation_, newest()) + 1;
  const std::string path = state_file(path_, generation);
  {
    Output out(path + ".part", kind_);
    out.append(encode(state));
    out.finish();
  }
  std::error_code error;
  fs::rename(path + ".part", path, error);
  if (error) throw Error(ErrorCode::InputOutput, path + " cannot be made: " + error.message());
  sync_folder(path_);
  generation_ = generation;
}

std::shared_ptr<const Segment> Folder::open(std::uint64_t number, const Schema& schema) const {
  return std::make_shared<const Segment>(
      SegmentFiles{Input(file_of(path_, number, segment_parts[0]), number),
                   Input(file_of(path_, number, segment_parts[1]), number),
                   Input(file_of(path_, number, segment_parts[2]), number),
                   Input(file_of(path_, number, segment_parts[3]), number)},
      schema);
}

template <class F>
void Folder::remove_if(F&& unwanted) const {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(path_, error), end; !error && at != end; at.increment(error)) {
    if (unwanted(at->path().filename().string())) found.push_back(at->path());
  }
  for (const fs::path& file : found) fs::remove(file, error);
}

void Folder::tidy(const StoredState& state) {
  std::set<std::string> wanted = {"lock", std::string(state_prefix) + std::to_string(generation_)};
  for (const StoredSegment& segment : state.segments) {
    for (const char* part : segment_parts)
      wanted.insert(std::to_string(segment.number) + '.' + part);
  }
  remove_if([&](const std::string& name) { return wanted.count(name) == 0; });
}

// The writer removes these as well, right after the state: but perhaps only a moment from now.
void Folder::drop_before(std::uint64_t generation, const StoredState& state) const {
  std::set<std::uint64_t> named;
  for (const StoredSegment& segment : state.segments) named.insert(segment.number);
  const auto before = [&](const std::string& name) {
    if (name.starts_with(state_prefix)) {
      const auto number = number_in(std::string_view(name).substr(state_prefix.size()));
      return number && *number < generation;
    }
    // Later numbers are those of segments on their way into the next state.
    const auto number = number_in(std::string_view(name).substr(0, name.find('.')));
    return number && *number < state.next_segment && named.count(*number) == 0;
  };
  remove_if(before);
}

bool Folder::intact() const {
  std::error_code error;
  return generation_ == 0 || fs::exists(state_file(path_, generation_), error);
}

void Folder::clean(std::uint64_t change, std::chrono::steady_clock::time_point deadline) const {
  constexpr std::chrono::milliseconds between_looks(20);
  for (;;) {
    const auto state = newest_whole();
    const bool clean = state && state->second.change >= change &&
                       std::all_of(state->second.segments.begin(), state->second.segments.end(),
                                   [](const StoredSegment& each) { return each.dead.empty(); });
    if (clean) return drop_before(state->first, state->second);
    if (generations(path_).empty()) return;
    if (std::chrono::steady_clock::now() >= deadline) break;
    std::this_thread::sleep_for(between_looks);
  }
  // States first: without them the other files mean nothing.
  remove_if([](const std::string& name) { return name.starts_with(state_prefix); });
  remove_if([](const std::string& name) { return name != "lock"; });
}

}  // namespace koinon::index
