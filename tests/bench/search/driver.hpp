// SPDX-License-Identifier: Apache-2.0
// What drivers written in C++ share: the command line, the files, the timing. See README.md.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bench {

/// A document as the file has it.
struct Row {
  std::uint64_t number = 0;
  std::string country, fund, year;
  std::int64_t day = -1;
  std::int64_t cents = -1;
  std::string text;  ///< words with a space between
};

struct Asked {
  std::vector<std::string> words, phrase;
  std::string prefix, wrong, country;
};

enum class Case { or10, or100, and10, phrase10, prefix10, fuzzy10, or10_country, or10_facets3, count };

inline constexpr std::pair<const char*, Case> cases[] = {
    {"or10", Case::or10},         {"or100", Case::or100},
    {"and10", Case::and10},       {"phrase10", Case::phrase10},
    {"prefix10", Case::prefix10}, {"fuzzy10", Case::fuzzy10},
    {"count", Case::count},       {"or10-country", Case::or10_country},
    {"or10-facets3", Case::or10_facets3}};

struct Hit {
  std::uint64_t document;
  double score;
};

/// counts, of or10-facets3 alone: "country:DE:120", facet, value, count.
struct Answer {
  std::uint64_t total = 0;
  std::vector<Hit> hits;
  std::vector<std::string> counts;
};

/// Reads an index as it was when opened or last refreshed. Each thread has its own.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual void refresh() {}
  /// False: this engine has no such query.
  virtual bool knows(Case) const { return true; }
  /// What is timed: the best documents (count: the total alone; facets: the counts too, not their names).
  virtual void ask(Case, const Asked&) = 0;
  /// The same to be looked at: with the exact total, counts by name, and so many documents (0: none).
  virtual Answer answer(Case, const Asked&, std::size_t depth) = 0;
  /// The documents with this word, for the word of a document just written.
  virtual std::vector<Hit> word(const std::string&) = 0;
};

class Writer {
 public:
  virtual ~Writer() = default;
  /// One document, durable when this returns.
  virtual void commit(const Row&) = 0;
};

struct Built {
  std::uint64_t documents = 0;
  double merge_seconds = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string version() const = 0;
  /// From the file to an index on disk, as good as the engine makes it.
  virtual Built build(const std::string& documents, const std::string& folder) = 0;
  virtual std::unique_ptr<Reader> open(const std::string& folder) = 0;
  /// Null: this engine is not written to here.
  virtual std::unique_ptr<Writer> write(const std::string& folder) = 0;
};

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point before) {
  return std::chrono::duration<double>(Clock::now() - before).count();
}

template <typename Each>
void split(std::string_view line, char mark, Each each) {
  while (true) {
    const std::size_t end = line.find(mark);
    each(line.substr(0, end));
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
  }
}

inline std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  split(text, ' ', [&](std::string_view word) {
    if (!word.empty()) words.emplace_back(word);
  });
  return words;
}

inline std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  split(line, '\t', [&](std::string_view cell) { cells.emplace_back(cell); });
  return cells;
}

/// Calls each(Row) for every line of the file of documents.
template <typename Each>
std::uint64_t each_row(const std::string& path, Each each) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::string line;
  std::uint64_t count = 0;
  for (Row row; std::getline(file, line); ++count) {
    std::size_t column = 0;
    split(line, '\t', [&](std::string_view cell) {
      switch (column++) {
        case 0: row.number = std::strtoull(cell.data(), nullptr, 10); break;
        case 1: row.country = cell; break;
        case 2: row.fund = cell; break;
        case 3: row.year = cell; break;
        case 4: row.day = std::strtoll(cell.data(), nullptr, 10); break;
        case 5: row.cents = std::strtoll(cell.data(), nullptr, 10); break;
        default: row.text = cell;
      }
    });
    each(row);
  }
  return count;
}

inline std::vector<Asked> queries_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Asked> queries;
  for (std::string line; std::getline(file, line);) {
    const auto cells = cells_of(line);
    queries.push_back({words_of(cells.at(0)), words_of(cells.at(1)), cells.at(2), cells.at(3), cells.at(4)});
  }
  return queries;
}

inline double percentile(const std::vector<double>& sorted, double part) {
  const auto at = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(at, 1) - 1];
}

inline void report(const std::string& name, std::vector<double> micros, std::size_t passes) {
  std::sort(micros.begin(), micros.end());
  double sum = 0;
  for (const double time : micros) sum += time;
  std::printf(R"({"case": "%s", "mean_us": %.3f, "p99_us": %.3f, "queries": %zu, "repeats": %zu})" "\n", name.c_str(),
              sum / static_cast<double>(micros.size()), percentile(micros, 0.99), micros.size(), passes);
}

struct Options {
  std::size_t warm = 0;  ///< 0 here and below: as the README says
  std::size_t repeat = 0;
  double budget = 1e9;
  long depth = -1;
  std::string answers;
  double part() const { return std::min(budget, 5.0); }
};

