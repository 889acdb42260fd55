// SPDX-License-Identifier: Apache-2.0
#include "bids.hpp"
#include "work.hpp"

namespace koinon::command {

int run_eligibility(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  Json request = request_file(context);
  if (!given.words().empty()) request["call"] = given.word(0);
  for (const std::string& text : given.values("--member"))
    request["members"].push_back(member_of(catalogue.get(), text));
  for (const std::string& text : given.values("--other"))
    request["members"].push_back(other_member(text));
  for (const std::string& text : given.values("--document")) request["documents"].push_back(text);
  if (given.has("--eu-share")) request["eu_share"] = given.value("--eu-share");
  if (given.has("--on")) request["on"] = given.value("--on");
  if (given.has("--as-told")) request["as_told"] = true;
  const std::string asked = request.dump(-1, ' ', false, Json::error_handler_t::replace);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_check_eligibility(catalogue.get(), asked.data(), asked.size(), work.task(), text,
                                error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json report = Json::parse(json);
  const std::string title = report["title"].get<std::string>();
  std::string text = title.empty() ? "" : context.style.bold(shortened(title, 100)) + "\n";
  text += verdict_text(report) + "\n\n" + findings_text(context.style, report);
  print(text);
  return Done;
}

}  // namespace koinon::command
