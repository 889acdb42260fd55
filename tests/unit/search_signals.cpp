// SPDX-License-Identifier: Apache-2.0
//
// What else than words finds a record: concepts of the bundled thesaurus, spelling, and a model
// that knows two subjects.
#include "search/signals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "koinon/error.hpp"
#include "scratch.hpp"
#include "search/search_core.hpp"
#include "text/bundled_thesaurus.hpp"

using namespace koinon;

namespace {

// Texts on boats point one way, on bread another; other texts have no vector.
class TwoSubjects final : public Embedder {
 public:
  enum class Fault { None, NotANumber, Throws, Zero, TooFew };
  explicit TwoSubjects(Fault fault = Fault::None) : fault_(fault) {}
  std::size_t dimension() const override { return 64; }
  std::uint64_t version() const override { return 1; }
  bool embed(std::string_view text, std::string_view, float* out) const override {
    if (fault_ == Fault::Throws) throw std::runtime_error("no model today");
    if (fault_ == Fault::Zero) return true;
    const auto has = [&](const char* word) { return text.find(word) != std::string_view::npos; };
    const bool boats = has("boat") || has("vene");
    const bool bread = has("bread") || has("leip");
    if (!boats && !bread) return false;
    const int written = fault_ == Fault::TooFew ? 63 : 64;
    for (int i = 0; i < written; ++i) out[i] = i % 2 == (boats ? 0 : 1) ? 1.0F : 0.1F;
    if (fault_ == Fault::NotANumber) out[7] = std::numeric_limits<float>::quiet_NaN();
    return true;
  }

 private:
  Fault fault_;
};

struct Shelf : search::DocumentSource {
  explicit Shelf(const search::Knowledge& knowledge) : core({}, false, knowledge) {}

  std::map<index::DocKey, Found> records;
  search::SearchCore core;

  const Initiative* initiative(std::string_view) override { return nullptr; }
  const LangText* organisation_names(std::string_view) override { return nullptr; }
  Region region(std::string_view) override { return {}; }
  Found record(index::DocKey key) override { return records[key]; }
  std::optional<index::DocKey> key_of(std::string_view) override { return std::nullopt; }

  void put(const std::string& id, const std::string& language, const std::string& title,
           const std::vector<Tag>& tags = {}, const std::vector<std::int8_t>& brought = {}) {
    Call call;
    call.titles = {{language, title, {}}};
    call.tags = tags;
    const auto key = static_cast<index::DocKey>(records.size());
    records[key] = {id, std::make_shared<const Record>(call)};
    core.put(key, *records[key].record, *this, brought);
  }
  SearchRequest request(const std::string& text, const std::string& language) {
    SearchRequest made;
    made.text = text;
    made.language = language;
    return made;
  }
  SearchResults ask(const SearchRequest& request) {
    core.index().commit(1);
    return core.search(request, *core.index().snapshot(), *this, {}).results;
  }
};

std::vector<std::string> ids(const SearchResults& results) {
  std::vector<std::string> found;
  for (const Hit& hit : results.hits) found.push_back(hit.id);
  return found;
}

using Ids = std::vector<std::string>;

// A ready vector, as plain as can be: of boats (0), or of bread (1).
std::vector<std::int8_t> towards(int subject) {
  std::vector<std::int8_t> made(64);
  for (int i = 0; i < 64; ++i)
    made[static_cast<std::size_t>(i)] = static_cast<std::int8_t>(i % 2 == subject ? 127 : 13);
  return made;
}

const search::Knowledge concepts = {&text::bundled_thesaurus(), nullptr};

void fill(Shelf& shelf) {
  shelf.put("nl", "nl", "Opvang voor daklozen");
  shelf.put("fi", "fi", "Apua asunnottomille");
  shelf.put("pl", "pl", "Pomoc osobom bezdomnym");
  shelf.put("fishing", "fi", "Kalastus merellä");
  shelf.put("other", "nl", "Muziek op school");
}

}  // namespace

TEST_CASE("a question finds what its words name in other languages", "[search]") {
  Shelf shelf(concepts);
  fill(shelf);
  const SearchResults results = shelf.ask(shelf.request("daklozen", "nl"));
  REQUIRE(results.hits.size() == 3);
  // Its own language, with its very word, comes first.
  CHECK(results.hits[0].id == "nl");
  CHECK(results.hits[0].found_through[0].signal == "words");
  CHECK(results.hits[0].found_through[0].language == "nl");
  for (std::size_t i = 1; i < 3; ++i) {
    REQUIRE(results.hits[i].found_through.size() == 1);
    const FoundThrough& through = results.hits[i].found_through[0];
    CHECK(through.signal == "concepts");
    CHECK(through.share == Approx(1));
    // In the user's language.
    CHECK(through.what.find("dakloosheid") != std::string::npos);
  }
  CHECK(results.total == 3);
}

