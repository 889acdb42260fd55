// SPDX-License-Identifier: Apache-2.0
//
// Cancel and progress, threads, and the manners of a library inside somebody's process.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

#include "fixtures.hpp"

using namespace contract;

namespace {

Token new_token() {
  kn_cancel_token* token = nullptr;
  REQUIRE(kn_cancel_token_new(&token, nullptr) == KN_OK);
  return Token(token);
}

Task new_task(kn_task_options options) {
  kn_task* task = nullptr;
  REQUIRE(kn_task_new(&options, &task, nullptr) == KN_OK);
  return Task(task);
}

kn_task_options task_options() {
  kn_task_options options;
  kn_task_options_init(&options, sizeof(options));
  return options;
}

std::string many_lines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    lines +=
        R"({"id":"org-)" + std::to_string(i) +
        R"(","kind":"organisation","record":{"names":[{"language":"en","text":"Organisation )" +
        std::to_string(i) + "\"}]}}\n";
  }
  return lines;
}

struct Watcher {
  kn_cancel_token* token = nullptr;
  int calls = 0;
  std::string stage;
};

void watch(void* user_data, const kn_progress* progress) {
  auto& watcher = *static_cast<Watcher*>(user_data);
  ++watcher.calls;
  watcher.stage = text_of(progress->stage);
  if (watcher.token != nullptr) kn_cancel_token_cancel(watcher.token);
}

/// What `work` writes to a standard stream.
std::string written_to(int stream, const std::function<void()>& work) {
  std::fflush(nullptr);
  const Folder folder;
  const std::string path = folder.path("stream");
  const int saved = dup(stream);
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR, 0600);
  REQUIRE(saved >= 0);
  REQUIRE(file >= 0);
  dup2(file, stream);
  work();
  std::fflush(nullptr);
  dup2(saved, stream);
  ::close(saved);
  ::close(file);
  return read_file(path);
}

/// Much of the API, failures included. Checks nothing: a check could print.
void use_it_all(const Folder& folder) {
  const std::string path = folder.path("quiet.koinon");
  const std::string lines = folder.write("lines.jsonl", mixed_lines());
  const std::string other = folder.write("other", std::string(5000, 'x'));
  kn_catalogue* catalogue = nullptr;
  kn_open(other.data(), other.size(), nullptr, &catalogue, nullptr);
  kn_open(path.data(), path.size(), nullptr, &catalogue, nullptr);
  kn_import_report* report = nullptr;
  kn_import(catalogue, lines.data(), lines.size(), nullptr, nullptr, &report, nullptr);
  kn_import_report_free(report);
  kn_import(catalogue, other.data(), other.size(), nullptr, nullptr, &report, nullptr);
  kn_import_report_free(report);
  kn_put_json(catalogue, 0, "", 0, "{]", 2, nullptr, nullptr, nullptr);
  kn_results* results = nullptr;
  kn_search(catalogue, nullptr, nullptr, &results, nullptr);
  kn_results_free(results);
  auto graph = sized<kn_graph_figures>();
  kn_graph_summary(catalogue, nullptr, &graph, nullptr);
  kn_text* text = nullptr;
  kn_check(catalogue, nullptr, nullptr, &text, nullptr);
  kn_text_free(text);
  kn_erase(catalogue, "org-x", 5, nullptr, nullptr, nullptr);
  kn_close(catalogue);
}

}  // namespace

TEST_CASE("a token cancels every task that shares it, for good") {
  Token token = new_token();
  CHECK(kn_cancel_token_is_cancelled(token.get()) == 0);
  kn_task_options options = task_options();
  options.cancel = token.get();
  const Task one = new_task(options);
  const Task two = new_task(options);
  CHECK(kn_task_cancel(one.get()) == KN_OK);
  CHECK(kn_cancel_token_is_cancelled(token.get()) == 1);
  token.reset();

  const Catalogue catalogue = small_catalogue();
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_search(catalogue.get(), nullptr, two.get(), &results, &error) == KN_E_CANCELLED);
  message_of(KN_E_CANCELLED, error);
  CHECK(results == nullptr);
  CHECK(kn_search(catalogue.get(), nullptr, nullptr, &results, nullptr) == KN_OK);
  kn_results_free(results);
}

TEST_CASE("long work reports progress and can be cancelled from its callback") {
  const Folder folder;
  const std::string path = folder.write("many.jsonl", many_lines(20000));
  const Catalogue catalogue = open(folder.path("a.koinon"));
  const Token token = new_token();
  Watcher watcher;
  watcher.token = token.get();
  kn_task_options options = task_options();
  options.cancel = token.get();
  options.progress = watch;
  options.user_data = &watcher;
  const Task task = new_task(options);
  kn_import_options import;
  kn_import_options_init(&import, sizeof(import));
  import.batch_rows = 100;
  kn_import_report* handle = nullptr;
  REQUIRE(kn_import(catalogue.get(), path.data(), path.size(), &import, task.get(), &handle,
                    nullptr) == KN_OK);
  const Report report(handle);
  auto summary = sized<kn_import_summary>();
  REQUIRE(kn_import_report_summarise(report.get(), &summary, nullptr) == KN_OK);
  CHECK(watcher.calls >= 1);
  CHECK(watcher.stage == "import");
  CHECK(summary.complete == 0);
  CHECK(summary.next_row < 20000);
  CHECK(summary.next_row == summary.read);

  // And polling says the same, without a callback.
  auto progress = sized<kn_progress>();
  REQUIRE(kn_task_progress(task.get(), &progress, nullptr) == KN_OK);
  CHECK(text_of(progress.stage) == "import");

  import.skip_rows = summary.next_row;
  REQUIRE(kn_import(catalogue.get(), path.data(), path.size(), &import, nullptr, &handle,
                    nullptr) == KN_OK);
  const Report rest(handle);
  const std::uint64_t before = summary.stored;
  REQUIRE(kn_import_report_summarise(rest.get(), &summary, nullptr) == KN_OK);
  CHECK(summary.complete == 1);
  CHECK(before + summary.stored == 20000);
}

