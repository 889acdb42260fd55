// SPDX-License-Identifier: Apache-2.0
#include "index/word_scorers.hpp"

#include <numeric>

namespace koinon::index {

namespace {

void mark_all(PostingCursor& cursor, Window& window) {
  const std::uint32_t end = window.end();
  cursor.advance(window.begin);
  while (cursor.document() < end) {
    const PostingCursor::Run run = cursor.run(end, false);
    for (std::size_t i = 0; i < run.count; ++i) window.mark(run.documents[i]);
    cursor.skip(run.count);
  }
}

}  // namespace

// ---- Several terms -----------------------------------------------------------------------------

GroupCursor::GroupCursor(std::vector<PostingCursor> cursors) : cursors_(std::move(cursors)) {
  for (const PostingCursor& cursor : cursors_) cost_ += cursor.documents();
  settle();
}

void GroupCursor::settle() {
  document_ = no_document;
  for (const PostingCursor& cursor : cursors_) document_ = std::min(document_, cursor.document());
}

void GroupCursor::advance(std::uint32_t target) {
  if (document_ >= target) return;
  document_ = no_document;
  for (PostingCursor& cursor : cursors_) {
    cursor.advance(target);
    document_ = std::min(document_, cursor.document());
  }
}

std::uint32_t GroupCursor::weight() {
  std::uint32_t weight = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() == document_) weight = std::max(weight, cursor.weight());
  }
  return weight;
}

void GroupCursor::places(std::vector<Place>& places) {
  places.clear();
  std::size_t here = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() != document_) continue;
    cursor.append_places(places);
    ++here;
  }
  if (here > 1) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
  }
}

std::int32_t GroupCursor::bound(std::uint32_t from, std::uint32_t to, const ScoreTable& table) {
  std::int32_t best = 0;
  for (PostingCursor& cursor : cursors_) best = std::max(best, cursor.bound(from, to, table));
  return best;
}

std::int32_t GroupCursor::bound_together(std::uint32_t from, std::uint32_t to,
                                         const ScoreTable& table) {
  if (cursors_.size() == 1) return cursors_[0].bound(from, to, table);
  PostingCursor::Extent all;
  for (PostingCursor& cursor : cursors_) {
    const PostingCursor::Extent extent = cursor.extent(from, to);
    all.weight = std::min(all.weight + extent.weight, FieldWeights::max_weight);
    all.length = std::min(all.length, extent.length);
  }
  return all.weight == 0 ? 0 : score_of(all.weight, all.length, table);
}

// ---- One term ----------------------------------------------------------------------------------

TermScorer::TermScorer(const Segment& segment, PostingCursor cursor, const ScoreTable& table)
    : codes_(segment.length_codes()), cursor_(std::move(cursor)), table_(table) {
  document_ = cursor_.document();
}

void TermScorer::advance(std::uint32_t target) {
  cursor_.advance(target);
  document_ = cursor_.document();
}

std::int32_t TermScorer::score() {
  return score_of(cursor_.weight(), codes_[document_], table_);
}

std::int32_t TermScorer::bound(std::uint32_t from, std::uint32_t to) {
  return cursor_.bound(from, to, table_);
}

void TermScorer::fill(Window& window, std::int32_t least) {
  std::array<std::int32_t, block_size> scores;
  const std::uint32_t end = window.end();
  cursor_.advance(window.begin);
  while (cursor_.document() < end) {
    if (least > 0 && cursor_.skip_weak_block(least, table_, end)) continue;
    const PostingCursor::Run run = cursor_.run(end, true);
    kernels().score(run.documents, run.weights, run.count, codes_, table_, scores.data());
    for (std::size_t i = 0; i < run.count; ++i) window.add(run.documents[i], scores[i]);
    cursor_.skip(run.count);
  }
  document_ = cursor_.document();
}

void TermScorer::mark(Window& window) {
  mark_all(cursor_, window);
  document_ = cursor_.document();
}

// ---- One word ----------------------------------------------------------------------------------

GroupScorer::GroupScorer(const Segment& segment, GroupCursor cursor, const ScoreTable& table)
    : codes_(segment.length_codes()), cursor_(std::move(cursor)), table_(table) {
  document_ = cursor_.document();
}

void GroupScorer::advance(std::uint32_t target) {
  cursor_.advance(target);
  document_ = cursor_.document();
}

std::int32_t GroupScorer::score() {
  return score_of(cursor_.weight(), codes_[document_], table_);
}

std::int32_t GroupScorer::bound(std::uint32_t from, std::uint32_t to) {
  return cursor_.bound(from, to, table_);
}