TEST_CASE("a word inside another word of the question names its concept all the same", "[search]") {
  Shelf shelf(concepts);
  fill(shelf);
  shelf.put("bg", "bg", "Помощ за бездомни");
  // "daklozen" stands in the word before it, too.
  const SearchResults results = shelf.ask(shelf.request("straatdaklozenkrant daklozen", "nl"));
  const std::vector<std::string> found = ids(results);
  CHECK(std::find(found.begin(), found.end(), "fi") != found.end());
}

TEST_CASE("each signal can be switched off, and so can other languages", "[search]") {
  Shelf shelf(concepts);
  fill(shelf);
  SearchRequest request = shelf.request("daklozen", "nl");
  request.signals.concepts = false;
  CHECK(ids(shelf.ask(request)) == Ids{"nl"});
  request = shelf.request("daklozen", "nl");
  request.signals.words = false;
  CHECK(shelf.ask(request).hits.size() == 3);
  request.signals.concepts = false;
  CHECK(shelf.ask(request).hits.empty());
  request = shelf.request("daklozen", "nl");
  request.across = false;
  CHECK(ids(shelf.ask(request)) == Ids{"nl"});
}

TEST_CASE("what must occur must occur, whatever a record means", "[search]") {
  Shelf shelf(concepts);
  fill(shelf);
  CHECK(ids(shelf.ask(shelf.request("+daklozen", "nl"))) == Ids{"nl"});
  CHECK(shelf.ask(shelf.request("-daklozen muziek", "nl")).hits.size() == 1);
}

TEST_CASE("concepts are a facet, and a filter of a concept finds all its languages", "[search]") {
  Shelf shelf(concepts);
  fill(shelf);
  SearchRequest request;
  request.facets = {"concept"};
  const SearchResults all = shelf.ask(request);
  REQUIRE(all.facets.size() == 1);
  REQUIRE(!all.facets[0].values.empty());
  CHECK(all.facets[0].values[0].count == 3);
  request.filters = {{"concept", {all.facets[0].values[0].code}, false}};
  CHECK(shelf.ask(request).hits.size() == 3);
}

TEST_CASE("a name is found in another alphabet and spelling, but only in other languages",
          "[search]") {
  Shelf shelf({});
  shelf.put("el", "el", "Μουσείο Θεσσαλονίκης");
  shelf.put("bg", "bg", "Музей в Пловдив");
  shelf.put("en", "en", "Thessalonian letters");
  for (int i = 0; i < 20; ++i) shelf.put("x" + std::to_string(i), "fi", "kala ja vene");
  const SearchResults results = shelf.ask(shelf.request("Thessaloniki", "en"));
  REQUIRE(ids(results) == Ids{"el"});
  CHECK(results.hits[0].found_through[0].signal == "spelling");
  CHECK(ids(shelf.ask(shelf.request("Plovdiv", "nl"))) == Ids{"bg"});
  SearchRequest request = shelf.request("Plovdiv", "nl");
  request.signals.spelling = false;
  CHECK(shelf.ask(request).hits.empty());
}

TEST_CASE("a tag does not make a record one of the question's language", "[search]") {
  const TwoSubjects embedder;
  Shelf shelf({nullptr, &embedder});
  shelf.put("plain", "fi", "vanha vene satamassa");
  shelf.put("tagged", "fi", "vanha vene satamassa", {{"", "something"}});
  for (int i = 0; i < 20; ++i) shelf.put("b" + std::to_string(i), "fi", "tuore leipä");
  const SearchResults results = shelf.ask(shelf.request("old boat", "en"));
  REQUIRE(results.hits.size() == 2);
  CHECK(results.hits[0].score == Approx(results.hits[1].score));
}

TEST_CASE("a text that means the same is found without a word in common", "[search]") {
  const TwoSubjects model;
  Shelf shelf({nullptr, &model});
  shelf.put("boat", "fi", "oma vene rannassa");
  for (int i = 0; i < 30; ++i) shelf.put("bread", "fi", "tuoretta leipää joka päivä");
  const SearchResults results = shelf.ask(shelf.request("a boat", "en"));
  REQUIRE(ids(results) == Ids{"boat"});
  CHECK(results.hits[0].found_through[0].signal == "meaning");
  // A filter holds for what is near, too.
  SearchRequest request = shelf.request("a boat", "en");
  request.filters = {{"kind", {"project"}, false}};
  CHECK(shelf.ask(request).hits.empty());
  // An explanation says the same.
  shelf.core.index().commit(2);
  const Explanation told = shelf.core.explain(shelf.request("a boat", "en"), 0,
                                              *shelf.core.index().snapshot(), shelf, {});
  CHECK(told.found);
  CHECK(told.rank == 1);
  CHECK(told.score == Approx(results.hits[0].score));
}

