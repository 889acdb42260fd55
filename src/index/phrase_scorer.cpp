// SPDX-License-Identifier: Apache-2.0
#include "index/phrase_scorer.hpp"

#include <algorithm>
#include <numeric>

namespace koinon::index {

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
      single_(std::all_of(words_.begin(), words_.end(),
                          [](GroupCursor& word) { return word.cursors().size() == 1; })),
      places_(words_.size()),
      passed_(words_.size()) {
  std::iota(rarest_first_.begin(), rarest_first_.end(), 0);
  std::sort(rarest_first_.begin(), rarest_first_.end(),
            [&](std::size_t a, std::size_t b) { return words_[a].cost() < words_[b].cost(); });
  cost_ = words_[rarest_first_[0]].cost();
  if (single_) {
    seen_ = std::make_unique<Seen>();
    ranges_.resize(words_.size());
  }
  document_ = rarest().document();
}

// Brings all words to the first document that has all of them.
bool PhraseScorer::align(std::uint32_t target) {
  GroupCursor& lead = rarest();
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
  if (matches_ && document_ >= target) return;
  for (matches_ = true;; target = document_ + 1) {
    const bool all = align(target);
    document_ = all ? rarest().document() : no_document;
    if (!all || find_begins()) return;
  }
}

// No phrase in the document that the words are aligned on scores more.
std::int32_t PhraseScorer::most_here() {
  std::uint32_t weight = words_[0].weight_together();
  for (std::size_t i = 1; slop_ == 0 && i < words_.size(); ++i)
    weight = std::min(weight, words_[i].weight_together());
  return score_of(weight, codes_[words_[0].document()], table_);
}

void PhraseScorer::collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
                           std::vector<Candidate>& found) {
  if (document_ >= end) return;
  std::uint32_t target = std::max(begin, document_);
  if (matches_ && document_ == target) {
    const std::int32_t worth = score();
    if (worth >= least) found.push_back({document_, worth});
    ++target;
  }
  if (single_) {
    collect_blocks(target, end, least, found);
  } else {
    collect_each(target, end, least, found);
  }
  // Whether the phrase is there too is only looked at when somebody asks.
  matches_ = false;
}

void PhraseScorer::fill(Window& window, bool marks) {
  filling_.clear();
  collect(window.begin, window.end(), 0, filling_);
  for (const Candidate& candidate : filling_) {
    window.add(candidate.document, candidate.score);
    if (marks) window.mark(candidate.document);
  }
}

void PhraseScorer::mark(Window& window) {
  filling_.clear();
  collect(window.begin, window.end(), 0, filling_);
  for (const Candidate& candidate : filling_) window.mark(candidate.document);
}

// Places are dear: they are only read where the score could be high enough.
void PhraseScorer::collect_each(std::uint32_t target, std::uint32_t end, std::int32_t least,
                                std::vector<Candidate>& found) {
  for (; align(target); ++target) {
    document_ = target = words_[0].document();
    if (target >= end) return;
    if (most_here() < least || !find_begins()) continue;
    const std::int32_t worth = score();
    if (worth >= least) found.push_back({target, worth});
  }
  document_ = no_document;
}

// The same with all documents of a block at once: whether one has the next word too cannot be
// guessed, so nothing depends on a guess.
void PhraseScorer::collect_blocks(std::uint32_t target, std::uint32_t end, std::int32_t least,
                                  std::vector<Candidate>& found) {
  PostingCursor& lead = only(rarest_first_[0]);
  lead.advance(target);
  while (lead.document() < end) {
    const std::uint32_t next = next_of_all();
    if (next > std::min(lead.loaded_last(), end - 1)) {
      lead.advance(next);
      continue;
    }
    const PostingCursor::Run run = lead.run(end, true);
    see(rarest_first_[0], run, least);
    for (std::size_t i = 1; i < words_.size(); ++i) meet(rarest_first_[i], least);
    take_phrases(least, found);
    lead.skip(run.count);
  }
  document_ = next_of_all();
  for (GroupCursor& word : words_) word.settle();
}

// Of the documents that have all words those that have the phrase.
void PhraseScorer::take_phrases(std::int32_t least, std::vector<Candidate>& found) {
  const std::size_t lead = rarest_first_[0];
  for (std::size_t i = 0; i < seen_->count; ++i) {
    document_ = seen_->documents[i];
    const std::size_t at = seen_->at[i];
    const bool here = find_begins([&](std::size_t word) {
      places_[word].clear();
      const PlaceRange range = word == lead ? only(lead).places_at(at) : ranges_[word][at];
      only(word).append_places(range, places_[word]);
    });
    if (!here) continue;
    const std::int32_t worth = score();
    if (worth >= least) found.push_back({document_, worth});
  }
}

