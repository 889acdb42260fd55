// SPDX-License-Identifier: Apache-2.0
//
// Encodings of files from outside, and their way to UTF-8. Nothing is guessed: a byte that an
// encoding does not define is reported with its offset, never replaced.
//
// Threads: pure functions, safe everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace koinon::text {

enum class Encoding : std::uint8_t {
  Utf8,
  Utf16Le,
  Utf16Be,
  Windows1250,  // central Europe
  Windows1251,  // Cyrillic
  Windows1252,  // western Europe
  Windows1253,  // Greek
  Windows1254,  // Turkish
  Windows1257,  // Baltic
  Iso8859_1,
  Iso8859_2,
  Iso8859_3,
  Iso8859_4,
  Iso8859_5,
  Iso8859_7,
  Iso8859_9,
  Iso8859_10,
  Iso8859_13,
  Iso8859_14,
  Iso8859_15,
  Iso8859_16,
};

/// Offset of the first byte that does not belong to well-formed UTF-8 (Unicode 15, table 3-7), or
/// text.size() when all of it is. O(n), eight bytes at a step over ASCII.
std::size_t valid_utf8(std::string_view text);

/// A byte order mark: what it says and how many bytes it takes.
struct ByteOrderMark {
  Encoding encoding = Encoding::Utf8;
  std::size_t size = 0;
};

/// The mark at the head of `bytes`: UTF-8 or UTF-16 (UTF-32 is not told from UTF-16LE). O(1).
std::optional<ByteOrderMark> byte_order_mark(std::string_view bytes);

/// What can be told without guessing: the encoding of the byte order mark, or Utf8 when the bytes
/// are well-formed UTF-8. nullopt where a person, or the format, has to say. O(n).
std::optional<Encoding> detect_encoding(std::string_view bytes);

/// The encoding of an IANA or usual name ("windows-1250", "CP1250", "latin1", "ISO-8859-2",
/// "iso8859_15", "utf-8", "utf8", "UTF-16LE" ...). Case, '-', '_', '.', ':' and spaces do not
/// count. "utf-16" without an order is little-endian, as the WHATWG Encoding Standard has it.
std::optional<Encoding> encoding_from_name(std::string_view name);

/// The IANA name. O(1).
std::string_view encoding_name(Encoding encoding);

/// `bytes` as UTF-8 without a byte order mark of that encoding. On the first byte that the encoding
/// does not define the answer is nullopt and `*bad_offset` (may be null) its offset in `bytes`.
///
/// Undefined are: the gaps of the code pages; in every one-byte encoding 0x80 to 0x9F where they
/// stand for C1 control characters, because text that has them was written in another encoding;
/// unpaired surrogates and an odd last byte in UTF-16. O(n), ASCII is copied in runs.
std::optional<std::string> to_utf8(std::string_view bytes, Encoding encoding,
                                   std::size_t* bad_offset = nullptr);

}  // namespace koinon::text
