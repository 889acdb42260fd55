// SPDX-License-Identifier: Apache-2.0
//
// Whatever a person can type: the parser never fails, keeps its own limits, and names in well-formed
// UTF-8 what it left out.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "domain/utf8.hpp"
#include "search/query_parser.hpp"

namespace {

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "query: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::string> languages = {"en", "de", "fi", "el", "bg"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = koinon::search::parse_query(text, languages);
  if (parsed.clauses.size() > koinon::search::max_clauses) fail("more clauses than the limit");
  std::size_t words = 0;
  for (const auto& clause : parsed.clauses) {
    if (clause.groups.empty()) fail("a clause without words");
    words += clause.groups.size();
    for (const auto& group : clause.groups) {
      if (group.alternatives.empty()) fail("a word without terms");
    }
  }
  if (words > koinon::search::max_query_words) fail("more words than the limit");
  for (const auto& ignored : parsed.ignored) {
    if (koinon::domain::first_invalid_utf8(ignored) != ignored.size()) fail("what was ignored is not UTF-8");
  }
  const auto again = koinon::search::parse_query(text, {});
  if (again.clauses.size() > koinon::search::max_clauses) fail("more clauses than the limit");
  return 0;
}
