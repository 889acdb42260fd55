// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz target over its corpus without libFuzzer.
//
//   replay_NAME [--mutations N] FOLDER|FILE ...    each file as it is, then N changed copies of it
//   replay_NAME --list                             what the target can list (formats), one a line
//
// The changes are drawn from a fixed seed, so a failure comes back; its bytes are left in
// replay_NAME.failed in the working folder. One input may take ten seconds.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) void koinon_fuzz_list();

namespace {

std::string current;       // bytes of the input under test
std::string current_name;
std::string failed_name;
constexpr unsigned seconds_per_input = 10;

void keep_input() {
  if (FILE* file = std::fopen(failed_name.c_str(), "wb")) {
    std::fwrite(current.data(), 1, current.size(), file);
    std::fclose(file);
  }
  std::fprintf(stderr, "failed on %s (%zu bytes), kept in %s\n", current_name.c_str(), current.size(),
               failed_name.c_str());
}

// Not async-signal-safe in every step; the process is about to die anyway.
void on_signal(int number) {
  if (number == SIGALRM) std::fprintf(stderr, "no answer within %u s\n", seconds_per_input);
  keep_input();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void run(std::string bytes, std::string name) {
  current = std::move(bytes);
  current_name = std::move(name);
  alarm(seconds_per_input);
  try {
    // A copy of the exact size, so that a sanitizer sees a read past the end.
    const std::vector<std::uint8_t> exact(current.begin(), current.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "threw: %s\n", error.what());
    keep_input();
    std::exit(1);
  }
  alarm(0);
}

std::string mutated(const std::string& seed, std::mt19937& random) {
  static const char* const nasty[] = {"\"", "\t", "\r\n", "\n", ";", ",", "{", "[", "]", "}", "\\", "\xFF", "\xEF\xBB\xBF",
                                      "\xC3", "\xED\xA0\x80", "1e999", "-", "9999999999999999999", "null", "\\u0000"};
  std::string bytes = seed;
  // Named draws: the order of evaluation of arguments must not change the numbers.
  const auto below = [&](std::size_t n) { return n == 0 ? std::size_t{0} : static_cast<std::size_t>(random() % n); };
  const auto steps = 1 + below(4);
  for (std::size_t step = 0; step < steps; ++step) {
    const auto what = below(6);
    const auto at = below(bytes.size() + 1);
    const auto span = below(std::min<std::size_t>(bytes.size() - at, 64) + 1);
    switch (what) {
      case 0: bytes.resize(at); break;
      case 1: bytes.erase(at, span); break;
      case 2: bytes.insert(at, bytes.substr(at, span)); break;
      case 3: bytes.insert(at, nasty[below(std::size(nasty))]); break;
      case 4:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1u << below(8)));
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
        break;
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t mutations = 200;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--list") {
      if (koinon_fuzz_list != nullptr) koinon_fuzz_list();
      return 0;
    }
    if (argument == "--mutations" && i + 1 < argc) {
      mutations = std::strtoul(argv[++i], nullptr, 10);
    } else if (std::filesystem::is_directory(argument)) {
      for (const auto& entry : std::filesystem::directory_iterator(argument)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    } else {
      files.emplace_back(argument);
    }
  }
  if (files.empty()) {
    std::fprintf(stderr, "%s: no input\n", argv[0]);
    return 2;
  }
  std::sort(files.begin(), files.end());
  failed_name = std::filesystem::path(argv[0]).filename().string() + ".failed";
  for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM}) std::signal(number, on_signal);

  run("", "nothing");
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string seed((std::istreambuf_iterator<char>(stream)), {});
    if (!stream) {
      std::fprintf(stderr, "cannot read %s\n", file.c_str());
      return 1;
    }
    run(seed, file.filename().string());
    std::mt19937 random(20261124);
    for (std::size_t i = 0; i < mutations; ++i) {
      run(mutated(seed, random), file.filename().string() + " change " + std::to_string(i));
    }
  }
  std::printf("%zu files, %zu inputs\n", files.size(), files.size() * (mutations + 1) + 1);
  return 0;
}
