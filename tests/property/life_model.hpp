// SPDX-License-Identifier: Apache-2.0
//
// What lives may do, written out by hand: steps and conditions as the reference page tells them,
// and not the tables and guards that the engine reads.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "koinon/records.hpp"

namespace koinon::test {

using Edges = std::set<std::pair<std::string, std::string>>;
using Words = std::set<std::string>;

/// The steps of each life, by the name of its table.
inline const std::map<std::string, Edges>& all_edges() {
  static const std::map<std::string, Edges> edges = {{"case-study",
                                                      {{"draft", "submitted"},
                                                       {"submitted", "national-review"},
                                                       {"national-review", "eu-review"},
                                                       {"national-review", "draft"},
                                                       {"national-review", "rejected"},
                                                       {"eu-review", "published"},
                                                       {"eu-review", "draft"},
                                                       {"eu-review", "rejected"},
                                                       {"published", "stale"},
                                                       {"published", "archived"},
                                                       {"published", "withdrawn"},
                                                       {"stale", "submitted"}}},
                                                     {"method",
                                                      {{"collected", "assessing"},
                                                       {"assessing", "rejected"},
                                                       {"assessing", "developing"},
                                                       {"assessing", "validating"},
                                                       {"developing", "validating"},
                                                       {"validating", "developing"},
                                                       {"validating", "validated"},
                                                       {"validated", "disseminated"},
                                                       {"disseminated", "superseded"},
                                                       {"disseminated", "retired"}}},
                                                     {"call",
                                                      {{"draft", "upcoming"},
                                                       {"upcoming", "open"},
                                                       {"open", "closed"},
                                                       {"closed", "evaluating"},
                                                       {"evaluating", "awarded"},
                                                       {"draft", "cancelled"},
                                                       {"upcoming", "cancelled"},
                                                       {"open", "cancelled"},
                                                       {"closed", "cancelled"},
                                                       {"evaluating", "cancelled"}}},
                                                     {"consortium",
                                                      {{"forming", "checked"},
                                                       {"checked", "submitted"},
                                                       {"submitted", "funded"},
                                                       {"submitted", "rejected"},
                                                       {"checked", "forming"},
                                                       {"submitted", "forming"},
                                                       {"funded", "forming"},
                                                       {"forming", "dissolved"},
                                                       {"checked", "dissolved"},
                                                       {"submitted", "dissolved"}}},
                                                     {"bid",
                                                      {{"drafted", "submitted"},
                                                       {"submitted", "admissible"},
                                                       {"submitted", "rejected"},
                                                       {"admissible", "evaluated"},
                                                       {"admissible", "rejected"},
                                                       {"evaluated", "selected"},
                                                       {"evaluated", "reserve"},
                                                       {"evaluated", "rejected"},
                                                       {"reserve", "selected"},
                                                       {"reserve", "rejected"},
                                                       {"drafted", "withdrawn"},
                                                       {"submitted", "withdrawn"},
                                                       {"admissible", "withdrawn"},
                                                       {"evaluated", "withdrawn"},
                                                       {"reserve", "withdrawn"}}},
                                                     {"experiment",
                                                      {{"planned", "running"},
                                                       {"running", "ended"},
                                                       {"ended", "reported"},
                                                       {"reported", "taken-up"},
                                                       {"planned", "abandoned"},
                                                       {"running", "abandoned"}}},
                                                     {"exchange-moderation",
                                                      {{"pending", "approved"},
                                                       {"pending", "refused"},
                                                       {"approved", "hidden"},
                                                       {"hidden", "approved"}}}};
  return edges;
}

/// The steps that ask why.
inline bool asks_why(const std::string& table, const std::string& from, const std::string& to) {
  static const std::map<std::string, Words> ends = {
      {"case-study", {"draft", "rejected", "stale", "withdrawn"}},
      {"method", {"rejected", "retired"}},
      {"call", {"cancelled"}},
      {"consortium", {"rejected", "forming", "dissolved"}},
      {"bid", {"rejected", "withdrawn"}},
      {"experiment", {"abandoned"}},
      {"exchange-moderation", {"refused", "hidden"}}};
  const bool sent_back = table == "method" && from == "validating" && to == "developing";
  return sent_back || ends.at(table).count(to) > 0;
}

struct Life {
  std::string table;
  std::string first;
  std::string state;
  std::vector<std::string> steps;  // the states that they led to
  Words writers;
  Words facts;  // what the record, and those about it, tell

