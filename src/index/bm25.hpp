// SPDX-License-Identifier: Apache-2.0
//
// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009)
// over weighted frequencies: a simple BM25F in which all fields share the document's length.
//
// For a clause c (a word or a phrase) and a document d
//   w(c, d)  = sum over fields f of boost(f) * number of positions of f at which c occurs
//   idf(c)   = ln(1 + (N - n(c) + 0.5) / (n(c) + 0.5)), never negative
//   score    = sum over Should and Must clauses of
//              idf(c) * w * (k1 + 1) / (w + k1 * (1 - b + b * length(d) / mean length))
// N documents in the index, n(c) of them with c, length in tokens over all fields. Erased documents
// count in none of these.
#pragma once

#include <cmath>

namespace koinon::index {

inline constexpr double bm25_k1 = 1.2;
inline constexpr double bm25_b = 0.75;

inline double bm25_idf(double documents, double having) {
  return std::log(1 + (documents - having + 0.5) / (having + 0.5));
}

/// `relative_length` is that of the document over the mean.
inline double bm25_weight(double frequency, double relative_length) {
  return frequency * (bm25_k1 + 1) /
         (frequency + bm25_k1 * (1 - bm25_b + bm25_b * relative_length));
}

}  // namespace koinon::index
