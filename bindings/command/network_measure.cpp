// SPDX-License-Identifier: Apache-2.0
//
// koinon network MEASURE
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>

#include "networks.hpp"
#include "told.hpp"

namespace koinon::command {

namespace {

bool by_groups(const std::string& measure) {
  return measure == "community" || measure == "component";
}

bool some_are_chosen(const Context& context) {
  return context.arguments.has("--show-country") || context.arguments.has("--show-kind");
}

// An option that only some measures take is refused for others.
void hold_to(const Context& context, const char* option, const std::string& measure,
             std::initializer_list<const char*> takers) {
  if (!context.arguments.has(option)) return;
  if (std::find(takers.begin(), takers.end(), measure) != takers.end()) return;
  std::string names;
  for (const char* taker : takers) names += (names.empty() ? "" : " and ") + std::string(taker);
  throw UsageError(std::string(option) + " is of " + names + ", not of " + plain(measure));
}

double real(const Context& context, const char* option, double otherwise) {
  if (!context.arguments.has(option)) return otherwise;
  return parse_real(context.arguments.value(option), option);
}

kn_measure_options options_of(const Context& context, const std::string& measure) {
  hold_to(context, "--damping", measure, {"pagerank"});
  hold_to(context, "--error", measure, {"betweenness", "pagerank"});
  hold_to(context, "--resolution", measure, {"community"});
  hold_to(context, "--seed", measure, {"betweenness", "community"});
  kn_measure_options options;
  kn_measure_options_init(&options, sizeof(options));
  options.damping = real(context, "--damping", options.damping);
  options.resolution = real(context, "--resolution", options.resolution);
  options.seed = context.arguments.number("--seed", options.seed);
  if (!context.arguments.has("--error")) return options;
  // One word for two options, so that their ranges are told here.
  const double error = real(context, "--error", 0);
  if (!(error > 0 && error < 1)) throw UsageError("--error wants a number between 0 and 1");
  (measure == "pagerank" ? options.tolerance : options.betweenness_error) = error;
  return options;
}

kn_network_organisation organisation_at(const kn_network* network, std::uint64_t number) {
  auto organisation = sized<kn_network_organisation>();
  call([&](kn_error** error) { return kn_network_get(network, number, &organisation, error); });
  return organisation;
}

std::string named(const Context& context, std::string_view name, std::string_view country,
                  std::string_view id) {
  const std::string place = country.empty() ? "" : plain(country) + ", ";
  return shortened(plain(name.empty() ? id : name), 60) + " " +
         context.style.dim("(" + place + plain(id) + ")");
}

// Numbers of the organisations that are to be shown.
std::vector<std::uint32_t> shown_of(const Context& context, const kn_network* network,
                                    std::uint64_t size) {
  std::vector<std::uint32_t> numbers(size);
  if (!some_are_chosen(context)) {
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
  }
  const Codes countries(context, "--show-country");
  const Codes kinds(context, "--show-kind");
  const kn_string* country_codes = nullptr;
  const kn_string* kind_codes = nullptr;
  std::uint64_t country_count = 0;
  std::uint64_t kind_count = 0;
  std::uint64_t found = 0;
  countries.into(country_codes, country_count);
  kinds.into(kind_codes, kind_count);
  call([&](kn_error** error) {
    return kn_network_of(network, country_codes, country_count, kind_codes, kind_count,
                         numbers.data(), numbers.size(), &found, error);
  });
  numbers.resize(found);
  return numbers;
}

// Those for which the measure is defined, the highest (or lowest) first.
std::vector<std::uint32_t> ranked(std::vector<std::uint32_t> numbers,
                                  const std::vector<double>& values, bool lowest) {
  numbers.erase(std::remove_if(numbers.begin(), numbers.end(),
                               [&](std::uint32_t number) { return std::isnan(values[number]); }),
                numbers.end());
  std::stable_sort(numbers.begin(), numbers.end(), [&](std::uint32_t a, std::uint32_t b) {
    return lowest ? values[a] < values[b] : values[a] > values[b];
  });
  return numbers;
}

std::string footnote(const Context& context, const std::string& measure, const Json& about) {
  std::string text;
  if (about.value("betweenness_error", 0.0) > 0) {
    text = "from " + grouped(about["betweenness_samples"].get<std::uint64_t>()) +
           " samples; off by " + shown_number(about["betweenness_error"].get<double>()) +
           " at most";
  } else if (measure == "betweenness") {
    text = "exact";
  } else if (measure == "community") {
    text = "modularity " + shown_number(about["modularity"].get<double>());
  }
  return text.empty() ? text : context.style.dim(text) + "\n";
}

void show_measure(const Context& context, const kn_network* network, const std::string& measure,
                  const std::vector<double>& values, const Json& about) {
  const bool lowest = context.arguments.has("--lowest") || by_groups(measure);
  const auto order = ranked(shown_of(context, network, values.size()), values, lowest);
  const std::size_t count =
      std::min<std::uint64_t>(context.arguments.number("--limit", 20), order.size());
  if (context.json) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      const auto one = organisation_at(network, order[i]);
      rows.push_back({{"id", text_of(one.id)},
                      {"name", text_of(one.name)},
                      {"country", text_of(one.country)},
                      {measure, values[order[i]]}});
    }
    print_json({{"measure", measure},
                {"change", about["change"]},
                {"about", about},
                {"organisations", std::move(rows)}});
    return;
  }
  std::string text = context.style.bold(measure) + " of " + counted(values.size(), "organisation") +
                     (some_are_chosen(context) ? ", " + grouped(order.size()) + " to show" : "") +
                     "\n";
  for (std::size_t i = 0; i < count; ++i) {
    const auto one = organisation_at(network, order[i]);
    text += padded(std::to_string(i + 1) + ".", 5) + padded(shown_number(values[order[i]]), 12) +
            named(context, text_of(one.name), text_of(one.country), text_of(one.id)) + "\n";
  }
  print(text + footnote(context, measure, about));
}

