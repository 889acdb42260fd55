// SPDX-License-Identifier: Apache-2.0
#include "index/other_scorers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace koinon::index {

namespace {

// The first set flag from `target` on.
std::uint32_t next_set(const Bits& bits, std::uint32_t target) {
  std::size_t word = target / 64;
  if (word >= bits.word_count()) return no_document;
  std::uint64_t left = bits.word(word) & (~std::uint64_t{0} << target % 64);
  while (left == 0) {
    if (++word == bits.word_count()) return no_document;
    left = bits.word(word);
  }
  return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(left));
}

}  // namespace

SetScorer::SetScorer(std::vector<ScoredSet> sets, std::uint32_t documents)
    : sets_(std::move(sets)), all_(documents) {
  for (const ScoredSet& set : sets_) {
    for (std::size_t word = 0; word < all_.word_count(); ++word)
      all_.words()[word] |= set.bits.word(word);
  }
  cost_ = all_.count();
  document_ = next_set(all_, 0);
}

void SetScorer::advance(std::uint32_t target) {
  if (document_ < target) document_ = next_set(all_, target);
}

std::int32_t SetScorer::score() {
  for (const ScoredSet& set : sets_) {
    if (set.bits.test(document_)) return set.score;
  }
  return 0;
}

std::int32_t SetScorer::bound(std::uint32_t, std::uint32_t) {
  return sets_.empty() ? 0 : sets_[0].score;
}

void SetScorer::mark(Window& window) {
  for (std::size_t word = 0; word < Window::words; ++word)
    window.bits[word] |= all_.word(window.begin / 64 + word);
  advance(window.end());
}

DampedScorer::DampedScorer(ScorerPtr inner, const FacetColumn& column, const Damping& damping)
    : inner_(std::move(inner)),
      column_(column),
      less_(column.values()),
      factor_(std::clamp(damping.factor, 0.0, 1.0)) {
  for (const std::string& code : damping.codes) {
    const std::uint32_t ordinal = column.ordinal(code);
    if (ordinal < column.values()) less_[ordinal] = true;
  }
  document_ = inner_->document();
}

void DampedScorer::advance(std::uint32_t target) {
  inner_->advance(target);
  document_ = inner_->document();
}

std::int32_t DampedScorer::score() {
  const std::int32_t whole = inner_->score();
  bool less = false;
  column_.each(document_, [&](std::uint32_t ordinal) { less = less || less_[ordinal]; });
  return less ? static_cast<std::int32_t>(std::lround(whole * factor_)) : whole;
}

void DampedScorer::mark(Window& window) {
  inner_->mark(window);
  document_ = inner_->document();
}

ListScorer::ListScorer(std::vector<Candidate> list) : list_(std::move(list)) {
  document_ = list_.empty() ? no_document : list_[0].document;
}

void ListScorer::advance(std::uint32_t target) {
  if (document_ >= target) return;
  while (at_ < list_.size() && list_[at_].document < target) ++at_;
  document_ = at_ < list_.size() ? list_[at_].document : no_document;
}

std::int32_t ListScorer::bound(std::uint32_t from, std::uint32_t to) {
  std::int32_t best = 0;
  for (std::size_t i = at_; i < list_.size() && list_[i].document < to; ++i) {
    if (list_[i].document >= from) best = std::max(best, list_[i].score);
  }
  return best;
}

void AllScorer::mark(Window& window) {
  for (std::size_t word = 0; word < Window::words; ++word) {
    const std::uint64_t begin = window.begin + word * 64;
    if (begin + 64 <= documents_) {
      window.bits[word] = ~std::uint64_t{0};
    } else if (begin < documents_) {
      window.bits[word] |= (std::uint64_t{1} << (documents_ - begin)) - 1;
    }
  }
  advance(window.end());
}

void Parts::combine(Window& window, Window& scratch, bool scores) {
  const auto take = [&](Scorer& scorer) {
    if (scores) {
      scorer.fill(window, true);
    } else {
      scorer.mark(window);
    }
  };
  if (scores) {
    window.clear();
  } else {
    window.clear_bits();
  }
  bool first = true;
  for (const ScorerPtr& part : must) {
    if (first) {
      take(*part);
      first = false;
      continue;
    }
    std::swap(scratch.bits, window.bits);
    window.clear_bits();
    take(*part);
    for (std::size_t i = 0; i < Window::words; ++i) window.bits[i] &= scratch.bits[i];
  }
  if (must.empty()) {
    for (const ScorerPtr& part : should) take(*part);
  } else if (scores && !should.empty()) {
    scratch.bits = window.bits;
    for (const ScorerPtr& part : should) take(*part);
    window.bits = scratch.bits;
  }
  if (must_not.empty()) return;
  scratch.begin = window.begin;
  scratch.clear_bits();
  for (const ScorerPtr& part : must_not) part->mark(scratch);
  for (std::size_t i = 0; i < Window::words; ++i) window.bits[i] &= ~scratch.bits[i];
}

std::uint32_t Parts::next() const {
  std::uint32_t next = must.empty() ? no_document : 0;
  for (const ScorerPtr& part : must) next = std::max(next, part->document());
  if (must.empty()) {
    for (const ScorerPtr& part : should) next = std::min(next, part->document());
  }
  return next;
}

BooleanScorer::BooleanScorer(Parts parts) : parts_(std::move(parts)) {
  for (const ScorerPtr& part : parts_.should) cost_ += part->cost();
  if (!parts_.must.empty()) {
    cost_ = parts_.must[0]->cost();
    for (const ScorerPtr& part : parts_.must) cost_ = std::min(cost_, part->cost());
  }
  advance(0);
}

bool BooleanScorer::find_in_window(std::uint32_t target) {
  std::uint32_t at = target - window_->begin;
  for (std::size_t word = at / 64; word < Window::words; ++word) {
    std::uint64_t left = window_->bits[word];
    if (word == at / 64) left &= ~std::uint64_t{0} << at % 64;
    if (left == 0) continue;
    document_ = window_->begin + static_cast<std::uint32_t>(word * 64) +
                static_cast<std::uint32_t>(std::countr_zero(left));
    return true;
  }
  return false;
}

void BooleanScorer::advance(std::uint32_t target) {
  if (loaded_ && document_ >= target) return;
  if (loaded_ && target < window_->end()) {
    if (find_in_window(target)) return;
    target = window_->end();
  }
  for (;;) {
    const std::uint32_t next = std::max(parts_.next(), target);
    if (next == no_document) break;
    window_->begin = scratch_->begin = next / Window::size * Window::size;
    parts_.combine(*window_, *scratch_, true);
    loaded_ = true;
    if (find_in_window(std::max(target, window_->begin))) return;
    target = window_->end();
  }
  loaded_ = true;
  document_ = no_document;
}

std::int32_t BooleanScorer::bound(std::uint32_t from, std::uint32_t to) {
  // The parts may stand a window ahead, but their bounds only look forward: ask from where they
  // are.
  std::int32_t sum = 0;
  for (const ScorerPtr& part : parts_.must) sum += part->bound(from, to);
  for (const ScorerPtr& part : parts_.should) sum += part->bound(from, to);
  return sum;
}

}  // namespace koinon::index
