// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

#include "partners/lanes.hpp"

namespace koinon::partners {

/// The polynomial of quick_log1p(): log2(1 + m) of 0 ≤ m < 1.
template <class Number>
Number quick_log2(Number m) noexcept {
  return m * (1.4425449F +
              m * (-0.7181452F +
                   m * (0.4575492F + m * (-0.2779053F + m * (0.1217979F + m * -0.0258414F)))));
}

/// ln(1 + x) of 0 ≤ x < 1e38, off by less than 1e-5. A polynomial on the mantissa that meets its
/// ends, so that it rises with x throughout, and that compilers make vectors of.
inline float quick_log1p(float x) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(1.0F + x);
  const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x007fffffU) | 0x3f800000U) - 1.0F;
  return (exponent + quick_log2(m)) * 0.69314718F;
}

/// The same of four.
inline Lanes quick_log1p(Lanes x) noexcept {
  using Bits = std::int32_t __attribute__((vector_size(16)));
  const Bits bits = std::bit_cast<Bits>(1.0F + x);
  const Lanes exponent = __builtin_convertvector((bits >> 23) - 127, Lanes);
  const Lanes m = std::bit_cast<Lanes>((bits & 0x007fffff) | 0x3f800000) - 1.0F;
  return (exponent + quick_log2(m)) * 0.69314718F;
}

}  // namespace koinon::partners
