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

// What both ways of ranking share.
class Ranking {
 public:
  Ranking(Parts& parts, const SegmentState& state, const Filters& filters, TopHits& top)
      : must_not_(parts.must_not), segment_(*state.segment), filters_(filters), top_(top) {}

 protected:
  // For documents in rising order.
  bool accepts(std::uint32_t document) {
    if (filters_.any() && !filters_.test(document)) return false;
    for (const ScorerPtr& part : must_not_) {
      part->advance(document);
      if (part->document() == document) return false;
    }
    return true;
  }
  std::int32_t least(std::uint32_t document) const {
    return clamped(top_.least(segment_.key(document)));
  }
  void offer(std::uint32_t document, std::int32_t score) {
    top_.offer(score, segment_.key(document));
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
    for (ScorerPtr& part : parts.should) scorers_.push_back({part.get(), 0});
  }

  bool run(const Tick& tick) {
    for (std::uint32_t from = 0; from < segment_.documents(); from = window_.end()) {
      std::uint32_t next = no_document;
      for (const Part& part : scorers_)
        next = std::min(next, std::max(part.scorer->document(), from));
      if (next == no_document) return true;
      if (!tick()) return false;
      window_.begin = next / Window::size * Window::size;
      look();
    }
    return true;
  }

 private:
  struct Part {
    Scorer* scorer;
    std::int32_t bound;  // in the window
  };

  void look() {
    const std::uint32_t end = window_.end();
    for (Part& part : scorers_)
      part.bound = part.scorer->document() < end ? part.scorer->bound(window_.begin, end) : 0;
    // The dearer it is to walk for what it can give, the sooner it is left aside.
    std::sort(scorers_.begin(), scorers_.end(), [](const Part& a, const Part& b) {
      return static_cast<double>(a.bound) * static_cast<double>(b.scorer->cost()) <
             static_cast<double>(b.bound) * static_cast<double>(a.scorer->cost());
    });
    least_ = least(std::min(window_.begin, segment_.documents() - 1));
    std::size_t aside = 0;
    std::int32_t sum = 0;
    while (aside < scorers_.size() && sum + scorers_[aside].bound < least_)
      sum += scorers_[aside++].bound;
    if (aside == scorers_.size()) return;  // nothing here is good enough
    const bool alone = aside + 1 == scorers_.size();
    for (std::size_t i = aside; i < scorers_.size(); ++i)
      scorers_[i].scorer->fill(window_, alone ? least_ - sum : 0);
    judge(aside, sum);
  }

  // Looks at what the walked ones found, and asks the others where that may help.
  void judge(std::size_t aside, std::int32_t aside_sum) {
    for (std::size_t word = 0; word < Window::words; ++word) {
      for (std::uint64_t left = window_.bits[word]; left != 0; left &= left - 1) {
        const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        const std::int32_t score = window_.scores[at];
        window_.scores[at] = 0;
        if (score + aside_sum < least_) continue;
        complete(window_.begin + static_cast<std::uint32_t>(at), score, aside, aside_sum);
      }
      window_.bits[word] = 0;
    }
  }

  void complete(std::uint32_t document, std::int32_t score, std::size_t aside, std::int32_t rest) {
    if (!accepts(document)) return;
    for (std::size_t i = aside; i-- > 0;) {
      if (score + rest < least_) return;
      rest -= scorers_[i].bound;
      Scorer& scorer = *scorers_[i].scorer;
      scorer.advance(document);
      if (scorer.document() == document) score += scorer.score();
    }
    if (score < least_) return;
    offer(document, score);
    least_ = least(document);
  }

  std::vector<Part> scorers_;
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

  bool run(const Tick& tick) {
    Scorer& lead = *must_[0].scorer;
    std::uint32_t end = 0;  // of the stretch that the bounds hold for
    for (std::uint32_t document = lead.document(); document != no_document;) {
      if (document >= end) {
        if (!tick()) return false;
        end = document / Window::size * Window::size + Window::size;
        if (!promising(document, end)) {
          lead.advance(end);
          document = lead.document();
          continue;
        }
      }
      const std::uint32_t next = others(document);
      if (next == document) {
        judge(document);
        lead.advance(document + 1);
      } else {
        lead.advance(next);
      }
      document = lead.document();
    }
    return true;
  }

 private:
  struct Part {
    Scorer* scorer;
    std::int32_t bound;
  };

  bool promising(std::uint32_t from, std::uint32_t to) {
    most_ = 0;
    for (Part& part : must_) most_ += part.bound = part.scorer->bound(from, to);
    for (Part& part : more_) most_ += part.bound = part.scorer->bound(from, to);
    return most_ >= least(from);
  }

  // Where the next document may be that all have: this one, or one behind it.
  std::uint32_t others(std::uint32_t document) {
    for (std::size_t i = 1; i < must_.size(); ++i) {
      must_[i].scorer->advance(document);
      const std::uint32_t next = must_[i].scorer->document();
      if (next != document) return next;
    }
    return document;
  }

  void judge(std::uint32_t document) {
    const std::int32_t wanted = least(document);
    std::int32_t rest = most_;
    std::int32_t score = 0;
    for (const Part& part : must_) {
      if (score + rest < wanted) return;
      rest -= part.bound;
      score += part.scorer->score();
    }
    for (const Part& part : more_) {
      if (score + rest < wanted) return;
      rest -= part.bound;
      part.scorer->advance(document);
      if (part.scorer->document() == document) score += part.scorer->score();
    }
    if (score >= wanted && accepts(document)) offer(document, score);
  }

  std::vector<Part> must_;
  std::vector<Part> more_;
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
