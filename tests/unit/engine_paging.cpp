// SPDX-License-Identifier: Apache-2.0
//
// Pages of one state, explanations and alerts, as a host asks for them.
#include <limits>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using test::error_of;
using test::organisation;

namespace {

using Ids = std::vector<std::string>;

Catalogue filled(int count) {
  Catalogue catalogue = Catalogue::open(":memory:");
  std::vector<Write> writes;
  for (int i = 0; i < count; ++i)
    writes.push_back({"org-" + std::to_string(i), organisation("Youth " + std::to_string(i)), {}});
  catalogue.put_all(writes);
  return catalogue;
}

SearchRequest paging(std::size_t limit) {
  SearchRequest request;
  request.text = "youth";
  request.limit = limit;
  request.keep_seconds = 60;
  return request;
}

}  // namespace

TEST_CASE("pages that follow a cursor are those of the first page's state", "[engine]") {
  Catalogue catalogue = filled(25);
  SearchRequest request = paging(10);
  SearchResults page = catalogue.search(request);
  const std::uint64_t change = page.change;
  Ids seen;
  for (int i = 0; !page.hits.empty(); ++i) {
    for (const Hit& hit : page.hits) seen.push_back(hit.id + " " + hit.title);
    CHECK(page.change == change);
    CHECK(page.total == 25);
    if (page.next.empty()) break;
    // Whatever is written in between.
    catalogue.put({"new-" + std::to_string(i), organisation("Youth youth"), {}});
    catalogue.put({"org-20", organisation("Changed"), {}});
    if (i == 0) catalogue.remove("org-24");
    request.after = page.next;
    page = catalogue.search(request);
  }
  REQUIRE(seen.size() == 25);
  for (int i = 0; i < 25; ++i) {
    const std::string number = std::to_string(i);
    CHECK(seen[static_cast<std::size_t>(i)] == "org-" + number + " Youth " + number);
  }
}

TEST_CASE("a cursor is given only where its state is kept, and not after the last page",
          "[engine]") {
  Catalogue catalogue = filled(5);
  SearchRequest request = paging(3);
  CHECK_FALSE(catalogue.search(request).next.empty());
  request.keep_seconds = 0;
  CHECK(catalogue.search(request).next.empty());
  request = paging(5);
  CHECK(catalogue.search(request).next.empty());
}

