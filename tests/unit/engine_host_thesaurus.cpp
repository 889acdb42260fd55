// SPDX-License-Identifier: Apache-2.0
//
// A thesaurus of the host's own, from the file to the answer.
#include "engine/host_thesaurus.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using engine::HostThesaurus;
using test::bytes_of;
using test::error_of;
using test::project;
using test::put_bytes;
using test::Scratch;
namespace fs = std::filesystem;

namespace {

const std::string head =
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix : <https://portal.example/> .\n";

const std::string repair =
    head +
    ":reuse skos:prefLabel \"repair and reuse\"@en .\n"
    ":cafe skos:prefLabel \"repair café\"@en, \"korjauskahvila\"@fi ; skos:broader :reuse ;\n"
    "  skos:altLabel \"repair evening\"@en .\n";

const std::string cafe = "https://portal.example/cafe";

// What the error says; "" when there was none.
std::string refused(const std::string& file, const std::string& bytes) {
  put_bytes(file, bytes);
  try {
    const HostThesaurus made({{file}, "", false}, "");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::set<std::string> kept_in(const std::string& catalogue) {
  std::set<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(catalogue + ".views", none)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("thesaurus-", 0) == 0) names.insert(entry.path().string());
  }
  return names;
}

OpenOptions with(const std::string& file, bool bundled = false) {
  OpenOptions options;
  options.thesaurus_files = {file};
  options.thesaurus = bundled;
  return options;
}

std::set<std::string> concepts_of(const Catalogue& catalogue) {
  SearchRequest request;
  request.facets = {"concept"};
  request.unpublished = true;
  const SearchResults results = catalogue.search(request);
  std::set<std::string> codes;
  for (const FacetValue& value : results.facets.at(0).values) codes.insert(value.code);
  return codes;
}

}  // namespace

TEST_CASE("a host's concepts are found, counted and named", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "repair.ttl";
  put_bytes(file, repair);
  auto catalogue = Catalogue::open(":memory:", with(file));
  catalogue.put({"prj-1", project("A repair evening in every village"), {}});
  catalogue.put({"prj-2", project("Something else"), {}});
  CHECK(concepts_of(catalogue) == std::set<std::string>{cafe});
  SearchRequest request;
  request.text = "korjauskahvila";
  request.language = "fi";
  const SearchResults results = catalogue.search(request);
  REQUIRE(results.total == 1);
  REQUIRE_FALSE(results.hits[0].found_through.empty());
  CHECK(results.hits[0].found_through[0].what == "korjauskahvila: korjauskahvila");
  CHECK(catalogue.facet_label("concept", cafe, "fi") == "korjauskahvila");
  CHECK(catalogue.facet_label("concept", cafe, "sv") == "repair café");
  CHECK(catalogue.facet_label("concept", "eurovoc:1690", "en") == "eurovoc:1690");
  const ConceptEntry entry = catalogue.thesaurus_concept(cafe, "en-IE");
  CHECK(entry.label == "repair café");
  CHECK(entry.language == "en");
  CHECK(entry.other == std::vector<std::string>{"repair evening"});
  REQUIRE(entry.broader.size() == 1);
  CHECK(entry.broader[0].label == "repair and reuse");
  CHECK(catalogue.thesaurus_concept(entry.broader[0].uri, "en").narrower.at(0).uri == cafe);
  CHECK(error_of([&] { catalogue.thesaurus_concept("nothing", "en"); }) == ErrorCode::NotFound);
  CHECK_FALSE(catalogue.thesaurus().kept);
  CHECK_FALSE(catalogue.thesaurus().not_kept.empty());
}

TEST_CASE("facets have labels whatever their vocabulary", "[engine][thesaurus]") {
  const auto catalogue = Catalogue::open(":memory:");
  CHECK(catalogue.facet_label("concept", "eurovoc:1690", "fi") == "asuminen");
  CHECK(catalogue.facet_label("concept", "eurovoc:1690", "") == "housing");
  CHECK(catalogue.facet_label("country", "FI", "nl") == "Finland");
  CHECK(catalogue.facet_label("kind", "case-study", "en") != "case-study");
  CHECK(catalogue.facet_label("nuts", "FI1B", "en") != "FI1B");
  CHECK(catalogue.facet_label("year", "2019", "en") == "2019");
  for (const std::string& field : facet_fields())
    CHECK(catalogue.facet_label(field, "no such code", "en") == "no such code");
  CHECK(error_of([&] { catalogue.facet_label("colour", "red", "en"); }) ==
        ErrorCode::InvalidArgument);
  CHECK(catalogue.thesaurus().bundled);
  CHECK(catalogue.thesaurus().concepts > 7000);
  OpenOptions none;
  none.thesaurus = false;
  const auto bare = Catalogue::open(":memory:", none);
  CHECK(bare.facet_label("concept", "eurovoc:1690", "fi") == "eurovoc:1690");
  CHECK(error_of([&] { bare.thesaurus_concept("eurovoc:1690", "fi"); }) == ErrorCode::NotFound);
}

