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