TEST_CASE("a model that fails leaves texts without vectors, and the search as it was", "[search]") {
  for (const auto fault : {TwoSubjects::Fault::NotANumber, TwoSubjects::Fault::Throws,
                           TwoSubjects::Fault::Zero, TwoSubjects::Fault::TooFew}) {
    const TwoSubjects model(fault);
    Shelf shelf({nullptr, &model});
    shelf.put("boat", "fi", "oma vene rannassa");
    CHECK(shelf.ask(shelf.request("a boat", "en")).hits.empty());
    CHECK(ids(shelf.ask(shelf.request("vene", "fi"))) == Ids{"boat"});
  }
}

TEST_CASE("a vector that a record brings stands in the place of that of its texts", "[search]") {
  const TwoSubjects model;
  Shelf shelf({nullptr, &model, "two-subjects", 64});
  shelf.put("boat", "fi", "oma vene rannassa");
  // It speaks of bread, and its vectors of boats; the second of them as plainly as can be.
  std::vector<std::int8_t> brought(64, 1);
  const std::vector<std::int8_t> second = towards(0);
  brought.insert(brought.end(), second.begin(), second.end());
  shelf.put("brought", "fi", "tuoretta leipää joka päivä", {}, brought);
  for (int i = 0; i < 30; ++i) shelf.put("bread", "fi", "tuoretta leipää joka päivä");
  const SearchResults results = shelf.ask(shelf.request("a boat", "en"));
  CHECK(ids(results) == Ids{"boat", "brought"});
}

namespace {

// Thirty records on bread and one on boats, in a space without a model.
void fill_with_brought(Shelf& shelf) {
  shelf.put("boat", "fi", "oma vene rannassa", {}, towards(0));
  for (int i = 0; i < 30; ++i)
    shelf.put("bread", "fi", "tuoretta leipää joka päivä", {}, towards(1));
}

SearchRequest like_a_boat(const std::string& text, const std::string& language) {
  SearchRequest made;
  made.text = text;
  made.language = language;
  for (int i = 0; i < 64; ++i) made.vector.push_back(i % 2 == 0 ? 0.5F : 0.01F);
  return made;
}

}  // namespace

TEST_CASE("a question that brings its vector needs no model", "[search]") {
  Shelf shelf({nullptr, nullptr, "two-subjects", 64});
  fill_with_brought(shelf);
  SearchRequest request = like_a_boat("a ship", "en");
  const SearchResults results = shelf.ask(request);
  REQUIRE(ids(results) == Ids{"boat"});
  CHECK(results.hits[0].found_through[0].signal == "meaning");
  CHECK(shelf.ask(shelf.request("a ship", "en")).hits.empty());
  request.signals.meaning = false;
  CHECK(shelf.ask(request).hits.empty());
}

TEST_CASE("a vector alone finds what is nearest, and without any nearest nothing", "[search]") {
  Shelf shelf({nullptr, nullptr, "two-subjects", 64});
  fill_with_brought(shelf);
  // Not every record, as an empty text does; and whatever the user's language.
  for (const bool across : {true, false}) {
    SearchRequest request = like_a_boat("", "fi");
    request.across = across;
    const SearchResults results = shelf.ask(request);
    REQUIRE(ids(results) == Ids{"boat"});
    CHECK(results.total == 1);
    CHECK(results.hits[0].score > 0);
  }
  SearchRequest nowhere = like_a_boat("", "");
  for (std::size_t i = 0; i < 64; ++i) nowhere.vector[i] = i % 4 < 2 ? 1.0F : -1.0F;
  CHECK(shelf.ask(nowhere).hits.empty());
  // What must hold besides holds.
  SearchRequest other = like_a_boat("", "");
  other.filters = {{"kind", {"project"}, false}};
  CHECK(shelf.ask(other).hits.empty());
  other = like_a_boat("", "");
  other.signals.meaning = false;
  CHECK(shelf.ask(other).total == 31);
}

TEST_CASE("a question's vector that cannot be one is refused, with the place", "[search]") {
  const auto told = [](const search::Knowledge& knowledge, const std::vector<float>& vector) {
    Shelf shelf(knowledge);
    fill_with_brought(shelf);
    SearchRequest request = shelf.request("boat", "en");
    request.vector = vector;
    try {
      shelf.ask(request);
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::InvalidArgument);
      REQUIRE(e.violations().size() == 1);
      CHECK(e.violations()[0].path == "vector");
      return e.violations()[0].code + ": " + e.what();
    }
    return std::string("none");
  };
  const search::Knowledge brought = {nullptr, nullptr, "two-subjects", 64};
  std::vector<float> vector(64, 1.0F);
  CHECK(told(brought, vector) == "none");
  vector[7] = std::numeric_limits<float>::infinity();
  CHECK(told(brought, vector) ==
        "not_finite: the question's vector has a number that is not finite at place 7");
  CHECK(told(brought, std::vector<float>(63, 1.0F)) ==
        "wrong_length: the question's vector has 63 numbers, not the 64 of the catalogue's");
  CHECK(told(brought, std::vector<float>(64, 0.0F)).substr(0, 5) == "zeros");
  CHECK(told(brought, {}) == "none");
}

