// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

struct Totals {
  std::uint64_t read = 0, stored = 0, unchanged = 0, quarantined = 0;
  std::uint64_t created = 0, updated = 0;
  bool complete = true;
};

struct Source {
  std::string name;  // the path of a file
  bool sample = false;
};

ReportHandle import_source(kn_catalogue* catalogue, const Source& source, const Arguments& given,
                           kn_task* task) {
  const std::string format = given.value("--format");
  const std::string portal = given.value("--portal");
  const std::string by = given.value("--by");
  const std::string encoding = given.value("--encoding");
  kn_import_options options;
  kn_import_options_init(&options, sizeof(options));
  options.format = string_of(format);
  options.portal = string_of(portal);
  options.by = string_of(by);
  options.encoding = string_of(encoding);
  options.skip_rows = given.number("--from", 0);
  return make<ReportHandle>([&](kn_import_report** report, kn_error** error) {
    if (source.sample) return kn_import_sample(catalogue, &options, task, report, error);
    return kn_import(catalogue, source.name.data(), source.name.size(), &options, task, report,
                     error);
  });
}

kn_import_summary summarise(const kn_import_report* report) {
  auto summary = sized<kn_import_summary>();
  call([&](kn_error** error) { return kn_import_report_summarise(report, &summary, error); });
  return summary;
}

void add(Totals& totals, const kn_import_summary& summary) {
  totals.read += summary.read;
  totals.stored += summary.stored;
  totals.unchanged += summary.unchanged;
  totals.quarantined += summary.quarantined;
  totals.created += summary.records_created;
  totals.updated += summary.records_updated;
  totals.complete = totals.complete && summary.complete == 1;
}

std::string reason_line(const kn_import_report* report, std::uint64_t place) {
  auto reason = sized<kn_import_reason>();
  call([&](kn_error** error) { return kn_import_report_reason(report, place, &reason, error); });
  const std::string field(text_of(reason.field));
  return "    " + padded(grouped(reason.rows), 9) + " " + plain(text_of(reason.code)) +
         (field.empty() ? "" : " in " + plain(field)) + ": " +
         shortened(text_of(reason.message), 120) + " (first at line " + grouped(reason.first_line) +
         ")\n";
}

void show_report(const Context& context, const std::string& path, const kn_import_report* report) {
  constexpr std::uint64_t most_reasons = 20;
  const auto summary = summarise(report);
  std::string text = context.style.bold(plain(path)) + "  " + plain(text_of(summary.format)) +
                     ", " + counted(summary.read, "row") + " in " + duration(summary.seconds) +
                     "\n";
  text += "  stored       " + padded(grouped(summary.stored), 9);
  if (summary.stored > 0) {
    text += context.style.dim(" " + counted(summary.records_created, "record") + " made, " +
                              grouped(summary.records_updated) + " changed");
  }
  text += "\n  unchanged    " + grouped(summary.unchanged) + "\n";
  text += "  quarantined  " + grouped(summary.quarantined) + "\n";
  for (std::uint64_t i = 0; i < summary.reason_count && i < most_reasons; ++i) {
    text += reason_line(report, i);
  }
  if (summary.reason_count > most_reasons) {
    text += "    and " + counted(summary.reason_count - most_reasons, "reason") + " more\n";
  }
  print(text);
}

Json report_json(const kn_import_report* report) {
  return Json::parse(make_text([&](kn_text** text, kn_error** error) {
    return kn_import_report_json(report, text, error);
  }));
}

// One file: its own report. Several: the sums, the reasons of all, and each report under "files".
void print_reports(std::vector<Json> reports, const Totals& totals) {
  if (reports.size() == 1) {
    print_json(reports[0]);
    return;
  }
  Json reasons = Json::array();
  for (const Json& report : reports) {
    for (Json reason : report.value("reasons", Json::array())) {
      reason["file"] = report["file"];
      reasons.push_back(std::move(reason));
    }
  }
  print_json({{"read", totals.read},
              {"stored", totals.stored},
              {"unchanged", totals.unchanged},
              {"quarantined", totals.quarantined},
              {"records_created", totals.created},
              {"records_updated", totals.updated},
              {"reasons", std::move(reasons)},
              {"complete", totals.complete},
              {"files", std::move(reports)}});
}

void tell_how_to_go_on(const Context& context, const std::vector<Source>& sources,
                       std::size_t place, std::uint64_t next_row) {
  const Source& source = sources[place];
  std::string rest = "import " + (source.sample ? "--sample" : shell_word(source.name));
  for (const char* option : {"--format", "--portal", "--encoding", "--by"}) {
    const std::string value = context.arguments.value(option);
    if (!value.empty()) rest += std::string(" ") + option + " " + shell_word(value);
  }
  rest += " --from " + std::to_string(next_row);
  std::string message = "stopped after row " + grouped(next_row) + " of " + source.name +
                        "; what came before it is stored. Go on with:\n  " + context.next(rest);
  if (place + 1 < sources.size()) {
    message += "\nand then import " + counted(sources.size() - place - 1, "more file");
  }
  complain(message);
}

Json failure_report(const std::string& path, const Failure& failure) {
  const char* name = kn_code_name(failure.code());
  return {{"file", path},
          {"error",
           {{"code", failure.code()},
            {"name", name != nullptr ? name : ""},
            {"message", failure.what()}}}};
}

// A failure in the middle: every batch before it is stored, and importing again passes over those.
const char* what_to_do(std::int32_t code) {
  const bool later = code == KN_E_INPUT_OUTPUT || code == KN_E_BUSY;
  return later ? "\nwhat was stored before stays; import the file again to go on" : "";
}

}  // namespace

int run_import(const Context& context) {
  std::vector<Source> sources;
  if (context.arguments.has("--sample")) sources.push_back({"the sample", true});
  for (const std::string& file : context.arguments.words()) sources.push_back({file});
  if (sources.empty()) throw UsageError("import needs FILE..., or --sample");
  if (context.arguments.number("--from", 0) > 0 && sources.size() > 1) {
    throw UsageError("--from goes with one file");
  }
  const CatalogueHandle catalogue = context.open(Use::Create);
  Work work;
  Totals totals;
  std::vector<Json> reports;
  bool failed = false;
  for (std::size_t i = 0; i < sources.size() && !work.cancelled(); ++i) {
    try {
      const ReportHandle report =
          import_source(catalogue.get(), sources[i], context.arguments, work.task());
      work.clear_bar();
      const auto summary = summarise(report.get());
      add(totals, summary);
      if (context.json) reports.push_back(report_json(report.get()));
      if (!context.json) show_report(context, sources[i].name, report.get());
      if (summary.complete == 0) tell_how_to_go_on(context, sources, i, summary.next_row);
    } catch (const Failure& failure) {
      work.clear_bar();
      // The library names the file where the fault is the file's; other faults are named here.
      const std::string told = failure.what();
      const bool named = told.find(sources[i].name) != std::string::npos;
      complain((named ? "" : sources[i].name + ": ") + told + what_to_do(failure.code()));
      if (context.json) reports.push_back(failure_report(sources[i].name, failure));
      failed = true;
    }
  }
  if (context.json) print_reports(std::move(reports), totals);
  if (!context.json && totals.quarantined > 0) {
    print("\n" + counted(totals.quarantined, "row") +
          " in quarantine: " + context.next("quarantine list") + "\n");
  }
  if (failed || !totals.complete || work.cancelled()) return Failed;
  return totals.quarantined > 0 && context.arguments.has("--strict") ? InQuarantine : Done;
}

}  // namespace koinon::command
