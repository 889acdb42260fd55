// SPDX-License-Identifier: Apache-2.0
#include "engine/kept_states.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

#include "exchange/request_json.hpp"

namespace koinon::engine {

namespace {

constexpr std::string_view cursor_form = "k1";
constexpr std::size_t cursor_numbers = 4;

}  // namespace

std::string to_text(const Cursor& cursor) {
  const std::array<std::uint64_t, cursor_numbers> numbers = {
      cursor.change, static_cast<std::uint64_t>(cursor.after.rank), cursor.after.doc, cursor.print};
  std::string text(cursor_form);
  for (const std::uint64_t number : numbers) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    text += '-';
    text.append(digits.data(), end);
  }
  return text;
}

std::optional<Cursor> cursor_of(std::string_view text) {
  if (text.substr(0, cursor_form.size()) != cursor_form) return std::nullopt;
  text.remove_prefix(cursor_form.size());
  std::array<std::uint64_t, cursor_numbers> numbers{};
  for (std::uint64_t& number : numbers) {
    if (text.empty() || text[0] != '-') return std::nullopt;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, number, 16);
    if (error != std::errc()) return std::nullopt;
    text = {stop, static_cast<std::size_t>(end - stop)};
  }
  if (!text.empty()) return std::nullopt;
  return Cursor{numbers[0],
                {static_cast<std::int64_t>(numbers[1]), static_cast<index::DocKey>(numbers[2])},
                numbers[3]};
}

std::uint64_t print_of(const SearchRequest& request) {
  SearchRequest asked = request;
  const SearchRequest plain;
  // What may differ from page to page.
  asked.after.clear();
  asked.offset = plain.offset;
  asked.limit = plain.limit;
  asked.facets.clear();
  asked.keep_seconds = plain.keep_seconds;
  asked.deadline_seconds = plain.deadline_seconds;
  asked.snippets = plain.snippets;
  asked.suggest = plain.suggest;
  const std::string text = exchange::to_json(asked);
  return XXH3_64bits(text.data(), text.size());
}

void KeptStates::forget_old() {
  const auto now = Clock::now();
  std::erase_if(kept_, [&](const Kept& kept) { return kept.until < now; });
}

void KeptStates::keep(const SearchState& state, std::chrono::duration<double> time) {
  const std::lock_guard lock(guard_);
  forget_old();
  // Any number may come from a host; the clock bears only so many.
  const auto longest = std::min(time, std::chrono::duration<double>(longest_seconds));
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(longest);
  for (Kept& kept : kept_) {
    if (kept.state.change != state.change) continue;
    kept.until = std::max(kept.until, until);
    return;
  }
  if (kept_.size() == most) {
    kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                 [](const Kept& a, const Kept& b) { return a.until < b.until; }));
  }
  kept_.push_back({state, until});
}

std::optional<SearchState> KeptStates::find(std::uint64_t change) {
  const std::lock_guard lock(guard_);
  forget_old();
  for (const Kept& kept : kept_) {
    if (kept.state.change == change) return kept.state;
  }
  return std::nullopt;
}

void KeptStates::drop_before(std::uint64_t change, Clock::time_point deadline) {
  constexpr std::chrono::milliseconds between_looks(5);
  for (;;) {
    {
      const std::lock_guard lock(guard_);
      forget_old();
      const auto kept_older = [&](const Kept& kept) { return kept.state.change < change; };
      const auto searches_older = [&](const auto& search) { return search.change < change; };
      if (Clock::now() >= deadline) {
        std::erase_if(kept_, kept_older);
        for (auto& search : running_) {
          if (searches_older(search)) search.expired.cancel();
        }
      }
      if (std::none_of(kept_.begin(), kept_.end(), kept_older) &&
          std::none_of(running_.begin(), running_.end(), searches_older)) {
        return;
      }
    }
    std::this_thread::sleep_for(between_looks);
  }
}

KeptStates::Search::Search(KeptStates& states) : states_(states) {
  const std::lock_guard lock(states_.guard_);
  place_ = states_.running_.emplace(states_.running_.end());
}

KeptStates::Search::~Search() {
  const std::lock_guard lock(states_.guard_);
  states_.running_.erase(place_);
}

void KeptStates::Search::on(std::uint64_t change) {
  const std::lock_guard lock(states_.guard_);
  place_->change = change;
}

}  // namespace koinon::engine
