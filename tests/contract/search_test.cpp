// SPDX-License-Identifier: Apache-2.0
//
// Searching and partners.
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

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

Results search_json(kn_catalogue* catalogue, std::string_view request) {
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  const int32_t code = kn_search_json(catalogue, string_of(request), nullptr, &results, &error);
  INFO((error != nullptr ? kn_error_message(error) : ""));
  kn_error_free(error);
  REQUIRE(code == KN_OK);
  return Results(results);
}

// "path code" of everything that is wrong with a request.
std::vector<std::string> faults_of(const kn_error* error) {
  std::vector<std::string> faults;
  for (std::uint64_t i = 0; i < kn_error_violation_count(error); ++i) {
    CHECK(std::string(kn_error_violation_message(error, i)) != "");
    faults.push_back(std::string(kn_error_violation_path(error, i)) + " " +
                     kn_error_violation_code(error, i));
  }
  return faults;
}

std::vector<std::string> faults(kn_catalogue* catalogue, std::string_view request) {
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_search_json(catalogue, string_of(request), nullptr, &results, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(results == nullptr);
  const Error owned(error);
  return faults_of(error);
}

std::string explain(kn_catalogue* catalogue, std::string_view request, std::string_view id) {
  kn_text* json = nullptr;
  REQUIRE(kn_explain(catalogue, string_of(request), string_of(id), nullptr, &json, nullptr) ==
          KN_OK);
  return take(json);
}

std::string alerts(kn_catalogue* catalogue, std::string_view searches, std::uint64_t after) {
  kn_text* json = nullptr;
  REQUIRE(kn_alerts(catalogue, string_of(searches), after, nullptr, &json, nullptr) == KN_OK);
  return take(json);
}

kn_hit hit_at(const kn_results* results, std::uint64_t place) {
  auto hit = sized<kn_hit>();
  REQUIRE(kn_results_hit(results, place, &hit, nullptr) == KN_OK);
  return hit;
}

std::vector<std::string> ids_of(const kn_results* results) {
  auto summary = sized<kn_results_summary>();
  REQUIRE(kn_results_summarise(results, &summary, nullptr) == KN_OK);
  std::vector<std::string> ids;
  for (std::uint64_t i = 0; i < summary.hit_count; ++i) {
    ids.push_back(text_of(hit_at(results, i).id));
  }
  return ids;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

using Texts = std::vector<std::string>;

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
  CHECK(has(text, R"("snippet":null,"group":"","grouped":1,"found_through":[)"));
  CHECK(has(text, R"("facets":[],"ignored":[],"cut":[],"suggestion":"","next":"","late":false})"));
}

TEST_CASE("a request in JSON asks what the options cannot") {
  const Catalogue catalogue = small_catalogue();
  kn_catalogue* const c = catalogue.get();
  CHECK(ids_of(search_json(c, R"({"query":{"range":"start","least":"2016","greatest":"2016"}})")
                   .get()) == Texts{"prj-1"});
  CHECK(ids_of(search_json(c, R"({"query":{"phrase":"support follows","fields":["solution"]}})")
                   .get()) == Texts{"case-1"});
  CHECK(summarise(search_json(c, R"({"filters":[{"field":"kind","any_of":["organisation"],)"
                                 R"("exclude":true}]})")
                      .get())
            .total == 3);
  CHECK(ids_of(search_json(c, R"({"sort":"end","limit":1})").get()) == Texts{"prj-1"});
  CHECK(summarise(search_json(c, "{}").get()).total == 5);
}

TEST_CASE("a request that is no request names everything that is wrong with it") {
  const Catalogue catalogue = small_catalogue();
  kn_catalogue* const c = catalogue.get();
  CHECK(faults(c, "") == Texts{" bad_json"});
  CHECK(faults(c, R"({"text":)") == Texts{" bad_json"});
  CHECK(faults(c, "[]") == Texts{" wrong_type"});
  CHECK(faults(c, R"({"filters":[{"field":1}],"keep_seconds":4000,"limit":-1,"txt":"a",)"
                  R"("query":{"all":[{"words":"a","code":"kind"}]}})") ==
        Texts{"filters[0].field wrong_type", "keep_seconds out_of_range", "limit wrong_type",
              "query.all[0] wrong_kind", "txt unknown_field"});
}

TEST_CASE("a request for what there is not fails, and says why") {
  const Catalogue catalogue = small_catalogue();
  const auto fails = [&](std::string_view request) {
    kn_results* results = nullptr;
    kn_error* error = nullptr;
    const int32_t code =
        kn_search_json(catalogue.get(), string_of(request), nullptr, &results, &error);
    CHECK(results == nullptr);
    return std::make_pair(code, message_of(code, error));
  };
  const auto field = fails(R"({"filters":[{"field":"colour","any_of":["x"]}]})");
  CHECK(field.first == KN_E_INVALID_ARGUMENT);
  CHECK(has(field.second, "colour"));
  CHECK(fails(R"({"sort":"colour"})").first == KN_E_INVALID_ARGUMENT);
  CHECK(fails(R"({"group_by":"country"})").first == KN_E_INVALID_ARGUMENT);
  const auto like = fails(R"({"query":{"like":"nobody"}})");
  CHECK(like.first == KN_E_NOT_FOUND);
  CHECK(has(like.second, "nobody"));
}

TEST_CASE("the largest limit asks for all hits") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("");
  options.limit = UINT64_MAX;
  CHECK(summarise(search(catalogue.get(), options).get()).hit_count == 5);
  options.offset = 2;
  CHECK(summarise(search(catalogue.get(), options).get()).hit_count == 3);
  options.offset = UINT64_MAX;
  CHECK(summarise(search(catalogue.get(), options).get()).hit_count == 0);
  const std::string all = R"({"limit":18446744073709551615)";
  CHECK(ids_of(search_json(catalogue.get(), all + "}").get()).size() == 5);
  CHECK(ids_of(search_json(catalogue.get(), all + R"(,"offset":1,"group_by":"initiative"})").get())
            .size() == 3);
}

