// SPDX-License-Identifier: Apache-2.0
//
// The search view as it is kept beside the catalogue: whatever becomes of its files, answers are
// those of the catalogue.
#include "engine/search_view.hpp"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "other_process.hpp"
#include "scratch.hpp"

using namespace koinon;
namespace fs = std::filesystem;
using test::bytes_of;
using test::found;
using test::organisation;
using test::project;
using test::put_bytes;

namespace {

OpenOptions reading() {
  OpenOptions options;
  options.read_only = true;
  return options;
}

std::string folder_of(const std::string& path) {
  return path + ".views/search";
}

std::vector<std::string> files_of(const std::string& path) {
  std::set<std::string> names;
  if (fs::is_directory(folder_of(path))) {
    for (const auto& entry : fs::directory_iterator(folder_of(path)))
      names.insert(entry.path().string());
  }
  return {names.begin(), names.end()};
}

bool folder_holds(const std::string& path, const std::string& word) {
  for (const std::string& file : files_of(path)) {
    if (bytes_of(file).find(word) != std::string::npos) return true;
  }
  return false;
}

// A word, and what of its bytes lies together wherever it is written: a term's beginning may be
// told by the term before.
const std::string word = "qzxjvkophon";
const std::string part = "zxjvkophon";

// All that questions of different kinds are told, as text.
std::string answers(const Catalogue& catalogue) {
  std::string all;
  for (const char* text : {"", "youth", "+social -work", "\"social innovation\"", "koulu emploi",
                           "xylophonia", "tambourine"}) {
    SearchRequest request;
    request.text = text;
    request.unpublished = true;
    request.limit = 40;
    request.facets = {"kind", "country", "year"};
    const SearchResults results = catalogue.search(request);
    all += "? " + request.text + ' ' + std::to_string(results.total) + '\n';
    for (const Hit& hit : results.hits) {
      all += hit.id + ' ' + std::to_string(hit.score) + ' ' + hit.title + ' ' + hit.snippet.text +
             '\n';
    }
    for (const Facet& facet : results.facets) {
      for (const FacetValue& value : facet.values)
        all += facet.field + ' ' + value.code + ' ' + std::to_string(value.count) + '\n';
    }
  }
  return all;
}

std::string answers_at(const std::string& path, const OpenOptions& options = {}) {
  return answers(Catalogue::open(path, options));
}

// A catalogue of a few hundred small records, searched once; what it answered.
std::string make_small(const std::string& path) {
  Catalogue catalogue = Catalogue::open(path);
  std::vector<Write> writes;
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    const std::string name = std::string(i % 2 == 0 ? "Youth " : "Social innovation ") + id;
    writes.push_back({"org-" + id, organisation(name), {}});
    if (i % 10 == 0) writes.push_back({"prj-" + id, project("Work " + id, {"org-" + id}), {}});
  }
  catalogue.put_all(writes);
  return answers(catalogue);
}

// A catalogue of the sample, searched once; what it answered.
std::string make_sample(const std::string& path) {
  Catalogue catalogue = Catalogue::open(path);
  catalogue.import_sample();
  return answers(catalogue);
}

}  // namespace

TEST_CASE("a catalogue that is opened again answers from what is kept beside it", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  const std::vector<std::string> files = files_of(path);
  CHECK(files.size() == 6);
  CHECK(answers_at(path) == right);
  CHECK(answers_at(path, reading()) == right);
  // Nothing was made anew.
  CHECK(files_of(path) == files);
}

TEST_CASE("a catalogue that nobody searched has no folder of views", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path);
    catalogue.put({"org-1", organisation("Xylophonia"), {}});
    catalogue.erase("org-1");
  }
  CHECK_FALSE(fs::exists(path + ".views"));
  const Catalogue memory = Catalogue::open(":memory:");
  CHECK(found(memory, "youth") == 0);
  CHECK_FALSE(fs::exists(":memory:.views"));
}

TEST_CASE("what came after the last keeping is caught up with", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  make_sample(path);
  std::string right;
  {
    Catalogue catalogue = Catalogue::open(path);
    catalogue.put({"org-1", organisation("Xylophonia"), {}});
    right = answers(catalogue);
    catalogue.put({"org-2", organisation("Tambourine"), {}});
  }
  CHECK(answers_at(path) != right);
  const Catalogue catalogue = Catalogue::open(path);
  CHECK(found(catalogue, "xylophonia") == 1);
  CHECK(found(catalogue, "tambourine") == 1);
}

