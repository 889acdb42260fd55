// SPDX-License-Identifier: Apache-2.0
//
// Export, backup; and taking records away.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::int32_t write_line(void*, const char* line, std::uint64_t length) {
  const auto size = static_cast<std::size_t>(length);
  const bool written =
      std::fwrite(line, 1, size, stdout) == size && std::fputc('\n', stdout) != EOF;
  return written ? 0 : 1;
}

void done(const Context& context, const Json& json, const std::string& text) {
  if (context.json) {
    print_json(json);
  } else {
    print(text + "\n");
  }
}

void write_options(kn_write_options& options, const std::string& by) {
  kn_write_options_init(&options, sizeof(options));
  options.by = string_of(by);
}

bool agreed(const std::string& id) {
  if (isatty(STDIN_FILENO) == 0) return true;
  std::fputs(("Erase " + plain(id) + " and its history for good? [y/N] ").c_str(), stderr);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

int run_export(const Context& context) {
  kn_export_options options;
  kn_export_options_init(&options, sizeof(options));
  options.history = context.arguments.has("--history") ? 1 : 0;
  const std::string file = context.arguments.words().empty() ? "-" : context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  std::uint64_t lines = 0;
  if (file == "-") {
    const auto to_output = [&](kn_error** error) {
      return kn_export_lines(catalogue.get(), &options, write_line, nullptr, work.task(), &lines,
                             error);
    };
    try {
      call(to_output);
    } catch (const Failure&) {
      if (std::ferror(stdout) == 0) throw;  // otherwise main tells
    }
    return Done;
  }
  call([&](kn_error** error) {
    return kn_export(catalogue.get(), file.data(), file.size(), &options, work.task(), &lines,
                     error);
  });
  work.clear_bar();
  done(context, {{"file", file}, {"lines", lines}}, counted(lines, "line") + " in " + plain(file));
  return Done;
}

int run_backup(const Context& context) {
  const std::string& file = context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  call([&](kn_error** error) {
    return kn_backup(catalogue.get(), file.data(), file.size(), work.task(), error);
  });
  work.clear_bar();
  done(context, {{"file", file}}, "copied to " + plain(file));
  return Done;
}

int run_remove(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const std::string by = context.arguments.value("--by");
  kn_write_options options;
  write_options(options, by);
  const CatalogueHandle catalogue = context.open(Use::Write);
  call([&](kn_error** error) {
    return kn_remove(catalogue.get(), id.data(), id.size(), &options, error);
  });
  done(context, {{"id", id}, {"removed", true}},
       plain(id) + " is removed; its history stays: " + context.next("history " + shell_word(id)));
  return Done;
}

int run_erase(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const std::string by = context.arguments.value("--by");
  kn_write_options options;
  write_options(options, by);
  const CatalogueHandle catalogue = context.open(Use::Write);
  if (!context.arguments.has("--yes") && !agreed(id)) {
    complain("nothing was erased");
    return Failed;
  }
  Work work;
  call([&](kn_error** error) {
    return kn_erase(catalogue.get(), id.data(), id.size(), &options, work.task(), error);
  });
  work.clear_bar();
  done(context, {{"id", id}, {"erased", true}},
       plain(id) + " is erased. Backups and exports made earlier still hold it.");
  return Done;
}

}  // namespace koinon::command
