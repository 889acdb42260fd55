// SPDX-License-Identifier: Apache-2.0
//
// Random histories of records that live by a table, of all seven: steps to anywhere, by anybody,
// facts that come and go, writes that try to get around the steps, clocks that run, and awards of
// all sizes. A step is taken exactly where the model (life_model.hpp) says that it may.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "catch.hpp"
#include "domain/date.hpp"
#include "domain/life.hpp"
#include "life_model.hpp"
#include "lives.hpp"

using namespace koinon;
using test::Edges;
using test::euro;
using test::Life;
using test::LifeModel;
using test::LivingCatalogue;
using test::StepTried;

namespace {

constexpr std::int64_t budget = 1000;
constexpr std::int64_t requested = 700;

class History {
 public:
  /// `taken` gets the steps that are taken, by table, and says which none took before.
  History(unsigned seed, std::map<std::string, Edges>& taken) : random_(seed), taken_(taken) {
    Programme programme;
    programme.names = {test::text("P")};
    programme.budget = {{test::date("2026"), euro(600)}, {test::date("2027"), euro(400)}};
    living_.put("prog-1", programme);
    living_.put("ini-1", test::initiative("I"));
    living_.put("org-0", test::organisation("O"));
    living_.put("org-1", test::organisation("P"));
    living_.put("meth-0", method());
    begin_case();
    begin_method();
    begin_experiment();
    begin_contribution();
    Call call;
    call.titles = {test::text("C")};
    call.programme_record = "prog-1";
    call.opening = test::date(LifeModel::opening);
    call.deadlines = {test::date(LifeModel::last_day), test::date("2026-03-20")};
    call.rules = {{"minimum-partners", {{"minimum", {"2"}}}, ""}};
    begin("call-1", call, "call", "draft");
    Consortium consortium;
    consortium.call = "call-1";
    add_member(consortium, 0);
    begin("cons-1", consortium, "consortium", "forming");
    for (const char* id : {"bid-1", "bid-2"}) {
      Bid bid;
      bid.call = "call-1";
      bid.consortium = "cons-1";
      bid.requested = euro(requested);
      begin(id, bid, "bid", "drafted");
    }
    tell_time();
  }

  void act() {
    switch (pick(14)) {
      case 0:
        return run_clock();
      case 1:
        return award();
      case 2:
      case 3:
        return cheat();
      case 4:
      case 5:
      case 6:
        return edit();
      case 7:
        return advance();
      default:
        return step();
    }
  }

  // What must hold whatever happened.
  void check() {
    for (const auto& [id, life] : model_.lives) {
      CAPTURE(id);
      const Record record = living_.catalogue.get(id).record;
      const std::string& told = *domain::state_of(record);
      CHECK((told.empty() ? life.first : told) == life.state);
      std::vector<std::string> led_to;
      std::string at = life.first;
      for (const LifeStep& step : *domain::steps_of(record)) {
        CHECK(step.from == at);
        CHECK(life.edges().count({step.from, step.to}) == 1);
        at = step.to;
        led_to.push_back(at);
      }
      CHECK(at == life.state);
      CHECK(led_to == life.steps);
      check_next(id, life);
    }
    std::int64_t sum = 0;
    for (const auto& [bid, amount] : model_.awards) sum += amount;
    CHECK(sum <= budget);
    CHECK(living_.catalogue.check().findings.empty());
  }

  std::size_t refused() const { return refused_; }
  /// The tables of which a life was cheated on in each way.
  const std::set<std::pair<std::string, std::size_t>>& cheated() const { return cheated_; }

 private:
  std::size_t pick(std::size_t size) { return random_() % size; }
  std::string anybody() { return std::string(1, static_cast<char>('a' + pick(6))); }
  std::string writer() { return pick(2) == 0 ? "a" : "b"; }
  void tell_time() {
    constexpr std::size_t day = 10;  // of 2026-03-02T12:00
    model_.today = domain::format_timestamp(*living_.time).substr(0, day);
  }

  static Method method() {
    Method made;
    made.names = {test::text("M")};
    return made;
  }

  void add_member(Consortium& consortium, std::size_t number) {
    Participation& one = consortium.members.emplace_back();
    one.organisation = "org-" + std::to_string(number);
    one.role = "partner";
  }

  void begin(const std::string& id, const Record& record, const char* table, const char* state,
             test::Words facts = {}) {
    living_.put(id, record, "a");
    model_.lives[id] = {table, state, state, {}, {"a"}, std::move(facts)};
  }

  std::string fresh(const char* kind) { return kind + std::to_string(++ids_); }