TEST_CASE("a turned bit in any file of the folder changes no answer", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_small(path);
  fs::copy(folder_of(path), scratch / "good", fs::copy_options::recursive);
  const std::vector<std::string> files = files_of(path);
  for (const std::string& file : files) {
    std::string bytes = bytes_of(file);
    if (bytes.empty()) continue;
    for (const std::size_t at : {bytes.size() / 2, bytes.size() / 3, bytes.size() - 20}) {
      CAPTURE(file, at);
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      put_bytes(file, changed);
      CHECK(answers_at(path, reading()) == right);
      CHECK(answers_at(path) == right);
      CHECK(answers_at(path) == right);
      fs::remove_all(folder_of(path));
      fs::copy(scratch / "good", folder_of(path), fs::copy_options::recursive);
    }
  }
  CHECK(files_of(path) == files);
}

TEST_CASE("files of the folder that are cut, empty, swapped or gone change no answer", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_small(path);
  fs::copy(folder_of(path), scratch / "good", fs::copy_options::recursive);
  const auto restore = [&] {
    fs::remove_all(folder_of(path));
    fs::copy(scratch / "good", folder_of(path), fs::copy_options::recursive);
  };
  const std::vector<std::string> files = files_of(path);
  for (std::size_t i = 0; i < files.size(); ++i) {
    CAPTURE(files[i]);
    const std::string bytes = bytes_of(files[i]);
    put_bytes(files[i], bytes.substr(0, bytes.size() / 2));
    CHECK(answers_at(path) == right);
    restore();
    put_bytes(files[i], "");
    CHECK(answers_at(path) == right);
    restore();
    put_bytes(files[i], bytes_of(files[(i + 1) % files.size()]));
    CHECK(answers_at(path) == right);
    restore();
    fs::remove(files[i]);
    CHECK(answers_at(path) == right);
    restore();
  }
}

TEST_CASE("a folder that is gone is made anew", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  fs::remove_all(path + ".views");
  CHECK(answers_at(path, reading()) == right);
  CHECK_FALSE(fs::exists(path + ".views"));
  CHECK(answers_at(path) == right);
  CHECK(files_of(path).size() == 6);
}

TEST_CASE("a folder that goes away under an open catalogue costs no answer", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  {
    Catalogue catalogue = Catalogue::open(path);
    CHECK(answers(catalogue) == right);
    fs::remove_all(path + ".views");
    CHECK(answers(catalogue) == right);
    catalogue.put({"org-1", organisation("Xylophonia"), {}});
    CHECK(found(catalogue, "xylophonia") == 1);
    catalogue.erase("org-1");
    CHECK(found(catalogue, "xylophonia") == 0);
  }
  CHECK(answers_at(path) == right);
}

TEST_CASE("a catalogue that was put back to an older copy is not answered for by the newer folder",
          "[engine]") {
  // How many changes the old way and the new way have after the copy.
  for (const auto& [old_way, new_way] :
       std::vector<std::pair<int, int>>{{3, 0}, {3, 1}, {3, 3}, {1, 5}, {3, 40}}) {
    CAPTURE(old_way, new_way);
    const test::Scratch scratch;
    const std::string path = scratch / "a.koinon";
    {
      Catalogue catalogue = Catalogue::open(path);
      for (int i = 0; i < 20; ++i)
        catalogue.put({"org-" + std::to_string(i), organisation("First"), {}});
      catalogue.backup(scratch / "copy");
      // The same records, so that only their words, and the time, tell the two ways apart.
      for (int i = 0; i < old_way; ++i)
        catalogue.put({"org-" + std::to_string(i), organisation("Tambourine"), {}});
      CHECK(found(catalogue, "tambourine") == static_cast<std::uint64_t>(old_way));
    }
    REQUIRE(folder_holds(path, "tambourine"));
    fs::copy_file(scratch / "copy", path, fs::copy_options::overwrite_existing);
    for (const char* ending : {"-wal", "-shm"}) fs::remove(path + ending);
    CHECK(found(Catalogue::open(path, reading()), "tambourine") == 0);
    {
      Catalogue catalogue = Catalogue::open(path);
      for (int i = 0; i < new_way; ++i)
        catalogue.put({"org-" + std::to_string(i % 20), organisation("Xylophonia"), {}});
    }
    for (int time = 0; time < 2; ++time) {
      const Catalogue catalogue = Catalogue::open(path);
      CHECK(found(catalogue, "tambourine") == 0);
      CHECK(found(catalogue, "xylophonia") == static_cast<std::uint64_t>(std::min(new_way, 20)));
      CHECK(found(catalogue, "") == 20);
    }
    CHECK_FALSE(folder_holds(path, "tambourine"));
  }
}

