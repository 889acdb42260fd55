// SPDX-License-Identifier: Apache-2.0
//
// Random histories of records that live by a table: steps to anywhere, by anybody, writes that try
// to get around them, clocks that run and awards of all sizes. The twin is a plain map of edges
// read from the table, a list of who wrote what, and a sum.
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "catch.hpp"
#include "lives.hpp"

using namespace koinon;
using test::euro;
using test::LivingCatalogue;

namespace {

using Edges = std::set<std::pair<std::string, std::string>>;

Edges edges_of(const char* table) {
  Edges edges;
  const auto json = nlohmann::json::parse(life_cycle(table));
  for (const auto& edge : json["edges"])
    edges.emplace(edge["from"].get<std::string>(), edge["to"].get<std::string>());
  return edges;
}

std::vector<std::string> states_of(const Edges& edges) {
  std::set<std::string> states;
  for (const auto& [from, to] : edges) {
    states.insert(from);
    states.insert(to);
  }
  return {states.begin(), states.end()};
}

constexpr std::int64_t budget = 1000;
constexpr std::int64_t requested = 700;

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {
    Programme programme;
    programme.names = {test::text("P")};
    programme.budget = {{test::date("2026"), euro(600)}, {test::date("2027"), euro(400)}};
    living_.put("prog-1", programme);
    living_.put("ini-1", test::initiative("I"));
    living_.put("org-0", test::organisation("O"));
    living_.put("org-1", test::organisation("P"));
    CaseStudy study;
    study.initiative = "ini-1";
    study.problem = study.solution = study.results = study.transferability = {test::text("x")};
    study.locations.resize(1);
    study.locations[0].country = "FI";
    begin("case-1", study, "case-study", "draft");
    Call call;
    call.titles = {test::text("C")};
    call.programme_record = "prog-1";
    call.opening = test::date("2026-03-05");
    call.deadlines = {test::date("2026-04-20"), test::date("2026-03-20")};
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
    Contribution contribution;
    contribution.exchange = "exch-1";
    contribution.text = {test::text("x")};
    begin("contr-1", contribution, "contribution", "pending");
  }

  void act() {
    switch (pick(8)) {
      case 0:
        return run_clock();
      case 1:
        return award();
      case 2:
        return cheat();
      case 3:
        return edit();
      case 4:
        return advance();
      default:
        return step();
    }
  }

  // What must hold whatever happened.
  void check() {
    for (auto& [id, life] : lives_) {
      CAPTURE(id);
      const auto [state, steps] = stored(id);
      CHECK(state == life.state);
      REQUIRE(steps.size() == life.steps.size());
      std::string at = life.first;
      for (const LifeStep& step : steps) {
        CHECK(step.from == at);
        CHECK(life.edges.count({step.from, step.to}) == 1);
        at = step.to;
      }
      CHECK(at == state);
    }
    std::int64_t sum = 0;
    for (const auto& [id, amount] : awards_) sum += amount;
    CHECK(sum <= budget);
  }

  std::size_t steps_taken() const { return taken_; }
  std::size_t steps_refused() const { return refused_; }

 private:
  struct Life {
    Edges edges;
    std::string first;
    std::string state;
    std::vector<std::string> steps;
    std::set<std::string> writers;
  };

  std::size_t pick(std::size_t size) { return random_() % size; }
  std::string anybody() { return std::string(1, static_cast<char>('a' + pick(4))); }

  void add_member(Consortium& consortium, std::size_t number) {
    Participation& one = consortium.members.emplace_back();
    one.organisation = "org-" + std::to_string(number);
    one.role = "partner";
  }

  void begin(const std::string& id, const Record& record, const char* table, const char* state) {
    living_.put(id, record, "a");
    Life life;
    life.edges = edges_of(table);
    life.first = life.state = state;
    life.writers = {"a"};
    lives_.emplace(id, std::move(life));
  }

