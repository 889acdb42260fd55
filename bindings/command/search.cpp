// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "commands.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

struct ParsedFilter {
  std::string field;
  std::vector<std::string> codes;
  std::vector<kn_string> views;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    if (!text.substr(0, end).empty()) parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> known_fields() {
  return Json::parse(make_text([](kn_text** json, kn_error** error) {
           return kn_facet_fields(json, error);
         }))
      .get<std::vector<std::string>>();
}

void check_field(const std::string& field, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), field) != known.end()) return;
  throw UsageError("there is no field " + field + suggestion(field, known) +
                   " (koinon help search lists them)");
}

std::vector<ParsedFilter> parse_filters(const std::vector<std::string>& given,
                                        const std::vector<std::string>& known) {
  std::vector<ParsedFilter> filters;
  for (const std::string& text : given) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      throw UsageError("--filter needs FIELD=CODE, such as country=FI, not \"" + text + "\"");
    }
    ParsedFilter& filter = filters.emplace_back();
    filter.field = text.substr(0, equals);
    filter.codes = split(std::string_view(text).substr(equals + 1), ',');
    check_field(filter.field, known);
    if (filter.codes.empty()) throw UsageError("--filter " + text + " names no code");
    for (const std::string& code : filter.codes) filter.views.push_back(string_of(code));
  }
  return filters;
}

// Stand for the ends of a mark while a snippet is broken into lines; private, so no text has them.
constexpr std::string_view mark_begin = "\uE000";
constexpr std::string_view mark_end = "\uE001";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

// The snippet in lines, its marks bold, or between asterisks where nothing can be bold.
std::string marked(const kn_hit& hit, const Style& style) {
  const std::string_view text = text_of(hit.snippet);
  std::string out;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < hit.mark_count; ++i) {
    const auto begin = static_cast<std::size_t>(hit.marks[i].begin);
    const auto end = static_cast<std::size_t>(hit.marks[i].end);
    if (begin < at || end < begin || end > text.size()) continue;
    out.append(text.substr(at, begin - at)).append(mark_begin);
    out.append(text.substr(begin, end - begin)).append(mark_end);
    at = end;
  }
  out.append(text.substr(at));
  std::replace(out.begin(), out.end(), '\n', ' ');
  out = paragraphs(out, output_width(), "    ");
  out = replaced(std::move(out), mark_begin, style.on() ? "\033[1m" : "*");
  return replaced(std::move(out), mark_end, style.on() ? "\033[0m" : "*");
}

std::string hit_text(const Context& context, const kn_hit& hit, std::uint64_t rank) {
  std::string where;
  for (std::uint64_t i = 0; i < hit.country_count && i < 6; ++i) {
    where += (where.empty() ? "" : ", ") + plain(text_of(hit.countries[i]));
  }
  if (hit.country_count > 6) where += " …";
  std::string title = plain(text_of(hit.title));
  if (title.empty()) title = "(no title)";
  const char* kind = kn_kind_name(hit.kind);
  std::string text =
      padded(std::to_string(rank) + ".", 4) + context.style.bold(title) + "\n    " +
      context.style.dim(kind_label(kind != nullptr ? kind : "") +
                        (where.empty() ? "" : " · " + where) + " · " + plain(text_of(hit.id))) +
      "\n";
  const bool says_more = text_of(hit.snippet) != text_of(hit.title);
  if (hit.snippet.length > 0 && says_more) text += marked(hit, context.style);
  return text;
}

std::string facet_text(const Context& context, const kn_facet& facet, const std::string& language) {
  constexpr std::size_t bar_width = 20;
  constexpr std::size_t name_width = 44;
  const char* vocabulary = facet_vocabulary(text_of(facet.field));
  std::string text = "\n" + context.style.bold(plain(text_of(facet.field)));
  if (facet.distinct > facet.value_count) {
    text += context.style.dim(", " + grouped(facet.value_count) + " of " + grouped(facet.distinct));
  }
  text += "\n";
  std::vector<std::string> names;
  std::size_t width = 0;
  for (std::uint64_t i = 0; i < facet.value_count; ++i) {
    const std::string_view code = text_of(facet.values[i].code);
    names.push_back(shortened(labelled(vocabulary, code, language), name_width));
    width = std::max(width, width_of(names.back()));
  }
  for (std::uint64_t i = 0; i < facet.value_count; ++i) {
    const std::uint64_t count = facet.values[i].count;
    text += "  " + padded(names[static_cast<std::size_t>(i)], width) + "  " +
            padded(bar(count, facet.values[0].count, bar_width), bar_width) + " " + grouped(count) +
            "\n";
  }
  return text;
}

