// SPDX-License-Identifier: Apache-2.0
//
// The lineage of an initiative as a tree, and how long replication takes.
#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "labels.hpp"
#include "told.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string joined(const Json& texts, const char* between) {
  std::string all;
  for (const Json& text : texts) all += (all.empty() ? "" : between) + text.get<std::string>();
  return all;
}

std::string percent(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f %%", share * 100);
  return text.data();
}

std::string three_digits(const Json& number) {
  if (number.is_null()) return "-";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", number.get<double>());
  return text.data();
}

// ---- One lineage -------------------------------------------------------------------------------

class LineagePage {
 public:
  LineagePage(const Context& context, const Json& lineage)
      : style_(context.style),
        language_(context.arguments.value("--language")),
        lineage_(lineage),
        self_(lineage["initiative"]["id"].get<std::string>()) {
    add(lineage["initiative"]);
    for (const char* side : {"ancestors", "descendants"}) {
      for (const Json& initiative : lineage[side]) add(initiative);
    }
  }

  std::string text() {
    std::string page = style_.bold(named(self_)) + "\n";
    page += figures();
    if (!lineage_["ancestors"].empty()) {
      page += "\n" + style_.bold("Replicates") + "\n";
      for (const Json& replication : lineage_["replications"]) {
        if (replication["child"] == self_ || is_above(replication["child"]))
          page += "  " + named(replication["parent"]) + " → " + edge(replication) +
                  named(replication["child"]) + "\n" + detail(replication, "    ");
      }
    }
    if (!lineage_["descendants"].empty()) {
      page += "\n" + style_.bold("Replicated by") + "\n";
      page += branches(self_, "  ");
      page += "\n" + style_.bold("Generations") + "\n" + generations();
    }
    return page;
  }

 private:
  void add(const Json& initiative) { known_[initiative["id"].get<std::string>()] = initiative; }

  bool is_above(const Json& id) const {
    for (const Json& ancestor : lineage_["ancestors"]) {
      if (ancestor["id"] == id) return true;
    }
    return false;
  }

  std::string named(const std::string& id) const {
    const Json& initiative = known_.at(id);
    const std::string name = initiative["name"].get<std::string>();
    std::string more = plain(id);
    if (!initiative["countries"].empty())
      more += ", " + plain(joined(initiative["countries"], " "));
    if (!initiative["present"].get<bool>()) more += ", not in the catalogue";
    return (name.empty() ? "" : shortened(name, 60) + " ") + style_.dim("(" + more + ")");
  }

  std::string edge(const Json& replication) const {
    const std::string date = replication["date"].get<std::string>();
    const std::string kind = replication["kind"].get<std::string>();
    std::string text = date.empty() ? "undated" : date;
    if (!kind.empty()) text += ", " + plain(label("replication-kinds", kind, language_));
    return "[" + text + "] ";
  }

  // What else is told of a replication: changes, and how sure and faithful it is.
  std::string detail(const Json& replication, const std::string& indent) const {
    std::string text;
    const Json& changes = replication["changes"];
    if (!changes.empty()) text = changes[0]["text"].get<std::string>();
    std::string facts;
    for (const char* share : {"fidelity", "confidence"}) {
      if (!replication[share].is_null())
        facts += (facts.empty() ? "" : ", ") + std::string(share) + " " +
                 percent(replication[share].get<double>());
    }
    if (!facts.empty()) text += (text.empty() ? "" : " · ") + facts;
    return text.empty() ? "" : style_.dim(paragraphs(text, output_width(), indent));
  }

  std::string branches(const std::string& parent, const std::string& indent) {
    std::string text;
    std::vector<const Json*> edges;
    for (const Json& replication : lineage_["replications"]) {
      if (replication["parent"] == parent) edges.push_back(&replication);
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const Json& replication = *edges[i];
      const std::string child = replication["child"].get<std::string>();
      const bool last = i + 1 == edges.size();
      const std::string below = indent + (last ? "   " : "│  ");
      text += indent + (last ? "└─ " : "├─ ") + edge(replication) + named(child);
      // Who came over others as well stands there with what follows; nobody stands twice whole.
      const bool implied = replication["implied"].get<bool>();
      const bool again = !implied && !shown_.insert(child).second;
      if (implied) text += style_.dim(" also by way of others");
      if (again) text += style_.dim(" see above");
      text += "\n" + detail(replication, below);
      if (!implied && !again) text += branches(child, below);
    }
    return text;
  }

