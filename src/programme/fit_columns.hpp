// SPDX-License-Identifier: Apache-2.0
//
// What the questions for methods and for who has solved something weigh, by record: each looks at a
// thousand records and at what names them, and decodes only those that it shows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/code_sets.hpp"
#include "koinon/records.hpp"
#include "programme/fit.hpp"
#include "programme/record_numbers.hpp"

namespace koinon::programme {

/// Records by numbers of their own. Case studies, projects, methods, organisations, studies and
/// pilots tell something; of others there is nothing.
///
/// Threads: one writes, or any number read.
class FitColumns {
 public:
  static constexpr std::uint32_t nothing = RecordNumbers::nothing;

  /// The record of this number of the store from now on; null takes it away. The same again changes
  /// nothing. O(what it names · names of the same).
  void set(std::int64_t seq, std::string_view id, const Record* record);

  /// The number of a present record; `nothing` where it tells nothing.
  std::uint32_t at(std::int64_t seq) const noexcept { return numbers_.at(seq); }
  const std::string& id(std::uint32_t number) const noexcept { return numbers_.id(number); }
  bool is(std::uint32_t number, RecordKind kind) const noexcept {
    return rows_[number].kind == static_cast<std::uint8_t>(kind);
  }

  const graph::CodeSets& themes() const noexcept { return themes_; }
  const graph::CodeSets& target_groups() const noexcept { return target_groups_; }
  /// Of a case study where it takes place, of an organisation its seat.
  const graph::CodeSets& countries() const noexcept { return countries_; }
  /// Of a method: those that a version of it is for, or is told in.
  const graph::CodeSets& languages() const noexcept { return languages_; }

  struct Role {
    std::uint32_t who;
    RoleRank rank;
  };
  /// Who has to do with a case study, a project or a method.
  std::span<const Role> roles(std::uint32_t number) const noexcept { return rows_[number].roles; }

  bool is_rejected(std::uint32_t method) const noexcept {
    return (rows_[method].flags & rejected) != 0;
  }
  /// The grade of a method that counts, as standard_of() has it. O(what names it, and names these).
  std::string standard(std::uint32_t method) const;
  /// The last of the methods that each supersede the one before; `nothing` where there is none that
  /// is present, and of a circle. O(n²) in its length.
  std::uint32_t successor(std::uint32_t method) const;
  /// Case studies that used it, each as often as it tells so. O(what names it).
  std::vector<std::uint32_t> uses(std::uint32_t method) const;

 private:
  // As what a record names another.
  enum class As : std::uint8_t { Use, Study, PilotOfMethod, PilotOfCase, Successor };
  struct Link {
    std::uint32_t other;
    As as;
    bool operator==(const Link&) const = default;
  };
  struct Row {
    std::uint8_t kind = UINT8_MAX;
    std::uint8_t flags = 0;
    std::vector<Role> roles;
    std::vector<Link> names;
    std::vector<Link> named_by;
  };
  struct Teller;

  static constexpr std::uint8_t account = 1;
  static constexpr std::uint8_t manual = 2;
  static constexpr std::uint8_t rejected = 4;
  static constexpr std::uint8_t overridden = 8;
  static constexpr std::uint8_t change = 16;
  static constexpr std::uint8_t comparing = 32;
  static constexpr std::uint8_t independent = 64;

  std::uint32_t number_of(std::string_view id);
  void clear(std::uint32_t number);
  void link(std::uint32_t number, const std::string& id, As as);
  template <class Each>
  void each(std::uint32_t number, As as, Each&& found) const;

  RecordNumbers numbers_;
  std::vector<Row> rows_;
  graph::CodeSets themes_;
  graph::CodeSets target_groups_;
  graph::CodeSets countries_;
  graph::CodeSets languages_;
  graph::CodeSets grades_;  // that persons set
};

}  // namespace koinon::programme
