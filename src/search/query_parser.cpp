// SPDX-License-Identifier: Apache-2.0
#include "search/query_parser.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "koinon/search.hpp"
#include "search/ranges.hpp"
#include "text/edit_distance.hpp"
#include "text/encoding.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"

namespace koinon::search {

namespace {

constexpr std::size_t max_ignored = 16;
constexpr std::size_t max_ignored_bytes = 40;
constexpr std::size_t least_letters_of_a_beginning = 2;
// A beginning that nobody has ended yet is a guess.
constexpr double weight_of_a_beginning = 0.5;

bool is_space(std::uint32_t code) {
  return code <= 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x205F || code == 0x3000;
}

// Any double quote opens, and any closes: German „so“, French « so », English “so”.
bool is_quote(std::uint32_t code) {
  return code == '"' || (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB;
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool has_word(std::string_view piece) {
  text::Tokens walker(piece);
  text::Token token;
  return walker.next(token);
}

bool is_one_of(const std::vector<std::string>& fields, std::string_view name) {
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool touches_no_score(const Query& query) {
  switch (query.kind) {
    case QueryKind::Code:
    case QueryKind::Range:
    case QueryKind::Near:
      return true;
    case QueryKind::All:
    case QueryKind::Any:
    case QueryKind::Not:
      return std::all_of(query.parts.begin(), query.parts.end(), touches_no_score);
    default:
      return false;
  }
}

// What may stand behind a word or phrase: ~, ~2, *, ^1.5.
struct Suffix {
  bool fuzzy = false;
  bool beginning = false;
  int distance = -1;
  double boost = 1;
  explicit operator bool() const { return fuzzy || beginning || boost != 1; }
};

enum class Sign { None, Plus, Minus };

class Parser {
 public:
  Parser(std::string_view text, bool as_you_type) : text_(text), as_you_type_(as_you_type) {}

  ParsedQuestion run() {
    if (text_.size() > max_query_bytes) {
      text_ = text_.substr(0, max_query_bytes);
      ignore("everything after the first " + std::to_string(max_query_bytes) + " bytes");
    }
    const std::size_t good = text::valid_utf8(text_);
    if (good < text_.size()) ignore("ill-formed UTF-8 from byte " + std::to_string(good));
    if (auto made = alternatives()) parsed_.query = std::move(*made);
    return std::move(parsed_);
  }

 private:
  // ---- Walking
  // -----------------------------------------------------------------------------------

  text::Decoded peek() const { return text::decode(text_, at_); }
  bool at_end() const { return at_ >= text_.size(); }
  bool at(char c) const { return !at_end() && text_[at_] == c; }

  bool skip_space() {
    while (!at_end() && is_space(peek().code)) at_ += peek().size;
    return !at_end();
  }

  bool at_border(std::size_t place) const {
    if (place >= text_.size()) return true;
    const std::uint32_t code = text::decode(text_, place).code;
    return is_space(code) || is_quote(code) || code == '(' || code == ')';
  }

  bool at_keyword(std::string_view word) const {
    return text_.substr(at_, word.size()) == word && at_border(at_ + word.size());
  }

  bool take_keyword(std::string_view word) {
    skip_space();
    if (!at_keyword(word)) return false;
    at_ += word.size();
    return true;
  }

  std::string_view from(std::size_t begin) const { return text_.substr(begin, at_ - begin); }

  // ---- Operators
  // ---------------------------------------------------------------------------------

  std::optional<Query> joined(const char* keyword, QueryKind kind,
                              std::optional<Query> (Parser::*operand)()) {
    std::vector<Query> parts;
    bool more = true;
    bool first = true;
    while (more) {
      auto part = (this->*operand)();
      more = take_keyword(keyword);
      if (part) {
        parts.push_back(std::move(*part));
      } else if (more || !first) {
        ignore(std::string(keyword) + " with nothing to join");
      }
      first = false;
    }
    if (parts.empty()) return std::nullopt;
    if (parts.size() == 1) return std::move(parts[0]);
    return query::of_parts(kind, std::move(parts));
  }

  std::optional<Query> alternatives() { return joined("OR", QueryKind::Any, &Parser::conjunction); }
  std::optional<Query> conjunction() { return joined("AND", QueryKind::All, &Parser::sequence); }

  // Words side by side: any of them, and what their signs say.
  std::optional<Query> sequence() {
    Sequence into;
    while (skip_space() && !full_) {
      if (at(')')) {
        if (depth_ > 0) break;
        ++at_;  // closes nothing
        continue;
      }
      if (at_keyword("AND") || at_keyword("OR")) break;
      item(into);
    }
    if (full_) at_ = text_.size();
    return std::move(into).query();
  }

  struct Sequence {
    std::vector<Query> any;
    std::vector<Query> all;
    std::vector<Query> none;
    bool words_required = false;

    std::optional<Query> query() && {
      if (!any.empty()) {
        // Beside words that must be there the others are a matter of rank.
        all.push_back(words_required ? query::optional(std::move(any))
                                     : query::any_of(std::move(any)));
      }
      if (!none.empty()) all.push_back(query::none_of(std::move(none)));
      if (all.empty()) return std::nullopt;
      if (all.size() == 1) return std::move(all[0]);
      return query::all_of(std::move(all));
    }
  };

  // One item: a sign or none, then brackets, a phrase, a word, or a field with one of them.
  void item(Sequence& into) {
    const std::size_t begin = at_;
    const Sign given = sign();
    if (at_end() || is_space(peek().code) || (at(')') && depth_ > 0)) {
      ignore(shown(from(begin)));
      return;
    }
    auto made = field_or_text(begin, given);
    if (!made) return;
    const bool condition = touches_no_score(*made);
    if (++items_ > max_query_items) {
      stop();
      return;
    }
    if (given == Sign::Minus) {
      into.none.push_back(std::move(*made));
    } else if (given == Sign::Plus || condition) {
      into.words_required = into.words_required || !condition;
      into.all.push_back(std::move(*made));
    } else if (made->kind == QueryKind::Any) {
      std::move(made->parts.begin(), made->parts.end(), std::back_inserter(into.any));
    } else {
      into.any.push_back(std::move(*made));
    }
  }

  // The first sign counts; more of them are passed over.
  Sign sign() {
    Sign first = Sign::None;
    for (;;) {
      Sign next = Sign::None;
      if (at('+') || at('-')) {
        next = at('+') ? Sign::Plus : Sign::Minus;
        ++at_;
      } else if (at_keyword("NOT")) {
        next = Sign::Minus;
        at_ += 3;
        skip_space();
      } else {
        return first;
      }
      if (first == Sign::None) first = next;
    }
  }

  // ---- Text
  // --------------------------------------------------------------------------------------

  std::optional<Query> field_or_text(std::size_t begin, Sign given) {
    const std::string name = field_name();
    if (name.empty()) return value(begin, given);
    if (is_one_of(koinon::text_fields(), name)) {
      auto made = value(begin, Sign::Plus);
      if (made) made = made->in({name});
      return made;
    }
    if (name == "near") return near(begin);
    if (is_one_of(number_fields(), name)) return range(begin, name);
    return codes(begin, name);
  }

  // The name of a field that something follows, or "": then nothing was taken.
  std::string field_name() {
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    if (end == at_ || end >= text_.size() || text_[end] != ':') return {};
    const bool empty = end + 1 >= text_.size() || is_space(text::decode(text_, end + 1).code) ||
                       text_[end + 1] == ')';
    if (empty) return {};
    const std::string name = lower_ascii(text_.substr(at_, end - at_));
    const bool known = name == "near" || is_one_of(koinon::text_fields(), name) ||
                       is_one_of(facet_fields(), name) || is_one_of(number_fields(), name);
    if (!known) {
      tell_nearest(name);
      return {};
    }
    at_ = end + 1;
    return name;
  }

  void tell_nearest(const std::string& name) {
    constexpr std::size_t least_letters = 4;
    if (name.size() < least_letters) return;
    for (const auto* fields : {&koinon::text_fields(), &facet_fields(), &number_fields()}) {
      for (const std::string& field : *fields) {
        if (text::edit_distance(name, field, 2) > 2) continue;
        ignore("there is no field " + name + ": (did you mean " + field + ":?); read as words");
        return;
      }
    }
  }

  std::optional<Query> value(std::size_t begin, Sign given) {
    if (at('(')) return brackets(begin);
    if (is_quote(peek().code)) return quoted(begin, given);
    return word(begin, given);
  }

  std::optional<Query> brackets(std::size_t begin) {
    ++at_;
    if (depth_ == max_query_depth) {
      ignore("brackets inside more than " + std::to_string(max_query_depth) + " others");
      return std::nullopt;
    }
    ++depth_;
    auto made = alternatives();
    --depth_;
    if (at(')')) {
      ++at_;
    } else if (!full_) {
      ignore("unclosed bracket");
    }
    if (!made) {
      ignore(shown(from(begin)));
      return std::nullopt;
    }
    const Suffix suffix = take_suffix();
    // So that what is inside stays together, a lone Any is not taken apart.
    if (made->kind == QueryKind::Any && suffix) made = query::all_of({std::move(*made)});
    made->boost *= suffix.boost;
    return made;
  }

  std::optional<Query> quoted(std::size_t begin, Sign given) {
    at_ += peek().size;
    const std::size_t inside = at_;
    while (!unclosed_ && !at_end() && !is_quote(peek().code)) at_ += peek().size;
    if (unclosed_ || at_end()) {
      // The quote is passed over, and what follows it read as words. There is no other to find.
      if (!unclosed_) ignore("unclosed quote");
      unclosed_ = true;
      at_ = inside;
      if (at_end() || is_space(peek().code)) return std::nullopt;
      return word(begin, given);
    }
    const std::size_t end = at_;
    at_ += peek().size;
    const Suffix suffix = take_suffix();
    const std::string_view words = text_.substr(inside, end - inside);
    if (!has_word(words)) {
      ignore(shown(from(begin)));
      return std::nullopt;
    }
    parsed_.words.push_back({inside, end});
    Query made = query::phrase(std::string(words), std::max(suffix.distance, 0));
    made.boost = suffix.boost;
    return made;
  }

  std::optional<Query> word(std::size_t begin, Sign given) {
    const std::size_t inside = at_;
    while (!at_end() && !at_border(at_)) at_ += peek().size;
    std::string_view piece = from(inside);
    const Suffix suffix = suffix_of(piece);
    if (!has_word(piece)) {
      // Nothing was taken where a border stands at once, and there must be some progress.
      if (at_ == inside && !at_end()) at_ += peek().size;
      ignore(shown(from(begin)));
      return std::nullopt;
    }
    std::string words(piece);
    Query made;
    if (suffix.beginning) {
      made = query::prefix(std::move(words));
    } else if (suffix.fuzzy) {
      made = query::fuzzy(std::move(words), suffix.distance);
    } else {
      const bool open = as_you_type_ && at_end() && !suffix &&
                        text::character_count(piece) >= least_letters_of_a_beginning;
      if (!open) parsed_.words.push_back({inside, inside + piece.size()});
      made = given == Sign::None ? query::words(words) : query::phrase(words);
      if (open) made = query::any_of({made, query::prefix(words).times(weight_of_a_beginning)});
    }
    made.boost *= suffix.boost;
    return made;
  }

  // Takes the suffix off the end of a word. A sign alone is none: C* yes, * no.
  static Suffix suffix_of(std::string_view& piece) {
    Suffix suffix;
    std::string_view rest = piece;
    const std::size_t hat = rest.rfind('^');
    if (hat != std::string_view::npos && hat > 0) {
      const auto boost = number_in(rest.substr(hat + 1));
      if (boost && *boost >= 0 && *boost <= 1000) {
        suffix.boost = *boost;
        rest = rest.substr(0, hat);
      }
    }
    const std::size_t tilde = rest.rfind('~');
    if (tilde != std::string_view::npos && tilde > 0 && rest.size() - tilde <= 3) {
      const auto distance = number_in(rest.substr(tilde + 1));
      if (tilde + 1 == rest.size() || distance) {
        suffix.fuzzy = true;
        if (distance) suffix.distance = static_cast<int>(std::clamp(*distance, 0.0, 99.0));
        rest = rest.substr(0, tilde);
      }
    }
    if (!suffix.fuzzy && rest.size() > 1 && rest.back() == '*') {
      suffix.beginning = true;
      while (!rest.empty() && rest.back() == '*') rest.remove_suffix(1);
    }
    piece = rest;
    return suffix;
  }

  // The suffix right behind a quote or bracket.
  Suffix take_suffix() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size() && !at_border(end)) end += text::decode(text_, end).size;
    // A letter in front, for the suffix of a word.
    const std::string word =
        "x" + std::string(text_.substr(begin, std::min(end - begin, std::size_t{16})));
    std::string_view left = word;
    const Suffix suffix = suffix_of(left);
    if (left != "x" || suffix.beginning) return {};
    if (suffix) at_ = end;
    return suffix;
  }

  // ---- Conditions
  // --------------------------------------------------------------------------------

  // The rest of an item after its field: a word, or what stands in quotes or brackets.
  std::string_view plain_value() {
    if (at_end()) return {};
    const std::uint32_t open = peek().code;
    if (!is_quote(open) && open != '(' && open != '[') {
      const std::size_t begin = at_;
      while (!at_end() && !at_border(at_)) at_ += peek().size;
      return from(begin);
    }
    at_ += peek().size;
    const std::size_t begin = at_;
    const auto closes = [&](std::uint32_t code) {
      return open == '(' ? code == ')' : open == '[' ? code == ']' : is_quote(code);
    };
    while (!at_end() && !closes(peek().code)) at_ += peek().size;
    const std::string_view inside = from(begin);
    if (!at_end()) at_ += peek().size;
    return inside;
  }

  std::optional<Query> codes(std::size_t begin, const std::string& field) {
    const bool quoted = !at_end() && is_quote(peek().code);
    std::string value(plain_value());
    std::vector<std::string> each;
    if (quoted) {
      each.push_back(value);
    } else {
      for (char& c : value) c = is_space(static_cast<unsigned char>(c)) ? ',' : c;
      each = split(value, ',');
    }
    if (each.empty() || each[0].empty() || each.size() > max_query_items) {
      ignore(shown(from(begin)) + ": names no code");
      return std::nullopt;
    }
    return query::code(field, std::move(each));
  }

  std::optional<Query> range(std::size_t begin, const std::string& name) {
    const NumberField field = number_field(name);
    std::string least;
    std::string greatest;
    const std::string_view value = plain_value();
    const auto limit = [&](std::string_view sign) {
      return std::string(value.substr(sign.size()));
    };
    const auto beside = [&](std::string_view sign, bool before) {
      return neighbour_of(field, value.substr(sign.size()), before).value_or("?");
    };
    const std::size_t dots = value.find("..");
    const std::size_t to = value.find(" TO ");
    if (value.substr(0, 2) == ">=") {
      least = limit(">=");
    } else if (value.substr(0, 2) == "<=") {
      greatest = limit("<=");
    } else if (value.substr(0, 1) == ">") {
      least = beside(">", false);
    } else if (value.substr(0, 1) == "<") {
      greatest = beside("<", true);
    } else if (dots != std::string_view::npos) {
      least = std::string(value.substr(0, dots));
      greatest = std::string(value.substr(dots + 2));
    } else if (to != std::string_view::npos) {
      least = std::string(value.substr(0, to));
      greatest = std::string(value.substr(to + 4));
    } else {
      least = greatest = std::string(value);
    }
    if (least == "*") least.clear();
    if (greatest == "*") greatest.clear();
    const bool open = least.empty() && greatest.empty();
    if (open || !range_of(field, least, greatest)) {
      ignore(shown(from(begin)) + (field == NumberField::Budget
                                       ? ": needs an amount such as 50000 or 1000..2000.50"
                                       : ": needs a date such as 2020, 2020-06 or 2019..2021"));
      return std::nullopt;
    }
    return query::range(name, least, greatest);
  }

  std::optional<Query> near(std::size_t begin) {
    const std::vector<std::string> parts = split(plain_value(), ',');
    if (parts.size() == 3) {
      std::string_view far = parts[2];
      if (far.size() > 2 && far.substr(far.size() - 2) == "km") far.remove_suffix(2);
      const auto north = number_in(parts[0]);
      const auto east = number_in(parts[1]);
      const auto kilometres = number_in(far);
      const bool good = north && east && kilometres && *north >= -90 && *north <= 90 &&
                        *east >= -180 && *east <= 180 && *kilometres >= 0;
      if (good) return query::near(*north, *east, *kilometres);
    }
    ignore(shown(from(begin)) + ": needs latitude,longitude,kilometres such as 60.17,24.94,50km");
    return std::nullopt;
  }

  // ---- What was left out
  // -------------------------------------------------------------------------

  void stop() {
    if (!full_) {
      parsed_.ignored.push_back("too much: only the first " + std::to_string(max_query_items) +
                                " words, phrases and conditions are looked for");
    }
    full_ = true;
  }

  void ignore(std::string what) {
    std::vector<std::string>& ignored = parsed_.ignored;
    if (std::find(ignored.begin(), ignored.end(), what) != ignored.end()) return;
    if (ignored.size() < max_ignored) {
      ignored.push_back(std::move(what));
    } else if (ignored.size() == max_ignored) {
      ignored.emplace_back("and more");
    }
  }

  std::string_view text_;
  bool as_you_type_;
  std::size_t at_ = 0;
  std::size_t items_ = 0;
  std::size_t depth_ = 0;
  bool unclosed_ = false;
  bool full_ = false;
  ParsedQuestion parsed_;
};

}  // namespace

std::string shown(std::string_view piece) {
  std::string out;
  for (std::size_t at = 0; at < piece.size();) {
    if (out.size() >= max_ignored_bytes) return out + "…";
    const text::Decoded next = text::decode(piece, at);
    text::append_utf8(out, next.code == text::ill_formed ? 0xFFFDU : next.code);
    at += next.size;
  }
  return out;
}

ParsedQuestion parse_question(std::string_view text, bool as_you_type) {
  return Parser(text, as_you_type).run();
}

}  // namespace koinon::search
