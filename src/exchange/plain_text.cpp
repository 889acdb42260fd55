// SPDX-License-Identifier: Apache-2.0
#include "exchange/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "exchange/draft_tools.hpp"
#include "text/utf8.hpp"

namespace koinon::exchange {

namespace {

struct Entity {
  std::string_view name;
  std::uint32_t code;
};

// HTML 4.01, section 24: the names of U+00A0 to U+00FF in order, and those of further letters and
// signs that running text has.
constexpr std::array<std::string_view, 96> latin = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};
constexpr auto further = std::to_array<Entity>({
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},        {"quot", '"'},
    {"apos", '\''},     {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160},
    {"scaron", 0x161},  {"Yuml", 0x178},    {"fnof", 0x192},    {"circ", 0x2C6},
    {"tilde", 0x2DC},   {"ndash", 0x2013},  {"mdash", 0x2014},  {"lsquo", 0x2018},
    {"rsquo", 0x2019},  {"sbquo", 0x201A},  {"ldquo", 0x201C},  {"rdquo", 0x201D},
    {"bdquo", 0x201E},  {"dagger", 0x2020}, {"Dagger", 0x2021}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"permil", 0x2030}, {"prime", 0x2032},  {"Prime", 0x2033},
    {"lsaquo", 0x2039}, {"rsaquo", 0x203A}, {"euro", 0x20AC},   {"trade", 0x2122},
    {"larr", 0x2190},   {"rarr", 0x2192},   {"uarr", 0x2191},   {"darr", 0x2193},
    {"harr", 0x2194},   {"minus", 0x2212},  {"le", 0x2264},     {"ge", 0x2265},
    {"ne", 0x2260},     {"asymp", 0x2248},  {"infin", 0x221E},  {"ensp", 0x2002},
    {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200C},   {"zwj", 0x200D},
    {"lrm", 0x200E},    {"rlm", 0x200F},    {"Alpha", 0x391},   {"Beta", 0x392},
    {"Chi", 0x3A7},     {"Delta", 0x394},   {"Epsilon", 0x395}, {"Eta", 0x397},
    {"Gamma", 0x393},   {"Iota", 0x399},    {"Kappa", 0x39A},   {"Lambda", 0x39B},
    {"Mu", 0x39C},      {"Nu", 0x39D},      {"Omega", 0x3A9},   {"Omicron", 0x39F},
    {"Phi", 0x3A6},     {"Pi", 0x3A0},      {"Psi", 0x3A8},     {"Rho", 0x3A1},
    {"Sigma", 0x3A3},   {"Tau", 0x3A4},     {"Theta", 0x398},   {"Upsilon", 0x3A5},
    {"Xi", 0x39E},      {"Zeta", 0x396},    {"alpha", 0x3B1},   {"beta", 0x3B2},
    {"chi", 0x3C7},     {"delta", 0x3B4},   {"epsilon", 0x3B5}, {"eta", 0x3B7},
    {"gamma", 0x3B3},   {"iota", 0x3B9},    {"kappa", 0x3BA},   {"lambda", 0x3BB},
    {"mu", 0x3BC},      {"nu", 0x3BD},      {"omega", 0x3C9},   {"omicron", 0x3BF},
    {"phi", 0x3C6},     {"pi", 0x3C0},      {"psi", 0x3C8},     {"rho", 0x3C1},
    {"sigma", 0x3C3},   {"sigmaf", 0x3C2},  {"tau", 0x3C4},     {"theta", 0x3B8},
    {"upsilon", 0x3C5}, {"xi", 0x3BE},      {"zeta", 0x3B6},
});

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::uint32_t named_code(std::string_view name) {
  const auto in_latin = std::find(latin.begin(), latin.end(), name);
  if (in_latin != latin.end()) return 160 + static_cast<std::uint32_t>(in_latin - latin.begin());
  const auto* other = std::find_if(further.begin(), further.end(),
                                   [&](const Entity& entity) { return entity.name == name; });
  return other != further.end() ? other->code : 0;
}

