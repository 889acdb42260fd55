// SPDX-License-Identifier: Apache-2.0
//
// A segment of the search index whose bytes are wrong behind good checksums: it is opened, walked,
// asked and merged. Damage may be told; nothing else may come of it.
//
// The input is a list of changes to the four parts of a segment that is always the same, four bytes
// each: what (bits 0 and 1 the part; 2 and 3 how: put the value, turn one bit of it, put it four
// times, cut there; 4 from the end), where (two bytes, little-endian), the value.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "index/geo.hpp"
#include "index/merge.hpp"
#include "index/posting_cursor.hpp"
#include "index/search.hpp"
#include "index/segment_builder.hpp"
#include "koinon/error.hpp"

namespace {

using namespace koinon::index;

using Bytes = std::vector<std::uint8_t>;
using Parts = std::array<Bytes, 4>;

constexpr std::uint32_t documents = 300;
const Schema schema = {{2, 1.5, 1}, 2, 2};
const FieldWeights& fields() {
  static const FieldWeights made(schema);
  return made;
}

Document document_of(std::uint32_t i) {
  Document document;
  const auto add = [&](FieldId field, const std::string& word, const std::string& stem = {}) {
    document.add_token(field, document.text_begin(field) + i % 3, word, stem);
  };
  add(0, "all", "\x01x:al");
  add(1, "word" + std::to_string(i % 40));
  if (i % 2 == 0) add(0, i % 4 == 0 ? "work" : "\xD1\x81\xD0\xBB\xD0\xBE\xD0\xB2\xD0\xBE");
  if (i % 9 == 0) add(2, "rare" + std::to_string(i), "\x01x:rare");
  for (std::uint32_t k = 0; k < i % 7; ++k) add(2, "often");
  if (i == 150) {
    for (int k = 0; k < 200; ++k) add(1, "alone");
  }
  if (i % 3 != 0) document.add_facet(0, "c" + std::to_string(i % 11));
  for (std::uint32_t k = 0; k < i % 4; ++k) document.add_facet(1, std::to_string(i * k % 5));
  if (i % 5 != 0) document.add_number(0, std::int64_t{i} * 1000 - 5000);
  for (std::uint32_t k = 0; k < i % 3; ++k)
    document.add_number(1, point_number(40 + i % 20, static_cast<double>(k) + i % 10));
  document.add_mark("\x02org-" + std::to_string(i % 20));
  return document;
}

Parts good_parts() {
  SegmentBuilder builder(schema, fields());
  for (std::uint32_t i = 0; i < documents; ++i) builder.put(i * 2, document_of(i));
  Output terms;
  Output postings;
  Output places;
  Output attributes;
  builder.write({terms, postings, places, attributes});
  return {terms.take(), postings.take(), places.take(), attributes.take()};
}

void change(Parts& parts, const std::uint8_t* patch) {
  Bytes& bytes = parts[patch[0] & 3U];
  if (bytes.empty()) return;
  std::size_t at = (patch[1] | std::size_t{patch[2]} << 8U) % bytes.size();
  if ((patch[0] & 16U) != 0) at = bytes.size() - 1 - at;
  switch (patch[0] >> 2U & 3U) {
    case 0:
      bytes[at] = patch[3];
      break;
    case 1:
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << patch[3] % 8U));
      break;
    case 2:
      for (std::size_t i = at; i < std::min(at + 4, bytes.size()); ++i) bytes[i] = patch[3];
      break;
    default:
      bytes.resize(at);
      break;
  }
}

Clause word(const std::string& term, Occur occur = Occur::Should) {
  Clause clause;
  clause.occur = occur;
  clause.groups = {{{term}}};
  return clause;
}

Clause phrase(const std::vector<std::string>& terms, std::uint32_t slop) {
  Clause clause;
  for (const std::string& term : terms) clause.groups.push_back({{term, "\x01x:rare"}});
  clause.slop = slop;
  return clause;
}

Clause pattern(Pattern::Kind kind, const std::string& text, unsigned distance) {
  Clause clause;
  clause.pattern = {kind, text, distance, 30};
  return clause;
}

