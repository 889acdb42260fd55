// SPDX-License-Identifier: Apache-2.0
#include "search/terms.hpp"

#include "text/utf8.hpp"

namespace koinon::search {

namespace {

constexpr std::size_t gram_letters = 4;
constexpr std::size_t fewest_letters = 3;

}  // namespace

TermKind kind_of_term(std::string_view term) {
  const char first = term.empty() ? '\0' : term.front();
  return first > '\0' && first <= static_cast<char>(TermKind::Number) ? static_cast<TermKind>(first)
                                                                      : TermKind::Surface;
}

void append_word_term(std::string& out, std::string_view language, std::string_view stem) {
  out += static_cast<char>(TermKind::Word);
  out += language;
  out += ':';
  out += stem;
}

void append_word_term(std::string& out, std::string_view language,
                      const text::AnalysedToken& token) {
  append_word_term(out, language, token.stem.empty() ? token.surface : token.stem);
}

std::string term_of(TermKind kind, std::string_view what) {
  std::string term(1, static_cast<char>(kind));
  term += what;
  return term;
}

std::string_view content_of_term(std::string_view term) {
  const TermKind kind = kind_of_term(term);
  if (kind == TermKind::Word) return term.substr(term.find(':') + 1);
  return kind == TermKind::Surface ? term : term.substr(1);
}

std::string_view language_of_term(std::string_view term) {
  if (kind_of_term(term) != TermKind::Word) return {};
  return term.substr(1, term.find(':') - 1);
}

std::span<const std::string> Grams::of(std::string_view skeleton, std::size_t step,
                                       std::size_t last) {
  padded_ = '_';
  padded_ += skeleton;
  padded_ += '_';
  letters_.clear();
  for (std::size_t at = 0; at < padded_.size() && letters_.size() <= last + gram_letters;
       at += text::decode(padded_, at).size) {
    letters_.push_back(at);
  }
  if (letters_.size() < fewest_letters + 2) return {};
  if (letters_.size() <= last + gram_letters) letters_.push_back(padded_.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at <= last && at + gram_letters < letters_.size(); at += step) {
    if (terms_.size() == count) terms_.emplace_back();
    std::string& term = terms_[count++];
    term = static_cast<char>(TermKind::Gram);
    term.append(padded_, letters_[at], letters_[at + gram_letters] - letters_[at]);
  }
  return std::span(terms_).first(count);
}

}  // namespace koinon::search
