// SPDX-License-Identifier: Apache-2.0
#include "index/merge.hpp"

#include <optional>
#include <string>
#include <utility>

#include "index/posting_cursor.hpp"

namespace koinon::index {

namespace {

constexpr std::uint32_t postings_between_paces = 4096;

// One source, with where it stands among the merged.
class Source {
 public:
  Source(const MergeSource& from, const Schema& schema)
      : segment_(*from.segment), dead_(from.dead.get()), terms_(segment_.terms()) {
    documents_.resize(segment_.documents(), no_document);
    for (std::size_t i = 0; i < schema.facet_fields; ++i)
      facets_.emplace_back(segment_.facet(static_cast<FacetFieldId>(i)));
    for (std::size_t i = 0; i < schema.number_fields; ++i)
      numbers_.emplace_back(segment_.number(static_cast<NumberFieldId>(i)));
    if (schema.dimension > 0) vectors_.emplace(segment_.vectors());
    facet_numbers_.resize(schema.facet_fields);
    for (std::size_t i = 0; i < schema.facet_fields; ++i)
      facet_numbers_[i].assign(facets_[i].values(), no_document);
    has_term_ = terms_.next();
    skip_dead();
  }

  // Documents, in the order of segments: by length code, then key.
  bool has_document() const { return at_ < segment_.documents(); }
  std::pair<std::uint8_t, DocKey> place() const {
    return {segment_.length_codes()[at_], segment_.key(at_)};
  }
  void write_document(SegmentWriter& writer, std::uint32_t document) {
    for (std::size_t i = 0; i < facets_.size(); ++i) {
      FacetColumnBuilder& column = writer.facet(static_cast<FacetFieldId>(i));
      facets_[i].each(at_, [&](std::uint32_t ordinal) {
        std::uint32_t& number = facet_numbers_[i][ordinal];
        if (number == no_document) number = column.number(facets_[i].value(ordinal));
        column.add(number);
      });
    }
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      NumberColumnBuilder& column = writer.number(static_cast<NumberFieldId>(i));
      numbers_[i].each(at_, [&](std::int64_t value) { column.add(value); });
    }
    if (vectors_) {
      const auto [begin, end] = vectors_->of(at_);
      for (std::uint32_t i = begin; i < end; ++i) writer.vectors().add(vectors_->numbers(i));
    }
    writer.add_document(segment_.key(at_), segment_.length_codes()[at_]);
    documents_[at_++] = document;
    skip_dead();
  }

  // Terms.
  bool has_term() const { return has_term_; }
  std::string_view term() const { return terms_.spelling(); }
  void next_term() { has_term_ = terms_.next(); }
  void open(const FieldWeights& fields) {
    cursor_.emplace(segment_, fields, terms_.entry());
    skip_dead_postings();
  }
  void close() { cursor_.reset(); }
  // The merged number of the posting's document; no_document at the end.
  std::uint32_t document() const {
    return cursor_ && cursor_->document() != no_document ? documents_[cursor_->document()]
                                                         : no_document;
  }
  void append_places(std::vector<Place>& places) { cursor_->append_places(places); }
  void next_posting() {
    cursor_->next();
    skip_dead_postings();
  }

 private:
  void skip_dead() {
    while (has_document() && dead_ && dead_->test(at_)) ++at_;
  }
  void skip_dead_postings() {
    while (cursor_->document() != no_document && documents_[cursor_->document()] == no_document)
      cursor_->next();
  }

  const Segment& segment_;
  const Bits* dead_;
  TermCursor terms_;
  bool has_term_ = false;
  std::uint32_t at_ = 0;
  std::vector<std::uint32_t> documents_;  // merged number of each
  std::vector<FacetColumn> facets_;
  std::vector<NumberColumn> numbers_;
  std::optional<VectorColumn> vectors_;
  std::vector<std::vector<std::uint32_t>> facet_numbers_;
  std::optional<PostingCursor> cursor_;
};

class Merge {
 public:
  Merge(const std::vector<MergeSource>& sources, const Schema& schema, const FieldWeights& fields,
        SegmentOutputs out, const std::function<void()>& pace)
      : fields_(fields), writer_(schema, fields, out), pace_(pace) {
    sources_.reserve(sources.size());
    for (const MergeSource& source : sources) sources_.emplace_back(source, schema);
  }

  void run() {
    documents();
    while (next_term()) postings();
    writer_.finish();
  }

 private:
  void step() {
    if (++steps_ % postings_between_paces == 0 && pace_) pace_();
  }

  void documents() {
    for (std::uint32_t document = 0;; ++document) {
      Source* first = nullptr;
      for (Source& source : sources_) {
        if (source.has_document() && (!first || source.place() < first->place())) first = &source;
      }
      if (!first) return;
      first->write_document(writer_, document);
      step();
    }
  }

  // Finds the least term and the sources that have it.
  bool next_term() {
    const Source* first = nullptr;
    for (const Source& source : sources_) {
      if (source.has_term() && (!first || source.term() < first->term())) first = &source;
    }
    if (!first) return false;
    term_ = first->term();
    having_.clear();
    for (Source& source : sources_) {
      if (source.has_term() && source.term() == term_) having_.push_back(&source);
    }
    return true;
  }

  void postings() {
    for (Source* source : having_) source->open(fields_);
    for (;;) {
      Source* first = nullptr;
      for (Source* source : having_) {
        if (!first || source->document() < first->document()) first = source;
      }
      const std::uint32_t document = first->document();
      if (document == no_document) break;
      places_.clear();
      first->append_places(places_);
      writer_.add_posting(document, places_);
      first->next_posting();
      step();
    }
    writer_.end_term(term_);
    for (Source* source : having_) {
      source->close();
      source->next_term();
    }
  }

  const FieldWeights& fields_;
  SegmentWriter writer_;
  const std::function<void()>& pace_;
  std::vector<Source> sources_;
  std::vector<Source*> having_;
  std::string term_;
  std::vector<Place> places_;
  std::uint32_t steps_ = 0;
};

}  // namespace

void merge(const std::vector<MergeSource>& sources, const Schema& schema,
           const FieldWeights& fields, SegmentOutputs out, const std::function<void()>& pace) {
  Merge(sources, schema, fields, out, pace).run();
}

}  // namespace koinon::index
