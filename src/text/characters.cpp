// SPDX-License-Identifier: Apache-2.0
#include "text/characters.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <array>
#include <cstring>
#include <memory>
#include <string_view>

#include "text/utf8.hpp"

namespace koinon::text {

namespace {

constexpr std::uint32_t replacement = 0xFFFD;

WordClass classify(std::uint32_t code) {
  if (code > 0x10FFFF) return WordClass::Separator;
  if (code == 0xAD || code == 0x200C || code == 0x200D || code == 0x2060) {
    return WordClass::Ignored;
  }
  const std::uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(code));
  if ((mask & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) != 0) return WordClass::Base;
  if ((mask & U_GC_M_MASK) != 0) return WordClass::Extends;
  return WordClass::Separator;
}

// Spellings of letters that have no decomposition; only the lower case is looked up.
std::string_view spelling(UChar32 code) {
  switch (code) {
    case 0xE6:
      return "ae";
    case 0xF0:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x111:
      return "d";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x138:
      return "k";
    case 0x142:
      return "l";
    case 0x14B:
      return "n";
    case 0x153:
      return "oe";
    case 0x167:
      return "t";
    case 0x180:
      return "b";
    case 0x1E5:
      return "g";
    case 0x268:
      return "i";
    case 0x1E9E:
      return "ss";
    default:
      return {};
  }
}

// Enough for every decomposition and folding of one character (the longest has 18 units).
using Units = std::array<UChar, 64>;

int32_t decompose(const UNormalizer2* normalizer, const UChar* from, int32_t size, Units& to) {
  UErrorCode status = U_ZERO_ERROR;
  const int32_t written =
      unorm2_normalize(normalizer, from, size, to.data(), static_cast<int32_t>(to.size()), &status);
  return U_SUCCESS(status) ? written : 0;
}

void append_base(std::string& out, UChar32 code) {
  if (word_class(static_cast<std::uint32_t>(code)) == WordClass::Ignored) return;
  if ((U_GET_GC_MASK(code) & U_GC_M_MASK) != 0) return;
  const std::string_view letters = spelling(code);
  if (letters.empty()) {
    append_utf8(out, static_cast<std::uint32_t>(code));
  } else {
    out += letters;
  }
}

// Leaves out combining marks. Before case folding, which would make a letter of the iota subscript.
int32_t drop_marks(Units& units, int32_t size) {
  int32_t kept = 0;
  for (int32_t i = 0; i < size;) {
    UChar32 next = 0;
    U16_NEXT(units.data(), i, size, next);
    if ((U_GET_GC_MASK(next) & U_GC_M_MASK) != 0) continue;
    U16_APPEND_UNSAFE(units.data(), kept, next);
  }
  return kept;
}

// NFKD, marks dropped, case folded, NFKD again (folding can compose), marks dropped, spellings.
void fold_slowly(std::string& out, std::uint32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* normalizer = unorm2_getNFKDInstance(&status);
  if (U_FAILURE(status)) {
    append_utf8(out, code);
    return;
  }
  Units first{};
  Units second{};
  int32_t size = 0;
  U16_APPEND_UNSAFE(first.data(), size, code);
  size = drop_marks(second, decompose(normalizer, first.data(), size, second));
  // A mark that stands alone as a letter (Greek ypogegrammeni) is a blank and a mark: nothing.
  if (size == 1 && second[0] == ' ' && u_isalpha(static_cast<UChar32>(code))) return;
  size = u_strFoldCase(first.data(), static_cast<int32_t>(first.size()), second.data(), size,
                       U_FOLD_CASE_DEFAULT, &status);
  size = U_SUCCESS(status) ? decompose(normalizer, first.data(), size, second) : 0;
  for (int32_t i = 0; i < size;) {
    UChar32 next = 0;
    U16_NEXT(second.data(), i, size, next);
    append_base(out, next);
  }
}

// Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic ... up to the CJK blocks; seven bytes hold
// nearly every folding, the others are made anew each time.
constexpr std::uint32_t fold_limit = 0x3000;
constexpr std::uint8_t not_held = 0xFF;

struct Folding {
  std::uint8_t size = 0;
  char bytes[7] = {};
};

using Foldings = std::array<Folding, fold_limit>;
using Classes = std::array<WordClass, 0x10000>;

std::unique_ptr<const Foldings> make_foldings() {
  auto table = std::make_unique<Foldings>();
  std::string folded;
  for (std::uint32_t code = 0; code < fold_limit; ++code) {
    folded.clear();
    fold_slowly(folded, code);
    Folding& entry = (*table)[code];
    if (folded.size() > sizeof entry.bytes) {
      entry.size = not_held;
    } else {
      entry.size = static_cast<std::uint8_t>(folded.size());
      std::memcpy(entry.bytes, folded.data(), folded.size());
    }
  }
  return table;
}

std::unique_ptr<const Classes> make_classes() {
  auto table = std::make_unique<Classes>();
  for (std::uint32_t code = 0; code < table->size(); ++code) (*table)[code] = classify(code);
  return table;
}

const Classes& classes() {
  static const std::unique_ptr<const Classes> table = make_classes();
  return *table;
}

const Foldings& foldings() {
  static const std::unique_ptr<const Foldings> table = make_foldings();
  return *table;
}

}  // namespace

WordClass word_class(std::uint32_t code) {
  return code < 0x10000 ? classes()[code] : classify(code);
}

void append_folded_character(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF) code = replacement;
  if (code < fold_limit) {
    const Folding& entry = foldings()[code];
    if (entry.size != not_held) {
      out.append(entry.bytes, entry.size);
      return;
    }
  }
  fold_slowly(out, code);
}

void append_lower_character(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF) code = replacement;
  append_utf8(out, static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(code))));
}

}  // namespace koinon::text