void show_results(const Context& context, const kn_results* results, const std::string& language,
                  std::uint64_t offset, double seconds) {
  auto summary = sized<kn_results_summary>();
  call([&](kn_error** error) { return kn_results_summarise(results, &summary, error); });
  std::string text =
      counted(summary.total, "record") + context.style.dim(" in " + duration(seconds)) + "\n";
  for (std::uint64_t i = 0; i < summary.ignored_count; ++i) {
    text += context.style.dim("not understood: " + plain(text_of(summary.ignored[i]))) + "\n";
  }
  for (std::uint64_t i = 0; i < summary.hit_count; ++i) {
    auto hit = sized<kn_hit>();
    call([&](kn_error** error) { return kn_results_hit(results, i, &hit, error); });
    text += "\n" + hit_text(context, hit, offset + i + 1);
  }
  for (std::uint64_t i = 0; i < summary.facet_count; ++i) {
    auto facet = sized<kn_facet>();
    call([&](kn_error** error) { return kn_results_facet(results, i, &facet, error); });
    text += facet_text(context, facet, language);
  }
  if (summary.total == 0) {
    text +=
        "Nothing found. Fewer words or filters find more; --all-states also looks at case studies\n"
        "that are not published.\n";
  } else if (offset + summary.hit_count < summary.total && summary.hit_count > 0) {
    text +=
        context.style.dim("\nmore with --offset " + std::to_string(offset + summary.hit_count)) +
        "\n";
  }
  print(text);
}

}  // namespace

int run_search(const Context& context) {
  const Arguments& given = context.arguments;
  std::string question;
  for (const std::string& word : given.words()) question += (question.empty() ? "" : " ") + word;
  const std::string language = given.value("--language");
  const std::vector<std::string> known = known_fields();
  const std::vector<ParsedFilter> filters = parse_filters(given.values("--filter"), known);
  std::vector<kn_filter> filter_views;
  for (const ParsedFilter& filter : filters) {
    filter_views.push_back({string_of(filter.field), filter.views.data(), filter.views.size()});
  }
  std::vector<std::string> facets;
  for (const std::string& list : given.values("--facet")) {
    for (std::string& field : split(list, ',')) facets.push_back(std::move(field));
  }
  std::vector<kn_string> facet_views;
  for (const std::string& field : facets) {
    check_field(field, known);
    facet_views.push_back(string_of(field));
  }

  kn_search_options options;
  kn_search_options_init(&options, sizeof(options));
  options.text = string_of(question);
  options.language = string_of(language);
  options.filters = filter_views.data();
  options.filter_count = filter_views.size();
  options.facets = facet_views.data();
  options.facet_count = facet_views.size();
  options.limit = given.number("--limit", options.limit);
  options.offset = given.number("--offset", 0);
  options.unpublished = given.has("--all-states") ? 1 : 0;

  const CatalogueHandle catalogue = context.open();
  Work work;
  // The index is opened, or built with its progress told, by a question for nothing: so that the
  // time told is that of the user's own.
  kn_search_options nothing;
  kn_search_options_init(&nothing, sizeof(nothing));
  nothing.limit = 0;
  make<ResultsHandle>([&](kn_results** made, kn_error** error) {
    return kn_search(catalogue.get(), &nothing, work.task(), made, error);
  });
  const auto start = std::chrono::steady_clock::now();
  const auto results = make<ResultsHandle>([&](kn_results** made, kn_error** error) {
    return kn_search(catalogue.get(), &options, work.task(), made, error);
  });
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  work.clear_bar();
  if (context.json) {
    print(make_text([&](kn_text** json, kn_error** error) {
            return kn_results_json(results.get(), json, error);
          }) +
          "\n");
  } else {
    show_results(context, results.get(), language, options.offset, taken.count());
  }
  return Done;
}

}  // namespace koinon::command