// "#233" and "#xE9" without their sign; 0 for what is no character of a text.
std::uint32_t numbered_code(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t code = 0;
  if (digits.empty() || digits.size() > 7) return 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    std::uint32_t digit = 0;
    if (is_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (hex && lower >= 'a' && lower <= 'f') {
      digit = static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return 0;
    }
    code = code * (hex ? 16 : 10) + digit;
  }
  const bool text = code >= ' ' || code == '\n' || code == '\t';
  return text && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) ? code : 0;
}

enum class Break : std::uint8_t { None, Line, Paragraph };

Break break_of(std::string_view tag) {
  constexpr std::array<std::string_view, 16> paragraphs = {
      "p",  "div", "ul",    "ol",  "h1",      "h2",     "h3",      "h4",
      "h5", "h6",  "table", "pre", "section", "header", "article", "blockquote"};
  constexpr std::array<std::string_view, 4> lines = {"br", "li", "tr", "dt"};
  if (std::find(paragraphs.begin(), paragraphs.end(), tag) != paragraphs.end())
    return Break::Paragraph;
  return std::find(lines.begin(), lines.end(), tag) != lines.end() ? Break::Line : Break::None;
}

class Stripper {
 public:
  explicit Stripper(std::string_view html) : html_(html) {}

  std::string run() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if ((c == '<' && take_tag()) || (c == '&' && take_entity())) continue;
      put(std::string_view(&c, 1), c == ' ' || c == '\t' || c == '\n' || c == '\r');
      ++at_;
    }
    return std::move(out_);
  }

 private:
  // Blanks and breaks are only written once something follows them.
  void put(std::string_view bytes, bool blank) {
    if (blank) {
      blank_ = true;
      return;
    }
    if (!out_.empty()) {
      if (break_ == Break::Paragraph) {
        out_ += "\n\n";
      } else if (break_ == Break::Line) {
        out_ += '\n';
      } else if (blank_) {
        out_ += ' ';
      }
    }
    break_ = Break::None;
    blank_ = false;
    out_ += bytes;
  }

  bool take_tag() {
    if (html_.substr(at_).starts_with("<!--")) {
      const std::size_t end = html_.find("-->", at_);
      at_ = end == std::string_view::npos ? html_.size() : end + 3;
      return true;
    }
    std::size_t name = at_ + 1;
    if (name < html_.size() && html_[name] == '/') ++name;
    if (name >= html_.size() || !is_letter(html_[name])) return false;
    const std::size_t end = html_.find('>', name);
    if (end == std::string_view::npos) return false;
    std::string tag;
    for (std::size_t i = name; i < end && (is_letter(html_[i]) || is_digit(html_[i])); ++i) {
      tag += static_cast<char>(is_letter(html_[i]) ? html_[i] | 0x20 : html_[i]);
    }
    break_ = std::max(break_, break_of(tag));
    at_ = end + 1;
    if (tag == "script" || tag == "style") skip_to_end_of(tag);
    return true;
  }

  void skip_to_end_of(const std::string& tag) {
    const std::size_t end = html_.find("</" + tag, at_);
    if (end != std::string_view::npos) at_ = end;
  }

  bool take_entity() {
    constexpr std::size_t longest = 10;
    const std::string_view rest = html_.substr(at_ + 1, longest + 1);
    const std::size_t end = rest.find(';');
    if (end == std::string_view::npos || end == 0) return false;
    const std::string_view name = rest.substr(0, end);
    const std::uint32_t code = name[0] == '#' ? numbered_code(name.substr(1)) : named_code(name);
    if (code == 0) return false;
    at_ += end + 2;
    constexpr std::uint32_t no_break_blank = 0xA0;
    constexpr std::uint32_t soft_hyphen = 0xAD;
    if (code == soft_hyphen) return true;
    std::string bytes;
    text::append_utf8(bytes, code);
    put(bytes, code == no_break_blank || code == ' ' || code == '\n' || code == '\t');
    return true;
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  Break break_ = Break::None;
  bool blank_ = false;
};

}  // namespace

std::string plain_text(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return std::string(trim(html));
  return Stripper(html).run();
}

}  // namespace koinon::exchange
