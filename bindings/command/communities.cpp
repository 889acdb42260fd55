// SPDX-License-Identifier: Apache-2.0
//
// Communities of practice, who has solved something before, peers, and competence centres.
#include "answers.hpp"
#include "labels.hpp"
#include "told.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string counts_text(const Json& counts) {
  std::string text;
  for (const Json& each : counts) {
    text += (text.empty() ? "" : ", ") + plain_at(each, "code") + " " +
            grouped(each["count"].get<std::uint64_t>());
  }
  return text;
}

std::string countries_text(std::size_t number) {
  return grouped(number) + (number == 1 ? " country" : " countries");
}

std::string member_text(const Json& member) {
  const std::string span = span_text(member["period"]);
  return "  " + padded(shortened(plain_at(member, "name"), 48), 50) +
         padded(plain_at(member, "country"), 4) + padded(plain_at(member, "role"), 14) + span +
         "\n";
}

std::string activity_text(const Json& report) {
  std::string text;
  for (const Json& each : report["periods"]) {
    const std::string label = plain_at(each, "period");
    const std::string kinds = counts_text(each["exchanges"]);
    text += "  " + padded(label.empty() ? "undated" : label, 10) +
            (kinds.empty() ? "no exchange" : kinds) + "; " +
            counted(each["contributions"].get<std::uint64_t>(), "contribution") + "; " +
            counted(each["organisations"].size(), "organisation") + "; " +
            plain_list(each["countries"]) + "\n";
  }
  return text;
}

kn_community_options over_time(const Context& context, const std::string& by) {
  kn_community_options options;
  kn_community_options_init(&options, sizeof(options));
  options.as_of = date_in(context, "--as-of");
  options.from = date_in(context, "--since");
  options.to = date_in(context, "--until");
  if (!by.empty()) options.by = string_of(by);
  return options;
}

std::string works_text(const Json& works, const std::string& indent) {
  std::string text;
  for (const Json& work : works) {
    const std::string roles = plain_list(work["roles"]);
    text += indent + shortened(plain_at(work, "title"), 60) + " (" + plain_at(work, "id") +
            (roles.empty() ? "" : ", " + roles) + ") " + real_text(work["score"]) + "\n";
    for (const Json& reason : work["reasons"]) {
      const std::string what = plain_list(reason["what"]);
      if (!what.empty())
        text += indent + "  " + plain_at(reason, "code") + ": " + shortened(what, 70) + "\n";
    }
  }
  return text;
}

std::string solved_text(const Context& context, const Json& answer) {
  std::string text;
  for (const Json& each : answer["organisations"]) {
    const std::string country = plain_at(each, "country");
    text += titled(context, each, "name") + (country.empty() ? "" : ", " + country) +
            (each["authority"].get<bool>() ? ", authority" : "") + "\n" +
            works_text(each["works"], "    ");
  }
  if (!answer["cases"].empty()) text += "cases\n" + works_text(answer["cases"], "    ");
  if (!answer["methods"].empty()) text += "methods\n" + works_text(answer["methods"], "    ");
  return text +
         context.style.dim(counted(answer["considered"].get<std::uint64_t>(), "record") +
                           " considered") +
         "\n";
}

std::string peers_text(const Context& context, const Json& answer) {
  std::string text;
  for (const Json& pair : answer["pairs"]) {
    const std::string back = plain_list(pair["back"]);
    const std::string spoken = plain_list(pair["languages"]);
    text += shortened(plain_at(pair, "giver_name"), 40) + " -> " +
            shortened(plain_at(pair, "taker_name"), 40) + "\n    " + plain_list(pair["themes"]) +
            (back.empty() ? "" : "; back " + back) + (spoken.empty() ? "" : "; in " + spoken) +
            "; worth " + real_text(pair["weight"], "%g") + "\n";
  }
  for (const Json& each : answer["unpaired"])
    text += "no pair: " + titled(context, each, "name") + ", " + plain_at(each, "why") + "\n";
  return text +
         context.style.dim(counted(answer["pairs"].size(), "pair") + " of " +
                           grouped(answer["possible"].get<std::uint64_t>()) + " possible, worth " +
                           real_text(answer["weight"], "%g")) +
         "\n";
}

std::string centre_line(const Context& context, const Json& centre) {
  const std::string span = span_text(centre["period"]);
  return titled(context, centre) + (span.empty() ? "" : ", " + span) + "\n  " +
         plain_list(centre["countries"]) + "\n";
}

std::string centres_text(const Context& context, const Json& answer) {
  std::string text;
  for (const Json& centre : answer["centres"]) text += centre_line(context, centre);
  const auto line = [&](const char* what, const std::string& countries) {
    if (!countries.empty()) text += std::string(what) + ": " + countries + "\n";
  };
  std::string beyond;
  for (const Json& each : answer["beyond"])
    beyond += (beyond.empty() ? "" : ", ") + plain_at(each, "country");
  line("not covered", plain_list(answer["uncovered"]));
  line("more than once", plain_list(answer["more_than_once"]));
  line(("beyond " + plain_at(answer, "group")).c_str(), beyond);
  return text +
         context.style.dim(counted(answer["centres"].size(), "centre") + ", " +
                           countries_text(answer["covered"].size()) + " of " +
                           plain_at(answer, "group") + " covered") +
         "\n";
}

