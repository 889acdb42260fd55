// SPDX-License-Identifier: Apache-2.0
#include "answers.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace koinon::command {

std::string plain_at(const Json& json, const char* name) {
  return plain(json[name].get<std::string>());
}

std::string plain_list(const Json& texts) {
  std::string all;
  for (const Json& text : texts) all += (all.empty() ? "" : ", ") + plain(text.get<std::string>());
  return all;
}

std::string real_text(const Json& number, const char* format) {
  if (number.is_null()) return "unknown";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number.get<double>());
  return text.data();
}

std::string percent(const Json& share) {
  return std::to_string(std::lround(100 * share.get<double>())) + " %";
}

std::string span_text(const Json& period) {
  const std::string from = plain_at(period, "from");
  const std::string to = plain_at(period, "to");
  if (from.empty() && to.empty()) return {};
  return (from.empty() ? "…" : from) + " to " + (to.empty() ? "…" : to);
}

std::string told_text(const Json& texts) {
  std::string first;
  for (const Json& text : texts) {
    const std::string told = plain_at(text, "text");
    if (text["language"] == "en") return told;
    if (first.empty()) first = told;
  }
  return first;
}

std::string titled(const Context& context, const Json& json, const char* title) {
  const std::string id = plain_at(json, "id");
  const std::string told = plain_at(json, title);
  if (told.empty() || told == id) return id;
  return shortened(told, 70) + " " + context.style.dim("(" + id + ")");
}

}  // namespace koinon::command
