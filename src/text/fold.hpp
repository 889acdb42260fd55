// SPDX-License-Identifier: Apache-2.0
//
// Folding: what is equal for a person who types in a hurry becomes equal bytes.
//
// Threads: pure functions, safe everywhere; the first call builds a table of some 100 kB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::text {

/// Folded for search: case folded, compatibility forms decomposed (NFKD), combining marks dropped,
/// so that É, é, e + U+0301 and e are one, as are ς and σ, ά and α, ș and ş and s. Letters that
/// Unicode does not decompose follow the usual spelling: ß ss, æ ae, œ oe, ø o, ł l, đ d, ð d, þ
/// th, ħ h, ŧ t, ı i, ŋ n. Soft hyphens and joiners vanish. Each character is folded by itself, so
/// fold(a + b) = fold(a) + fold(b) at every character border. Never throws on any input: an
/// ill-formed byte becomes U+FFFD. O(n).
std::string fold(std::string_view text);

/// As fold(), appended to `out`.
void append_folded(std::string& out, std::string_view text);

/// Lower case by character (no context, no language), composed (NFC), without soft hyphens and
/// joiners: what stemmers want. Ill-formed bytes become U+FFFD. O(n).
std::string lower(std::string_view text);

/// As lower(), appended to `out`.
void append_lower(std::string& out, std::string_view text);

/// Folded for the identity of a name: as fold(), then every run of characters that are neither
/// letters, digits nor '+' becomes one space, with none at the ends. "L'École – A.S.B.L." gives
/// "l ecole a s b l". Empty for a name without a letter or digit: not a key then. O(n).
std::string fold_name(std::string_view name);

}  // namespace koinon::text
