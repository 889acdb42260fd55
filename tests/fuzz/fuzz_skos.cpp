// SPDX-License-Identifier: Apache-2.0
//
// The first byte chooses the format, the rest is a thesaurus. It is refused with an Error or makes
// a table that opens, whose concepts have names, and whose labels are well-formed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "domain/utf8.hpp"
#include "exchange/skos.hpp"
#include "koinon/error.hpp"
#include "text/concept_finder.hpp"

namespace {

using namespace koinon;

void walk(const text::Thesaurus& thesaurus) {
  for (text::ConceptId id = 0; id < thesaurus.size(); ++id) {
    if (thesaurus.find(thesaurus.uri(id)) != id) std::abort();
    for (const std::string_view language : thesaurus.languages()) {
      const std::string_view label = thesaurus.preferred(id, language);
      if (domain::first_invalid_utf8(label) != label.size()) std::abort();
      text::Analyser analyser;
      text::ConceptFinder finder(thesaurus);
      finder.run(label, analyser.run(label, language), language, text::TextKind::Question);
    }
    thesaurus.expand(id);
  }
}

}  // namespace

// Raptor 2.0.15 loses the terms that its grammar of Turtle holds when it meets an error: some tens
// of bytes for each file that is refused.
// Seen by a sanitizer in a library of its own, too.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:raptor_new_term_from";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const formats[] = {"", "rdfxml", "turtle", "ntriples"};
  if (size == 0) return 0;
  exchange::SkosOptions options;
  options.format = formats[data[0] % 4];
  try {
    const auto source =
        exchange::open_memory(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    text::ThesaurusBuilder builder;
    exchange::read_skos(*source, "fuzz", builder, options);
    const std::vector<char> bytes = builder.build();
    walk(text::Thesaurus({bytes.data(), bytes.size()}));
  } catch (const Error&) {
    // Told.
  }
  return 0;
}
