// SPDX-License-Identifier: Apache-2.0
#include "exchange/object_rows.hpp"

#include <algorithm>
#include <charconv>

#include "exchange/draft_tools.hpp"

namespace koinon::exchange {

bool has_keys(std::string_view head, std::initializer_list<const char*> keys) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (head.starts_with(mark)) head.remove_prefix(mark.size());
  head = trim(head);
  if (!head.starts_with('{') && !head.starts_with('[')) return false;
  return std::all_of(keys.begin(), keys.end(), [&](const char* key) {
    // In a text the quotes would stand behind a backslash.
    return head.find('"' + std::string(key) + '"') != std::string_view::npos;
  });
}

std::string text_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end()) return {};
  if (member->is_string()) return member->get<std::string>();
  if (member->is_number() || member->is_boolean()) return member->dump();
  return {};
}

std::optional<double> number_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end()) return std::nullopt;
  if (member->is_number()) return member->get<double>();
  if (!member->is_string()) return std::nullopt;
  const std::string_view text = trim(member->get_ref<const std::string&>());
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

const Json* list_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_array() ? &*member : nullptr;
}

ObjectRows::ObjectRows(ByteSource& source, const ReaderOptions& options, std::string_view portal)
    : input_(source, options.encoding),
      objects_(input_),
      portal_(options.portal.empty() ? portal : options.portal) {}

bool ObjectRows::next(Row& row) {
  row.clear();
  Json object;
  if (!objects_.next(row, object)) return false;
  if (row.violations.empty()) read(object, row);
  if (!row.violations.empty()) row.drafts.clear();
  return true;
}

std::string ObjectRows::needed(const Json& object, const char* key, Row& row) {
  std::string text(trim(text_of(object, key)));
  if (text.empty()) row.violations.push_back({key, "missing", std::string(key) + " must be told"});
  return text;
}

}  // namespace koinon::exchange
