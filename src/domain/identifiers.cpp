// SPDX-License-Identifier: Apache-2.0
#include "domain/identifiers.hpp"

#include <algorithm>
#include <cstdint>

namespace koinon::domain {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

// ISO 7064 MOD 97-10 over digits and letters (A = 10 … Z = 35): 1 for a whole, right code.
unsigned mod97(std::string_view text) {
  unsigned rest = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    } else {
      rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    }
  }
  return rest;
}

std::string lei_fault(std::string_view value) {
  const bool form =
      value.size() == 20 && all_digits(value.substr(18)) &&
      std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c) || is_upper(c); });
  if (!form) return "a LEI has 18 letters or digits and two check digits";
  return mod97(value) == 1 ? "" : "the LEI's check digits do not fit";
}

std::string ror_fault(std::string_view value) {
  // Crockford's base 32: no i, l, o, u.
  static constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  if (value.size() != 9 || value[0] != '0' || !all_digits(value.substr(7)))
    return "a ROR id is 0, six letters or digits, and two check digits";
  std::uint64_t number = 0;
  for (const char c : value.substr(1, 6)) {
    const auto at = alphabet.find(c);
    if (at == std::string_view::npos) return "a ROR id has no letters i, l, o, u";
    number = number * 32 + at;
  }
  const auto check = 98 - number * 100 % 97;
  const auto told = static_cast<std::uint64_t>((value[7] - '0') * 10 + (value[8] - '0'));
  return check == told ? "" : "the ROR id's check digits do not fit";
}

std::string vat_fault(std::string_view value) {
  const bool form = value.size() >= 4 && value.size() <= 14 && is_upper(value[0]) &&
                    is_upper(value[1]) && std::all_of(value.begin(), value.end(), [](char c) {
                      return is_digit(c) || is_upper(c) || c == '+' || c == '*';
                    });
  return form ? "" : "a VAT number is a country prefix and 2 to 12 letters or digits";
}

}  // namespace

std::string identifier_fault(std::string_view scheme, std::string_view value) {
  if (scheme == "pic") return value.size() == 9 && all_digits(value) ? "" : "a PIC has nine digits";
  if (scheme == "wikidata") {
    const bool form = value.size() >= 2 && value[0] == 'Q' && all_digits(value.substr(1));
    return form ? "" : "a Wikidata item is Q and a number";
  }
  if (scheme == "lei") return lei_fault(value);
  if (scheme == "ror") return ror_fault(value);
  if (scheme == "vat") return vat_fault(value);
  return "";
}

std::string normal_identifier(std::string_view scheme, std::string_view value) {
  static constexpr std::string_view ror_address = "https://ror.org/";
  if (scheme == "ror" && value.substr(0, ror_address.size()) == ror_address)
    value.remove_prefix(ror_address.size());
  const bool upper = scheme == "lei" || scheme == "vat" || scheme == "wikidata";
  const bool lower = scheme == "ror";
  std::string normal;
  for (const char c : value) {
    const bool filler = c == ' ' || c == '\t' || (scheme == "vat" && (c == '.' || c == '-'));
    if (filler && (upper || lower || scheme == "pic")) continue;
    if (upper && c >= 'a' && c <= 'z') {
      normal.push_back(static_cast<char>(c - 'a' + 'A'));
    } else if (lower && is_upper(c)) {
      normal.push_back(static_cast<char>(c - 'A' + 'a'));
    } else {
      normal.push_back(c);
    }
  }
  return normal;
}

}  // namespace koinon::domain
