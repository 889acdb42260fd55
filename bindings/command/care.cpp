// SPDX-License-Identifier: Apache-2.0
//
// Check, stats; formats and version.
#include <algorithm>

#include "commands.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

int run_check(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  Work work;
  std::uint64_t findings = 0;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_check(catalogue.get(), work.task(), &findings, text, error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return findings == 0 ? Done : Failed;
  }
  const Json report = Json::parse(json);
  for (const Json& finding : report["findings"]) {
    print(context.style.bold(plain(finding.value("where", ""))) + "  " +
          plain(finding.value("message", "")) + "\n");
  }
  print(counted(report.value("records", std::uint64_t{0}), "record") + " looked at, " +
        (findings == 0 ? "all is well" : counted(findings, "finding")) + "\n");
  return findings == 0 ? Done : Failed;
}

int run_stats(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_statistics(catalogue.get(), text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json statistics = Json::parse(json);
  const auto number = [&](const char* name) { return statistics.value(name, std::uint64_t{0}); };
  std::uint64_t most = 1;
  for (const auto& [kind, count] : statistics["kinds"].items()) {
    most = std::max(most, count.get<std::uint64_t>());
  }
  std::string text = context.style.bold(plain(statistics.value("path", ""))) + "  " +
                     counted(number("records"), "record") + ", " + bytes_text(number("bytes")) +
                     "\n\n";
  for (const auto& [kind, count] : statistics["kinds"].items()) {
    const auto records = count.get<std::uint64_t>();
    text += "  " + padded(kind_label(kind), 16) + padded(grouped(records), 11) +
            bar(records, most, 30) + "\n";
  }
  text += "\n  " + padded("versions", 16) + grouped(number("versions")) + "\n";
  text += "  " + padded("last change", 16) + grouped(number("change")) + "\n";
  text += "  " + padded("erased", 16) + grouped(number("erased")) + "\n";
  text += "  " + padded("in quarantine", 16) + grouped(number("quarantined")) + "\n";
  print(text);
  return Done;
}

int run_formats(const Context& context) {
  const std::string json =
      make_text([](kn_text** text, kn_error** error) { return kn_formats(text, error); });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  for (const Json& format : Json::parse(json)) {
    print(padded(format.value("name", ""), 24) + " " + plain(format.value("what", "")) + "\n");
  }
  return Done;
}

int run_version(const Context& context) {
  if (context.json) {
    print_json({{"version", kn_version()}});
  } else {
    print(std::string("koinon ") + kn_version() + "\n");
  }
  return Done;
}

}  // namespace koinon::command
