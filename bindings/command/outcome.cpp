// SPDX-License-Identifier: Apache-2.0
#include "answers.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string records_text(const Context& context, const char* title, const Json& records) {
  if (records.empty()) return {};
  std::string text = context.style.bold(title) + "\n";
  for (const Json& record : records) {
    const std::string countries = plain_list(record["countries"]);
    text += "  " + titled(context, record) + (countries.empty() ? "" : ", " + countries) + "\n";
  }
  return text;
}

std::string outcome_text(const Context& context, const Json& outcome) {
  std::string text = context.style.bold(titled(context, outcome)) + "\n";
  for (const Json& each : outcome["bids"]) {
    const std::string state = plain_at(each, "code");
    text += "  " + counted(each["count"].get<std::uint64_t>(), "bid") + " " +
            (state.empty() ? "without a state" : label("bid-states", state, "en")) + "\n";
  }
  for (const Json& each : outcome["awarded"]) {
    text += "  " +
            (each["amount"].is_null() ? "more than 64 bits hold" : plain_at(each, "amount")) + " " +
            plain_at(each, "currency") + " in " +
            counted(each["awards"].get<std::uint64_t>(), "award") + "\n";
  }
  text += records_text(context, "Projects", outcome["projects"]);
  text += records_text(context, "Initiatives", outcome["initiatives"]);
  text += records_text(context, "Cases", outcome["cases"]);
  text += records_text(context, "Taken over", outcome["uptakes"]);
  const std::string countries = plain_list(outcome["countries"]);
  const std::string reached = plain_list(outcome["reached"]);
  text += "Replicated by " + counted(outcome["replicas"].size(), "initiative") + "\n";
  if (!countries.empty()) text += "In " + countries + "\n";
  if (!reached.empty()) text += "By replication also in " + reached + "\n";
  for (const Json& each : outcome["costs"]) {
    text += plain_at(each, "amount") + " " + plain_at(each, "currency") + " for each " +
            kind_label(plain_at(each, "result")) + " (" +
            std::to_string(each["results"].get<std::uint64_t>()) + ")\n";
  }
  return text;
}

}  // namespace

int run_outcome(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_outcome(catalogue.get(), id.data(), id.size(), work.task(), text, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : outcome_text(context, Json::parse(json)));
  return Done;
}

}  // namespace koinon::command