  void begin_case() {
    CaseStudy study;
    study.initiative = "ini-1";
    study.problem = study.solution = study.results = study.transferability = {test::text("x")};
    study.locations.resize(1);
    study.locations[0].country = "FI";
    begin(fresh("case-"), study, "case-study", "draft", {"results"});
  }

  void begin_method() { begin(fresh("meth-"), method(), "method", "collected"); }

  void begin_experiment() {
    Experiment made;
    made.titles = made.intervention = made.comparison = {test::text("x")};
    made.features = {"before-after"};
    made.claimed_level = "5";
    made.outcomes = {{"days in work", "days", {}}};
    made.sample_planned = 2000;
    made.planned = {test::date("2026-01"), test::date("2027-12")};
    begin(fresh("exp-"), made, "experiment", "planned");
  }

  void begin_contribution() {
    Contribution made;
    made.exchange = "exch-1";
    living_.put("exch-1", Exchange{});
    made.text = {test::text("x")};
    begin(fresh("contr-"), made, "exchange-moderation", "pending");
  }

  // Of a life that has ended another begins, where it is one of its own.
  void go_on(const std::string& id) {
    const Life& life = model_.lives.at(id);
    if (!life.has_ended()) return;
    if (life.table == "case-study") begin_case();
    if (life.table == "method") begin_method();
    if (life.table == "experiment") begin_experiment();
    if (life.table == "exchange-moderation") begin_contribution();
  }

  template <class Of>
  std::string one_of(Of&& of) {
    std::vector<std::string> found;
    for (const auto& [id, life] : model_.lives) {
      if (of(life)) found.push_back(id);
    }
    return found.empty() ? std::string() : found[pick(found.size())];
  }

  // Mostly one that goes on.
  std::string any_life() {
    auto table = test::all_edges().begin();
    std::advance(table, static_cast<std::ptrdiff_t>(pick(test::all_edges().size())));
    const std::string id = pick(6) == 0 ? std::string() : going_on(table->first);
    return id.empty() ? one_of([](const Life&) { return true; }) : id;
  }

  std::string going_on(const std::string& table) {
    return one_of([&](const Life& life) { return life.table == table && !life.has_ended(); });
  }

  static std::vector<std::string> states_of(const Edges& edges) {
    std::set<std::string> states;
    for (const auto& [from, to] : edges) states.insert({from, to});
    return {states.begin(), states.end()};
  }

  // Mostly a step that its table has; one that none took before, or one from which life goes on.
  std::string anywhere(const Life& life) {
    std::vector<std::string> ends;
    for (const auto& edge : life.edges()) {
      if (edge.first == life.state) ends.push_back(edge.second);
    }
    if (ends.empty() || pick(5) == 0) ends = states_of(life.edges());
    const auto ends_life = [&](const std::string& end) { return life.ends_in(end); };
    const Edges& known = taken_[life.table];
    std::vector<std::string> unseen = ends;
    std::erase_if(unseen, [&](const std::string& end) {
      return known.count({life.state, end}) > 0 || life.edges().count({life.state, end}) == 0;
    });
    if (!unseen.empty() && pick(4) > 0) {
      ends = std::move(unseen);
    } else if (pick(4) > 0 && !std::all_of(ends.begin(), ends.end(), ends_life)) {
      std::erase_if(ends, ends_life);
    }
    return ends[pick(ends.size())];
  }

  void step() {
    const std::string id = any_life();
    const Life& life = model_.lives.at(id);
    const StepTried tried = {anywhere(life), anybody(), pick(6) == 0 ? "SE" : "FI",
                             pick(6) == 0 ? "" : "because"};
    const std::string from = life.state;
    const bool may = model_.may(id, tried);
    const auto codes = living_.refused(id, tried.to, tried.by, tried.country, tried.reason);
    CAPTURE(id, from, tried.to, tried.by, tried.country, tried.reason, model_.today, codes);
    CHECK(codes.empty() == may);
    if (!codes.empty()) {
      CHECK(codes[0].rfind("error", 0) == std::string::npos);
      ++refused_;
      return;
    }
    taken_[life.table].emplace(from, tried.to);
    model_.take(id, tried.to, tried.by);
    go_on(id);
  }

