// SPDX-License-Identifier: Apache-2.0
#include "domain/identifiers.hpp"

#include "catch.hpp"

using namespace koinon::domain;

namespace {

bool right(const char* scheme, const std::string& value) {
  return identifier_fault(scheme, value).empty();
}

}  // namespace

TEST_CASE("a LEI's check digits are those of ISO 7064", "[domain]") {
  // Bloomberg Finance, Deutsche Bank, Apple: from the GLEIF index.
  for (const std::string lei :
       {"5493001KJTIIGC8Y1R12", "7LTWFZYICNSX8D621K86", "HWUPKR0MPOU8FGXBT394"}) {
    CAPTURE(lei);
    CHECK(right("lei", lei));
    for (std::size_t i = 0; i < lei.size(); ++i) {
      std::string wrong = lei;
      const bool digit = wrong[i] <= '9';
      wrong[i] = digit ? (wrong[i] == '7' ? '8' : '7') : (wrong[i] == 'Q' ? 'R' : 'Q');
      CAPTURE(wrong);
      CHECK_FALSE(right("lei", wrong));
    }
    CHECK_FALSE(right("lei", lei.substr(1)));
    CHECK_FALSE(right("lei", lei + "0"));
  }
  CHECK_FALSE(right("lei", "5493001kjtiigc8y1r12"));
  CHECK_FALSE(right("lei", ""));
}

TEST_CASE("a ROR id's check digits are told from its letters", "[domain]") {
  // Caltech, Berkeley, Harvard, MIT, CERN: from ror.org.
  for (const std::string ror : {"05dxps055", "01an7q238", "03vek6s52", "042nb2s44", "01ggx4157"}) {
    CAPTURE(ror);
    CHECK(right("ror", ror));
    for (std::size_t i = 1; i < ror.size(); ++i) {
      std::string wrong = ror;
      wrong[i] = wrong[i] == '3' ? '4' : '3';
      CAPTURE(wrong);
      CHECK_FALSE(right("ror", wrong));
    }
  }
  for (const char* wrong : {"", "05dxps05", "15dxps055", "05dxpu055", "05dxpl055", "05DXPS055",
                            "0123456ab", "https://ror.org/05dxps055"}) {
    CAPTURE(wrong);
    CHECK_FALSE(right("ror", wrong));
  }
}

TEST_CASE("the other schemes have a form, and unknown ones take anything", "[domain]") {
  CHECK(right("pic", "999848453"));
  CHECK_FALSE(right("pic", "99984845"));
  CHECK_FALSE(right("pic", "9998484530"));
  CHECK_FALSE(right("pic", "99984845X"));
  CHECK(right("wikidata", "Q42"));
  for (const char* wrong : {"Q", "42", "q42", "Q4 2", "P42"}) CHECK_FALSE(right("wikidata", wrong));
  CHECK(right("vat", "ATU12345678"));
  CHECK(right("vat", "ESX9999999R"));
  CHECK(right("vat", "IE1234567+A"));
  for (const char* wrong :
       {"", "AT", "ATU", "12345678", "atu12345678", "AT U1234", "ATU1234567890123"})
    CHECK_FALSE(right("vat", wrong));
  CHECK(right("national-register", "anything at all"));
}

TEST_CASE("identifiers are kept in one form", "[domain]") {
  CHECK(normal_identifier("ror", "https://ror.org/05DXPS055") == "05dxps055");
  CHECK(normal_identifier("lei", "5493 001k jtii gc8y 1r12") == "5493001KJTIIGC8Y1R12");
  CHECK(normal_identifier("vat", "at.u 123-456 78") == "ATU12345678");
  CHECK(normal_identifier("wikidata", "q42") == "Q42");
  CHECK(normal_identifier("pic", "999 848 453") == "999848453");
  CHECK(normal_identifier("national-register", "HRB 12-3 b") == "HRB 12-3 b");
  for (const char* scheme : {"ror", "lei", "vat", "wikidata", "pic", "url"}) {
    const std::string once = normal_identifier(scheme, "https://ror.org/0 5dX-p.S055");
    CHECK(normal_identifier(scheme, once) == once);
  }
}
