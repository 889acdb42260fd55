// SPDX-License-Identifier: Apache-2.0
//
// koinon: the catalogue from the command line. Built on the C API alone.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <sstream>
#include <string_view>

#include "commands.hpp"

namespace koinon::command {

namespace {

// Global options may stand before the command: everything up to its first word.
std::vector<std::string> leading_words(const std::vector<std::string>& given) {
  std::vector<std::string> leading;
  for (std::size_t i = 0; i < given.size() && leading.size() < 2; ++i) {
    const std::string& word = given[i];
    if (word.empty() || word[0] != '-' || word == "-") {
      leading.push_back(word);
    } else if (word == "--catalogue" || word == "--thesaurus") {
      ++i;
    } else if (!leading.empty()) {
      break;
    }
  }
  return leading;
}

[[noreturn]] void unknown_command(const std::vector<std::string>& leading) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  std::string parts;
  for (const std::string& name : names) {
    if (name.starts_with(leading[0] + " ")) {
      parts += (parts.empty() ? "" : ", ") + name.substr(leading[0].size() + 1);
    }
  }
  if (!parts.empty()) throw UsageError(leading[0] + " needs one of: " + parts);
  throw UsageError("there is no command " + leading[0] + suggestion(leading[0], names));
}

void check_words(const Command& command, const Arguments& arguments) {
  const std::size_t count = arguments.words().size();
  if (count < command.least) {
    throw UsageError(std::string(command.name) + " needs " + command.words);
  }
  if (count > command.most) {
    throw UsageError(std::string(command.name) + " cannot use \"" + arguments.word(command.most) +
                     "\"");
  }
}

OwnThesaurus own_thesaurus(const Arguments& arguments) {
  OwnThesaurus own;
  own.files = arguments.values("--thesaurus");
  if (const char* named = std::getenv("KOINON_THESAURUS"); own.files.empty() && named != nullptr) {
    std::istringstream list(named);
    for (std::string file; std::getline(list, file, ':');)
      if (!file.empty()) own.files.push_back(file);
  }
  const char* alone = std::getenv("KOINON_THESAURUS_ALONE");
  own.alone = arguments.has("--thesaurus-alone") ||
              (alone != nullptr && *alone != '\0' && std::string_view(alone) != "0");
  if (own.alone && own.files.empty())
    throw UsageError("--thesaurus-alone needs --thesaurus FILE, or the variable KOINON_THESAURUS");
  return own;
}

int run(const std::vector<std::string>& given, bool& json) {
  const std::vector<std::string> leading = leading_words(given);
  if (leading.empty()) {
    std::vector<Option> options = global_options();
    options.push_back({"--version", "", ""});
    const Arguments arguments = parse_arguments(given, options, false);
    json = arguments.has("--json");
    if (arguments.has("--version")) return run_version({{}, "", {}, json, Style(false)});
    if (!arguments.has("--help"))
      throw UsageError("say what to do: koinon help lists the commands");
    print(help_text());
    return Done;
  }
  std::size_t used = 0;
  const Command* command = find_command(leading, used);
  if (command == nullptr) unknown_command(leading);

  std::vector<Option> options = global_options();
  options.insert(options.end(), command->options.begin(), command->options.end());
  Context context;
  context.arguments = parse_arguments(given, options, command->dash_words);
  for (std::size_t i = 0; i < used; ++i) context.arguments.take_word();
  json = context.json = context.arguments.has("--json");
  context.style = output_style();
  if (context.arguments.has("--help")) {
    print(help_text(*command));
    return Done;
  }
  check_words(*command, context.arguments);
  context.catalogue = context.arguments.value("--catalogue");
  if (context.catalogue.empty()) {
    if (const char* named = std::getenv("KOINON_CATALOGUE")) context.catalogue = named;
  }
  if (command->needs_catalogue && context.catalogue.empty()) {
    throw UsageError("say which catalogue: --catalogue PATH, or the variable KOINON_CATALOGUE");
  }
  if (command->needs_catalogue) context.thesaurus = own_thesaurus(context.arguments);
  return command->run(context);
}

void tell(const Failure& failure, bool json) {
  std::string message = failure.what();
  for (const Json& violation : failure.violations()) {
    const std::string path = violation.value("path", "");
    message += "\n  " + (path.empty() ? "" : path + ": ") + violation.value("message", "");
  }
  complain(message);
  if (!json) return;
  const char* name = kn_code_name(failure.code());
  print_json({{"error",
               {{"code", failure.code()},
                {"name", name != nullptr ? name : ""},
                {"message", failure.what()},
                {"violations", failure.violations()}}}});
}

int run_and_tell(const std::vector<std::string>& given) {
  bool json = false;
  try {
    return run(given, json);
  } catch (const UsageError& error) {
    complain(error.what());
    return Usage;
  } catch (const Failure& failure) {
    tell(failure, json);
    return Failed;
  } catch (const std::exception& error) {
    complain(error.what());
    return Failed;
  }
}

}  // namespace

}  // namespace koinon::command

int main(int argc, char** argv) {
  using namespace koinon::command;
  const int code = run_and_tell(std::vector<std::string>(argv + 1, argv + argc));
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    complain(std::string("the output could not be written: ") + std::strerror(errno));
    return Failed;
  }
  return code;
}
