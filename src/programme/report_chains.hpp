// SPDX-License-Identifier: Apache-2.0
//
// What records are counted by that others tell: the programme of a project by its call, the country
// of an award by who is given it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "programme/report_columns.hpp"

namespace koinon::programme {

/// The number of the record with an id, whatever became of it; none where there never was one.
using NumberOf = std::function<std::optional<std::int64_t>(const std::string& id)>;

/// Codes of the records of a kind in one dimension.
struct ToldSets {
  graph::CodeSets sets;
  std::vector<std::uint32_t> of;  // by number of a record: of sets
};

/// Follows what records name, for one report. docs/reference/reports.md says which way for which
/// kind.
class ReportChains {
 public:
  /// Borrows both. Members count that were so at any time from one day to another.
  ReportChains(const ReportColumns& columns, const NumberOf& number_of, std::int32_t from,
               std::int32_t to);

  /// For is_chained(dimension, kind). O(records of all kinds + links of those of the kind).
  ToldSets told(Dimension dimension, RecordKind kind);

  /// The id of the programme that is called so, where it is one alone; else what is given.
  const std::string& programme_called(const std::string& name) const;

 private:
  using Codes = std::vector<std::string>;

  std::uint32_t record(std::uint32_t place, RecordKind kind);
  template <class F>
  void each(std::uint32_t number, Tie tie, RecordKind kind, F&& f);
  std::uint32_t bid_of(std::uint32_t award);
  void find_awards();
  template <class F>
  void each_bid(std::uint32_t project, F&& f);

  Codes codes(Dimension dimension, RecordKind kind, std::uint32_t number);
  void add_own(Dimension dimension, std::uint32_t number, Codes& codes) const;
  void add_programme_of_call(std::uint32_t call, Codes& codes) const;
  void add_programmes(std::uint32_t number, Codes& codes);
  void add_programmes_of_project(std::uint32_t project, Codes& codes);
  Codes programmes(RecordKind kind, std::uint32_t number);
  Codes calls(RecordKind kind, std::uint32_t number);
  Codes themes(std::uint32_t award);
  Codes countries(RecordKind kind, std::uint32_t number);

  const ReportColumns& columns_;
  const NumberOf& number_of_;
  std::int32_t from_;
  std::int32_t to_;
  std::vector<const std::string*> ids_;
  std::vector<std::uint32_t> looked_up_;  // by place: 0 not yet, else one more than the number
  std::unordered_map<std::string, std::string> programmes_;  // by what they are called
  // Awards by the project that they became.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> awards_;
};

}  // namespace koinon::programme