inline void time(Reader& reader, const std::string& name, Case kind, const std::vector<Asked>& queries,
                 const Options& options) {
  const std::size_t warm = options.warm ? options.warm : 2;
  const std::size_t repeat = options.repeat ? options.repeat : 9;
  auto before = Clock::now();
  for (std::size_t asked = 0; asked < warm * queries.size() && seconds_since(before) < options.budget; ++asked) {
    reader.ask(kind, queries[asked % queries.size()]);
  }
  std::vector<std::vector<double>> times(queries.size());
  std::size_t passes = 0;
  before = Clock::now();
  do {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const auto started = Clock::now();
      reader.ask(kind, queries[i]);
      times[i].push_back(seconds_since(started) * 1e6);
    }
  } while (++passes < repeat && seconds_since(before) < options.budget);
  std::vector<double> medians;
  for (auto& one : times) {
    std::sort(one.begin(), one.end());
    medians.push_back(one[passes / 2]);
  }
  report(name, std::move(medians), passes);
}

inline void answers(Reader& reader, Case kind, const std::vector<Asked>& queries, const Options& options) {
  std::ofstream out(options.answers, std::ios::binary);
  const long usual = kind == Case::or100 ? 100 : kind == Case::count ? 0 : 10;
  const long depth = options.depth < 0 ? usual : options.depth;
  for (const Asked& asked : queries) {
    const Answer answer = reader.answer(kind, asked, static_cast<std::size_t>(depth));
    out << answer.total << '\t';
    for (const Hit& hit : answer.hits) {
      char text[64];
      std::snprintf(text, sizeof text, "%llu:%.9g ", static_cast<unsigned long long>(hit.document), hit.score);
      out << text;
    }
    for (const std::string& cell : answer.counts) out << '\t' << cell;
    out << '\n';
  }
  if (!out.flush()) throw std::runtime_error("cannot write " + options.answers);
}

inline double throughput(std::vector<std::unique_ptr<Reader>>& readers, const std::vector<Asked>& queries,
                         std::size_t threads, double seconds) {
  std::atomic<std::uint64_t> done{0};
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  std::vector<std::thread> all;
  for (std::size_t number = 0; number < threads; ++number) {
    all.emplace_back([&, number] {
      std::uint64_t own = 0;
      for (std::size_t at = number * queries.size() / threads; Clock::now() < until; ++at, ++own) {
        readers[number]->ask(Case::or10, queries[at % queries.size()]);
      }
      done += own;
    });
  }
  for (std::thread& thread : all) thread.join();
  return static_cast<double>(done) / seconds;
}

inline void threads2(Engine& engine, const std::string& folder, const std::vector<Asked>& queries,
                     const Options& options) {
  std::vector<std::unique_ptr<Reader>> readers;
  readers.push_back(engine.open(folder));
  readers.push_back(engine.open(folder));
  const double slot = options.part() / 5;
  throughput(readers, queries, 2, slot);
  std::vector<double> one, two;
  for (int round = 0; round < 5; ++round) {
    one.push_back(throughput(readers, queries, 1, slot));
    two.push_back(throughput(readers, queries, 2, slot));
  }
  std::sort(one.begin(), one.end());
  std::sort(two.begin(), two.end());
  std::printf(R"({"case": "threads2", "one_qps": %.1f, "two_qps": %.1f, "ratio": %.4f})" "\n", one[2], two[2],
              two[2] / one[2]);
}

