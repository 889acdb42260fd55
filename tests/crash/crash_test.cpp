// SPDX-License-Identifier: Apache-2.0
//
// A writer that is killed with SIGKILL at random points, again and again.
//
//   koinon_crash_test [--rounds N] [--seed S] [--keep]
//
// The work is always the same: import a file, import its changed edition, write some batches
// through the API, erase a few records. Done once without interruption it gives the plan: every
// journal entry in order, and after which of them a transaction ends. Then a child process does the
// work and is killed; the file it leaves behind must hold
//   - a beginning of the plan that ends where a transaction ends (no half batch, nothing foreign),
//   - at least everything the child had seen committed before it died,
//   - exactly the records that this beginning amounts to, in a file that check() finds sound,
//   - no byte of a record whose erasure it says is done.
// The next child goes on from there, and at the end the journal is the plan and the export is that
// of the uninterrupted run. One round is one kill; a seed gives the same points in time, not in the
// work.
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "koinon/koinon.hpp"

namespace {

namespace fs = std::filesystem;
using koinon::Catalogue;
using koinon::Change;
using koinon::ChangeKind;
using Clock = std::chrono::steady_clock;

constexpr std::size_t organisations = 2000;
constexpr std::size_t projects = 1000;
constexpr std::size_t import_batch = 100;  // rows
constexpr std::size_t put_batches = 20;
constexpr std::size_t put_batch = 25;
constexpr std::size_t vector_batches = 10;
constexpr std::size_t vector_batch = 50;
constexpr std::size_t dimension = 64;
constexpr std::size_t erasures = 4;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what);
}

std::string numbered(const char* prefix, std::size_t i) {
  char text[32];
  std::snprintf(text, sizeof text, "%s-%05zu", prefix, i);
  return text;
}

// What erasing must leave no trace of.
std::string secret(std::size_t i) {
  return "unforgettable-" + std::to_string(i) + "-words";
}
std::size_t erased_organisation(std::size_t i) {
  return 17 + 101 * i;
}

// -- The work
// ----------------------------------------------------------------------------------------

// The second edition changes every third organisation.
bool changed_later(std::size_t row) {
  return row < organisations && row % 3 == 0;
}

void write_edition(const fs::path& path, int edition) {
  std::ofstream out(path, std::ios::binary);
  for (std::size_t i = 0; i < organisations; ++i) {
    std::string name = "House of neighbours " + std::to_string(i);
    for (std::size_t k = 0; k < erasures; ++k) {
      if (erased_organisation(k) == i) name += " " + secret(k);
    }
    if (edition == 2 && changed_later(i)) name += ", renamed";
    out << R"({"id":")" << numbered("org", i)
        << R"(","kind":"organisation","record":{"names":[{"language":"en","text":")" << name
        << R"("}]}})" << '\n';
  }
  for (std::size_t i = 0; i < projects; ++i) {
    out << R"({"id":")" << numbered("prj", i)
        << R"(","kind":"project","record":{"titles":[{"language":"en","text":"Project )" << i
        << R"("}],"participations":[{"organisation":")" << numbered("org", i)
        << R"(","role":"coordinator"},{"organisation":")"
        << numbered("org", (i * 7 + 1) % organisations) << R"(","role":"partner"}]}})" << '\n';
  }
  if (!out.flush()) fail("cannot write " + path.string());
}

struct Ends {  // number of the last change of each part of the work
  std::uint64_t first_import = 0;
  std::uint64_t second_import = 0;
  std::uint64_t puts = 0;
  std::uint64_t vectors = 0;
};

Ends planned_ends() {
  Ends ends;
  ends.first_import = organisations + projects;
  for (std::size_t row = 0; row < organisations; ++row)
    ends.second_import += changed_later(row) ? 1 : 0;
  ends.second_import += ends.first_import;
  ends.puts = ends.second_import + put_batches * put_batch;
  ends.vectors = ends.puts + vector_batches * vector_batch;
  return ends;
}

std::uint64_t last_change(const Catalogue& catalogue) {
  return catalogue.statistics().change;
}

