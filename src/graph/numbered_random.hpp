// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace koinon::graph {

/// Random numbers that depend on a seed and a number alone: the draws of sample 7 are the same
/// whoever makes them and when. SplitMix64: G. Steele, D. Lea, C. Flood, Fast splittable
/// pseudorandom number generators, OOPSLA 2014.
class NumberedRandom {
 public:
  NumberedRandom(std::uint64_t seed, std::uint64_t number)
      : state_(mix(seed + golden) ^ mix(number * golden + 1)) {}

  std::uint64_t next() noexcept { return mix(state_ += golden); }

  /// In [0, 1), of 53 bits.
  double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

  /// Below `count`, which is above 0; all alike but for 1 in 2^32.
  std::uint32_t below(std::uint32_t count) noexcept {
    return static_cast<std::uint32_t>((next() >> 32) * count >> 32);
  }

 private:
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

  static std::uint64_t mix(std::uint64_t z) noexcept {
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }

  std::uint64_t state_;
};

}  // namespace koinon::graph
