// SPDX-License-Identifier: Apache-2.0
//
// Records by id and by whom they name, decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/kinds.hpp"
#include "koinon/records.hpp"
#include "store/store.hpp"

namespace koinon::engine {

template <class T>
struct Told {
  std::string id;
  T record;
};

/// The kind of a record type.
template <class T>
RecordKind kind_for() {
  return kind_of(Record(T{}));
}

/// The present record, or nothing.
std::optional<Record> present_record(store::Reader& reader, const std::string& id);

/// The same where it is of one kind.
template <class T>
std::optional<T> present(store::Reader& reader, const std::string& id) {
  auto record = present_record(reader, id);
  if (!record || !std::holds_alternative<T>(*record)) return std::nullopt;
  return std::get<T>(std::move(*record));
}

/// The row of a record, which may be removed. Throws Error(NotFound, Erased).
store::RecordRow known_row(store::Reader& reader, const std::string& id);

/// Throws Error(NotFound, Erased, InvalidArgument) unless it is one of an organisation.
void check_organisation(store::Reader& reader, const std::string& id);

/// The present record. Throws Error(NotFound, Erased).
Record known_record(store::Reader& reader, const std::string& id);

[[noreturn]] void refuse_kind(const std::string& id, RecordKind kind, const char* what);

/// The same where it is of one kind, called `what` ("a centre"). Throws Error(InvalidArgument) too.
template <class T>
T known_record(store::Reader& reader, const std::string& id, const char* what) {
  Record record = known_record(reader, id);
  if (!std::holds_alternative<T>(record)) refuse_kind(id, kind_of(record), what);
  return std::get<T>(std::move(record));
}

/// Throws Error(ReadOnly) where the file, of an earlier version and opened for reading alone, does
/// not keep who names whom.
std::vector<Record> linked_records(store::Reader& reader, const std::string& target,
                                   RecordKind kind, std::vector<std::string>& ids);

/// Present records of a type that name this one, the oldest first.
template <class T>
std::vector<Told<T>> linked(store::Reader& reader, const std::string& target) {
  std::vector<std::string> ids;
  std::vector<Record> records = linked_records(reader, target, kind_for<T>(), ids);
  std::vector<Told<T>> told;
  for (std::size_t i = 0; i < records.size(); ++i)
    told.push_back({std::move(ids[i]), std::get<T>(std::move(records[i]))});
  return told;
}

/// Every present record of a type, by id.
template <class T, class Each>
void each_record(store::Reader& reader, Each&& each) {
  for (const std::string& id : reader.all_ids(kind_for<T>())) {
    auto record = present_record(reader, id);
    if (record && std::holds_alternative<T>(*record)) each(id, std::get<T>(std::move(*record)));
  }
}

/// What people call records, and where organisations are, each read once.
class Shown {
 public:
  explicit Shown(store::Reader& reader) : reader_(reader) {}

  struct Facts {
    std::string title;
    std::string country;
    std::string kind;   // of an organisation
    std::string state;  // of a case study
    bool present = false;
  };
  /// Of a record that is not there its id.
  const Facts& of(const std::string& id);
  const std::string& title(const std::string& id) { return of(id).title; }

 private:
  store::Reader& reader_;
  std::map<std::string, Facts> facts_;
};

}  // namespace koinon::engine
