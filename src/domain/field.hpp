// SPDX-License-Identifier: Apache-2.0
//
// What a field of a record is called, and the rule that it must hold.
#pragma once

#include <type_traits>

namespace koinon::domain {

enum class Rule {
  Text,       // any text
  Code,       // an entry of the field's vocabulary
  Theme,      // an entry of the vocabulary, or the id of a concept
  Reference,  // a record id
  Language,   // a language tag
  Country,
  Nuts,
  Link,
  Currency,
  Rate,       // of exchange: a decimal number above 0
  Latitude,   // degrees
  Longitude,  // degrees
};

struct Field {
  const char* name;
  Rule rule = Rule::Text;
  const char* vocabulary = "";
  bool required = false;
  // Of texts: several things, and so any number in each language. Names are: what a register calls
  // somebody, what everybody does, what they were called. Other texts say one thing in each.
  bool several = false;

  constexpr Field in(const char* entries) const {
    return {name, Rule::Code, entries, required, several};
  }
  constexpr Field is(Rule other) const { return {name, other, vocabulary, required, several}; }
  constexpr Field needed() const { return {name, rule, vocabulary, true, several}; }
  constexpr Field many() const { return {name, rule, vocabulary, required, true}; }
};

constexpr Field field(const char* name) {
  return Field{name};
}
constexpr Field names_field() {
  return field("names").many();
}
constexpr Field theme_field(const char* name) {
  return {name, Rule::Theme, "social-themes"};
}
constexpr Field reference(const char* name) {
  return {name, Rule::Reference};
}

template <class T, class Plain>
concept Is = std::is_same_v<std::remove_cvref_t<T>, Plain>;

}  // namespace koinon::domain