void GroupScorer::fill(Window& window, std::int32_t) {
  const std::uint32_t end = window.end();
  if (document_ < window.begin) advance(window.begin);
  if (document_ >= end) return;
  weights_.resize(Window::size);
  std::array<std::uint64_t, Window::words> mine{};
  for (PostingCursor& cursor : cursor_.cursors()) {
    cursor.advance(window.begin);
    while (cursor.document() < end) {
      const PostingCursor::Run run = cursor.run(end, true);
      for (std::size_t i = 0; i < run.count; ++i) {
        const std::uint32_t at = run.documents[i] - window.begin;
        mine[at / 64] |= std::uint64_t{1} << at % 64;
        weights_[at] = std::max(weights_[at], run.weights[i]);
      }
      cursor.skip(run.count);
    }
  }
  for (std::size_t word = 0; word < Window::words; ++word) {
    for (std::uint64_t left = mine[word]; left != 0; left &= left - 1) {
      const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      window.scores[at] += score_of(weights_[at], codes_[window.begin + at], table_);
      weights_[at] = 0;
    }
    window.bits[word] |= mine[word];
  }
  cursor_.settle();
  document_ = cursor_.document();
}

void GroupScorer::mark(Window& window) {
  for (PostingCursor& cursor : cursor_.cursors()) mark_all(cursor, window);
  cursor_.settle();
  document_ = cursor_.document();
}

// ---- Words side by side ------------------------------------------------------------------------

PhraseScorer::PhraseScorer(const Segment& segment, const FieldWeights& fields,
                           std::vector<GroupCursor> words, std::uint32_t slop, FieldMask mask,
                           const ScoreTable& table)
    : codes_(segment.length_codes()),
      fields_(fields),
      words_(std::move(words)),
      rarest_first_(words_.size()),
      slop_(slop),
      mask_(mask),
      table_(table),
      places_(words_.size()),
      passed_(words_.size()) {
  std::iota(rarest_first_.begin(), rarest_first_.end(), 0);
  std::sort(rarest_first_.begin(), rarest_first_.end(),
            [&](std::size_t a, std::size_t b) { return words_[a].cost() < words_[b].cost(); });
  cost_ = words_[rarest_first_[0]].cost();
  advance(0);
}

// Brings all words to the first document that has all of them.
bool PhraseScorer::align(std::uint32_t target) {
  GroupCursor& lead = words_[rarest_first_[0]];
  lead.advance(target);
  for (;;) {
    const std::uint32_t document = lead.document();
    if (document == no_document) return false;
    std::uint32_t next = document;
    for (std::size_t i = 1; i < words_.size() && next == document; ++i) {
      GroupCursor& word = words_[rarest_first_[i]];
      word.advance(document);
      next = word.document();
    }
    if (next == document) return true;
    if (next == no_document) return false;
    lead.advance(next);
  }
}

void PhraseScorer::advance(std::uint32_t target) {
  for (;; target = document_ + 1) {
    if (!align(target)) {
      document_ = no_document;
      return;
    }
    document_ = words_[rarest_first_[0]].document();
    if (find_places()) return;
  }
}

// Whether the other words follow one at `begin`, each as early as it can.
bool PhraseScorer::follows(Place begin) {
  const Place step = fields_.step();
  const Place field = begin & (step - 1);
  Place before = begin;
  std::uint32_t spare = slop_;
  for (std::size_t i = 1; i < words_.size(); ++i) {
    const std::vector<Place>& places = places_[i];
    // Begins rise, so what lies before one's next place lies before that of all later ones.
    const Place wanted = before + step;
    std::size_t at = passed_[i];
    while (at < places.size() && (places[at] < wanted || (places[at] & (step - 1)) != field)) {
      if (places[at] < begin) passed_[i] = at + 1;
      ++at;
      if (slop_ == 0 && at < places.size() && places[at] > wanted) return false;
    }
    if (at == places.size()) return false;
    const std::uint32_t gap = (places[at] - wanted) / step;
    if (gap > spare) return false;
    spare -= gap;
    before = places[at];
  }
  return true;
}

bool PhraseScorer::find_places() {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i].places(places_[i]);
  std::fill(passed_.begin(), passed_.end(), 0);
  begins_.clear();
  for (const Place begin : places_[0]) {
    const bool here = (mask_ >> fields_.field(begin) & 1U) != 0;
    if (here && follows(begin)) begins_.push_back(begin);
  }
  return !begins_.empty();
}

std::int32_t PhraseScorer::score() {
  return score_of(fields_.weight(begins_), codes_[document_], table_);
}

std::int32_t PhraseScorer::bound(std::uint32_t from, std::uint32_t to) {
  std::int32_t least = words_[0].bound_together(from, to, table_);
  // With room between them several begins may share one place of a later word.
  if (slop_ > 0) return least;
  for (std::size_t i = 1; i < words_.size(); ++i)
    least = std::min(least, words_[i].bound_together(from, to, table_));
  return least;
}

}  // namespace koinon::index
