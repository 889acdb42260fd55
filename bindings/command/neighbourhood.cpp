// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string shown_number(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

std::string text_at(const Json& json, const char* name) {
  return json[name].get<std::string>();
}

// "Housing Together (NL, org-b)"
std::string named(const Context& context, const Json& organisation) {
  const std::string id = plain(text_at(organisation, "id"));
  const std::string name = text_at(organisation, "name");
  const std::string country = plain(text_at(organisation, "country"));
  return shortened(name.empty() ? id : name, 60) + " " +
         context.style.dim("(" + (country.empty() ? "" : country + ", ") + id + ")");
}

kn_local_options options_of(const Context& context) {
  kn_local_options options;
  kn_local_options_init(&options, sizeof(options));
  options.as_told = context.arguments.has("--as-told") ? 1 : 0;
  options.hops = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(context.arguments.number("--hops", options.hops), 0xffffffffU));
  options.around_limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(
      context.arguments.number("--limit", options.around_limit), 0xffffffffU));
  options.limit = context.arguments.number("--limit", options.limit);
  options.offset = context.arguments.number("--offset", options.offset);
  options.works = context.arguments.number("--works", options.works);
  if (context.arguments.has("--epsilon"))
    options.epsilon = parse_real(context.arguments.value("--epsilon"), "--epsilon");
  return options;
}

// Prints the answer's JSON, or what show(answer) makes of it.
template <class Ask, class Show>
int answered(const Context& context, Work& work, Ask ask, Show show) {
  const std::string json = make_text(ask);
  work.clear_bar();
  print(context.json ? json + "\n" : show(Json::parse(json)));
  return Done;
}

std::string works_text(const Context& context, const Json& works, const char* with) {
  std::string text;
  for (const Json& work : works) {
    const std::string title = text_at(work, "title");
    const std::string id = plain(text_at(work, "id"));
    text += std::string("     with the ") + with + ": " +
            shortened(title.empty() ? id : title, 60) + " " + context.style.dim("(" + id + ")") +
            "\n";
  }
  return text;
}

}  // namespace

int run_around(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& id = context.arguments.word(0);
  const kn_local_options options = options_of(context);
  Work work;
  return answered(
      context, work,
      [&](kn_text** text, kn_error** error) {
        return kn_around(catalogue.get(), id.data(), id.size(), &options, work.task(), text, error);
      },
      [&](const Json& near) {
        std::string text;
        for (const Json& each : near["organisations"]) {
          text += padded(std::to_string(each["hops"].get<std::uint64_t>()), 4) +
                  named(context, each) + "\n";
        }
        text += context.style.dim(counted(near["organisations"].size(), "organisation") + ", " +
                                  counted(near["ties"].size(), "tie") + " among them") +
                "\n";
        if (!near["complete"].get<bool>())
          text += context.style.dim("there are more: see --limit") + "\n";
        return text;
      });
}

int run_common(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& one = context.arguments.word(0);
  const std::string& other = context.arguments.word(1);
  const kn_local_options options = options_of(context);
  Work work;
  return answered(
      context, work,
      [&](kn_text** text, kn_error** error) {
        return kn_common_partners(catalogue.get(), one.data(), one.size(), other.data(),
                                  other.size(), &options, work.task(), text, error);
      },
      [&](const Json& common) {
        std::string text =
            counted(common["total"].get<std::uint64_t>(), "partner") + " in common\n";
        std::uint64_t rank = options.offset;
        for (const Json& each : common["partners"]) {
          text += padded(std::to_string(++rank) + ".", 5) + named(context, each) + " " +
                  context.style.dim("strength " + shown_number(each["strength"].get<double>()) +
                                    " and " + shown_number(each["strength_other"].get<double>())) +
                  "\n" + works_text(context, each["works"], "first") +
                  works_text(context, each["works_other"], "second");
        }
        return text;
      });
}

int run_near(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const kn_local_options options = options_of(context);
  std::vector<kn_string> ids;
  for (const std::string& word : context.arguments.words()) ids.push_back(string_of(word));
  Work work;
  return answered(
      context, work,
      [&](kn_text** text, kn_error** error) {
        return kn_nearby(catalogue.get(), ids.data(), ids.size(), &options, work.task(), text,
                         error);
      },
      [&](const Json& near) {
        std::string text;
        std::uint64_t rank = 0;
        for (const Json& each : near["organisations"]) {
          text += padded(std::to_string(++rank) + ".", 5) +
                  padded(shown_number(each["score"].get<double>()), 12) + named(context, each) +
                  "\n";
        }
        return text +
               context.style.dim("all scores together are off by " +
                                 shown_number(near["error_bound"].get<double>()) + " at most") +
               "\n";
      });
}

}  // namespace koinon::command
