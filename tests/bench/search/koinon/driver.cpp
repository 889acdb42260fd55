// SPDX-License-Identifier: Apache-2.0
// Our own driver; what it must do is in ../README.md. It asks the index itself, with the tokens
// that all engines get.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "index/index.hpp"
#include "index/search.hpp"

namespace {

using namespace koinon;
using Clock = std::chrono::steady_clock;

constexpr index::FacetFieldId country = 0;
constexpr index::FacetFieldId fund = 1;
constexpr index::FacetFieldId year = 2;

index::Schema schema() {
  return {{1.0}, 3, 2};
}

std::vector<std::string_view> split(std::string_view line, char by) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t end = line.find(by);
    cells.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

std::int64_t integer(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

double micros(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

void fill(index::Document& document, const std::vector<std::string_view>& cells) {
  document.clear();
  document.add_facet(country, cells[1]);
  document.add_facet(fund, cells[2]);
  document.add_facet(year, cells[3]);
  document.add_number(0, integer(cells[4]));
  document.add_number(1, integer(cells[5]));
  std::uint32_t position = 0;
  for (const std::string_view word : split(cells[6], ' ')) document.add_token(0, position++, word);
}

int build(const std::string& documents, const std::string& folder) {
  const auto started = Clock::now();
  std::filesystem::remove_all(folder);
  index::Index index(schema(), {folder, 1, false});
  std::ifstream in(documents);
  index::Document document;
  std::uint64_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    const auto cells = split(line, '\t');
    fill(document, cells);
    index.put(static_cast<index::DocKey>(integer(cells[0])), document);
  }
  index.commit(count);
  index.optimise();
  index.save(count, 1);
  const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) bytes += file.file_size();
  std::printf("{\"seconds\": %.4f, \"documents\": %llu, \"bytes\": %llu}\n", seconds,
              static_cast<unsigned long long>(count), static_cast<unsigned long long>(bytes));
  return 0;
}

struct Asked {
  std::vector<std::string> words;
  std::vector<std::string> phrase;
  std::string prefix;
  std::string wrong;
  std::string country;
};

std::vector<Asked> read_queries(const std::string& path) {
  std::vector<Asked> all;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto cells = split(line, '\t');
    Asked& asked = all.emplace_back();
    for (const std::string_view word : split(cells[0], ' ')) asked.words.emplace_back(word);
    for (const std::string_view word : split(cells[1], ' ')) asked.phrase.emplace_back(word);
    asked.prefix = cells[2];
    asked.wrong = cells[3];
    asked.country = cells[4];
  }
  return all;
}

index::Clause word(index::Occur occur, const std::string& text) {
  index::Clause clause;
  clause.occur = occur;
  clause.groups.push_back({{text}});
  return clause;
}

index::Query query_of(const std::string& name, const Asked& asked) {
  index::Query query;
  query.count = false;
  index::Clause clause;
  if (name == "phrase10") {
    for (const std::string& text : asked.phrase) clause.groups.push_back({{text}});
    query.clauses.push_back(clause);
  } else if (name == "prefix10" || name == "fuzzy10") {
    index::Pattern pattern;
    const bool prefix = name == "prefix10";
    pattern.kind = prefix ? index::Pattern::Kind::Prefix : index::Pattern::Kind::Fuzzy;
    pattern.text = prefix ? asked.prefix : asked.wrong;
    pattern.most_terms = 1000000;
    clause.pattern = pattern;
    query.clauses.push_back(clause);
  } else {
    const auto occur = name == "and10" ? index::Occur::Must : index::Occur::Should;
    for (const std::string& text : asked.words) query.clauses.push_back(word(occur, text));
  }
  if (name == "or100") query.limit = 100;
  if (name == "or10-country")
    query.facet_filters.push_back({country, {asked.country}, false, false});
  if (name == "or10-facets3") {
    query.count = true;
    query.facets = {country, fund, year};
    query.facet_values = 1000000;
  }
  if (name == "count") {
    query.count = true;
    query.limit = 0;
  }
  return query;
}

