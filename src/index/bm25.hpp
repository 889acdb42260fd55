// SPDX-License-Identifier: Apache-2.0
//
// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009)
// over weighted frequencies: a simple BM25F in which all fields share the document's length.
//
// For a word c and a document d, with N live documents,
//   w(c, d)  = sum over fields f of boost(f) * number of positions of f at which c occurs
//   n(c)     = live documents with c
//   idf(c)   = ln(1 + (N - n(c) + 0.5) / (n(c) + 0.5)), never negative
//   score    = idf(c) * w * (k1 + 1) / (w + k1 * (1 - b + b * length(d) / mean length))
// with length(d) in tokens over all fields, decoded from its code (norms.hpp), and the mean of
// those. Where several terms stand for c the score is the best of theirs. Those counted among all
// documents have the n of the most frequent of them; a term that is counted among some, say those
// in its language, has its own n, and their number for N; idf is times the term's weight. A phrase
// has the sum of its words' best idf, and as w that of the places where it begins. A pattern scores
// idf of the most frequent of its terms, whatever stands in the document; a fuzzy one less the
// further the document's nearest term is: times 1 - distance / characters of the pattern. A clause
// with clauses scores the sum of its Should and Must clauses. Each is times the clause's boost.
#pragma once

#include <cmath>

namespace koinon::index {

inline constexpr double bm25_k1 = 1.2;
inline constexpr double bm25_b = 0.75;

inline double bm25_idf(double documents, double having) {
  return std::log(1 + (documents - having + 0.5) / (having + 0.5));
}

/// k1 * (1 - b + b * relative length): what the frequency is weighed against. `relative_length` is
/// that of the document over the mean.
inline double bm25_saturation(double relative_length) {
  return bm25_k1 * (1 - bm25_b + bm25_b * relative_length);
}

inline double bm25_weight(double frequency, double relative_length) {
  return frequency * (bm25_k1 + 1) / (frequency + bm25_saturation(relative_length));
}

}  // namespace koinon::index
