// SPDX-License-Identifier: Apache-2.0
//
// What shows that something works, and methods for a problem.
#include "answers.hpp"
#include "labels.hpp"
#include "told.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string reasons_text(const Json& reasons, const std::string& mark) {
  std::string text;
  for (const Json& reason : reasons) {
    const std::string records = plain_list(reason["records"]);
    text += mark + plain_at(reason, "reason") + (records.empty() ? "" : ": " + records) + "\n";
  }
  return text;
}

// "3 (counterfactual)", with what was set by hand.
std::string grade_text(const Json& grade) {
  const std::string scale = plain_at(grade, "scale");
  const auto shown = [&](const std::string& code) {
    return code.empty() ? std::string("none") : with_code(label(scale, code, "en"), code);
  };
  std::string text = shown(plain_at(grade, "grade"));
  if (!grade["overridden"].is_null()) {
    text += ", set by hand: " + plain_at(grade["overridden"], "reason") + "; derived " +
            shown(plain_at(grade, "derived"));
  }
  return text;
}

std::string standard_text(const Json& grade) {
  return "standard of evidence: " + grade_text(grade) + "\n" +
         reasons_text(grade["reasons"], "  + ") +
         reasons_text(grade["missing"], "  for the next: ");
}

std::string use_text(const Json& use, const std::string& indent) {
  const std::string countries = plain_list(use["countries"]);
  const std::string effect = told_text(use["effect"]);
  std::string text = indent + shortened(plain_at(use, "title"), 60) + " (" +
                     (countries.empty() ? "" : countries + ", ") + plain_at(use, "case") + ")";
  if (!effect.empty()) text += ": " + shortened(effect, 80);
  return text + "\n";
}

std::string assessment_text(const Json& each) {
  std::string text = "assessed " + plain_at(each, "version") + " by " +
                     counted(each["assessors"].size(), "assessor") + ", agreement (alpha) " +
                     (each["agreement"].is_null() ? "not defined: " + plain_at(each, "undefined")
                                                  : real_text(each["agreement"], "%.3f")) +
                     "\n";
  for (const Json& criterion : each["criteria"]) {
    const std::string code = plain_at(criterion, "criterion");
    text += "  " + padded(label("assessment-criteria", code, "en"), 32) +
            real_text(criterion["mean"], "%.1f") + ", spread " +
            real_text(criterion["spread"], "%.1f") + "\n";
  }
  return text;
}

std::string method_text(const Context& context, const Json& report) {
  std::string text = context.style.bold(titled(context, report)) + "\n";
  if (!plain_at(report, "successor").empty())
    text += "superseded: use " + plain_at(report, "successor_title") + " (" +
            plain_at(report, "successor") + ")\n";
  text += standard_text(report["standard"]);
  for (const Json& version : report["versions"]) {
    text += "version " + plain_at(version, "label") + " " + plain_at(version, "date") + " " +
            plain_list(version["languages"]) + "\n";
  }
  for (const Json& each : report["assessments"]) text += assessment_text(each);
  for (const Json& use : report["uses"]) text += use_text(use, "used in ");
  for (const Json& each : report["disseminations"]) {
    text += "handed on " + plain_at(each, "date") + " by " + plain_at(each, "from_name") + " to " +
            plain_list(each["to_names"]) + "\n";
  }
  return text;
}

std::string found_text(const Context& context, const Json& found) {
  std::string text;
  std::uint64_t rank = 0;
  for (const Json& each : found["methods"]) {
    text += padded(std::to_string(++rank) + ".", 4) + titled(context, each) + " " +
            context.style.dim("score " + real_text(each["score"])) + "\n";
    for (const Json& reason : each["reasons"]) {
      const std::string what = plain_list(reason["what"]);
      text += "      " + padded(plain_at(reason, "code"), 14) + real_text(reason["part"]) +
              (what.empty() ? "" : "  " + shortened(what, 70)) + "\n";
    }
    if (!plain_at(each, "successor").empty())
      text += "      superseded: use " + plain_at(each, "successor_title") + "\n";
    for (const Json& use : each["uses"]) text += use_text(use, "      used in ");
  }
  return text +
         context.style.dim(counted(found["considered"].get<std::uint64_t>(), "method") +
                           " considered") +
         "\n";
}

}  // namespace

int run_evidence(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_evidence(catalogue.get(), id.data(), id.size(), text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json report = Json::parse(json);
  std::string text = context.style.bold(titled(context, report)) + "\n";
  if (!report["standard"].is_null()) text += standard_text(report["standard"]);
  for (const Json& study : report["studies"]) {
    text += "study " + titled(context, study) + "\n  level: " + grade_text(study["maryland"]) +
            "\n" + reasons_text(study["maryland"]["reasons"], "  + ") +
            reasons_text(study["maryland"]["missing"], "  for the next: ");
  }
  if (report["studies"].empty()) text += "no studies\n";
  print(text);
  return Done;
}

int run_method(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_method(catalogue.get(), id.data(), id.size(), text, error);
  });
  print(context.json ? json + "\n" : method_text(context, Json::parse(json)));
  return Done;
}

int run_methods_for(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  kn_methods_options options;
  kn_methods_options_init(&options, sizeof(options));
  std::string text;
  for (const std::string& word : given.words()) text += (text.empty() ? "" : " ") + word;
  const Codes themes(context, "--theme");
  const Codes groups(context, "--target-group");
  themes.into(options.themes, options.theme_count);
  groups.into(options.target_groups, options.target_group_count);
  const std::string country = given.value("--country");
  const std::string language = given.value("--language");
  options.text = string_of(text);
  options.country = string_of(country);
  options.language = string_of(language);
  options.limit = given.number("--limit", options.limit);
  options.uses = given.number("--uses", options.uses);
  Work work;
  const std::string json = make_text([&](kn_text** told, kn_error** error) {
    return kn_methods_for(catalogue.get(), &options, work.task(), told, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : found_text(context, Json::parse(json)));
  return Done;
}

}  // namespace koinon::command