// No document before it has all words, from where the rarest stands.
std::uint32_t PhraseScorer::next_of_all() {
  std::uint32_t next = only(rarest_first_[0]).document();
  for (std::size_t i = 1; i < words_.size(); ++i) {
    PostingCursor& word = only(rarest_first_[i]);
    word.advance(next);
    next = word.document();
  }
  return next;
}

void PhraseScorer::Seen::move(std::size_t from, std::size_t to) {
  documents[to] = documents[from];
  weights[to] = weights[from];
  at[to] = at[from];
}

void PhraseScorer::see(std::size_t word, const PostingCursor::Run& run, std::int32_t least) {
  seen_->count = run.count;
  std::copy_n(run.documents, run.count, seen_->documents.begin());
  if (bounds_weight(word)) {
    std::copy_n(run.weights, run.count, seen_->weights.begin());
  } else {
    std::fill_n(seen_->weights.begin(), run.count, FieldWeights::max_weight);
  }
  for (std::size_t i = 0; i < run.count; ++i) seen_->at[i] = static_cast<std::uint8_t>(run.at + i);
  drop_weak(least);
}

// Keeps of what was seen what has this word too, and can still score `least`.
void PhraseScorer::meet(std::size_t word, std::int32_t least) {
  PostingCursor& cursor = only(word);
  Seen& seen = *seen_;
  std::array<std::uint8_t, block_size> places;
  std::size_t kept = 0;
  for (std::size_t from = 0; from < seen.count;) {
    cursor.advance(seen.documents[from]);
    if (cursor.document() == no_document) break;
    const std::uint32_t* const documents = cursor.block_documents();
    const std::uint32_t last = cursor.loaded_last();
    const std::size_t first = kept;
    for (; from < seen.count && seen.documents[from] <= last; ++from) {
      const std::size_t place = place_in_block(documents, seen.documents[from]);
      const bool here = documents[place] == seen.documents[from];
      seen.move(from, kept);
      places[kept] = static_cast<std::uint8_t>(place);
      kept += here ? 1 : 0;
    }
    if (kept == first) continue;
    const std::uint32_t* const weights = cursor.block_weights();
    for (std::size_t i = first; i < kept; ++i) {
      ranges_[word][seen.at[i]] = cursor.places_at(places[i]);
      if (bounds_weight(word)) seen.weights[i] = std::min(seen.weights[i], weights[places[i]]);
    }
  }
  seen.count = kept;
  drop_weak(least);
}

void PhraseScorer::drop_weak(std::int32_t least) {
  if (least <= 0) return;
  Seen& seen = *seen_;
  std::array<std::int32_t, block_size> scores;
  score_rising(seen.documents.data(), seen.weights.data(), seen.count, codes_, table_,
               scores.data());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < seen.count; ++i) {
    seen.move(i, kept);
    kept += scores[i] >= least ? 1 : 0;
  }
  seen.count = kept;
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
    }
    if (at == places.size()) return false;
    const std::uint32_t gap = (places[at] - wanted) / step;
    if (gap > spare) return false;
    spare -= gap;
    before = places[at];
  }
  return true;
}

namespace {

// Keeps the places that are `ahead` before one of the others. Both are rising.
void keep_ahead(std::vector<Place>& places, const std::vector<Place>& others, Place ahead) {
  std::size_t kept = 0;
  auto other = others.begin();
  for (const Place place : places) {
    while (other != others.end() && *other < place + ahead) ++other;
    if (other == others.end()) break;
    if (*other == place + ahead) places[kept++] = place;
  }
  places.resize(kept);
}

}  // namespace

// Where the phrase begins in the document at hand, after read(word) has put the places of a word
// there into places_.
template <class Read>
bool PhraseScorer::find_begins(Read&& read) {
  read(0);
  begins_.clear();
  for (const Place begin : places_[0]) {
    if ((mask_ >> fields_.field(begin) & 1U) != 0) begins_.push_back(begin);
  }
  if (slop_ == 0) {
    for (std::size_t i = 1; i < words_.size() && !begins_.empty(); ++i) {
      read(i);
      keep_ahead(begins_, places_[i], static_cast<Place>(i) * fields_.step());
    }
    return !begins_.empty();
  }
  for (std::size_t i = 1; i < words_.size(); ++i) read(i);
  std::fill(passed_.begin(), passed_.end(), 0);
  std::erase_if(begins_, [&](Place begin) { return !follows(begin); });
  return !begins_.empty();
}

bool PhraseScorer::find_begins() {
  return find_begins([&](std::size_t word) { words_[word].places(places_[word]); });
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
