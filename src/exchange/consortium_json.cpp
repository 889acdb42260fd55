// SPDX-License-Identifier: Apache-2.0
//
// Requests for a consortium, and answers, as JSON: docs/reference/consortium-requests.md.
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "domain/date.hpp"
#include "domain/kinds.hpp"
#include "exchange/answer_json.hpp"
#include "exchange/eligibility_json.hpp"
#include "koinon/consortium.hpp"

namespace koinon::exchange {

namespace {

using Ordered = nlohmann::ordered_json;

// ---- Writing -----------------------------------------------------------------------------------

// What is infinite is no number of JSON.
Ordered number(double value) {
  return std::isfinite(value) ? Ordered(value) : Ordered(nullptr);
}

Ordered json_of(const SharedWork& work);
Ordered json_of(const ConsortiumTie& tie);
Ordered json_of(const PlannedMember& member);
Ordered json_of(const BindingRule& rule);
Ordered json_of(const ConsortiumPlan& plan);
Ordered json_of(const SearchedRule& rule);
Ordered json_of(const WhatIfAnswer& answer);

template <class Values>
Ordered list_of(const Values& values) {
  Ordered list = Ordered::array();
  for (const auto& value : values) list.push_back(json_of(value));
  return list;
}

Ordered share_of(const std::optional<Share>& share) {
  return share ? Ordered(share->millionths / 1e6) : Ordered();
}

Ordered json_of(const SharedWork& work) {
  return {{"id", work.id},
          {"kind", domain::kind_names[static_cast<std::size_t>(work.kind)]},
          {"title", work.title},
          {"start", date_json(work.period.from)},
          {"end", date_json(work.period.to)},
          {"own_roles", work.own_roles},
          {"partner_roles", work.partner_roles},
          {"own_share", share_of(work.own_share)},
          {"partner_share", share_of(work.partner_share)}};
}

Ordered json_of(const ConsortiumTie& tie) {
  return {{"other", tie.other},
          {"strength", tie.strength},
          {"value", tie.value},
          {"works", list_of(tie.works)}};
}

Ordered json_of(const ConsortiumFit& fit) {
  return {{"fit", fit.fit},           {"topic", fit.topic}, {"relevance", fit.relevance},
          {"activity", fit.activity}, {"works", fit.works}, {"works_on_topic", fit.works_on_topic},
          {"themes", fit.themes}};
}

Ordered json_of(const PlannedMember& member) {
  Ordered substitute(nullptr);
  if (member.substitute) {
    substitute = {{"organisation", member.substitute->organisation},
                  {"name", member.substitute->name},
                  {"country", member.substitute->country},
                  {"loss", number(member.substitute->loss)}};
  }
  return {{"organisation", member.organisation},
          {"name", member.name},
          {"country", member.country},
          {"kind", member.kind},
          {"roles", member.roles},
          {"fixed", member.fixed},
          {"beside", member.beside},
          {"fit", json_of(member.fit)},
          {"ties", list_of(member.ties)},
          {"needed_for", member.needed_for},
          {"loss", number(member.loss)},
          {"loss_at_least", number(member.loss_at_least)},
          {"loss_proved", member.loss_proved},
          {"substitute", std::move(substitute)}};
}

Ordered json_of(const BindingRule& rule) {
  return {{"rule", rule.rule}, {"slack", rule.slack}, {"gain", rule.gain}, {"proved", rule.proved}};
}

Ordered json_of(const ConsortiumPlan& plan) {
  return {{"value", plan.value},
          {"status", plan.status},
          {"bound", number(plan.bound)},
          {"gap", number(plan.gap)},
          {"members", list_of(plan.members)},
          {"binding", list_of(plan.binding)},
          {"eligibility", report_json(plan.eligibility)}};
}

Ordered json_of(const SearchedRule& rule) {
  return {{"rule", rule_json(rule.rule)},
          {"source", rule.source},
          {"searched", rule.searched},
          {"words", rule.words}};
}

Ordered json_of(const WhatIfAnswer& answer) {
  return {{"status", answer.status},
          {"value", answer.value},
          {"bound", number(answer.bound)},
          {"gap", number(answer.gap)},
          {"difference", answer.difference},
          {"nodes", answer.nodes},
          {"members", answer.members},
          {"joined", answer.joined},
          {"left", answer.left}};
}

Ordered answer_json(const ConsortiumAnswer& answer) {
  Ordered conflict(nullptr);
  if (answer.conflict)
    conflict = {{"rules", answer.conflict->rules}, {"proof", answer.conflict->proof}};
  return {{"change", answer.change},         {"call", answer.call},
          {"title", answer.title},           {"status", answer.status},
          {"value", answer.value},           {"bound", number(answer.bound)},
          {"gap", number(answer.gap)},       {"nodes", answer.nodes},
          {"seconds", answer.seconds},       {"stopped", answer.stopped},
          {"scope", answer.scope},           {"candidates", answer.candidates},
          {"found", answer.found},           {"rules", list_of(answer.rules)},
          {"plans", list_of(answer.plans)},  {"further", answer.further},
          {"conflict", std::move(conflict)}, {"what_if", list_of(answer.what_if)}};
}

// ---- Reading -----------------------------------------------------------------------------------

class Reader : private BidReader {
 public:
  ConsortiumRequest read(std::string_view json) {
    ConsortiumRequest request;
    read_object(json, [&](const Json& tree) {
      for (const auto& [key, value] : tree.items()) take_part(key, value, request);
    });
    return request;
  }

