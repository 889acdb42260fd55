// SPDX-License-Identifier: Apache-2.0
//
// The features that the library sees in texts, for the scripts that train a table of them:
//
//   koinon_train_features LEAST MOST <texts >features
//
// Texts are lines of UTF-8. For each line, little-endian: u32 number of features, and of each u8
// kind (0 a word, 1 a gram), u64 hash, f32 weight. Ends with 2 for wrong arguments, with 1 when its
// output cannot be written.
#include <cstdint>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "text/word_features.hpp"

using namespace koinon::text;

namespace {

template <class T>
void append(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

std::uint32_t length_of(const std::string& argument) {
  const bool digit = argument.size() == 1 && argument[0] >= '1' && argument[0] <= '9';
  return digit ? static_cast<std::uint32_t>(argument[0] - '0') : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint32_t least = argc == 3 ? length_of(argv[1]) : 0;
  const std::uint32_t most = argc == 3 ? length_of(argv[2]) : 0;
  if (least == 0 || most < least) {
    std::cerr
        << "usage: koinon_train_features LEAST MOST <texts >features, 1 <= LEAST <= MOST <= 9\n";
    return 2;
  }
  std::ios::sync_with_stdio(false);
  std::vector<Feature> features;
  std::string record;
  for (std::string line; std::getline(std::cin, line);) {
    features_of(line, least, most, features);
    record.clear();
    append(record, static_cast<std::uint32_t>(features.size()));
    for (const Feature& feature : features) {
      append(record, static_cast<std::uint8_t>(feature.kind));
      append(record, feature.hash);
      append(record, feature.weight);
    }
    if (!std::cout.write(record.data(), static_cast<std::streamsize>(record.size()))) return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