TEST_CASE("progress before any work is empty") {
  const Task task = new_task(task_options());
  auto progress = sized<kn_progress>();
  REQUIRE(kn_task_progress(task.get(), &progress, nullptr) == KN_OK);
  CHECK(progress.done == 0);
  CHECK(progress.total == 0);
  CHECK(text_of(progress.stage).empty());
  kn_progress unset{};
  CHECK(kn_task_progress(task.get(), &unset, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_task_progress(task.get(), nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("one handle serves many threads, and another thread cancels") {
  const Folder folder;
  const std::string path = folder.write("many.jsonl", many_lines(20000));
  const Catalogue catalogue = small_catalogue(folder.path("a.koinon"));
  const Task task = new_task(task_options());
  std::atomic<int> failures{0};
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done.load()) {
        kn_text* text = nullptr;
        if (kn_get_json(catalogue.get(), "org-a", 5, 0, &text, nullptr) != KN_OK) ++failures;
        kn_text_free(text);
        kn_results* results = nullptr;
        if (kn_search(catalogue.get(), nullptr, nullptr, &results, nullptr) != KN_OK) ++failures;
        kn_results_free(results);
      }
    });
  }
  std::thread canceller([&] {
    auto progress = sized<kn_progress>();
    while (progress.done == 0 && !done.load()) {
      if (kn_task_progress(task.get(), &progress, nullptr) != KN_OK) ++failures;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    kn_task_cancel(task.get());
  });
  kn_import_options options;
  kn_import_options_init(&options, sizeof(options));
  options.batch_rows = 200;
  kn_import_report* handle = nullptr;
  const int32_t code =
      kn_import(catalogue.get(), path.data(), path.size(), &options, task.get(), &handle, nullptr);
  done = true;
  canceller.join();
  for (std::thread& reader : readers) reader.join();
  CHECK(code == KN_OK);
  kn_import_report_free(handle);
  CHECK(failures.load() == 0);
}

TEST_CASE("after fork every call says so, and the parent's file stays whole") {
  const Folder folder;
  const std::string path = folder.path("a.koinon");
  const std::string other = folder.path("b.koinon");
  const Catalogue catalogue = small_catalogue(path);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // no check here: it could print
    kn_error* error = nullptr;
    kn_text* text = nullptr;
    kn_results* results = nullptr;
    int wrong = 0;
    kn_catalogue* const c = catalogue.get();
    if (kn_get_json(c, "org-a", 5, 0, &text, &error) != KN_E_FORKED) wrong |= 1;
    if (kn_error_code(error) != KN_E_FORKED) wrong |= 2;
    kn_error_free(error);
    if (kn_search(c, nullptr, nullptr, &results, nullptr) != KN_E_FORKED) wrong |= 4;
    if (kn_remove(c, "org-a", 5, nullptr, nullptr) != KN_E_FORKED) wrong |= 8;
    if (kn_close(c) != KN_E_FORKED) wrong |= 16;
    kn_catalogue* own = nullptr;
    // The parent's file is not to be had here, for SQLite would lose writes; another one is.
    if (kn_open(path.data(), path.size(), nullptr, &own, nullptr) != KN_E_FORKED) wrong |= 32;
    if (kn_open(other.data(), other.size(), nullptr, &own, nullptr) != KN_OK) wrong |= 64;
    if (kn_close(own) != KN_OK) wrong |= 128;
    _exit(wrong);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-c",
      R"({"names":[{"language":"en","text":"C"}]})");
  CHECK_FALSE(get(catalogue.get(), "org-c").empty());
  std::uint64_t findings = 99;
  kn_text* text = nullptr;
  REQUIRE(kn_check(catalogue.get(), nullptr, &findings, &text, nullptr) == KN_OK);
  kn_text_free(text);
  CHECK(findings == 0);
}

TEST_CASE("nothing is written to standard output or standard error") {
  const Folder one;
  CHECK(written_to(STDOUT_FILENO, [&] { use_it_all(one); }).empty());
  const Folder two;
  CHECK(written_to(STDERR_FILENO, [&] { use_it_all(two); }).empty());
}

TEST_CASE("signal handlers and the locale stay the host's") {
  const std::vector<int> signals = {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGSEGV, SIGBUS, SIGABRT};
  const auto handlers = [&] {
    std::vector<void (*)(int)> all;
    for (const int number : signals) {
      struct sigaction action = {};
      sigaction(number, nullptr, &action);
      all.push_back(action.sa_handler);
    }
    return all;
  };
  const auto before = handlers();
  const std::string locale = std::setlocale(LC_ALL, nullptr);
  const Folder folder;
  use_it_all(folder);
  CHECK(handlers() == before);
  CHECK(std::string(std::setlocale(LC_ALL, nullptr)) == locale);
}
