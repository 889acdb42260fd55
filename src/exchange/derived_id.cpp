// SPDX-License-Identifier: Apache-2.0
#include "exchange/derived_id.hpp"

#include <xxhash.h>

#include "domain/kinds.hpp"

namespace koinon::exchange {

std::string derived_id(RecordKind kind, std::initializer_list<std::string_view> keys,
                       unsigned salt) {
  std::string input(1, static_cast<char>(kind));
  for (const std::string_view key : keys) {
    input += std::to_string(key.size());  // lengths keep ("ab","c") and ("a","bc") apart
    input += ':';
    input += key;
  }
  const XXH128_hash_t hash = XXH3_128bits_withSeed(input.data(), input.size(), salt);
  static constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id = domain::id_prefixes[static_cast<std::size_t>(kind)];
  id += '-';
  XXH64_hash_t high = hash.high64;
  XXH64_hash_t low = hash.low64;
  for (int i = 0; i < 8; ++i, high >>= 5U) id += alphabet[high & 31U];
  for (int i = 0; i < 8; ++i, low >>= 5U) id += alphabet[low & 31U];
  return id;
}

std::string content_hash(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(32);
  for (const XXH64_hash_t half : {hash.high64, hash.low64}) {
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[(half >> shift) & 15U];
  }
  return text;
}

}  // namespace koinon::exchange
