// SPDX-License-Identifier: Apache-2.0
#include "index/segment_builder.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "index/norms.hpp"
#include "index/varint.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

constexpr std::size_t most_documents = std::size_t{1} << 30U;

}  // namespace

SegmentBuilder::SegmentBuilder(const Schema& schema, const FieldWeights& fields)
    : schema_(schema), fields_(fields) {}

std::uint32_t SegmentBuilder::code_number(FacetFieldId field, std::string_view code) {
  std::string key(1, static_cast<char>(field));
  key += code;
  const auto [found, added] =
      code_numbers_.emplace(std::move(key), static_cast<std::uint32_t>(codes_.size()));
  if (added) codes_.emplace_back(code);
  return found->second;
}

// A posting in its stream: varint arrival less the one before, varint number of places, their gaps.
void SegmentBuilder::put(DocKey key, const Document& document) {
  if (entries_.size() >= most_documents)
    throw Error(ErrorCode::OutOfMemory, "a segment of the search index is full");
  const auto arrival = static_cast<std::uint32_t>(entries_.size());
  occurrences_.clear();
  for (const Document::Occurrence& found : document.occurrences()) {
    occurrences_.push_back({dictionary_.add(document.text(found.begin, found.length), pool_),
                            fields_.place(found.field, found.position)});
  }
  std::sort(occurrences_.begin(), occurrences_.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.term, a.place) < std::tie(b.term, b.place);
  });
  for (std::size_t i = 0; i < occurrences_.size();) {
    Term& term = dictionary_.at(occurrences_[i].term);
    std::size_t end = i;
    std::uint32_t count = 0;
    for (; end < occurrences_.size() && occurrences_[end].term == occurrences_[i].term; ++end)
      count += end == i || occurrences_[end].place != occurrences_[end - 1].place ? 1U : 0U;
    scratch_.clear();
    append_varint(scratch_, arrival - term.last);
    append_varint(scratch_, count);
    Place before = 0;
    for (std::size_t k = i; k < end; ++k) {
      if (k > i && occurrences_[k].place == before) continue;
      append_varint(scratch_, occurrences_[k].place - before);
      before = occurrences_[k].place;
    }
    pool_.append(term.stream, scratch_.data(), scratch_.size());
    term.last = arrival;
    ++term.postings;
    i = end;
  }
  for (const Document::FacetCode& facet : document.facets()) {
    facets_.push_back(
        {code_number(facet.field, document.text(facet.begin, facet.length)), facet.field});
  }
  numbers_.insert(numbers_.end(), document.numbers().begin(), document.numbers().end());
  vectors_.insert(vectors_.end(), document.vectors().begin(), document.vectors().end());
  const std::size_t vectors = schema_.dimension == 0 ? 0 : vectors_.size() / schema_.dimension;
  entries_.push_back({key, document.length(), static_cast<std::uint32_t>(facets_.size()),
                      static_cast<std::uint32_t>(numbers_.size()),
                      static_cast<std::uint32_t>(vectors)});
  live_[key] = arrival;
}

bool SegmentBuilder::erase(DocKey key) {
  return live_.erase(key) > 0;
}

