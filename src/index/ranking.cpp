// SPDX-License-Identifier: Apache-2.0
#include "index/ranking.hpp"

#include <limits>
#include <numeric>

namespace koinon::index {

namespace {

// Scores are sums of int32 and the least one wanted may be beyond: everything else is then too low.
std::int32_t clamped(std::int64_t least) {
  constexpr std::int64_t top = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(least, 0, top));
}

// What scorers may still add to a document. Most bounds come from documents that are shorter than
// the one at hand, so they are told apart by its length.
class Rest {
 public:
  /// Fewer candidates are looked up sooner than this is made.
  static constexpr std::size_t worth = 32;

  void clear() { most_.fill(0); }
  /// One more scorer, with its bound where the candidates come from.
  void add(Scorer& scorer, std::int32_t bound) {
    if (const std::int32_t* by_length = scorer.bound_by_length()) {
      for (std::size_t i = 0; i < most_.size(); ++i) most_[i] += by_length[i];
    } else {
      for (std::int32_t& most : most_) most += bound;
    }
  }
  /// Takes out what they cannot lift to `least`.
  void drop(std::vector<Candidate>& candidates, std::int32_t least,
            const std::uint8_t* codes) const {
    Candidate* to = candidates.data();
    for (const Candidate candidate : candidates) {
      *to = candidate;
      to += candidate.score + most_[codes[candidate.document]] >= least ? 1 : 0;
    }
    candidates.resize(static_cast<std::size_t>(to - candidates.data()));
  }

 private:
  std::array<std::int32_t, length_codes> most_{};
};

// What both ways of ranking share.
class Ranking {
 public:
  Ranking(Parts& parts, const SegmentState& state, const Filters& filters, TopHits& top)
      : must_not_(parts.must_not), segment_(*state.segment), filters_(filters), top_(top) {}

 protected:
  // Candidates come in rising order. Filters are cheap, so they come before the other scorers.
  void drop_filtered(std::vector<Candidate>& candidates) const {
    if (!filters_.any()) return;
    std::erase_if(candidates,
                  [&](const Candidate& candidate) { return !filters_.test(candidate.document); });
  }
  bool excluded(std::uint32_t document) {
    for (const ScorerPtr& part : must_not_) {
      part->advance(document);
      if (part->document() == document) return true;
    }
    return false;
  }
  // What a document must score to come in, whatever its key; and what one of [from, to) must.
  std::int32_t least() const { return clamped(top_.least(0)); }
  std::int32_t least(std::uint32_t from, std::uint32_t to) const {
    return clamped(top_.least(segment_.least_key(from, std::min(to, segment_.documents()))));
  }
  void offer(const std::vector<Candidate>& candidates) {
    std::int32_t wanted = least();
    for (const Candidate& candidate : candidates) {
      if (candidate.score < wanted) continue;
      const DocKey key = segment_.key(candidate.document);
      if (candidate.score < top_.least(key) || excluded(candidate.document)) continue;
      top_.offer(candidate.score, key);
      wanted = least();
    }
  }

  std::vector<ScorerPtr>& must_not_;
  const Segment& segment_;
  const Filters& filters_;
  TopHits& top_;
};

// Any of several scorers. In each window those that together cannot lift a document among the best
// are not walked, only asked about the documents that the others find.
class AnyOf : public Ranking {
 public:
  AnyOf(Parts& parts, const SegmentState& state, const Filters& filters, TopHits& top)
      : Ranking(parts, state, filters, top) {
    for (ScorerPtr& part : parts.should)
      scorers_.push_back({part.get(), 0, static_cast<double>(part->cost())});
    window_.span = shortest_span;
    if (!filters.has_filters() && must_not_.empty() && top_.takes_any()) find_floor(state);
  }

  bool run(const Tick& tick) {
    for (std::uint32_t from = 0; from < segment_.documents(); from = window_.end()) {
      std::uint32_t next = no_document;
      for (const Part& part : scorers_)
        next = std::min(next, std::max(part.scorer->document(), from));
      if (next == no_document) return true;
      if (!tick()) return false;
      // Short at first: there is nothing yet that could be passed over.
      window_.span = std::min(window_.span * 2, longest_span);
      window_.begin = next / 64 * 64;
      look();
    }
    return true;
  }

 private:
  struct Part {
    Scorer* scorer;
    std::int32_t bound;  // in the window
    double cost;
  };

  // Documents come in any order, so the first are rarely good: what so many are known to reach by
  // one word alone passes over more than they do. The rarest word tells most.
  void find_floor(const SegmentState& state) {
    constexpr std::uint32_t few = 64;  // dead ones
    if (state.dead_count > few) return;
    std::sort(scorers_.begin(), scorers_.end(),
              [](const Part& a, const Part& b) { return a.cost < b.cost; });
    std::int32_t floor = 0;
    for (const Part& part : scorers_)
      floor = std::max(floor, part.scorer->reached(top_.size() + state.dead_count, floor));
    top_.raise_floor(floor);
  }

