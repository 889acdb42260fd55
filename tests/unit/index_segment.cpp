// SPDX-License-Identifier: Apache-2.0
#include "index/segment.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "index/bits.hpp"
#include "index/folder.hpp"
#include "index/merge.hpp"
#include "index/norms.hpp"
#include "index/posting_cursor.hpp"
#include "index/segment_builder.hpp"
#include "scratch.hpp"

using namespace koinon;
using index::DocKey;
using index::Document;
using index::FieldWeights;
using index::no_document;
using index::Place;
using index::PostingCursor;
using index::Schema;
using index::Segment;
using index::SegmentBuilder;

namespace {

constexpr std::size_t facet_fields = 2;
constexpr std::size_t number_fields = 2;
const Schema weighted = {{3, 2, 1.5, 1}, facet_fields, number_fields};
const Schema plain = {{1}, facet_fields, number_fields};

struct Token {
  index::FieldId field = 0;
  std::uint32_t position = 0;
  std::string term;
};

// A document as it was made, to put it anywhere and to compare with.
struct Source {
  std::vector<Token> tokens;
  std::vector<std::string> marks;
  std::array<std::set<std::string>, facet_fields> facets;
  std::array<std::set<std::int64_t>, number_fields> numbers;

  Document document() const {
    Document made;
    for (const Token& token : tokens) made.add_token(token.field, token.position, token.term);
    for (const std::string& mark : marks) made.add_mark(mark);
    for (std::size_t i = 0; i < facet_fields; ++i) {
      for (const std::string& code : facets[i])
        made.add_facet(static_cast<index::FacetFieldId>(i), code);
    }
    for (std::size_t i = 0; i < number_fields; ++i) {
      for (const std::int64_t value : numbers[i])
        made.add_number(static_cast<index::NumberFieldId>(i), value);
    }
    return made;
  }
};

using Shelf = std::map<DocKey, Source>;

std::uint8_t length_of(const Source& source) {
  return index::length_code(static_cast<std::uint32_t>(source.tokens.size()));
}

// By rising length, then by key.
std::vector<const Shelf::value_type*> in_segment_order(const Shelf& shelf) {
  std::vector<const Shelf::value_type*> order;
  for (const auto& each : shelf) order.push_back(&each);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return length_of(a->second) < length_of(b->second);
  });
  return order;
}

// Documents of a few words, of which some stand in nearly all of them and most in few.
class Maker {
 public:
  Maker(std::uint32_t seed, std::size_t fields) : random_(seed), fields_(fields) {}

  std::uint32_t below(std::uint64_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  Source source() {
    Source made;
    const std::uint32_t size = below(20) == 0 ? 0 : below(below(50) == 0 ? 400 : 24);
    std::vector<std::uint32_t> next(fields_);
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto field = static_cast<index::FieldId>(below(fields_));
      next[field] += below(30) == 0 ? below(100000) : below(3);
      made.tokens.push_back({field, next[field], term()});
    }
    if (below(200) == 0) {
      // A word of its own, more often than a block holds.
      const std::string own = "own" + std::to_string(random_());
      for (std::uint32_t i = 0; i < 120 + below(300); ++i)
        made.tokens.push_back({0, next[0] += 1 + below(3), own});
    }
    if (below(3) == 0) made.marks.push_back("\x02" + std::to_string(below(40)));
    if (below(4) != 0) made.facets[0].insert("code-" + std::to_string(below(300)));
    for (std::uint32_t i = below(4); i > 0; --i) made.facets[1].insert(std::to_string(below(5)));
    if (below(4) != 0) made.numbers[0].insert(static_cast<std::int64_t>(below(60)) - 5);
    for (std::uint32_t i = below(3); i > 0; --i)
      made.numbers[1].insert(static_cast<std::int64_t>(random_() >> 2U) - (std::int64_t{1} << 60U));
    return made;
  }

 private:
  std::string term() {
    const std::uint32_t most = 1U << below(11);
    return "t" + std::to_string(below(most));
  }

  std::mt19937_64 random_;
  std::size_t fields_;
};

struct Posting {
  std::uint32_t document = 0;
  std::uint32_t weight = 0;
  std::vector<Place> places;
  bool operator==(const Posting& other) const {
    return document == other.document && weight == other.weight && places == other.places;
  }
};
using Postings = std::map<std::string, std::vector<Posting>>;

