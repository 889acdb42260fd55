// SPDX-License-Identifier: Apache-2.0
//
// RDF as a stream of statements, with libraptor2. This is the only file that knows it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "exchange/byte_source.hpp"

namespace koinon::exchange {

/// A statement; everything is borrowed until the handler returns. Blank nodes begin with "_:".
struct RdfStatement {
  std::string_view subject;
  std::string_view predicate;
  std::string_view object;
  std::string_view language;  // of a literal, as written; "" when it has none
  bool literal = false;
  std::uint64_t line =
      0;  // where the reader stands, from 1; the statement ends there or a little before
};

struct RdfHandler {
  std::function<void(const RdfStatement&)> statement;
  /// What was passed over: a bad line of N-Triples, a warning of the parser.
  std::function<void(std::uint64_t line, const std::string& reason)> problem;
};

/// Reads "rdfxml", "turtle" or "ntriples" to the end. Nothing that the file names is fetched or
/// opened, neither entities nor imports. Memory: the longest run of bytes without a statement,
/// which is limited, as is the depth of XML. Throws Error with InvalidInput: "NAME: line N:
/// reason"; what the handlers got until then stands. One file at a time in a process; others wait.
void read_rdf(ByteSource& source, const std::string& name, const std::string& format,
              const RdfHandler& handler);

}  // namespace koinon::exchange
