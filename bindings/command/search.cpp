// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cmath>

#include "commands.hpp"
#include "labels.hpp"
#include "request.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

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

// How a hit was found, where it was not by the words alone.
std::string found_text(const kn_hit& hit) {
  std::string text;
  bool by_words_alone = true;
  for (std::uint64_t i = 0; i < hit.found_through_count; ++i) {
    const kn_found_through& through = hit.found_through[i];
    const std::string signal = plain(text_of(through.signal));
    by_words_alone = by_words_alone && signal == "words";
    text += (text.empty() ? "" : " · ") + signal;
    if (through.language.length > 0) text += " (" + plain(text_of(through.language)) + ")";
    if (signal == "concepts") text += " " + shortened(plain(text_of(through.what)), 60);
    text += " " + std::to_string(std::lround(100 * through.share)) + " %";
  }
  return by_words_alone ? std::string() : "    found by " + text + "\n";
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
                        (where.empty() ? "" : " · " + where) + " · " + plain(text_of(hit.id)) +
                        (hit.grouped > 1 ? " · and " + grouped(hit.grouped - 1) + " more of " +
                                               plain(text_of(hit.group))
                                         : "")) +
      "\n";
  const bool says_more = text_of(hit.snippet) != text_of(hit.title);
  if (hit.snippet.length > 0 && says_more) text += marked(hit, context.style);
  const std::string found = found_text(hit);
  if (!found.empty()) text += context.style.dim(found.substr(0, found.size() - 1)) + "\n";
  return text;
}

// The code, which filters are told, stays whole where it has another name.
std::string value_name(const std::string& name, std::string_view code) {
  constexpr std::size_t wanted = 44;
  constexpr std::size_t least = 24;
  const std::string whole = with_code(name, code);
  if (whole == name || width_of(whole) <= wanted) return shortened(whole, wanted);
  const std::size_t taken = width_of(code) + 3;
  return with_code(shortened(name, wanted > taken + least ? wanted - taken : least), plain(code));
}

std::string facet_text(const Context& context, kn_catalogue* catalogue, const kn_facet& facet,
                       const std::string& language) {
  constexpr std::size_t bar_width = 20;
  std::string text = "\n" + context.style.bold(plain(text_of(facet.field)));
  if (facet.distinct > facet.value_count) {
    text += context.style.dim(", " + grouped(facet.value_count) + " of " + grouped(facet.distinct));
  }
  text += "\n";
  std::vector<std::string> names;
  std::size_t width = 0;
  for (std::uint64_t i = 0; i < facet.value_count; ++i) {
    const std::string_view code = text_of(facet.values[i].code);
    names.push_back(value_name(facet_label(catalogue, text_of(facet.field), code, language), code));
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

ResultsHandle ask(kn_catalogue* catalogue, const std::string& request, const Work& work) {
  return make<ResultsHandle>([&](kn_results** made, kn_error** error) {
    return kn_search_json(catalogue, string_of(request), work.task(), made, error);
  });
}

// What is to be known of an answer before its hits.
std::string summary_text(const Context& context, const kn_results_summary& summary,
                         double seconds) {
  std::string text =
      counted(summary.total, "record") + context.style.dim(" in " + duration(seconds)) + "\n";
  if (summary.late == 1) text += "The time was up: there may be more than these.\n";
  for (std::uint64_t i = 0; i < summary.ignored_count; ++i) {
    text += context.style.dim("not understood: " + plain(text_of(summary.ignored[i]))) + "\n";
  }
  for (std::uint64_t i = 0; i < summary.cut_count; ++i) {
    text += context.style.dim("only the most frequent words were looked at: " +
                              plain(text_of(summary.cut[i]))) +
            "\n";
  }
  if (summary.suggestion.length > 0) {
    text += "did you mean: " + context.style.bold(plain(text_of(summary.suggestion))) + "\n";
  }
  return text;
}

void show_results(const Context& context, kn_catalogue* catalogue, const kn_results* results,
                  const Json& request, double seconds) {
  const std::string language = request.value("language", "");
  const bool counts_from_first = request.value("after", "").empty();
  const std::uint64_t offset = counts_from_first ? request.value("offset", std::uint64_t{0}) : 0;
  auto summary = sized<kn_results_summary>();
  call([&](kn_error** error) { return kn_results_summarise(results, &summary, error); });
  std::string text = summary_text(context, summary, seconds);
  for (std::uint64_t i = 0; i < summary.hit_count; ++i) {
    auto hit = sized<kn_hit>();
    call([&](kn_error** error) { return kn_results_hit(results, i, &hit, error); });
    text += "\n" + hit_text(context, hit, offset + i + 1);
  }
  for (std::uint64_t i = 0; i < summary.facet_count; ++i) {
    auto facet = sized<kn_facet>();
    call([&](kn_error** error) { return kn_results_facet(results, i, &facet, error); });
    text += facet_text(context, catalogue, facet, language);
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
  const Request request = read_request(context.arguments, 0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  // The index is opened, or built with its progress told, by a question for nothing: so that the
  // time told is that of the user's own.
  ask(catalogue.get(), R"({"limit":0})", work);
  const auto start = std::chrono::steady_clock::now();
  const ResultsHandle results = ask(catalogue.get(), request.text, work);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  work.clear_bar();
  if (context.json) {
    print(make_text([&](kn_text** json, kn_error** error) {
            return kn_results_json(results.get(), json, error);
          }) +
          "\n");
  } else {
    show_results(context, catalogue.get(), results.get(), request.tree, taken.count());
  }
  return Done;
}

}  // namespace koinon::command
