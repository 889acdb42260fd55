// SPDX-License-Identifier: Apache-2.0
//
// Questions to the bundled sample, by the whole engine.
//
//   koinon_bench_questions TABLE < jobs > cases
//
// TABLE: word vectors, "-" for none. A job is a line of WAY, REACH, LANGUAGE, QUESTION with tabs
// between; its answer is a line of the ids of all case studies found, the best first, with blanks
// between. WAY: letters of w, c, s, m for a search by words, concepts, spelling, meaning. REACH:
// "across" for cases in all languages, "within" for those with a text in LANGUAGE.
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "koinon/catalogue.hpp"

using namespace koinon;

namespace {

SearchRequest request_of(const std::string& job) {
  std::istringstream cells(job);
  std::string way;
  std::string reach;
  SearchRequest request;
  if (!std::getline(cells, way, '\t') || !std::getline(cells, reach, '\t') ||
      !std::getline(cells, request.language, '\t') || !std::getline(cells, request.text) ||
      (reach != "across" && reach != "within"))
    throw std::runtime_error("not a job: " + job);
  const auto has = [&](char letter) { return way.find(letter) != std::string::npos; };
  request.signals = {has('w'), has('c'), has('s'), has('m')};
  request.across = reach == "across";
  request.filters = {{"kind", {"case-study"}}};
  request.limit = 1000;  // more than the sample has
  request.snippets = false;
  request.suggest = false;
  return request;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    OpenOptions options;
    if (std::string(argv[1]) != "-") options.word_vectors = argv[1];
    Catalogue catalogue = Catalogue::open(":memory:", options);
    catalogue.import_sample();
    catalogue.prepare();
    for (std::string job; std::getline(std::cin, job);) {
      const char* gap = "";
      for (const Hit& hit : catalogue.search(request_of(job)).hits) {
        std::cout << gap << hit.id;
        gap = " ";
      }
      std::cout << '\n';
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
