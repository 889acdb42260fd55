// SPDX-License-Identifier: Apache-2.0
#include "exchange/xml_guard.hpp"

#include <string>

#include "catch.hpp"

using koinon::exchange::XmlGuard;

namespace {

std::string nested(int depth, const std::string& between = "") {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "<a>" + between;
  return text;
}

std::string looked_at(const std::string& text) {
  XmlGuard guard(text.size());
  std::string wrong;
  // Byte by byte: no state may be lost between two pieces.
  for (const char c : text) {
    wrong = guard.look_at(std::string(1, c));
    if (!wrong.empty()) break;
  }
  return wrong;
}

}  // namespace

TEST_CASE("depth counts open elements only", "[exchange][xml]") {
  CHECK(looked_at(nested(200)).empty());
  CHECK_FALSE(looked_at(nested(201)).empty());
  CHECK(looked_at(nested(150) + "<b/><c x='>'/></a><!-- <a><a> --><![CDATA[<a><a>]]>").empty());
  std::string flat;
  for (int i = 0; i < 1000; ++i) flat += "<a></a><b/><c d=\"/>\"></c>";
  CHECK(looked_at(flat).empty());
}

TEST_CASE("depth does not hide", "[exchange][xml]") {
  CHECK_FALSE(looked_at(nested(201, "<!-- </a> -->")).empty());
  CHECK_FALSE(looked_at(nested(201, "<![CDATA[</a>]]>")).empty());
  CHECK_FALSE(looked_at(nested(201, "<?x </a>?>")).empty());
  CHECK_FALSE(looked_at(nested(201, "<b c='/>'></b>")).empty());
}

TEST_CASE("a document type behind the head is told", "[exchange][xml]") {
  XmlGuard guard(10);
  CHECK(guard.look_at("<!DOCTYPE ").empty());
  CHECK_FALSE(guard.look_at("x><!DOCTYPE y>").empty());
}

TEST_CASE("the head tells its encoding", "[exchange][xml]") {
  CHECK(XmlGuard::look_at_head("<?xml version='1.0' encoding='UTF-8'?><a/>").empty());
  CHECK(XmlGuard::look_at_head("<?xml version='1.0' encoding=\"iso-8859-1\"?><a/>").empty());
  CHECK_FALSE(XmlGuard::look_at_head("<?xml version='1.0' encoding='UTF-16'?><a/>").empty());
  CHECK_FALSE(XmlGuard::look_at_head(std::string("<\0a\0", 4)).empty());
  CHECK(XmlGuard::look_at_head("").empty());
}