double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size()) + 0.999999);
  return values[std::min(values.size(), std::max<std::size_t>(at, 1)) - 1];
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::uint64_t sink = 0;

void ask(const index::Snapshot& snapshot, const std::string& name, const Asked& asked) {
  const index::Results results = index::search(snapshot, query_of(name, asked), {});
  sink += results.hits.size() + results.total;
}

void write_answers(const index::Snapshot& snapshot, const std::string& name,
                   const std::vector<Asked>& queries, const std::string& path) {
  std::ofstream out(path);
  for (const Asked& asked : queries) {
    index::Query query = query_of(name, asked);
    query.count = true;
    const index::Results results = index::search(snapshot, query, {});
    out << results.total << '\t';
    for (const index::Hit& hit : results.hits) out << hit.doc << ':' << hit.score << ' ';
    std::map<std::string, std::uint64_t> cells;
    static constexpr const char* names[] = {"country", "fund", "year"};
    for (const index::FacetCounts& facet : results.facets) {
      for (const auto& [code, count] : facet.values)
        cells[std::string(names[facet.field]) + ':' + code] = count;
    }
    for (const auto& [cell, count] : cells) out << '\t' << cell << ':' << count;
    out << '\n';
  }
}

std::vector<double> timed(const index::Snapshot& snapshot, const std::string& name,
                          const std::vector<Asked>& queries, int repeat) {
  std::vector<std::vector<double>> times(queries.size());
  for (int pass = 0; pass < repeat; ++pass) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const auto before = Clock::now();
      ask(snapshot, name, queries[i]);
      times[i].push_back(micros(Clock::now() - before));
    }
  }
  std::vector<double> medians;
  for (std::vector<double>& each : times) {
    std::nth_element(each.begin(), each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2),
                     each.end());
    medians.push_back(each[each.size() / 2]);
  }
  return medians;
}

void print(const std::string& name, const std::vector<double>& values, const char* more = "") {
  std::printf("{\"case\": \"%s\", \"mean_us\": %.3f, \"p99_us\": %.3f, \"queries\": %zu%s}\n",
              name.c_str(), mean(values), percentile(values, 0.99), values.size(), more);
}

double resident_mib(const char* key) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.compare(0, std::strlen(key), key) == 0)
      return std::strtod(line.c_str() + std::strlen(key) + 1, nullptr) / 1024;
  }
  return 0;
}

void run_commit(index::Index& index) {
  index::Document document;
  std::vector<double> times;
  for (int i = 0; i < 200; ++i) {
    const std::string token = "unseen" + std::to_string(i) + "token";
    const auto before = Clock::now();
    document.clear();
    document.add_facet(country, "AT");
    document.add_facet(fund, "ESF");
    document.add_facet(year, "2020");
    document.add_number(0, 18000);
    document.add_number(1, 100000);
    document.add_token(0, 0, "a");
    document.add_token(0, 1, token);
    index.put(static_cast<index::DocKey>(100000000 + i), document);
    index.commit(1);
    index::Query query;
    query.clauses.push_back(word(index::Occur::Should, token));
    if (index::search(*index.snapshot(), query, {}).hits.size() != 1) std::abort();
    times.push_back(micros(Clock::now() - before));
  }
  print("commit", times);
}

