// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

// "state=published,stale" as a condition.
void add_condition(Json& request, const std::string& text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string::npos || sign == 0)
    throw UsageError("--only wants DIMENSION=CODE[,CODE], not \"" + text + "\"");
  Json codes = Json::array();
  for (std::size_t from = sign + 1; from <= text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    codes.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  request["only"][text.substr(0, sign)] = std::move(codes);
}

}  // namespace

int run_report(const Context& context) {
  const Arguments& given = context.arguments;
  Json request = {{"of", given.word(0)}, {"by", Json::array()}};
  for (std::size_t i = 1; i < given.words().size(); ++i) request["by"].push_back(given.word(i));
  for (const std::string& text : given.values("--only")) add_condition(request, text);
  if (given.has("--from")) request["period"]["from"] = given.value("--from");
  if (given.has("--until")) request["period"]["to"] = given.value("--until");
  if (given.has("--language")) request["language"] = given.value("--language");
  if (given.has("--change")) request["change"] = given.number("--change", 0);
  const std::string asked = request.dump(-1, ' ', false, Json::error_handler_t::replace);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string text = make_text([&](kn_text** made, kn_error** error) {
    const auto draw = context.json ? kn_report : kn_report_page;
    return draw(catalogue.get(), asked.data(), asked.size(), work.task(), made, error);
  });
  work.clear_bar();
  print(context.json ? text + "\n" : text);
  return Done;
}

}  // namespace koinon::command
