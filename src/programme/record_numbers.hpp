// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace koinon::programme {

/// Small numbers for records, which ids get as they are first met, whether a record tells them or
/// is only named; and which of them a record of the store has.
class RecordNumbers {
 public:
  static constexpr std::uint32_t nothing = UINT32_MAX;

  /// The number of an id, from now on. O(1).
  std::uint32_t of(std::string_view id) {
    const auto [place, fresh] = numbers_.emplace(id, static_cast<std::uint32_t>(ids_.size()));
    if (fresh) ids_.push_back(&place->first);
    return place->second;
  }

  /// The same where it has been met, else `nothing`. O(1).
  std::uint32_t find(const std::string& id) const {
    const auto place = numbers_.find(id);
    return place == numbers_.end() ? nothing : place->second;
  }

  const std::string& id(std::uint32_t number) const noexcept { return *ids_[number]; }
  std::size_t size() const noexcept { return ids_.size(); }

  /// Of the record with this number of the store; `nothing` where none was told. O(1).
  std::uint32_t at(std::int64_t seq) const noexcept {
    const auto place = static_cast<std::size_t>(seq);
    return seq >= 0 && place < by_seq_.size() ? by_seq_[place] : nothing;
  }

  void tell(std::int64_t seq, std::uint32_t number) {
    const auto place = static_cast<std::size_t>(seq);
    if (place >= by_seq_.size()) by_seq_.resize(place + 1, nothing);
    by_seq_[place] = number;
  }

  void forget(std::int64_t seq) noexcept {
    if (at(seq) != nothing) by_seq_[static_cast<std::size_t>(seq)] = nothing;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> ids_;  // the keys of numbers_
  std::vector<std::uint32_t> by_seq_;
};

}  // namespace koinon::programme
