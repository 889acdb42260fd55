// SPDX-License-Identifier: Apache-2.0
#include "index/scorer.hpp"

namespace koinon::index {

// Each is kept and then written over by the next if it is too low: which are cannot be guessed.
void drop_below(std::vector<Candidate>& candidates, std::int32_t least) {
  if (least <= 0) return;
  Candidate* to = candidates.data();
  for (const Candidate candidate : candidates) {
    *to = candidate;
    to += candidate.score >= least ? 1 : 0;
  }
  candidates.resize(static_cast<std::size_t>(to - candidates.data()));
}

void Scorer::fill(Window& window, bool marks) {
  const std::uint32_t end = window.end();
  for (advance(window.begin); document_ < end; advance(document_ + 1)) {
    window.add(document_, score());
    if (marks) window.mark(document_);
  }
}

void Scorer::collect(std::uint32_t begin, std::uint32_t end, std::int32_t least,
                     std::vector<Candidate>& found) {
  for (advance(begin); document_ < end; advance(document_ + 1)) {
    const std::int32_t worth = score();
    if (worth >= least) found.push_back({document_, worth});
  }
}

void Scorer::raise(std::vector<Candidate>& candidates, std::int32_t least, bool must) {
  std::erase_if(candidates, [&](Candidate& candidate) {
    if (candidate.score < least) return true;
    advance(candidate.document);
    const bool here = document_ == candidate.document;
    if (here) candidate.score += score();
    return must && !here;
  });
}

void Scorer::mark(Window& window) {
  const std::uint32_t end = window.end();
  for (advance(window.begin); document_ < end; advance(document_ + 1)) window.mark(document_);
}

}  // namespace koinon::index
