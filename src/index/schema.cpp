// SPDX-License-Identifier: Apache-2.0
#include "index/schema.hpp"

#include <bit>
#include <cmath>

#include "koinon/error.hpp"

namespace koinon::index {

namespace {

constexpr std::uint32_t finest = 64;
constexpr double greatest = 1024;

[[noreturn]] void refuse() {
  throw Error(ErrorCode::InvalidArgument, "index schema out of range");
}

}  // namespace

FieldWeights::FieldWeights(const Schema& schema) : fields_(schema.field_boosts.size()) {
  if (fields_ == 0 || fields_ > max_fields || schema.facet_fields > 255 ||
      schema.number_fields > 255 || schema.dimension % 64 != 0 || schema.dimension > 4096) {
    refuse();
  }
  std::uint32_t all = finest;
  for (std::size_t i = 0; i < fields_; ++i) {
    const double boost = schema.field_boosts[i] * finest;
    if (!(boost >= 1) || boost > greatest * finest || boost != std::floor(boost)) refuse();
    units_[i] = static_cast<std::uint32_t>(boost);
    all |= units_[i];
  }
  const auto spare = static_cast<unsigned>(std::countr_zero(all));
  for (std::size_t i = 0; i < fields_; ++i) units_[i] >>= spare;
  one_ = finest >> spare;
  field_bits_ = static_cast<unsigned>(std::bit_width(fields_ - 1));
}

}  // namespace koinon::index
