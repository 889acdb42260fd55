// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

void show_alerts(const Context& context, const Json& answer) {
  std::string text;
  for (const Json& alert : answer["alerts"]) {
    text += padded(std::to_string(alert.value("change", std::uint64_t{0})), 9) + " " +
            padded(alert.value("record", ""), 28) + " " + plain(alert.value("search", "")) + "\n";
  }
  if (text.empty()) text = "Nothing new.\n";
  const std::string change = std::to_string(answer.value("change", std::uint64_t{0}));
  const std::string file = shell_word(context.arguments.word(0));
  print(
      text +
      context.style.dim("\ngo on with: " + context.next("alerts " + file + " --after " + change)) +
      "\n");
}

}  // namespace

int run_alerts(const Context& context) {
  const std::string searches = read_input(context.arguments.word(0));
  const std::uint64_t after = context.arguments.number("--after", 0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string answer = make_text([&](kn_text** json, kn_error** error) {
    return kn_alerts(catalogue.get(), string_of(searches), after, work.task(), json, error);
  });
  work.clear_bar();
  if (context.json) {
    print(answer + "\n");
  } else {
    show_alerts(context, Json::parse(answer));
  }
  return Done;
}

}  // namespace koinon::command
