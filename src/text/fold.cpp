// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <vector>

#include "text/characters.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Composes `out` from `begin` on. Should ICU fail the text stays as it is: a stemmer that misses a
// word is better than a search that throws.
void compose(std::string& out, std::size_t begin) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* normalizer = unorm2_getNFCInstance(&status);
  const auto size = static_cast<int32_t>(out.size() - begin);
  std::vector<UChar> wide(out.size() - begin + 1);
  int32_t length = 0;
  u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &length, out.data() + begin, size,
                &status);
  std::vector<UChar> composed(static_cast<std::size_t>(length) * 3 + 1);
  length = unorm2_normalize(normalizer, wide.data(), length, composed.data(),
                            static_cast<int32_t>(composed.size()), &status);
  std::string bytes(static_cast<std::size_t>(length) * 3 + 1, '\0');
  int32_t written = 0;
  u_strToUTF8(bytes.data(), static_cast<int32_t>(bytes.size()), &written, composed.data(), length,
              &status);
  if (U_FAILURE(status)) return;
  out.resize(begin);
  out.append(bytes, 0, static_cast<std::size_t>(written));
}

}  // namespace

void append_folded(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_ascii(text[at])) {
      out += ascii_lower(text[at]);
      ++at;
      continue;
    }
    const Decoded next = decode(text, at);
    append_folded_character(out, next.code);
    at += next.size;
  }
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_folded(out, text);
  return out;
}

void append_lower(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  bool marks = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_ascii(text[at])) {
      out += ascii_lower(text[at]);
      ++at;
      continue;
    }
    const Decoded next = decode(text, at);
    at += next.size;
    const WordClass kind = word_class(next.code);
    if (kind == WordClass::Ignored) continue;
    marks = marks || kind == WordClass::Extends;
    append_lower_character(out, next.code);
  }
  if (marks) compose(out, begin);
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_lower(out, text);
  return out;
}

std::string fold_name(std::string_view name) {
  const std::string folded = fold(name);
  std::string out;
  out.reserve(folded.size());
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const Decoded next = decode(folded, at);
    const bool keeps = next.code == '+' || word_class(next.code) == WordClass::Base;
    if (keeps) {
      if (gap && !out.empty()) out += ' ';
      out.append(folded, at, next.size);
    }
    gap = !keeps;
    at += next.size;
  }
  return out;
}

}  // namespace koinon::text
