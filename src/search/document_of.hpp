// SPDX-License-Identifier: Apache-2.0
//
// From a record to a document of the index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/document.hpp"
#include "koinon/records.hpp"
#include "search/knowledge.hpp"
#include "search/readings.hpp"
#include "search/record_texts.hpp"
#include "search/related_records.hpp"
#include "search/terms.hpp"
#include "text/analyse.hpp"
#include "text/concept_finder.hpp"

namespace koinon::search {

/// Turns records into what the index keeps of them.
///
/// Threads: one at a time; what it was given must outlive it.
class DocumentMaker {
 public:
  /// `cached_words`: see text::Analyser.
  explicit DocumentMaker(const Knowledge& knowledge = {}, std::size_t cached_words = 0);

  /// What a record is found by, in the place of what `document` held: its texts, read as Reader
  /// does, concepts, numbers, spellings, vectors of its own texts, facets and sort keys. `brought`
  /// are ready vectors of Knowledge::dimension() bytes each, one behind the other as
  /// index::quantise() makes them: they stand in the place of those of its texts. O(length of its
  /// texts).
  void make(const Record& record, RelatedRecords& related, index::Document& document,
            std::span<const std::int8_t> brought = {});

 private:
  void add_text(const TextPart& part, index::Document& document);
  void add_reading(const TextPart& part, index::Document& document);
  void add_words(const TextPart& part, std::uint32_t begin, index::Document& document);
  void add_concepts(const TextPart& part, std::uint32_t begin, index::Document& document);
  void add_quantities(const TextPart& part, std::uint32_t begin, index::Document& document);
  void add_vectors(const TextPart& part, index::Document& document);

  Knowledge knowledge_;
  Reader reader_;
  std::optional<text::ConceptFinder> finder_;
  Grams grams_;
  std::string term_;
  std::vector<float> vector_;
  std::span<const text::AnalysedToken> tokens_;  // of the reading at hand
  std::size_t vectors_ = 0;                      // of the record so far
  bool embeds_ = false;                          // whether its texts get vectors
};

/// Whether only SearchRequest::unpublished shows it: a case study in another state than
/// "published". One whose state was not told is shown.
bool is_hidden(const Record& record);

/// Whether the record goes into the index at all: everything but match decisions.
bool is_indexed(const Record& record);

}  // namespace koinon::search
