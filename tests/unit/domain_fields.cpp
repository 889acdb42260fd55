// SPDX-License-Identifier: Apache-2.0
#include "domain/fields.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "catch.hpp"
#include "fill.hpp"

using namespace koinon;
using namespace koinon::domain;

namespace koinon::test {

// Turns into whatever an aggregate's member wants, so that its members can be counted.
struct Anything {
  template <class T>
  operator T() const;
};

}  // namespace koinon::test

namespace {

using test::Anything;

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires {
    T{(static_cast<void>(I), Anything{})...};
  };
}

template <class T, std::size_t N = 64>
constexpr std::size_t members() {
  if constexpr (takes<T>(std::make_index_sequence<N>{})) {
    return N;
  } else {
    return members<T, N - 1>();
  }
}

template <class T>
void describes_all() {
  T value;
  std::set<std::string> names;
  std::set<const void*> places;
  std::size_t visited = 0;
  visit_fields(value, [&](const Field& field, auto& member) {
    ++visited;
    names.insert(field.name);
    places.insert(&member);
  });
  CHECK(visited == members<T>());
  CHECK(names.size() == visited);
  CHECK(places.size() == visited);
}

}  // namespace

TEST_CASE("every member of every record is described once, under a name of its own", "[domain]") {
  describes_all<Period>();
  describes_all<Identifier>();
  describes_all<Place>();
  describes_all<Participation>();
  describes_all<Tag>();
  describes_all<SourceRecord>();
  describes_all<Statement>();
  describes_all<Code>();
  describes_all<EligibilityRule>();
  describes_all<Organisation>();
  describes_all<Initiative>();
  describes_all<CaseStudy>();
  describes_all<Project>();
  describes_all<Call>();
  describes_all<Concept>();
  describes_all<MatchDecision>();
  describes_all<Replication>();
  describes_all<LifeStep>();
  describes_all<GradeOverride>();
  describes_all<BudgetLine>();
  describes_all<ExchangeRate>();
  describes_all<Programme>();
  describes_all<CheckedRule>();
  describes_all<Consortium>();
  describes_all<BidDocument>();
  describes_all<Bid>();
  describes_all<Award>();
  describes_all<MethodUse>();
  describes_all<MethodVersion>();
  describes_all<Method>();
  describes_all<CriterionGrade>();
  describes_all<Assessment>();
  describes_all<Pilot>();
  describes_all<Effect>();
  describes_all<Evidence>();
  describes_all<Dissemination>();
  describes_all<PlannedOutcome>();
  describes_all<Experiment>();
  describes_all<Uptake>();
  describes_all<Community>();
  describes_all<Exchange>();
  describes_all<Contribution>();
  describes_all<Service>();
  describes_all<CompetenceCentre>();
  describes_all<Offer>();
  describes_all<Mentoring>();
  describes_all<Indicator>();
  describes_all<Collection>();
}

TEST_CASE("full records leave no field untold", "[domain]") {
  for (const RecordKind kind : test::all_kinds()) {
    test::Filler filler;
    const Record record = filler.record(kind);
    std::visit(
        [](const auto& value) {
          visit_fields(value, [](const Field& field, const auto& member) {
            CAPTURE(field.name);
            if constexpr (requires { member.empty(); }) {
              CHECK_FALSE(member.empty());
            } else if constexpr (requires { static_cast<bool>(member); }) {
              CHECK(static_cast<bool>(member));
            }
          });
        },
        record);
  }
}