/// A copy of the index to write to, removed with it.
class Copied {
 public:
  explicit Copied(const std::string& folder) : path_(folder + ".copy") {
    std::filesystem::remove_all(path_);
    std::filesystem::copy(folder, path_, std::filesystem::copy_options::recursive);
  }
  ~Copied() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Copied(const Copied&) = delete;
  Copied& operator=(const Copied&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string own_word(std::uint64_t number) { return "koinon" + std::to_string(number); }

inline Row written(std::uint64_t number, const Asked& like) {
  Row row;
  row.number = 1'000'000'000 + number;
  row.country = like.country;
  row.fund = "-";
  row.year = "2026";
  row.day = 20000;
  row.cents = 100;
  for (const std::string& word : like.words) row.text += word + ' ';
  row.text += own_word(number);
  return row;
}

inline int commit(Engine& engine, const std::string& folder, const std::vector<Asked>& queries,
                  const Options& options) {
  const Copied copy(folder);
  const auto writer = engine.write(copy.path());
  if (!writer) return 3;
  const auto reader = engine.open(copy.path());
  const std::uint64_t warm = options.warm ? options.warm : 20;
  const std::uint64_t measured = options.repeat ? options.repeat : 200;
  std::vector<double> times;
  for (std::uint64_t number = 0; number < warm + measured; ++number) {
    const Row row = written(number, queries[number % queries.size()]);
    const auto before = Clock::now();
    writer->commit(row);
    reader->refresh();
    const auto hits = reader->word(own_word(number));
    const double micros = seconds_since(before) * 1e6;
    if (hits.size() != 1 || hits[0].document != row.number) {
      throw std::runtime_error("a committed document was not found");
    }
    if (number >= warm) times.push_back(micros);
  }
  report("commit", std::move(times), 1);
  return 0;
}

/// The queries for so many seconds, each time of its own: a median would hide the waiting.
inline std::vector<double> samples(Reader& reader, const std::vector<Asked>& queries, double seconds) {
  std::vector<double> times;
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  for (std::size_t at = 0; Clock::now() < until; ++at) {
    const auto before = Clock::now();
    reader.refresh();
    reader.ask(Case::or10, queries[at % queries.size()]);
    times.push_back(seconds_since(before) * 1e6);
  }
  std::sort(times.begin(), times.end());
  return times;
}

inline int busy(Engine& engine, const std::string& folder, const std::vector<Asked>& queries,
                const Options& options) {
  const Copied copy(folder);
  const auto writer = engine.write(copy.path());
  if (!writer) return 3;
  const auto reader = engine.open(copy.path());
  samples(*reader, queries, options.part() / 2);
  const double idle = percentile(samples(*reader, queries, options.part()), 0.99);
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> commits{0};
  std::exception_ptr failed;
  std::thread thread([&] {
    try {
      for (std::uint64_t number = 0; !stop; ++number) {
        writer->commit(written(number, queries[number % queries.size()]));
        ++commits;
      }
    } catch (...) {
      failed = std::current_exception();
    }
  });
  double beside = 0;
  std::uint64_t during = 0;
  try {
    samples(*reader, queries, options.part() / 2);
    const std::uint64_t before = commits;
    beside = percentile(samples(*reader, queries, 2 * options.part()), 0.99);
    during = commits - before;
  } catch (...) {
    failed = std::current_exception();
  }
  stop = true;
  thread.join();
  if (failed) std::rethrow_exception(failed);
  std::printf(R"({"case": "busy", "idle_p99_us": %.3f, "busy_p99_us": %.3f, "ratio": %.4f, "commits": %llu})" "\n", idle,
              beside, beside / idle, static_cast<unsigned long long>(during));
  return 0;
}

inline double anonymous_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return std::atof(line.c_str() + 8) / 1024;
  }
  return 0;
}

inline std::uint64_t bytes_of(const std::string& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

inline int run(Engine& engine, const std::vector<std::string>& words, Clock::time_point started) {
  const std::string& folder = words.at(1);
  const std::string& name = words.at(3);
  Options options;
  for (std::size_t i = 4; i + 1 < words.size(); i += 2) {
    const std::string& value = words[i + 1];
    if (words[i] == "--warm") options.warm = std::stoul(value);
    else if (words[i] == "--repeat") options.repeat = std::stoul(value);
    else if (words[i] == "--budget") options.budget = std::stod(value);
    else if (words[i] == "--depth") options.depth = std::stol(value);
    else if (words[i] == "--answers") options.answers = value;
    else throw std::runtime_error("no option " + words[i]);
  }
  const auto queries = queries_of(words.at(2));
  if (name == "commit") return commit(engine, folder, queries, options);
  if (name == "busy") return busy(engine, folder, queries, options);
  if (name == "threads2") {
    threads2(engine, folder, queries, options);
    return 0;
  }
  const auto reader = engine.open(folder);
  if (name == "open") {
    reader->ask(Case::or10, queries.at(0));
    std::printf(R"({"case": "open", "ms": %.4f})" "\n", seconds_since(started) * 1e3);
    return 0;
  }
  if (name == "memory") {
    for (int pass = 0; pass < 3; ++pass) {
      for (const Asked& asked : queries) reader->ask(Case::or10, asked);
    }
    std::printf(R"({"case": "memory", "mib": %.3f})" "\n", anonymous_mib());
    return 0;
  }
  for (const auto& [known, kind] : cases) {
    if (name != known || !reader->knows(kind)) continue;
    if (options.answers.empty()) time(*reader, name, kind, queries, options);
    else answers(*reader, kind, queries, options);
    return 0;
  }
  return 3;
}

inline int main(Engine& engine, int count, char** given) {
  const auto started = Clock::now();
  const std::vector<std::string> words(given + 1, given + count);
  try {
    if (words.size() == 1 && words[0] == "version") {
      std::printf("%s\n", engine.version().c_str());
      return 0;
    }
    if (words.size() == 3 && words[0] == "build") {
      const Built built = engine.build(words[1], words[2]);
      std::printf(R"({"seconds": %.4f, "merge_seconds": %.4f, "documents": %llu, "bytes": %llu})" "\n",
                  seconds_since(started), built.merge_seconds, static_cast<unsigned long long>(built.documents),
                  static_cast<unsigned long long>(bytes_of(words[2])));
      return 0;
    }
    if (words.size() >= 4 && words[0] == "run") {
      const int status = run(engine, words, started);
      if (status == 3) std::fprintf(stderr, "no case %s\n", words[3].c_str());
      return status;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  std::fprintf(stderr, "usage: version | build DOCS INDEX | run INDEX QUERIES CASE [options]\n");
  return 2;
}

}  // namespace bench
