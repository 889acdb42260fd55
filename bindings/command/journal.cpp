// SPDX-License-Identifier: Apache-2.0
//
// The journal: follow, history.
#include <array>
#include <ctime>

#include "commands.hpp"
#include "labels.hpp"

namespace koinon::command {

namespace {

std::string time_text(std::uint64_t milliseconds) {
  const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &utc);
  return text.data();
}

const char* what_text(std::int32_t what) {
  switch (what) {
    case KN_CHANGE_PUT:
      return "put";
    case KN_CHANGE_REMOVE:
      return "remove";
    case KN_CHANGE_ERASE:
      return "erase";
    case KN_CHANGE_VECTORS:
      return "vectors";
    default:
      return "?";
  }
}

std::string change_text(const kn_change& change) {
  const char* kind = kn_kind_name(change.kind);
  std::string text = padded(std::to_string(change.n), 9) + " " + time_text(change.at) + "  " +
                     padded(what_text(change.what), 7) +
                     padded(kind_label(kind != nullptr ? kind : ""), 15) +
                     padded(text_of(change.id), 28) + " v" + std::to_string(change.version);
  if (change.by.length > 0) text += "  by " + plain(text_of(change.by));
  return text + "\n";
}

void show_changes(const Context& context, const kn_changes* changes) {
  if (context.json) {
    print(make_text([&](kn_text** json, kn_error** error) {
            return kn_changes_json(changes, json, error);
          }) +
          "\n");
    return;
  }
  for (std::uint64_t i = 0; i < kn_changes_count(changes); ++i) {
    auto change = sized<kn_change>();
    call([&](kn_error** error) { return kn_changes_get(changes, i, &change, error); });
    print(change_text(change));
  }
}

}  // namespace

int run_follow(const Context& context) {
  const std::uint64_t after = context.arguments.number("--after", 0);
  const std::uint64_t limit = context.arguments.number("--limit", 1000);
  const CatalogueHandle catalogue = context.open();
  const auto changes = make<ChangesHandle>([&](kn_changes** made, kn_error** error) {
    return kn_follow(catalogue.get(), after, limit, made, error);
  });
  show_changes(context, changes.get());
  return Done;
}

int run_history(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  const auto changes = make<ChangesHandle>([&](kn_changes** made, kn_error** error) {
    return kn_history(catalogue.get(), id.data(), id.size(), made, error);
  });
  show_changes(context, changes.get());
  return Done;
}

}  // namespace koinon::command