 private:
  // The engine says what is asked of them.
  static constexpr double greatest = std::numeric_limits<double>::max();

  void take_part(const std::string& key, const Json& value, ConsortiumRequest& request) {
    if (key == "call") {
      take(value, key, request.call);
    } else if (key == "rules") {
      take(value, key, request.rules);
    } else if (key == "fixed") {
      members(value, key, request.fixed);
    } else if (key == "candidates") {
      members(value, key, request.candidates);
    } else if (key == "text") {
      take(value, key, request.text);
    } else if (key == "language") {
      take(value, key, request.language);
    } else if (key == "themes") {
      take(value, key, request.themes);
    } else if (key == "concepts") {
      take(value, key, request.concepts);
    } else if (key == "countries") {
      take(value, key, request.countries);
    } else if (key == "kinds") {
      take(value, key, request.kinds);
    } else if (key == "most_candidates") {
      take(value, key, request.most_candidates);
    } else if (key == "forbidden") {
      take(value, key, request.forbidden);
    } else if (key == "size_least") {
      take(value, key, request.size_least);
    } else if (key == "size_most") {
      take(value, key, request.size_most);
    } else {
      take_more(key, value, request);
    }
  }

  void take_more(const std::string& key, const Json& value, ConsortiumRequest& request) {
    if (key == "tie_weight") {
      take(value, key, request.tie_weight, -greatest, greatest);
    } else if (key == "member_price") {
      take(value, key, request.member_price, -greatest, greatest);
    } else if (key == "answers") {
      take(value, key, request.answers);
    } else if (key == "different") {
      take(value, key, request.different);
    } else if (key == "seconds") {
      take(value, key, request.seconds, -greatest, greatest);
    } else if (key == "nodes") {
      std::size_t nodes = 0;
      take(value, key, nodes);
      request.nodes = nodes;
    } else if (key == "gap") {
      take(value, key, request.gap, -greatest, greatest);
    } else if (key == "explain") {
      take(value, key, request.explain);
    } else if (key == "what_if") {
      each(value, key, [&](const Json& one, const std::string& place) {
        change(one, place, request.what_if.emplace_back());
      });
    } else if (key == "documents") {
      take(value, key, request.documents);
    } else if (key == "eu_share") {
      take(value, key, request.eu_share);
    } else if (key == "on") {
      take(value, key, request.on);
    } else if (key == "works") {
      take(value, key, request.works);
    } else if (key == "wait") {
      take(value, key, request.wait);
    } else if (key == "as_told") {
      take(value, key, request.as_told);
    } else {
      unknown(key);
    }
  }

  void members(const Json& value, const std::string& path, std::vector<ConsortiumMember>& into) {
    each(value, path,
         [&](const Json& one, const std::string& place) { take(one, place, into.emplace_back()); });
  }

  void change(const Json& value, const std::string& path, ConsortiumWhatIf& into) {
    if (!is_object(value, path)) return;
    for (const auto& [key, told] : value.items()) {
      const std::string place = path + "." + key;
      if (key == "add") {
        take(told, place, into.add);
      } else if (key == "forbid" || key == "remove") {
        take(told, place, into.forbid);
      } else if (key == "relax") {
        take(told, place, into.relax);
      } else {
        unknown(place);
      }
    }
  }
};

}  // namespace

}  // namespace koinon::exchange

namespace koinon {

ConsortiumRequest consortium_request_from_json(std::string_view json) {
  return exchange::Reader().read(json);
}

std::string to_json(const ConsortiumAnswer& answer) {
  return exchange::answer_json(answer).dump(-1, ' ', false,
                                            nlohmann::json::error_handler_t::replace);
}

}  // namespace koinon
