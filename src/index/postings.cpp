// SPDX-License-Identifier: Apache-2.0
#include "index/postings.hpp"

#include <algorithm>

namespace koinon::index {

namespace {

constexpr std::uint8_t field_mask = 0x0F;
constexpr std::uint8_t one_position = 0x10;
constexpr std::uint8_t last_field = 0x20;
static_assert(max_fields == field_mask + 1);

void put_varint(std::vector<std::uint8_t>& out, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<std::uint8_t>(value | 0x80U));
  out.push_back(static_cast<std::uint8_t>(value));
}

// Number of places of the field that `places` begins with.
std::size_t field_run(std::span<const Place> places) {
  std::size_t run = 1;
  while (run < places.size() && field_of(places[run]) == field_of(places[0])) ++run;
  return run;
}

}  // namespace

double weighted_frequency(std::span<const Place> places, const Boosts& boosts) {
  double sum = 0;
  while (!places.empty()) {
    const std::size_t run = field_run(places);
    sum += boosts[field_of(places[0])] * static_cast<double>(run);
    places = places.subspan(run);
  }
  return sum;
}

void append_posting(BytePool& pool, Term& term, std::uint32_t document,
                    std::span<const Place> places, std::vector<std::uint8_t>& scratch) {
  scratch.clear();
  put_varint(scratch, document - term.last);
  while (!places.empty()) {
    const std::size_t run = field_run(places);
    std::uint8_t header = field_of(places[0]);
    if (run == 1) header |= one_position;
    if (run == places.size()) header |= last_field;
    scratch.push_back(header);
    if (run > 1) put_varint(scratch, static_cast<std::uint32_t>(run));
    std::uint32_t before = 0;
    for (const Place place : places.first(run)) {
      put_varint(scratch, position_of(place) - before);
      before = position_of(place);
    }
    places = places.subspan(run);
  }
  pool.append(term.stream, scratch.data(), scratch.size());
  term.last = document;
  ++term.postings;
}

template <class Field, class Position>
void PostingCursor::read_places(Field&& on_field, Position&& on_position) {
  unread_ = false;
  std::uint8_t header = 0;
  do {
    header = reader_.byte();
    const FieldId field = header & field_mask;
    const std::uint32_t count = (header & one_position) != 0 ? 1 : reader_.varint();
    on_field(field, count);
    std::uint32_t position = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      position += reader_.varint();
      on_position(field, position);
    }
  } while ((header & last_field) == 0);
}

bool PostingCursor::next() {
  const auto nothing = [](FieldId, std::uint32_t) {};
  if (unread_) read_places(nothing, nothing);
  if (left_ == 0) return false;
  --left_;
  document_ += reader_.varint();
  unread_ = true;
  return true;
}

double PostingCursor::weighted_frequency(const Boosts& boosts) {
  double sum = 0;
  read_places([&](FieldId field,
                  std::uint32_t count) { sum += boosts[field] * static_cast<double>(count); },
              [](FieldId, std::uint32_t) {});
  return sum;
}

void PostingCursor::append_places(std::vector<Place>& places) {
  read_places(
      [](FieldId, std::uint32_t) {},
      [&](FieldId field, std::uint32_t position) { places.push_back(place_of(field, position)); });
}

GroupCursor::GroupCursor(const BytePool& pool, std::span<const Term* const> terms) {
  cursors_.reserve(terms.size());
  for (const Term* term : terms) cursors_.emplace_back(pool, *term);
}

bool GroupCursor::next() {
  std::uint32_t least = 0xFFFFFFFFU;
  for (std::size_t i = 0; i < cursors_.size();) {
    PostingCursor& cursor = cursors_[i];
    if ((!started_ || cursor.document() == document_) && !cursor.next()) {
      cursor = cursors_.back();
      cursors_.pop_back();
      continue;
    }
    least = std::min(least, cursor.document());
    ++i;
  }
  started_ = true;
  document_ = least;
  return !cursors_.empty();
}

double GroupCursor::weighted_frequency(const Boosts& boosts) {
  PostingCursor* only = nullptr;
  std::size_t here = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() != document_) continue;
    only = &cursor;
    ++here;
  }
  if (here == 1) return only->weighted_frequency(boosts);
  return index::weighted_frequency(places(), boosts);
}

const std::vector<Place>& GroupCursor::places() {
  places_.clear();
  std::size_t here = 0;
  for (PostingCursor& cursor : cursors_) {
    if (cursor.document() != document_) continue;
    cursor.append_places(places_);
    ++here;
  }
  if (here > 1) {
    std::sort(places_.begin(), places_.end());
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
  }
  return places_;
}

}  // namespace koinon::index
