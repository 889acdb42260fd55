// SPDX-License-Identifier: Apache-2.0
//
// The thesaurus: a concept with what is near it, and what became of the user's own files.
#include "commands.hpp"
#include "labels.hpp"

namespace koinon::command {

namespace {

std::string links_text(const Context& context, const char* title, const Json& links) {
  if (links.empty()) return {};
  std::string text = context.style.bold(title) + "\n";
  for (const Json& link : links)
    text += "  " + plain(with_code(link.value("label", ""), link.value("uri", ""))) + "\n";
  return text;
}

std::string file_text(const Context& context, const Json& file) {
  const auto number = [&](const char* name) { return file.value(name, std::uint64_t{0}); };
  std::string text = context.style.bold(plain(file.value("path", ""))) + "  " +
                     counted(number("concepts"), "concept") + ", " +
                     counted(number("labels"), "label");
  if (number("deprecated") > 0) text += ", " + grouped(number("deprecated")) + " out of use";
  return text + "\n";
}

std::string problem_text(const Context& context, const Json& problem) {
  const std::string file = problem.value("file", "");
  const auto line = problem.value("line", std::uint64_t{0});
  const std::string about = problem.value("about", "");
  std::string where = file;
  if (line > 0) where += ":" + std::to_string(line);
  if (where.empty()) where = about;
  return "  " + plain(problem.value("code", "")) + "  " + context.style.dim(plain(where)) + "  " +
         plain(problem.value("message", "")) + "\n";
}

void show_thesaurus(const Context& context, const Json& report) {
  constexpr std::size_t most_shown = 20;
  const auto number = [&](const char* name) { return report.value(name, std::uint64_t{0}); };
  std::string text = counted(number("concepts"), "concept") +
                     (report.value("bundled", false)
                          ? ", EuroVoc and the glossary of social innovation among them\n"
                          : "\n");
  for (const Json& file : report["files"]) text += file_text(context, file);
  for (const Json& one : report["languages"]) {
    const auto concepts = one.value("concepts", std::uint64_t{0});
    text += "  " + padded(plain(one.value("language", "")), 5) + bar(concepts, number("own"), 20) +
            " " + grouped(concepts) + " of " + grouped(number("own")) + " have a label\n";
  }
  if (number("problem_count") > 0) text += counted(number("problem_count"), "problem") + "\n";
  std::size_t shown = 0;
  for (const Json& problem : report["problems"]) {
    if (++shown > most_shown) break;
    text += problem_text(context, problem);
  }
  if (number("problem_count") > most_shown) text += context.style.dim("more with --json") + "\n";
  const std::string not_kept = report.value("not_kept", "");
  if (!not_kept.empty()) text += "compiled anew at every opening: " + plain(not_kept) + "\n";
  print(text);
}

}  // namespace

int run_concept(const Context& context) {
  const std::string& uri = context.arguments.word(0);
  const std::string language = context.arguments.value("--language");
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_concept_json(catalogue.get(), string_of(uri), string_of(language), text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json entry = Json::parse(json);
  std::string text = context.style.bold(plain(entry.value("label", ""))) + "\n" +
                     context.style.dim(plain(entry.value("uri", ""))) + "\n";
  for (const Json& other : entry["other"]) text += "  " + plain(other.get<std::string>()) + "\n";
  text += links_text(context, "broader", entry["broader"]);
  text += links_text(context, "narrower", entry["narrower"]);
  text += links_text(context, "related", entry["related"]);
  print(text);
  return Done;
}

int run_thesaurus(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_thesaurus_json(catalogue.get(), text, error);
  });
  if (context.json) {
    print(json + "\n");
  } else {
    show_thesaurus(context, Json::parse(json));
  }
  return Done;
}

}  // namespace koinon::command
