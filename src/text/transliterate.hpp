// SPDX-License-Identifier: Apache-2.0
//
// Greek and Cyrillic words in Latin letters, and a spelling that languages share.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <string>
#include <string_view>

namespace koinon::text {

/// Appends a folded word (fold.hpp) in Latin letters: Greek as ISO 843 (1997) and ELOT 743
/// transcribe it, without the accents that folding took; Bulgarian by the Transliteration Act of
/// 2009, and the letters that Ukrainian (Cabinet of Ministers, resolution 55 of 2010), Russian,
/// Serbian and Macedonian have besides by their usual ones. Every other character is copied.
/// "θεσσαλονικη" gives "thessaloniki", "софия" "sofia", "ξενοδοχειο" "xenodocheio". O(n).
void append_latin(std::string& out, std::string_view folded);

/// Appends the skeleton of a folded word: what is left of it when the ways in which languages spell
/// a word that they share are made one. Greek is told by sound (ου u, αι e, ει οι η υ i), all
/// else as append_latin() does; then, from left to right:
///   ph f, th t, kh ch k         photography, theatre, chorus
///   x ks                        text, tekst
///   c q k                       clinic, klinik
///   w v                         Wien, Vienna's v
///   y j i                       system, sistem; projekt, proiect
///   a letter that follows itself is left out   Thessaloniki, tesaloniki
/// "θεσσαλονικη" and "thessaloniki" give "tesaloniki", "infrastructure" gives "infrastrukture".
/// O(n).
void append_skeleton(std::string& out, std::string_view folded);

/// Appends the skeleton by which words of names are compared. As append_skeleton() but for two:
///   Greek as append_latin() writes it   a body's own Latin name has the letters of the Greek one,
///                                       not its sound: "κοινωνικη", "koinoniki"
///   an e after a, o, u is left out, in words of five letters or more: "koeln" is "köln", which
///     folding made "koln", as "oersted" is "ørsted". Not after another vowel or qu ("bauer",
///     "queen"), nor in "oeu" ("soeur").
/// `small`: a word of those that join others (für, fuer), of any length. O(n).
void append_name_skeleton(std::string& out, std::string_view folded, bool small = false);

}  // namespace koinon::text
