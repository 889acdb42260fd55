// SPDX-License-Identifier: Apache-2.0
//
// Which organisations are one, as the decisions in the catalogue have it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "koinon/records.hpp"
#include "partners/clusters.hpp"
#include "partners/decisions.hpp"
#include "partners/population.hpp"

namespace koinon::engine {

/// Groups as ids, apart from whatever comes after.
struct OrganisationGroups {
  std::vector<std::vector<std::string>> groups;             // of two or more, each by id
  std::unordered_map<std::string, std::uint32_t> group_of;  // by id
};

/// Groups of members, kept up with decisions and organisations one at a time. What comes of them is
/// a function of what is set, whatever the order: organisations are one if decisions make a chain
/// between them, but for what partners::cluster() keeps apart. A decision about an organisation
/// that is not there waits for it.
///
/// Members are numbered by the caller and ordered by their ids. Const calls from any number of
/// threads; a change wants the object alone.
class Identities {
 public:
  using Pair = std::pair<std::uint32_t, std::uint32_t>;  // of members, the smaller number first

  /// Of the decisions on two members what they come to, and their records by number.
  struct Decided {
    partners::PairVerdict verdict;
    std::vector<partners::LoggedDecision> log;
    std::vector<std::int64_t> records;  // beside `log`

    bool same() const;
  };

  struct Conflict {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    bool decided = false;
    bool stands = false;
    std::vector<partners::ChainLink> chain;  // between members
  };

  /// Room for so many members, so that no later one moves all of them.
  void reserve(std::size_t members);
  /// What is known of the organisation now; null: there is none.
  void set_organisation(std::uint32_t member, const Organisation* told);

  /// The decision of record `seq`, in place of what it said before. Nothing for one of a member
  /// with itself.
  void set_decision(std::int64_t seq, std::string_view id, const MatchDecision& decision,
                    std::uint32_t left, std::uint32_t right);
  void drop_decision(std::int64_t seq);

  /// Takes up all that was set since: the members that belong to another group than before, rising.
  /// O(c log c) in the members and decisions of the chains that were touched.
  std::vector<std::uint32_t> settle(const std::vector<std::string>& ids);

  /// The member of the smallest id in the group of one; itself where it is alone. O(1).
  std::uint32_t root(std::uint32_t member) const {
    return member < roots_.size() ? roots_[member] : member;
  }
  /// The group of a root, by id. O(group).
  std::vector<std::uint32_t> group(std::uint32_t root) const;
  /// Groups of two members or more, by their root.
  const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& groups() const {
    return groups_;
  }
  bool present(std::uint32_t member) const { return member < present_.size() && present_[member]; }

  const std::map<Pair, Decided>& pairs() const { return pairs_; }
  /// The decisions on two members, or null. O(log n).
  const Decided* decided(std::uint32_t left, std::uint32_t right) const;
  /// The others that decisions name together with one.
  std::vector<std::uint32_t> named_with(std::uint32_t member) const;
  /// By the smaller of the two, in no order of meaning.
  const std::map<Pair, Conflict>& conflicts() const { return conflicts_; }

 private:
  void grow(std::uint32_t member);
  void touch(std::uint32_t member);
  std::vector<std::uint32_t> chained(std::uint32_t member) const;
  void regroup(const std::vector<std::uint32_t>& chain, std::vector<std::uint32_t>& moved);
  void note_apart(const std::vector<std::uint32_t>& chain);
  partners::Clusters clusters_of(const std::vector<std::uint32_t>& chain) const;
  void put(const std::vector<std::uint32_t>& group, std::vector<std::uint32_t>& moved);

  std::map<Pair, Decided> pairs_;
  std::unordered_map<std::int64_t, Pair> pair_of_;  // by record
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> named_with_;
  std::vector<std::vector<partners::KnownIdentifier>> identifiers_;  // exclusive ones, by member
  std::vector<bool> present_;
  std::vector<std::uint32_t> roots_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> groups_;
  std::map<Pair, Conflict> conflicts_;
  std::unordered_set<std::uint32_t> touched_;
};

}  // namespace koinon::engine
