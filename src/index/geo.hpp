// SPDX-License-Identifier: Apache-2.0
//
// Points on the earth as numbers of a number field.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace koinon::index {

/// Degrees to 10^-7, that is about a centimetre. Latitude in [-90, 90], longitude in [-180, 180].
inline std::int64_t point_number(double latitude, double longitude) {
  const auto north = static_cast<std::int64_t>(std::llround(latitude * 1e7));
  const auto east = static_cast<std::int64_t>(std::llround((longitude + 180) * 1e7));
  return north * (std::int64_t{1} << 32U) + east;
}

/// Great-circle distance in kilometres on a sphere of radius 6,371.0088 km (haversine); within 0.6
/// % of the ellipsoid's.
inline double kilometres_between(double latitude, double longitude, std::int64_t point) {
  constexpr double radius = 6371.0088;
  constexpr double radians = std::numbers::pi / 180;
  const double north = static_cast<double>(point >> 32U) / 1e7;
  const double east = static_cast<double>(point & 0xFFFFFFFF) / 1e7 - 180;
  const double dy = std::sin((north - latitude) * radians / 2);
  const double dx = std::sin((east - longitude) * radians / 2);
  const double h = dy * dy + std::cos(latitude * radians) * std::cos(north * radians) * dx * dx;
  return 2 * radius * std::asin(std::sqrt(h < 1 ? h : 1));
}

}  // namespace koinon::index
