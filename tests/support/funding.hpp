// SPDX-License-Identifier: Apache-2.0
//
// A programme of a million with one call, a consortium, its bid and awards, for tests of money.
#pragma once

#include <string>
#include <vector>

#include "lives.hpp"

namespace koinon::test {

inline Programme programme_of(std::int64_t cents) {
  Programme made;
  made.names = {text("ESF Social Innovation+")};
  made.budget = {{date("2026"), euro(cents)}};
  return made;
}

inline Call call_of(const std::string& status) {
  Call made;
  made.titles = {text("A call")};
  made.programme_record = "prog-1";
  made.status = status;
  made.model = "single-stage";
  made.opening = date("2026-03-10");
  made.deadlines = {date("2026-06-30"), date("2026-04-30")};
  made.budget = euro(1'000'000'00);
  made.grant_max = euro(500'000'00);
  made.rate_cap = Share{800000};
  made.rules = {{"minimum-partners", {{"minimum", {"2"}}}, "at least two partners"},
                {"document-required", {{"document", {"letter"}}}, ""}};
  return made;
}

inline Consortium consortium_of(const std::vector<std::string>& members) {
  Consortium made;
  made.call = "call-1";
  for (const std::string& member : members) {
    Participation& one = made.members.emplace_back();
    one.organisation = member;
    one.role = made.members.size() == 1 ? "coordinator" : "partner";
  }
  return made;
}

inline Bid bid_of() {
  Bid made;
  made.call = "call-1";
  made.consortium = "cons-1";
  made.requested = euro(400'000'00);
  made.total_cost = euro(500'000'00);
  made.documents = {{"letter", "", "", "", {}}};
  return made;
}

inline Award award_of(std::int64_t cents, const std::string& bid = "bid-1") {
  Award made;
  made.bid = bid;
  made.amount = euro(cents);
  return made;
}

// A programme with a call that is open on 2026-03-10, and a consortium of one member with a bid. A
// call that is told to be open has no steps, and is free to change.
inline void put_call(LivingCatalogue& living, const Call& call = call_of("upcoming")) {
  living.put("prog-1", programme_of(1'000'000'00));
  living.put("call-1", call);
  living.put("org-1", organisation("One"));
  living.put("org-2", organisation("Two"));
  living.put("cons-1", consortium_of({"org-1"}));
  living.put("bid-1", bid_of());
  living.on("2026-03-10");
  living.catalogue.advance_calls();
}

// The bid is evaluated, its consortium submitted.
inline void evaluate(LivingCatalogue& living) {
  living.change<Consortium>("cons-1", [](Consortium& one) {
    one.members = consortium_of({"org-1", "org-2"}).members;
  });
  living.move("cons-1", "checked");
  living.move("cons-1", "submitted");
  living.move("bid-1", "submitted");
  living.move("bid-1", "admissible");
  living.move("bid-1", "evaluated");
}

// Leaves awards nothing but the budget of the programme to keep to.
inline void lift_limits(LivingCatalogue& living) {
  living.change<Call>("call-1", [](Call& call) {
    call.grant_max = call.budget = {};
    call.rate_cap.reset();
  });
  living.change<Bid>("bid-1", [](Bid& bid) { bid.requested = bid.total_cost = {}; });
}

}  // namespace koinon::test
