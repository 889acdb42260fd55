// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

namespace koinon::command {

namespace {

std::string usage_of(const Command& command) {
  std::string usage = command.name;
  if (command.words[0] != '\0') usage += std::string(" ") + command.words;
  return usage;
}

std::string options_text(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) {
    std::string name = option.name;
    if (option.value[0] != '\0') name += std::string(" ") + option.value;
    if (name.size() > 24) {
      text += "  " + name + "\n" + std::string(28, ' ');
    } else {
      text += "  " + padded(name, 26);
    }
    text += std::string(option.help) + "\n";
  }
  return text;
}

}  // namespace

std::string help_text() {
  std::string text =
      "koinon: a catalogue of social innovation in one file\n\n"
      "  koinon --catalogue social.koinon import projects.csv\n"
      "  koinon --catalogue social.koinon search \"homeless youth\"\n\nCommands\n";
  for (const Command& command : commands()) {
    text += "  " + padded(usage_of(command), 28) + command.summary + "\n";
  }
  text += "\nEverywhere\n" + options_text(global_options());
  text +=
      "\nExit codes: 0 done, also with rows in quarantine; 1 failed; 2 wrong use; 3 rows in "
      "quarantine\n"
      "under --strict. koinon help COMMAND tells more.\n";
  return text;
}

std::string help_text(const Command& command) {
  std::string text = "koinon " + usage_of(command) + "\n\n" + command.summary + ".\n";
  if (command.details[0] != '\0') text += std::string("\n") + command.details + "\n";
  if (!command.options.empty()) text += "\nOptions\n" + options_text(command.options);
  return text + "\nEverywhere\n" + options_text(global_options());
}

int run_help(const Context& context) {
  const auto& words = context.arguments.words();
  if (words.empty()) {
    print(help_text());
    return Done;
  }
  std::size_t used = 0;
  if (const Command* command = find_command(words, used);
      command != nullptr && used == words.size()) {
    print(help_text(*command));
    return Done;
  }
  std::string found;
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    names.emplace_back(command.name);
    if (std::string(command.name).starts_with(words[0] + " ")) {
      found += (found.empty() ? "" : "\n") + help_text(command);
    }
  }
  if (found.empty() || words.size() > 1) {
    throw UsageError("there is no command " + words[0] + suggestion(words[0], names));
  }
  print(found);
  return Done;
}

}  // namespace koinon::command
