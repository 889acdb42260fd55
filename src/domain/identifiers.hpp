// SPDX-License-Identifier: Apache-2.0
//
// The written forms of organisation identifiers, with their check digits where a scheme has them.
#pragma once

#include <string>
#include <string_view>

namespace koinon::domain {

/// What is wrong with `value` as an identifier of `scheme`, or "" when its form is right. Schemes
/// without a known form accept any value. Sources: PIC, nine digits (EU Funding & Tenders portal);
/// ROR, "0", six base-32 characters and a checksum modulo 97; LEI, ISO 17442 with ISO 7064 MOD
/// 97-10; Wikidata item numbers; VAT, Council Directive 2006/112/EC Art. 215: a country prefix
/// before the number.
std::string identifier_fault(std::string_view scheme, std::string_view value);

/// The form that is kept: without blanks, upper case where the scheme has letters, a ROR without
/// the address before it. Does not check.
std::string normal_identifier(std::string_view scheme, std::string_view value);

}  // namespace koinon::domain
