// SPDX-License-Identifier: Apache-2.0
//
// The organisations that are to be told apart, read together: which words are rare among them,
// which parts of names stand alone. What the comparison (comparison.hpp) looks things up in.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "partners/organisation_facts.hpp"
#include "partners/organisation_name.hpp"

namespace koinon::partners {

/// A word of some name. Words of one kind ("university", "Universität") are one.
struct PopulationWord {
  std::string skeleton;
  std::string latin;            // as first met
  std::string sound;            // of a word that is met in Greek or Cyrillic letters; else empty
  std::uint32_t frequency = 0;  // organisations with it
  float weight = 0;             // how much it tells; see Population
  KindWord tells;
  bool small = false;   // small_word()
  bool number = false;  // digits alone

  /// Whether it is the name of a kind of body, and nothing of a body's own name.
  bool names_kind() const { return tells.kind != 0 && tells.whole; }
  /// Whether it can tell one body from another of its kind.
  bool telling() const { return !names_kind() && !small; }
};

struct PopulationPart {
  std::vector<std::uint16_t> words;  // positions in PopulationName::words, as they stand
  std::uint32_t id = 0;              // parts of the same words but for small ones share it
  float weight = 0;                  // sum of its words'
  Standing standing = Standing::Plain;
  std::uint8_t kind = 0;
  bool aside = false;
  std::string initials;      // first letters of its words but for small ones
  std::string all_initials;  // of all its words
};

struct PopulationName {
  std::vector<std::uint32_t> words;  // distinct, as they stand
  std::vector<PopulationPart> parts;
  std::string written;
  float weight = 0;  // sum of its words', places left out
};

/// What a part of a name, wherever it stands, is among all names.
struct PartUse {
  std::uint32_t organisations = 0;  // with it
  std::uint32_t alone = 0;          // names that are nothing else
  std::uint32_t beside = 0;         // distinct other parts in the same names
  std::uint32_t followers = 0;      // distinct parts of more than one name that next_part() gives
};

/// The part that tells which of a family a body is, "Davis" in "University of California, Davis":
/// the next one, if it is short and no word in it tells a kind; else null. O(1).
const PopulationPart* next_part(const PopulationName& name, std::size_t at);

/// An identifier in the form that is compared.
struct KnownIdentifier {
  std::string scheme;  // "vat:AT", "national-register:FR", "pic": what can have but one value
  std::string value;
  bool exclusive = true;  // another value of the scheme means another organisation
};

struct PopulationMember {
  std::vector<PopulationName> names;
  std::vector<KnownIdentifier> identifiers;  // by scheme, then value
  std::vector<std::string> forms;            // legal forms, table's spelling, sorted
  std::string form_kind;
  std::string country;  // code, as told or else as a name tells
  std::string city;     // skeleton
  std::string kind;
  double stake = 1;
};

/// All of them. A word's weight is its inverse document frequency against a background of 1,000
/// organisations in which words that tell a kind occur 100 times, small words 500 times and any
/// other once: ln((n + 1000) / (frequency + background)), at least 0.05. So it means something for
/// three organisations as for a million.
///
/// Threads: immutable after read_population(), safe to read.
struct Population {
  std::vector<PopulationMember> members;  // in the order given
  std::vector<PopulationWord> words;
  std::vector<PartUse> parts;
};

/// Reads the names of all organisations. Organisations without a name, or with names without a
/// letter, are members without names. O(characters). Throws std::bad_alloc and what `step` throws.
Population read_population(std::span<const OrganisationFacts> organisations, const Step& step = {});

/// The forms in which identifiers are compared: normalised (domain::normal_identifier), national
/// register numbers and VAT numbers apart by country, empty ones and web addresses left out. A
/// portal's own identifiers say nothing when they differ. O(n log n).
std::vector<KnownIdentifier> known_identifiers(std::span<const Identifier> identifiers,
                                               std::string_view country);

}  // namespace koinon::partners
