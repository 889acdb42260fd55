// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "commands.hpp"
#include "request.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string decimals(const char* format, double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

std::string flush_right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

std::string title_of(kn_catalogue* catalogue, const std::string& id, const std::string& language) {
  try {
    return record_title(get_record(catalogue, id)["record"], language);
  } catch (const Failure& failure) {
    if (failure.code() != KN_E_NOT_FOUND && failure.code() != KN_E_ERASED) throw;
    return {};
  }
}

std::string part_name(const Json& part) {
  const std::string sign =
      part.value("excluded", false) ? "-" : (part.value("required", false) ? "+" : "");
  const std::string language = part.value("language", "");
  return sign + part.value("what", "") + (language.empty() ? "" : " (" + language + ")");
}

constexpr std::size_t number_width = 7;
constexpr std::size_t bar_width = 20;

std::string share_text(double share) {
  constexpr double steps = 1000;
  const auto filled = static_cast<std::uint64_t>(std::lround(std::max(share, 0.0) * steps));
  return flush_right(decimals("%.0f %%", share * 100), number_width) + "  " +
         padded(bar(filled, static_cast<std::uint64_t>(steps), bar_width), bar_width);
}

// A record that is not in the answer has no score to share out.
std::string parts_text(const Context& context, const Json& parts, bool found) {
  constexpr std::size_t name_width = 40;
  std::vector<std::string> names;
  std::size_t width = width_of("part");
  for (const Json& part : parts) {
    names.push_back(shortened(part_name(part), name_width));
    width = std::max(width, width_of(names.back()));
  }
  std::string heading = "  " + padded("part", width) + flush_right("score", number_width + 2);
  if (found) heading += flush_right("share", number_width) + std::string(bar_width + 2, ' ');
  heading += flush_right("records", number_width + 2);
  std::string text = "\n" + context.style.dim(heading) + "\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Json& part = parts[i];
    text += "  " + padded(names[i], width) + "  ";
    if (part.value("matched", false)) {
      text += flush_right(decimals("%.2f", part.value("score", 0.0)), number_width) +
              (found ? share_text(part.value("share", 0.0)) : "") +
              flush_right(grouped(part.value("records", std::uint64_t{0})), number_width + 2) +
              "\n";
    } else {
      text += flush_right("–", number_width) + "  not in it\n";
    }
  }
  return text;
}

void show_explanation(const Context& context, const Json& explanation, const std::string& title) {
  const std::string id = explanation.value("id", "");
  std::string text = context.style.bold(plain(title.empty() ? id : title)) + "\n";
  if (!title.empty()) text += context.style.dim(plain(id)) + "\n";
  const bool found = explanation.value("found", false);
  if (found) {
    text += "in the answer, place " + grouped(explanation.value("rank", std::uint64_t{0})) +
            ", score " + decimals("%.2f", explanation.value("score", 0.0)) + "\n";
  } else {
    text += "not in the answer\n";
  }
  for (const Json& reason : explanation["reasons"]) {
    text +=
        "  " + plain(reason.value("code", "")) + ": " + plain(reason.value("message", "")) + "\n";
  }
  if (!explanation["parts"].empty()) text += parts_text(context, explanation["parts"], found);
  print(text);
}

}  // namespace

int run_explain(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const Request request = read_request(context.arguments, 1);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string answer = make_text([&](kn_text** json, kn_error** error) {
    return kn_explain(catalogue.get(), string_of(request.text), string_of(id), work.task(), json,
                      error);
  });
  work.clear_bar();
  if (context.json) {
    print(answer + "\n");
  } else {
    show_explanation(context, Json::parse(answer),
                     title_of(catalogue.get(), id, request.tree.value("language", "")));
  }
  return Done;
}

}  // namespace koinon::command
