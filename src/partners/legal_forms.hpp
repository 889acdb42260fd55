// SPDX-License-Identifier: Apache-2.0
//
// Legal forms of organisations, told from the words of a name and taken off them.
//
// The table is src/data/organisations/legal-forms.tsv. Threads: immutable after the first call,
// which reads the table (some 2,000 spellings, under 2 ms).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::partners {

/// The legal forms found on a name, in the table's own spelling ("GmbH", "S. Coop."), and the kind
/// of body that the first of them makes ("company", "association" ...; empty if none was found).
struct LegalForms {
  std::vector<std::string> forms;
  std::string kind;
};

/// The code of a country as files of the EU write it: GR becomes EL and GB becomes UK, letters
/// upper case. Anything else than two ASCII letters gives "". O(1).
std::string country_code(std::string_view country);

/// Takes the legal forms off both ends of a name's words, the longest first, as long as there are
/// any: those of `country` (see country_code()) and of the EU, else, at the end of the name alone,
/// those of any country with three letters or more. Without a country those of any country: two
/// letters are enough at the end, four at the start. A form that is all there is stays: `words`
/// never becomes empty unless it was.
///
/// `words` are folded (text::fold_name); how they are parted does not matter ("s l", "sl"). O(words
/// + characters of both ends).
LegalForms take_legal_forms(std::vector<std::string>& words, std::string_view country);

/// Whether all of the words are one legal form of any country. O(characters).
bool is_legal_form(std::span<const std::string> words);

}  // namespace koinon::partners
