// SPDX-License-Identifier: Apache-2.0
//
// Organisations to work with, each with what speaks for it.
#include <array>
#include <cstdio>
#include <string>

#include "labels.hpp"
#include "told.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string text_at(const Json& json, const char* name) {
  return json[name].get<std::string>();
}

std::string shown_number(double value, const char* format) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

// "Housing Together (NL, org-b)"
std::string named(const Context& context, const Json& organisation) {
  const std::string id = plain(text_at(organisation, "id"));
  const std::string name = text_at(organisation, "name");
  const std::string country = plain(text_at(organisation, "country"));
  return shortened(name.empty() ? id : name, 60) + " " +
         context.style.dim("(" + (country.empty() ? "" : country + ", ") + id + ")");
}

std::string joined_codes(const Json& codes) {
  std::string all;
  for (const Json& code : codes) all += (all.empty() ? "" : ", ") + plain(code.get<std::string>());
  return all;
}

// How often two countries or kinds meet, where that speaks the way that the reason does: beside it
// the model weighs whom the asked met before, and a ratio about 1 is no news.
std::string ratio(const Json& reason) {
  const auto lift = reason["lift"].get<double>();
  const bool in_favour = reason["contribution"].get<double>() > 0;
  if (in_favour ? lift < 1.05 : lift > 0.95) return {};
  return ", met " + shown_number(lift, "%.1f") + " times as often as by chance";
}

// What a reason says, for people: "3 records together", "joined by 12 organisations".
std::string sentence(const Json& reason) {
  const std::string code = text_at(reason, "code");
  const auto count = reason["count"].get<std::uint64_t>();
  const std::string codes = joined_codes(reason["codes"]);
  if (code == "shared-records") return counted(count, "record") + " together";
  if (code == "bridges") return counted(count, "partner") + " in common";
  if (code == "themes")
    return counted(count, "theme") + " in common" + (codes.empty() ? "" : ": " + codes);
  if (code == "country") return "country " + codes + ratio(reason);
  if (code == "kind") return labelled("organisation-kinds", codes, "en") + ratio(reason);
  if (code == "activity") return counted(count, "record") + " in all";
  if (code == "leads") return "has led " + counted(count, "record");
  return plain(code);
}

std::string reason_text(const Context& context, const Json& reason) {
  std::string text = "     " + shown_number(reason["contribution"].get<double>(), "%+.2f") + "  " +
                     sentence(reason) + "\n";
  for (const Json& work : reason["works"]) {
    const std::string title = text_at(work, "title");
    const std::string id = plain(text_at(work, "id"));
    text += "            " + shortened(title.empty() ? id : title, 60) + " " +
            context.style.dim("(" + id + ")") + "\n";
  }
  for (const Json& bridge : reason["bridges"])
    text += "            by " + named(context, bridge) + "\n";
  return text;
}

std::string exposure_text(const Json& countries) {
  std::string text = padded("country", 10) + padded("candidates", 12) + padded("named", 8) +
                     padded("passed over", 13) + "exposure\n";
  for (const Json& each : countries) {
    const std::string country = text_at(each, "country");
    text += padded(country.empty() ? "unknown" : country, 10) +
            padded(grouped(each["candidates"].get<std::uint64_t>()), 12) +
            padded(grouped(each["named"].get<std::uint64_t>()), 8) +
            padded(grouped(each["passed_over"].get<std::uint64_t>()), 13) +
            shown_number(100 * each["exposure"].get<double>(), "%.1f %%") + "\n";
  }
  return text;
}

std::string page(const Context& context, const Json& found) {
  std::string text;
  std::uint64_t rank = 0;
  for (const Json& each : found["recommendations"]) {
    text += padded(std::to_string(++rank) + ".", 5) + named(context, each) + " " +
            context.style.dim("score " + shown_number(each["score"].get<double>(), "%.2f")) + "\n";
    for (const Json& reason : each["reasons"]) text += reason_text(context, reason);
  }
  text += context.style.dim(counted(found["candidates"].get<std::uint64_t>(), "candidate") +
                            " ranked") +
          "\n";
  if (context.arguments.has("--exposure")) text += "\n" + exposure_text(found["countries"]);
  return text;
}

}  // namespace

int run_recommend(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const Arguments& given = context.arguments;
  kn_recommend_options options;
  kn_recommend_options_init(&options, sizeof(options));
  const Codes members(context, "--member");
  const Codes sought(context, "--about");
  const Codes countries(context, "--country");
  const Codes kinds(context, "--kind");
  const Codes themes(context, "--theme");
  const Codes exclude(context, "--exclude");
  members.into(options.members, options.member_count);
  sought.into(options.themes_sought, options.theme_sought_count);
  countries.into(options.countries, options.country_count);
  kinds.into(options.kinds, options.kind_count);
  themes.into(options.themes, options.theme_count);
  exclude.into(options.exclude, options.exclude_count);
  const std::string organisation = given.words().empty() ? std::string() : given.word(0);
  const std::string call_id = given.value("--call");
  const std::string replicate = given.value("--replicate");
  options.organisation = string_of(organisation);
  options.call = string_of(call_id);
  options.replicate = string_of(replicate);
  options.as_of = date_in(context, "--as-of");
  options.known = given.has("--known") ? 1 : 0;
  options.lead = given.has("--lead") ? 1 : 0;
  options.as_told = given.has("--as-told") ? 1 : 0;
  options.most_per_country = given.number("--most-per-country", options.most_per_country);
  options.limit = given.number("--limit", options.limit);
  options.works = given.number("--works", options.works);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_recommend(catalogue.get(), &options, work.task(), text, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : page(context, Json::parse(json)));
  return Done;
}

}  // namespace koinon::command
