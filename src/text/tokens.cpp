// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.hpp"

#include "text/characters.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

bool begins_word(std::uint32_t code) {
  return word_class(code) == WordClass::Base;
}

bool Tokens::next(Token& token) {
  while (at_ < text_.size()) {
    const Decoded first = decode(text_, at_);
    if (begins_word(first.code)) break;
    at_ += first.size;
  }
  if (at_ >= text_.size()) return false;
  token.begin = at_;
  token.end = at_;
  token.position = position_++;
  bool cut = false;
  while (at_ < text_.size()) {
    const Decoded next = decode(text_, at_);
    if (word_class(next.code) == WordClass::Separator) break;
    at_ += next.size;
    // Once cut it stays cut: a shorter character after the border must not be taken up again.
    cut = cut || at_ - token.begin > max_word_bytes;
    if (!cut) token.end = at_;
  }
  return true;
}

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> found;
  Tokens walker(text);
  Token token;
  while (walker.next(token)) found.push_back(token);
  return found;
}

}  // namespace koinon::text
