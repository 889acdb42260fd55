// SPDX-License-Identifier: Apache-2.0
#include "partners/comparison.hpp"

namespace koinon::partners {

namespace {

constexpr std::string_view codes[features] = {"identifier-same",   "identifier-differs",
                                              "part-alike",        "part-held",
                                              "part-equal",        "university-alike",
                                              "body-alike",        "either-alike",
                                              "plain-alike",       "unit-alike",
                                              "part-weight",       "part-alone",
                                              "part-beside",       "name-alike",
                                              "name-held",         "name-equal",
                                              "left-over-less",    "left-over-more",
                                              "spelling",          "acronym",
                                              "letters-cover",     "second-alike",
                                              "sole-body",         "bodies-less",
                                              "bodies-more",       "last-part",
                                              "next-same",         "next-differs",
                                              "next-missing",      "rival-less",
                                              "rival-more",        "rival-alone",
                                              "both-lack",         "one-lacks",
                                              "body-words-differ", "other-words-differ",
                                              "sure-part",         "family",
                                              "little-shared",     "lead-lack",
                                              "inner-less",        "inner-more",
                                              "numbers-same",      "numbers-differ",
                                              "kind-same",         "kind-differs",
                                              "country-same",      "country-differs",
                                              "city-same",         "city-differs",
                                              "form-same",         "form-differs",
                                              "stated-kind-same",  "stated-kind-differs"};

}  // namespace

std::string_view feature_code(Feature feature) {
  return codes[static_cast<std::size_t>(feature)];
}

}  // namespace koinon::partners