Postings postings_of(const Shelf& shelf, const FieldWeights& fields) {
  Postings all;
  std::uint32_t document = 0;
  for (const auto* each : in_segment_order(shelf)) {
    const Source& source = each->second;
    std::map<std::string, std::set<Place>> terms;
    for (const Token& token : source.tokens)
      terms[token.term].insert(fields.place(token.field, token.position));
    for (const std::string& mark : source.marks) terms[mark].insert(fields.place(0, 0));
    for (const auto& [term, places] : terms) {
      const std::vector<Place> list(places.begin(), places.end());
      all[term].push_back({document, fields.weight(list), list});
    }
    ++document;
  }
  return all;
}

// Everything a segment says of its words, by walking over it.
Postings postings_of(const Segment& segment, const FieldWeights& fields) {
  Postings all;
  for (index::TermCursor terms(segment.terms()); terms.next();) {
    std::vector<Posting>& list = all[std::string(terms.spelling())];
    for (PostingCursor cursor(segment, fields, terms.entry()); cursor.document() != no_document;
         cursor.next()) {
      Posting& posting = list.emplace_back();
      posting.document = cursor.document();
      posting.weight = cursor.weight();
      cursor.append_places(posting.places);
    }
  }
  return all;
}

struct Attributes {
  DocKey key = 0;
  std::uint8_t length = 0;
  std::array<std::set<std::string>, facet_fields> facets;
  std::array<std::set<std::int64_t>, number_fields> numbers;
  bool operator==(const Attributes& other) const {
    return key == other.key && length == other.length && facets == other.facets &&
           numbers == other.numbers;
  }
};

std::vector<Attributes> attributes_of(const Shelf& shelf) {
  std::vector<Attributes> all;
  for (const auto* each : in_segment_order(shelf)) {
    const auto& [key, source] = *each;
    all.push_back({key, length_of(source), source.facets, source.numbers});
  }
  return all;
}

std::vector<Attributes> attributes_of(const Segment& segment) {
  std::vector<Attributes> all;
  for (std::uint32_t i = 0; i < segment.documents(); ++i) {
    Attributes& each = all.emplace_back();
    each.key = segment.key(i);
    each.length = segment.length_codes()[i];
    for (std::size_t f = 0; f < facet_fields; ++f) {
      const index::FacetColumn column = segment.facet(static_cast<index::FacetFieldId>(f));
      column.each(i, [&](std::uint32_t code) { each.facets[f].emplace(column.value(code)); });
    }
    for (std::size_t f = 0; f < number_fields; ++f) {
      segment.number(static_cast<index::NumberFieldId>(f)).each(i, [&](std::int64_t value) {
        each.numbers[f].insert(value);
      });
    }
  }
  return all;
}

void check_whole(const Segment& segment, const Shelf& shelf, const FieldWeights& fields) {
  REQUIRE(segment.documents() == shelf.size());
  const std::vector<Attributes> wanted = attributes_of(shelf);
  CHECK(attributes_of(segment) == wanted);
  std::uint64_t length = 0;
  for (const Attributes& each : wanted) length += index::decoded_length(each.length);
  CHECK(segment.total_length() == length);
  CHECK(postings_of(segment, fields) == postings_of(shelf, fields));
  for (std::uint32_t i = 0; i < wanted.size(); ++i) {
    REQUIRE(segment.find(wanted[i].key) == i);
    REQUIRE(segment.find(wanted[i].key + 1) == no_document);
    DocKey least = wanted[i].key;
    for (std::uint32_t to = i + 1; to <= std::min<std::size_t>(i + 200, wanted.size()); ++to) {
      least = std::min(least, wanted[to - 1].key);
      REQUIRE(segment.least_key(i, to) == least);
    }
  }
}