std::string centre_text(const Context& context, const Json& report) {
  const Json& centre = report["centre"];
  std::string text = centre_line(context, centre);
  for (const Json& member : centre["members"]) text += member_text(member);
  for (const Json& service : report["services"]) {
    text += "service: " + label("service-kinds", plain_at(service, "kind"), "en") + " " +
            plain_list(service["themes"]) + "\n";
  }
  for (const Json& offer : report["offers"]) {
    text += plain_at(offer, "side") + ": " + plain_list(offer["themes"]) + " (" +
            plain_at(offer, "of") + ")\n";
  }
  for (const Json& each : report["mentoring"])
    text += "mentoring: " + plain_at(each, "from_name") + " -> " + plain_at(each, "to_name") + "\n";
  for (const Json& series : report["indicators"]) {
    text += plain_at(series, "indicator") + ":";
    for (const Json& value : series["values"])
      text += " " + plain_at(value["period"], "from") + " " + real_text(value["value"], "%g") + ";";
    text += "\n";
  }
  const std::string successors = plain_list(report["successors"]);
  if (!successors.empty()) text += "successor: " + successors + "\n";
  return text + activity_text(report["exchanges"]);
}

}  // namespace

int run_community(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const std::string by = context.arguments.value("--by");
  const kn_community_options options = over_time(context, by);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_community(catalogue.get(), id.data(), id.size(), &options, work.task(), text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json report = Json::parse(json);
  std::string text = context.style.bold(titled(context, report)) + "\n" +
                     counted(report["members"].size(), "member") + " of " +
                     countries_text(report["countries"].size()) + "\n";
  for (const Json& member : report["members"]) text += member_text(member);
  print(text + activity_text(report));
  return Done;
}

int run_who_solved(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  kn_solved_options options;
  kn_solved_options_init(&options, sizeof(options));
  std::string text;
  for (const std::string& word : given.words()) text += (text.empty() ? "" : " ") + word;
  const Codes themes(context, "--theme");
  const Codes groups(context, "--target-group");
  const Codes countries(context, "--country");
  themes.into(options.themes, options.theme_count);
  groups.into(options.target_groups, options.target_group_count);
  countries.into(options.countries, options.country_count);
  const std::string language = given.value("--language");
  options.text = string_of(text);
  options.language = string_of(language);
  options.authorities = given.has("--authorities") ? 1 : 0;
  options.limit = given.number("--limit", options.limit);
  options.works = given.number("--works", options.works);
  Work work;
  const std::string json = make_text([&](kn_text** told, kn_error** error) {
    return kn_who_solved(catalogue.get(), &options, work.task(), told, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : solved_text(context, Json::parse(json)));
  return Done;
}

int run_peers(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  kn_peers_options options;
  kn_peers_options_init(&options, sizeof(options));
  std::vector<kn_string> organisations;
  for (const std::string& id : given.words()) organisations.push_back(string_of(id));
  options.organisations = organisations.data();
  options.organisation_count = organisations.size();
  const Codes themes(context, "--theme");
  themes.into(options.themes, options.theme_count);
  options.as_of = date_in(context, "--as-of");
  options.most_given = given.number("--most-given", options.most_given);
  options.most_taken = given.number("--most-taken", options.most_taken);
  const auto weight = [&](const char* option, double& into) {
    if (given.has(option)) into = parse_real(given.value(option), option);
  };
  weight("--theme-weight", options.theme_weight);
  weight("--back-weight", options.back_weight);
  weight("--language-weight", options.language_weight);
  options.balanced = given.has("--worthiest") ? 0 : 1;
  options.across_borders = given.has("--same-country") ? 0 : 1;
  options.common_language = given.has("--any-language") ? 0 : 1;
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_peers(catalogue.get(), &options, work.task(), text, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : peers_text(context, Json::parse(json)));
  return Done;
}

int run_centres(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  kn_centres_options options;
  kn_centres_options_init(&options, sizeof(options));
  options.as_of = date_in(context, "--as-of");
  const std::string group = context.arguments.value("--group");
  if (!group.empty()) options.group = string_of(group);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_centres(catalogue.get(), &options, text, error);
  });
  print(context.json ? json + "\n" : centres_text(context, Json::parse(json)));
  return Done;
}

int run_centre(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const std::string by = context.arguments.value("--by");
  const kn_community_options options = over_time(context, by);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_centre(catalogue.get(), id.data(), id.size(), &options, work.task(), text, error);
  });
  print(context.json ? json + "\n" : centre_text(context, Json::parse(json)));
  return Done;
}

}  // namespace koinon::command