TEST_CASE("a host's thesaurus joins the bundled one by exactMatch", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "own.ttl";
  put_bytes(file, repair +
                      ":home skos:prefLabel \"a roof\"@en ;"
                      " skos:exactMatch <http://eurovoc.europa.eu/1690> .\n"
                      ":flat skos:prefLabel \"flatshare\"@en ;"
                      " skos:broader <http://eurovoc.europa.eu/1690> .\n");
  const HostThesaurus made({{file}, "", true}, "");
  const text::Thesaurus& table = made.table();
  const auto home = table.find("eurovoc:1690").value();
  CHECK(table.uri(home) == "https://portal.example/home");
  CHECK(table.label(home, "en").text == "a roof");
  CHECK(table.label(home, "fi").text == "asuminen");
  CHECK(table.broader(table.find("https://portal.example/flat").value())[0] == home);
  CHECK(table.find("koinon:social-innovation").has_value());
  CHECK(table.size() > 7000);
  CHECK_FALSE(table.silent().empty());
  CHECK(made.report().own == 4);
  CHECK(made.report().concepts == table.size());
  CHECK(made.report().problem_count == 0);
}

TEST_CASE("a filter names a concept by any of its URIs", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "own.ttl";
  put_bytes(file, head +
                      ":home skos:prefLabel \"a roof\"@en ;"
                      " skos:exactMatch <http://eurovoc.europa.eu/1690> .\n");
  auto catalogue = Catalogue::open(":memory:", with(file));
  catalogue.put({"prj-1", project("Under a roof"), {}});
  catalogue.put({"prj-2", project("Something else"), {}});
  for (const char* name : {"https://portal.example/home", "eurovoc:1690", "eurovoc:1"}) {
    CAPTURE(name);
    SearchRequest request;
    request.filters = {{"concept", {name}}};
    const std::uint64_t wanted = std::string(name) == "eurovoc:1" ? 0 : 1;
    CHECK(catalogue.search(request).total == wanted);
    request.filters = {};
    request.query = query::code("concept", {name});
    CHECK(catalogue.search(request).total == wanted);
  }
}

TEST_CASE("the compiled form is kept, and made again where it is damaged", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "repair.ttl";
  const std::string path = scratch / "a.koinon";
  put_bytes(file, repair + ":cafe skos:altLabel \"bare\" .\n");
  {
    auto catalogue = Catalogue::open(path, with(file));
    catalogue.put({"prj-1", project("A repair evening"), {}});
    CHECK(concepts_of(catalogue) == std::set<std::string>{cafe});
    CHECK(catalogue.thesaurus().kept);
    CHECK(catalogue.thesaurus().problems.at(0).code == "no_language");
  }
  const std::set<std::string> kept = kept_in(path);
  REQUIRE(kept.size() == 1);
  const std::string bytes = bytes_of(*kept.begin());
  struct stat before {};
  REQUIRE(::stat(kept.begin()->c_str(), &before) == 0);
  {
    const auto again = Catalogue::open(path, with(file));
    CHECK(again.thesaurus().kept);
    CHECK(again.thesaurus().problems.at(0).code == "no_language");
    CHECK(again.thesaurus().problems.at(0).file == file);
    CHECK(again.facet_label("concept", cafe, "fi") == "korjauskahvila");
  }
  struct stat after {};
  REQUIRE(::stat(kept.begin()->c_str(), &after) == 0);
  CHECK(after.st_ino == before.st_ino);
  for (const std::string& wrong :
       {std::string(), bytes.substr(0, bytes.size() / 2), std::string(bytes.size(), 'x')}) {
    put_bytes(*kept.begin(), wrong);
    const auto mended = Catalogue::open(path, with(file));
    CHECK(mended.facet_label("concept", cafe, "fi") == "korjauskahvila");
    CHECK(kept_in(path) == kept);
  }
  // The catalogue holds nothing of it: everything beside it may go.
  fs::remove_all(path + ".views");
  CHECK(concepts_of(Catalogue::open(path, with(file))) == std::set<std::string>{cafe});
}

TEST_CASE("another thesaurus makes the index anew, of the same size too", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "own.ttl";
  const std::string path = scratch / "a.koinon";
  put_bytes(file, head + ":one skos:prefLabel \"repair café\"@en .\n");
  {
    auto catalogue = Catalogue::open(path, with(file));
    catalogue.put({"prj-1", project("A repair café"), {}});
    catalogue.prepare();
    CHECK(concepts_of(catalogue) == std::set<std::string>{"https://portal.example/one"});
  }
  const std::set<std::string> first = kept_in(path);
  put_bytes(file, head + ":two skos:prefLabel \"repair café\"@en .\n");
  {
    const auto catalogue = Catalogue::open(path, with(file));
    CHECK(concepts_of(catalogue) == std::set<std::string>{"https://portal.example/two"});
  }
  CHECK(kept_in(path).size() == 1);
  CHECK(kept_in(path) != first);
  OpenOptions none;
  none.thesaurus = false;
  CHECK(concepts_of(Catalogue::open(path, none)).empty());
}