// Keys in no order, some documents put twice, some erased again, some put after that.
std::shared_ptr<const Segment> build(const Shelf& shelf, const Schema& schema,
                                     const FieldWeights& fields, Maker& maker) {
  SegmentBuilder builder(schema, fields);
  std::vector<DocKey> order;
  for (const auto& [key, source] : shelf) order.push_back(key);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[maker.below(i)]);
  for (const DocKey key : order) {
    if (maker.below(5) == 0) builder.put(key, maker.source().document());
    if (maker.below(10) == 0) builder.erase(key);
    builder.put(key, shelf.at(key).document());
    // A key that is in no shelf.
    if (maker.below(20) == 0) {
      builder.put(key + 1, maker.source().document());
      CHECK(builder.erase(key + 1));
      CHECK_FALSE(builder.erase(key + 1));
    }
  }
  CHECK(builder.size() == shelf.size());
  return builder.segment();
}

Shelf shelf_of(Maker& maker, std::size_t size) {
  Shelf shelf;
  // Even ones, so that there are keys between them.
  while (shelf.size() < size) shelf[maker.below(20 * size + 2) * 2] = maker.source();
  return shelf;
}

struct Kind {
  const char* name;
  const Schema& schema;
};
const std::vector<Kind> kinds = {{"plain", plain}, {"weighted", weighted}};

}  // namespace

TEST_CASE("a segment holds every document and every place, by length and then by key", "[index]") {
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const FieldWeights fields(kind.schema);
    CHECK(fields.plain() == (kind.schema.field_boosts.size() == 1));
    Maker maker(1, fields.fields());
    const Shelf shelf = shelf_of(maker, 3000);
    const auto segment = build(shelf, kind.schema, fields, maker);
    // Of every form: one posting, a tail only, several blocks with a tail.
    CHECK(segment->terms().find("t0")->documents > 5 * index::block_size);
    check_whole(*segment, shelf, fields);
  }
}

TEST_CASE("postings of every number around full blocks come back", "[index]") {
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const FieldWeights fields(kind.schema);
    Shelf shelf;
    for (std::uint32_t i = 0; i < 400; ++i) {
      Source& source = shelf[i * 3];
      for (const std::uint32_t count : {1, 2, 127, 128, 129, 255, 256, 257, 384, 400}) {
        if (i >= 400 - count) {
          for (std::uint32_t k = 0; k <= i % 3; ++k)
            source.tokens.push_back({0, count * 10 + k, "n" + std::to_string(count)});
        }
      }
    }
    SegmentBuilder builder(kind.schema, fields);
    for (const auto& [key, source] : shelf) builder.put(key, source.document());
    const auto segment = builder.segment();
    CHECK(segment->terms().find("n256")->documents == 256);
    check_whole(*segment, shelf, fields);
  }
}

TEST_CASE("a cursor comes to the first posting from any document on", "[index]") {
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const FieldWeights fields(kind.schema);
    Maker maker(2, fields.fields());
    const Shelf shelf = shelf_of(maker, 2000);
    const auto segment = build(shelf, kind.schema, fields, maker);
    for (const auto& [term, wanted] : postings_of(shelf, fields)) {
      CAPTURE(term);
      for (std::uint32_t round = 0; round < 3; ++round) {
        PostingCursor cursor(*segment, fields, *segment->terms().find(term));
        REQUIRE(cursor.documents() == wanted.size());
        auto at = wanted.begin();
        const std::uint32_t stride = 1U << maker.below(11);
        for (std::uint32_t target = 0; at != wanted.end();) {
          target += maker.below(stride);
          at = std::lower_bound(at, wanted.end(), target, [](const Posting& each, auto document) {
            return each.document < document;
          });
          cursor.advance(target);
          for (std::uint32_t steps = maker.below(4); steps > 0 && at != wanted.end(); --steps) {
            cursor.next();
            ++at;
          }
          if (at == wanted.end()) break;
          REQUIRE(cursor.document() == at->document);
          if (maker.below(2) == 0) REQUIRE(cursor.weight() == at->weight);
          if (maker.below(2) == 0) {
            std::vector<Place> places;
            cursor.append_places(places);
            REQUIRE(places == at->places);
          }
          target = std::max(target, at->document);
        }
        REQUIRE(cursor.document() == no_document);
        cursor.advance(no_document);
        REQUIRE(cursor.document() == no_document);
      }
    }
  }
}

