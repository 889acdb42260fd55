// SPDX-License-Identifier: Apache-2.0
//
// What reports count, as columns by the number of a record: a report over a hundred thousand
// records reads some bytes of each and decodes none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/code_sets.hpp"
#include "koinon/records.hpp"

namespace koinon::programme {

/// Position in `dimension_names`.
enum class Dimension : std::uint8_t {
  Country,
  Theme,
  TargetGroup,
  Objective,
  Principle,
  State,
  Stage,
  Level,
  Type,
  Running,
  Year,
  Fund,
  Programme,
  CostForm,
  Call,
  Model,
  Side,
  Channel,
  Language,
  Outcome,
  Evidence,
  Independence,
};

struct DimensionInfo {
  const char* name;
  const char* vocabulary;  // of its codes; "" where they are no vocabulary's
};

inline constexpr std::array<DimensionInfo, 22> dimension_infos = {
    {{"country", "countries"},
     {"theme", "social-themes"},
     {"target-group", "target-groups"},
     {"objective", "objectives"},
     {"principle", "pillar-principles"},
     {"state", ""},  // by the kind
     {"stage", "stages"},
     {"level", "levels-of-action"},
     {"type", ""},  // by the kind
     {"running", "running-states"},
     {"year", ""},
     {"fund", "funds"},
     {"programme", ""},
     {"cost-form", "cost-forms"},
     {"call", ""},
     {"model", "call-models"},
     {"side", "offer-sides"},
     {"channel", "dissemination-channels"},
     {"language", "languages"},
     {"outcome", "pilot-outcomes"},
     {"evidence", "maryland-scale"},
     {"independence", "evaluator-independence"}}};

/// Whether records of the kind have codes in the dimension from others that they name, or that name
/// them (report_chains.hpp).
bool is_chained(Dimension dimension, RecordKind kind);
std::optional<Dimension> dimension_named(std::string_view name);
/// The dimensions in which a record of the kind can tell anything, in the order of the enumeration.
std::vector<Dimension> dimensions_of(RecordKind kind);
/// The vocabulary of a dimension's codes for a kind; "" where there is none.
std::string_view vocabulary_of(Dimension dimension, RecordKind kind);

/// What the sums of a kind are of; at most `most_measures`.
inline constexpr std::size_t most_measures = 2;
std::vector<std::string> measures_of(RecordKind kind);

/// What one record is to another that it names.
enum class Tie : std::uint8_t { Call, Consortium, Project, Programme, Member };

/// Threads: one writes, or any number read.
class ReportColumns {
 public:
  /// The record of this number from now on; null takes it away. The same again changes nothing.
  /// O(codes that it tells · log sets).
  void set(std::int64_t number, std::string_view id, const Record* record);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(kinds_.size()); }
  bool is(std::uint32_t number, RecordKind kind) const noexcept {
    return kinds_[number] == static_cast<std::uint8_t>(kind);
  }
  /// The set of a record's codes as a number of sets(dimension), of what it refers to where that
  /// tells it: a case study has the stage of its initiative.
  std::uint32_t set_of(Dimension dimension, std::uint32_t number) const noexcept;
  const graph::CodeSets& sets(Dimension dimension) const noexcept {
    return codes_[static_cast<std::size_t>(dimension)];
  }

  /// A record that another names, by its place among all that are named (referred_ids()).
  struct Link {
    std::uint32_t other = 0;
    Tie tie = Tie::Call;
    std::int32_t from = 0;  // of a member: first and last day, within the whole
    std::int32_t to = 0;
    std::uint32_t next = nothing;  // of the same record
  };
  /// Calls f(link) for each record that this one names, in no order. O(links).
  template <class F>
  void each_link(std::uint32_t number, F&& f) const {
    for (std::uint32_t at = links_[number]; at != nothing; at = link_pool_[at].next)
      f(link_pool_[at]);
  }
  /// The bid of an award, as a place among all that are named; `nothing` where none is told.
  std::uint32_t bid_of(std::uint32_t award) const noexcept { return refers_to_[award]; }
  /// The place of a record that may be named, where it is known to be one.
  std::uint32_t place_of(std::uint32_t number) const noexcept { return own_[number]; }
  /// The record at a place; `nothing` where it is not there, or was before anything named it.
  std::uint32_t at_place(std::uint32_t place) const noexcept { return number_of_referred_[place]; }
  /// Ids by place. O(all that are named).
  std::vector<const std::string*> referred_ids() const;

  /// Where an organisation has its seat.
  const graph::CodeSets& seats() const noexcept { return seats_; }
  /// How the programmes are called: names in any language, and codes, by number.
  const std::map<std::uint32_t, std::vector<std::string>>& called() const noexcept {
    return called_;
  }

  /// The best level of the studies about each record of a kind, and for a case study about its
  /// initiative. O(records).
  graph::CodeSets evidence_of(RecordKind kind) const;

  /// First and last day that it runs, as far as told.
  struct Days {
    std::int32_t from;
    std::int32_t to;
  };
  Days days(std::uint32_t number) const noexcept { return days_[number]; }

  struct Amount {
    std::int64_t minor = 0;
    std::uint32_t currency = 0;  // of currencies(); 0: none told
  };
  const Amount& amount(std::uint32_t number, std::size_t measure) const noexcept {
    return amounts_[measure][number];
  }
  const std::vector<std::string>& currencies() const noexcept { return currencies_; }

  static constexpr std::uint32_t nothing = UINT32_MAX;

 private:
  void clear(std::uint32_t number);
  template <class T>
  void collect(std::uint32_t number, const T& record);
  void put(Dimension dimension, std::uint32_t number, std::vector<std::string> codes);
  void money(std::uint32_t number, std::size_t measure, const Money& amount);
  std::uint32_t referred(std::string_view id);
  void link(std::uint32_t number, Tie tie, const std::string& id, const Period& period = {});
  template <class T>
  void link_all(std::uint32_t number, const T& record);
  void unlink(std::uint32_t number);

  static constexpr std::uint8_t gone = UINT8_MAX;

  std::vector<std::uint8_t> kinds_;
  std::array<graph::CodeSets, dimension_infos.size()> codes_;
  std::vector<Days> days_;
  std::array<std::vector<Amount>, most_measures> amounts_;
  std::vector<std::string> currencies_{""};
  // Records that others have a code from, or that studies are about, or that are named, numbered as
  // they are first met.
  std::unordered_map<std::string, std::uint32_t> referred_;
  std::vector<std::uint32_t> number_of_referred_;
  std::vector<std::uint32_t> refers_to_;  // by number: of referred_
  std::vector<std::uint32_t> own_;        // by number: what it is in referred_ itself
  std::vector<std::uint32_t> links_;      // by number: the first in link_pool_
  std::vector<Link> link_pool_;
  std::uint32_t free_link_ = nothing;
  graph::CodeSets seats_;
  std::map<std::uint32_t, std::vector<std::string>> called_;
};

}  // namespace koinon::programme
