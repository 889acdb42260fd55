// SPDX-License-Identifier: Apache-2.0
//
// A catalogue with word vectors, asked as a portal asks it: how long an answer takes, and what the
// first pass over the vectors misses.
//
//   koinon_bench_across build TABLE ROWS CATALOGUE
//   koinon_bench_across open TABLE CATALOGUE
//   koinon_bench_across ask TABLE CATALOGUE PASSES < questions > times
//   koinon_bench_across recall TABLE CATALOGUE < questions > shares
//   koinon_bench_across rank TABLE ROWS WAY LIMIT < questions > places
//
// TABLE: word vectors, "-" for none. ROWS: language, title, description with tabs between, a
// project a line; one of the two may be empty. A question is a line of its
// language and its text with a tab between.
//
// build prints records, their vectors, passages, and seconds; open the microseconds until the
// catalogue is open, and KiB of memory that are the process' own (not of mapped files). ask prints
// for each question the microseconds of this thread's processor in the quickest pass, and how many
// it finds. recall prints how many of the exact 100 nearest documents the first pass leaves, as a
// share, and the microseconds of both, the exact one first. rank prints for each question the
// numbers of the rows that it finds, from 0, the best first, at most LIMIT; WAY has the letters w,
// c, s, m for a search by words, concepts, spelling, meaning.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/tools.hpp"
#include "index/nearest.hpp"
#include "koinon/catalogue.hpp"
#include "search/search_core.hpp"

using namespace koinon;

namespace {

OpenOptions options_with(const std::string& table) {
  OpenOptions options;
  if (table != "-") options.word_vectors = table;
  return options;
}

double microseconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t begin = 0;;) {
    const std::size_t end = line.find('\t', begin);
    cells.push_back(line.substr(begin, end - begin));
    if (end == std::string::npos) return cells;
    begin = end + 1;
  }
}

struct Asked {
  std::string language;
  std::string text;
};

std::vector<Asked> questions() {
  std::vector<Asked> all;
  for (std::string line; std::getline(std::cin, line);) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() != 2) throw std::runtime_error("not a question: " + line);
    all.push_back({cells[0], cells[1]});
  }
  return all;
}

std::uint64_t vectors_of(const index::Snapshot& snapshot) {
  std::uint64_t count = 0;
  if (snapshot.schema().dimension == 0) return count;
  for (const index::SegmentState& state : snapshot.segments())
    count += state.segment->vectors().size();
  return count;
}

Write project(std::size_t number, const std::string& line) {
  const std::vector<std::string> cells = cells_of(line);
  if (cells.size() != 3) throw std::runtime_error("not a row: " + line);
  Project made;
  if (!cells[1].empty()) made.titles = {{cells[0], cells[1], {}}};
  if (!cells[2].empty()) made.description = {{cells[0], cells[2], {}}};
  return {"doc-" + std::to_string(number), made, {}};
}

// What the catalogue keeps its index in, opened beside it.
class Kept {
 public:
  Kept(const std::string& table, const std::string& catalogue)
      : tools_(options_with(table), {}),
        core_(catalogue + ".views/search", true, tools_.knowledge()) {}

  search::Knowledge knowledge() const { return tools_.knowledge(); }
  std::shared_ptr<const index::Snapshot> snapshot() const { return core_.index().snapshot(); }

 private:
  engine::Tools tools_;
  search::SearchCore core_;
};

std::size_t fill(Catalogue& catalogue, const std::string& rows) {
  std::ifstream file(rows);
  if (!file) throw std::runtime_error("cannot read " + rows);
  std::size_t count = 0;
  std::vector<Write> writes;
  for (std::string line; std::getline(file, line);) {
    writes.push_back(project(count++, line));
    if (writes.size() < 8192) continue;
    catalogue.put_all(writes, "bench");
    writes.clear();
  }
  if (!writes.empty()) catalogue.put_all(writes, "bench");
  catalogue.prepare();
  return count;
}

