// SPDX-License-Identifier: Apache-2.0
#include "text/encoding.hpp"

#include <array>
#include <cstring>
#include <span>
#include <utility>

#include "text/encoding_tables.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

struct Named {
  std::string_view name;  // IANA
  Encoding encoding;
};

constexpr std::array<Named, 21> names = {{
    {"UTF-8", Encoding::Utf8},
    {"UTF-16LE", Encoding::Utf16Le},
    {"UTF-16BE", Encoding::Utf16Be},
    {"windows-1250", Encoding::Windows1250},
    {"windows-1251", Encoding::Windows1251},
    {"windows-1252", Encoding::Windows1252},
    {"windows-1253", Encoding::Windows1253},
    {"windows-1254", Encoding::Windows1254},
    {"windows-1257", Encoding::Windows1257},
    {"ISO-8859-1", Encoding::Iso8859_1},
    {"ISO-8859-2", Encoding::Iso8859_2},
    {"ISO-8859-3", Encoding::Iso8859_3},
    {"ISO-8859-4", Encoding::Iso8859_4},
    {"ISO-8859-5", Encoding::Iso8859_5},
    {"ISO-8859-7", Encoding::Iso8859_7},
    {"ISO-8859-9", Encoding::Iso8859_9},
    {"ISO-8859-10", Encoding::Iso8859_10},
    {"ISO-8859-13", Encoding::Iso8859_13},
    {"ISO-8859-14", Encoding::Iso8859_14},
    {"ISO-8859-15", Encoding::Iso8859_15},
    {"ISO-8859-16", Encoding::Iso8859_16},
}};

// Other names, as squeezed() leaves them.
constexpr std::array<Named, 30> aliases = {{
    {"utf16", Encoding::Utf16Le},       {"ascii", Encoding::Utf8},
    {"usascii", Encoding::Utf8},        {"utf8sig", Encoding::Utf8},
    {"cp1250", Encoding::Windows1250},  {"cp1251", Encoding::Windows1251},
    {"cp1252", Encoding::Windows1252},  {"cp1253", Encoding::Windows1253},
    {"cp1254", Encoding::Windows1254},  {"cp1257", Encoding::Windows1257},
    {"win1250", Encoding::Windows1250}, {"win1251", Encoding::Windows1251},
    {"win1252", Encoding::Windows1252}, {"win1253", Encoding::Windows1253},
    {"win1254", Encoding::Windows1254}, {"win1257", Encoding::Windows1257},
    {"ansi", Encoding::Windows1252},    {"latin1", Encoding::Iso8859_1},
    {"latin2", Encoding::Iso8859_2},    {"latin3", Encoding::Iso8859_3},
    {"latin4", Encoding::Iso8859_4},    {"latin5", Encoding::Iso8859_9},
    {"latin6", Encoding::Iso8859_10},   {"latin7", Encoding::Iso8859_13},
    {"latin8", Encoding::Iso8859_14},   {"latin9", Encoding::Iso8859_15},
    {"latin10", Encoding::Iso8859_16},  {"cyrillic", Encoding::Iso8859_5},
    {"greek", Encoding::Iso8859_7},     {"turkish", Encoding::Iso8859_9},
}};

std::string squeezed(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (std::string_view("-_.: ").find(c) == std::string_view::npos) {
      out += c;
    }
  }
  return out;
}

// How many ASCII bytes follow `at`.
std::size_t ascii_run(std::string_view bytes, std::size_t at) {
  const std::size_t begin = at;
  std::uint64_t word = 0;
  while (at + sizeof word <= bytes.size()) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
    at += sizeof word;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at - begin;
}

// Each of these appends to `out` and returns the offset of the first bad byte, or bytes.size().
std::size_t from_one_byte(std::string_view bytes, std::span<const char16_t> upper,
                          std::string& out) {
  const std::size_t first = 256 - upper.size();
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t run = ascii_run(bytes, at);
    out.append(bytes, at, run);
    at += run;
    if (at == bytes.size()) break;
    const std::size_t byte = static_cast<unsigned char>(bytes[at]);
    const char16_t code = byte < first ? u'\0' : upper[byte - first];
    if (code == 0) return at;
    append_utf8(out, code);
    ++at;
  }
  return at;
}

std::size_t from_utf16(std::string_view bytes, bool little, std::string& out) {
  const auto unit = [&](std::size_t i) {
    const std::uint32_t a = static_cast<unsigned char>(bytes[i]);
    const std::uint32_t b = static_cast<unsigned char>(bytes[i + 1]);
    return little ? a | b << 8U : a << 8U | b;
  };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    std::uint32_t code = unit(at);
    std::size_t size = 2;
    if (code >= 0xD800 && code <= 0xDFFF) {
      if (code >= 0xDC00 || at + 4 > bytes.size()) return at;
      const std::uint32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return at;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      size = 4;
    }
    append_utf8(out, code);
    at += size;
  }
  return at;
}

std::size_t convert(std::string_view bytes, Encoding encoding, std::string& out) {
  if (encoding == Encoding::Utf8) {
    const std::size_t good = valid_utf8(bytes);
    out.assign(bytes, 0, good);
    return good;
  }
  if (encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be) {
    return from_utf16(bytes, encoding == Encoding::Utf16Le, out);
  }
  return from_one_byte(bytes, upper_half(encoding), out);
}

}  // namespace

std::size_t valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    at += ascii_run(text, at);
    if (at == text.size()) return at;
    const Decoded next = decode(text, at);
    if (next.code == ill_formed) return at;
    at += next.size;
  }
}

std::optional<ByteOrderMark> byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return ByteOrderMark{Encoding::Utf8, 3};
  if (bytes.starts_with("\xFF\xFE")) return ByteOrderMark{Encoding::Utf16Le, 2};
  if (bytes.starts_with("\xFE\xFF")) return ByteOrderMark{Encoding::Utf16Be, 2};
  return std::nullopt;
}

std::optional<Encoding> detect_encoding(std::string_view bytes) {
  if (const auto mark = byte_order_mark(bytes)) return mark->encoding;
  if (valid_utf8(bytes) == bytes.size()) return Encoding::Utf8;
  return std::nullopt;
}

std::optional<Encoding> encoding_from_name(std::string_view name) {
  if (name.size() > 64) return std::nullopt;
  const std::string wanted = squeezed(name);
  for (const Named& known : names) {
    if (squeezed(known.name) == wanted) return known.encoding;
  }
  for (const Named& known : aliases) {
    if (known.name == wanted) return known.encoding;
  }
  return std::nullopt;
}

std::string_view encoding_name(Encoding encoding) {
  for (const Named& known : names) {
    if (known.encoding == encoding) return known.name;
  }
  return {};
}

std::optional<std::string> to_utf8(std::string_view bytes, Encoding encoding,
                                   std::size_t* bad_offset) {
  const auto mark = byte_order_mark(bytes);
  const std::size_t skipped = mark && mark->encoding == encoding ? mark->size : 0;
  bytes.remove_prefix(skipped);
  std::string out;
  out.reserve(bytes.size());
  const std::size_t end = convert(bytes, encoding, out);
  if (end == bytes.size()) return out;
  if (bad_offset != nullptr) *bad_offset = skipped + end;
  return std::nullopt;
}

}  // namespace koinon::text
