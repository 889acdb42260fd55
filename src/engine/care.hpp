// SPDX-License-Identifier: Apache-2.0
//
// Looking after a catalogue: erasing for good, checking, writing it out.
#pragma once

#include <functional>
#include <string>

#include "koinon/catalogue.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Erases every version of the record, takes references to it out of present records, and out of
/// quarantine the rows that hold its id or an identifier. Between that and taking the last traces
/// out of the write-ahead log `let_go` is called with the change: for readers that hold the log.
/// NotFound, Erased, Busy.
void erase_record(store::Store& store, const std::string& id, std::string_view by, const Task& task,
                  const std::function<void(std::uint64_t)>& let_go);

CheckReport check(const store::Store& store, const Task& task);

std::uint64_t export_lines(const store::Store& store, const Catalogue::LineSink& sink, bool history,
                           const Task& task);

/// Into a file beside `path` that takes its place once it is whole and on disk.
std::uint64_t export_file(const store::Store& store, const std::string& path, bool history,
                          const Task& task);

}  // namespace koinon::engine
