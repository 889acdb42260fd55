// SPDX-License-Identifier: Apache-2.0
//
// Stemming by the tag of a language; what is known of the language itself is in language.hpp.
//
// Threads: safe everywhere.
#pragma once

#include <string>
#include <string_view>

namespace koinon::text {

/// The primary subtag in lower case: "pt-BR" gives "pt". At most eight bytes; "und" for what is no
/// tag.
std::string primary_language(std::string_view tag);

/// Whether words of the language (a BCP 47 tag) have a stem of their own; stem() is the identity
/// for the others.
bool has_stemmer(std::string_view language);

/// The stem of a word that lower() has prepared: lower case, composed, accents in place. The
/// word itself for a language without a stemmer, and when memory is short. O(n).
std::string stem(std::string_view word, std::string_view language);

}  // namespace koinon::text