std::vector<Query> make_queries() {
  std::vector<Query> all(9);
  all[0].clauses = {word("all"), word("often"), word("rare9"), word("work")};
  all[0].count = false;
  all[1].clauses = {word("all", Occur::Must), word("work", Occur::Must),
                    word("often", Occur::MustNot), word("\x01x:al")};
  all[2].clauses = {phrase({"all", "work"}, 0), phrase({"often", "often"}, 8),
                    phrase({"alone", "alone", "word30"}, 300)};
  all[3].clauses = {pattern(Pattern::Kind::Prefix, "w", 0), pattern(Pattern::Kind::Prefix, "", 0),
                    pattern(Pattern::Kind::Prefix, "rare", 0)};
  all[4].clauses = {pattern(Pattern::Kind::Fuzzy, "wort1", 2),
                    pattern(Pattern::Kind::Fuzzy, "\xD1\x81\xD0\xBB\xD0\xBE\xD0\xB2\xD0\xB0", 1)};
  all[5].clauses.resize(1);
  all[5].clauses[0].everything = true;
  all[5].facets = {0, 1};
  all[5].facet_filters = {{0, {"c1", "c2"}, false, true}, {1, {"0"}, true, false}};
  all[5].sort = SortBy::Rising;
  all[6].clauses.resize(1);
  all[6].clauses[0].clauses = {word("all", Occur::Must), word("often")};
  all[6].clauses[0].fields = 5;
  all[6].number_filters = {{0, -2000, 200000}};
  all[6].radius_filters = {{1, 50, 5, 900}};
  all[6].sort = SortBy::Falling;
  all[7].facets = {1};
  all[7].limit = 1000;
  all[7].clauses = {word("word7"), word("unknown"), phrase({"word7", "all"}, 2)};
  // More hits than documents: nothing is passed over.
  all[8].clauses = {word("all"), word("often"), word("work")};
  all[8].limit = 1000;
  all[8].count = false;
  return all;
}

void walk(const Segment& segment) {
  std::vector<Place> places;
  for (TermCursor terms(segment.terms()); terms.next();) {
    for (PostingCursor cursor(segment, fields(), terms.entry()); cursor.document() != no_document;
         cursor.next()) {
      places.clear();
      cursor.weight();
      cursor.append_places(places);
    }
    PostingCursor jumping(segment, fields(), terms.entry());
    for (std::uint32_t target = 0; target < documents; target += 37) jumping.advance(target);
  }
  for (std::uint32_t key = 0; key < 2 * documents; ++key) segment.find(key);
}

void columns(const Segment& segment) {
  std::size_t bytes = 0;
  for (FacetFieldId field = 0; field < schema.facet_fields; ++field) {
    const FacetColumn column = segment.facet(field);
    for (std::uint32_t i = 0; i < column.values(); ++i)
      bytes +=
          static_cast<std::size_t>(std::count(column.value(i).begin(), column.value(i).end(), 'c'));
    column.ordinal("c3");
    for (std::uint32_t i = 0; i < segment.documents(); ++i)
      column.each(i, [&](std::uint32_t ordinal) { bytes += column.value(ordinal).size(); });
  }
  for (NumberFieldId field = 0; field < schema.number_fields; ++field) {
    const NumberColumn column = segment.number(field);
    for (std::uint32_t i = 0; i < segment.documents(); ++i)
      column.each(i, [&](std::int64_t value) { bytes += value == 0 ? 1U : 0U; });
  }
}

void merge_again(const MergeSource& source) {
  Output terms;
  Output postings;
  Output places;
  Output attributes;
  merge({source}, schema, fields(), {terms, postings, places, attributes}, nullptr);
}

// One step must not keep the others from being tried.
void attempt(const std::function<void()>& step) {
  try {
    step();
  } catch (const koinon::Error&) {
    // Told.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Parts good = good_parts();
  static const std::vector<Query> queries = make_queries();
  Parts parts = good;
  for (; size >= 4; data += 4, size -= 4) change(parts, data);
  attempt([&] {
    SegmentFiles files;
    files.terms = Input(parts[0]);
    files.postings = Input(parts[1]);
    files.places = Input(parts[2]);
    files.documents = Input(parts[3]);
    const auto segment = std::make_shared<const Segment>(std::move(files), schema);
    attempt([&] { walk(*segment); });
    attempt([&] { columns(*segment); });
    const auto dead = std::make_shared<Bits>(segment->documents());
    SegmentState state;
    state.segment = segment;
    for (const bool some_dead : {false, true}) {
      if (some_dead) {
        for (std::uint32_t i = 0; i < segment->documents(); i += 7) dead->set(i);
        state.dead = dead;
        state.dead_count = static_cast<std::uint32_t>(dead->count());
      }
      const Snapshot snapshot(schema, {state});
      for (const Query& query : queries) attempt([&] { search(snapshot, query, {}); });
      attempt([&] { snapshot.keys_with("all"); });
      attempt([&] { snapshot.documents_with("often"); });
      attempt([&] { snapshot.codes(1); });
    }
    attempt([&] { merge_again({segment, dead}); });
  });
  return 0;
}
