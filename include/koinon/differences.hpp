// SPDX-License-Identifier: Apache-2.0
//
// What changed between two versions of a record, as a person reads it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// A run of words that both texts have, or one of them.
struct WordRun {
  std::string what;  // "same", "removed", "added"
  std::string text;
};

/// One field that is not the same.
struct FieldDifference {
  std::string path;  // "title", "participations[2].role"; places are those of the later version,
                     // of what was removed those of the earlier
  std::string language;        // of a text in languages, else ""
  std::string what;            // "added", "removed", "changed"
  std::string before;          // for people; "" for what was added
  std::string after;           // for people; "" for what was removed
  std::vector<WordRun> words;  // of a text that changed: both, woven together
};

/// One of the two versions.
struct ComparedVersion {
  std::uint64_t version = 0;
  std::uint64_t change = 0;
  Timestamp at = 0;
  std::string by;
};

struct Differences {
  std::string id;
  RecordKind kind = RecordKind::Organisation;
  ComparedVersion from;
  ComparedVersion to;
  std::vector<FieldDifference> fields;  // in the order of records.hpp
};

/// As the C API gives it.
std::string to_json(const Differences& differences);

}  // namespace koinon