TEST_CASE("a word that no record has comes with a better spelling") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("homelss people");
  CHECK(text_of(summarise(search(catalogue.get(), options).get()).suggestion) == "homeless people");
  options.suggest = 0;
  CHECK(summarise(search(catalogue.get(), options).get()).suggestion.length == 0);
}

TEST_CASE("the last word may be the beginning of one") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("housi");
  CHECK(summarise(search(catalogue.get(), options).get()).total == 0);
  options.as_you_type = 1;
  CHECK(ids_of(search(catalogue.get(), options).get()) == Texts{"org-b", "prj-1"});
}

TEST_CASE("a facet of several choices is counted as if none was made") {
  const Catalogue catalogue = small_catalogue();
  const kn_string kind = string_of("kind");
  const kn_string project = string_of("project");
  const kn_filter filter = {kind, &project, 1};
  kn_search_options options = question("");
  options.facets = &kind;
  options.facet_count = 1;
  options.filters = &filter;
  options.filter_count = 1;
  const auto distinct = [&] {
    const Results results = search(catalogue.get(), options);
    CHECK(summarise(results.get()).total == 1);
    auto facet = sized<kn_facet>();
    REQUIRE(kn_results_facet(results.get(), 0, &facet, nullptr) == KN_OK);
    return facet.distinct;
  };
  CHECK(distinct() == 1);
  options.multi_select = 1;
  CHECK(distinct() == 4);
}

TEST_CASE("pages are those of the first page's catalogue, whatever is written meanwhile") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("");
  const Texts all = ids_of(search(catalogue.get(), options).get());
  options.limit = 3;
  CHECK(summarise(search(catalogue.get(), options).get()).next.length == 0);
  options.keep_seconds = 60;
  const Results first = search(catalogue.get(), options);
  CHECK(ids_of(first.get()) == Texts(all.begin(), all.begin() + 3));
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-new",
      R"({"names":[{"language":"en","text":"New"}]})");
  options.after = summarise(first.get()).next;
  REQUIRE(options.after.length > 0);
  const Results second = search(catalogue.get(), options);
  CHECK(ids_of(second.get()) == Texts(all.begin() + 3, all.end()));
  CHECK(summarise(second.get()).change == 5);
  CHECK(summarise(second.get()).next.length == 0);
}

