// SPDX-License-Identifier: Apache-2.0
//
// What goes on in communities and centres, by record: reports over the years look at every exchange
// and contribution of one, some ten thousand for the largest, and decode none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/code_sets.hpp"
#include "koinon/records.hpp"
#include "programme/record_numbers.hpp"

namespace koinon::programme {

/// Exchanges and contributions with who takes part, and the countries of organisations, by numbers
/// of their own.
///
/// Threads: one writes, or any number read.
class ActivityColumns {
 public:
  static constexpr std::uint32_t nothing = RecordNumbers::nothing;

  enum class Moderation : std::uint8_t { Shown, Pending, Withheld };

  /// An exchange, or a contribution to one.
  struct Happening {
    PartialDate date;  // when it began, or else ended
    Moderation moderation = Moderation::Withheld;
    bool is_exchange = false;
    std::uint16_t kind = 0;          // kind() of an exchange
    std::uint32_t within = nothing;  // the community or centre, or the exchange
    std::vector<std::uint32_t> who;  // took part; an organisation as often as it is named
  };

  /// The record of this number of the store from now on; null takes it away. The same again changes
  /// nothing. O(who takes part + what goes on within the same).
  void set(std::int64_t seq, std::string_view id, const Record* record);

  /// `nothing` of an id that nothing names.
  std::uint32_t find(const std::string& id) const { return numbers_.find(id); }
  const std::string& id(std::uint32_t number) const noexcept { return numbers_.id(number); }

  /// What goes on within a community or a centre, or is contributed to an exchange, in no order.
  std::span<const std::uint32_t> within(std::uint32_t number) const noexcept {
    return number < rows_.size() ? std::span<const std::uint32_t>(rows_[number].inside)
                                 : std::span<const std::uint32_t>();
  }
  const Happening& happening(std::uint32_t number) const noexcept { return rows_[number].own; }

  const std::string& kind(std::uint16_t number) const noexcept { return kinds_[number]; }
  std::size_t kind_count() const noexcept { return kinds_.size(); }
  /// Of exchanges.
  const graph::CodeSets& themes() const noexcept { return themes_; }
  /// Of organisations: where they have their seat.
  const graph::CodeSets& countries() const noexcept { return countries_; }

 private:
  struct Row {
    Happening own;
    std::vector<std::uint32_t> inside;
  };

  std::uint32_t number_of(std::string_view id);
  std::uint16_t kind_number(const std::string& code);
  void clear(std::uint32_t number);
  void take(std::uint32_t number, const Organisation& told);
  void take(std::uint32_t number, const Exchange& told);
  void take(std::uint32_t number, const Contribution& told);
  void place(std::uint32_t number, const std::string& within);
  void took_part(std::uint32_t number, const std::string& organisation);

  RecordNumbers numbers_;
  std::vector<Row> rows_;
  std::vector<std::string> kinds_;
  graph::CodeSets themes_;
  graph::CodeSets countries_;
};

}  // namespace koinon::programme
