// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "search/fields.hpp"
#include "search/record_texts.hpp"
#include "text/language.hpp"

namespace koinon::search {

namespace {

constexpr std::string_view ellipsis = "…";

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= 0x20;
}

std::size_t distinct_clauses(const std::vector<TextMatch>& matches, std::size_t clauses) {
  std::vector<char> seen(clauses, 0);
  for (const TextMatch& match : matches) seen[match.clause] = 1;
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), 1));
}

// Counts what a window over the matches has, while its two ends move on.
class Window {
 public:
  Window(const std::vector<TextMatch>& matches, std::size_t clauses)
      : matches_(matches), counts_(clauses, 0) {}

  // Takes in what fits behind the match `first`, which always does.
  void reach(std::size_t first) {
    while (end_ < matches_.size() && (end_ <= first || fits(first, matches_[end_]))) {
      if (counts_[matches_[end_].clause]++ == 0) ++distinct_;
      ++end_;
    }
  }
  void drop(std::size_t first) {
    if (--counts_[matches_[first].clause] == 0) --distinct_;
  }
  std::size_t distinct() const { return distinct_; }
  std::size_t end() const { return end_; }

 private:
  bool fits(std::size_t first, const TextMatch& match) const {
    return match.end - matches_[first].begin <= snippet_bytes;
  }

  const std::vector<TextMatch>& matches_;
  std::vector<std::size_t> counts_;
  std::size_t distinct_ = 0;
  std::size_t end_ = 0;
};

// The bytes from the first to the last match of the best window. `matches` is not empty.
Range core_of(const std::vector<TextMatch>& matches, std::size_t clauses) {
  Window window(matches, clauses);
  std::pair<std::size_t, std::size_t> most{0, 0};
  Range core;
  for (std::size_t first = 0; first < matches.size(); ++first) {
    window.reach(first);
    const std::pair<std::size_t, std::size_t> has{window.distinct(), window.end() - first};
    if (has > most) {
      most = has;
      core = {matches[first].begin, matches[window.end() - 1].end};
    }
    window.drop(first);
  }
  return core;
}

// The first border of a word at or after `from`; `limit` is one.
std::size_t border_after(std::string_view text, std::size_t from, std::size_t limit) {
  if (from > 0) {
    while (from < limit && !is_blank(text[from - 1])) ++from;
  }
  while (from < limit && is_blank(text[from])) ++from;
  return from;
}

// The last border of a word at or before `from`; `limit` is one.
std::size_t border_before(std::string_view text, std::size_t from, std::size_t limit) {
  if (from < text.size()) {
    while (from > limit && !is_blank(text[from])) --from;
  }
  while (from > limit && is_blank(text[from - 1])) --from;
  return from;
}

// A range grown to the length of a snippet, as evenly as the text allows.
Range widened(std::string_view text, Range core) {
  const std::size_t size = core.end - core.begin;
  const std::size_t spare = snippet_bytes > size ? snippet_bytes - size : 0;
  const std::size_t half = std::min(core.begin, spare / 2);
  const std::size_t right = std::min(text.size() - core.end, spare - half);
  const std::size_t left = std::min(core.begin, spare - right);
  return {border_after(text, core.begin - left, core.begin),
          border_before(text, core.end + right, core.end)};
}

bool all_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_blank);
}

Snippet cut(std::string_view text, std::string_view language, const std::vector<TextMatch>& matches,
            std::size_t clauses) {
  const Range range = widened(text, core_of(matches, clauses));
  Snippet snippet;
  snippet.language = language;
  if (!all_blank(text.substr(0, range.begin))) snippet.text = ellipsis;
  const std::size_t shift = snippet.text.size();
  snippet.text += text.substr(range.begin, range.end - range.begin);
  if (!all_blank(text.substr(range.end))) snippet.text += ellipsis;
  for (const TextMatch& match : matches) {
    if (match.begin < range.begin || match.end > range.end) continue;
    const Mark mark{match.begin - range.begin + shift, match.end - range.begin + shift};
    // A word may match for several clauses.
    const bool again = !snippet.marks.empty() && snippet.marks.back().begin == mark.begin;
    if (!again) snippet.marks.push_back(mark);
  }
  return snippet;
}

// The best text so far, kept because a text part holds only while it is handed over.
struct Best {
  std::tuple<std::size_t, bool, bool> merit{0, false, false};
  TextField field = TextField::Title;
  std::string language;
  std::string text;
  std::vector<TextMatch> matches;
};

// Of a text that none of the question's words is in.
Snippet beginning_of(const Record& record, RelatedRecords& related, const std::string& wanted) {
  Best best;
  for_each_text(record, related, [&](const TextPart& part) {
    const bool prose = part.field != TextField::Title && part.field != TextField::Names &&
                       part.field != TextField::Codes && part.field != TextField::Tags;
    const std::tuple<std::size_t, bool, bool> merit{1, text::language_tag(part.language) == wanted,
                                                    true};
    if (!part.own || !prose || merit <= best.merit) return;
    best = {merit, part.field, std::string(part.language), std::string(part.text), {}};
  });
  if (best.text.empty()) return {};
  const Range range = widened(best.text, {0, 0});
  Snippet snippet;
  snippet.field = text_fields[static_cast<std::size_t>(best.field)].name;
  snippet.language = best.language;
  snippet.text = best.text.substr(range.begin, range.end - range.begin);
  if (!all_blank(std::string_view(best.text).substr(range.end))) snippet.text += ellipsis;
  return snippet;
}

}  // namespace

Snippet Snippets::of_text(const TextPart& part) {
  const std::vector<TextMatch> matches = finder_.find(part);
  if (matches.empty()) return {};
  return cut(part.text, part.language, matches, finder_.clauses());
}

Snippet Snippets::best(const Record& record, RelatedRecords& related, std::string_view language) {
  if (finder_.clauses() == 0) return {};
  const std::string wanted = text::language_tag(language);
  Best best;
  for_each_text(record, related, [&](const TextPart& part) {
    std::vector<TextMatch> matches = finder_.find(part);
    const std::tuple<std::size_t, bool, bool> merit{distinct_clauses(matches, finder_.clauses()),
                                                    text::language_tag(part.language) == wanted,
                                                    part.field != TextField::Title};
    if (matches.empty() || merit <= best.merit) return;
    best = {merit, part.field, std::string(part.language), std::string(part.text),
            std::move(matches)};
  });
  if (best.matches.empty()) return beginning_of(record, related, wanted);
  Snippet snippet = cut(best.text, best.language, best.matches, finder_.clauses());
  snippet.field = text_fields[static_cast<std::size_t>(best.field)].name;
  return snippet;
}

}  // namespace koinon::search
