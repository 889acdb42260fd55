// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "catch.hpp"
#include "errors.hpp"
#include "recommend_world.hpp"

using namespace koinon;
using namespace koinon::test;

namespace {

void put_able(Catalogue& catalogue, const std::string& id, const Ids& offers, const Ids& tags,
              const Ids& seeks = {}) {
  Organisation made = organisation("Organisation " + id);
  made.addresses.emplace_back().country = "FI";
  made.kind = "ngo";
  made.offers = offers;
  made.seeks = seeks;
  for (const std::string& tag : tags) made.tags.push_back({"capability", tag});
  catalogue.put({id, made, {}});
}

// world(), in which e can evaluate and f can evaluate and co-fund.
Catalogue able_world() {
  Catalogue catalogue = world();
  put_able(catalogue, "e", {}, {"impact-evaluation"});
  put_able(catalogue, "f", {}, {"impact-evaluation", "potential-co-funder"});
  return catalogue;
}

double gain(const Recommendations& found, const std::string& id) {
  const RecommendReason* able = reason(of(found, id), "capabilities");
  return able ? able->contribution : 0;
}

}  // namespace

TEST_CASE("only those that state a capability are left in", "[engine]") {
  const Catalogue catalogue = able_world();
  RecommendRequest request = for_organisation("a");
  request.capabilities = {"impact-evaluation"};
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"e", "f"});
  request.capabilities = {"Impact Evaluation", "impact-evaluation"};  // one, in any writing
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"e", "f"});
  request.capabilities = {"potential-co-funder", "Health"};  // which g offers, as a theme
  CHECK(sorted(named(catalogue.recommend(request))) == Ids{"f", "g"});
  request.capabilities = {"disability"};  // a theme that nobody offers
  CHECK(catalogue.recommend(request).candidates == 0);
  request.capabilities = {"flying"};
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);
  request.capabilities = {"impact-evaluation"};
  request.as_of = {2019, 0, 0};
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("who states what an organisation seeks says so, and gains by it", "[engine]") {
  Catalogue catalogue = able_world();
  const Recommendations before = catalogue.recommend(for_organisation("a"));
  CHECK(!reason(of(before, "e"), "capabilities"));
  put_able(catalogue, "a", {}, {}, {"impact-evaluation", "potential-co-funder"});
  const Recommendations found = catalogue.recommend(for_organisation("a"));
  const RecommendReason* able = reason(of(found, "f"), "capabilities");
  REQUIRE(able);
  CHECK(able->codes == Ids{"impact-evaluation", "potential-co-funder"});
  CHECK(able->count == 2);
  CHECK(able->contribution == capability_weight);
  CHECK(gain(found, "e") == Approx(capability_weight / 2));
  CHECK(gain(found, "d") == 0);
  // All else is as it was for somebody who seeks nothing that is stated.
  put_able(catalogue, "a", {}, {}, {"flying", "swimming"});
  const Recommendations other = catalogue.recommend(for_organisation("a"));
  CHECK(gain(other, "f") == 0);
  CHECK(of(found, "f").score == Approx(of(other, "f").score + capability_weight));
  CHECK(of(found, "e").score == Approx(of(other, "e").score + capability_weight / 2));
  CHECK(of(found, "d").score == of(other, "d").score);
}

TEST_CASE("what the rest of a consortium has is not sought", "[engine]") {
  Catalogue catalogue = able_world();
  put_able(catalogue, "a", {}, {}, {"impact-evaluation", "potential-co-funder"});
  CHECK(gain(catalogue.recommend(for_members({"a", "c"})), "f") == Approx(capability_weight));
  // e evaluates already, so that only the funder is lacking, which is all that is sought then.
  const Recommendations found = catalogue.recommend(for_members({"a", "e"}));
  const RecommendReason* able = reason(of(found, "f"), "capabilities");
  REQUIRE(able);
  CHECK(able->codes == Ids{"potential-co-funder"});
  CHECK(able->contribution == capability_weight);
  CHECK(gain(catalogue.recommend(for_members({"a", "f"})), "e") == 0);
}

TEST_CASE("the capabilities that a call's rules require are sought, as far as they are lacking",
          "[engine]") {
  Catalogue catalogue = able_world();
  Call call;
  call.titles = {test::text("Homes")};
  call.themes = {"housing"};
  RecommendRequest request;
  request.call = "call-1";
  const auto asked = [&](std::vector<Parameter> parameters) {
    parameters.push_back({"capability", {"potential-co-funder"}});
    call.rules = {{"capability-required", std::move(parameters), "One can co-fund."}};
    catalogue.put({"call-1", call, {}});
    return catalogue.recommend(request);
  };
  CHECK(gain(asked({}), "f") == capability_weight);
  CHECK(gain(asked({}), "e") == 0);
  // Who does not count for the rule does not fill its gap.
  CHECK(gain(asked({{"kinds", {"company"}}}), "f") == 0);
  CHECK(gain(asked({{"countries", {"NL"}}}), "f") == 0);
  CHECK(gain(asked({{"roles", {"coordinator"}}}), "f") == 0);
  CHECK(gain(asked({{"roles", {"coordinator", "partner"}}}), "f") == capability_weight);
  put_able(catalogue, "c", {}, {"potential-co-funder"});
  request.members = {"c"};
  CHECK(gain(asked({}), "f") == 0);
  CHECK(gain(asked({{"minimum", {"2"}}}), "f") == capability_weight);
}

TEST_CASE("capabilities that are told are sought of everybody", "[engine]") {
  const Catalogue catalogue = able_world();
  RecommendRequest request;
  request.capabilities_sought = {"potential co-funder"};
  const Recommendations found = catalogue.recommend(request);
  CHECK(found.candidates == 7);
  CHECK(gain(found, "f") == capability_weight);
  request.capabilities_sought = {"flying"};
  CHECK(error_of([&] { catalogue.recommend(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("who made a case neither seeks nor fills the gaps of whom it is replicated by",
          "[engine]") {
  Catalogue catalogue = able_world();
  put_able(catalogue, "a", {}, {"potential-co-funder"}, {"impact-evaluation"});
  Call call;
  call.titles = {test::text("Homes")};
  call.themes = {"housing"};
  call.rules = {{"capability-required", {{"capability", {"potential-co-funder"}}}, ""}};
  catalogue.put({"call-1", call, {}});
  RecommendRequest request;
  request.replicate = "p1";  // of a and b
  CHECK(gain(catalogue.recommend(request), "e") == 0);
  request.call = "call-1";
  CHECK(gain(catalogue.recommend(request), "f") == capability_weight);
  request.members = {"a"};
  CHECK(gain(catalogue.recommend(request), "f") == capability_weight);  // by what a seeks
  CHECK(reason(of(catalogue.recommend(request), "f"), "capabilities")->codes ==
        Ids{"impact-evaluation"});
}

TEST_CASE("organisations that are one can do what any of them states", "[engine]") {
  Catalogue catalogue = able_world();
  put_able(catalogue, "a", {}, {}, {"potential-co-funder"});
  (void)catalogue.decide({"d", "f", "same", ""}, "a person");
  CHECK(gain(catalogue.recommend(for_organisation("a")), "d") == capability_weight);
  RecommendRequest told = for_organisation("a");
  told.as_told = true;
  CHECK(gain(catalogue.recommend(told), "d") == 0);
  CHECK(gain(catalogue.recommend(told), "f") == capability_weight);
}
