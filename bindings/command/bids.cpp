// SPDX-License-Identifier: Apache-2.0
#include "bids.hpp"

#include <set>

namespace koinon::command {

namespace {

bool is_record(kn_catalogue* catalogue, const std::string& id) {
  kn_text* json = nullptr;
  const int32_t code = kn_get_json(catalogue, id.data(), id.size(), 0, &json, nullptr);
  kn_text_free(json);
  return code == KN_OK || code == KN_E_ERASED;
}

std::string counted_rules(std::size_t number, const char* one, const char* many) {
  return std::to_string(number) + (number == 1 ? one : many);
}

std::string state_mark(const std::string& state) {
  if (state == "passes") return "passes";
  return state == "fails" ? "FAILS" : "cannot be told";
}

}  // namespace

Json member_of(kn_catalogue* catalogue, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || is_record(catalogue, text)) return {{"organisation", text}};
  const auto roles = split(std::string_view(text).substr(colon + 1), ',');
  return {{"organisation", text.substr(0, colon)}, {"roles", roles}};
}

Json other_member(const std::string& text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3)
    throw UsageError("--other needs NAME:COUNTRY or NAME:COUNTRY:ROLE, not \"" + plain(text) +
                     "\"");
  Json member = {{"name", parts[0]}, {"country", parts[1]}};
  if (parts.size() == 3) member["roles"] = split(parts[2], ',');
  return member;
}

// Of a name that an object has twice a parser keeps one: the other would be lost.
class Once {
 public:
  explicit Once(std::string file) : file_(std::move(file)) {}

  bool operator()(int, Json::parse_event_t event, Json& name) {
    if (event == Json::parse_event_t::object_start) names_.emplace_back();
    if (event == Json::parse_event_t::object_end) names_.pop_back();
    if (event == Json::parse_event_t::key && !names_.back().insert(name.get<std::string>()).second)
      throw UsageError(file_ + " tells \"" + plain(name.get<std::string>()) +
                       "\" twice in one object; leave one out");
    return true;
  }

 private:
  std::string file_;
  std::vector<std::set<std::string>> names_;
};

Json request_file(const Context& context) {
  if (!context.arguments.has("--request")) return Json::object();
  const std::string file = context.arguments.value("--request");
  const std::string text = read_input(file);
  try {
    Json request = Json::parse(text, Once(file));
    if (!request.is_object()) throw UsageError(file + " is no JSON object");
    return request;
  } catch (const Json::parse_error& error) {
    // The library's own words begin with a number of theirs: what follows has line and column.
    const std::string told = error.what();
    const std::size_t at = told.find("at line");
    throw UsageError(file + " is no JSON object" +
                     (at == std::string::npos ? "" : ": " + told.substr(at)));
  } catch (const Json::exception&) {
    throw UsageError(file + " is no JSON object: a number in it is past all range");
  }
}

std::string verdict_text(const Json& report) {
  std::size_t passes = 0;
  std::size_t fails = 0;
  std::size_t unknown = 0;
  for (const Json& finding : report["findings"]) {
    const auto& state = finding["state"];
    ++(state == "passes" ? passes : state == "fails" ? fails : unknown);
  }
  std::string text;
  if (fails > 0) text += counted_rules(fails, " rule fails", " rules fail");
  if (unknown > 0)
    text +=
        (text.empty() ? "" : ", ") + counted_rules(unknown, " cannot be told", " cannot be told");
  if (passes > 0) text += (text.empty() ? "" : ", ") + counted_rules(passes, " passes", " pass");
  return text.empty() ? "there are no rules" : text;
}

std::string findings_text(const Style& style, const Json& report) {
  const std::size_t width = output_width();
  std::string text;
  for (const Json& finding : report["findings"]) {
    const std::string state = finding["state"].get<std::string>();
    text += style.bold(padded(state_mark(state), 16)) +
            plain(finding["rule"]["kind"].get<std::string>()) + "\n";
    text += paragraphs(finding["reason"].get<std::string>(), width, "    ");
    const std::string advice = finding["advice"].get<std::string>();
    if (!advice.empty()) text += paragraphs("→ " + advice, width, "    ");
    const std::string legal = finding["rule"]["legal_text"].get<std::string>();
    if (!legal.empty())
      text += style.dim(paragraphs("“" + shortened(legal, 400) + "”", width, "    "));
  }
  for (const Json& conflict : report["conflicts"]) {
    std::string rules;
    for (const Json& place : conflict["rules"]) {
      rules += (rules.empty() ? "" : " and ") +
               report["findings"][place.get<std::size_t>()]["rule"]["kind"].get<std::string>();
    }
    text += style.bold("CONTRADICTION   ") + plain(rules) + "\n" +
            paragraphs(conflict["reason"].get<std::string>(), width, "    ");
  }
  return text;
}

}  // namespace koinon::command
