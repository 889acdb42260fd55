// SPDX-License-Identifier: Apache-2.0
#include "text/encoding.hpp"

#include <iconv.h>

#include <string>
#include <vector>

#include "catch.hpp"
#include "text/utf8.hpp"

using namespace koinon::text;

namespace {

// What the C library makes of one byte, "" for nothing.
std::string oracle(const std::string& encoding, unsigned char byte) {
  iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  char in = static_cast<char>(byte);
  char out[8] = {};
  char* from = &in;
  char* to = out;
  std::size_t in_left = 1;
  std::size_t out_left = sizeof out;
  const std::size_t failed = iconv(converter, &from, &in_left, &to, &out_left);
  iconv_close(converter);
  return failed == static_cast<std::size_t>(-1) ? std::string() : std::string(out, to);
}

std::optional<std::string> converted(const std::string& bytes, Encoding encoding) {
  return to_utf8(bytes, encoding);
}

}  // namespace

TEST_CASE("well-formed UTF-8 ends where the first bad byte is", "[text]") {
  CHECK(valid_utf8("") == 0);
  CHECK(valid_utf8("plain ASCII, longer than one word of eight") == 42);
  CHECK(valid_utf8("ąé€𝄞") == 11);
  struct Case {
    std::string text;
    std::size_t good;
  };
  const std::vector<Case> cases = {
      {"abc\xFFz", 3},         {"abcdefgh\x80", 8},
      {"\xC0\x80", 0},         {"\xC1\xBF", 0},
      {"\xE0\x9F\xBF", 0},     {"a\xED\xA0\x80", 1},
      {"\xF0\x8F\xBF\xBF", 0}, {"\xF4\x90\x80\x80", 0},
      {"\xF5\x80\x80\x80", 0}, {"a\xC3", 1},
      {"a\xE2\x82", 1},        {"a\xF0\x9D\x84", 1},
      {"\xC3\xA9\xC3(", 2},    {"\xEF\xBF\xBF", 3},
      {"\xF4\x8F\xBF\xBF", 4},
  };
  for (const Case& each : cases) CHECK(valid_utf8(each.text) == each.good);
}

TEST_CASE("each character comes back from its UTF-8", "[text]") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string bytes;
    append_utf8(bytes, code);
    const Decoded back = decode(bytes, 0);
    if (back.code != code || back.size != bytes.size()) FAIL("U+" << std::hex << code);
  }
}

TEST_CASE("one-byte encodings agree with the C library", "[text]") {
  const std::vector<Encoding> encodings = {
      Encoding::Windows1250, Encoding::Windows1251, Encoding::Windows1252, Encoding::Windows1253,
      Encoding::Windows1254, Encoding::Windows1257, Encoding::Iso8859_1,   Encoding::Iso8859_2,
      Encoding::Iso8859_3,   Encoding::Iso8859_4,   Encoding::Iso8859_5,   Encoding::Iso8859_7,
      Encoding::Iso8859_9,   Encoding::Iso8859_10,  Encoding::Iso8859_13,  Encoding::Iso8859_14,
      Encoding::Iso8859_15,  Encoding::Iso8859_16};
  for (const Encoding encoding : encodings) {
    std::string name(encoding_name(encoding));
    if (name.rfind("windows-", 0) == 0) name = "CP" + name.substr(8);
    for (unsigned byte = 0; byte < 256; ++byte) {
      CAPTURE(name, byte);
      std::string expected = oracle(name, static_cast<unsigned char>(byte));
      // We call C1 control characters undefined: they are the mark of a wrong encoding.
      if (expected.size() == 2 && expected[0] == '\xC2' &&
          static_cast<unsigned char>(expected[1]) < 0xA0) {
        expected.clear();
      }
      std::size_t bad = 99;
      const auto got = to_utf8(std::string(1, static_cast<char>(byte)), encoding, &bad);
      CHECK(got.has_value() == !expected.empty());
      if (got) CHECK(*got == expected);
      if (!got) CHECK(bad == 0);
    }
  }
}

TEST_CASE("an undefined byte is told by its offset and never guessed", "[text]") {
  std::size_t bad = 0;
  CHECK(to_utf8("Vienna \x81", Encoding::Windows1252, &bad) == std::nullopt);
  CHECK(bad == 7);
  CHECK(to_utf8("0123456789\x80", Encoding::Iso8859_1, &bad) == std::nullopt);
  CHECK(bad == 10);
  CHECK(to_utf8("ab\xE9", Encoding::Utf8, &bad) == std::nullopt);
  CHECK(bad == 2);
  CHECK(to_utf8("\xEF\xBB\xBFok\xE9", Encoding::Utf8, &bad) == std::nullopt);
  CHECK(bad == 5);
  CHECK(to_utf8("ab\xE9", Encoding::Utf8) == std::nullopt);
}

TEST_CASE("UTF-16 is converted, and refused where it is broken", "[text]") {
  using namespace std::string_literals;
  CHECK(converted("\xFF\xFEh\0\xE9\0\x34\xD8\x1E\xDD"s, Encoding::Utf16Le) == "hé𝄞");
  CHECK(converted("\0h\0\xE9"s, Encoding::Utf16Be) == "hé");
  CHECK(converted("", Encoding::Utf16Be) == "");
  std::size_t bad = 0;
  CHECK(to_utf8("h\0\x34\xD8"s, Encoding::Utf16Le, &bad) == std::nullopt);
  CHECK(bad == 2);
  CHECK(to_utf8("h\0\x34\xDC\0\0"s, Encoding::Utf16Le, &bad) == std::nullopt);
  CHECK(bad == 2);
  CHECK(to_utf8("h\0x"s, Encoding::Utf16Le, &bad) == std::nullopt);
  CHECK(bad == 2);
}

TEST_CASE("encodings are told from marks, from bytes and from names", "[text]") {
  using namespace std::string_literals;
  CHECK(byte_order_mark("\xEF\xBB\xBFx")->size == 3);
  CHECK(byte_order_mark("\xFF\xFEx\0"s)->encoding == Encoding::Utf16Le);
  CHECK(byte_order_mark("\xFE\xFF\0x"s)->encoding == Encoding::Utf16Be);
  CHECK_FALSE(byte_order_mark("\xEF\xBB"));
  CHECK(detect_encoding("caf\xC3\xA9") == Encoding::Utf8);
  CHECK(detect_encoding("caf\xE9") == std::nullopt);
  CHECK(detect_encoding("\xFE\xFF") == Encoding::Utf16Be);
  CHECK(encoding_from_name("UTF8") == Encoding::Utf8);
  CHECK(encoding_from_name("Windows_1250") == Encoding::Windows1250);
  CHECK(encoding_from_name("cp-1257") == Encoding::Windows1257);
  CHECK(encoding_from_name("latin1") == Encoding::Iso8859_1);
  CHECK(encoding_from_name("iso8859-16") == Encoding::Iso8859_16);
  CHECK(encoding_from_name("ISO_8859-2") == Encoding::Iso8859_2);
  CHECK(encoding_from_name("utf-16") == Encoding::Utf16Le);
  CHECK(encoding_from_name("koi8-r") == std::nullopt);
  CHECK(encoding_from_name("") == std::nullopt);
  CHECK(encoding_from_name(std::string(100000, 'x')) == std::nullopt);
  CHECK(converted("\xEF\xBB\xBFx", Encoding::Utf8) == "x");
}
