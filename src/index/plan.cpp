// SPDX-License-Identifier: Apache-2.0
#include "index/plan.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "index/bm25.hpp"
#include "index/condition_scorer.hpp"
#include "index/norms.hpp"
#include "index/pattern_terms.hpp"

namespace koinon::index {

namespace {

// Sums stay below 2^30, so that even rounded they are no more than an int32 holds.
constexpr double greatest_sum = 1 << 30;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

Plan::Plan(const Query& query, const Snapshot& snapshot) : snapshot_(snapshot) {
  const double mean = snapshot.mean_length();
  const double one = snapshot.fields().one();
  for (std::size_t code = 0; code < saturation_.size(); ++code) {
    const double length = decoded_length(static_cast<std::uint8_t>(code));
    saturation_[code] = static_cast<float>(one * bm25_saturation(length / mean));
  }
  for (const Clause& clause : query.clauses) nodes_.push_back(prepare(clause));
  const double total = total_worth(nodes_);
  if (total > 0) unit_ = std::exp2(std::ceil(std::log2(total / greatest_sum)));
  set_scores(nodes_);
}

Plan::Word Plan::prepare_word(const TermGroup& group) {
  Word word;
  std::uint64_t having = 0;
  for (const Alternative& each : group.alternatives) {
    const bool known = std::any_of(word.terms.begin(), word.terms.end(),
                                   [&](const Term& term) { return term.spelling == each.term; });
    if (known) continue;
    Term term;
    term.spelling = each.term;
    term.weight = each.weight;
    term.among = each.among;
    for (const SegmentState& state : snapshot_.segments()) {
      term.entries.push_back(state.segment->terms().find(each.term));
      const auto& entry = term.entries.back();
      if (entry) term.documents += live_documents(state, snapshot_.fields(), *entry);
    }
    if (term.among == 0) having = std::max(having, term.documents);
    if (term.documents > 0) word.terms.push_back(std::move(term));
  }
  const auto all = static_cast<double>(snapshot_.documents());
  for (Term& term : word.terms) {
    // Spellings of one word in all documents are as rare as the most frequent of them.
    const auto documents = static_cast<double>(term.among == 0 ? having : term.documents);
    const double among = term.among == 0 ? all : static_cast<double>(term.among);
    term.idf = term.weight * bm25_idf(std::max(among, documents), documents);
    word.idf = std::max(word.idf, term.idf);
  }
  if (word.terms.empty()) word.idf = bm25_idf(all, 0);
  return word;
}

void Plan::prepare_pattern(Node& node) {
  const Pattern& pattern = *node.clause->pattern;
  struct Found {
    std::uint64_t documents = 0;
    unsigned distance = 0;
  };
  const auto& segments = snapshot_.segments();
  std::unordered_map<std::string, Found> all;  // where there are several segments
  std::vector<std::vector<std::string>> spellings(segments.size());
  node.alike.resize(segments.size());
  const bool together = segments.size() > 1;
  std::uint64_t having = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    each_term(segments[i].segment->terms(), pattern,
              [&](std::string_view spelling, const TermEntry& entry, unsigned distance) {
                const std::uint32_t live = live_documents(segments[i], snapshot_.fields(), entry);
                if (live == 0) return;
                node.alike[i].push_back({entry, distance});
                if (together) {
                  Found& found = all[spellings[i].emplace_back(spelling)];
                  found.documents += live;
                  found.distance = distance;
                  having = std::max(having, found.documents);
                } else {
                  having = std::max<std::uint64_t>(having, live);
                  ++count;
                }
              });
  }
  if (together) count = all.size();
  if (count > pattern.most_terms) {
    cut_.push_back(pattern.text + (pattern.kind == Pattern::Kind::Prefix ? "*" : "~"));
    // The most frequent ones, over all segments: by number of documents, then by spelling.
    std::vector<std::pair<std::uint64_t, std::string>> order;
    if (together) {
      for (const auto& [spelling, found] : all) order.emplace_back(found.documents, spelling);
      std::nth_element(order.begin(),
                       order.begin() + static_cast<std::ptrdiff_t>(pattern.most_terms), order.end(),
                       [](const auto& a, const auto& b) {
                         return a.first != b.first ? a.first > b.first : a.second < b.second;
                       });
      for (std::size_t i = pattern.most_terms; i < order.size(); ++i) all.erase(order[i].second);
      for (std::size_t i = 0; i < segments.size(); ++i) {
        std::vector<Likeness> kept;
        for (std::size_t k = 0; k < spellings[i].size(); ++k) {
          if (all.count(spellings[i][k]) > 0) kept.push_back(node.alike[i][k]);
        }
        node.alike[i] = std::move(kept);
      }
    } else if (!node.alike.empty()) {
      std::vector<Likeness>& alike = node.alike[0];
      // Entries lie in order of spelling, so a stable sort breaks ties by it.
      std::stable_sort(alike.begin(), alike.end(), [](const Likeness& a, const Likeness& b) {
        return a.entry.documents > b.entry.documents;
      });
      alike.resize(pattern.most_terms);
    }
  }
  const double idf =
      bm25_idf(static_cast<double>(snapshot_.documents()), static_cast<double>(having));
  node.worth = having == 0 ? 0 : node.clause->boost * idf;
}

Plan::Node Plan::prepare(const Clause& clause) {
  Node node;
  node.clause = &clause;
  if (clause.pattern) {
    prepare_pattern(node);
  } else if (!clause.groups.empty()) {
    double idf = 0;
    for (const TermGroup& group : clause.groups) {
      node.words.push_back(prepare_word(group));
      idf += node.words.back().idf;
    }
    node.worth = clause.boost * idf * (bm25_k1 + 1);
  } else {
    for (const Clause& inner : clause.clauses) node.children.push_back(prepare(inner));
    for (const ScoredDocument& each : clause.scored)
      node.worth = std::max(node.worth, each.score * clause.boost);
  }
  if (clause.occur == Occur::MustNot) silence(node);
  return node;
}

// What excludes scores nothing; its sums, for which the unit leaves no room, must not be made.
void Plan::silence(Node& node) {
  node.worth = 0;
  for (Node& child : node.children) silence(child);
}

double Plan::total_worth(const std::vector<Node>& nodes) const {
  double sum = 0;
  for (const Node& node : nodes) {
    sum += node.worth + total_worth(node.children);
  }
  return sum;
}

void Plan::set_scores(std::vector<Node>& nodes) {
  for (Node& node : nodes) {
    node.table = {static_cast<float>(node.worth / unit_), saturation_.data()};
    for (Word& word : node.words) {
      for (Term& term : word.terms) {
        const double worth = word.idf > 0 ? node.worth * (term.idf / word.idf) : 0;
        term.table = {static_cast<float>(worth / unit_), saturation_.data()};
      }
    }
    if (node.clause->pattern) {
      const auto length =
          static_cast<double>(std::max<std::size_t>(characters(node.clause->pattern->text), 1));
      for (unsigned distance = 0; distance <= 2; ++distance) {
        const double nearness = std::max(0.0, 1 - distance / length);
        node.scores.push_back(
            static_cast<std::int32_t>(std::lround(node.worth * nearness / unit_)));
      }
    }
    set_scores(node.children);
  }
}

ScorerPtr Plan::words(const Node& node, std::size_t segment) const {
  const Segment& from = *snapshot_.segments()[segment].segment;
  std::vector<GroupCursor> groups;
  for (const Word& word : node.words) {
    std::vector<PostingCursor> cursors;
    std::vector<ScoreTable> tables;
    for (const Term& term : word.terms) {
      const auto& entry = term.entries[segment];
      if (!entry) continue;
      cursors.emplace_back(from, snapshot_.fields(), *entry);
      tables.push_back(term.table);
    }
    if (cursors.empty()) return nullptr;
    const bool single = node.words.size() == 1 && node.clause->fields == all_fields;
    if (single && cursors.size() == 1)
      return std::make_unique<TermScorer>(from, std::move(cursors[0]), tables[0]);
    if (single) {
      return std::make_unique<GroupScorer>(from, GroupCursor(std::move(cursors)),
                                           std::move(tables));
    }
    groups.emplace_back(std::move(cursors));
  }
  return std::make_unique<PhraseScorer>(from, snapshot_.fields(), std::move(groups),
                                        node.clause->slop, node.clause->fields, node.table);
}

ScorerPtr Plan::pattern(const Node& node, std::size_t segment) const {
  const Segment& from = *snapshot_.segments()[segment].segment;
  std::vector<ScoredSet> sets;
  for (unsigned distance = 0; distance < node.scores.size(); ++distance) {
    const auto& alike = node.alike[segment];
    const bool any = std::any_of(alike.begin(), alike.end(),
                                 [&](const Likeness& like) { return like.distance == distance; });
    if (!any) continue;
    ScoredSet& set = sets.emplace_back(ScoredSet{Bits(from.documents()), node.scores[distance]});
    for (const Likeness& like : alike) {
      if (like.distance != distance) continue;
      if (like.entry.documents == 1 && like.entry.document < from.documents()) {
        set.bits.set(like.entry.document);
        continue;
      }
      PostingCursor cursor(from, snapshot_.fields(), like.entry);
      while (cursor.document() != no_document) {
        const PostingCursor::Run run = cursor.run(no_document, false);
        for (std::size_t i = 0; i < run.count; ++i) set.bits.set(run.documents[i]);
        cursor.skip(run.count);
      }
    }
  }
  if (sets.empty()) return nullptr;
  return std::make_unique<SetScorer>(std::move(sets), from.documents());
}

ScorerPtr Plan::by_key(const Node& node, std::size_t segment) const {
  const Segment& from = *snapshot_.segments()[segment].segment;
  std::vector<ScoredSet> sets;
  sets.push_back({Bits(from.documents()), 0});
  for (const DocKey key : node.clause->keys) {
    const std::uint32_t document = from.find(key);
    if (document != no_document) sets[0].bits.set(document);
  }
  return std::make_unique<SetScorer>(std::move(sets), from.documents());
}

ScorerPtr Plan::scored(const Node& node, std::size_t segment) const {
  const std::uint32_t documents = snapshot_.segments()[segment].segment->documents();
  std::vector<Candidate> list;
  for (const ScoredDocument& each : node.clause->scored) {
    if (each.segment != segment || each.document >= documents) continue;
    const double score = std::max(each.score, 0.0) * node.clause->boost / unit_;
    list.push_back({each.document, static_cast<std::int32_t>(std::lround(score))});
  }
  std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
    return a.document != b.document ? a.document < b.document : a.score > b.score;
  });
  const auto same = [](const Candidate& a, const Candidate& b) { return a.document == b.document; };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  if (list.empty()) return nullptr;
  return std::make_unique<ListScorer>(std::move(list));
}

