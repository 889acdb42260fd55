// SPDX-License-Identifier: Apache-2.0
#include "partners/candidates.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace koinon::partners {

namespace {

enum class KeyKind : std::uint64_t { Identifier, Part, Word, Pair, Edge, Letters };

struct Key {
  std::uint64_t hash;
  std::uint32_t order;  // where the member stands in its block when that is too large
  std::uint32_t member;
  friend auto operator<=>(const Key&, const Key&) = default;
};

// FNV-1a with a last mixing; equal on every machine.
std::uint64_t hash_of(KeyKind kind, std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL + static_cast<std::uint64_t>(kind);
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash ^= hash >> 32U;
  hash *= 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 29U;
}

std::uint64_t hash_of(KeyKind kind, std::uint64_t number) {
  return hash_of(kind, std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
}

class KeyMaker {
 public:
  KeyMaker(const Population& population, const CandidateOptions& options)
      : population_(population), options_(options) {}

  std::vector<Key> make(const Step& step) {
    for (std::uint32_t m = 0; m < population_.members.size(); ++m) {
      if (step && (m & 255U) == 0) step(m, population_.members.size());
      member_ = m;
      for (const KnownIdentifier& one : population_.members[m].identifiers)
        add(hash_of(KeyKind::Identifier, one.scheme + '\n' + one.value), 0);
      for (const PopulationName& name : population_.members[m].names) add_name(name);
    }
    return std::move(keys_);
  }

 private:
  void add(std::uint64_t hash, std::uint32_t order) { keys_.push_back({hash, order, member_}); }

  const PopulationWord& word(std::uint32_t id) const { return population_.words[id]; }

  void add_name(const PopulationName& name) {
    for (const PopulationPart& part : name.parts) {
      if (part.standing == Standing::Place || part.words.empty()) continue;
      add(hash_of(KeyKind::Part, part.id), name.parts.front().id);
      if (part.initials.size() > 2) add(hash_of(KeyKind::Letters, part.initials), part.id);
      if (part.all_initials != part.initials && part.all_initials.size() > 2)
        add(hash_of(KeyKind::Letters, part.all_initials), part.id);
    }
    add_words(name);
  }

  void add_words(const PopulationName& name) {
    telling_.clear();
    for (const std::uint32_t id : name.words)
      if (!word(id).small) telling_.push_back(id);
    std::stable_sort(telling_.begin(), telling_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return word(a).frequency < word(b).frequency;
    });
    // Rare words of which nobody else has one make no block, so they do not count.
    std::uint32_t taken = 0;
    for (std::size_t i = 0; i < telling_.size() && taken < options_.rare_words; ++i) {
      const PopulationWord& known = word(telling_[i]);
      add_edges(known);
      if (known.latin.size() < 8 && !known.number && known.telling())
        add(hash_of(KeyKind::Letters, known.latin), telling_[i]);
      if (known.frequency < 2) continue;
      ++taken;
      if (known.frequency <= options_.block)
        add(hash_of(KeyKind::Word, telling_[i]), name.parts.front().id);
      else
        add_pairs(i);
    }
  }

  // A word that many have, together with those that are more frequent still.
  void add_pairs(std::size_t first) {
    for (std::size_t i = first + 1; i < std::min(telling_.size(), first + 4); ++i) {
      const std::uint64_t a = std::min(telling_[first], telling_[i]);
      const std::uint64_t b = std::max(telling_[first], telling_[i]);
      add(hash_of(KeyKind::Pair, a << 32U | b), telling_[std::min(i + 1, telling_.size() - 1)]);
    }
  }

  void add_edges(const PopulationWord& known) {
    constexpr std::size_t edge = 6, least = 7, most_frequency = 8;
    if (known.skeleton.size() < least || known.frequency > most_frequency) return;
    if (known.number || !known.telling()) return;
    const std::string_view whole = known.skeleton;
    const auto length = static_cast<std::uint32_t>(whole.size());
    add(hash_of(KeyKind::Edge, whole.substr(0, edge)), length);
    add(hash_of(KeyKind::Edge, std::string(1, '*').append(whole.substr(whole.size() - edge))),
        length);
  }

  const Population& population_;
  const CandidateOptions& options_;
  std::uint32_t member_ = 0;
  std::vector<Key> keys_;
  std::vector<std::uint32_t> telling_;
};

void pair_block(std::span<const Key> block, const CandidateOptions& options, Candidates& found) {
  const bool cut = block.size() > options.block;
  ++found.blocks;
  found.cut += cut ? 1 : 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::size_t end = cut ? std::min(block.size(), i + 1 + options.window) : block.size();
    for (std::size_t j = i + 1; j < end; ++j) {
      const auto [left, right] = std::minmax(block[i].member, block[j].member);
      if (left != right) found.pairs.push_back({left, right});
    }
  }
}

void keep_distinct(std::vector<MemberPair>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace

Candidates candidate_pairs(const Population& population, const CandidateOptions& options,
                           const Step& step) {
  if (options.block < 2) throw std::invalid_argument("a block holds at least two");
  if (options.window < 1) throw std::invalid_argument("a window of none joins nothing");
  // Distinct pairs are sought whenever so many have gathered, so that memory follows their number.
  constexpr std::size_t least_gathered = std::size_t(1) << 22U;
  std::vector<Key> keys = KeyMaker(population, options).make(step);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end(),
                         [](const Key& a, const Key& b) {
                           return a.hash == b.hash && a.member == b.member && a.order == b.order;
                         }),
             keys.end());
  Candidates found;
  std::size_t gathered = least_gathered;
  for (std::size_t at = 0; at < keys.size();) {
    std::size_t end = at + 1;
    while (end < keys.size() && keys[end].hash == keys[at].hash) ++end;
    if (end - at > 1) pair_block({keys.data() + at, end - at}, options, found);
    if (found.pairs.size() > gathered) {
      keep_distinct(found.pairs);
      gathered = std::max(least_gathered, 2 * found.pairs.size());
      if (step) step(at, keys.size());
    }
    at = end;
  }
  keep_distinct(found.pairs);
  return found;
}

}  // namespace koinon::partners