TEST_CASE("what cannot be kept is compiled at each opening, and says so", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string file = scratch / "repair.ttl";
  const std::string path = scratch / "a.koinon";
  put_bytes(file, repair);
  put_bytes(path + ".views", "in the way");
  {
    const auto catalogue = Catalogue::open(path, with(file));
    CHECK_FALSE(catalogue.thesaurus().kept);
    CHECK_FALSE(catalogue.thesaurus().not_kept.empty());
    CHECK(catalogue.facet_label("concept", cafe, "fi") == "korjauskahvila");
  }
  fs::remove(path + ".views");
  OpenOptions reading = with(file);
  reading.read_only = true;
  const auto catalogue = Catalogue::open(path, reading);
  CHECK_FALSE(catalogue.thesaurus().kept);
  CHECK_FALSE(catalogue.thesaurus().not_kept.empty());
  CHECK_FALSE(fs::exists(path + ".views"));
  CHECK(catalogue.facet_label("concept", cafe, "fi") == "korjauskahvila");
}

TEST_CASE("files that cannot be used are refused by name and leave no catalogue",
          "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string path = scratch / "a.koinon";
  const std::string file = scratch / "own.ttl";
  const auto code = [&](const std::string& name) {
    return error_of([&] { Catalogue::open(path, with(name)); });
  };
  CHECK(code(scratch / "missing.ttl") == ErrorCode::NotFound);
  CHECK(code(scratch.path()) == ErrorCode::InvalidInput);
  CHECK(code("") == ErrorCode::NotFound);
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  CHECK(code(scratch / "pipe") == ErrorCode::InvalidInput);
  CHECK(has(refused(file, ""), file + ": there is no concept"));
  CHECK(has(refused(file, head + ":a <http://example.org/b> :c ."), "there is no concept"));
  CHECK(has(refused(file, head + ":a skos:prefLabel \"a1\"@en ; skos:broader \n"), "line"));
  CHECK(has(refused(file, "a,b\nc,d\n"), "RDF/XML, Turtle and N-Triples"));
  CHECK(has(refused(file, std::string("%PDF-1.7\n\0\0\1", 12)), file + ": line 1"));
  CHECK(has(refused(file, "{\"@context\": {}}"), "RDF/XML, Turtle and N-Triples"));
  CHECK(has(refused(file, "<html><body>nothing</body></html>"), file));
  CHECK(has(refused(file,
                    "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/"
                    "22-rdf-syntax-ns#\"><a"),
            file + ": line 1"));
  const std::string bare = refused(file, head + ":a skos:prefLabel \"housing\" .\n");
  CHECK(has(bare, "none of its concepts has a label"));
  CHECK(has(bare, "line 3"));
  CHECK(code(file) == ErrorCode::InvalidInput);
  CHECK_FALSE(fs::exists(path));
  CHECK_FALSE(fs::exists(path + ".views"));
  OpenOptions told = with(file);
  told.thesaurus_language = "fi";
  CHECK(Catalogue::open(":memory:", told)
            .thesaurus_concept("https://portal.example/a", "fi")
            .language == "fi");
  told.thesaurus_language = "not a language";
  CHECK(error_of([&] { Catalogue::open(":memory:", told); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("faults of a thesaurus are told, and the rest of it is used", "[engine][thesaurus]") {
  const Scratch scratch;
  const std::string one = scratch / "one.ttl";
  const std::string two = scratch / "two.ttl";
  put_bytes(one, head +
                     ":a skos:prefLabel \"alpha\"@en ; skos:broader :b .\n"
                     ":b skos:prefLabel \"beta\"@en, \"bee\"@en ; skos:broader :a, :nowhere .\n"
                     ":c skos:prefLabel \"beta\"@en .\n:d skos:broader :a .\n"
                     "[] skos:prefLabel \"nameless\"@en .\n");
  put_bytes(two, head + ":a skos:prefLabel \"alfa\"@fi .\n");
  const HostThesaurus made({{one, two}, "", false}, "");
  std::multiset<std::string> codes;
  for (const ThesaurusProblem& problem : made.report().problems) codes.insert(problem.code);
  CHECK(codes == std::multiset<std::string>{"added_twice", "cycle", "no_label", "no_uri",
                                            "second_preferred", "shared_label", "unknown_concept"});
  CHECK(made.report().problem_count == codes.size());
  CHECK(made.report().files.size() == 2);
  CHECK(made.report().own == 4);
  CHECK(made.table().label(made.table().find("https://portal.example/a").value(), "fi").text ==
        "alfa");
}
