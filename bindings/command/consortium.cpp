// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "bids.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string text_at(const Json& json, const char* name) {
  return json[name].get<std::string>();
}

std::string digits(const Json& number, const char* format = "%.3f") {
  if (number.is_null()) return "unknown";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number.get<double>());
  return text.data();
}

std::string joined(const Json& words) {
  std::string text;
  for (const Json& word : words) text += (text.empty() ? "" : ", ") + word.get<std::string>();
  return text;
}

// ---- What is asked -----------------------------------------------------------------------------

void take_size(const std::string& text, Json& request) {
  const std::size_t dash = text.find('-');
  request["size_least"] = parse_number(text.substr(0, dash), "--size");
  request["size_most"] =
      parse_number(dash == std::string::npos ? text : text.substr(dash + 1), "--size");
  if (request["size_most"] == 0)
    throw UsageError("--size needs 1 member at least, or the least and the most: 3-5");
}

// "forbid=ID,ID add=ID relax=KIND"
Json change_of(const std::string& text) {
  Json change = Json::object();
  for (const std::string& part : split(text, ' ')) {
    const std::size_t equals = part.find('=');
    const std::string what = part.substr(0, equals);
    if (equals == std::string::npos ||
        (what != "add" && what != "forbid" && what != "remove" && what != "relax")) {
      throw UsageError("--what-if needs add=ID, forbid=ID or relax=KIND, not \"" + plain(part) +
                       "\"");
    }
    change[what] = split(std::string_view(part).substr(equals + 1), ',');
  }
  return change;
}

Json request_of(const Context& context, kn_catalogue* catalogue) {
  const Arguments& given = context.arguments;
  Json request = request_file(context);
  if (!given.words().empty()) request["call"] = given.word(0);
  for (const std::string& text : given.values("--fixed"))
    request["fixed"].push_back(member_of(catalogue, text));
  for (const std::string& list : given.values("--candidates")) {
    for (const std::string& text : split(list, ','))
      request["candidates"].push_back(member_of(catalogue, text));
  }
  for (const auto& [option, name] :
       {std::pair{"--country", "countries"}, std::pair{"--kind", "kinds"},
        std::pair{"--theme", "themes"}, std::pair{"--forbid", "forbidden"},
        std::pair{"--document", "documents"}}) {
    for (const std::string& text : given.values(option)) request[name].push_back(text);
  }
  for (const auto& [option, name] :
       {std::pair{"--text", "text"}, std::pair{"--language", "language"},
        std::pair{"--eu-share", "eu_share"}, std::pair{"--on", "on"}}) {
    if (given.has(option)) request[name] = given.value(option);
  }
  for (const auto& [option, name] :
       {std::pair{"--most", "most_candidates"}, std::pair{"--answers", "answers"},
        std::pair{"--different", "different"}, std::pair{"--nodes", "nodes"}}) {
    if (given.has(option)) request[name] = given.number(option, 0);
  }
  if (given.has("--size")) take_size(given.value("--size"), request);
  if (given.has("--seconds"))
    request["seconds"] = parse_seconds(given.value("--seconds"), "--seconds");
  if (given.has("--as-told")) request["as_told"] = true;
  for (const std::string& text : given.values("--what-if"))
    request["what_if"].push_back(change_of(text));
  return request;
}

// ---- What is answered --------------------------------------------------------------------------

class Card {
 public:
  Card(const Context& context, const Json& answer)
      : style_(context.style), width_(output_width()), answer_(answer) {}

  std::string text() {
    std::string page;
    const std::string title = text_at(answer_, "title");
    if (!title.empty()) page += style_.bold(shortened(title, 100)) + "\n";
    page += status() + "\n";
    if (!answer_["conflict"].is_null()) page += conflict();
    std::size_t number = 0;
    for (const Json& plan : answer_["plans"]) page += "\n" + plan_text(plan, ++number);
    page += further();
    for (const Json& change : answer_["what_if"]) page += "\n" + change_text(change);
    return page;
  }

