// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/query_compiler.hpp"
#include "search/query_parser.hpp"

namespace koinon::test {

struct CompiledQuestion {
  std::vector<index::Clause> clauses;
  index::Query query;  // its filters
  std::vector<std::string> ignored;
};

/// What a person typed, down to clauses of the index.
inline CompiledQuestion parse_query(std::string_view text, std::span<const std::string> languages,
                                    bool as_you_type = false) {
  search::ParsedQuestion parsed = search::parse_question(text, as_you_type);
  search::QueryWorld world;
  world.languages.assign(languages.begin(), languages.end());
  search::CompiledQuery compiled = search::compile_query({std::move(parsed.query)}, world);
  CompiledQuestion made;
  made.clauses = compiled.query.clauses;
  made.query = std::move(compiled.query);
  made.ignored = std::move(parsed.ignored);
  std::move(compiled.ignored.begin(), compiled.ignored.end(), std::back_inserter(made.ignored));
  return made;
}

}  // namespace koinon::test
