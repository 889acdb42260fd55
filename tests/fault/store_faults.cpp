// SPDX-License-Identifier: Apache-2.0
//
// Writes, syncs and room that fail, each in turn: a write is whole or was not, and the catalogue
// goes on.
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "faulty_vfs.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::exported;
using test::organisation;
using test::put_bytes;

namespace {

std::vector<Write> writes(int from, int to, std::size_t size = 300) {
  std::vector<Write> all;
  for (int i = from; i < to; ++i)
    all.push_back(
        {"org-" + std::to_string(i), organisation(std::string(size, 'x') + std::to_string(i)), {}});
  return all;
}

std::string lines(int rows, std::size_t size) {
  std::string all;
  for (int i = 0; i < rows; ++i)
    all += test::line("org-" + std::to_string(i),
                      organisation(std::string(size, 'x') + std::to_string(i)));
  return all;
}

std::size_t records(const Catalogue& catalogue) {
  return catalogue.ids(RecordKind::Organisation, "", 1000000).size();
}

// Fails each operation of `work` in turn until none is left to fail.
template <class Work>
void each_in_turn(test::Fault fault, bool for_good, Work&& work) {
  const test::Scratch scratch;
  const std::string seed = scratch / "seed.koinon";
  Catalogue::open(seed).put_all(writes(0, 30));
  test::FaultyFiles files;
  int nth = 1;
  for (;; ++nth) {
    REQUIRE(nth < 500);
    CAPTURE(static_cast<int>(fault), for_good, nth);
    const std::string path = scratch / "a.koinon";
    std::filesystem::copy_file(seed, path, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(path + "-wal");
    std::filesystem::remove(path + "-shm");
    {
      Catalogue catalogue = Catalogue::open(path);
      const std::string before = exported(catalogue, true);
      files.arm(fault, nth, for_good);
      const auto code = error_of([&] { work(catalogue); });
      const bool struck = files.struck();
      files.disarm();
      if (code) CHECK(code == ErrorCode::InputOutput);
      if (code) CHECK(struck);
      const std::size_t held = records(catalogue);
      // All or nothing; a failure after the commit, while the log is tidied, loses nothing.
      CHECK((held == 30 || held == 60));
      if (!code) CHECK(held == 60);
      if (held == 30) CHECK(exported(catalogue, true) == before);
      CHECK_FALSE(error_of([&] { catalogue.put_all(writes(1000, 1010)); }));
      CHECK(records(catalogue) == held + 10);
      if (!struck) break;
    }
    const Catalogue again = Catalogue::open(path);
    CHECK(again.check().findings.empty());
    CHECK(records(again) >= 40);
  }
  CHECK(nth > 1);
}

// Runs `work` in a child that may not let any file grow past `bytes`; gives its exit code.
template <class Work>
int with_little_room(rlim_t bytes, Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(77);
    try {
      ::_exit(work());
    } catch (const std::exception& e) {
      std::fprintf(stderr, "with little room: %s\n", e.what());
      ::_exit(99);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// A small disk for one test, where one can be had.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& folder) : folder_(folder) {
    std::filesystem::create_directory(folder_);
    mounted_ = ::mount("koinon-test", folder_.c_str(), "tmpfs", 0, "size=3m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  explicit operator bool() const { return mounted_; }

 private:
  std::string folder_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("a put_all that meets a fault is whole or was not", "[fault]") {
  const auto work = [](Catalogue& catalogue) { catalogue.put_all(writes(30, 60)); };
  for (const test::Fault fault :
       {test::Fault::Full, test::Fault::ShortWrite, test::Fault::Write, test::Fault::Sync}) {
    for (const bool for_good : {false, true}) each_in_turn(fault, for_good, work);
  }
}

TEST_CASE("an import that meets a fault is whole in each batch", "[fault]") {
  const test::Scratch scratch;
  const std::string file = scratch / "f.jsonl";
  put_bytes(file, lines(60, 300));
  const auto work = [&](Catalogue& catalogue) { catalogue.import_file(file); };
  for (const test::Fault fault : {test::Fault::Full, test::Fault::ShortWrite, test::Fault::Sync})
    each_in_turn(fault, true, work);
}

TEST_CASE("an erasure that meets a fault is told, and done when it is asked for again", "[fault]") {
  const test::Scratch scratch;
  const std::string seed = scratch / "seed.koinon";
  {
    Catalogue catalogue = Catalogue::open(seed);
    catalogue.put_all(writes(0, 30));
    catalogue.put({"secret", organisation("Xylophonia"), {}});
  }
  test::FaultyFiles files;
  for (const test::Fault fault : {test::Fault::Full, test::Fault::Sync}) {
    for (int nth = 1;; ++nth) {
      REQUIRE(nth < 500);
      CAPTURE(static_cast<int>(fault), nth);
      const std::string path = scratch / "a.koinon";
      std::filesystem::copy_file(seed, path, std::filesystem::copy_options::overwrite_existing);
      Catalogue catalogue = Catalogue::open(path);
      files.arm(fault, nth, true);
      const auto code = error_of([&] { catalogue.erase("secret"); });
      const bool struck = files.struck();
      files.disarm();
      if (code) {
        CHECK(code == ErrorCode::InputOutput);
        // Erased or not, asking again leaves nothing of it.
        const auto again = error_of([&] { catalogue.erase("secret"); });
        CHECK((!again || again == ErrorCode::Erased));
      }
      CHECK_FALSE(test::holds(path, "Xylophonia"));
      CHECK(records(catalogue) == 30);
      if (!struck) break;
    }
  }
}

TEST_CASE("files that may not grow break an import off between batches", "[fault]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string file = scratch / "f.jsonl";
  put_bytes(file, lines(3000, 1000));
  ImportOptions options;
  options.batch_rows = 100;
  const int code = with_little_room(1500000, [&] {
    Catalogue catalogue = Catalogue::open(path);
    try {
      catalogue.import_file(file, options);
      return 1;
    } catch (const Error& e) {
      if (e.code() != ErrorCode::InputOutput) return 2;
      // The message says where to go on.
      if (std::string(e.what()).find("00 rows of the file are in") == std::string::npos) return 3;
    }
    const std::size_t held = records(catalogue);
    if (held == 0 || held == 3000) return 4;
    if (held % 100 != 0) return 5;
    return 0;
  });
  CHECK(code == 0);
  Catalogue catalogue = Catalogue::open(path);
  CHECK(catalogue.check().findings.empty());
  const std::size_t held = records(catalogue);
  CHECK(held % 100 == 0);
  options.skip_rows = held;
  CHECK(catalogue.import_file(file, options).complete);
  CHECK(records(catalogue) == 3000);
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("exports and backups that do not fit leave nothing behind", "[fault]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue::open(path).put_all(writes(0, 1000, 1000));
  const std::size_t files = test::files_in(scratch.path());
  const int code = with_little_room(400000, [&] {
    OpenOptions options;
    options.read_only = true;
    const Catalogue catalogue = Catalogue::open(path, options);
    if (error_of([&] { catalogue.export_file(scratch / "out.jsonl"); }) != ErrorCode::InputOutput)
      return 1;
    if (error_of([&] { catalogue.backup(scratch / "b.koinon"); }) != ErrorCode::InputOutput)
      return 2;
    return 0;
  });
  CHECK(code == 0);
  CHECK_FALSE(std::filesystem::exists(scratch / "out.jsonl"));
  CHECK_FALSE(std::filesystem::exists(scratch / "out.jsonl.part"));
  CHECK_FALSE(std::filesystem::exists(scratch / "b.koinon"));
  CHECK_FALSE(std::filesystem::exists(scratch / "b.koinon.part"));
  CHECK(test::files_in(scratch.path()) <= files + 2);  // a reader may leave its -wal and -shm
}

TEST_CASE("a full disk ends an import clearly, and it goes on when there is room", "[fault]") {
  const test::Scratch scratch;
  const SmallDisk disk(scratch / "disk");
  if (!disk) {
    WARN("no small disk can be mounted here: a full one was not tried");
    return;
  }
  const std::string path = scratch / "disk/a.koinon";
  const std::string filler = scratch / "disk/filler";
  const std::string file = scratch / "f.jsonl";
  put_bytes(file, lines(800, 1000));
  put_bytes(filler, std::string(2000000, 'f'));
  Catalogue catalogue = Catalogue::open(path);
  ImportOptions options;
  options.batch_rows = 50;
  CHECK(error_of([&] { catalogue.import_file(file, options); }) == ErrorCode::InputOutput);
  std::size_t held = records(catalogue);
  CHECK(held % 50 == 0);
  CHECK(held < 800);
  CHECK(catalogue.check().findings.empty());
  std::filesystem::remove(filler);
  options.skip_rows = held;
  CHECK(catalogue.import_file(file, options).complete);
  CHECK(records(catalogue) == 800);
  CHECK(catalogue.check().findings.empty());
}