  // What may be done next is said as it is then done.
  void check_next(const std::string& id, const Life& life) {
    const StepTried asked = {"", anybody(), "FI", "because"};
    std::size_t edges = 0;
    for (const NextStep& next : living_.catalogue.next_steps(id, {asked.by, asked.country}).steps) {
      StepTried step = asked;
      step.to = next.to;
      CAPTURE(step.to, step.by);
      CHECK(next.allowed == model_.may(id, step));
      CHECK((next.asks == std::vector<std::string>{"reason"}) ==
            test::asks_why(life.table, life.state, next.to));
      ++edges;
    }
    const auto out = [&](const auto& edge) { return edge.first == life.state; };
    CHECK(edges ==
          static_cast<std::size_t>(std::count_if(life.edges().begin(), life.edges().end(), out)));
  }

  void run_clock() {
    *living_.time += static_cast<Timestamp>(pick(6)) * 24 * 3600 * 1000;
    tell_time();
  }

  // Asked late, the clock opens what was announced in time, and closes it at once.
  void advance() {
    std::vector<std::string> due;
    std::string state = model_.state("call-1");
    if (state == "upcoming" && model_.today >= LifeModel::opening) due.push_back(state = "open");
    if (state == "open" && model_.today > LifeModel::last_day) due.push_back("closed");
    std::vector<std::string> moved;
    for (const Moved& each : living_.catalogue.advance_calls().moved) {
      CHECK(each.id == "call-1");
      taken_["call"].emplace(each.step.from, each.step.to);
      moved.push_back(each.step.to);
    }
    CHECK(moved == due);
    for (const std::string& to : due) model_.take("call-1", to, "clock");
  }

  void award() {
    const std::string bid = pick(2) == 0 ? "bid-1" : "bid-2";
    Award made;
    made.bid = bid;
    made.amount = euro(static_cast<std::int64_t>(pick(900)));
    std::int64_t others = 0;
    for (const auto& [other, amount] : model_.awards) others += other == bid ? 0 : amount;
    // Nor more than the bid asks for; and one that is selected keeps an award.
    const bool fits = others + *made.amount.minor <= budget && *made.amount.minor <= requested &&
                      (model_.lives[bid].state != "selected" || *made.amount.minor > 0);
    const auto codes = test::refusal([&] { living_.put("award-" + bid, made); });
    CHECK(codes.empty() == fits);
    if (codes.empty()) model_.awards[bid] = *made.amount.minor;
  }

  // A write that would change a life without a step.
  void cheat() {
    const std::string id = any_life();
    const Life& life = model_.lives.at(id);
    const Record right = living_.catalogue.get(id).record;
    Record wrong = right;
    std::string& state = domain::state_of(wrong);
    std::vector<LifeStep>& steps = domain::steps_of(wrong);
    const std::size_t way = pick(7);
    // A record without steps may be told in any state, but in no other.
    if (life.steps.empty() && way >= 2) return;
    switch (way) {
      case 0:
        state = "no-such-state";
        break;
      case 1:
        if (life.has_ended()) return;
        steps.push_back({life.state, anywhere(life), {*living_.time}, "cheat", "", "because"});
        state = steps.back().to;
        break;
      case 2:
      case 3: {
        auto states = states_of(life.edges());
        std::erase(states, life.state);
        state = states[pick(states.size())];
        if (way == 3) steps.clear();
        break;
      }
      case 4:
        state = steps.back().from;
        steps.pop_back();
        break;
      case 5:
        steps.back().by += "!";
        break;
      default:
        // Nor by removing the record and writing it anew.
        living_.catalogue.remove(id);
        steps.clear();
        state = life.first;
    }
    CAPTURE(id, life.state, way);
    CHECK_FALSE(test::refusal([&] { living_.put(id, wrong, "cheat"); }).empty());
    if (way == 6) living_.put(id, right, "a");
    cheated_.emplace(life.table, way);
  }

  void edit() {
    switch (pick(4)) {
      case 0:
        return edit_case();
      case 1:
        return edit_method();
      case 2:
        return edit_experiment();
      default:
        return edit_consortium();
    }
  }

  // A fact comes where it was not told, or goes; true where it is told from now on.
  static bool turn(Life& life, const char* fact) {
    if (life.facts.erase(fact) > 0) return false;
    life.facts.insert(fact);
    return true;
  }

  void edit_case() {
    const std::string id = going_on("case-study");
    Life& life = model_.lives.at(id);
    const std::string by = writer();
    auto study = living_.get<CaseStudy>(id);
    if (pick(3) == 0) {
      study.results.clear();
      if (turn(life, "results")) study.results = {test::text("x")};
    } else {
      study.lessons = {test::text("lesson " + std::to_string(random_()))};
    }
    living_.put(id, study, by);
    life.writers.insert(by);
    // None stays published without an answer.
    if (life.state == "published" && !life.tells("results")) model_.take(id, "stale", by);
  }