void build(const std::string& table, const std::string& rows, const std::string& path) {
  const double start = microseconds();
  std::size_t count = 0;
  {
    Catalogue catalogue = Catalogue::open(path, options_with(table));
    count = fill(catalogue, rows);
  }
  const double took = microseconds() - start;
  const Kept kept(table, path);
  if (kept.snapshot()->documents() != count) throw std::runtime_error("the index is not kept");
  std::cout << count << '\t' << vectors_of(*kept.snapshot()) << '\t' << took / 1e6 << '\n';
}

void rank(const std::string& table, const std::string& rows, const std::string& way,
          std::size_t limit) {
  Catalogue catalogue = Catalogue::open(":memory:", options_with(table));
  fill(catalogue, rows);
  const auto has = [&](char letter) { return way.find(letter) != std::string::npos; };
  for (const Asked& asked : questions()) {
    SearchRequest request;
    request.text = asked.text;
    request.language = asked.language;
    request.limit = limit;
    request.snippets = false;
    request.suggest = false;
    request.signals = {has('w'), has('c'), has('s'), has('m')};
    for (const Hit& hit : catalogue.search(request).hits) std::cout << hit.id.substr(4) << ' ';
    std::cout << '\n';
  }
}

long own_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return std::stol(line.substr(8));
  }
  return 0;
}

void open(const std::string& table, const std::string& path) {
  const double start = microseconds();
  const Catalogue catalogue = Catalogue::open(path, options_with(table));
  const double took = microseconds() - start;
  std::cout << took << '\t' << own_kib() << '\n';
}

void ask(const std::string& table, const std::string& path, int passes) {
  const Catalogue catalogue = Catalogue::open(path, options_with(table));
  const std::vector<Asked> asked = questions();
  std::vector<double> least(asked.size(), std::numeric_limits<double>::max());
  std::vector<std::uint64_t> found(asked.size());
  // Before the first pass some that do not count: they open what is kept and read the tables.
  for (int pass = -1; pass < passes; ++pass) {
    for (std::size_t i = 0; i < (pass < 0 ? asked.size() / 10 : asked.size()); ++i) {
      SearchRequest request;
      request.text = asked[i].text;
      request.language = asked[i].language;
      const double start = microseconds();
      const SearchResults results = catalogue.search(request);
      const double took = microseconds() - start;
      if (pass >= 0) least[i] = std::min(least[i], took);
      found[i] = results.total;
    }
  }
  for (std::size_t i = 0; i < asked.size(); ++i) std::cout << least[i] << '\t' << found[i] << '\n';
}

void recall(const std::string& table, const std::string& path) {
  const Kept kept(table, path);
  const search::Knowledge knowledge = kept.knowledge();
  const auto snapshot = kept.snapshot();
  std::vector<float> wanted(snapshot->schema().dimension);
  for (const Asked& asked : questions()) {
    if (!search::embedded(*knowledge.embedder, asked.text, asked.language, wanted)) {
      std::cout << "-\n";
      continue;
    }
    index::NearestRequest request;
    request.pool = 0;
    const double start = microseconds();
    const index::NearestAnswer exact = index::nearest(*snapshot, wanted, request, {});
    const double middle = microseconds();
    request.pool = index::NearestRequest().pool;
    const index::NearestAnswer quick = index::nearest(*snapshot, wanted, request, {});
    const double end = microseconds();
    // Texts that are alike are as near as each other, and any of them is right.
    const double least = exact.nearest.empty() ? 0 : exact.nearest.back().cosine;
    std::size_t hits = 0;
    for (const index::Near& near : quick.nearest) hits += near.cosine >= least ? 1 : 0;
    std::cout << static_cast<double>(hits) / static_cast<double>(exact.nearest.size()) << '\t'
              << middle - start << '\t' << end - middle << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  const std::string what = given.empty() ? "" : given[0];
  try {
    if (what == "build" && given.size() == 4) {
      build(given[1], given[2], given[3]);
    } else if (what == "open" && given.size() == 3) {
      open(given[1], given[2]);
    } else if (what == "ask" && given.size() == 4) {
      ask(given[1], given[2], std::stoi(given[3]));
    } else if (what == "recall" && given.size() == 3) {
      recall(given[1], given[2]);
    } else if (what == "rank" && given.size() == 5) {
      rank(given[1], given[2], given[3], std::stoul(given[4]));
    } else {
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
