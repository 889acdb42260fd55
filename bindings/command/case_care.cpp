// SPDX-License-Identifier: Apache-2.0
//
// How complete and how fresh cases are, and collections of them.
#include <chrono>

#include "answers.hpp"
#include "told.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

// The day of --as-of, else today's in UTC.
kn_date day_or_today(const Context& context) {
  if (context.arguments.has("--as-of")) return date_in(context, "--as-of");
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day today{now};
  kn_date date{};
  date.year = static_cast<std::int16_t>(static_cast<int>(today.year()));
  date.month = static_cast<std::uint8_t>(static_cast<unsigned>(today.month()));
  date.day = static_cast<std::uint8_t>(static_cast<unsigned>(today.day()));
  return date;
}

std::uint32_t days_in(const Arguments& given, const char* option, std::uint32_t otherwise) {
  const std::uint64_t days = given.number(option, otherwise);
  if (days > UINT32_MAX) throw UsageError(std::string(option) + " is too many days");
  return static_cast<std::uint32_t>(days);
}

std::string completeness_text(const Context& context, const Json& report) {
  std::string text =
      context.style.bold(titled(context, report)) + ", " + percent(report["share"]) + " complete\n";
  for (const Json& group : report["groups"]) {
    const std::string missing = plain_list(group["missing"]);
    text += "  " + padded(plain_at(group, "group"), 18) + padded(percent(group["share"]), 7) +
            (missing.empty() ? "" : "missing " + missing) + "\n";
  }
  for (const Json& each : report["languages"]) {
    const std::string lacking = plain_list(each["lacking"]);
    text += "  language " + padded(plain_at(each, "language"), 4) + plain_at(each, "state") +
            (lacking.empty() ? "" : ", lacking " + lacking) + "\n";
  }
  return text;
}

std::string stale_text(const Context& context, const Json& answer) {
  std::string text;
  for (const Json& each : answer["findings"]) {
    const std::string other = plain_at(each, "other");
    text += titled(context, each) + "\n  " + padded(plain_at(each, "code"), 24) +
            plain_at(each, "reason") + (other.empty() ? "" : " (" + other + ")") + "\n";
  }
  for (const Json& count : answer["counts"]) {
    const auto findings = count["findings"].get<std::uint64_t>();
    if (findings > 0) text += padded(plain_at(count, "code"), 26) + grouped(findings) + "\n";
  }
  return text +
         context.style.dim(counted(answer["total"].get<std::uint64_t>(), "finding") + " in " +
                           counted(answer["records"].get<std::uint64_t>(), "case") + " as of " +
                           plain_at(answer, "as_of")) +
         "\n";
}

}  // namespace

int run_completeness(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_completeness(catalogue.get(), id.data(), id.size(), text, error);
  });
  print(context.json ? json + "\n" : completeness_text(context, Json::parse(json)));
  return Done;
}

int run_incomplete(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  kn_incomplete_options options;
  kn_incomplete_options_init(&options, sizeof(options));
  if (given.has("--below")) options.below = parse_real(given.value("--below"), "--below");
  options.limit = given.number("--limit", 20);
  options.offset = given.number("--offset", 0);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_incomplete(catalogue.get(), &options, work.task(), text, error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json answer = Json::parse(json);
  std::string text;
  for (const Json& each : answer["cases"])
    text += padded(percent(each["share"]), 7) + titled(context, each) + "\n";
  text += context.style.dim(counted(answer["total"].get<std::uint64_t>(), "case") + " of " +
                            grouped(answer["records"].get<std::uint64_t>()) + ", " +
                            percent(answer["mean"]) + " complete on average") +
          "\n";
  print(text);
  return Done;
}

int run_stale(const Context& context) {
  const Arguments& given = context.arguments;
  const CatalogueHandle catalogue = context.open();
  kn_stale_options options;
  kn_stale_options_init(&options, sizeof(options));
  const Codes codes(context, "--finding");
  codes.into(options.codes, options.code_count);
  options.as_of = day_or_today(context);
  options.not_updated_days = days_in(given, "--not-updated", options.not_updated_days);
  options.in_review_days = days_in(given, "--in-review", options.in_review_days);
  options.over_days = days_in(given, "--over", options.over_days);
  options.limit = given.number("--limit", 20);
  options.offset = given.number("--offset", 0);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_stale(catalogue.get(), &options, work.task(), text, error);
  });
  work.clear_bar();
  print(context.json ? json + "\n" : stale_text(context, Json::parse(json)));
  return Done;
}

int run_collections(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string after = context.arguments.value("--after");
  const std::uint64_t limit = context.arguments.number("--limit", 100);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_collections(catalogue.get(), after.data(), after.size(), limit, text, error);
  });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  std::string text;
  const Json answer = Json::parse(json);
  for (const Json& each : answer["collections"]) {
    text += context.style.bold(titled(context, each)) + "\n";
    text += paragraphs(told_text(each["introduction"]), output_width(), "  ");
    std::uint64_t place = 0;
    for (const Json& one : each["cases"]) {
      text += "  " + padded(std::to_string(++place) + ".", 4) + titled(context, one) +
              (one["present"].get<bool>() ? "" : ", not in the catalogue") + "\n";
    }
  }
  if (text.empty()) text = "no collections\n";
  print(text);
  return Done;
}

}  // namespace koinon::command