  void look() {
    const std::uint32_t end = window_.end();
    std::int32_t most = 0;
    for (Part& part : scorers_) {
      part.bound = part.scorer->document() < end ? part.scorer->bound(window_.begin, end) : 0;
      most += part.bound;
    }
    if (most < least()) return;  // nothing here is good enough
    // The dearer it is to walk for what it can give, the sooner it is left aside.
    std::sort(scorers_.begin(), scorers_.end(),
              [](const Part& a, const Part& b) { return a.bound * b.cost < b.bound * a.cost; });
    least_ = least(window_.begin, end);
    std::size_t aside = 0;
    std::int32_t sum = 0;
    while (aside < scorers_.size() && sum + scorers_[aside].bound < least_)
      sum += scorers_[aside++].bound;
    if (aside == scorers_.size()) return;
    const std::int32_t wanted = least_ - sum;
    candidates_.clear();
    if (aside + 1 == scorers_.size()) {
      scorers_[aside].scorer->collect(window_.begin, end, wanted, candidates_);
    } else {
      gather(aside, wanted);
    }
    drop_filtered(candidates_);
    rest_.clear();
    if (aside > 0 && candidates_.size() >= Rest::worth) {
      for (std::size_t i = 0; i < aside; ++i) rest_.add(*scorers_[i].scorer, scorers_[i].bound);
      rest_.drop(candidates_, least_, segment_.length_codes());
    }
    for (std::size_t i = aside; i-- > 0; sum -= scorers_[i].bound)
      scorers_[i].scorer->raise(candidates_, least_ - sum, false);
    offer(candidates_);
  }

  // Adds up what the walked ones give. Where they give much, looking at all scores of the window is
  // quicker than to keep a bitmap of those that are not zero.
  void gather(std::size_t aside, std::int32_t wanted) {
    double expected = 0;
    for (std::size_t i = aside; i < scorers_.size(); ++i) expected += scorers_[i].cost;
    const bool dense = wanted > 0 && expected / segment_.documents() > 1.0 / 16;
    for (std::size_t i = aside; i < scorers_.size(); ++i) scorers_[i].scorer->fill(window_, !dense);
    if (dense)
      kernels().at_least(window_.scores.data(), window_.span / 64, wanted, window_.bits.data());
    window_.each([&](std::uint32_t document) {
      std::int32_t& score = window_.scores[document - window_.begin];
      if (score >= wanted) candidates_.push_back({document, score});
      score = 0;
    });
    if (dense) std::fill_n(window_.scores.begin(), window_.span, 0);
    window_.clear_bits();
  }

  // Bounds over fewer documents are tighter, but to be asked for more often.
  static constexpr std::uint32_t shortest_span = 64;
  static constexpr std::uint32_t longest_span = 1024;

  std::vector<Part> scorers_;
  std::vector<Candidate> candidates_;
  Rest rest_;
  Window window_;
  std::int32_t least_ = 0;
};

// All of several scorers, and what others add to them.
class AllOf : public Ranking {
 public:
  AllOf(Parts& parts, const SegmentState& state, const Filters& filters, TopHits& top)
      : Ranking(parts, state, filters, top) {
    for (ScorerPtr& part : parts.must) must_.push_back({part.get(), 0});
    for (ScorerPtr& part : parts.should) more_.push_back({part.get(), 0});
    std::sort(must_.begin(), must_.end(),
              [](const Part& a, const Part& b) { return a.scorer->cost() < b.scorer->cost(); });
  }

  // The rarest is walked, window by window; its documents are looked up in the others as long as
  // they can be among the best.
  bool run(const Tick& tick) {
    Scorer& lead = *must_[0].scorer;
    std::uint32_t end = 0;
    for (std::uint32_t from = lead.document(); from != no_document;
         from = std::max(lead.document(), end)) {
      if (from >= segment_.documents()) return true;
      if (!tick()) return false;
      end = from / Window::size * Window::size + Window::size;
      end = std::max(from + 1, std::min(end, lead.bound_end(from) + 1));
      if (!promising(from, end)) continue;
      const std::int32_t wanted = least(from, end);
      if (most_ < wanted) continue;
      std::int32_t rest = most_ - must_[0].bound;
      candidates_.clear();
      lead.collect(from, end, wanted - rest, candidates_);
      drop_filtered(candidates_);
      drop_hopeless(wanted);
      for (std::size_t i = 1; i < must_.size(); rest -= must_[i++].bound)
        must_[i].scorer->raise(candidates_, wanted - rest, true);
      for (const Part& part : more_) {
        part.scorer->raise(candidates_, wanted - rest, false);
        rest -= part.bound;
      }
      offer(candidates_);
    }
    return true;
  }

 private:
  struct Part {
    Scorer* scorer;
    std::int32_t bound;
  };

  void drop_hopeless(std::int32_t wanted) {
    if (wanted <= 0 || candidates_.size() < Rest::worth) return;
    rest_.clear();
    for (std::size_t i = 1; i < must_.size(); ++i) rest_.add(*must_[i].scorer, must_[i].bound);
    for (const Part& part : more_) rest_.add(*part.scorer, part.bound);
    rest_.drop(candidates_, wanted, segment_.length_codes());
  }

  bool promising(std::uint32_t from, std::uint32_t to) {
    most_ = 0;
    for (Part& part : must_) most_ += part.bound = part.scorer->bound(from, to);
    for (Part& part : more_) most_ += part.bound = part.scorer->bound(from, to);
    return most_ >= least();
  }

  std::vector<Part> must_;
  std::vector<Part> more_;
  std::vector<Candidate> candidates_;
  Rest rest_;
  std::int32_t most_ = 0;
};

}  // namespace

bool rank(Parts parts, const SegmentState& state, const Filters& filters, TopHits& top,
          const Tick& tick) {
  if (!parts.must.empty()) return AllOf(parts, state, filters, top).run(tick);
  if (parts.should.empty()) return true;
  return AnyOf(parts, state, filters, top).run(tick);
}

}  // namespace koinon::index