TEST_CASE("another catalogue at the same path is not answered for by the folder of the first",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  for (const char* name : {"Tambourine", "Xylophonia"}) {
    Catalogue catalogue = Catalogue::open(path);
    catalogue.put({"org-1", organisation(name), {}});
    CHECK(found(catalogue, name) == 1);
    CHECK(found(catalogue, "tambourine") == (name[0] == 'T' ? 1 : 0));
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(path + ending);
  }
}

TEST_CASE("an erased record leaves no word in the folder", "[engine]") {
  const test::Scratch scratch;
  for (const bool again : {false, true}) {
    CAPTURE(again);
    const std::string path = scratch / (again ? "b.koinon" : "a.koinon");
    {
      Catalogue catalogue = Catalogue::open(path);
      catalogue.import_sample();
      catalogue.put({"org-1", organisation("Qzxjvkophon"), {}});
      catalogue.put({"prj-1", project("Work", {"org-1", "org-1"}), {}});
      CHECK(found(catalogue, word) == 2);
      REQUIRE(folder_holds(path, part));
      if (!again) catalogue.erase("org-1");
    }
    // Erased before anybody has asked a question.
    if (again) Catalogue::open(path).erase("org-1");
    CHECK_FALSE(folder_holds(path, part));
    CHECK_FALSE(test::holds(path, part));
    const Catalogue catalogue = Catalogue::open(path);
    CHECK(found(catalogue, word) == 0);
    CHECK(found(catalogue, "work") > 0);
  }
}

TEST_CASE("words that the record had before it was erased leave the folder, too", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path);
  catalogue.import_sample();
  catalogue.put({"org-1", organisation("Qzxjvkophon"), {}});
  CHECK(found(catalogue, word) == 1);
  catalogue.put({"org-1", organisation("Plain"), {}});
  CHECK(found(catalogue, word) == 0);
  REQUIRE(folder_holds(path, part));
  catalogue.erase("org-1");
  CHECK_FALSE(folder_holds(path, part));
  CHECK_FALSE(test::holds(path, part));

  catalogue.put({"org-2", organisation("Qzxjvkophon"), {}});
  catalogue.remove("org-2");
  CHECK(found(catalogue, word) == 0);
  catalogue.erase("org-2");
  CHECK_FALSE(folder_holds(path, part));
}

TEST_CASE("something else in the place of the folder is left alone", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  for (const std::string& file : {path + ".views", folder_of(path)}) {
    CAPTURE(file);
    fs::remove_all(path + ".views");
    if (file != path + ".views") fs::create_directory(path + ".views");
    put_bytes(file, "somebody's");
    {
      Catalogue catalogue = Catalogue::open(path);
      CHECK(answers(catalogue) == right);
      catalogue.put({"org-1", organisation("Xylophonia"), {}});
      CHECK(found(catalogue, "xylophonia") == 1);
      catalogue.remove("org-1");
      CHECK(answers(catalogue) == right);
    }
    CHECK(bytes_of(file) == "somebody's");
  }
}

