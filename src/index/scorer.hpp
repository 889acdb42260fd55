// SPDX-License-Identifier: Apache-2.0
//
// The documents of a segment that match a part of a query, with their scores, in rising order.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "index/kernels.hpp"
#include "index/postings_format.hpp"

namespace koinon::index {

/// Up to 4,096 documents from `begin` on: which match, and their scores so far.
struct Window {
  static constexpr std::uint32_t size = 4096;
  static constexpr std::size_t words = size / 64;

  std::uint32_t begin = 0;
  std::uint32_t span = size;  // a multiple of 64
  alignas(64) std::array<std::uint64_t, words> bits{};
  alignas(64) std::array<std::int32_t, size> scores{};
  alignas(64) std::array<std::uint8_t, size> bytes{};  // for who marks many: 0 in between

  std::uint32_t end() const { return begin + span; }
  void mark(std::uint32_t document) {
    const std::uint32_t at = document - begin;
    bits[at / 64] |= std::uint64_t{1} << at % 64;
  }
  void add(std::uint32_t document, std::int32_t score) { scores[document - begin] += score; }
  template <class F>
  void each(F&& f) const {
    for (std::size_t word = 0; word < words; ++word) {
      for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
        f(begin + static_cast<std::uint32_t>(word * 64) +
          static_cast<std::uint32_t>(std::countr_zero(left)));
      }
    }
  }
  std::size_t count() const { return kernels().count(bits.data(), words); }
  void clear_bits() { bits.fill(0); }
  void clear() {
    bits.fill(0);
    scores.fill(0);
  }
};

/// A document that may be among the best, with its score so far.
struct Candidate {
  std::uint32_t document = 0;
  std::int32_t score = 0;
};

/// Takes out those that score less.
void drop_below(std::vector<Candidate>& candidates, std::int32_t least);

/// Threads: one object per thread. Everything may throw Error(Damaged).
class Scorer {
 public:
  Scorer() = default;
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;
  virtual ~Scorer() = default;

  /// Where it stands; no_document at the end. After advance() a match, otherwise perhaps only a
  /// document that no further match lies before.
  std::uint32_t document() const { return document_; }
  /// To the first match that is not before `target`.
  virtual void advance(std::uint32_t target) = 0;
  /// Of document().
  virtual std::int32_t score() = 0;
  /// No document in [from, to) scores more. `from` must never fall from call to call.
  virtual std::int32_t bound(std::uint32_t from, std::uint32_t to) = 0;
  /// The same by length code, for where a bound was asked for last; null where that is not known.
  virtual const std::int32_t* bound_by_length() { return nullptr; }
  /// About how many documents match.
  virtual std::uint64_t cost() const = 0;
  /// How many match, dead ones too, where that is known.
  virtual std::optional<std::uint64_t> exact_count() const { return std::nullopt; }
  /// A score that `count` of its documents reach, dead ones too; 0 where that is not found quickly,
  /// or is not more than `more_than`.
  virtual std::int32_t reached(std::size_t /*count*/, std::int32_t /*more_than*/) const {
    return 0;
  }
  /// Adds the scores of the matches in the window, marks them if asked to, then stands behind it.
  virtual void fill(Window& window, bool marks);
  /// Appends the matches in [begin, end) that score at least `least`, then stands behind them.
  virtual void collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
                       std::vector<Candidate>& found);
  /// Adds its scores to candidates, in rising order, that have at least `least` so far; takes out
  /// the others, and those that it does not match if it `must`.
  virtual void raise(std::vector<Candidate>& candidates, std::int32_t least, bool must);
  /// Up to where bound() from there on is as tight as it gets; at least `from`.
  virtual std::uint32_t bound_end(std::uint32_t) { return no_document; }
  /// Marks them only.
  virtual void mark(Window& window);

 protected:
  std::uint32_t document_ = 0;
};

using ScorerPtr = std::unique_ptr<Scorer>;

}  // namespace koinon::index
