// SPDX-License-Identifier: Apache-2.0
//
// Words that say what kind of body a name is of: "university", "Gemeinde", "ministerstvo".
//
// The table is src/data/organisations/kind-words.tsv. Threads: immutable after the first call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::partners {

/// How a part of a name stands to the organisation, as its words tell. By rising strength.
enum class Standing : std::uint8_t {
  Place,   // "Wuhan", "China", beside other parts
  Unit,    // a part of a body: department, faculty
  Plain,   // no word that tells
  Either,  // a body or a part of one: institute, school
  Body,    // municipality, association, company
  University,
};
inline constexpr std::size_t standings = 6;

/// What a word tells.
struct KindWord {
  std::uint8_t kind = 0;  // number of the kind, 0: none; see kind_name()
  Standing standing = Standing::Plain;
  bool whole = false;  // the word is the kind's name, not one that begins with it
};

/// What the skeleton of a folded word (text::append_name_skeleton) tells. A beginning of the table
/// counts with an ending of up to three letters, or half its own length; one of six letters or more
/// counts with any ending ("universitatsmedizin"), but such a word is not `whole`. O(length of the
/// word).
KindWord kind_word(std::string_view skeleton);

/// Whether a folded word is an article, a preposition or a conjunction, which hardly ever tells two
/// names apart. By its letters, not its sound: "του" is one, "TU" is not. O(length of the word).
bool small_word(std::string_view folded);

/// "university", "municipality" ...; "" for 0 or a number that is no kind's.
std::string_view kind_name(std::uint8_t kind);

}  // namespace koinon::partners
