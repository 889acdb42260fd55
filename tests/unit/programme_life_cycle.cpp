// SPDX-License-Identifier: Apache-2.0
#include "programme/life_cycle.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "domain/life.hpp"
#include "programme/guards.hpp"
#include "programme/transition.hpp"
#include "scratch.hpp"

using namespace koinon;
using programme::LifeCycle;

namespace {

std::set<std::string> reached_from(const LifeCycle& table, const std::string& state) {
  std::set<std::string> reached = {state};
  std::vector<std::string> waiting = {state};
  while (!waiting.empty()) {
    const std::string from = waiting.back();
    waiting.pop_back();
    for (const programme::Edge& edge : table.edges) {
      if (edge.from == from && reached.insert(edge.to).second) waiting.push_back(edge.to);
    }
  }
  return reached;
}

// "from > to, to" for each state that has a way out.
std::string drawn(const char* name) {
  const LifeCycle& table = *programme::life_cycle(name);
  std::string text;
  for (const data::Entry& state : data::vocabulary(table.states)->entries()) {
    std::string to;
    for (const programme::Edge* edge : table.out_of(state.code)) to += ' ' + edge->to;
    if (!to.empty()) text += state.code + ':' + to + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("every table is whole: known states, all reached, ends without a way out",
          "[life-cycle]") {
  REQUIRE(programme::life_cycles().size() == 7);
  for (const LifeCycle& table : programme::life_cycles()) {
    CAPTURE(table.name);
    const data::Vocabulary* states = data::vocabulary(table.states);
    REQUIRE(states != nullptr);
    CHECK(states->find(table.initial) != nullptr);
    const auto reached = reached_from(table, table.initial);
    for (const data::Entry& state : states->entries()) {
      CAPTURE(state.code);
      CHECK(reached.count(state.code) == 1);
      CHECK(table.out_of(state.code).empty() == table.is_terminal(state.code));
    }
    for (const programme::Edge& edge : table.edges) {
      CAPTURE(edge.from, edge.to);
      CHECK(states->find(edge.from) != nullptr);
      CHECK(states->find(edge.to) != nullptr);
      CHECK(table.edge(edge.from, edge.to) == &edge);  // one edge from a state to another
      CHECK(std::any_of(edge.labels.begin(), edge.labels.end(),
                        [](const data::Label& label) { return label.language == "en"; }));
      for (const std::string& field : edge.asks) CHECK((field == "reason" || field == "country"));
    }
  }
}

TEST_CASE("tables name guards that there are, and no guard stands idle", "[life-cycle]") {
  std::set<std::string> used;
  for (const LifeCycle& table : programme::life_cycles()) {
    for (const programme::Edge& edge : table.edges) {
      for (const std::string& name : edge.guards) {
        CAPTURE(name);
        CHECK(programme::guard(name) != nullptr);
        used.insert(name);
      }
    }
  }
  for (const programme::Guard& guard : programme::guards()) {
    CAPTURE(guard.name);
    CHECK(used.count(guard.name) == 1);
    CHECK(std::string(guard.asks) != "");
  }
  CHECK(programme::guard("no-such-guard") == nullptr);
}

TEST_CASE("every kind of record with steps lives by the table of its states", "[life-cycle]") {
  for (std::size_t i = 0; i < domain::kind_names.size(); ++i) {
    const auto kind = static_cast<RecordKind>(i);
    CAPTURE(domain::kind_names[i]);
    const LifeCycle* table = programme::life_cycle_of(kind);
    CHECK((table != nullptr) == domain::lives(kind));
    if (table == nullptr) continue;
    CHECK(programme::life_cycle(domain::kind_names[i]) == table);
    CHECK(programme::life_cycle_in(table->states) == table);
    std::string states;
    std::visit(
        [&](const auto& record) {
          domain::visit_fields(record, [&](const domain::Field& field, const auto&) {
            const std::string name = field.name;
            if (name == "state" || name == "status") states = field.vocabulary;
          });
        },
        domain::make_record(kind));
    CHECK(states == table->states);
  }
  CHECK(programme::life_cycle("organisation") == nullptr);
  CHECK(programme::life_cycle_in("stages") == nullptr);
}

TEST_CASE("the machines are those of the design", "[life-cycle]") {
  CHECK(drawn("case-study") ==
        "draft: submitted\n"
        "submitted: national-review\n"
        "national-review: eu-review draft rejected\n"
        "eu-review: published draft rejected\n"
        "published: stale archived withdrawn\n"
        "stale: submitted\n");
  CHECK(drawn("method") ==
        "collected: assessing\n"
        "assessing: rejected developing validating\n"
        "developing: validating\n"
        "validating: developing validated\n"
        "validated: disseminated\n"
        "disseminated: superseded retired\n");
  CHECK(drawn("call") ==
        "draft: upcoming cancelled\n"
        "upcoming: open cancelled\n"
        "open: closed cancelled\n"
        "closed: evaluating cancelled\n"
        "evaluating: awarded cancelled\n");
  CHECK(drawn("consortium") ==
        "forming: checked dissolved\n"
        "checked: submitted forming dissolved\n"
        "submitted: funded rejected forming dissolved\n"
        "funded: forming\n");
  CHECK(drawn("bid") ==
        "drafted: submitted withdrawn\n"
        "submitted: admissible rejected withdrawn\n"
        "admissible: evaluated rejected withdrawn\n"
        "evaluated: selected reserve rejected withdrawn\n"
        "reserve: selected rejected withdrawn\n");
  CHECK(drawn("experiment") ==
        "planned: running abandoned\n"
        "running: ended abandoned\n"
        "ended: reported\n"
        "reported: taken-up\n");
  CHECK(drawn("exchange-moderation") ==
        "pending: approved refused\n"
        "approved: hidden\n"
        "hidden: approved\n");
}

TEST_CASE("a diagram has every state and step, and no hyphen in a name", "[life-cycle]") {
  const std::string text = programme::diagram(*programme::life_cycle("case-study"));
  CHECK(text.find("stateDiagram-v2\n") == 0);
  CHECK(text.find("state \"national review\" as national_review\n") != std::string::npos);
  CHECK(text.find("  [*] --> draft\n") != std::string::npos);
  CHECK(text.find("  eu_review --> published: publish\n") != std::string::npos);
  CHECK(text.find("  withdrawn --> [*]\n") != std::string::npos);
}

TEST_CASE("a step that is not there names those that are", "[life-cycle]") {
  const LifeCycle& table = *programme::life_cycle("exchange-moderation");
  const Violation open = programme::no_such_step(table, "pending", "hidden");
  CHECK(open.code == "no_such_step");
  CHECK(open.message.find("approved, refused") != std::string::npos);
  const Violation ended = programme::no_such_step(table, "refused", "pending");
  CHECK(ended.message.find("none leads out of refused") != std::string::npos);
}

TEST_CASE("the reference shows every table and guard as it is", "[life-cycle]") {
  const std::string page =
      test::bytes_of(std::string(KOINON_SOURCE_DIR) + "/docs/reference/life-cycles.md");
  REQUIRE_FALSE(page.empty());
  for (const LifeCycle& table : programme::life_cycles()) {
    CAPTURE(table.name);
    CHECK(page.find("```mermaid\n" + programme::diagram(table) + "```\n") != std::string::npos);
  }
  for (const programme::Guard& guard : programme::guards()) {
    CAPTURE(guard.name);
    CHECK(page.find(std::string("| `") + guard.name + "` | " + guard.asks + " |\n") !=
          std::string::npos);
  }
}
