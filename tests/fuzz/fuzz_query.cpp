// SPDX-License-Identifier: Apache-2.0
//
// Whatever a person can type, and whatever a host can send as a request: parser and compiler never
// fail on the first and refuse the second only with an error, keep their limits, and name in
// well-formed UTF-8 what they left out.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "domain/utf8.hpp"
#include "exchange/request_json.hpp"
#include "koinon/error.hpp"
#include "search/query_compiler.hpp"
#include "search/query_parser.hpp"

namespace {

using namespace koinon;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "query: %s\n", what);
  std::abort();
}

std::size_t leaves(const std::vector<index::Clause>& clauses) {
  std::size_t count = 0;
  for (const auto& clause : clauses) {
    const bool leaf = !clause.groups.empty() || clause.pattern || clause.condition;
    if (!leaf && !clause.everything && clause.clauses.empty()) fail("a clause of nothing");
    for (const auto& group : clause.groups) {
      if (group.alternatives.empty()) fail("a word without terms");
    }
    count += (leaf ? 1U : 0U) + leaves(clause.clauses);
  }
  return count;
}

void check(const search::CompiledQuery& compiled) {
  // A word that is written with accents has a second clause for them.
  if (leaves(compiled.query.clauses) > 2 * search::max_clauses) fail("more clauses than the limit");
  for (const auto& ignored : compiled.ignored) {
    if (domain::first_invalid_utf8(ignored) != ignored.size())
      fail("what was ignored is not UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  search::QueryWorld world;
  for (const bool as_you_type : {false, true}) {
    const auto parsed = search::parse_question(text, as_you_type);
    for (const auto& ignored : parsed.ignored) {
      if (domain::first_invalid_utf8(ignored) != ignored.size())
        fail("what was ignored is not UTF-8");
    }
    for (const auto& span : parsed.words) {
      if (span.begin > span.end || span.end > size) fail("words outside the question");
    }
    check(search::compile_query({parsed.query}, world));
    world.languages = {"en", "de", "fi", "el"};
  }
  try {
    const SearchRequest request = exchange::request_from_json(text);
    const std::string json = exchange::to_json(request);
    if (exchange::to_json(exchange::request_from_json(json)) != json)
      fail("a request that changes");
    check(
        search::compile_query({search::parse_question(request.text).query, request.query}, world));
  } catch (const Error& e) {
    if (e.code() != ErrorCode::InvalidArgument) fail("refused with another error");
  }
  return 0;
}
