// SPDX-License-Identifier: Apache-2.0
//
// Two versions of a record side by side.
#include "commands.hpp"

namespace koinon::command {

namespace {

std::uint64_t version_word(const Arguments& given, std::size_t place) {
  return place < given.words().size() ? parse_number(given.word(place), "a version") : 0;
}

// The two texts as one: what went in [-…-], what came in {+…+}.
std::string woven(const Json& field) {
  const auto part = [](const std::string& what, std::string text) {
    text = plain(text);
    if (what == "same") return text;
    std::size_t end = text.find_last_not_of(' ');
    end = end == std::string::npos ? 0 : end + 1;
    const bool gone = what == "removed";
    return (gone ? "[-" : "{+") + text.substr(0, end) + (gone ? "-]" : "+}") + text.substr(end);
  };
  std::string text;
  for (const Json& run : field["words"]) text += part(run["what"], run["text"]);
  if (!text.empty()) return text;
  const std::string before = field.value("before", "");
  const std::string after = field.value("after", "");
  if (!before.empty()) text = part("removed", before);
  if (!after.empty()) text += (text.empty() ? "" : " ") + part("added", after);
  return text;
}

std::string version_text(const Json& version) {
  std::string text = "version " + std::to_string(version.value("version", std::uint64_t{0})) +
                     " of " + version.value("at", "");
  const std::string by = plain(version.value("by", ""));
  return by.empty() ? text : text + " by " + by;
}

}  // namespace

int run_differences(const Context& context) {
  const Arguments& given = context.arguments;
  const std::string& id = given.word(0);
  const std::uint64_t from = version_word(given, 1);
  const std::uint64_t to = version_word(given, 2);
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_differences(catalogue.get(), id.data(), id.size(), from, to, text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json told = Json::parse(json);
  std::string text = context.style.bold(id) + "\n  from " + version_text(told["from"]) +
                     "\n  to   " + version_text(told["to"]) + "\n\n";
  if (told["fields"].empty()) text += "they are the same\n";
  for (const Json& field : told["fields"]) {
    const std::string language = field.value("language", "");
    text += context.style.bold(plain(field.value("path", ""))) +
            (language.empty() ? "" : " (" + language + ")") + "\n" +
            paragraphs(woven(field), output_width() > 100 ? 100 : output_width(), "  ");
  }
  print(text);
  return Done;
}

}  // namespace koinon::command
