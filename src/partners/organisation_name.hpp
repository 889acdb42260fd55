// SPDX-License-Identifier: Apache-2.0
//
// The name of an organisation, taken apart: "Institut für Soziologie, Universität Wien (UNIVIE)".
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "partners/kind_words.hpp"
#include "partners/legal_forms.hpp"

namespace koinon::partners {

struct NameWord {
  std::string latin;     // folded, in Latin letters
  std::string skeleton;  // spelling that languages share; what words are compared by
  std::string sound;     // the same by sound, of Greek and Cyrillic letters; else empty
  KindWord tells;
  bool small = false;   // small_word()
  bool number = false;  // digits alone
};

/// What stands between commas, dashes or brackets.
struct NamePart {
  std::vector<NameWord> words;  // never empty
  Standing standing = Standing::Plain;
  std::uint8_t kind = 0;  // see kind_name()
  bool aside = false;     // in brackets, or after "a.k.a."
};

struct OrganisationName {
  std::vector<NamePart> parts;
  LegalForms legal;
  std::string country;  // code of vocabulary countries that a part of the name gives; else empty
  std::string city;     // skeleton of the words before that country; else empty
};

/// More than this of a name is not looked at.
inline constexpr std::size_t most_name_bytes = 8192;
inline constexpr std::size_t most_name_words = 256;

/// Takes a name apart. Parts end at commas, semicolons, brackets, bars, line ends, at dashes and
/// slashes between blanks, and before "a.k.a.", "formerly" and their like; the number of a footnote
/// ends one too. Legal forms (legal_forms.hpp, by `country`, which may be empty) are taken off each
/// part, single letters in a row become one word ("A.T.C." "atc").
///
/// A name of letters or digits has at least one part; any other has none. Never throws but
/// std::bad_alloc, whatever the bytes. O(bytes), of which the first `most_name_bytes` count.
OrganisationName take_apart(std::string_view written, std::string_view country);

}  // namespace koinon::partners
