// SPDX-License-Identifier: Apache-2.0
//
// The vocabularies that the build embeds (src/data/vocabularies): codes with labels in many
// languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace koinon::data {

struct Label {
  std::string language;
  std::string text;
};

struct Entry {
  std::string code;
  std::vector<Label> labels;
  std::vector<std::string> spellings;  // other forms in which files write this code
};

/// One vocabulary. Immutable after loading; safe to read from any thread.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  virtual const std::vector<Entry>& entries() const = 0;
  /// The entry with this code, or null. O(1).
  virtual const Entry* find(std::string_view code) const = 0;
  /// The entry that this text names: its code, a label in any language or another spelling,
  /// whatever the case of ASCII letters; null when none or more than one does. O(1).
  virtual const Entry* named(std::string_view text) const = 0;
};

/// The vocabulary of that name ("countries", "stages" ...), loaded on first use; null when there is
/// none.
const Vocabulary* vocabulary(std::string_view name);
std::vector<std::string> vocabulary_names();

/// The label in `language`, else in English, else the code itself. "nuts" is a vocabulary too, with
/// one label for each code, in the language of its country.
std::string label(std::string_view vocabulary, std::string_view code, std::string_view language);

/// The bundled sample: its files' names and contents (JSON Lines).
struct SampleFile {
  std::string_view name;
  std::string_view bytes;
};
const std::vector<SampleFile>& sample();

}  // namespace koinon::data
