// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "commands.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string number_text(double value, const char* format) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string named(const std::string& name, const std::string& id) {
  return name.empty() ? plain(id) : shortened(name, 60);
}

double share_option(const Context& context, const char* option, double usual) {
  const std::string text = context.arguments.value(option);
  if (text.empty()) return usual;
  double value = 0;
  int end = 0;
  if (std::sscanf(text.c_str(), "%lf%n", &value, &end) != 1 ||
      static_cast<std::size_t>(end) != text.size() || !(value >= 0 && value <= 1)) {
    throw UsageError(std::string(option) + " wants a number from 0 to 1, not '" + plain(text) +
                     "'");
  }
  return value;
}

std::string conflict_text(const Context& context, const Json& conflict) {
  std::string text = context.style.bold(plain(conflict["left"].get<std::string>())) + " and " +
                     context.style.bold(plain(conflict["right"].get<std::string>()));
  text += conflict["by_person"].get<bool>() ? ": a person keeps them apart"
                                            : ": they have different numbers in one register";
  text += conflict["stands"].get<bool>() ? ", and people's decisions make them one\n" : "\n";
  for (const Json& link : conflict["chain"]) {
    text += "    " + plain(link["from"].get<std::string>()) + " = " +
            plain(link["to"].get<std::string>()) +
            context.style.dim(link["by_person"].get<bool>() ? " (a person)" : " (the rule)") + "\n";
  }
  return text;
}

std::string decision_text(const Context& context, const Json& entry) {
  const Json& decision = entry["decision"];
  std::string text = "  " + context.style.bold(padded(decision["verdict"].get<std::string>(), 10)) +
                     plain(decision["left"].get<std::string>()) + " · " +
                     plain(decision["right"].get<std::string>());
  if (!entry["holds"].get<bool>()) text += " (taken back)";
  std::string more = entry["id"].get<std::string>();
  for (const char* field : {"decided_by", "decided_on", "reason"}) {
    if (decision.contains(field)) more += " · " + decision[field].get<std::string>();
  }
  return text + "\n" + std::string(12, ' ') + context.style.dim(plain(more)) + "\n";
}

std::string crosswalk_text(const Context& context, const Json& row) {
  std::string values;
  for (const Json& value : row["values"])
    values += (values.empty() ? "" : ", ") + plain(value["value"].get<std::string>());
  return "  " + padded(row["scheme"].get<std::string>(), 22) + values +
         (row["conflict"].get<bool>() ? context.style.bold("  differ") : "") + "\n";
}

std::string identity_text(const Context& context, const Json& identity) {
  const Json& merged = identity["merged"];
  const std::string id = identity["id"].get<std::string>();
  std::string text = context.style.bold(named(record_title(merged, ""), id)) + "\n";
  const std::size_t members = identity["members"].size();
  text += members == 1 ? "one record\n" : "one of " + counted(members, "record") + ":\n";
  if (members > 1) {
    for (const Json& member : identity["members"])
      text += "  " + plain(member.get<std::string>()) + "\n";
  }
  if (!identity["crosswalk"].empty()) text += "\nIdentifiers\n";
  for (const Json& row : identity["crosswalk"]) text += crosswalk_text(context, row);
  if (!identity["decisions"].empty()) text += "\nDecisions\n";
  for (const Json& entry : identity["decisions"]) text += decision_text(context, entry);
  if (!identity["conflicts"].empty()) text += "\nKept apart\n";
  for (const Json& conflict : identity["conflicts"])
    text += "  " + conflict_text(context, conflict);
  return text;
}

std::string report_text(const Context& context, const Json& report) {
  const auto figure = [&](const char* name) { return report[name].get<std::uint64_t>(); };
  const bool dry = context.arguments.has("--dry-run");
  std::string text = counted(figure("organisations"), "organisation") + ", " +
                     counted(figure("pairs"), "pair") + " compared in " +
                     duration(report["seconds"].get<double>()) + "\n";
  text += counted(figure("same"), "pair") + " taken for one, " + grouped(figure("unsure")) +
          " for people to look at (koinon review)\n";
  text += (dry ? "would add " : "added ") + counted(figure("added"), "decision") +
          (dry ? ", would drop " : ", dropped ") + grouped(figure("dropped")) + "\n";
  const std::size_t apart = report["conflicts"].size();
  if (apart > 0) {
    text += counted(apart, "pair") +
            " kept apart though names make them one (koinon match --dry-run --json)\n";
  }
  for (const Json& entry : report["proposed"]) text += decision_text(context, entry);
  return text;
}

