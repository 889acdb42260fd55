// SPDX-License-Identifier: Apache-2.0
//
// Lives of records: life-cycle, next-steps, move, advance-calls, check-design.
#include <chrono>
#include <cstdio>

#include "commands.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

// A day, which stands for its first moment, or an instant as JSON has them.
std::string instant_text(const std::string& told) {
  return told.size() == 10 ? told + "T00:00:00.000Z" : told;
}

std::int64_t milliseconds_of(const std::string& told) {
  using namespace std::chrono;
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int read = 0;
  const std::string text = instant_text(told);
  const int parts = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%n", &y, &m, &d, &hour,
                                &minute, &second, &read);
  const year_month_day date{year(y), month(m), day(d)};
  const bool whole = parts == 6 && (text.substr(static_cast<std::size_t>(read)) == "Z" ||
                                    text.substr(static_cast<std::size_t>(read)) == ".000Z");
  if (!whole || !date.ok() || hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 ||
      second < 0)
    throw UsageError(
        "--now needs a day such as 2026-03-31, or an instant such as "
        "2026-03-31T17:00:00Z");
  const auto at = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
  return duration_cast<milliseconds>(at.time_since_epoch()).count();
}

std::string text_of_member(const Json& json, const char* name) {
  return plain(json.value(name, ""));
}

std::string refusals_text(const Json& refusals, const std::string& indent) {
  std::string text;
  for (const Json& refusal : refusals) {
    text += paragraphs(refusal.value("reason", ""), 90, indent);
    text += paragraphs("→ " + refusal.value("help", ""), 90, indent);
  }
  return text;
}

std::string moved_text(const Json& moved) {
  std::string text = text_of_member(moved, "id") + "  " + text_of_member(moved, "from") + " → " +
                     text_of_member(moved, "to") + "  v" +
                     std::to_string(moved.value("version", std::uint64_t{0}));
  const std::string by = text_of_member(moved, "by");
  return text + (by.empty() ? "" : "  by " + by) + "\n";
}

}  // namespace

int run_life_cycle(const Context& context) {
  const Arguments& given = context.arguments;
  if (given.words().empty()) {
    const std::string names =
        make_text([](kn_text** text, kn_error** error) { return kn_life_cycles(text, error); });
    if (context.json) {
      print(names + "\n");
      return Done;
    }
    for (const Json& name : Json::parse(names)) print(name.get<std::string>() + "\n");
    return Done;
  }
  const std::string& name = given.word(0);
  if (given.has("--diagram")) {
    print(make_text([&](kn_text** text, kn_error** error) {
      return kn_life_cycle_diagram(name.data(), name.size(), text, error);
    }));
    return Done;
  }
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_life_cycle(name.data(), name.size(), text, error);
  });
  const Json table = Json::parse(json);
  if (context.json) {
    print_json(table);
    return Done;
  }
  std::string text = context.style.bold(table["title"].value("en", "")) + ", begins " +
                     table.value("initial", "") + "\n\n";
  for (const Json& edge : table["edges"]) {
    text += "  " + padded(edge.value("from", ""), 17) + "→ " + padded(edge.value("to", ""), 17) +
            edge["labels"].value("en", "");
    for (const Json& guard : edge["guards"])
      text += (guard == edge["guards"][0] ? "  if " : ", ") + guard.get<std::string>();
    if (!edge["asks"].empty()) text += "  with a " + edge["asks"][0].get<std::string>();
    text += "\n";
  }
  print(text);
  return Done;
}

int run_next_steps(const Context& context) {
  const Arguments& given = context.arguments;
  const std::string& id = given.word(0);
  const std::string by = given.value("--by");
  const std::string country = given.value("--country");
  const std::string language = given.value("--language");
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_next_steps(catalogue.get(), id.data(), id.size(), by.data(), by.size(),
                         country.data(), country.size(), language.data(), language.size(), text,
                         error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json next = Json::parse(json);
  std::string text = context.style.bold(id) + " is " +
                     label(next.value("states", ""), next.value("state", ""), language) + "\n\n";
  if (next["steps"].empty()) text += "no step leads on from there\n";
  for (const Json& step : next["steps"]) {
    text += std::string(step.value("allowed", false) ? "✓ " : "✗ ") +
            padded(step.value("to", ""), 17) + text_of_member(step, "label");
    if (!step["asks"].empty()) text += " (asks for a " + step["asks"][0].get<std::string>() + ")";
    text += "\n" + refusals_text(step["refusals"], "    ");
  }
  print(text);
  return Done;
}

int run_move(const Context& context) {
  const Arguments& given = context.arguments;
  Json request = {{"id", given.word(0)}, {"to", given.word(1)}};
  for (const char* field : {"by", "country", "reason"}) {
    const std::string option = std::string("--") + field;
    if (given.has(option)) request[field] = given.value(option);
  }
  if (given.has("--version")) request["expected_version"] = given.number("--version", 0);
  if (given.has("--at")) request["at"] = instant_text(given.value("--at"));
  const std::string asked = request.dump(-1, ' ', false, Json::error_handler_t::replace);
  const CatalogueHandle catalogue = context.open(Use::Write);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_transition(catalogue.get(), asked.data(), asked.size(), text, error);
  });
  print(context.json ? json + "\n" : moved_text(Json::parse(json)));
  return Done;
}

int run_advance_calls(const Context& context) {
  const Arguments& given = context.arguments;
  const std::int64_t now = given.has("--now") ? milliseconds_of(given.value("--now")) : 0;
  const CatalogueHandle catalogue = context.open(Use::Write);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_advance_calls(catalogue.get(), now, work.task(), text, error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json advanced = Json::parse(json);
  for (const Json& moved : advanced["moved"]) print(moved_text(moved));
  for (const Json& held : advanced["held"]) {
    print(text_of_member(held, "id") + "  not " + text_of_member(held, "to") + "\n" +
          refusals_text(held["refusals"], "    "));
  }
  if (advanced["moved"].empty() && advanced["held"].empty()) print("no call moved\n");
  return Done;
}

int run_check_design(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_check_design(catalogue.get(), id.data(), id.size(), text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json report = Json::parse(json);
  const auto level = [&](const char* name) {
    const std::string code = report.value(name, "");
    return code.empty() ? std::string("none") : labelled("maryland-scale", code, "en");
  };
  print(context.style.bold(id) + " claims " + level("claimed") + ", and reaches " +
        level("reachable") + " at most\n\n" +
        (report["findings"].empty() ? "the design is complete\n"
                                    : refusals_text(report["findings"], "")));
  return Done;
}

}  // namespace koinon::command