 private:
  std::string status() const {
    const std::string status = text_at(answer_, "status");
    const std::string among =
        counted(answer_["candidates"].get<std::uint64_t>(), "candidate") +
        (answer_["scope"] == "pool"
             ? ", the most fitting of " + grouped(answer_["found"].get<std::uint64_t>())
             : "");
    const std::string work = " (" + counted(answer_["nodes"].get<std::uint64_t>(), "team") +
                             " looked at in " + duration(answer_["seconds"].get<double>()) + ")";
    std::string text;
    if (status == "optimal") {
      text = "optimal: worth " + digits(answer_["value"]) + ", and none of " + among +
             " make a better one" + work;
    } else if (status == "feasible") {
      text = "feasible: worth " + digits(answer_["value"]) +
             (answer_["bound"].is_null() ? ", what is possible not known"
                                         : ", at most " + digits(answer_["bound"])) +
             ", among " + among + work;
    } else if (status == "infeasible") {
      text = "infeasible: no consortium among " + among + " keeps the rules" + work;
    } else {
      text = "unknown: none was found among " + among + " in the time" + work;
    }
    text += failing();
    return answer_["stopped"].get<bool>() ? text + "\nstopped; this is what was found" : text;
  }

  // The rules that the best breaks, as no choice of members could keep them.
  std::string failing() const {
    if (answer_["plans"].empty()) return {};
    std::vector<std::string> kinds;
    for (const Json& finding : answer_["plans"][0]["eligibility"]["findings"]) {
      const std::string kind = text_at(finding["rule"], "kind");
      if (finding["state"] == "fails" && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        kinds.push_back(kind);
    }
    if (kinds.empty()) return {};
    return "\nyet not eligible: it fails " + plain(joined(kinds)) + ", which was left to the check";
  }

  std::string further() const {
    const std::string why = text_at(answer_, "further");
    if (why == "none") return "\nNo further consortium that differs so keeps the rules.\n";
    if (why == "unknown") return "\nNo further consortium was found, though there may be one.\n";
    return {};
  }

  std::string rule_name(const Json& place) const {
    const Json& rule = answer_["rules"][place.get<std::size_t>()];
    const std::string kind = text_at(rule["rule"], "kind");
    return kind.empty() ? text_at(rule, "words") : kind;
  }

  std::string conflict() const {
    const Json& conflict = answer_["conflict"];
    if (conflict["rules"].empty()) {
      return paragraphs(
          "there are no candidates: name some (--candidates, --fixed), or say what "
          "they work on (--theme, --text)",
          width_, "  ");
    }
    std::string text = "These rules leave nobody (" + text_at(conflict, "proof") + " set):\n";
    for (const Json& place : conflict["rules"]) {
      const Json& rule = answer_["rules"][place.get<std::size_t>()];
      const std::string name = rule_name(place);
      const std::string words = text_at(rule, "words");
      text += "  " + style_.bold(plain(name)) + (name == words ? "" : ": " + plain(words)) + "\n";
      const std::string legal = text_at(rule["rule"], "legal_text");
      if (!legal.empty()) text += style_.dim(paragraphs("“" + legal + "”", width_, "    "));
    }
    return text;
  }

  std::string named(const Json& told) const {
    const std::string id = text_at(told, "organisation");
    const std::string country = text_at(told, "country");
    std::string more = country;
    if (!id.empty()) more += (more.empty() ? "" : ", ") + id;
    return shortened(text_at(told, "name"), 60) +
           (more.empty() ? "" : " " + style_.dim("(" + plain(more) + ")"));
  }

  std::string plan_text(const Json& plan, std::size_t number) const {
    std::string text = style_.bold(std::to_string(number) + ". worth " + digits(plan["value"])) +
                       ", " + text_at(plan, "status") + "\n";
    for (const Json& member : plan["members"]) text += member_text(plan, member);
    text += "   Rules: " + verdict_text(plan["eligibility"]) + "\n";
    Json open = plan["eligibility"];
    Json findings = Json::array();
    for (const Json& finding : open["findings"]) {
      if (finding["state"] != "passes") findings.push_back(finding);
    }
    open["findings"] = std::move(findings);
    text += findings_text(style_, open);
    for (const Json& rule : plan["binding"]) {
      text += "   " + plain(rule_name(rule["rule"])) + " costs " + digits(rule["gain"]) + "\n";
    }
    return text;
  }

  std::string member_text(const Json& plan, const Json& member) const {
    const Json& fit = member["fit"];
    std::string text = "   " + named(member) + "  " + style_.bold(joined(member["roles"])) +
                       (member["fixed"].get<bool>() ? ", fixed" : "") + "\n";
    if (member["beside"].get<bool>())
      return text + paragraphs("stands beside the consortium, in a role in which nobody applies",
                               width_, "      ");
    std::string why = "fit " + digits(fit["fit"], "%.2f") + " (topic " +
                      digits(fit["topic"], "%.2f") + ", relevance " +
                      digits(fit["relevance"], "%.2f") + ", activity " +
                      digits(fit["activity"], "%.2f") +
                      "): " + std::to_string(fit["works_on_topic"].get<std::uint64_t>()) + " of " +
                      counted(fit["works"].get<std::uint64_t>(), "record") + " on the topic";
    if (!fit["themes"].empty()) why += " (" + joined(fit["themes"]) + ")";
    text += paragraphs(why, width_, "      ");
    for (const Json& tie : member["ties"]) {
      const Json& other = plan["members"][tie["other"].get<std::size_t>()];
      std::string line =
          "tie " + digits(tie["strength"], "%.2f") + " with " + text_at(other, "name");
      for (const Json& work : tie["works"]) line += " · " + text_at(work, "title");
      text += paragraphs(line, width_, "      ");
    }
    const std::string costs = loss_text(member);
    return costs.empty() ? text : text + paragraphs(costs, width_, "      ");
  }

  std::string loss_text(const Json& member) const {
    std::string text;
    for (const Json& place : member["needed_for"])
      text += (text.empty() ? "only it keeps " : ", ") + rule_name(place);
    if (member["loss"].is_null() && !member["loss_proved"].get<bool>()) {
      // Not looked for, or none found in the time.
    } else if (member["loss"].is_null()) {
      text += (text.empty() ? "" : "; ") + std::string("without it there is none");
    } else if (member["loss"].get<double>() != 0) {
      text += (text.empty() ? "" : "; ") + std::string("without it ") +
              (member["loss_proved"].get<bool>() ? "" : "at most ") + digits(member["loss"]) +
              " less";
    }
    const Json& substitute = member["substitute"];
    if (!substitute.is_null()) {
      const std::string told = digits(substitute["loss"]);
      const bool same = member["loss_proved"].get<bool>() && told == digits(member["loss"]);
      text += (text.empty() ? "" : "; ") + std::string("in its place ") +
              text_at(substitute, "name") + (same ? "" : ": " + told + " less");
    }
    return text;
  }

  std::string change_text(const Json& change) const {
    std::string text =
        style_.bold("What if " + std::to_string(++changes_)) + ": " + text_at(change, "status");
    if (!change["members"].empty()) {
      text += ", worth " + digits(change["value"]);
      if (!answer_["plans"].empty()) text += " (" + digits(change["difference"], "%+.3f") + ")";
      if (!change["joined"].empty()) text += "\n   joined: " + plain(joined(change["joined"]));
      if (!change["left"].empty()) text += "\n   left: " + plain(joined(change["left"]));
    }
    return text + "\n";
  }

  Style style_;
  std::size_t width_;
  const Json& answer_;
  mutable std::size_t changes_ = 0;
};

}  // namespace

int run_build_consortium(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string asked =
      request_of(context, catalogue.get()).dump(-1, ' ', false, Json::error_handler_t::replace);
  Work work;
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_build_consortium(catalogue.get(), asked.data(), asked.size(), work.task(), text,
                               error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json answer = Json::parse(json);
  print(Card(context, answer).text());
  return Done;
}

}  // namespace koinon::command
