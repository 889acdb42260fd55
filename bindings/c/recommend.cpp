// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

struct kn_recommendations {
  koinon::RecommendationTable table;
};

namespace koinon::c {

namespace {

kn_recommend_options recommend_defaults() {
  const RecommendRequest own;
  kn_recommend_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.limit = own.limit;
  options.works = own.works;
  return options;
}

kn_recommend_all_options recommend_all_defaults() {
  kn_recommend_all_options options{};
  options.struct_size = sizeof(options);
  return options;
}

RecommendRequest request_of(const kn_recommend_options& given) {
  RecommendRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.as_told = flag_in(given.as_told, "as_told");
  request.known = flag_in(given.known, "known");
  request.lead = flag_in(given.lead, "lead");
  request.as_of = date_in(given.as_of);
  request.organisation = text_in(given.organisation, "organisation");
  request.members = list_in(given.members, given.member_count, "members");
  request.call = text_in(given.call, "call");
  request.replicate = text_in(given.replicate, "replicate");
  request.themes_sought = list_in(given.themes_sought, given.theme_sought_count, "themes_sought");
  request.countries = list_in(given.countries, given.country_count, "countries");
  request.kinds = list_in(given.kinds, given.kind_count, "kinds");
  request.themes = list_in(given.themes, given.theme_count, "themes");
  request.exclude = list_in(given.exclude, given.exclude_count, "exclude");
  request.capabilities = list_in(given.capabilities, given.capability_count, "capabilities");
  request.capabilities_sought =
      list_in(given.capabilities_sought, given.capability_sought_count, "capabilities_sought");
  request.most_per_country = size_in(given.most_per_country);
  request.limit = size_in(given.limit);
  request.works = size_in(given.works);
  return request;
}

Json shown_json(const ShownOrganisation& organisation) {
  return {{"id", organisation.id}, {"name", organisation.name}, {"country", organisation.country}};
}

Json reason_json(const RecommendReason& reason) {
  Json works = Json::array();
  for (const SharedWork& work : reason.works) works.push_back(shared_work_json(work));
  Json bridges = Json::array();
  for (const ShownOrganisation& bridge : reason.bridges) bridges.push_back(shown_json(bridge));
  return {{"code", reason.code},          {"contribution", reason.contribution},
          {"count", reason.count},        {"lift", reason.lift},
          {"codes", reason.codes},        {"works", std::move(works)},
          {"bridges", std::move(bridges)}};
}

Json recommendations_json(const Recommendations& found) {
  Json recommendations = Json::array();
  for (const Recommendation& each : found.recommendations) {
    Json one = shown_json(each.organisation);
    one["kind"] = each.kind;
    one["score"] = each.score;
    Json reasons = Json::array();
    for (const RecommendReason& reason : each.reasons) reasons.push_back(reason_json(reason));
    one["reasons"] = std::move(reasons);
    recommendations.push_back(std::move(one));
  }
  Json countries = Json::array();
  for (const CountryExposure& each : found.countries) {
    countries.push_back({{"country", each.country},
                         {"candidates", each.candidates},
                         {"named", each.named},
                         {"passed_over", each.passed_over},
                         {"exposure", each.exposure}});
  }
  Json kept_out = Json::array();
  for (const KeptOut& each : found.kept_out_by)
    kept_out.push_back({{"country", each.country}, {"kind", each.kind}, {"count", each.count}});
  return {{"change", found.change},
          {"candidates", found.candidates},
          {"kept_out", found.kept_out},
          {"kept_out_by", std::move(kept_out)},
          {"recommendations", std::move(recommendations)},
          {"countries", std::move(countries)}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_recommend_options_init(kn_recommend_options* options, uint64_t size) {
  return init_options(options, size, recommend_defaults());
}

KN_EXPORT int32_t kn_recommend(kn_catalogue* catalogue, const kn_recommend_options* options,
                               const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_recommend_options given = options_in(options, recommend_defaults());
    text = new_text(dump(recommendations_json(open.recommend(request_of(given), task_in(task)))));
  });
}

KN_EXPORT int32_t kn_recommend_all_options_init(kn_recommend_all_options* options, uint64_t size) {
  return init_options(options, size, recommend_all_defaults());
}

KN_EXPORT int32_t kn_recommend_all(kn_catalogue* catalogue, const kn_recommend_options* each,
                                   const kn_recommend_all_options* of, const kn_task* task,
                                   kn_recommendations** recommendations, kn_error** error) {
  return guarded(error, [&] {
    kn_recommendations*& made = result(recommendations, "recommendations");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_recommend_all_options asked = options_in(of, recommend_all_defaults());
    koinon::RecommendAllRequest request;
    request.each = request_of(options_in(each, recommend_defaults()));
    request.organisations = list_in(asked.organisations, asked.organisation_count, "organisations");
    request.of_countries = list_in(asked.countries, asked.country_count, "countries");
    request.of_kinds = list_in(asked.kinds, asked.kind_count, "kinds");
    request.of_themes = list_in(asked.themes, asked.theme_count, "themes");
    made = new kn_recommendations{open.recommend_all(request, task_in(task))};
  });
}

KN_EXPORT int32_t kn_recommendations_rows(const kn_recommendations* recommendations,
                                          kn_recommendation_rows* rows, kn_error** error) {
  return guarded(error, [&] {
    const koinon::RecommendationTable& table = required(recommendations, "recommendations").table;
    kn_recommendation_rows out{};
    out.change = table.change;
    out.organisation_count = table.organisations.size();
    out.row_count = table.asked.size();
    out.width = table.width;
    out.asked = table.asked.data();
    out.partners = table.partners.data();
    out.scores = table.scores.data();
    struct_out(rows, out, "rows");
  });
}

KN_EXPORT int32_t kn_recommendations_get(const kn_recommendations* recommendations, uint64_t number,
                                         kn_network_organisation* organisation, kn_error** error) {
  return guarded(error, [&] {
    const koinon::RecommendationTable& table = required(recommendations, "recommendations").table;
    const koinon::ShownOrganisation& shown = at_place(table.organisations, number);
    kn_network_organisation out{};
    out.id = view(shown.id);
    out.name = view(shown.name);
    out.country = view(shown.country);
    out.kind = view(table.kinds[number]);
    struct_out(organisation, out, "organisation");
  });
}

KN_EXPORT void kn_recommendations_free(kn_recommendations* recommendations) {
  delete recommendations;
}
