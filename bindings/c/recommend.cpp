// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

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
  return {{"change", found.change},
          {"candidates", found.candidates},
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
