// SPDX-License-Identifier: Apache-2.0
#include "c/json.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace koinon::c {

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dump_with(const Json& head, std::string_view name, std::string_view value) {
  std::string text = dump(head);
  text.back() = ',';
  text.append("\"").append(name).append("\":").append(value).append("}");
  return text;
}

std::string base64(std::string_view bytes) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= count ? digits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

std::string format_instant(Timestamp at) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(at)};
  const auto midnight = floor<days>(time);
  const year_month_day day{midnight};
  const hh_mm_ss clock{time - midnight};
  std::array<char, 64> text{};
  std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(day.year()),
      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

std::string format_date(PartialDate date) {
  if (!date) return {};
  std::array<char, 32> text{};
  if (date.month == 0) {
    std::snprintf(text.data(), text.size(), "%04d", date.year);
  } else if (date.day == 0) {
    std::snprintf(text.data(), text.size(), "%04d-%02d", date.year, date.month);
  } else {
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  }
  return text.data();
}

const char* change_name(ChangeKind what) {
  switch (what) {
    case ChangeKind::Put:
      return "put";
    case ChangeKind::Remove:
      return "remove";
    case ChangeKind::Erase:
      return "erase";
    case ChangeKind::Vectors:
      return "vectors";
  }
  return "";
}

Json share_json(const std::optional<Share>& share) {
  return share ? Json(share->millionths / 1e6) : Json();
}

Json shared_work_json(const SharedWork& work) {
  return {{"id", work.id},
          {"kind", kind_name(work.kind)},
          {"title", work.title},
          {"from", format_date(work.period.from)},
          {"to", format_date(work.period.to)},
          {"own_roles", work.own_roles},
          {"partner_roles", work.partner_roles},
          {"own_share", share_json(work.own_share)},
          {"partner_share", share_json(work.partner_share)}};
}

namespace {

Json tie_json(const NetworkTies& ties, std::size_t place) {
  return {{"from", ties.from[place]}, {"to", ties.to[place]}, {"strength", ties.strength[place]}};
}

}  // namespace

Json ties_json(const NetworkTies& ties) {
  Json list = Json::array();
  for (std::size_t i = 0; i < ties.from.size(); ++i) list.push_back(tie_json(ties, i));
  return list;
}

std::string ties_text(const NetworkTies& ties, const Task& task) {
  constexpr std::size_t between_looks = 4'096;
  constexpr std::size_t between_words = 131'072;  // some tenth of a second
  const std::size_t count = ties.from.size();
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i % between_words == 0 && task.progress) task.progress({"text", i, count});
    if (i % between_looks == 0 && task.cancel.cancelled())
      throw Error(ErrorCode::Cancelled, "cancelled while the answer was written");
    if (i > 0) text += ',';
    text += dump(tie_json(ties, i));
  }
  return text + "]";
}

Json violations_json(const std::vector<Violation>& violations) {
  Json list = Json::array();
  for (const Violation& violation : violations) {
    list.push_back(
        {{"path", violation.path}, {"code", violation.code}, {"message", violation.message}});
  }
  return list;
}

}  // namespace koinon::c
