// SPDX-License-Identifier: Apache-2.0
#include "exchange/json_values.hpp"

#include <algorithm>
#include <limits>

#include "domain/utf8.hpp"
#include "exchange/told_twice.hpp"

namespace koinon::exchange {

namespace {

constexpr std::size_t longest_request = std::size_t{8} << 20U;

// "line 3, column 12", of the byte at which the parser could not go on, counted from 1.
std::string place_of(std::string_view json, std::size_t byte) {
  const std::string_view before = json.substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  const auto column =
      1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(start), before.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

nlohmann::json JsonValues::parsed(std::string_view json) {
  if (json.size() > longest_request) {
    fault("", "too_long", "a request has at most 8 MiB");
    return {};
  }
  if (domain::first_invalid_utf8(json) != json.size()) {
    fault("", "bad_text", "is not UTF-8");
    return {};
  }
  Json tree;
  try {
    tree = Json::parse(json);
    const std::string twice = told_twice(json);
    if (!twice.empty()) fault(twice, "duplicate", "is told twice; leave one out");
  } catch (const Json::parse_error& error) {
    fault("", "bad_json", "is not JSON from " + place_of(json, error.byte) + " on");
  } catch (const Json::exception&) {
    fault("", "bad_json", "is not JSON: a number in it is past all range");
  }
  if (violations_.empty() && !tree.is_object()) fault("", "wrong_type", "must be an object");
  return tree;
}

void JsonValues::refuse() {
  std::string message = "the request cannot be understood";
  for (const Violation& each : violations_)
    message += "; " + (each.path.empty() ? "it" : each.path) + " " + each.message;
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations_));
}

bool JsonValues::is_object(const Json& value, const std::string& path) {
  if (!value.is_object()) fault(path, "wrong_type", "must be an object");
  return value.is_object();
}

void JsonValues::take(const Json& value, const std::string& path, std::string& into) {
  if (!value.is_string()) return fault(path, "wrong_type", "must be a text");
  into = value.get<std::string>();
}

void JsonValues::take(const Json& value, const std::string& path, bool& into) {
  if (!value.is_boolean()) return fault(path, "wrong_type", "must be true or false");
  into = value.get<bool>();
}

void JsonValues::take(const Json& value, const std::string& path, std::size_t& into) {
  if (!value.is_number_unsigned())
    return fault(path, "wrong_type", "must be a whole number from 0");
  into = value.get<std::size_t>();
}

void JsonValues::take(const Json& value, const std::string& path, double& into, double least,
                      double greatest) {
  if (!value.is_number()) return fault(path, "wrong_type", "must be a number");
  into = value.get<double>();
  if (!(into >= least && into <= greatest))
    fault(path, "out_of_range",
          "must be from " + Json(least).dump() + " to " + Json(greatest).dump());
}

void JsonValues::take(const Json& value, const std::string& path, std::vector<std::string>& into) {
  each(value, path,
       [&](const Json& one, const std::string& place) { take(one, place, into.emplace_back()); });
}

void JsonValues::take(const Json& value, const std::string& path, std::vector<float>& into) {
  constexpr double greatest = std::numeric_limits<float>::max();
  each(value, path, [&](const Json& one, const std::string& place) {
    double number = 0;
    take(one, place, number, -greatest, greatest);
    const bool fits = number >= -greatest && number <= greatest;
    into.push_back(fits ? static_cast<float>(number) : 0);
  });
}

void JsonValues::fault(const std::string& path, const char* code, const std::string& message) {
  if (violations_.size() < most_violations) violations_.push_back({path, code, message});
}

}  // namespace koinon::exchange
