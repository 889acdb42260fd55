// SPDX-License-Identifier: Apache-2.0
//
// Organisations to work with, each with what speaks for it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

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
  if (code == "capabilities")
    return "can do " + counted(count, "thing") + " sought" + (codes.empty() ? "" : ": " + codes);
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

// "12 kept out by the rules of the call: NO 9, CH 3"
std::string kept_out_text(const Json& found) {
  std::vector<std::pair<std::string, std::uint64_t>> countries;
  for (const Json& each : found["kept_out_by"]) {
    const std::string country = text_at(each, "country");
    auto at = std::find_if(countries.begin(), countries.end(),
                           [&](const auto& one) { return one.first == country; });
    if (at == countries.end()) at = countries.insert(at, {country, 0});
    at->second += each["count"].get<std::uint64_t>();
  }
  std::stable_sort(countries.begin(), countries.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& one : countries) {
    text += (text.empty() ? "" : ", ") + (one.first.empty() ? "unknown" : plain(one.first)) + " " +
            grouped(one.second);
  }
  return grouped(found["kept_out"].get<std::uint64_t>()) +
         " kept out by the rules of the call: " + text;
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
  if (found["kept_out"].get<std::uint64_t>() > 0)
    text += context.style.dim(kept_out_text(found)) + "\n";
  if (context.arguments.has("--exposure")) text += "\n" + exposure_text(found["countries"]);
  return text;
}

// What both commands take, for as long as the request is: what is sought, and who may be named.
class Sought {
 public:
  explicit Sought(const Context& context)
      : themes_sought_(context, "--about"),
        needs_(context, "--needs"),
        countries_(context, "--country"),
        kinds_(context, "--kind"),
        themes_(context, "--theme"),
        capabilities_(context, "--capability"),
        exclude_(context, "--exclude"),
        call_(context.arguments.value("--call")),
        as_of_(date_in(context, "--as-of")) {}

  kn_recommend_options options(const Arguments& given, std::uint64_t limit) const {
    kn_recommend_options options;
    kn_recommend_options_init(&options, sizeof(options));
    themes_sought_.into(options.themes_sought, options.theme_sought_count);
    needs_.into(options.capabilities_sought, options.capability_sought_count);
    countries_.into(options.countries, options.country_count);
    kinds_.into(options.kinds, options.kind_count);
    themes_.into(options.themes, options.theme_count);
    capabilities_.into(options.capabilities, options.capability_count);
    exclude_.into(options.exclude, options.exclude_count);
    options.call = string_of(call_);
    options.as_of = as_of_;
    options.known = given.has("--known") ? 1 : 0;
    options.as_told = given.has("--as-told") ? 1 : 0;
    options.most_per_country = given.number("--most-per-country", options.most_per_country);
    options.limit = given.number("--limit", limit);
    return options;
  }

 private:
  Codes themes_sought_;
  Codes needs_;
  Codes countries_;
  Codes kinds_;
  Codes themes_;
  Codes capabilities_;
  Codes exclude_;
  std::string call_;
  kn_date as_of_;
};

using TableHandle = Handle<kn_recommendations, kn_recommendations_free>;

// Ids by number.
std::vector<std::string> ids_of(const kn_recommendations* table, std::uint64_t count) {
  std::vector<std::string> ids;
  for (std::uint64_t number = 0; number < count; ++number) {
    auto organisation = sized<kn_network_organisation>();
    call([&](kn_error** error) {
      return kn_recommendations_get(table, number, &organisation, error);
    });
    ids.emplace_back(text_of(organisation.id));
  }
  return ids;
}

// Of each row its organisation, and its partners with their scores, as far as there are any.
template <class Show>
void each_row(const kn_recommendation_rows& rows, Show&& show) {
  constexpr std::uint32_t nobody = 0xFFFFFFFF;
  for (std::uint64_t row = 0; row < rows.row_count; ++row) {
    std::vector<std::pair<std::uint32_t, float>> partners;
    for (std::uint64_t i = row * rows.width; i < (row + 1) * rows.width; ++i) {
      if (rows.partners[i] != nobody) partners.emplace_back(rows.partners[i], rows.scores[i]);
    }
    show(rows.asked[row], partners);
  }
}

}  // namespace

int run_recommend_all(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const Sought sought(context);
  const Codes countries(context, "--of-country");
  const Codes kinds(context, "--of-kind");
  const Codes themes(context, "--of-theme");
  constexpr std::uint64_t limit = 50;
  const kn_recommend_options each = sought.options(context.arguments, limit);
  kn_recommend_all_options of;
  kn_recommend_all_options_init(&of, sizeof(of));
  std::vector<kn_string> organisations;
  for (const std::string& id : context.arguments.words()) organisations.push_back(string_of(id));
  of.organisations = organisations.data();
  of.organisation_count = organisations.size();
  countries.into(of.countries, of.country_count);
  kinds.into(of.kinds, of.kind_count);
  themes.into(of.themes, of.theme_count);
  Work work;
  const auto table = make<TableHandle>([&](kn_recommendations** made, kn_error** error) {
    return kn_recommend_all(catalogue.get(), &each, &of, work.task(), made, error);
  });
  work.clear_bar();
  auto rows = sized<kn_recommendation_rows>();
  call([&](kn_error** error) { return kn_recommendations_rows(table.get(), &rows, error); });
  const std::vector<std::string> ids = ids_of(table.get(), rows.organisation_count);
  if (!context.json) {
    print("organisation\trank\tpartner\tscore\n");
    each_row(rows, [&](std::uint32_t asked, const auto& partners) {
      std::string text;
      for (std::size_t i = 0; i < partners.size(); ++i) {
        text += plain(ids[asked]) + "\t" + std::to_string(i + 1) + "\t" +
                plain(ids[partners[i].first]) + "\t" +
                shown_number(double(partners[i].second), "%.4f") + "\n";
      }
      print(text);
    });
    return Done;
  }
  Json told = Json::array();
  each_row(rows, [&](std::uint32_t asked, const auto& partners) {
    Json named = Json::array();
    for (const auto& one : partners)
      named.push_back({{"id", ids[one.first]}, {"score", double(one.second)}});
    told.push_back({{"id", ids[asked]}, {"partners", std::move(named)}});
  });
  print_json({{"change", rows.change}, {"width", rows.width}, {"organisations", std::move(told)}});
  return Done;
}

int run_recommend(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const Arguments& given = context.arguments;
  const Sought sought(context);
  constexpr std::uint64_t limit = 20;
  kn_recommend_options options = sought.options(given, limit);
  const Codes members(context, "--member");
  members.into(options.members, options.member_count);
  const std::string organisation = given.words().empty() ? std::string() : given.word(0);
  const std::string replicate = given.value("--replicate");
  options.organisation = string_of(organisation);
  options.replicate = string_of(replicate);
  options.lead = given.has("--lead") ? 1 : 0;
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