TEST_CASE("no document scores more than the bound of its stretch", "[index]") {
  const FieldWeights fields(weighted);
  Maker maker(3, fields.fields());
  const Shelf shelf = shelf_of(maker, 2000);
  const auto segment = build(shelf, weighted, fields, maker);
  std::array<float, 256> saturation;
  for (std::size_t i = 0; i < saturation.size(); ++i)
    saturation[i] = 1 + static_cast<float>(index::decoded_length(static_cast<std::uint8_t>(i)));
  const index::ScoreTable table = {1e6F, saturation.data()};
  for (const auto& [term, wanted] : postings_of(shelf, fields)) {
    CAPTURE(term);
    PostingCursor cursor(*segment, fields, *segment->terms().find(term));
    for (std::uint32_t from = 0; from < segment->documents();) {
      std::uint32_t to = from + 1 + maker.below(600);
      if (maker.below(2) == 0) to = std::min(cursor.block_last(from), segment->documents() - 1) + 1;
      const PostingCursor::Bound bound = cursor.bound(from, to, table);
      for (const Posting& each : wanted) {
        if (each.document < from || each.document >= to) continue;
        const std::uint8_t length = segment->length_codes()[each.document];
        REQUIRE(index::score_of(each.weight, length, table) <= bound.score);
        REQUIRE(each.weight <= bound.weight);
      }
      from = to;
    }
    std::vector<std::int32_t> scores;
    for (const Posting& each : wanted)
      scores.push_back(index::score_of(each.weight, segment->length_codes()[each.document], table));
    std::sort(scores.rbegin(), scores.rend());
    for (const std::size_t count : {1, 2, 5, 10, 100}) {
      const std::int32_t reached = cursor.reached(count, 0, table);
      REQUIRE(reached <= (count <= scores.size() ? scores[count - 1] : 0));
      REQUIRE((cursor.documents() > 128 || count > scores.size() || reached == scores[count - 1]));
      const std::int32_t more = cursor.reached(count, reached, table);
      REQUIRE((more == 0 || more == reached));
    }
  }
}

TEST_CASE("segments with dead documents merge into the one that would have been built", "[index]") {
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const FieldWeights fields(kind.schema);
    Maker maker(4, fields.fields());
    Shelf live;
    std::vector<index::MergeSource> sources;
    for (int part = 0; part < 3; ++part) {
      const Shelf shelf = shelf_of(maker, 1000);
      const auto segment = build(shelf, kind.schema, fields, maker);
      // What a later segment has anew is dead in the earlier ones.
      for (index::MergeSource& source : sources) {
        auto dead = std::make_shared<index::Bits>(source.segment->documents());
        for (std::uint32_t i = 0; i < source.segment->documents(); ++i) {
          const DocKey key = source.segment->key(i);
          const bool was = source.dead && source.dead->test(i);
          if (was || shelf.count(key) > 0 || maker.below(10) == 0) {
            dead->set(i);
            if (!was) live.erase(key);
          }
        }
        source.dead = dead;
      }
      sources.push_back({segment, nullptr});
      for (const auto& [key, source] : shelf) live[key] = source;
    }
    index::Output terms, postings, places, documents;
    std::size_t paces = 0;
    index::merge(sources, kind.schema, fields, {terms, postings, places, documents},
                 [&] { ++paces; });
    CHECK(paces > 0);
    index::SegmentFiles files;
    files.terms = index::Input(terms.take());
    files.postings = index::Input(postings.take());
    files.places = index::Input(places.take());
    files.documents = index::Input(documents.take());
    const Segment merged(std::move(files), kind.schema);
    check_whole(merged, live, fields);
    const auto direct = build(live, kind.schema, fields, maker);
    CHECK(merged.terms().size() == direct->terms().size());
    // Not only what is read, but how it lies.
    for (const auto& [mine, other] : {std::pair{&merged.terms().input(), &direct->terms().input()},
                                      std::pair{&merged.postings(), &direct->postings()},
                                      std::pair{&merged.places(), &direct->places()}}) {
      REQUIRE(mine->size() == other->size());
      CHECK(std::equal(mine->range(0, mine->size()), mine->range(0, mine->size()) + mine->size(),
                       other->range(0, other->size())));
    }
  }
}