TEST_CASE("where there are no vectors a question's own is refused", "[search]") {
  Shelf shelf({});
  CHECK_THROWS_AS(shelf.ask(like_a_boat("boat", "en")), Error);
}

TEST_CASE("another model, or another number of numbers, is another index", "[search]") {
  const test::Scratch scratch;
  const auto documents = [&](const std::string& model, std::size_t numbers) {
    search::SearchCore core(scratch / "search", false, {nullptr, nullptr, model, numbers});
    const std::uint64_t kept = core.index().change();
    core.index().clear();
    core.index().commit(1);
    core.index().save(1, 1);
    return kept;
  };
  CHECK(documents("one", 64) == 0);
  CHECK(documents("one", 64) == 1);
  CHECK(documents("other", 64) == 0);
  CHECK(documents("other", 128) == 0);
  CHECK(documents("", 0) == 0);
}

TEST_CASE("a small language is not drowned by a large one", "[search]") {
  Shelf shelf({});
  // "arte" is in half of the Portuguese texts and in one Maltese text of twenty.
  for (int i = 0; i < 400; ++i)
    shelf.put("pt" + std::to_string(i), "pt", i % 2 == 0 ? "arte na escola" : "casa na escola");
  for (int i = 0; i < 20; ++i)
    shelf.put("mt" + std::to_string(i), "mt", i == 7 ? "arte fl-iskola" : "dar fl-iskola");
  SearchRequest request = shelf.request("arte", "");
  request.limit = 3;
  request.signals.spelling = false;
  const SearchResults results = shelf.ask(request);
  CHECK(results.total == 201);
  CHECK(results.hits[0].id == "mt7");
  // And does not drown it: a word of all its texts says nothing.
  for (int i = 0; i < 5; ++i) shelf.put("sl" + std::to_string(i), "sl", "arte v šoli");
  CHECK(shelf.ask(request).hits[0].id == "mt7");
  CHECK(shelf.ask(request).hits[1].id.substr(0, 2) == "pt");
}

TEST_CASE("in a question whose language is sure, a word that another spells alike says less",
          "[search]") {
  Shelf shelf({});
  shelf.put("en", "en", "A gift for the school");
  shelf.put("de", "de", "Gift in der alten Mühle");
  shelf.put("other", "de", "Musik in der Schule");
  const auto worth_of_the_english = [&](const std::string& text) {
    SearchRequest request = shelf.request(text, "de");
    request.signals.spelling = false;
    for (const Hit& hit : shelf.ask(request).hits)
      if (hit.id == "en") return hit.score;
    return 0.0;
  };
  const double alone = worth_of_the_english("Gift");
  const double among_others = worth_of_the_english("welches Gift liegt denn in der alten Mühle");
  REQUIRE(among_others > 0);
  CHECK(among_others < alone / 2);
}

TEST_CASE("numbers and dates are found in the notation of another language", "[search]") {
  Shelf shelf({});
  shelf.put("de", "de", "Förderung von 1.250,50 Euro am 3. Mai 2021");
  shelf.put("en", "en", "A grant of 12,505 euros on 3 June 2021");
  CHECK(ids(shelf.ask(shelf.request("1,250.50", "en"))) == Ids{"de"});
  CHECK(ids(shelf.ask(shelf.request("2021-05-03", "en")))[0] == "de");
}

TEST_CASE("a compound is found by its parts", "[search]") {
  Shelf shelf({});
  shelf.put("nl", "nl", "Aanpak van jeugdwerkloosheid");
  shelf.put("other", "nl", "Muziek op school");
  CHECK(ids(shelf.ask(shelf.request("werkloosheid", "nl"))) == Ids{"nl"});
  CHECK(ids(shelf.ask(shelf.request("jeugd", "nl"))) == Ids{"nl"});
}

TEST_CASE("any bytes may be asked", "[search]") {
  const TwoSubjects model;
  Shelf shelf({&text::bundled_thesaurus(), &model});
  fill(shelf);
  for (const std::string& text :
       {std::string("\xFF\xFE boat"), std::string(1000000, 'x'), std::string("e\xCC\x81\xCC\x81"),
        std::string("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"), std::string("\xF0\x9F\x8F\xA0")}) {
    CHECK_NOTHROW(shelf.ask(shelf.request(text, "xx-not-a-language-at-all")));
  }
}
