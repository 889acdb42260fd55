// SPDX-License-Identifier: Apache-2.0
#include "programme/activity_columns.hpp"

#include <algorithm>
#include <utility>

#include "programme/membership.hpp"

namespace koinon::programme {

namespace {

ActivityColumns::Moderation moderation_of(const std::string& state) {
  if (state.empty() || state == "approved") return ActivityColumns::Moderation::Shown;
  return state == "pending" ? ActivityColumns::Moderation::Pending
                            : ActivityColumns::Moderation::Withheld;
}

}  // namespace

std::uint32_t ActivityColumns::number_of(std::string_view id) {
  const std::uint32_t number = numbers_.of(id);
  if (number == rows_.size()) rows_.emplace_back();
  return number;
}

std::uint16_t ActivityColumns::kind_number(const std::string& code) {
  const auto known = std::find(kinds_.begin(), kinds_.end(), code);
  if (known == kinds_.end()) {
    kinds_.push_back(code);
    return static_cast<std::uint16_t>(kinds_.size() - 1);
  }
  return static_cast<std::uint16_t>(known - kinds_.begin());
}

void ActivityColumns::place(std::uint32_t number, const std::string& within) {
  if (within.empty()) return;
  const std::uint32_t around = number_of(within);
  rows_[number].own.within = around;
  rows_[around].inside.push_back(number);
}

void ActivityColumns::took_part(std::uint32_t number, const std::string& organisation) {
  if (organisation.empty()) return;
  const std::uint32_t who = number_of(organisation);
  rows_[number].own.who.push_back(who);
}

void ActivityColumns::take(std::uint32_t number, const Organisation& told) {
  if (!told.addresses.empty()) countries_.set(number, told.addresses[0].country);
}

void ActivityColumns::take(std::uint32_t number, const Exchange& told) {
  rows_[number].own.date = told.period.from ? told.period.from : told.period.to;
  rows_[number].own.moderation = moderation_of(told.state);
  rows_[number].own.is_exchange = true;
  rows_[number].own.kind = kind_number(told.kind);
  place(number, told.within);
  took_part(number, told.author);
  for (const Participation& part : told.participants) took_part(number, part.organisation);
  rows_[number].own.who.shrink_to_fit();
  themes_.set(number, told.themes);
}

void ActivityColumns::take(std::uint32_t number, const Contribution& told) {
  if (told.at) rows_[number].own.date = date_of(day_at(told.at.at));
  rows_[number].own.moderation = moderation_of(told.state);
  place(number, told.exchange);
  took_part(number, told.organisation);
}

void ActivityColumns::clear(std::uint32_t number) {
  const Happening was = std::exchange(rows_[number].own, {});
  if (was.within != nothing) {
    std::vector<std::uint32_t>& there = rows_[was.within].inside;
    const auto found = std::find(there.begin(), there.end(), number);
    if (found != there.end()) {
      *found = there.back();
      there.pop_back();
    }
  }
  themes_.set(number, std::vector<std::string>());
  countries_.set(number, std::vector<std::string>());
}

void ActivityColumns::set(std::int64_t seq, std::string_view id, const Record* record) {
  if (const std::uint32_t known = numbers_.at(seq); known != nothing) {
    clear(known);
    numbers_.forget(seq);
  }
  if (record == nullptr) return;
  const auto told_by = [&](const auto& told) {
    const std::uint32_t number = number_of(id);
    numbers_.tell(seq, number);
    take(number, told);
  };
  if (const auto* organisation = std::get_if<Organisation>(record)) told_by(*organisation);
  if (const auto* exchange = std::get_if<Exchange>(record)) told_by(*exchange);
  if (const auto* contribution = std::get_if<Contribution>(record)) told_by(*contribution);
}

}  // namespace koinon::programme
