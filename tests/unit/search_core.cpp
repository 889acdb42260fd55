// SPDX-License-Identifier: Apache-2.0
#include "search/search_core.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"

using namespace koinon;

namespace {

struct Shelf : search::DocumentSource {
  std::map<index::DocKey, Found> records;
  std::map<std::string, Initiative> initiatives;
  search::SearchCore core;

  const Initiative* initiative(std::string_view id) override {
    const auto found = initiatives.find(std::string(id));
    return found == initiatives.end() ? nullptr : &found->second;
  }
  const LangText* organisation_names(std::string_view) override { return nullptr; }
  Region region(std::string_view) override { return {}; }
  Found record(index::DocKey key) override { return records[key]; }
  std::optional<index::DocKey> key_of(std::string_view id) override {
    for (const auto& [key, found] : records) {
      if (found.id == id) return key;
    }
    return std::nullopt;
  }
  void put(index::DocKey key, const std::string& id, const Record& record) {
    records[key] = {id, std::make_shared<const Record>(record)};
    core.put(key, record, *this);
  }
  SearchResults ask(const SearchRequest& request) {
    core.index().commit(1);
    return core.search(request, *core.index().snapshot(), *this, {}).results;
  }
  SearchResults ask(const std::string& text) {
    SearchRequest request;
    request.text = text;
    return ask(request);
  }
};

CaseStudy study(const std::string& language, const std::string& title, const std::string& summary) {
  CaseStudy made;
  made.title = {{language, title, {}}};
  made.summary = {{language, summary, {}}};
  return made;
}

std::vector<std::string> ids(const SearchResults& results) {
  std::vector<std::string> found;
  for (const Hit& hit : results.hits) found.push_back(hit.id);
  return found;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("inflections are found in the text's language, accents or not", "[search]") {
  Shelf shelf;
  shelf.put(0, "c1", study("fi", "Nuoret", "Työtä kouluissa"));
  shelf.put(1, "c2", study("fr", "Écoles de la vie", "Pour les jeunes"));
  CHECK(ids(shelf.ask("koulu")) == Ids{"c1"});
  CHECK(ids(shelf.ask("ecole")) == Ids{"c2"});
  CHECK(ids(shelf.ask("École")) == Ids{"c2"});
  const SearchResults results = shelf.ask("koulu");
  const Hit& hit = results.hits[0];
  CHECK(hit.title == "Nuoret");
  CHECK(hit.title_language == "fi");
  CHECK(hit.kind == RecordKind::CaseStudy);
  CHECK(hit.snippet.field == "summary");
  CHECK(hit.snippet.text == "Työtä kouluissa");
  REQUIRE(hit.snippet.marks.size() == 1);
  CHECK(hit.snippet.text.substr(hit.snippet.marks[0].begin) == "kouluissa");
}

TEST_CASE("drafts are shown to those who ask for them", "[search]") {
  Shelf shelf;
  CaseStudy draft = study("en", "Youth work", "");
  draft.state = "draft";
  shelf.put(0, "draft", draft);
  draft.state = "published";
  shelf.put(1, "public", draft);
  draft.state = "";
  shelf.put(2, "untold", draft);
  CHECK(ids(shelf.ask("youth")) == Ids{"public", "untold"});
  SearchRequest request;
  request.unpublished = true;
  request.facets = {"state"};
  CHECK(shelf.ask(request).total == 3);
  CHECK(shelf.ask(request).facets[0].distinct == 2);
}

TEST_CASE("an empty question finds all, newest first, then as they came", "[search]") {
  Shelf shelf;
  const auto project = [](std::int16_t year) {
    Project made;
    made.period.from.year = year;
    return made;
  };
  shelf.put(0, "b", project(2015));
  shelf.put(1, "c", project(2020));
  shelf.put(2, "a", project(2015));
  shelf.put(3, "d", project(0));
  CHECK(ids(shelf.ask("")) == Ids{"c", "b", "a", "d"});
  CHECK(shelf.ask("").hits[0].score == 0);
  CHECK(shelf.ask("").hits[0].snippet.text.empty());
  CHECK(ids(shelf.ask("??")) == Ids{"c", "b", "a", "d"});
  CHECK(shelf.ask("??").ignored == std::vector<std::string>{"??"});
}

TEST_CASE("a replaced record is found by its new words only", "[search]") {
  Shelf shelf;
  shelf.put(0, "x", study("en", "old", ""));
  shelf.put(0, "y", study("en", "new", ""));
  CHECK(shelf.ask("old").total == 0);
  CHECK(ids(shelf.ask("new")) == Ids{"y"});
  shelf.put(0, "m", MatchDecision{});
  CHECK(shelf.ask("").total == 0);
  shelf.core.erase(7);
  shelf.put(1, "z", study("en", "new", ""));
  shelf.core.erase(1);
  CHECK(shelf.ask("new").total == 0);
}

TEST_CASE("facet fields that do not exist are refused", "[search]") {
  Shelf shelf;
  SearchRequest request;
  request.facets = {"kind", "colour"};
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.facets = {"hidden"};
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.facets.clear();
  request.filters = {{"colour", {"red"}}};
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.filters = {{"kind", {}}};
  shelf.put(0, "x", study("en", "a", ""));
  CHECK(shelf.ask(request).total == 0);
}

TEST_CASE("a hit without its record keeps its id", "[search]") {
  Shelf shelf;
  shelf.put(0, "x", study("en", "lost", ""));
  shelf.records[0].record = nullptr;
  const SearchResults results = shelf.ask("lost");
  REQUIRE(results.hits.size() == 1);
  CHECK(results.hits[0].id == "x");
  CHECK(results.hits[0].title.empty());
}

TEST_CASE("a cancelled search is an error of its own", "[search]") {
  Shelf shelf;
  shelf.put(0, "x", study("en", "a", ""));
  CancelToken cancel;
  cancel.cancel();
  SearchRequest request;
  request.text = "a";
  try {
    shelf.core.index().commit(1);
    shelf.core.search(request, *shelf.core.index().snapshot(), shelf, cancel);
    FAIL("not cancelled");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Cancelled);
  }
}

TEST_CASE("odd records do no harm", "[search]") {
  Shelf shelf;
  std::string marks = "e";
  for (int i = 0; i < 100000; ++i) marks += "\xCC\x81";
  shelf.put(0, "long", study("en", std::string(1U << 20U, 'a'), "short"));
  shelf.put(1, "marks", study("el", marks, marks));
  shelf.put(2, "empty", study("", "", ""));
  shelf.put(3, "bytes", study("\xFF", "a\xFF\xC3 b", std::string("\0x", 2)));
  CHECK(ids(shelf.ask(std::string(1U << 19U, 'a'))) == Ids{"long"});
  CHECK(shelf.ask(std::string(1U << 19U, 'a')).hits[0].snippet.marks.size() == 1);
  CHECK(ids(shelf.ask("e")) == Ids{"marks"});
  CHECK(ids(shelf.ask("x")) == Ids{"bytes"});
  CHECK(shelf.ask("").total == 4);
}

// ---- Structured questions ----------------------------------------------------------------------

namespace {

Project project(const std::string& title, std::int16_t from, std::int64_t cents) {
  Project made;
  made.titles = {{"en", title, {}}};
  made.period.from.year = from;
  made.total_budget.minor = cents;
  made.total_budget.currency = "EUR";
  return made;
}

Place at(const std::string& country, double latitude, double longitude) {
  Place place;
  place.country = country;
  place.latitude = latitude;
  place.longitude = longitude;
  return place;
}

}  // namespace

TEST_CASE("ranges, distances and codes keep records without touching scores", "[search]") {
  Shelf shelf;
  Project near = project("housing", 2019, 5000000);
  near.locations = {at("FI", 60.17, 24.94)};
  shelf.put(0, "helsinki", near);
  Project far = project("housing first", 2021, 100);
  far.locations = {at("SE", 59.33, 18.07)};
  shelf.put(1, "stockholm", far);
  shelf.put(2, "nowhere", project("housing again and again", 2021, 200));
  const double score = shelf.ask("housing").hits[0].score;
  CHECK(ids(shelf.ask("housing start:2019")) == Ids{"helsinki"});
  CHECK(shelf.ask("housing start:2019").hits[0].score == score);
  CHECK(ids(shelf.ask("housing start:>2019")) == Ids{"stockholm", "nowhere"});
  CHECK(ids(shelf.ask("budget:>=50000")) == Ids{"helsinki"});
  CHECK(ids(shelf.ask("budget:1..2")) == Ids{"stockholm", "nowhere"});
  CHECK(ids(shelf.ask("near:60.2,24.9,20")) == Ids{"helsinki"});
  CHECK(ids(shelf.ask("near:60.2,24.9,500km")) == Ids{"stockholm", "helsinki"});
  CHECK(ids(shelf.ask("country:fi OR again")) == Ids{"nowhere", "helsinki"});
  CHECK(ids(shelf.ask("-country:FI")) == Ids{"stockholm", "nowhere"});
}

TEST_CASE("a host's structured question is bound to the user's words", "[search]") {
  using namespace koinon::query;
  Shelf shelf;
  shelf.put(0, "a", study("en", "Homeless youth", "care"));
  shelf.put(1, "b", study("en", "Homeless men", "youth"));
  shelf.put(2, "c", study("en", "Care homes", "youth"));
  SearchRequest request;
  request.text = "youth";
  request.query = phrase("homeless").in({"title"});
  CHECK(ids(shelf.ask(request)) == Ids{"a", "b"});
  request.query = none_of({words("men"), prefix("car")});
  CHECK(shelf.ask(request).total == 0);
  request.query =
      all_of({any_of({fuzzy("homelss", 1), words("nothing")}), optional({words("care")})});
  CHECK(ids(shelf.ask(request)) == Ids{"a", "b"});
  request.text.clear();
  for (const Query& rest :
       {everything(), code("kind", {"case-study"}), none_of({words("nothing")})}) {
    request.query = all_of({rest, optional({words("men")})});
    CHECK(ids(shelf.ask(request)) == Ids{"b", "a", "c"});
  }
  request.text = "youth";
  request.query = prefix("home").in({"title"});
  CHECK(shelf.ask(request).total == 3);
  request.query = words("x").in({"colour"});
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.query = range("start", "soon", "");
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.query = near(91, 0, 1);
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.query = words("x").times(-1);
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.query = like("nobody");
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.query = {};
  request.sort = "colour";
  CHECK_THROWS_AS(shelf.ask(request), Error);
  request.sort = "";
  request.group_by = "colour";
  CHECK_THROWS_AS(shelf.ask(request), Error);
}

TEST_CASE("snippets mark beginnings, fuzzy words and words at a distance", "[search]") {
  Shelf shelf;
  shelf.put(0, "x",
            study("en", "", "Homelessness ends where social and affordable housing begins"));
  const auto marked = [&](const std::string& text) {
    const Snippet snippet = shelf.ask(text).hits.at(0).snippet;
    std::string all;
    for (const Mark& mark : snippet.marks)
      all += (all.empty() ? "" : "|") + snippet.text.substr(mark.begin, mark.end - mark.begin);
    return all;
  };
  CHECK(marked("homel*") == "Homelessness");
  CHECK(marked("homelesness~") == "Homelessness");
  CHECK(marked("\"social housing\"~2") == "social|housing");
  CHECK(shelf.ask("\"social housing\"~1").total == 0);
}

TEST_CASE("an unknown word is spelt as the nearest that may be shown", "[search]") {
  Shelf shelf;
  CaseStudy draft = study("en", "secret", "hovsing");
  draft.state = "draft";
  shelf.put(0, "draft", draft);
  shelf.put(1, "a", study("en", "Housing for young people", "homelessness"));
  CHECK(shelf.ask("homelesness").suggestion == "homelessness");
  CHECK(shelf.ask("+hovsing, \"yuong people\"").suggestion == "+housing, \"young people\"");
  CHECK(shelf.ask("houses").suggestion.empty());  // an inflection of a known one
  CHECK(shelf.ask("housing").suggestion.empty());
  CHECK(shelf.ask("secert").suggestion.empty());
  CHECK(shelf.ask("theme:hovsing hom*").suggestion.empty());
  SearchRequest request;
  request.text = "secert";
  request.unpublished = true;
  CHECK(shelf.ask(request).suggestion == "secret");
  request.suggest = false;
  CHECK(shelf.ask(request).suggestion.empty());
}

TEST_CASE("more like this finds what shares the telling words, never the record itself",
          "[search]") {
  Shelf shelf;
  shelf.put(0, "a", study("en", "Night shelter", "beds for homeless people in winter"));
  shelf.put(1, "b", study("fi", "Yömaja", "asunnottomille"));
  shelf.put(2, "c", study("en", "Winter beds", "a shelter for the homeless"));
  shelf.put(3, "d", study("en", "Cooking", "for people"));
  SearchRequest request;
  request.query = query::like("a");
  CHECK(ids(shelf.ask(request)) == Ids{"c", "d"});
  request.query = query::like("b");
  CHECK(shelf.ask(request).total == 0);
}

TEST_CASE("of the records about one initiative only the best is shown", "[search]") {
  Shelf shelf;
  const auto about = [](const std::string& id, const std::string& title, const std::string& text) {
    CaseStudy made = study("en", title, text);
    made.initiative = id;
    return made;
  };
  shelf.put(0, "a1", about("ini-a", "Garden", "garden garden"));
  shelf.put(1, "a2", about("ini-a", "Garden", "garden of many other words"));
  shelf.put(2, "b1", about("ini-b", "Garden", "garden"));
  shelf.put(3, "lone", study("en", "The garden", ""));
  Initiative itself;
  itself.names = {{"en", "Garden", {}}};
  shelf.put(4, "ini-b", itself);
  SearchRequest request;
  request.text = "garden";
  request.group_by = "initiative";
  const SearchResults results = shelf.ask(request);
  CHECK(results.total == 5);
  REQUIRE(results.hits.size() == 3);
  std::map<std::string, std::uint64_t> groups;
  for (const Hit& hit : results.hits) groups[hit.group] = hit.grouped;
  CHECK(groups == std::map<std::string, std::uint64_t>{{"", 1}, {"ini-a", 2}, {"ini-b", 2}});
  request.limit = 1;
  std::vector<std::string> paged;
  for (request.offset = 0; request.offset < 4; ++request.offset) {
    for (const Hit& hit : shelf.ask(request).hits) paged.push_back(hit.id);
  }
  CHECK(paged == ids(results));
}

TEST_CASE("facets are counted without the filter that picks from them, if asked to", "[search]") {
  Shelf shelf;
  const auto in = [](const std::string& country, const std::string& theme) {
    Project made;
    made.locations = {at(country, 0, 0)};
    made.themes = {theme};
    return made;
  };
  shelf.put(0, "a", in("FI", "care"));
  shelf.put(1, "b", in("SE", "care"));
  shelf.put(2, "c", in("SE", "work"));
  SearchRequest request;
  request.filters = {{"country", {"FI"}, false}};
  request.facets = {"country", "theme"};
  CHECK(shelf.ask(request).facets[0].distinct == 1);
  request.multi_select = true;
  const SearchResults results = shelf.ask(request);
  CHECK(results.total == 1);
  CHECK(results.facets[0].distinct == 2);
  CHECK(results.facets[1].distinct == 1);
  request.filters = {{"country", {"FI"}, true}};
  CHECK(shelf.ask(request).total == 2);
  CHECK(shelf.ask(request).facets[0].distinct == 1);
}

TEST_CASE("records are in order of a field, least or greatest first", "[search]") {
  Shelf shelf;
  shelf.put(0, "b", project("x", 2015, 300));
  shelf.put(1, "c", project("x x", 2020, 100));
  shelf.put(2, "a", project("x", 0, 200));
  SearchRequest request;
  request.text = "x";
  request.sort = "budget";
  CHECK(ids(shelf.ask(request)) == Ids{"b", "a", "c"});
  request.rising = true;
  CHECK(ids(shelf.ask(request)) == Ids{"c", "a", "b"});
  request.sort = "start";
  CHECK(ids(shelf.ask(request)) == Ids{"b", "c", "a"});
}

TEST_CASE("an explanation adds up to the score, or gives the reasons", "[search]") {
  Shelf shelf;
  CaseStudy made = study("en", "Housing for youth", "care and housing");
  made.themes = {"care"};
  shelf.put(0, "a", made);
  shelf.put(1, "b", study("fi", "Asunto", ""));
  made.state = "draft";
  shelf.put(2, "c", made);
  shelf.put(3, "d", MatchDecision{});
  shelf.core.index().commit(1);
  const auto explain = [&](const std::string& text, index::DocKey key) {
    SearchRequest request;
    request.text = text;
    request.language = "en";
    return shelf.core.explain(request, key, *shelf.core.index().snapshot(), shelf, {});
  };
  const auto codes = [&](const std::string& text, index::DocKey key) {
    std::string all;
    for (const auto& reason : explain(text, key).reasons)
      all += (all.empty() ? "" : " ") + reason.code;
    return all;
  };
  const Explanation hit = explain("housing \"for youth\" concrete -absent", 0);
  CHECK(hit.found);
  CHECK(hit.rank == 1);
  REQUIRE(hit.parts.size() == 4);
  CHECK(hit.score == Approx(shelf.ask("housing \"for youth\" concrete").hits[0].score));
  CHECK(hit.parts[0].score + hit.parts[1].score == Approx(hit.score));
  CHECK(hit.parts[0].share + hit.parts[1].share == Approx(1));
  CHECK(hit.parts[0].what == "housing");
  CHECK(hit.parts[0].records == 2);
  CHECK(hit.parts[1].what == "\"for youth\"");
  CHECK_FALSE(hit.parts[2].matched);
  CHECK(hit.parts[3].excluded);
  CHECK(codes("housing", 0).empty());
  CHECK(codes("housing", 1) == "no-term other-language");
  CHECK(codes("+housing asunto", 1) == "missing other-language");
  CHECK(codes("housing -care", 0) == "excluded");
  CHECK(codes("housing theme:work", 0) == "filtered-out");
  CHECK(codes("housing", 2) == "draft");
  CHECK(codes("housing", 3) == "not-indexed");
  CHECK(codes("housing start:2020", 0) == "filtered-out");
}

TEST_CASE("a search that is late says so", "[search]") {
  Shelf shelf;
  for (index::DocKey key = 0; key < 20; ++key) shelf.put(key, "x", study("en", "word", ""));
  SearchRequest request;
  request.text = "word";
  request.deadline_seconds = 1e-9;
  CHECK(shelf.ask(request).late);
  request.deadline_seconds = 60;
  CHECK_FALSE(shelf.ask(request).late);
}
