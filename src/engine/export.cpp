// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "engine/care.hpp"
#include "engine/change.hpp"
#include "engine/matching.hpp"
#include "engine/replaced_file.hpp"
#include "engine/ticker.hpp"
#include "exchange/koinon_lines.hpp"

namespace koinon::engine {

namespace {

std::uint64_t export_state(store::Snapshot& snapshot, const Catalogue::LineSink& sink,
                           const Task& task) {
  Ticker ticker(task, "export", snapshot.present_records());
  std::uint64_t lines = 1;
  sink(exchange::state_header());
  // What was taken back is history, and stands there with what took it back.
  const std::unordered_set<std::string> spent = spent_decisions(snapshot);
  snapshot.each_present(true, [&](const store::RecordRow& row, const store::Entry& entry) {
    ticker.step();
    if (row.kind == RecordKind::MatchDecision && spent.count(row.id) > 0) return true;
    sink(exchange::state_line(row.id, row.kind, row.version, row.created, entry.at, entry.body));
    ++lines;
    return true;
  });
  return lines;
}

std::uint64_t export_history(store::Snapshot& snapshot, const Catalogue::LineSink& sink,
                             const Task& task) {
  Ticker ticker(task, "export", snapshot.last_change());
  std::uint64_t lines = 1;
  sink(exchange::history_header());
  snapshot.follow(0, 0, [&](const store::Entry& entry) {
    ticker.step();
    if (entry.what == ChangeKind::Vectors) return true;  // they stay behind, and so does this
    Timestamp created = 0;
    if (entry.previous == 0) {
      // The first entry of a record is its birth, unless it came with a past that is not here.
      const auto row = snapshot.find(entry.seq);
      if (row && row->created != entry.at) created = row->created;
    }
    sink(exchange::history_line(change_of(entry), created, entry.scrubbed));
    ++lines;
    return true;
  });
  return lines;
}

}  // namespace

std::uint64_t export_lines(const store::Store& store, const Catalogue::LineSink& sink, bool history,
                           const Task& task) {
  store::Snapshot snapshot = store.read();
  return history ? export_history(snapshot, sink, task) : export_state(snapshot, sink, task);
}

std::uint64_t export_file(const store::Store& store, const std::string& path, bool history,
                          const Task& task) {
  std::error_code unknown;
  if (std::filesystem::equivalent(path, store.path(), unknown))
    throw Error(ErrorCode::InvalidArgument, "an export must not replace the catalogue itself");
  ReplacedFile file(path);
  const auto put = [&](std::string_view line) {
    file.write(line);
    file.write("\n");
  };
  const std::uint64_t lines = export_lines(store, put, history, task);
  file.finish();
  return lines;
}

}  // namespace koinon::engine