void import_edition(Catalogue& catalogue, const fs::path& path, std::uint64_t skip) {
  koinon::ImportOptions options;
  options.batch_rows = import_batch;
  options.skip_rows = skip;
  const auto report = catalogue.import_file(path.string(), options);
  if (!report.complete || report.quarantined != 0 ||
      report.read != report.stored + report.unchanged) {
    fail("import of " + path.string() + ": read " + std::to_string(report.read) + ", stored " +
         std::to_string(report.stored) + ", quarantined " + std::to_string(report.quarantined) +
         (report.reasons.empty() ? "" : ": " + report.reasons.front().message));
  }
}

// The third part: new initiatives, a transaction for each batch.
void put_initiatives(Catalogue& catalogue, std::size_t first_batch) {
  for (std::size_t batch = first_batch; batch < put_batches; ++batch) {
    std::vector<koinon::Write> writes;
    for (std::size_t i = 0; i < put_batch; ++i) {
      koinon::Initiative initiative;
      initiative.names.push_back(
          {"en", "Initiative " + std::to_string(batch) + "/" + std::to_string(i)});
      writes.push_back({numbered("ini", batch * put_batch + i), initiative, std::uint64_t{0}});
    }
    catalogue.put_all(writes, "crash test");
  }
}

// A vector whose bytes in the file spell the secret of an organisation that will be erased.
std::vector<float> vector_of(std::size_t organisation) {
  std::vector<float> numbers(dimension, static_cast<float>(organisation % 100 + 1));
  numbers.back() = 127;  // the greatest: the others stay as they are
  for (std::size_t k = 0; k < erasures; ++k) {
    if (erased_organisation(k) != organisation) continue;
    const std::string word = secret(k);
    std::copy(word.begin(), word.end(), numbers.begin());
  }
  return numbers;
}

// The fourth part: ready vectors of the first organisations, a transaction for each batch.
void bring_vectors(Catalogue& catalogue, std::size_t first_batch) {
  for (std::size_t batch = first_batch; batch < vector_batches; ++batch) {
    koinon::VectorRows rows;
    rows.model = "crash test";
    rows.dimension = dimension;
    std::vector<float> numbers;
    for (std::size_t i = batch * vector_batch; i < (batch + 1) * vector_batch; ++i) {
      rows.ids.push_back(numbered("org", i));
      const auto own = vector_of(i);
      numbers.insert(numbers.end(), own.begin(), own.end());
    }
    rows.numbers = numbers.data();
    rows.count = numbers.size();
    if (catalogue.put_vectors(rows, "crash test").stored != vector_batch)
      fail("vectors stayed out");
  }
}

// Does what is left of the work. `skip` chooses between the two ways to go on with a broken-off
// import: from the row after the last, or from the start.
void work(Catalogue& catalogue, const fs::path& files, bool skip) {
  const Ends ends = planned_ends();
  std::uint64_t n = last_change(catalogue);
  if (n < ends.first_import) import_edition(catalogue, files / "first.jsonl", skip ? n : 0);
  n = last_change(catalogue);
  if (n < ends.second_import) import_edition(catalogue, files / "second.jsonl", 0);
  n = last_change(catalogue);
  if (n < ends.puts) put_initiatives(catalogue, (n - ends.second_import) / put_batch);
  n = last_change(catalogue);
  if (n < ends.vectors) bring_vectors(catalogue, (n - ends.puts) / vector_batch);
  for (std::size_t k = 0; k < erasures; ++k) {
    const std::string id = numbered("org", erased_organisation(k));
    try {
      catalogue.get(id);
    } catch (const koinon::Error& error) {
      if (error.code() == koinon::ErrorCode::Erased) continue;
      throw;
    }
    catalogue.erase(id, "crash test");
  }
}

// -- The plan
// ----------------------------------------------------------------------------------------

std::vector<Change> journal(const Catalogue& catalogue) {
  std::vector<Change> all;
  for (;;) {
    const auto page = catalogue.follow(all.empty() ? 0 : all.back().n, 1000);
    if (page.empty()) return all;
    for (const auto& change : page) {
      if (change.n != all.size() + 1)
        fail("the journal has change " + std::to_string(change.n) + " in place " +
             std::to_string(all.size() + 1));
      all.push_back(change);
    }
  }
}

