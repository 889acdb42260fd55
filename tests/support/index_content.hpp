// SPDX-License-Identifier: Apache-2.0
//
// All that an index says of its living documents, whatever its segments: to compare one with
// another.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "index/posting_cursor.hpp"
#include "index/snapshot.hpp"
#include "index/term_dictionary.hpp"

namespace koinon::test {

struct IndexContent {
  /// Of each term the documents that have it, each with the weight that it has there.
  std::map<std::string, std::map<index::DocKey, std::uint32_t>> terms;
  /// Of each document the code of its length, its facet codes and numbers by field.
  std::map<index::DocKey, std::tuple<int, std::vector<std::vector<std::string>>,
                                     std::vector<std::vector<std::int64_t>>>>
      documents;
  bool operator==(const IndexContent&) const = default;
};

inline IndexContent content_of(const index::Snapshot& snapshot) {
  IndexContent content;
  for (const index::SegmentState& state : snapshot.segments()) {
    const index::Segment& segment = *state.segment;
    for (std::uint32_t document = 0; document < segment.documents(); ++document) {
      if (state.is_dead(document)) continue;
      const index::DocKey key = segment.key(document);
      std::vector<std::vector<std::string>> codes(snapshot.schema().facet_fields);
      for (std::size_t i = 0; i < codes.size(); ++i)
        codes[i] = snapshot.codes_of(key, static_cast<index::FacetFieldId>(i));
      std::vector<std::vector<std::int64_t>> numbers(snapshot.schema().number_fields);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        segment.number(static_cast<index::NumberFieldId>(i))
            .each(document, [&](std::int64_t value) { numbers[i].push_back(value); });
      }
      content.documents[key] = {segment.length_codes()[document], std::move(codes),
                                std::move(numbers)};
    }
    index::TermCursor term(segment.terms());
    while (term.next()) {
      index::PostingCursor posting(segment, snapshot.fields(), term.entry());
      for (; posting.document() != index::no_document; posting.next()) {
        if (state.is_dead(posting.document())) continue;
        content.terms[std::string(term.spelling())][segment.key(posting.document())] =
            posting.weight();
      }
    }
  }
  return content;
}

}  // namespace koinon::test
