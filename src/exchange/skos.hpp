// SPDX-License-Identifier: Apache-2.0
//
// A host's own thesaurus: SKOS (W3C Recommendation of 18 August 2009), with SKOS-XL, in RDF/XML,
// Turtle or N-Triples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "exchange/byte_source.hpp"
#include "text/thesaurus_builder.hpp"

namespace koinon::exchange {

struct SkosOptions {
  std::string format;    // "rdfxml", "turtle", "ntriples"; "" = by the look of the first bytes
  std::string language;  // of labels that state none; "" = such labels are left out and reported
  std::size_t longest_label = 1024;  // bytes
  std::size_t most_concepts = 5'000'000;
};

/// Something of the file that was left out, or a remark of the parser.
struct SkosProblem {
  std::uint64_t line = 0;
  std::string code;  // "bad_statement", "no_language", "bad_language", "bad_encoding", "too_long",
                     // "not_a_literal", "not_a_resource", "no_literal_form", "no_uri"
  std::string reason;  // for people
};

struct SkosReport {
  std::uint64_t statements = 0;
  std::size_t concepts = 0;
  std::size_t labels = 0;
  std::size_t left_out = 0;  // concepts that are deprecated
  std::uint64_t problem_count = 0;
  std::vector<SkosProblem> problems;  // the first thousand
};

/// Reads the concepts of a file into a builder. A concept is what the file calls one
/// (skos:Concept), or what has a SKOS label or relation and is called neither scheme nor
/// collection; owl:deprecated ones and those without a URI are left out. prefLabel is preferred;
/// altLabel and hiddenLabel are other labels; broader, narrower, related and exactMatch are taken,
/// topConceptOf, collections, notes and the other matches are not. EuroVoc's URIs become
/// "eurovoc:ID", so that an exactMatch to EuroVoc joins the bundled thesaurus.
///
/// `name` names the file in errors. Throws Error with InvalidInput ("NAME: line N: reason") when
/// the file cannot be read as RDF, or holds too many concepts: the builder is then as it was. A bad
/// label is left out and reported, the good ones are used; cycles, duplicate labels and missing
/// concepts are for the builder's report. Nothing is fetched, whatever the file says. Memory: the
/// labels. O(n log n).
SkosReport read_skos(ByteSource& source, const std::string& name, text::ThesaurusBuilder& into,
                     const SkosOptions& options = {});

}  // namespace koinon::exchange