struct Plan {
  std::vector<Change> entries;         // as they were when made
  std::vector<Change> after_erasures;  // as the journal reads in the end
  std::set<std::uint64_t> ends;        // of transactions, 0 included
};

Plan make_plan(const fs::path& files, const fs::path& path) {
  const Ends ends = planned_ends();
  Plan plan;
  auto catalogue = Catalogue::open(path.string());
  plan.ends.insert(0);
  for (std::size_t row = 0, n = 0; row < organisations + projects; ++row) {
    ++n;
    if ((row + 1) % import_batch == 0 || row + 1 == organisations + projects) plan.ends.insert(n);
  }
  std::uint64_t n = ends.first_import;
  for (std::size_t row = 0; row < organisations + projects; ++row) {
    n += changed_later(row) ? 1 : 0;
    if ((row + 1) % import_batch == 0) plan.ends.insert(n);
  }
  for (std::size_t batch = 0; batch <= put_batches; ++batch)
    plan.ends.insert(ends.second_import + batch * put_batch);
  for (std::size_t batch = 0; batch <= vector_batches; ++batch)
    plan.ends.insert(ends.puts + batch * vector_batch);

  import_edition(catalogue, files / "first.jsonl", 0);
  if (last_change(catalogue) != ends.first_import) fail("a new row is not one change");
  import_edition(catalogue, files / "second.jsonl", 0);
  if (last_change(catalogue) != ends.second_import)
    fail("an unchanged row made a change, or a changed one none");
  put_initiatives(catalogue, 0);
  bring_vectors(catalogue, 0);
  plan.entries = journal(catalogue);
  for (std::size_t k = 0; k < erasures; ++k) {
    catalogue.erase(numbered("org", erased_organisation(k)), "crash test");
    const auto fresh = catalogue.follow(plan.entries.size(), 1000);
    if (fresh.empty()) fail("an erasure is not in the journal");
    plan.entries.insert(plan.entries.end(), fresh.begin(), fresh.end());
    plan.ends.insert(plan.entries.size());
  }
  plan.after_erasures = journal(catalogue);
  return plan;
}

// -- What a killed writer leaves
// ---------------------------------------------------------------------

std::string describe(const Change& change) {
  return "change " + std::to_string(change.n) + " (" + change.id + ", version " +
         std::to_string(change.version) + ")";
}

void expect_no_trace(const fs::path& folder, std::size_t erased) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    for (std::size_t k = 0; k < erased; ++k) {
      if (bytes.find(secret(k)) != std::string::npos) {
        fail("words of an erased record are still in " + entry.path().filename().string());
      }
    }
  }
}

// Looks at the catalogue in `folder`; the number of its last change.
std::uint64_t verify(const Plan& plan, const fs::path& folder, std::uint64_t reported) {
  std::size_t erased = 0;
  std::uint64_t reached = 0;
  {
    const auto catalogue = Catalogue::open((folder / "killed.koinon").string());
    const auto check = catalogue.check();
    if (!check.findings.empty()) {
      fail("check: " + check.findings.front().where + ": " + check.findings.front().message +
           " (and " + std::to_string(check.findings.size() - 1) + " more)");
    }
    const auto entries = journal(catalogue);
    reached = entries.size();
    if (reached < reported) {
      fail("change " + std::to_string(reported) +
           " was committed, and is gone: the journal ends at " + std::to_string(reached));
    }
    if (reached > plan.entries.size()) fail("the journal is longer than the work");
    if (plan.ends.count(reached) == 0)
      fail("the journal ends inside a transaction, at change " + std::to_string(reached));

    std::set<std::string> gone;
    for (const auto& change : entries) {
      if (change.what == ChangeKind::Erase) gone.insert(change.id);
    }
    erased = gone.size();
    std::map<std::string, std::string> state;
    std::map<std::string, koinon::RecordKind> kinds;
    std::set<std::string> having_vectors;
    for (const auto& change : entries) {
      const auto& planned = plan.entries[change.n - 1];
      if (change.what != planned.what || change.id != planned.id ||
          change.version != planned.version) {
        fail(describe(change) + " should be " + describe(planned));
      }
      if (change.what == ChangeKind::Put) {
        const bool erased_here = gone.count(change.id) != 0;
        if (erased_here ? !change.body.empty()
                        : change.body != planned.body &&
                              change.body != plan.after_erasures[change.n - 1].body) {
          fail(describe(change) + " has another body");
        }
        state[change.id] = change.body;
        kinds[change.id] = change.kind;
      } else if (change.what == ChangeKind::Vectors) {
        having_vectors.insert(change.id);
      } else {
        having_vectors.erase(change.id);
        state.erase(change.id);
      }
    }
    const auto models = catalogue.statistics().vectors;
    if ((models.empty() ? 0 : models[0].records) != having_vectors.size())
      fail("the vectors are not what the journal says");
    std::size_t found = 0;
    for (const auto kind : {koinon::RecordKind::Organisation, koinon::RecordKind::Initiative,
                            koinon::RecordKind::Project}) {
      std::string after;
      for (;;) {
        const auto ids = catalogue.ids(kind, after, 500);
        if (ids.empty()) break;
        for (const auto& id : ids) {
          const auto expected = state.find(id);
          if (expected == state.end() || kinds[id] != kind)
            fail(id + " is there, but the journal does not say so");
          if (koinon::to_json(catalogue.get(id).record) != expected->second)
            fail(id + " is not what the journal says");
          ++found;
        }
        after = ids.back();
      }
    }
    if (found != state.size()) {
      fail("the journal amounts to " + std::to_string(state.size()) +
           " records, the catalogue has " + std::to_string(found));
    }
  }
  expect_no_trace(folder, erased);
  return reached;
}

