// SPDX-License-Identifier: Apache-2.0
#include "search/id_table.hpp"

#include <limits>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::search {

void IdTable::put(index::DocKey key, std::string_view id) {
  if (id.size() > 255) throw Error(ErrorCode::InvalidArgument, "a record id has over 255 bytes");
  if (this->id(key) == id && !id.empty()) return;
  if (bytes_.size() > 4096 && bytes_.size() > 2 * used_) tidy();
  if (bytes_.size() + id.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::OutOfMemory, "the search view has reached 4 GiB of ids");
  }
  if (key >= entries_.size()) entries_.resize(std::size_t{key} + 1);
  Entry& entry = entries_[key];
  used_ = used_ - entry.length + id.size();
  entry = {static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint8_t>(id.size())};
  bytes_ += id;
}

std::string_view IdTable::id(index::DocKey key) const {
  if (key >= entries_.size()) return {};
  return std::string_view(bytes_).substr(entries_[key].begin, entries_[key].length);
}

void IdTable::tidy() {
  std::string bytes;
  bytes.reserve(used_);
  for (Entry& entry : entries_) {
    const auto begin = static_cast<std::uint32_t>(bytes.size());
    bytes.append(bytes_, entry.begin, entry.length);
    entry.begin = begin;
  }
  bytes_ = std::move(bytes);
}

}  // namespace koinon::search
