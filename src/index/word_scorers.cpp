// SPDX-License-Identifier: Apache-2.0
#include "index/word_scorers.hpp"

#include <numeric>

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

std::uint32_t GroupCursor::weight() {
  std::uint32_t weight = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() == document_) weight = std::max(weight, cursor.weight());
  }
  return weight;
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

std::int32_t GroupCursor::bound(std::uint32_t from, std::uint32_t to, const ScoreTable& table) {
  std::int32_t best = 0;
  for (PostingCursor& cursor : cursors_) best = std::max(best, cursor.bound(from, to, table).score);
  return best;
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

void GroupScorer::fill(Window& window, bool marks) {
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
