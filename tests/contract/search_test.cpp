// SPDX-License-Identifier: Apache-2.0
//
// Searching and partners.
#include "fixtures.hpp"

using namespace contract;

namespace {

Results search(kn_catalogue* catalogue, const kn_search_options& options) {
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  const int32_t code = kn_search(catalogue, &options, nullptr, &results, &error);
  INFO((error != nullptr ? kn_error_message(error) : ""));
  kn_error_free(error);
  REQUIRE(code == KN_OK);
  return Results(results);
}

kn_search_options question(std::string_view text) {
  kn_search_options options;
  kn_search_options_init(&options, sizeof(options));
  options.text = string_of(text);
  return options;
}

kn_results_summary summarise(const kn_results* results) {
  auto summary = sized<kn_results_summary>();
  REQUIRE(kn_results_summarise(results, &summary, nullptr) == KN_OK);
  return summary;
}

Partners partners(kn_catalogue* catalogue, const std::string& id) {
  kn_partner_results* results = nullptr;
  REQUIRE(kn_partners(catalogue, id.data(), id.size(), nullptr, nullptr, &results, nullptr) ==
          KN_OK);
  return Partners(results);
}

}  // namespace

TEST_CASE("a question finds a case, with marks in its snippet") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("homeless");
  const Results results = search(catalogue.get(), options);
  const auto summary = summarise(results.get());
  REQUIRE(summary.total == 1);
  REQUIRE(summary.hit_count == 1);
  CHECK(summary.change == 5);
  CHECK(summary.facet_count == 0);

  auto hit = sized<kn_hit>();
  REQUIRE(kn_results_hit(results.get(), 0, &hit, nullptr) == KN_OK);
  CHECK(text_of(hit.id) == "case-1");
  CHECK(hit.kind == KN_KIND_CASE_STUDY);
  CHECK(hit.score > 0);
  CHECK(text_of(hit.title) == "A home first, for young homeless people");
  CHECK(text_of(hit.title_language) == "en");
  REQUIRE(hit.country_count == 1);
  CHECK(text_of(hit.countries[0]) == "FI");
  REQUIRE(hit.mark_count >= 1);
  const kn_mark mark = hit.marks[0];
  REQUIRE(mark.end <= hit.snippet.length);
  CHECK(text_of(hit.snippet).substr(mark.begin, mark.end - mark.begin) == "homeless");
  CHECK(text_of(hit.snippet_language) == "en");
  CHECK_FALSE(text_of(hit.snippet_field).empty());

  CHECK(kn_results_hit(results.get(), 1, &hit, nullptr) == KN_E_NOT_FOUND);
  auto facet = sized<kn_facet>();
  CHECK(kn_results_facet(results.get(), 0, &facet, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("facets are counted and filters hold") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("");
  const kn_string facet_field = string_of("kind");
  options.facets = &facet_field;
  options.facet_count = 1;
  const Results everything = search(catalogue.get(), options);
  const auto summary = summarise(everything.get());
  CHECK(summary.total == 5);
  REQUIRE(summary.facet_count == 1);
  auto facet = sized<kn_facet>();
  REQUIRE(kn_results_facet(everything.get(), 0, &facet, nullptr) == KN_OK);
  CHECK(text_of(facet.field) == "kind");
  CHECK(facet.distinct == 4);
  REQUIRE(facet.value_count == 4);
  CHECK(text_of(facet.values[0].code) == "organisation");
  CHECK(facet.values[0].count == 2);

  const kn_string codes[] = {string_of("project"), string_of("initiative")};
  const kn_filter filter = {string_of("kind"), codes, 2};
  options.filters = &filter;
  options.filter_count = 1;
  options.limit = 1;
  const Results filtered = search(catalogue.get(), options);
  CHECK(summarise(filtered.get()).total == 2);
  CHECK(summarise(filtered.get()).hit_count == 1);
}

TEST_CASE("an unknown field is an invalid argument") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("");
  const kn_string code = string_of("x");
  const kn_filter filter = {string_of("colour"), &code, 1};
  options.filters = &filter;
  options.filter_count = 1;
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_search(catalogue.get(), &options, nullptr, &results, &error) == KN_E_INVALID_ARGUMENT);
  message_of(KN_E_INVALID_ARGUMENT, error);
}

