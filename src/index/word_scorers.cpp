// SPDX-License-Identifier: Apache-2.0
#include "index/word_scorers.hpp"

#include <algorithm>

namespace koinon::index {

namespace {

// Documents from which it pays to make a table of scores.
constexpr std::uint32_t ones_worth = 512;

// Documents that lie close together share words of the bitmap, and each would wait for the one
// before to be written: a byte for each, in `bytes`, does not. All of those are 0 again afterwards.
void mark_run(Window& window, const PostingCursor::Run& run) {
  if (run.count == 0) return;
  const std::uint32_t* const documents = run.documents;
  const std::size_t first = (documents[0] - window.begin) / 64;
  const std::size_t words = (documents[run.count - 1] - window.begin) / 64 - first + 1;
  if (words * 2 > run.count) {
    for (std::size_t i = 0; i < run.count; ++i) window.mark(documents[i]);
    return;
  }
  for (std::size_t i = 0; i < run.count; ++i) window.bytes[documents[i] - window.begin] = 0xFF;
  kernels().take_marks(window.bytes.data() + first * 64, words, window.bits.data() + first);
}

void mark_all(PostingCursor& cursor, Window& window) {
  const std::uint32_t end = window.end();
  cursor.advance(window.begin);
  while (cursor.document() < end) {
    const PostingCursor::Run run = cursor.run(end, false);
    mark_run(window, run);
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

void GroupCursor::advance_all(std::uint32_t target) {
  document_ = no_document;
  for (PostingCursor& cursor : cursors_) {
    cursor.advance(target);
    document_ = std::min(document_, cursor.document());
  }
}

std::uint32_t GroupCursor::weight_together() {
  if (cursors_.size() == 1) return std::min(cursors_[0].weight(), FieldWeights::max_weight);
  std::uint32_t sum = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() == document_) sum += cursor.weight();
  }
  return std::min(sum, FieldWeights::max_weight);
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

std::int32_t GroupCursor::bound_together(std::uint32_t from, std::uint32_t to,
                                         const ScoreTable& table) {
  if (cursors_.size() == 1) return cursors_[0].bound(from, to, table).score;
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

const std::int32_t* TermScorer::scores_of(std::uint32_t weight) {
  std::vector<std::int32_t>& scores = known_[weight];
  if (scores.empty()) {
    scores.resize(length_codes);
    for (std::size_t code = 0; code < length_codes; ++code)
      scores[code] = score_of(weight, static_cast<std::uint8_t>(code), table_);
  }
  return scores.data();
}

std::int32_t TermScorer::score() {
  const std::uint32_t weight = cursor_.weight();
  if (weight == 1 && cursor_.documents() > ones_worth) return scores_of(1)[codes_[document_]];
  return score_of(weight, codes_[document_], table_);
}

void TermScorer::score(const PostingCursor::Run& run, std::int32_t* scores) {
  if (!run.ones || cursor_.documents() <= ones_worth) {
    score_rising(run.documents, run.weights, run.count, codes_, table_, scores);
    return;
  }
  const std::int32_t* known = scores_of(1);
  if (run.count > 0 && codes_[run.documents[0]] == codes_[run.documents[run.count - 1]]) {
    std::fill_n(scores, run.count, known[codes_[run.documents[0]]]);
    return;
  }
  for (std::size_t i = 0; i < run.count; ++i) scores[i] = known[codes_[run.documents[i]]];
}

std::int32_t TermScorer::bound(std::uint32_t from, std::uint32_t to) {
  const PostingCursor::Bound bound = cursor_.bound(from, to, table_);
  heaviest_ = bound.weight;
  return bound.score;
}

const std::int32_t* TermScorer::bound_by_length() {
  return heaviest_ <= known_weights ? scores_of(heaviest_) : nullptr;
}

void TermScorer::fill(Window& window, bool marks) {
  std::array<std::int32_t, block_size> scores;
  const std::uint32_t end = window.end();
  cursor_.advance(window.begin);
  while (cursor_.document() < end) {
    const PostingCursor::Run run = cursor_.run(end, true);
    score(run, scores.data());
    for (std::size_t i = 0; i < run.count; ++i) window.add(run.documents[i], scores[i]);
    if (marks) mark_run(window, run);
    cursor_.skip(run.count);
  }
  document_ = cursor_.document();
}

void TermScorer::collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
                         std::vector<Candidate>& found) {
  std::array<std::int32_t, block_size> scores;
  cursor_.advance(begin);
  while (cursor_.document() < end) {
    if (cursor_.skip_weak_block(least, table_, end)) continue;
    const PostingCursor::Run run = cursor_.run(end, true);
    score(run, scores.data());
    // Appended one and all, those that are too low written over by the next.
    const std::size_t before = found.size();
    found.resize(before + run.count);
    Candidate* to = found.data() + before;
    for (std::size_t i = 0; i < run.count; ++i) {
      *to = {run.documents[i], scores[i]};
      to += scores[i] >= least ? 1 : 0;
    }
    found.resize(static_cast<std::size_t>(to - found.data()));
    cursor_.skip(run.count);
  }
  document_ = cursor_.document();
}

// Those up to the last document of the block at hand. Whether a candidate is in the block cannot be
// guessed, so nothing depends on a guess: all are looked up in the same way, and what is found is
// written over by the next unless it matches.
TermScorer::Raised TermScorer::raise_block(Candidate* from, const Candidate* end, Candidate* to,
                                           bool must) {
  std::array<Candidate*, block_size + 1> matching;
  std::array<std::uint32_t, block_size + 1> places;
  const std::uint32_t* documents = cursor_.block_documents();
  const std::uint32_t last = cursor_.loaded_last();
  std::size_t count = 0;
  for (; from != end && from->document <= last; ++from) {
    const std::size_t place = place_in_block(documents, from->document);
    matching[count] = from;
    places[count] = static_cast<std::uint32_t>(place);
    count += documents[place] == from->document ? 1 : 0;
  }
  if (count == 0) return {from, to};
  const std::uint32_t* weights = cursor_.block_weights();
  std::array<std::uint32_t, block_size> found;
  std::array<std::uint32_t, block_size> weighing;
  for (std::size_t i = 0; i < count; ++i) {
    found[i] = documents[places[i]];
    weighing[i] = weights[places[i]];
  }
  std::array<std::int32_t, block_size> scores;
  score_rising(found.data(), weighing.data(), count, codes_, table_, scores.data());
  for (std::size_t i = 0; i < count; ++i) {
    Candidate& raised = must ? to[i] : *matching[i];
    raised = {found[i], matching[i]->score + scores[i]};
  }
  return {from, to + count};
}

void TermScorer::raise(std::vector<Candidate>& candidates, std::int32_t least, bool must) {
  drop_below(candidates, least);
  Candidate* const end = candidates.data() + candidates.size();
  Raised raised = {candidates.data(), candidates.data()};
  while (raised.from != end) {
    cursor_.advance(raised.from->document);
    if (cursor_.document() == no_document) break;
    raised = raise_block(raised.from, end, raised.to, must);
  }
  if (must) candidates.resize(static_cast<std::size_t>(raised.to - candidates.data()));
  document_ = cursor_.document();
}

void TermScorer::mark(Window& window) {
  mark_all(cursor_, window);
  document_ = cursor_.document();
}

// ---- One word ----------------------------------------------------------------------------------

GroupScorer::GroupScorer(const Segment& segment, GroupCursor cursor, std::vector<ScoreTable> tables)
    : codes_(segment.length_codes()), cursor_(std::move(cursor)), tables_(std::move(tables)) {
  document_ = cursor_.document();
}

void GroupScorer::advance(std::uint32_t target) {
  cursor_.advance(target);
  document_ = cursor_.document();
}

std::int32_t GroupScorer::score() {
  std::int32_t best = 0;
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    PostingCursor& cursor = cursor_.cursors()[i];
    if (cursor.document() != document_) continue;
    best = std::max(best, score_of(cursor.weight(), codes_[document_], tables_[i]));
  }
  return best;
}

std::int32_t GroupScorer::bound(std::uint32_t from, std::uint32_t to) {
  std::int32_t best = 0;
  for (std::size_t i = 0; i < tables_.size(); ++i)
    best = std::max(best, cursor_.cursors()[i].bound(from, to, tables_[i]).score);
  return best;
}

void GroupScorer::fill(Window& window, bool marks) {
  const std::uint32_t end = window.end();
  if (document_ < window.begin) advance(window.begin);
  if (document_ >= end) return;
  best_.resize(Window::size);
  std::array<std::uint64_t, Window::words> mine{};
  std::array<std::int32_t, block_size> scores;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    PostingCursor& cursor = cursor_.cursors()[t];
    cursor.advance(window.begin);
    while (cursor.document() < end) {
      const PostingCursor::Run run = cursor.run(end, true);
      score_rising(run.documents, run.weights, run.count, codes_, tables_[t], scores.data());
      for (std::size_t i = 0; i < run.count; ++i) {
        const std::uint32_t at = run.documents[i] - window.begin;
        mine[at / 64] |= std::uint64_t{1} << at % 64;
        best_[at] = std::max(best_[at], scores[i]);
      }
      cursor.skip(run.count);
    }
  }
  for (std::size_t word = 0; word < Window::words; ++word) {
    for (std::uint64_t left = mine[word]; left != 0; left &= left - 1) {
      const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      window.scores[at] += best_[at];
      best_[at] = 0;
    }
    if (marks) window.bits[word] |= mine[word];
  }
  cursor_.settle();
  document_ = cursor_.document();
}

void GroupScorer::mark(Window& window) {
  for (PostingCursor& cursor : cursor_.cursors()) mark_all(cursor, window);
  cursor_.settle();
  document_ = cursor_.document();
}

}  // namespace koinon::index