ScorerPtr Plan::scorer(const Node& node, std::size_t segment) const {
  ScorerPtr whole = undamped(node, segment);
  const std::optional<Damping>& damping = node.clause->damping;
  if (!whole || !damping) return whole;
  const Segment& from = *snapshot_.segments()[segment].segment;
  return std::make_unique<DampedScorer>(std::move(whole), from.facet(damping->field), *damping);
}

ScorerPtr Plan::undamped(const Node& node, std::size_t segment) const {
  if (node.clause->pattern) return pattern(node, segment);
  if (!node.words.empty()) return words(node, segment);
  if (!node.clause->keys.empty()) return by_key(node, segment);
  if (!node.clause->scored.empty()) return scored(node, segment);
  if (node.clause->condition) {
    return std::make_unique<ConditionScorer>(*node.clause->condition,
                                             snapshot_.segments()[segment]);
  }
  if (node.clause->everything)
    return std::make_unique<AllScorer>(snapshot_.segments()[segment].segment->documents());
  if (node.children.empty()) return nullptr;
  Parts inner = parts(node.children, segment);
  if (inner.must.empty() && inner.should.empty()) return nullptr;
  auto boolean = std::make_unique<BooleanScorer>(std::move(inner));
  return boolean;
}

// A Must clause that nothing matches leaves nothing to match at all.
Parts Plan::parts(const std::vector<Node>& nodes, std::size_t segment) const {
  Parts parts;
  bool selects = false;
  bool impossible = false;
  for (const Node& node : nodes) {
    ScorerPtr part = scorer(node, segment);
    const Occur occur = node.clause->occur;
    selects = selects || occur != Occur::MustNot;
    impossible = impossible || (occur == Occur::Must && !part);
    if (!part) continue;
    if (occur == Occur::Must) parts.must.push_back(std::move(part));
    if (occur == Occur::Should) parts.should.push_back(std::move(part));
    if (occur == Occur::MustNot) parts.must_not.push_back(std::move(part));
  }
  if (impossible) return {};
  if (!selects) {
    parts.must.push_back(
        std::make_unique<AllScorer>(snapshot_.segments()[segment].segment->documents()));
  }
  return parts;
}