TEST_CASE("a merge of nothing but the dead is an empty segment, and one may be given up",
          "[index]") {
  const FieldWeights fields(weighted);
  Maker maker(5, fields.fields());
  const auto segment = build(shelf_of(maker, 800), weighted, fields, maker);
  const auto dead = std::make_shared<index::Bits>(segment->documents());
  for (std::uint32_t i = 0; i < segment->documents(); ++i) dead->set(i);
  index::Output terms, postings, places, documents;
  index::merge({{segment, dead}}, weighted, fields, {terms, postings, places, documents}, nullptr);
  index::SegmentFiles files;
  files.terms = index::Input(terms.take());
  files.postings = index::Input(postings.take());
  files.places = index::Input(places.take());
  files.documents = index::Input(documents.take());
  const Segment merged(std::move(files), weighted);
  check_whole(merged, {}, fields);
  CHECK(merged.find(0) == no_document);

  struct GivenUp {};
  index::Output t, p, q, d;
  CHECK_THROWS_AS(
      index::merge({{segment, nullptr}}, weighted, fields, {t, p, q, d}, [] { throw GivenUp(); }),
      GivenUp);
}

TEST_CASE("a segment in files is the same, and another schema refuses it", "[index]") {
  const test::Scratch scratch;
  const FieldWeights fields(weighted);
  Maker maker(6, fields.fields());
  const Shelf shelf = shelf_of(maker, 500);
  {
    SegmentBuilder builder(weighted, fields);
    for (const auto& [key, source] : shelf) builder.put(key, source.document());
    index::SegmentFilesOut files(scratch.path(), 12);
    builder.write(files.outputs());
  }
  const index::Folder folder(scratch.path(), 1, true);
  const auto segment = folder.open(12, weighted);
  CHECK_NOTHROW(segment->check());
  check_whole(*segment, shelf, fields);
  for (const Schema& other : {Schema{{1}, 1, 2}, Schema{{1}, 2, 1}, Schema{{1}, 3, 2}}) {
    CHECK(test::error_of([&] { folder.open(12, other); }) == ErrorCode::Damaged);
  }
  CHECK(test::error_of([&] { folder.open(13, weighted); }) == ErrorCode::InputOutput);
}

TEST_CASE("more places than can count do not come back, and the weight stays in its bounds",
          "[index]") {
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const FieldWeights fields(kind.schema);
    Document document;
    for (std::uint32_t i = 0; i < 70000; ++i) document.add_token(0, i, "often");
    SegmentBuilder builder(kind.schema, fields);
    builder.put(1, document);
    document.clear();
    document.add_token(0, 5, "often");
    builder.put(2, document);
    const auto segment = builder.segment();
    PostingCursor cursor(*segment, fields, *segment->terms().find("often"));
    std::vector<Place> places;
    cursor.append_places(places);
    CHECK(places == std::vector<Place>{fields.place(0, 5)});
    cursor.next();
    CHECK(cursor.weight() == FieldWeights::max_weight);
    places.clear();
    cursor.append_places(places);
    REQUIRE(places.size() == FieldWeights::max_weight);
    CHECK(places.back() == fields.place(0, 65534));
  }
}

TEST_CASE("postings that would go back from one block to the next are damage", "[index]") {
  const FieldWeights fields(plain);
  SegmentBuilder builder(plain, fields);
  for (DocKey key = 0; key < 400; ++key) {
    Document document;
    document.add_token(0, 0, "every");
    builder.put(key, document);
  }
  index::Output terms, postings, places, documents;
  builder.write({terms, postings, places, documents});
  const std::vector<std::vector<std::uint8_t>> parts = {terms.take(), postings.take(),
                                                        places.take(), documents.take()};
  // The postings begin with the last document of each block.
  const auto count_with = [&](std::uint32_t last_of_first) {
    std::vector<std::uint8_t> changed = parts[1];
    std::memcpy(changed.data(), &last_of_first, sizeof last_of_first);
    const Segment segment({index::Input(parts[0]), index::Input(changed), index::Input(parts[2]),
                           index::Input(parts[3])},
                          plain);
    PostingCursor cursor(segment, fields, *segment.terms().find("every"));
    std::uint32_t count = 0;
    for (; cursor.document() != no_document; cursor.next()) ++count;
    return count;
  };
  CHECK(count_with(127) == 400);
  for (const std::uint32_t wrong : {0U, 126U, 128U, 399U}) {
    CAPTURE(wrong);
    CHECK(test::error_of([&] { count_with(wrong); }) == ErrorCode::Damaged);
  }
}