TEST_CASE("NULL options find everything, in the JSON of the header") {
  const Catalogue catalogue = small_catalogue();
  kn_results* handle = nullptr;
  REQUIRE(kn_search(catalogue.get(), nullptr, nullptr, &handle, nullptr) == KN_OK);
  const Results results(handle);
  kn_text* json = nullptr;
  REQUIRE(kn_results_json(results.get(), &json, nullptr) == KN_OK);
  const std::string text = take(json);
  CHECK(text.find(R"({"change":5,"total":5,"hits":[{"id":")") == 0);
  CHECK(text.find(R"("facets":[],"ignored":[]})") != std::string::npos);
}

TEST_CASE("results outlive the catalogue") {
  Catalogue catalogue = small_catalogue();
  const Results results = search(catalogue.get(), question("homeless"));
  catalogue.reset();
  auto hit = sized<kn_hit>();
  REQUIRE(kn_results_hit(results.get(), 0, &hit, nullptr) == KN_OK);
  CHECK(text_of(hit.id) == "case-1");
}

TEST_CASE("partners come with the work they share") {
  const Catalogue catalogue = small_catalogue();
  const Partners results = partners(catalogue.get(), "org-a");
  auto summary = sized<kn_partner_summary>();
  REQUIRE(kn_partner_results_summarise(results.get(), &summary, nullptr) == KN_OK);
  CHECK(summary.total == 1);
  CHECK(summary.works == 1);
  CHECK(summary.component == 2);
  REQUIRE(summary.partner_count == 1);

  auto partner = sized<kn_partner>();
  REQUIRE(kn_partner_results_partner(results.get(), 0, &partner, nullptr) == KN_OK);
  CHECK(text_of(partner.id) == "org-b");
  CHECK(text_of(partner.name) == "Housing Together");
  CHECK(partner.shared == 1);
  CHECK(partner.strength == 1.0);
  REQUIRE(partner.work_count == 1);

  auto work = sized<kn_shared_work>();
  REQUIRE(kn_partner_results_work(results.get(), 0, 0, &work, nullptr) == KN_OK);
  CHECK(text_of(work.id) == "prj-1");
  CHECK(work.kind == KN_KIND_PROJECT);
  CHECK(text_of(work.title) == "Homes first");
  CHECK(text_of(work.from) == "2016-03");
  CHECK(text_of(work.to) == "2019");
  REQUIRE(work.own_role_count == 1);
  CHECK(text_of(work.own_roles[0]) == "coordinator");
  REQUIRE(work.partner_role_count == 1);
  CHECK(text_of(work.partner_roles[0]) == "partner");

  CHECK(kn_partner_results_partner(results.get(), 1, &partner, nullptr) == KN_E_NOT_FOUND);
  CHECK(kn_partner_results_work(results.get(), 1, 0, &work, nullptr) == KN_E_NOT_FOUND);
  CHECK(kn_partner_results_work(results.get(), 0, 1, &work, nullptr) == KN_E_NOT_FOUND);

  kn_text* json = nullptr;
  REQUIRE(kn_partner_results_json(results.get(), &json, nullptr) == KN_OK);
  const std::string text = take(json);
  CHECK(text.find(R"("partners":[{"id":"org-b","name":"Housing Together")") != std::string::npos);
  CHECK(text.find(R"("from":"2016-03","to":"2019","own_roles":["coordinator"])") !=
        std::string::npos);
}

TEST_CASE("partners of nobody, and of what is no organisation") {
  const Catalogue catalogue = small_catalogue();
  kn_partner_results* results = nullptr;
  CHECK(kn_partners(catalogue.get(), "nobody", 6, nullptr, nullptr, &results, nullptr) ==
        KN_E_NOT_FOUND);
  CHECK(kn_partners(catalogue.get(), "prj-1", 5, nullptr, nullptr, &results, nullptr) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(results == nullptr);
}

TEST_CASE("the graph in figures") {
  const Catalogue catalogue = small_catalogue();
  auto graph = sized<kn_graph_figures>();
  REQUIRE(kn_graph_summary(catalogue.get(), nullptr, &graph, nullptr) == KN_OK);
  CHECK(graph.organisations == 2);
  CHECK(graph.works == 1);
  CHECK(graph.participations == 2);
  CHECK(graph.components == 1);
  CHECK(graph.largest_component == 2);
}
