// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

namespace koinon::partners {

/// ln(1 + x) of 0 ≤ x < 1e38, off by less than 1e-5. A polynomial on the mantissa that meets its
/// ends, so that it rises with x throughout, and that compilers make vectors of.
inline float quick_log1p(float x) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(1.0F + x);
  const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x007fffffU) | 0x3f800000U) - 1.0F;
  const float log2 =
      m * (1.4425449F +
           m * (-0.7181452F +
                m * (0.4575492F + m * (-0.2779053F + m * (0.1217979F + m * -0.0258414F)))));
  return (exponent + log2) * 0.69314718F;
}

}  // namespace koinon::partners
