// SPDX-License-Identifier: Apache-2.0
//
// The small steps that every format takes from fields to records.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/reader.hpp"
#include "koinon/records.hpp"

namespace koinon::exchange {

/// Without blanks, no-break blanks included, at either end.
std::string_view trim(std::string_view text);

/// Adds the trimmed text when there is any.
void add_text(LangText& texts, std::string_view language, std::string_view text);
/// Adds the trimmed value when there is any and the list does not have it.
void add_tag(std::vector<Tag>& tags, std::string_view scheme, std::string_view value);
/// Adds the address, or, when it cannot be one, a tag with the wording.
void add_link(std::vector<std::string>& links, std::vector<Tag>& tags, std::string_view scheme,
              std::string_view address);
bool is_web_address(std::string_view text);

/// Whole in every way but its case and its blanks: what keeps two organisations of one source
/// apart. Accents and punctuation count, because what they part can be matched later and what was
/// made one cannot be parted.
std::string name_key(std::string_view name);

/// Adds the violation `missing` at `path` when the cell is empty.
bool is_told(std::string_view cell, const char* path, Row& row);

/// "2014-05-31", or a violation bad_date at `path`; nothing for an empty text.
PartialDate iso_date(std::string_view text, const char* path, Row& row);

/// Codes of one vocabulary by any of their names, each looked up once.
class CodeFinder {
 public:
  explicit CodeFinder(const char* vocabulary) : vocabulary_(vocabulary) {}
  /// The code, or "" when the vocabulary has none of that name.
  const std::string& named(std::string_view text);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  // A file may hold any number of names; the most frequent come early.
  static constexpr std::size_t most = 10000;
  const char* vocabulary_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> known_;
  std::string unkept_;
};

/// An organisation that a source knows by name alone, and its id: one per name, country and portal.
std::string named_organisation_id(std::string_view portal, std::string_view country,
                                  std::string_view name);

}  // namespace koinon::exchange
