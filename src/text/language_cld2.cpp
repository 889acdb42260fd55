// SPDX-License-Identifier: Apache-2.0
#include "text/language_cld2.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "text/utf8.hpp"

namespace koinon::text {

namespace {

// CLD2 trusts its input to be well-formed and without control characters and noncharacters.
std::string interchangeable(std::string_view text) {
  std::string good;
  good.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode(text, at);
    const std::uint32_t code = here.code;
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool nothing =
        code == ill_formed || (code & 0xFFFEU) == 0xFFFEU || (code >= 0xFDD0 && code <= 0xFDEF);
    if (control || nothing) {
      good += ' ';
    } else {
      good.append(text, at, here.size);
    }
    at += here.size;
  }
  return good;
}

// It still has some codes of its day.
std::string modern(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "nb" || code == "nn") return "no";
  if (code == "un") return {};
  return std::string(code);
}

}  // namespace

Cld2Answer ask_cld2(std::string_view text) {
  Cld2Answer answer;
  const std::string good = interchangeable(text);
  CLD2::Language languages[3];
  int percent[3];
  double scores[3];
  int letters = 0;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummary(good.data(), static_cast<int>(good.size()), true, &hints, 0,
                                 languages, percent, scores, nullptr, &letters, &answer.reliable);
  for (std::size_t i = 0; i < answer.parts.size(); ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percent[i] <= 0) continue;
    answer.parts[i] = {modern(CLD2::LanguageCode(languages[i])), percent[i] / 100.0};
  }
  return answer;
}

}  // namespace koinon::text