std::string group_text(const Context& context, const Json& group) {
  std::string text = counted(group["size"].get<std::uint64_t>(), "organisation");
  if (!group["inside"].is_null())
    text += ", " + shown_number(std::round(100 * group["inside"].get<double>())) +
            " % of their ties' strength inside";
  std::string countries;
  constexpr std::size_t most = 6;
  for (const Json& each : group["countries"]) {
    const std::string code = plain(each["country"].get<std::string>());
    countries += (countries.empty() ? "" : ", ") + (code.empty() ? "no country" : code) + " " +
                 grouped(each["organisations"].get<std::uint64_t>());
    if (&each == &group["countries"][std::min(most, group["countries"].size()) - 1]) break;
  }
  if (group["countries"].size() > most) countries += ", …";
  text += "; " + countries + "\n";
  for (const Json& member : group["members"]) {
    const auto told = [&](const char* name) { return member[name].get<std::string>(); };
    text += "     " + named(context, told("name"), told("country"), told("id")) + "\n";
  }
  return text;
}

// Communities or components, the largest first.
void show_groups(const Context& context, const kn_network* network, const std::string& measure,
                 Work& work) {
  if (context.arguments.has("--lowest"))
    throw UsageError("--lowest is not of " + measure + ": the largest are shown first");
  const kn_measure_options options = options_of(context, measure);
  Json found = Json::parse(make_text([&](kn_text** text, kn_error** error) {
    return kn_network_groups(network, measure.data(), measure.size(), &options,
                             context.arguments.number("--limit", 20),
                             context.arguments.number("--members", 3), work.task(), text, error);
  }));
  work.clear_bar();
  if (context.json) {
    found["measure"] = measure;
    print_json(found);
    return;
  }
  std::string text = context.style.bold(measure) + " of " +
                     counted(figures_of(network).organisations, "organisation") + ": " +
                     grouped(found["total"].get<std::uint64_t>()) + "\n";
  std::uint64_t rank = 0;
  for (const Json& group : found["groups"])
    text += padded(std::to_string(++rank) + ".", 5) + group_text(context, group);
  print(text + footnote(context, measure, found));
}

}  // namespace

int run_network(const Context& context) {
  const std::string& measure = context.arguments.word(0);
  const kn_measure_options options = options_of(context, measure);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const NetworkHandle network = network_of(context, catalogue.get(), work);
  if (by_groups(measure) && !some_are_chosen(context)) {
    show_groups(context, network.get(), measure, work);
    return Done;
  }
  std::vector<double> values(figures_of(network.get()).organisations);
  const std::string about = make_text([&](kn_text** text, kn_error** error) {
    return kn_network_measure(network.get(), measure.data(), measure.size(), &options, work.task(),
                              values.data(), values.size(), text, error);
  });
  work.clear_bar();
  show_measure(context, network.get(), measure, values, Json::parse(about));
  return Done;
}

}  // namespace koinon::command
