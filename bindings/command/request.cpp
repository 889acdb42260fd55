// SPDX-License-Identifier: Apache-2.0
#include "request.hpp"

#include <algorithm>

#include "commands.hpp"

namespace koinon::command {

namespace {

void check_field(const std::string& field, int32_t (*fields)(kn_text**, kn_error**)) {
  const auto known = Json::parse(make_text(fields)).get<std::vector<std::string>>();
  if (std::find(known.begin(), known.end(), field) != known.end()) return;
  throw UsageError("there is no field " + field + suggestion(field, known) +
                   " (koinon help search lists them)");
}

Json parse_filter(const std::string& option, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    throw UsageError(option + " needs FIELD=CODE, such as country=FI, not \"" + text + "\"");
  }
  const std::string field = text.substr(0, equals);
  const auto codes = split(std::string_view(text).substr(equals + 1), ',');
  check_field(field, kn_facet_fields);
  if (codes.empty()) throw UsageError(option + " " + text + " names no code");
  return {{"field", field}, {"any_of", codes}};
}

void set_filters(const Arguments& given, Json& tree) {
  Json filters = Json::array();
  for (const std::string& text : given.values("--filter")) {
    filters.push_back(parse_filter("--filter", text));
  }
  for (const std::string& text : given.values("--exclude")) {
    filters.push_back(parse_filter("--exclude", text));
    filters.back()["exclude"] = true;
  }
  if (!filters.empty()) tree["filters"] = std::move(filters);
}

void set_facets(const Arguments& given, Json& tree) {
  if (!given.has("--facet")) return;
  std::vector<std::string> facets;
  for (const std::string& list : given.values("--facet")) {
    for (std::string& field : split(list, ',')) {
      check_field(field, kn_facet_fields);
      facets.push_back(std::move(field));
    }
  }
  tree["facets"] = facets;
}

void set_order(const Arguments& given, Json& tree) {
  if (given.has("--sort")) {
    check_field(given.value("--sort"), kn_number_fields);
    tree["sort"] = given.value("--sort");
  }
  if (given.has("--rising")) {
    if (!tree.contains("sort")) throw UsageError("--rising needs --sort FIELD");
    tree["rising"] = true;
  }
  if (given.has("--group") && given.has("--merged"))
    throw UsageError("--group and --merged do not go together");
  if (given.has("--group")) tree["group_by"] = "initiative";
  if (given.has("--merged")) tree["group_by"] = "organisation";
}

void set_options(const Arguments& given, Json& tree) {
  if (given.has("--language")) tree["language"] = given.value("--language");
  if (given.has("--like")) tree["query"] = {{"like", given.value("--like")}};
  set_filters(given, tree);
  set_facets(given, tree);
  set_order(given, tree);
  if (given.has("--multi-select")) tree["multi_select"] = true;
  if (given.has("--all-states")) tree["unpublished"] = true;
  if (given.has("--limit")) tree["limit"] = given.number("--limit", 0);
  if (given.has("--offset")) tree["offset"] = given.number("--offset", 0);
  if (given.has("--deadline")) {
    tree["deadline_seconds"] = parse_seconds(given.value("--deadline"), "--deadline");
  }
}

// Deeper than any request, and no danger to who writes it out again.
constexpr int deepest_json = 256;

}  // namespace

bool parse_object(const std::string& text, Json& tree) {
  bool too_deep = false;
  const auto look = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > deepest_json;
    return !too_deep;
  };
  Json parsed = Json::parse(text, look, false);
  if (too_deep || !parsed.is_object()) return false;
  tree = std::move(parsed);
  return true;
}

Request read_request(const Arguments& given, std::size_t first) {
  Request request;
  if (given.has("--request")) {
    request.text = read_input(given.value("--request"));
    // Where it is no object the library says what is wrong with it.
    if (!parse_object(request.text, request.tree)) return request;
  }
  std::string question;
  for (std::size_t i = first; i < given.words().size(); ++i) {
    question += (question.empty() ? "" : " ") + given.word(i);
  }
  if (!question.empty()) request.tree["text"] = question;
  set_options(given, request.tree);
  try {
    request.text = request.tree.dump();
  } catch (const Json::type_error&) {
    throw Failure(KN_E_INVALID_UTF8, "the question is not UTF-8");
  }
  return request;
}

}  // namespace koinon::command