  void edit_method() {
    const std::string id = going_on("method");
    Life& life = model_.lives.at(id);
    auto made = living_.get<Method>(id);
    switch (pick(4)) {
      case 0: {
        Assessment assessment;
        assessment.method = id;
        assessment.assessor = "a-1";
        living_.put("assess-" + id, assessment);
        life.facts.insert("assessment");
        return;
      }
      case 1: {
        Pilot pilot;
        pilot.method = id;
        living_.put("pilot-" + id, pilot);
        if (pick(2) == 0) return;
        Evidence evidence;
        evidence.about = "pilot-" + id;
        living_.put("evid-" + id, evidence);
        life.facts.insert("evidence");
        return;
      }
      case 2:
        made.licence = turn(life, "licence") ? "CC-BY-4.0" : "";
        break;
      default:
        made.superseded_by = turn(life, "successor") ? "meth-0" : pick(2) == 0 ? "org-1" : "";
    }
    living_.put(id, made);
  }

  void edit_experiment() {
    const std::string id = going_on("experiment");
    Life& life = model_.lives.at(id);
    auto made = living_.get<Experiment>(id);
    switch (pick(4)) {
      case 0:
        made.question.clear();
        if (turn(life, "question")) made.question = {test::text("x")};
        break;
      case 1:
        made.features = {turn(life, "randomised") ? "random-assignment" : "before-after"};
        break;
      case 2:
        made.effects.resize(1);
        made.effects[0].indicator = "days in work";
        made.effects[0].value.reset();
        if (turn(life, "result")) made.effects[0].value = 6;
        break;
      default: {
        Uptake uptake;
        uptake.of = id;
        living_.put("upt-" + id, uptake);
        life.facts.insert("uptake");
        return;
      }
    }
    living_.put(id, made);
  }

  void edit_consortium() {
    auto consortium = living_.get<Consortium>("cons-1");
    consortium.members.clear();
    const std::size_t members = pick(3) > 0 ? 2 : 1;
    for (std::size_t i = 0; i < members; ++i) add_member(consortium, i);
    const std::string& state = model_.state("cons-1");
    const bool same = members == model_.members;
    const bool ended = state == "rejected" || state == "dissolved";
    const auto codes = test::refusal([&] { living_.put("cons-1", consortium, anybody()); });
    CHECK(codes.empty() == (same || !ended));
    if (!codes.empty() || same) return;
    model_.members = members;
    if (state != "forming") model_.take("cons-1", "forming", "");
  }

  std::mt19937 random_;
  LivingCatalogue living_;
  LifeModel model_;
  int ids_ = 0;
  std::map<std::string, Edges>& taken_;
  std::set<std::pair<std::string, std::size_t>> cheated_;
  std::size_t refused_ = 0;
};

}  // namespace

TEST_CASE("the model of lives has the steps of every table", "[life-cycle]") {
  std::set<std::string> told;
  for (const auto& [table, edges] : test::all_edges()) {
    CAPTURE(table);
    Edges read;
    const auto json = nlohmann::json::parse(life_cycle(table));
    for (const auto& edge : json["edges"])
      read.emplace(edge["from"].get<std::string>(), edge["to"].get<std::string>());
    CHECK(read == edges);
    told.insert(table);
  }
  const std::vector<std::string> all = life_cycle_names();
  CHECK(told == std::set<std::string>(all.begin(), all.end()));
}

TEST_CASE("no history of steps, writes and clocks reaches a state that no step leads to",
          "[life-cycle]") {
  std::map<std::string, Edges> taken;
  std::set<std::pair<std::string, std::size_t>> cheated;
  std::size_t refused = 0;
  for (unsigned seed = 0; seed < 80; ++seed) {
    CAPTURE(seed);
    History history(seed, taken);
    for (int i = 0; i < 400; ++i) {
      history.act();
      if (i % 40 == 39) history.check();
    }
    cheated.insert(history.cheated().begin(), history.cheated().end());
    refused += history.refused();
  }
  // The dice did reach every step of every life, and tried each way around it.
  std::vector<std::string> missed;
  for (const auto& [table, edges] : test::all_edges()) {
    for (const auto& [from, to] : edges) {
      if (taken[table].count({from, to}) == 0) missed.push_back(table + ": " + from + " -> " + to);
    }
  }
  CHECK(missed == std::vector<std::string>{});
  CHECK(cheated.size() == 7 * taken.size());
  CHECK(refused > 1000);
}
