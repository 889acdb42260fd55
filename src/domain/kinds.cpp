// SPDX-License-Identifier: Apache-2.0
#include "domain/kinds.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace koinon::domain {

namespace {

template <std::size_t... I>
Record make_at(std::size_t index, std::index_sequence<I...>) {
  Record record;
  ((index == I ? (record.emplace<I>(), 0) : 0), ...);
  return record;
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

Record make_record(RecordKind kind) {
  return make_at(static_cast<std::size_t>(kind),
                 std::make_index_sequence<std::variant_size_v<Record>>{});
}

bool is_record_id(std::string_view text) {
  if (text.empty() || text.size() > 64 || !is_alnum(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_alnum(c) || c == '.' || c == '_' || c == ':' || c == '-';
  });
}

}  // namespace koinon::domain
