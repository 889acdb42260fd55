// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a thesaurus, as its builder writes and thesaurus.cpp reads them; told for people in
// docs/reference/concepts.md. Numbers are 32-bit, in the order of the machine that wrote them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koinon::text::thesaurus_format {

// Read as a number: a table of a machine with the other byte order is not taken for one.
inline constexpr std::uint32_t magic = 0x5348544B;  // "KTHS"
inline constexpr std::uint32_t version = 1;

enum Section : std::uint32_t {
  Bytes,      // all strings, one after the other
  Languages,  // {begin, size} of each tag, sorted
  Concepts,   // {begin, size} of each URI
  Uris,       // {begin, size, concept}, sorted by the bytes of the URI; other names stand here too
  Labels,     // where the preferred label begins: a row of languages for each concept, one more
  Others,     // where the other labels of a concept begin: one for each concept, one more
  OtherLabels,  // {language, begin, size}
  Links,        // broader, narrower, related: where each list begins, one more
  LinkTargets,  // concepts
  TermSlots,    // open addressing, a power of two of slots: number of the term + 1, 0 free
  Terms,        // {begin, size} of each term
  Nodes,        // {term, first child, first hit + 1}, a node more than there are
  Hits,         // concept and marks
  SectionCount,
};

// magic, version, marks, then {begin, size} of each section in bytes of the table.
inline constexpr std::size_t header_numbers = 4;
inline constexpr std::size_t header_bytes = 4 * (header_numbers + 2 * SectionCount);

// A hit is a concept with marks in its highest bits.
inline constexpr std::uint32_t hit_last = 0x80000000U;       // of its list
inline constexpr std::uint32_t hit_preferred = 0x40000000U;  // the preferred label
inline constexpr std::uint32_t hit_capital = 0x20000000U;    // wants capitals in a text
inline constexpr std::uint32_t hit_short = 0x10000000U;      // too short to fire in a text
inline constexpr std::uint32_t hit_ending = 0x0F000000U;     // letters of the label behind its stem
inline constexpr std::uint32_t hit_ending_shift = 24;
inline constexpr std::uint32_t hit_concept = 0x00FFFFFFU;
// In place of a concept: nothing fires, and nothing else is tried for the word alone.
inline constexpr std::uint32_t hit_silent = hit_concept;

// A word may be this much shorter behind its stem than the label of one word that it matches.
inline constexpr std::uint32_t shorter_ending = 2;

// What a term is made of stands before it, so that the kinds never meet.
inline constexpr char stem_kind = 's';
inline constexpr char surface_kind = 'w';  // the folded word, of a stem that says too little
inline constexpr char prefix_kind = 'p';   // its first letters
inline constexpr char long_kind = 'l';     // a long word but for its end

inline std::uint32_t term_hash(char kind, std::string_view term) {
  std::uint64_t hash = 0xCBF29CE484222325U ^ static_cast<unsigned char>(kind);
  for (const char c : term) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return static_cast<std::uint32_t>(hash ^ hash >> 32U);
}

}  // namespace koinon::text::thesaurus_format
