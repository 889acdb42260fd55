// SPDX-License-Identifier: Apache-2.0
#include "search/query_parser.hpp"

#include <algorithm>
#include <utility>

#include "search/document_of.hpp"
#include "text/analyse.hpp"
#include "text/encoding.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"

namespace koinon::search {

namespace {

constexpr std::size_t max_ignored = 16;
constexpr std::size_t max_ignored_bytes = 40;

bool is_space(std::uint32_t code) {
  return code <= 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x205F || code == 0x3000;
}

// Any double quote opens, and any closes: German „so“, French « so », English “so”.
bool is_quote(std::uint32_t code) {
  return code == '"' || (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB;
}

// A piece of the question that can be shown: well-formed, and not long.
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

bool same(const index::Clause& a, const index::Clause& b) {
  return a.occur == b.occur &&
         std::equal(a.groups.begin(), a.groups.end(), b.groups.begin(), b.groups.end(),
                    [](const index::TermGroup& left, const index::TermGroup& right) {
                      return left.alternatives == right.alternatives;
                    });
}

class Parser {
 public:
  Parser(std::string_view text, std::span<const std::string> languages)
      : text_(text), languages_(languages) {}

  ParsedQuery run() {
    if (text_.size() > max_query_bytes) {
      text_ = text_.substr(0, max_query_bytes);
      ignore("everything after the first " + std::to_string(max_query_bytes) + " bytes");
    }
    const std::size_t good = text::valid_utf8(text_);
    if (good < text_.size()) ignore("ill-formed UTF-8 from byte " + std::to_string(good));
    while (!full_ && skip_space()) item();
    return std::move(parsed_);
  }

 private:
  text::Decoded peek() const { return text::decode(text_, at_); }

  bool skip_space() {
    while (at_ < text_.size() && is_space(peek().code)) at_ += peek().size;
    return at_ < text_.size();
  }

  // One item: a sign or none, then a phrase or a word.
  void item() {
    const std::size_t begin = at_;
    const index::Occur occur = sign();
    if (at_ == text_.size() || is_space(peek().code)) {
      ignore(shown(text_.substr(begin, at_ - begin)));
    } else if (is_quote(peek().code)) {
      quoted(begin, occur);
    } else {
      word(begin, occur);
    }
  }

  // The first sign counts; more of them are passed over.
  index::Occur sign() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    if (at_ == begin) return index::Occur::Should;
    return text_[begin] == '+' ? index::Occur::Must : index::Occur::MustNot;
  }

  void quoted(std::size_t begin, index::Occur occur) {
    at_ += peek().size;
    const std::size_t inside = at_;
    while (!unclosed_ && at_ < text_.size() && !is_quote(peek().code)) at_ += peek().size;
    if (unclosed_ || at_ == text_.size()) {
      // The quote is passed over, and what follows it read as words. There is no other to find.
      if (!unclosed_) ignore("unclosed quote");
      unclosed_ = true;
      at_ = inside;
      if (at_ < text_.size() && !is_space(peek().code)) word(begin, occur);
      return;
    }
    const std::string_view phrase = text_.substr(inside, at_ - inside);
    at_ += peek().size;
    const std::vector<index::TermGroup> groups = groups_of(phrase);
    if (groups.empty()) {
      ignore(shown(text_.substr(begin, at_ - begin)));
    } else {
      add(clause(occur, groups));
    }
  }

  void word(std::size_t begin, index::Occur occur) {
    const std::size_t inside = at_;
    while (at_ < text_.size() && !is_space(peek().code) && !is_quote(peek().code)) {
      at_ += peek().size;
    }
    std::vector<index::TermGroup> groups = groups_of(text_.substr(inside, at_ - inside));
    if (groups.empty()) {
      ignore(shown(text_.substr(begin, at_ - begin)));
    } else if (occur != index::Occur::Should) {
      add(clause(occur, std::move(groups)));
    } else {
      for (index::TermGroup& group : groups) add(clause(occur, {std::move(group)}));
    }
  }

  // The words of a piece, as many as there is room for.
  std::vector<index::TermGroup> groups_of(std::string_view piece) {
    text::Tokens walker(piece);
    text::Token token;
    std::size_t end = 0;
    std::size_t count = 0;
    while (walker.next(token)) {
      if (words_ + count == max_query_words) {
        stop();
        break;
      }
      ++count;
      end = token.end;
    }
    piece = piece.substr(0, end);
    std::vector<index::TermGroup> groups;
    for (const text::AnalysedToken& found : analyser_.run(piece, "und")) {
      groups.push_back({{std::string(found.surface)}});
    }
    for (const std::string& language : languages_) add_stems(piece, language, groups);
    words_ += groups.size();
    return groups;
  }

  void add_stems(std::string_view piece, const std::string& language,
                 std::vector<index::TermGroup>& groups) {
    const auto found = analyser_.run(piece, language);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i].stem.empty()) continue;
      std::string term;
      append_stem_term(term, language, found[i].stem);
      groups[i].alternatives.push_back(std::move(term));
    }
  }

  static index::Clause clause(index::Occur occur, std::vector<index::TermGroup> groups) {
    index::Clause made;
    made.occur = occur;
    made.groups = std::move(groups);
    return made;
  }

  void add(index::Clause clause) {
    for (const index::Clause& known : parsed_.clauses) {
      if (same(known, clause)) return;
    }
    if (parsed_.clauses.size() == max_clauses) {
      stop();
    } else {
      parsed_.clauses.push_back(std::move(clause));
    }
  }

  void stop() {
    if (!full_) {
      parsed_.ignored.push_back("too many words: only the first " + std::to_string(max_clauses) +
                                " words or phrases, of " + std::to_string(max_query_words) +
                                " words in all, are looked for");
    }
    full_ = true;
  }

  void ignore(std::string what) {
    if (parsed_.ignored.size() < max_ignored) {
      parsed_.ignored.push_back(std::move(what));
    } else if (parsed_.ignored.size() == max_ignored) {
      parsed_.ignored.emplace_back("and more");
    }
  }

  std::string_view text_;
  std::span<const std::string> languages_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  bool unclosed_ = false;
  bool full_ = false;
  text::Analyser analyser_;
  ParsedQuery parsed_;
};

}  // namespace

ParsedQuery parse_query(std::string_view text, std::span<const std::string> languages) {
  return Parser(text, languages).run();
}

}  // namespace koinon::search