Json json_of(const Context& context, const std::string& text, bool& shown) {
  shown = context.json;
  if (shown) print(text + "\n");
  return Json::parse(text);
}

}  // namespace

int run_match(const Context& context) {
  kn_match_options options;
  kn_match_options_init(&options, sizeof(options));
  options.dry_run = context.arguments.has("--dry-run") ? 1 : 0;
  options.threshold = share_option(context, "--threshold", options.threshold);
  options.support = share_option(context, "--support", options.support);
  options.review = context.arguments.number("--review", options.review);
  const std::string by = context.arguments.value("--by");
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string text = make_text([&](kn_text** json, kn_error** error) {
    return kn_match(catalogue.get(), &options, by.data(), by.size(), work.task(), json, error);
  });
  work.clear_bar();
  bool shown = false;
  const Json report = json_of(context, text, shown);
  if (!shown) print(report_text(context, report));
  return Done;
}

int run_review(const Context& context) {
  const std::uint64_t offset = context.arguments.number("--offset", 0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string text = make_text([&](kn_text** json, kn_error** error) {
    return kn_review(catalogue.get(), context.arguments.number("--limit", 20), offset, work.task(),
                     json, error);
  });
  work.clear_bar();
  bool shown = false;
  const Json queue = json_of(context, text, shown);
  if (shown) return Done;
  std::string lines = counted(queue["total"].get<std::uint64_t>(), "pair") + " to look at\n";
  std::uint64_t rank = offset;
  for (const Json& item : queue["items"]) {
    const std::string left = item["left"].get<std::string>();
    const std::string right = item["right"].get<std::string>();
    lines += "\n" + padded(std::to_string(++rank) + ".", 5) +
             context.style.bold(named(item["left_name"].get<std::string>(), left)) + "\n     " +
             context.style.bold(named(item["right_name"].get<std::string>(), right)) + "\n     " +
             context.style.dim(plain(left) + " " + plain(right) + " · " +
                               number_text(item["probability"].get<double>(), "%.2f") +
                               " · stake " + number_text(item["stake"].get<double>(), "%g") +
                               " · " + plain(item["reason"].get<std::string>())) +
             "\n";
  }
  if (rank > offset) lines += "\ndecide with koinon decide ID ID same|different|unsure\n";
  print(lines);
  return Done;
}

int run_decide(const Context& context) {
  const std::string& left = context.arguments.word(0);
  const std::string& right = context.arguments.word(1);
  const std::string& verdict = context.arguments.word(2);
  const std::string reason = context.arguments.value("--reason");
  const std::string by = context.arguments.value("--by");
  const CatalogueHandle catalogue = context.open();
  const std::string id = make_text([&](kn_text** made, kn_error** error) {
    return kn_decide(catalogue.get(), left.data(), left.size(), right.data(), right.size(),
                     verdict.data(), verdict.size(), reason.data(), reason.size(), by.data(),
                     by.size(), made, error);
  });
  if (context.json) {
    print_json({{"id", id}});
  } else {
    print("decided: " + id + "; koinon undo " + id + " takes it back\n");
  }
  return Done;
}

int run_undo(const Context& context) {
  const std::string& decision = context.arguments.word(0);
  const std::string reason = context.arguments.value("--reason");
  const std::string by = context.arguments.value("--by");
  const CatalogueHandle catalogue = context.open();
  const std::string id = make_text([&](kn_text** made, kn_error** error) {
    return kn_undo_decision(catalogue.get(), decision.data(), decision.size(), reason.data(),
                            reason.size(), by.data(), by.size(), made, error);
  });
  if (context.json) {
    print_json({{"id", id}});
  } else {
    print("taken back: " + id + "; koinon undo " + id + " makes it hold again\n");
  }
  return Done;
}

int run_identity(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string text = make_text([&](kn_text** json, kn_error** error) {
    return kn_identity(catalogue.get(), id.data(), id.size(), work.task(), json, error);
  });
  work.clear_bar();
  bool shown = false;
  const Json identity = json_of(context, text, shown);
  if (!shown) print(identity_text(context, identity));
  return Done;
}

int run_conflicts(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  Work work;
  const std::string text = make_text([&](kn_text** json, kn_error** error) {
    return kn_identity_conflicts(catalogue.get(), work.task(), json, error);
  });
  work.clear_bar();
  bool shown = false;
  const Json conflicts = json_of(context, text, shown);
  if (shown) return Done;
  std::string lines = counted(conflicts.size(), "pair") + " kept apart\n";
  for (const Json& conflict : conflicts) lines += "\n" + conflict_text(context, conflict);
  print(lines);
  return Done;
}

}  // namespace koinon::command