// Queries per second of so many threads, for a second and a half.
double throughput(const index::Index& index, const std::vector<Asked>& queries, unsigned threads) {
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> done{0};
  std::vector<std::thread> readers;
  for (unsigned t = 0; t < threads; ++t) {
    readers.emplace_back([&, t] {
      std::uint64_t mine = 0;
      std::size_t found = 0;
      for (std::size_t i = t * queries.size() / threads; !stop; i = (i + 1) % queries.size()) {
        const auto snapshot = index.snapshot();
        found += index::search(*snapshot, query_of("or10", queries[i]), {}).hits.size();
        ++mine;
      }
      done += mine + (found == 0 ? 1 : 0);
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  stop = true;
  for (std::thread& reader : readers) reader.join();
  return static_cast<double>(done.load()) / 1.5;
}

void run_threads(const index::Index& index, const std::vector<Asked>& queries) {
  std::vector<double> ratios;
  for (int i = 0; i < 5; ++i) {
    const double one = throughput(index, queries, 1);
    ratios.push_back(throughput(index, queries, 2) / one);
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("{\"case\": \"threads2\", \"ratio\": %.3f}\n", ratios[ratios.size() / 2]);
}

std::vector<double> passes(const index::Index& index, const std::vector<Asked>& queries,
                           int count) {
  std::vector<double> times;
  for (int pass = 0; pass < count; ++pass) {
    for (const Asked& asked : queries) {
      const auto before = Clock::now();
      ask(*index.snapshot(), "or10", asked);
      times.push_back(micros(Clock::now() - before));
    }
  }
  return times;
}

void run_busy(index::Index& index, const std::vector<Asked>& queries) {
  passes(index, queries, 3);
  const std::vector<double> idle = passes(index, queries, 5);
  std::atomic<bool> stop{false};
  std::uint64_t commits = 0;
  std::thread writer([&] {
    index::Document document;
    for (; !stop; ++commits) {
      document.clear();
      document.add_facet(country, "AT");
      document.add_facet(fund, "ESF");
      document.add_facet(year, "2020");
      const Asked& asked = queries[commits % queries.size()];
      std::uint32_t position = 0;
      for (const std::string& text : asked.words) document.add_token(0, position++, text);
      for (const std::string& text : asked.phrase) document.add_token(0, position++, text);
      index.put(static_cast<index::DocKey>(100000000 + commits), document);
      index.commit(commits);
    }
  });
  const std::vector<double> busy = passes(index, queries, 5);
  stop = true;
  writer.join();
  std::printf(
      "{\"case\": \"busy\", \"ratio\": %.3f, \"idle_p99_us\": %.3f, \"busy_p99_us\": %.3f, "
      "\"commits\": %llu}\n",
      percentile(busy, 0.99) / percentile(idle, 0.99), percentile(idle, 0.99),
      percentile(busy, 0.99), static_cast<unsigned long long>(commits));
}

int run(int argc, char** argv) {
  const std::string folder = argv[2];
  const std::vector<Asked> queries = read_queries(argv[3]);
  const std::string name = argv[4];
  int warm = 2;
  int repeat = 5;
  std::string answers;
  for (int i = 5; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--warm") warm = std::atoi(argv[i + 1]);
    if (option == "--repeat") repeat = std::atoi(argv[i + 1]);
    if (option == "--answers") answers = argv[i + 1];
  }
  const auto started = Clock::now();
  if (name == "open") {
    const index::Index index(schema(), {folder, 1, true});
    ask(*index.snapshot(), "or10", queries[0]);
    std::printf("{\"case\": \"open\", \"ms\": %.3f}\n", micros(Clock::now() - started) / 1000);
    return 0;
  }
  const bool writes = name == "commit" || name == "busy";
  index::Index index(schema(), {folder, 1, !writes});
  const auto snapshot = index.snapshot();
  if (name == "commit") {
    run_commit(index);
  } else if (name == "busy") {
    run_busy(index, queries);
  } else if (name == "threads2") {
    run_threads(index, queries);
  } else if (name == "memory") {
    for (const Asked& asked : queries) ask(*snapshot, "or10", asked);
    std::printf("{\"case\": \"memory\", \"rss_anon_mib\": %.3f}\n", resident_mib("RssAnon:"));
  } else if (!answers.empty()) {
    write_answers(*snapshot, name, queries, answers);
  } else {
    for (int i = 0; i < warm; ++i) {
      for (const Asked& asked : queries) ask(*snapshot, name, asked);
    }
    print(name, timed(*snapshot, name, queries, repeat));
  }
  return sink == 0xFFFFFFFFFFFFFFFFU ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "build" && argc == 4) return build(argv[2], argv[3]);
  if (command == "run" && argc >= 5) return run(argc, argv);
  std::cerr << "usage: koinon_bench_search build DOCS FOLDER | run FOLDER QUERIES CASE [--warm N] "
               "[--repeat N] [--answers FILE]\n";
  return 2;
}