  bool tells(const char* fact) const { return facts.count(fact) > 0; }
  const Edges& edges() const { return all_edges().at(table); }
  bool ends_in(const std::string& other) const {
    for (const auto& edge : edges()) {
      if (edge.first == other) return false;
    }
    return true;
  }
  bool has_ended() const { return ends_in(state); }
};

struct StepTried {
  std::string to;
  std::string by;
  std::string country;
  std::string reason;
};

/// One call with a consortium and its bids, and any other lives.
struct LifeModel {
  static constexpr const char* opening = "2026-03-05";
  static constexpr const char* last_day = "2026-04-20";

  std::map<std::string, Life> lives;
  std::map<std::string, std::int64_t> awards;  // cents, by bid
  std::size_t members = 1;                     // of the consortium
  std::string today;                           // as YYYY-MM-DD, so that days compare as texts

  const std::string& state(const char* id) const { return lives.at(id).state; }

  bool takes_bids() const { return state("call-1") == "open" && today <= last_day; }
  bool has_members() const { return members >= 2; }

  /// Whether the step may be taken.
  bool may(const std::string& id, const StepTried& step) const {
    const Life& life = lives.at(id);
    if (life.edges().count({life.state, step.to}) == 0) return false;
    if (asks_why(life.table, life.state, step.to) && step.reason.empty()) return false;
    if (life.table == "case-study") return may_case(life, step);
    if (life.table == "exchange-moderation") return life.writers.count(step.by) == 0;
    if (life.table == "method") return may_method(life, step.to);
    if (life.table == "experiment") return may_experiment(life, step.to);
    if (life.table == "call") return may_call(step.to);
    if (life.table == "consortium") return may_consortium(step.to);
    return may_bid(id, step.to);
  }

  static bool may_case(const Life& life, const StepTried& step) {
    const std::string& from = life.state;
    if (from != "submitted" && from != "national-review" && from != "eu-review") return true;
    if (life.writers.count(step.by) > 0) return false;
    if (from != "eu-review" && step.country != "FI") return false;
    return (step.to != "eu-review" && step.to != "published") || life.tells("results");
  }

  static bool may_method(const Life& life, const std::string& to) {
    if (life.state == "assessing") return life.tells("assessment");
    if (to == "validated")
      return life.tells("assessment") && life.tells("evidence") && life.tells("licence");
    if (to == "disseminated") return life.tells("licence");
    return to != "superseded" || life.tells("successor");
  }

  static bool may_experiment(const Life& life, const std::string& to) {
    if (to == "running") return life.tells("question") && life.tells("randomised");
    if (to == "reported") return life.tells("result");
    return to != "taken-up" || life.tells("uptake");
  }

  bool may_call(const std::string& to) const {
    if (to == "upcoming") return today <= last_day;
    if (to == "open") return today >= opening && today <= last_day;
    return to != "closed" || today > last_day;
  }

  bool may_consortium(const std::string& to) const {
    if (to == "checked") return has_members();
    if (to == "submitted") return has_members() && takes_bids();
    return to != "funded" || !awards.empty();
  }

  bool may_bid(const std::string& id, const std::string& to) const {
    const std::string& consortium = state("cons-1");
    if (to == "submitted")
      return takes_bids() && (consortium == "checked" || consortium == "submitted");
    const auto award = awards.find(id);
    return to != "selected" || (award != awards.end() && award->second > 0);
  }

  void take(const std::string& id, const std::string& to, const std::string& by) {
    Life& life = lives.at(id);
    life.state = to;
    life.steps.push_back(to);
    if (life.table == "case-study" && to == "submitted") life.writers.insert(by);
  }
};

}  // namespace koinon::test