// Ids and records, without times and numbers.
std::map<std::string, std::string> contents(const Catalogue& catalogue) {
  std::map<std::string, std::string> all;
  for (const auto kind : {koinon::RecordKind::Organisation, koinon::RecordKind::Initiative,
                          koinon::RecordKind::Project}) {
    std::string after;
    for (;;) {
      const auto ids = catalogue.ids(kind, after, 500);
      if (ids.empty()) break;
      for (const auto& id : ids) all[id] = koinon::to_json(catalogue.get(id).record);
      after = ids.back();
    }
  }
  return all;
}

// -- Processes
// ---------------------------------------------------------------------------------------

int child(const fs::path& files, const fs::path& folder, bool skip) {
  try {
    auto catalogue = Catalogue::open((folder / "killed.koinon").string());
    std::atomic<bool> done{false};
    // What another reader can see is committed: report it, then it may not get lost.
    std::thread reporter([&] {
      std::uint64_t seen = 0;
      bool last = false;
      while (!last) {
        last = done.load();
        for (;;) {
          const auto page = catalogue.follow(seen, 1000);
          if (page.empty()) break;
          seen = page.back().n;
          if (write(STDOUT_FILENO, &seen, sizeof seen) != sizeof seen) return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
    try {
      work(catalogue, files, skip);
    } catch (...) {
      done = true;
      reporter.join();
      throw;
    }
    done = true;
    reporter.join();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "child: %s\n", error.what());
    return 1;
  }
}

struct Outcome {
  bool killed = false;
  std::uint64_t reported = 0;  // last change that the child saw committed
  std::uint64_t reports = 0;
};

// Runs a child for `limit` at most, then kills it.
Outcome run_child(const char* self, const fs::path& files, const fs::path& folder, bool skip,
                  std::chrono::microseconds limit) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
  const auto until = Clock::now() + limit;
  const pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl(self, self, "--child", files.c_str(), folder.c_str(), skip ? "1" : "0",
          static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);

  Outcome outcome;
  const auto take = [&] {
    std::uint64_t value = 0;
    const auto got = read(ends[0], &value, sizeof value);  // eight bytes: whole or not at all
    if (got != sizeof value) return false;
    outcome.reported = value;
    ++outcome.reports;
    return true;
  };
  bool open = true;
  while (open) {
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(until - Clock::now());
    if (left.count() <= 0) break;
    pollfd waiting{ends[0], POLLIN, 0};
    const timespec time{static_cast<time_t>(left.count() / 1000000),
                        static_cast<long>(left.count() % 1000000 * 1000)};
    const int ready = ppoll(&waiting, 1, &time, nullptr);
    if (ready < 0 && errno != EINTR) fail("poll");
    if (ready > 0) open = take();
  }
  if (open) kill(pid, SIGKILL);
  while (open && take()) {
  }
  close(ends[0]);
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) fail("waitpid");
  outcome.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  if (!outcome.killed && !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
    fail("the writer ended by itself with status " + std::to_string(status));
  }
  return outcome;
}

int run(const char* self, std::size_t rounds, unsigned seed, bool keep) {
  const char* temporary = std::getenv("TMPDIR");
  std::string pattern =
      std::string(temporary != nullptr ? temporary : "/tmp") + "/koinon-crash-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) fail("cannot make a folder like " + pattern);
  const fs::path base = pattern;
  const fs::path files = base / "files";
  const fs::path folder = base / "killed";
  fs::create_directories(files);
  write_edition(files / "first.jsonl", 1);
  write_edition(files / "second.jsonl", 2);

  std::size_t round = 0;
  std::size_t seen_before_death = 0;
  std::size_t finished = 0;
  std::uint64_t reached = 0;
  try {
    fs::create_directories(base / "plan");
    const Plan plan = make_plan(files, base / "plan" / "plan.koinon");
    std::map<std::string, std::string> wanted;
    {
      const auto catalogue = Catalogue::open((base / "plan" / "plan.koinon").string());
      wanted = contents(catalogue);
    }

    // How long the whole work takes in a child.
    fs::create_directories(folder);
    const auto started = Clock::now();
    const auto whole = run_child(self, files, folder, false, std::chrono::minutes(10));
    const auto length =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started);
    if (whole.killed) fail("the work took longer than ten minutes");
    if (verify(plan, folder, whole.reported) != plan.entries.size())
      fail("the uninterrupted work is not the plan");

    std::mt19937_64 random(seed);
    fs::remove_all(folder);
    fs::create_directories(folder);
    for (; round < rounds; ++round) {
      // Mostly a piece of the work, sometimes hardly more than opening the file.
      const auto most =
          static_cast<std::uint64_t>(length.count()) / (round % 5 == 4 ? 20 : 2) + 1000;
      const std::chrono::microseconds limit(static_cast<std::int64_t>(random() % most));
      const auto outcome = run_child(self, files, folder, round % 2 == 0, limit);
      seen_before_death += outcome.killed && outcome.reports != 0 ? 1 : 0;
      reached = verify(plan, folder, std::max(outcome.reported, reached));
      if (reached == plan.entries.size() && !outcome.killed) {
        ++finished;
        reached = 0;
        fs::remove_all(folder);
        fs::create_directories(folder);
      }
    }
    // The last one comes to its end.
    run_child(self, files, folder, true, std::chrono::minutes(10));
    if (verify(plan, folder, reached) != plan.entries.size())
      fail("the work was not finished after the last kill");
    const auto catalogue = Catalogue::open((folder / "killed.koinon").string());
    if (contents(catalogue) != wanted)
      fail("after the kills the catalogue is not that of the uninterrupted work");
    if (rounds >= 10 && seen_before_death == 0)
      fail("no writer was killed between two commits: the test saw nothing");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "round %zu (seed %u): %s\nthe files are in %s\n", round, seed,
                 error.what(), base.c_str());
    return 1;
  }
  std::printf("%zu kills, %zu of them with committed work seen before, %zu catalogues finished\n",
              rounds, seen_before_death, finished + 1);
  if (!keep) fs::remove_all(base);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t rounds = 10;
  unsigned seed = 20261124;
  bool keep = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--child" && i + 3 < argc)
      return child(argv[i + 1], argv[i + 2], std::strcmp(argv[i + 3], "1") == 0);
    if (argument == "--rounds" && i + 1 < argc) {
      rounds = std::strtoul(argv[++i], nullptr, 10);
    } else if (argument == "--seed" && i + 1 < argc) {
      seed = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--keep") {
      keep = true;
    } else {
      std::fprintf(stderr, "usage: koinon_crash_test [--rounds N] [--seed S] [--keep]\n");
      return 2;
    }
  }
  // Not argv[0]: the working folder or PATH may have changed what it means.
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  try {
    return run(self.c_str(), rounds, seed, keep);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
