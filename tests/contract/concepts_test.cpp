// SPDX-License-Identifier: Apache-2.0
//
// The thesaurus through the C API: a host's own files, labels of facets, concepts.
#include "fixtures.hpp"

using namespace contract;

namespace {

const std::string repair =
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix : <https://portal.example/> .\n"
    ":reuse skos:prefLabel \"repair and reuse\"@en .\n"
    ":cafe skos:prefLabel \"repair evening\"@en, \"korjauskahvila\"@fi ; skos:broader :reuse ;\n"
    "  skos:altLabel \"bare\" .\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

kn_open_options alone(const kn_string& file) {
  kn_open_options options;
  REQUIRE(kn_open_options_init(&options, sizeof options) == KN_OK);
  options.thesaurus_files = &file;
  options.thesaurus_file_count = 1;
  options.thesaurus = 0;
  return options;
}

std::string label(kn_catalogue* catalogue, std::string_view field, std::string_view code,
                  std::string_view language) {
  kn_text* text = nullptr;
  REQUIRE(kn_facet_label(catalogue, string_of(field), string_of(code), string_of(language), &text,
                         nullptr) == KN_OK);
  return take(text);
}

}  // namespace

TEST_CASE("a host's SKOS file gives facets and labels") {
  const Folder folder;
  const std::string file = folder.write("repair.ttl", repair);
  const kn_string name = string_of(file);
  const kn_open_options options = alone(name);
  kn_catalogue* handle = nullptr;
  const std::string path = folder.path("a.koinon");
  REQUIRE(kn_open(path.data(), path.size(), &options, &handle, nullptr) == KN_OK);
  const Catalogue catalogue(handle);
  put(handle, KN_KIND_CALL, "call-1",
      R"({"titles":[{"language":"en","text":"A repair evening"}]})");
  const std::string_view request = R"({"facets":["concept"]})";
  kn_results* results = nullptr;
  REQUIRE(kn_search_json(handle, string_of(request), nullptr, &results, nullptr) == KN_OK);
  const Results owned(results);
  auto facet = sized<kn_facet>();
  REQUIRE(kn_results_facet(results, 0, &facet, nullptr) == KN_OK);
  REQUIRE(facet.value_count == 1);
  const std::string code = text_of(facet.values[0].code);
  CHECK(code == "https://portal.example/cafe");
  CHECK(label(handle, "concept", code, "fi") == "korjauskahvila");
  CHECK(label(handle, "concept", code, "sv") == "repair evening");
  CHECK(label(handle, "concept", "eurovoc:1690", "fi") == "eurovoc:1690");
  kn_text* json = nullptr;
  REQUIRE(kn_concept_json(handle, string_of(code), string_of("fi"), &json, nullptr) == KN_OK);
  CHECK(take(json) == R"({"uri":"https://portal.example/cafe","label":"korjauskahvila",)"
                      R"("language":"fi","other":[],"broader":[{"uri":)"
                      R"("https://portal.example/reuse","label":"repair and reuse"}],)"
                      R"("narrower":[],"related":[]})");
  REQUIRE(kn_thesaurus_json(handle, &json, nullptr) == KN_OK);
  const std::string report = take(json);
  CHECK(report.find(R"({"bundled":false,"concepts":2,"own":2,"languages":[{"language":"en",)"
                    R"("concepts":2},{"language":"fi","concepts":1}],"files":[{"path":")") == 0);
  CHECK(has(report, R"("line":5,"code":"no_language","about":"","message":")"));
  CHECK(has(report, R"("kept":true,"not_kept":"","seconds":)"));
}

TEST_CASE("facets of every vocabulary have labels, concepts those of the bundled thesaurus") {
  const Catalogue catalogue = open(":memory:");
  CHECK(label(catalogue.get(), "concept", "eurovoc:1690", "fi") == "asuminen");
  CHECK(label(catalogue.get(), "country", "FI", "nl") == "Finland");
  CHECK(label(catalogue.get(), "year", "2019", "") == "2019");
  kn_text* json = nullptr;
  REQUIRE(kn_thesaurus_json(catalogue.get(), &json, nullptr) == KN_OK);
  CHECK(take(json).find(R"({"bundled":true,"concepts":7)") == 0);
}

TEST_CASE("a thesaurus that cannot be used is refused") {
  const Folder folder;
  kn_catalogue* catalogue = nullptr;
  kn_error* error = nullptr;
  const auto opened = [&](const std::string& file) {
    const kn_string name = string_of(file);
    const kn_open_options options = alone(name);
    return kn_open(":memory:", 8, &options, &catalogue, &error);
  };
  CHECK(opened("/nowhere/at/all") == KN_E_NOT_FOUND);
  CHECK(has(message_of(KN_E_NOT_FOUND, error), "/nowhere/at/all"));
  CHECK(opened(folder.write("a.ttl", "no RDF at all")) == KN_E_INVALID_INPUT);
  CHECK(has(message_of(KN_E_INVALID_INPUT, error), "a.ttl: line 1"));
  CHECK(opened(folder.write("a.jsonld", "{}")) == KN_E_UNKNOWN_FORMAT);
  CHECK(has(message_of(KN_E_UNKNOWN_FORMAT, error), "Turtle"));
  CHECK(opened("") == KN_E_INVALID_ARGUMENT);
  message_of(KN_E_INVALID_ARGUMENT, error);
  CHECK(opened(std::string(not_utf8)) == KN_E_INVALID_UTF8);
  message_of(KN_E_INVALID_UTF8, error);
  kn_open_options options;
  REQUIRE(kn_open_options_init(&options, sizeof options) == KN_OK);
  options.thesaurus_file_count = 1;
  CHECK(kn_open(":memory:", 8, &options, &catalogue, &error) == KN_E_INVALID_ARGUMENT);
  message_of(KN_E_INVALID_ARGUMENT, error);
  CHECK(catalogue == nullptr);
}

TEST_CASE("labels and concepts that there are not") {
  const Catalogue catalogue = open(":memory:");
  kn_text* text = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_facet_label(catalogue.get(), string_of("colour"), string_of("red"), {}, &text, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(has(message_of(KN_E_INVALID_ARGUMENT, error), "colour"));
  CHECK(kn_concept_json(catalogue.get(), string_of("nothing"), {}, &text, &error) ==
        KN_E_NOT_FOUND);
  CHECK(has(message_of(KN_E_NOT_FOUND, error), "nothing"));
  CHECK(kn_concept_json(catalogue.get(), string_of(not_utf8), {}, &text, nullptr) ==
        KN_E_INVALID_UTF8);
  CHECK(kn_facet_label(nullptr, {}, {}, {}, &text, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_facet_label(catalogue.get(), {}, {}, {}, nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(kn_thesaurus_json(catalogue.get(), nullptr, nullptr) == KN_E_INVALID_ARGUMENT);
  CHECK(text == nullptr);
}
