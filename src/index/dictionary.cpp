// SPDX-License-Identifier: Apache-2.0
#include "index/dictionary.hpp"

#include <functional>
#include <limits>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t first_slots = 1024;

std::uint32_t hash_of(std::string_view spelling) {
  const std::size_t hash = std::hash<std::string_view>{}(spelling);
  return static_cast<std::uint32_t>(hash ^ hash >> 32U);
}

}  // namespace

std::size_t Dictionary::slot(std::string_view spelling_wanted, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at] != 0) {
    const Term& term = terms_[slots_[at] - 1];
    if (term.hash == hash && spelling(term) == spelling_wanted) return at;
    at = (at + 1) & mask;
  }
  return at;
}

void Dictionary::grow() {
  std::vector<std::uint32_t> larger(slots_.empty() ? first_slots : slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    std::size_t at = terms_[i].hash & mask;
    while (larger[at] != 0) at = (at + 1) & mask;
    larger[at] = static_cast<std::uint32_t>(i + 1);
  }
  slots_ = std::move(larger);
}

std::uint32_t Dictionary::add(std::string_view spelling_wanted, BytePool& pool) {
  if ((terms_.size() + 1) * 10 > slots_.size() * 7) grow();
  const std::uint32_t hash = hash_of(spelling_wanted);
  const std::size_t at = slot(spelling_wanted, hash);
  if (slots_[at] != 0) return slots_[at] - 1;
  constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
  if (terms_.size() + 1 >= limit || spellings_.size() + spelling_wanted.size() > limit) {
    throw Error(ErrorCode::OutOfMemory, "the index in memory has reached 4 GiB of terms");
  }
  Term term;
  term.begin = static_cast<std::uint32_t>(spellings_.size());
  term.length = static_cast<std::uint16_t>(spelling_wanted.size());
  term.hash = hash;
  term.stream = pool.make_stream();
  spellings_ += spelling_wanted;
  terms_.push_back(term);
  slots_[at] = static_cast<std::uint32_t>(terms_.size());
  return slots_[at] - 1;
}

const Term* Dictionary::find(std::string_view spelling_wanted) const {
  if (slots_.empty()) return nullptr;
  const std::uint32_t number = slots_[slot(spelling_wanted, hash_of(spelling_wanted))];
  return number == 0 ? nullptr : &terms_[number - 1];
}

std::size_t Dictionary::memory_bytes() const {
  return spellings_.capacity() + terms_.capacity() * sizeof(Term) +
         slots_.capacity() * sizeof(std::uint32_t);
}

}  // namespace koinon::index
