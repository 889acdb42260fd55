// SPDX-License-Identifier: Apache-2.0
//
// How fast numbers and dates are found: megabytes for a second, of the standard input and of the
// same without its digits. The argument is the language.
#include <chrono>
#include <iostream>
#include <iterator>
#include <string>

#include "text/numbers.hpp"

using namespace koinon::text;

namespace {

double speed(const std::string& text, const std::string& language, std::size_t& found) {
  const auto started = std::chrono::steady_clock::now();
  found = quantities(text, language).size();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  return static_cast<double>(text.size()) / 1e6 / took.count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  std::string bare;
  for (const char c : text) {
    if (c < '0' || c > '9') bare += c;
  }
  std::size_t found = 0;
  quantities("1 May 2021", argv[1]);  // reads the words
  const double with = speed(text, argv[1], found);
  std::cout << found << " numbers and dates, " << with << " MB/s\n";
  std::cout << "without digits " << speed(bare, argv[1], found) << " MB/s\n";
}