TEST_CASE("a folder that may not be written is read, and answers are right", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_small(path);
  const std::vector<std::string> files = files_of(path);
  ::chmod(scratch.path().c_str(), 0777);
  ::chmod(path.c_str(), 0666);
  ::chmod((path + ".views").c_str(), 0555);
  ::chmod(folder_of(path).c_str(), 0555);
  for (const std::string& file : files) ::chmod(file.c_str(), 0444);
  test::OtherProcess nobody([&](test::OtherProcess&) {
    // To root no folder is read-only.
    if (::getuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
      ::_exit(77);
    Catalogue catalogue = Catalogue::open(path);
    if (answers(catalogue) != right) ::_exit(3);
    if (catalogue.views()[0].problem.find("cannot be written: ") == std::string::npos) ::_exit(7);
    catalogue.put({"org-x", organisation("Xylophonia"), {}});
    if (found(catalogue, "xylophonia") != 1) ::_exit(4);
    catalogue.erase("org-x");
    if (answers(catalogue) != right) ::_exit(5);
    if (answers_at(path, reading()) != right) ::_exit(6);
  });
  const int code = nobody.end();
  ::chmod((path + ".views").c_str(), 0755);
  ::chmod(folder_of(path).c_str(), 0755);
  if (code == 77) {
    WARN("root that cannot become nobody: a read-only folder was not tried");
    return;
  }
  CHECK(code == 0);
  CHECK(files_of(path) == files);
  for (const std::string& file : files) ::chmod(file.c_str(), 0644);
  CHECK(answers_at(path) == right);
}

TEST_CASE("a catalogue for reading only searches, and leaves the folder as it is", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  {
    Catalogue writer = Catalogue::open(path);
    writer.put({"org-1", organisation("Xylophonia"), {}});
  }
  const std::vector<std::string> files = files_of(path);
  {
    const Catalogue reader = Catalogue::open(path, reading());
    CHECK(found(reader, "xylophonia") == 1);
    CHECK(found(reader, "tambourine") == 0);
  }
  CHECK(files_of(path) == files);
  fs::remove_all(path + ".views");
  {
    const Catalogue reader = Catalogue::open(path, reading());
    CHECK(found(reader, "xylophonia") == 1);
    Catalogue writer = Catalogue::open(path);
    writer.remove("org-1");
    CHECK(found(reader, "xylophonia") == 0);
    CHECK(answers(reader) == right);
    CHECK_FALSE(fs::exists(path + ".views"));
    CHECK(answers(writer) == right);
    CHECK(answers(reader) == right);
  }
  CHECK(files_of(path).size() == 6);
}

TEST_CASE("two handles of one catalogue answer the same, whoever keeps the folder", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string right = make_sample(path);
  Catalogue first = Catalogue::open(path);
  Catalogue second = Catalogue::open(path);
  CHECK(answers(first) == right);
  CHECK(answers(second) == right);
  second.put({"org-1", organisation("Xylophonia"), {}});
  first.put({"org-2", organisation("Xylophonia"), {}});
  CHECK(found(first, "xylophonia") == 2);
  CHECK(found(second, "xylophonia") == 2);
  first.erase("org-1");
  CHECK(found(second, "xylophonia") == 1);
  first.remove("org-2");
  CHECK(answers(second) == right);
  CHECK(answers(first) == right);
}

TEST_CASE("two processes answer the same, whoever keeps the folder", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  test::OtherProcess other([&](test::OtherProcess& self) {
    self.pause();
    Catalogue catalogue = Catalogue::open(path);
    if (found(catalogue, "xylophonia") != 1) throw std::runtime_error("not found");
    catalogue.put({"org-2", organisation("Xylophonia"), {}});
    self.pause();
    if (found(catalogue, "xylophonia") != 1) throw std::runtime_error("not erased");
  });
  other.reached();
  make_sample(path);
  Catalogue catalogue = Catalogue::open(path);
  catalogue.put({"org-1", organisation("Xylophonia"), {}});
  CHECK(found(catalogue, "xylophonia") == 1);
  other.go_on();
  other.reached();
  CHECK(found(catalogue, "xylophonia") == 2);
  catalogue.erase("org-1");
  other.go_on();
  CHECK(other.end() == 0);
  CHECK(found(catalogue, "xylophonia") == 1);
}

// ---- Erasing beside others ---------------------------------------------------------------------

namespace {

// Another process that keeps the folder of a catalogue and, where it is busy, goes on searching.
void keep_folder(const std::string& path, test::OtherProcess& self, bool busy) {
  const Catalogue catalogue = Catalogue::open(path);
  found(catalogue, word);
  self.pause();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (busy && found(catalogue, word) > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  self.pause();
  if (found(catalogue, word) != 0 || found(catalogue, "youth") != 30) ::_exit(3);
}

void check_erased_beside(bool busy, double wait_seconds) {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path);
    std::vector<Write> writes;
    for (int i = 0; i < 30; ++i)
      writes.push_back({"org-" + std::to_string(i), organisation("Youth"), {}});
    writes.push_back({"gone", organisation(word), {}});
    catalogue.put_all(writes);
  }
  test::OtherProcess other([&](test::OtherProcess& self) { keep_folder(path, self, busy); });
  other.reached();
  REQUIRE(folder_holds(path, part));
  {
    Catalogue catalogue = Catalogue::open(path);
    if (busy) other.go_on();
    catalogue.erase("gone", "", {}, wait_seconds);
    CHECK_FALSE(folder_holds(path, part));
    CHECK(found(catalogue, word) == 0);
  }
  if (!busy) other.go_on();
  other.reached();
  other.go_on();
  CHECK(other.end() == 0);
  CHECK_FALSE(folder_holds(path, part));
}

}  // namespace

TEST_CASE("erasing waits for another process that keeps the folder", "[engine]") {
  check_erased_beside(true, 20);
}

TEST_CASE("erasing takes the folder of another process that does not act in time away",
          "[engine]") {
  check_erased_beside(false, 0.05);
}