TEST_CASE("a cursor of another question, or of none, is refused", "[engine]") {
  Catalogue catalogue = filled(5);
  SearchRequest request = paging(3);
  request.after = catalogue.search(request).next;
  request.text = "other";
  CHECK(error_of([&] { catalogue.search(request); }) == ErrorCode::InvalidArgument);
  request.after = "k1-zz";
  CHECK(error_of([&] { catalogue.search(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a cursor whose state is no longer kept has expired", "[engine]") {
  Catalogue catalogue = filled(5);
  SearchRequest request = paging(3);
  request.keep_seconds = 1e-6;
  request.after = catalogue.search(request).next;
  CHECK(catalogue.search(request).hits.size() == 2);  // nothing was written: it is the present one
  catalogue.put({"new", organisation("Youth"), {}});
  CHECK(error_of([&] { catalogue.search(request); }) == ErrorCode::Expired);
}

TEST_CASE("erasing a record lets go of the states that can see it", "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(scratch / "a.koinon");
  for (int i = 0; i < 5; ++i)
    catalogue.put({"org-" + std::to_string(i), organisation("Youth"), {}});
  SearchRequest request = paging(3);
  request.after = catalogue.search(request).next;
  catalogue.erase("org-4");
  CHECK(error_of([&] { catalogue.search(request); }) == ErrorCode::Expired);
}

TEST_CASE("times without end, or that are no number, are borne", "[engine]") {
  Catalogue catalogue = filled(5);
  SearchRequest request = paging(3);
  for (const double seconds : {1e300, std::numeric_limits<double>::infinity()}) {
    request.keep_seconds = seconds;
    request.deadline_seconds = seconds;
    request.after.clear();
    request.after = catalogue.search(request).next;
    catalogue.put({"new", organisation("Youth"), {}});
    CHECK(catalogue.search(request).hits.size() >= 2);
  }
  request = paging(3);
  request.keep_seconds = std::numeric_limits<double>::quiet_NaN();
  CHECK(catalogue.search(request).next.empty());
  catalogue.erase("org-0", "", {}, std::numeric_limits<double>::quiet_NaN());
  CHECK(catalogue.search(paging(10)).total == 5);
}

TEST_CASE("a record that is not there is explained too", "[engine]") {
  Catalogue catalogue = filled(3);
  catalogue.remove("org-0");
  catalogue.erase("org-1");
  SearchRequest request;
  request.text = "youth";
  CHECK(catalogue.explain(request, "org-0").reasons.at(0).code == "removed");
  CHECK(catalogue.explain(request, "org-1").reasons.at(0).code == "erased");
  CHECK(catalogue.explain(request, "nobody").reasons.at(0).code == "not-there");
  const Explanation hit = catalogue.explain(request, "org-2");
  CHECK(hit.found);
  CHECK(hit.id == "org-2");
  CHECK(hit.change == catalogue.search(request).change);
}

TEST_CASE("saved searches are told of new and changed records once", "[engine]") {
  Catalogue catalogue = filled(3);
  std::vector<SavedSearch> searches(2);
  searches[0].name = "all";
  searches[1].name = "youth in Finland";
  searches[1].request.text = "youth country:FI";
  const auto told = [&](std::uint64_t after) {
    std::vector<std::string> all;
    for (const Alert& alert : catalogue.alerts(searches, after).alerts)
      all.push_back(alert.record + ": " + alert.search);
    return all;
  };
  CHECK(told(0) == Ids{"org-0: all", "org-1: all", "org-2: all"});
  const std::uint64_t seen = catalogue.alerts(searches, 0).change;
  CHECK(told(seen).empty());
  Organisation finnish = organisation("Youth");
  finnish.addresses.emplace_back().country = "FI";
  catalogue.put({"org-1", finnish, {}});
  catalogue.put({"org-1", finnish, {}});
  catalogue.remove("org-2");
  CHECK(told(seen) == Ids{"org-1: all", "org-1: youth in Finland"});
  CHECK(told(catalogue.alerts(searches, seen).change).empty());
  searches[1].request.facets = {"colour"};  // does not count
  CHECK(told(seen).size() == 2);
  searches[1].request.filters = {{"colour", {"red"}, false}};
  const std::uint64_t now = catalogue.statistics().change;
  try {
    catalogue.alerts(searches, now);
    FAIL("it was taken");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::InvalidArgument);
    CHECK(std::string(e.what()).find("youth in Finland") != std::string::npos);
  }
}

TEST_CASE("a request reads back from its JSON as it was", "[engine]") {
  SearchRequest request;
  request.text = "a \"b\"";
  request.query = query::all_of(
      {query::words("x").in({"title"}).times(2), query::code("country", {"FI"}),
       query::range("start", "2020", ""), query::near(60, 24.5, 10), query::fuzzy("y", 1),
       query::none_of({query::everything()}), query::optional({query::like("id")})});
  request.filters = {{"theme", {"care"}, true}};
  request.facets = {"kind"};
  request.sort = "start";
  request.rising = true;
  request.keep_seconds = 1.5;
  request.vector = {0.1F, -1e-30F, 3};
  request.wait = false;
  const std::string json = to_json(request);
  CHECK(to_json(request_from_json(json)) == json);
  CHECK(request_from_json(json).vector == request.vector);
  CHECK(to_json(SearchRequest{}) == "{}");
}

TEST_CASE("a bad request names everything that is wrong with it", "[engine]") {
  try {
    request_from_json(R"({"text":1,"limit":-2,"colour":true,
        "query":{"all":[{"words":"a","phrase":"b"},{"near":[1]},{}]},"keep_seconds":99999,
        "vector":[1,"2",1e39]})");
    FAIL("it was taken");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::InvalidArgument);
    std::vector<std::string> paths;
    for (const Violation& violation : e.violations()) paths.push_back(violation.path);
    CHECK(paths == Ids{"colour", "keep_seconds", "limit", "query.all[0]", "query.all[1].near",
                       "query.all[2]", "text", "vector[1]", "vector[2]"});
  }
  CHECK(error_of([] { request_from_json("[1"); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([] { request_from_json("\xFF"); }) == ErrorCode::InvalidArgument);
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "{\"not\":[";
  CHECK(error_of([&] { request_from_json("{\"query\":" + deep); }) == ErrorCode::InvalidArgument);
}