std::vector<std::uint32_t> SegmentBuilder::order(std::vector<std::uint32_t>& arrivals) const {
  arrivals.clear();
  for (const auto& [key, arrival] : live_) arrivals.push_back(arrival);
  const auto place = [&](std::uint32_t arrival) {
    const Entry& entry = entries_[arrival];
    return std::pair(length_code(entry.length), entry.key);
  };
  std::sort(arrivals.begin(), arrivals.end(),
            [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  std::vector<std::uint32_t> documents(entries_.size(), no_document);
  for (std::size_t i = 0; i < arrivals.size(); ++i)
    documents[arrivals[i]] = static_cast<std::uint32_t>(i);
  return documents;
}

void SegmentBuilder::write_documents(SegmentWriter& writer,
                                     const std::vector<std::uint32_t>& arrivals) {
  constexpr std::uint32_t unknown = 0xFFFFFFFFU;
  std::vector<std::uint32_t> numbers(codes_.size(), unknown);
  for (const std::uint32_t arrival : arrivals) {
    const Entry& entry = entries_[arrival];
    const Entry before = arrival == 0 ? Entry() : entries_[arrival - 1];
    for (std::uint32_t i = before.facets_end; i < entry.facets_end; ++i) {
      const Facet& facet = facets_[i];
      FacetColumnBuilder& column = writer.facet(facet.field);
      std::uint32_t& number = numbers[facet.code];
      if (number == unknown) number = column.number(codes_[facet.code]);
      column.add(number);
    }
    for (std::uint32_t i = before.numbers_end; i < entry.numbers_end; ++i)
      writer.number(numbers_[i].field).add(numbers_[i].value);
    for (std::uint32_t i = before.vectors_end; i < entry.vectors_end; ++i) {
      writer.vectors().add(std::span(vectors_).subspan(i * schema_.dimension, schema_.dimension));
    }
    writer.add_document(entry.key, length_code(entry.length));
  }
}

void SegmentBuilder::write_term(SegmentWriter& writer, const Term& term,
                                const std::vector<std::uint32_t>& documents, bool in_order) {
  struct Posting {
    std::uint32_t document;
    std::uint32_t begin;
    std::uint32_t count;
  };
  std::vector<Posting> postings;
  std::vector<Place> places;
  StreamReader reader(pool_, term.stream);
  std::uint32_t arrival = 0;
  for (std::uint32_t i = 0; i < term.postings; ++i) {
    arrival += reader.varint();
    const std::uint32_t count = reader.varint();
    const auto begin = static_cast<std::uint32_t>(places.size());
    Place place = 0;
    for (std::uint32_t k = 0; k < count; ++k) places.push_back(place += reader.varint());
    if (documents[arrival] == no_document) {
      places.resize(begin);
    } else if (in_order) {
      writer.add_posting(documents[arrival], places);
      places.clear();
    } else {
      postings.push_back({documents[arrival], begin, count});
    }
  }
  std::sort(postings.begin(), postings.end(),
            [](const Posting& a, const Posting& b) { return a.document < b.document; });
  for (const Posting& posting : postings) {
    writer.add_posting(posting.document, std::span(places).subspan(posting.begin, posting.count));
  }
  writer.end_term(dictionary_.spelling(term));
}

void SegmentBuilder::write(SegmentOutputs out) {
  SegmentWriter writer(schema_, fields_, out);
  std::vector<std::uint32_t> arrivals;
  const std::vector<std::uint32_t> documents = order(arrivals);
  write_documents(writer, arrivals);
  const bool in_order = std::is_sorted(arrivals.begin(), arrivals.end());
  std::vector<std::uint32_t> terms(dictionary_.size());
  std::iota(terms.begin(), terms.end(), 0);
  std::sort(terms.begin(), terms.end(), [&](std::uint32_t a, std::uint32_t b) {
    return dictionary_.spelling(dictionary_.at(a)) < dictionary_.spelling(dictionary_.at(b));
  });
  for (const std::uint32_t term : terms)
    write_term(writer, dictionary_.at(term), documents, in_order);
  writer.finish();
}

std::shared_ptr<const Segment> SegmentBuilder::segment() {
  Output terms;
  Output postings;
  Output places;
  Output documents;
  write({terms, postings, places, documents});
  return std::make_shared<const Segment>(
      SegmentFiles{Input(terms.take()), Input(postings.take()), Input(places.take()),
                   Input(documents.take())},
      schema_);
}

std::size_t SegmentBuilder::memory_bytes() const {
  // A node of a map takes some 64 bytes.
  return pool_.memory_bytes() + dictionary_.memory_bytes() + entries_.capacity() * sizeof(Entry) +
         facets_.capacity() * sizeof(Facet) + numbers_.capacity() * sizeof(Document::Number) +
         vectors_.capacity() + (code_numbers_.size() + codes_.size() + live_.size()) * 64;
}

}  // namespace koinon::index
