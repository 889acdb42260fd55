// SPDX-License-Identifier: Apache-2.0
//
// Reports of earlier states, taken back from the present or put together from the journal, against
// those that were drawn when the state was the present one.
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "lives.hpp"

using namespace koinon;
using test::LivingCatalogue;

TEST_CASE("a report of an earlier state is the one that was drawn then", "[programme]") {
  LivingCatalogue living;
  std::mt19937 random(5);
  std::vector<std::string> drawn = {""};  // by change
  ReportRequest request;
  request.by = {"country", "stage"};
  while (drawn.size() <= 60) {
    const std::string number = std::to_string(random() % 8);
    try {
      if (random() % 5 == 0) {
        living.catalogue.remove((random() % 2 == 0 ? "ini-" : "case-") + number);
      } else if (random() % 3 == 0) {
        Initiative initiative = test::initiative("I");
        initiative.stage = random() % 2 == 0 ? "scaling" : "prototypes";
        living.put("ini-" + number, initiative);
      } else {
        CaseStudy study;
        study.initiative = "ini-" + std::to_string(random() % 8);
        study.title = {test::text("T" + std::to_string(random()))};
        study.locations.resize(1);
        study.locations[0].country = random() % 2 == 0 ? "FI" : "SE";
        living.put("case-" + number, study);
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound) throw;
    }
    request.change = 0;
    const Report now = living.catalogue.report(request);
    if (now.change < drawn.size()) continue;
    REQUIRE(now.change == drawn.size());
    drawn.push_back(to_json(now));
  }
  for (std::uint64_t change = 1; change < drawn.size(); ++change) {
    CAPTURE(change);
    request.change = change;
    CHECK(to_json(living.catalogue.report(request)) == drawn[change]);
  }
}
