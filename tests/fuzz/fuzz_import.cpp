// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, read as the format that koinon_fuzz_format names: every row comes out either with drafts that can be
// validated and written as JSON, or with violations that say why not. Nothing else may happen, but an
// InvalidInput or InputOutput for the stream as a whole.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "domain/validate.hpp"
#include "exchange/byte_source.hpp"
#include "exchange/reader.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "vocabularies.hpp"

extern const char* const koinon_fuzz_format;  // made by CMake, one for each target

namespace {

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s: %s\n", koinon_fuzz_format, what);
  std::abort();
}

void read_all(const koinon::exchange::Format& format, const std::string& bytes) {
  const auto source = koinon::exchange::open_memory(bytes);
  format.recognises(source->head());
  const auto reader = format.open(*source, {});
  koinon::exchange::Row row;
  std::uint64_t last_line = 0;
  while (reader->next(row)) {
    if (row.line < last_line) fail("rows come out of order");
    last_line = row.line;
    if (row.drafts.empty() && row.violations.empty()) fail("a row that is neither read nor refused");
    for (const auto& draft : row.drafts) {
      koinon::domain::validate(draft.record, bundled_vocabularies());
      const auto json = koinon::exchange::to_json(draft.record);
      const auto back = koinon::exchange::from_json(koinon::kind_of(draft.record), json);
      if (back.violations.empty() && koinon::exchange::to_json(back.record) != json) fail("JSON does not come back as it was");
    }
    row.clear();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* format = koinon::exchange::find_format(koinon_fuzz_format);
  if (format == nullptr) fail("there is no such format: rename or remove its corpus folder");
  try {
    read_all(*format, std::string(reinterpret_cast<const char*>(data), size));
  } catch (const koinon::Error& error) {
    if (error.code() != koinon::ErrorCode::InvalidInput && error.code() != koinon::ErrorCode::InputOutput) {
      fail(error.what());
    }
  }
  return 0;
}

// For the replayer: one format a line.
extern "C" void koinon_fuzz_list() {
  for (const auto& format : koinon::exchange::formats()) std::printf("import_%s\n", format.name);
}
