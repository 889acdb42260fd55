// SPDX-License-Identifier: Apache-2.0
//
// The first byte chooses the kind, the rest is its JSON. Reading never throws, and what was read without
// a complaint is written in a form that reads back to the same bytes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "domain/validate.hpp"
#include "exchange/record_json.hpp"
#include "vocabularies.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto kind = static_cast<koinon::RecordKind>(data[0] % std::variant_size_v<koinon::Record>);
  const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto decoded = koinon::exchange::from_json(kind, json);
  koinon::domain::validate(decoded.record, bundled_vocabularies());
  const std::string once = koinon::exchange::to_json(decoded.record);
  if (!decoded.violations.empty()) return 0;
  const auto again = koinon::exchange::from_json(kind, once);
  if (!again.violations.empty() || koinon::exchange::to_json(again.record) != once) {
    std::fprintf(stderr, "does not come back as it was:\n%s\n", once.c_str());
    std::abort();
  }
  return 0;
}