Parts Plan::parts(std::size_t segment) const {
  return parts(nodes_, segment);
}

ClauseShare Plan::share(const Node& node, std::size_t segment, std::uint32_t document) const {
  ClauseShare share;
  for (const Word& word : node.words) {
    for (const Term& term : word.terms) {
      const auto& entry = term.entries[segment];
      if (!entry) continue;
      PostingCursor cursor(*snapshot_.segments()[segment].segment, snapshot_.fields(), *entry);
      cursor.advance(document);
      if (cursor.document() == document) share.terms.push_back({term.spelling, term.documents});
    }
  }
  for (const Node& child : node.children)
    share.clauses.push_back(this->share(child, segment, document));
  if (node.clause->condition) {
    share.matched = holds(*node.clause->condition, snapshot_.segments()[segment], document);
    return share;
  }
  const ScorerPtr part = scorer(node, segment);
  if (!part) return share;
  part->advance(document);
  share.matched = part->document() == document;
  if (share.matched && node.clause->occur != Occur::MustNot)
    share.score = static_cast<double>(part->score()) * unit_;
  return share;
}

std::vector<ClauseShare> Plan::shares(std::size_t segment, std::uint32_t document) const {
  std::vector<ClauseShare> shares;
  for (const Node& node : nodes_) shares.push_back(share(node, segment, document));
  return shares;
}

}  // namespace koinon::index