TEST_CASE("a page of a state that is no longer kept is expired, of another question invalid") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("");
  options.limit = 1;
  options.keep_seconds = 0.001;
  const Results first = search(catalogue.get(), options);
  options.after = summarise(first.get()).next;
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-new",
      R"({"names":[{"language":"en","text":"New"}]})");
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  kn_results* results = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_search(catalogue.get(), &options, nullptr, &results, &error) == KN_E_EXPIRED);
  CHECK(has(message_of(KN_E_EXPIRED, error), "keep_seconds"));
  CHECK(results == nullptr);
  options.text = string_of("homes");
  CHECK(kn_search(catalogue.get(), &options, nullptr, &results, nullptr) == KN_E_INVALID_ARGUMENT);
  options.after = string_of("k1-what");
  CHECK(kn_search(catalogue.get(), &options, nullptr, &results, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("after the deadline the answer says that it is late") {
  const Catalogue catalogue = small_catalogue();
  kn_search_options options = question("homeless");
  options.deadline_seconds = 1e-9;
  const auto summary = summarise(search(catalogue.get(), options).get());
  CHECK(summary.late == 1);
  CHECK(summary.total <= 1);
  options.deadline_seconds = 1e9;
  CHECK(summarise(search(catalogue.get(), options).get()).late == 0);
}

TEST_CASE("of a group only the best is shown, with the number of its matches") {
  const Catalogue catalogue = small_catalogue();
  const Results results =
      search_json(catalogue.get(), R"({"text":"home","group_by":"initiative"})");
  CHECK(summarise(results.get()).total == 3);
  REQUIRE(summarise(results.get()).hit_count == 2);
  for (std::uint64_t i = 0; i < 2; ++i) {
    const kn_hit hit = hit_at(results.get(), i);
    const bool grouped = text_of(hit.id) != "prj-1";
    CHECK(text_of(hit.group) == (grouped ? "ini-1" : ""));
    CHECK(hit.grouped == (grouped ? 2 : 1));
  }
}

TEST_CASE("a beginning of more words than are looked at is named") {
  const Catalogue catalogue = small_catalogue();
  std::string name;
  for (int i = 0; i < 100; ++i) {
    name += "abc" + std::string(1, static_cast<char>('a' + i / 26)) +
            std::string(1, static_cast<char>('a' + i % 26)) + " ";
  }
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-new",
      R"({"names":[{"language":"en","text":")" + name + R"("}]})");
  const Results results =
      search_json(catalogue.get(), R"({"query":{"prefix":"abc","fields":["title"]}})");
  const auto summary = summarise(results.get());
  CHECK(summary.total == 1);
  REQUIRE(summary.cut_count == 1);
  CHECK(has(text_of(summary.cut[0]), "abc"));
}

TEST_CASE("an explanation tells what each part adds") {
  const Catalogue catalogue = small_catalogue();
  const std::string json = explain(
      catalogue.get(), R"({"text":"homeless zebras","signals":{"concepts":false}})", "case-1");
  CHECK(has(json, R"({"id":"case-1","change":5,"found":true,"score":)"));
  CHECK(has(json, R"("rank":1,"parts":[{"signal":"words","what":"homeless","language":)"));
  CHECK(has(json, R"("share":1.0,"records":1})"));
  CHECK(has(json,
            R"({"signal":"words","what":"zebras","language":"","matched":false,"required":false,)"
            R"("excluded":false,"score":0.0,"share":0.0,"records":0}],"reasons":[]})"));
}

TEST_CASE("an explanation tells why a record is not found") {
  const Catalogue catalogue = small_catalogue();
  kn_catalogue* const c = catalogue.get();
  CHECK(has(explain(c, R"({"text":"+zebras"})", "case-1"), R"("code":"missing")"));
  CHECK(has(explain(c, R"({"text":"home -homeless"})", "case-1"), R"("code":"excluded")"));
  CHECK(has(explain(c, R"({"filters":[{"field":"kind","any_of":["call"]}]})", "case-1"),
            R"("code":"filtered-out")"));
  REQUIRE(kn_remove(c, "case-1", 6, nullptr, nullptr) == KN_OK);
  CHECK(has(explain(c, "{}", "case-1"), R"("code":"removed")"));
  CHECK(has(explain(c, "{}", "nobody"),
            R"("found":false,"score":0.0,"rank":0,"parts":[],"reasons":[{"code":"not-there")"));
  kn_text* json = nullptr;
  kn_error* error = nullptr;
  CHECK(kn_explain(c, string_of(R"({"limit":"1"})"), string_of("org-a"), nullptr, &json, &error) ==
        KN_E_INVALID_ARGUMENT);
  CHECK(faults_of(error) == Texts{"limit wrong_type"});
  kn_error_free(error);
  CHECK(json == nullptr);
}

TEST_CASE("alerts name the saved searches that find what was written since") {
  const Catalogue catalogue = small_catalogue();
  kn_catalogue* const c = catalogue.get();
  const std::string searches =
      R"([{"name":"homes","request":{"text":"homes","sort":"start","limit":1}},)"
      R"({"name":"organisations \u00e4","request":{"filters":[{"field":"kind",)"
      R"("any_of":["organisation"]}]}}])";
  CHECK(alerts(c, searches, 0) ==
        R"({"change":5,"alerts":[{"change":1,"record":"org-a","search":"organisations ä"},)"
        R"({"change":2,"record":"org-b","search":"organisations ä"},)"
        R"({"change":3,"record":"prj-1","search":"homes"},)"
        R"({"change":4,"record":"ini-1","search":"homes"},)"
        R"({"change":5,"record":"case-1","search":"homes"}]})");
  CHECK(alerts(c, searches, 5) == R"({"change":5,"alerts":[]})");
  put(c, KN_KIND_ORGANISATION, "org-b", R"({"names":[{"language":"en","text":"Homes Together"}]})");
  CHECK(alerts(c, searches, 5) ==
        R"({"change":6,"alerts":[{"change":6,"record":"org-b","search":"homes"},)"
        R"({"change":6,"record":"org-b","search":"organisations ä"}]})");
  CHECK(alerts(c, "[]", 0) == R"({"change":6,"alerts":[]})");
}

TEST_CASE("saved searches that are none are refused with everything that is wrong") {
  const Catalogue catalogue = small_catalogue();
  const auto faults = [&](std::string_view searches) {
    kn_text* json = nullptr;
    kn_error* error = nullptr;
    CHECK(kn_alerts(catalogue.get(), string_of(searches), 0, nullptr, &json, &error) ==
          KN_E_INVALID_ARGUMENT);
    CHECK(json == nullptr);
    const Error owned(error);
    return faults_of(error);
  };
  CHECK(faults("") == Texts{" bad_json"});
  CHECK(faults("{}") == Texts{" wrong_type"});
  CHECK(faults(R"([{"name":1,"request":{"limit":"a","txt":1},"who":"me"},7,{"name":"b"}])") ==
        Texts{"[0].name wrong_type", "[0].request.limit wrong_type",
              "[0].request.txt unknown_field", "[0].who unknown_field", "[1] wrong_type",
              "[2].request missing"});
  CHECK(faults(R"([{"name":"a","request":[]}])") == Texts{"[0].request wrong_type"});
  CHECK(faults(std::string(1000000, '[')) == Texts{" too_deep"});
}

TEST_CASE("the fields that a request may name are told") {
  kn_text* json = nullptr;
  REQUIRE(kn_text_fields(&json, nullptr) == KN_OK);
  CHECK(take(json).find(R"(["title","names",)") == 0);
  REQUIRE(kn_number_fields(&json, nullptr) == KN_OK);
  CHECK(take(json) == R"(["date","start","end","deadline","budget"])");
  REQUIRE(kn_facet_fields(&json, nullptr) == KN_OK);
  CHECK(has(take(json), R"("nuts-3")"));
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
  CHECK(work.own_share == 0.6);
  CHECK(work.partner_share == -1);

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

TEST_CASE("a model of the host's finds what means the same, and one that fails harms nothing",
          "[search]") {
  enum class Fault { None, NotANumber, TooFew };
  struct Model {
    Fault fault = Fault::None;
    int calls = 0;
  } model;
  kn_embedder embedder{};
  embedder.struct_size = sizeof embedder;
  embedder.dimension = 64;
  embedder.version = 1;
  embedder.context = &model;
  // Homes point one way, everything else another.
  embedder.embed = [](void* context, const char* text, uint64_t length, const char*, uint64_t,
                      float* out) -> int32_t {
    Model& own = *static_cast<Model*>(context);
    ++own.calls;
    const std::string_view words(text, static_cast<std::size_t>(length));
    const bool home =
        words.find("ome") != std::string_view::npos || words.find("asun") != std::string_view::npos;
    const int written = own.fault == Fault::TooFew ? 63 : 64;
    for (int i = 0; i < written; ++i) out[i] = home == (i % 2 == 0) ? 1.0F : 0.0F;
    if (own.fault == Fault::NotANumber) out[3] = std::numeric_limits<float>::quiet_NaN();
    return 1;
  };
  kn_open_options options;
  REQUIRE(kn_open_options_init(&options, sizeof options) == KN_OK);
  options.embedder = &embedder;
  options.thesaurus = 0;
  for (const Fault fault : {Fault::None, Fault::NotANumber, Fault::TooFew}) {
    const bool broken = fault != Fault::None;
    CAPTURE(static_cast<int>(fault));
    model.fault = fault;
    kn_catalogue* catalogue = nullptr;
    REQUIRE(kn_open(":memory:", 8, &options, &catalogue, nullptr) == KN_OK);
    for (int i = 0; i < 30; ++i) {
      const std::string id = "call-" + std::to_string(i);
      const std::string json = i == 7 ? R"({"titles":[{"language":"fi","text":"oma asunto"}]})"
                                      : R"({"titles":[{"language":"fi","text":"kala ja vene"}]})";
      REQUIRE(kn_put_json(catalogue, KN_KIND_CALL, id.data(), id.size(), json.data(), json.size(),
                          nullptr, nullptr, nullptr) == KN_OK);
    }
    kn_search_options asked;
    REQUIRE(kn_search_options_init(&asked, sizeof asked) == KN_OK);
    asked.text = {"a home", 6};
    asked.language = {"en", 2};
    kn_results* results = nullptr;
    REQUIRE(kn_search(catalogue, &asked, nullptr, &results, nullptr) == KN_OK);
    kn_results_summary summary{};
    summary.struct_size = sizeof summary;
    REQUIRE(kn_results_summarise(results, &summary, nullptr) == KN_OK);
    CHECK(summary.total == (broken ? 0U : 1U));
    if (!broken) {
      kn_hit hit{};
      hit.struct_size = sizeof hit;
      REQUIRE(kn_results_hit(results, 0, &hit, nullptr) == KN_OK);
      CHECK(std::string(hit.id.data, hit.id.length) == "call-7");
      REQUIRE(hit.found_through_count == 1);
      CHECK(std::string(hit.found_through[0].signal.data, hit.found_through[0].signal.length) ==
            "meaning");
      CHECK(hit.found_through[0].share == 1.0);
    }
    kn_results_free(results);
    REQUIRE(kn_close(catalogue) == KN_OK);
  }
  CHECK(model.calls > 0);
  // What cannot be a model is refused.
  kn_catalogue* catalogue = nullptr;
  embedder.dimension = 65;
  CHECK(kn_open(":memory:", 8, &options, &catalogue, nullptr) == KN_E_INVALID_ARGUMENT);
  embedder.dimension = 64;
  embedder.embed = nullptr;
  CHECK(kn_open(":memory:", 8, &options, &catalogue, nullptr) == KN_E_INVALID_ARGUMENT);
  options.embedder = nullptr;
  options.word_vectors = {"/nowhere/at/all", 15};
  CHECK(kn_open(":memory:", 8, &options, &catalogue, nullptr) == KN_E_INPUT_OUTPUT);
}
