// SPDX-License-Identifier: Apache-2.0
#include "engine/life_guard.hpp"

#include <algorithm>

#include "domain/life.hpp"
#include "engine/content_guard.hpp"
#include "exchange/record_json.hpp"
#include "programme/transition.hpp"

namespace koinon::engine {

namespace {

using Steps = std::vector<LifeStep>;

bool begins_with(const Steps& all, const Steps& first) {
  return all.size() >= first.size() &&
         std::equal(first.begin(), first.end(), all.begin(), domain::same_step);
}

const char* state_path(const Record& record) {
  return std::holds_alternative<Call>(record) ? "status" : "state";
}

// The members whatever their order.
std::vector<std::string> members_of(const Consortium& consortium) {
  std::vector<std::string> members;
  for (const Participation& member : consortium.members) {
    Consortium alone;
    alone.members = {member};
    members.push_back(exchange::to_json(Record(std::move(alone))));
  }
  std::sort(members.begin(), members.end());
  return members;
}

// It was checked with these members, against the rules of this call.
std::vector<Violation> form_anew(const Consortium& before, Record& after, Timestamp now,
                                 const std::string& by) {
  const auto& told = std::get<Consortium>(after);
  const bool same_call = before.call == told.call;
  if (told.state != before.state || (same_call && members_of(before) == members_of(told)))
    return {};
  const programme::LifeCycle& table = *programme::life_cycle_of(RecordKind::Consortium);
  const std::string& state = programme::present_state(table, after);
  if (state == table.initial) return {};
  const char* what = same_call ? "members" : "call";
  if (table.edge(state, table.initial) == nullptr) {
    return {{what, "life_ended",
             "the consortium is " + state + ", and its " + what +
                 (same_call ? " stay as they were" : " stays as it was") + "; make another"}};
  }
  programme::step_by_write(table, after, table.initial, now, by,
                           std::string("its ") + what + " changed");
  return {};
}

}  // namespace

std::vector<Violation> keep_life(const Record& before, Record& after, Timestamp now,
                                 const std::string& by) {
  if (before.index() != after.index() || !domain::steps_of(before)) return {};
  const Steps& stored = *domain::steps_of(before);
  const Steps& told = domain::steps_of(after);
  if (told.size() < stored.size() || !begins_with(told, stored)) {
    return {{"steps", "steps_lost",
             "the steps that are stored stay as they are: read the record "
             "again, and change what you mean to change"}};
  }
  if (told.size() > stored.size())
    return {{"steps", "use_transition", "a step is taken by a transition, not by a write"}};
  const std::string& state = domain::state_of(after);
  if (!stored.empty() && state != *domain::state_of(before)) {
    return {{state_path(after), "use_transition",
             "steps led to '" + *domain::state_of(before) + "': take a step to '" + state +
                 "' by a transition"}};
  }
  if (const auto* consortium = std::get_if<Consortium>(&before))
    return form_anew(*consortium, after, now, by);
  keep_published(before, after, now, by);
  return {};
}

std::vector<Violation> follow_life(const Record& before, const Record& after) {
  const Steps* stored = domain::steps_of(before);
  const Steps* told = domain::steps_of(after);
  if (!stored || !told || begins_with(*told, *stored)) return {};
  return {{"steps", "steps_lost",
           "the catalogue has steps of this record that the file does not "
           "have, or has otherwise"}};
}

bool carry_life(const Record& before, Record& after) {
  if (before.index() != after.index() || !domain::steps_of(before)) return false;
  if (domain::steps_of(before)->empty()) return false;
  domain::steps_of(after) = *domain::steps_of(before);
  domain::state_of(after) = *domain::state_of(before);
  if (auto* consortium = std::get_if<Consortium>(&after))
    consortium->check = std::get<Consortium>(before).check;
  return true;
}

}  // namespace koinon::engine
