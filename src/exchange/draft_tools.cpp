// SPDX-License-Identifier: Apache-2.0
#include "exchange/draft_tools.hpp"

#include <algorithm>

#include "data/vocabulary.hpp"
#include "domain/date.hpp"
#include "exchange/derived_id.hpp"
#include "text/fold.hpp"

namespace koinon::exchange {

namespace {

constexpr std::string_view no_break_blank = "\u00A0";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    if (is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(no_break_blank)) {
      text.remove_prefix(no_break_blank.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (is_blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(no_break_blank)) {
      text.remove_suffix(no_break_blank.size());
    } else {
      break;
    }
  }
  return text;
}

void add_text(LangText& texts, std::string_view language, std::string_view text) {
  text = trim(text);
  if (text.empty()) return;
  texts.push_back({std::string(language), std::string(text), TextOrigin::Original});
}

void add_tag(std::vector<Tag>& tags, std::string_view scheme, std::string_view value) {
  value = trim(value);
  if (value.empty()) return;
  const bool known = std::any_of(tags.begin(), tags.end(), [&](const Tag& tag) {
    return tag.scheme == scheme && tag.value == value;
  });
  if (!known) tags.push_back({std::string(scheme), std::string(value)});
}

bool is_web_address(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) {
                        return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' ||
                               c == '"';
                      }) &&
         text.find(no_break_blank) == std::string_view::npos;
}

void add_link(std::vector<std::string>& links, std::vector<Tag>& tags, std::string_view scheme,
              std::string_view address) {
  address = trim(address);
  if (address.empty()) return;
  if (is_web_address(address)) {
    links.emplace_back(address);
  } else {
    add_tag(tags, scheme, address);
  }
}

std::string name_key(std::string_view name) {
  std::string key = text::lower(trim(name));
  // One letter in two shapes, by its place in the word.
  constexpr std::string_view final_sigma = "ς";
  constexpr std::string_view sigma = "σ";
  for (std::size_t at = key.find(final_sigma); at != std::string::npos;
       at = key.find(final_sigma, at)) {
    key.replace(at, final_sigma.size(), sigma);
  }
  std::size_t out = 0;
  bool blank = false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool no_break = std::string_view(key).substr(i).starts_with(no_break_blank);
    if (is_blank(key[i]) || no_break) {
      blank = true;
      i += no_break ? 1 : 0;
      continue;
    }
    if (blank) key[out++] = ' ';
    blank = false;
    key[out++] = key[i];
  }
  key.resize(out);
  return key;
}

bool is_told(std::string_view cell, const char* path, Row& row) {
  if (!cell.empty()) return true;
  row.violations.push_back({path, "missing", std::string(path) + " must be told"});
  return false;
}

PartialDate iso_date(std::string_view text, const char* path, Row& row) {
  text = trim(text);
  if (text.empty()) return {};
  if (const auto date = domain::parse_date(text)) return *date;
  row.violations.push_back({path, "bad_date", "'" + std::string(text) + "' is no date"});
  return {};
}

const std::string& CodeFinder::named(std::string_view text) {
  const auto found = known_.find(text);
  if (found != known_.end()) return found->second;
  const data::Vocabulary* entries = data::vocabulary(vocabulary_);
  const data::Entry* entry = entries && !text.empty() ? entries->named(text) : nullptr;
  std::string code = entry ? entry->code : std::string();
  if (known_.size() < most) return known_.emplace(text, std::move(code)).first->second;
  unkept_ = std::move(code);
  return unkept_;
}

std::string named_organisation_id(std::string_view portal, std::string_view country,
                                  std::string_view name) {
  return derived_id(RecordKind::Organisation, {portal, country, name_key(name)});
}

}  // namespace koinon::exchange