  std::string figures() const {
    const auto number = [&](const char* name) { return lineage_[name].get<std::uint64_t>(); };
    std::string text = counted(number("direct"), "direct replication") + ", " +
                       std::to_string(number("total")) + " in all, " +
                       counted(number("depth"), "generation") + " deep, in " +
                       std::to_string(lineage_["countries"].size()) +
                       (lineage_["countries"].size() == 1 ? " country\n" : " countries\n");
    const Json& ways = lineage_["partnerships"];
    if (!lineage_["along_partnership"].is_null()) {
      text += percent(lineage_["along_partnership"].get<double>()) +
              " went along an earlier partnership (" +
              std::to_string(ways["earlier"].get<std::uint64_t>()) + " did, " +
              std::to_string(ways["same"].get<std::uint64_t>()) + " within one organisation, " +
              std::to_string(ways["none"].get<std::uint64_t>()) + " did not, " +
              std::to_string(ways["unknown"].get<std::uint64_t>()) + " unknown)\n";
    }
    return text;
  }

  std::string generations() const {
    std::string text;
    for (const Json& each : lineage_["generations"]) {
      text += "  " + padded(std::to_string(each["generation"].get<std::uint64_t>()), 4) +
              padded(counted(each["initiatives"].get<std::uint64_t>(), "initiative"), 16);
      if (!each["new_countries"].empty())
        text += "new: " + plain(joined(each["new_countries"], " "));
      text += "\n";
    }
    return text;
  }

  Style style_;
  std::string language_;
  const Json& lineage_;
  std::string self_;
  std::map<std::string, Json> known_;
  std::set<std::string> shown_;
};

// ---- Times -------------------------------------------------------------------------------------

std::string left_out(const Json& times) {
  const std::array<std::pair<const char*, const char*>, 4> reasons = {
      {{"undated", "without a start"},
       {"undated_replications", "replicated at no known date"},
       {"later", "begun later"},
       {"contradictory", "replicated before their start"}}};
  std::string text;
  for (const auto& [name, words] : reasons) {
    const auto count = times[name].get<std::uint64_t>();
    if (count > 0) text += (text.empty() ? "" : ", ") + grouped(count) + " " + words;
  }
  return text.empty() ? "" : "Left out: " + text + "\n";
}

std::string times_text(const Context& context, const Json& times) {
  std::uint64_t replicated = 0;
  for (const Json& each : times["times"]) replicated += each["replicated"].get<bool>() ? 1 : 0;
  std::string text = counted(times["times"].size(), "initiative") + ", of which " +
                     grouped(replicated) + " were replicated by " +
                     plain(context.arguments.value("--as-of")) + "\n" + left_out(times);
  if (times["times"].empty()) return text;
  if (times["median"].is_null()) {
    text += "Fewer than half were replicated: no median\n";
  } else {
    const auto days = times["median"].get<std::uint64_t>();
    std::array<char, 32> years{};
    std::snprintf(years.data(), years.size(), "%.1f", static_cast<double>(days) / 365.25);
    text += "Half were replicated within " + grouped(days) + " days (" + years.data() + " years)\n";
  }
  if (replicated == 0) return text;
  text += "\n" +
          context.style.bold(padded("days", 9) + padded("at risk", 10) + padded("replicated", 12) +
                             padded("not yet", 10) + "95 %") +
          "\n";
  for (const Json& each : times["curve"]) {
    if (each["replicated"].get<std::uint64_t>() == 0) continue;
    text += padded(grouped(each["days"].get<std::uint64_t>()), 9) +
            padded(grouped(each["at_risk"].get<std::uint64_t>()), 10) +
            padded(grouped(each["replicated"].get<std::uint64_t>()), 12) +
            padded(three_digits(each["survival"]), 10) + three_digits(each["lower"]) + " to " +
            three_digits(each["upper"]) + "\n";
  }
  const auto rough = times["rough"].get<std::uint64_t>();
  if (rough > 0)
    text += context.style.dim(grouped(rough) +
                              " of the times begin or end with a month or year, "
                              "which counts as its first day") +
            "\n";
  return text;
}

}  // namespace

int run_lineage(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const Codes kinds(context, "--kind");
  kn_lineage_options options;
  kn_lineage_options_init(&options, sizeof(options));
  options.as_of = date_in(context, "--as-of");
  options.undated = context.arguments.has("--dated") ? 0 : 1;
  kinds.into(options.kinds, options.kind_count);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_lineage(catalogue.get(), id.data(), id.size(), &options, work.task(), text, error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json lineage = Json::parse(json);
  print(LineagePage(context, lineage).text());
  return Done;
}

int run_replication_times(const Context& context) {
  if (!context.arguments.has("--as-of"))
    throw UsageError("replication-times needs --as-of DATE: the day until which all is known");
  const CatalogueHandle catalogue = context.open();
  const Codes countries(context, "--country");
  const Codes themes(context, "--theme");
  const Codes kinds(context, "--kind");
  kn_replication_times_options options;
  kn_replication_times_options_init(&options, sizeof(options));
  options.as_of = date_in(context, "--as-of");
  countries.into(options.countries, options.country_count);
  themes.into(options.themes, options.theme_count);
  kinds.into(options.kinds, options.kind_count);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_replication_times(catalogue.get(), &options, work.task(), text, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : times_text(context, Json::parse(json)));
  return Done;
}

}  // namespace koinon::command