  Life& any_life(std::string& id) {
    auto place = lives_.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(pick(lives_.size())));
    id = place->first;
    return place->second;
  }

  std::pair<std::string, std::vector<LifeStep>> stored(const std::string& id) {
    const NextSteps next = living_.catalogue.next_steps(id);
    const auto json = nlohmann::json::parse(to_json(living_.catalogue.get(id).record));
    std::vector<LifeStep> steps;
    for (const auto& step : json.value("steps", nlohmann::json::array()))
      steps.push_back({step["from"], step["to"], {}, step.value("by", ""), "", ""});
    return {next.state, steps};
  }

  void step() {
    std::string id;
    Life& life = any_life(id);
    const auto states = states_of(life.edges);
    std::string to = states[pick(states.size())];
    // Half of the time a step that may be.
    for (const auto& edge : life.edges) {
      if (edge.first == life.state && pick(2) == 0) to = edge.second;
    }
    const std::string by = anybody();
    try {
      living_.move(id, to, by, "FI", "because");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::InvalidArgument);
      CHECK_FALSE(error.violations().empty());
      ++refused_;
      return;
    }
    ++taken_;
    CAPTURE(id, life.state, to, by);
    CHECK(life.edges.count({life.state, to}) == 1);
    if (id == "contr-1") CHECK(life.writers.count(by) == 0);
    if (id == "case-1" && life.state != "draft" && life.state != "published" &&
        life.state != "stale")
      CHECK(life.writers.count(by) == 0);
    if (to == "submitted" && id == "case-1") life.writers.insert(by);
    if (id == "call-1" && to == "closed") CHECK(*living_.time > test::noon("2026-04-20"));
    if (id == "call-1" && to == "open") CHECK(*living_.time >= test::noon("2026-03-05"));
    if (id.starts_with("bid") && to == "submitted") {
      CHECK(lives_["call-1"].state == "open");
      CHECK((lives_["cons-1"].state == "checked" || lives_["cons-1"].state == "submitted"));
    }
    if (to == "selected") CHECK(awards_.count("award-" + id) == 1);
    life.state = to;
    life.steps.push_back(to);
  }

  void run_clock() { *living_.time += static_cast<Timestamp>(pick(6)) * 24 * 3600 * 1000; }

  void advance() {
    for (const Moved& moved : living_.catalogue.advance_calls().moved) {
      Life& life = lives_[moved.id];
      CHECK(life.edges.count({life.state, moved.step.to}) == 1);
      life.state = moved.step.to;
      life.steps.push_back(moved.step.to);
    }
  }

  void award() {
    const std::string bid = pick(2) == 0 ? "bid-1" : "bid-2";
    Award made;
    made.bid = bid;
    made.amount = euro(static_cast<std::int64_t>(pick(900)));
    std::int64_t others = 0;
    for (const auto& [id, amount] : awards_) others += id == "award-" + bid ? 0 : amount;
    // Nor more than the bid asks for; and one that is selected keeps an award.
    const bool fits = others + *made.amount.minor <= budget && *made.amount.minor <= requested &&
                      (lives_[bid].state != "selected" || *made.amount.minor > 0);
    const auto refused = test::refusal([&] { living_.put("award-" + bid, made); });
    CHECK(refused.empty() == fits);
    if (refused.empty()) awards_["award-" + bid] = *made.amount.minor;
  }

  // A write that would change the life without a step.
  void cheat() {
    auto& life = lives_["case-1"];
    if (life.steps.empty()) return;
    auto study = living_.get<CaseStudy>("case-1");
    switch (pick(4)) {
      case 0:
        study.state = study.state == "published" ? "draft" : "published";
        break;
      case 1:
        study.steps.pop_back();
        study.state = study.steps.empty() ? "draft" : study.steps.back().to;
        break;
      case 2:
        study.steps.back().by += "!";
        break;
      default: {
        std::string to;
        for (const auto& edge : life.edges) {
          if (edge.first == study.state) to = edge.second;
        }
        if (to.empty()) return;
        study.steps.push_back({study.state, to, {*living_.time}, "cheat", "", ""});
        study.state = to;
      }
    }
    CHECK_FALSE(test::refusal([&] { living_.put("case-1", study, "cheat"); }).empty());
  }

  void edit() {
    const std::string by = anybody();
    if (pick(2) == 0) {
      auto study = living_.get<CaseStudy>("case-1");
      study.lessons = {test::text("lesson " + std::to_string(random_()))};
      living_.put("case-1", study, by);
      lives_["case-1"].writers.insert(by);
      return;
    }
    auto consortium = living_.get<Consortium>("cons-1");
    consortium.members.clear();
    add_member(consortium, 0);
    if (pick(3) > 0) add_member(consortium, 1);
    Life& life = lives_["cons-1"];
    const bool same = consortium.members.size() == living_.get<Consortium>("cons-1").members.size();
    const bool ended = life.state == "rejected" || life.state == "dissolved";
    const auto refused = test::refusal([&] { living_.put("cons-1", consortium, by); });
    CHECK(refused.empty() == (same || !ended));
    if (!refused.empty() || same || life.state == "forming") return;
    life.state = "forming";
    life.steps.push_back("forming");
  }

  std::mt19937 random_;
  LivingCatalogue living_;
  std::map<std::string, Life> lives_;
  std::map<std::string, std::int64_t> awards_;
  std::size_t taken_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace

TEST_CASE("no history of steps, writes and clocks reaches a state that no step leads to",
          "[life-cycle]") {
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    History history(seed);
    for (int i = 0; i < 150; ++i) {
      history.act();
      if (i % 10 == 9) history.check();
    }
    taken += history.steps_taken();
    refused += history.steps_refused();
  }
  // The dice did reach something.
  CHECK(taken > 200);
  CHECK(refused > 100);
}
