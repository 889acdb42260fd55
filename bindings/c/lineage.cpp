// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

Json texts_json(const LangText& texts) {
  Json list = Json::array();
  for (const Text& text : texts) {
    Json told = {{"language", text.language}, {"text", text.text}};
    if (text.origin == TextOrigin::Machine) told["origin"] = "machine";
    list.push_back(std::move(told));
  }
  return list;
}

// What is not defined is no number of JSON.
Json number_json(double number) {
  return std::isnan(number) ? Json(nullptr) : Json(number);
}

Json initiative_json(const LineageInitiative& initiative) {
  return {{"id", initiative.id},
          {"name", initiative.name},
          {"present", initiative.present},
          {"nearest", initiative.nearest},
          {"farthest", initiative.farthest},
          {"countries", initiative.countries}};
}

Json initiatives_json(const std::vector<LineageInitiative>& initiatives) {
  Json list = Json::array();
  for (const LineageInitiative& each : initiatives) list.push_back(initiative_json(each));
  return list;
}

Json replication_json(const LineageReplication& replication) {
  return {{"id", replication.id},
          {"parent", replication.parent},
          {"child", replication.child},
          {"kind", replication.kind},
          {"date", format_date(replication.date)},
          {"changes", texts_json(replication.changes)},
          {"fidelity", share_json(replication.fidelity)},
          {"confidence", share_json(replication.confidence)},
          {"evidence", texts_json(replication.evidence)},
          {"links", replication.links},
          {"partnership", partnership_before_name(replication.partnership)},
          {"implied", replication.implied}};
}

Json lineage_json(const Lineage& lineage) {
  Json replications = Json::array();
  for (const LineageReplication& each : lineage.replications)
    replications.push_back(replication_json(each));
  Json generations = Json::array();
  for (const LineageGeneration& each : lineage.generations) {
    generations.push_back({{"generation", each.generation},
                           {"initiatives", each.initiatives},
                           {"countries", each.countries},
                           {"new_countries", each.new_countries}});
  }
  Json partnerships = Json::object();
  for (std::size_t how = 0; how < lineage.partnerships.size(); ++how) {
    const char* name = partnership_before_name(static_cast<PartnershipBefore>(how));
    partnerships[name] = lineage.partnerships[how];
  }
  Json along(nullptr);
  if (lineage.along_partnership) along = *lineage.along_partnership;
  return {{"change", lineage.change},
          {"initiative", initiative_json(lineage.initiative)},
          {"ancestors", initiatives_json(lineage.ancestors)},
          {"descendants", initiatives_json(lineage.descendants)},
          {"replications", std::move(replications)},
          {"direct", lineage.direct},
          {"total", lineage.total},
          {"depth", lineage.depth},
          {"countries", lineage.countries},
          {"generations", std::move(generations)},
          {"partnerships", std::move(partnerships)},
          {"along_partnership", std::move(along)}};
}

Json times_json(const ReplicationTimes& told) {
  Json times = Json::array();
  for (const ReplicationTime& each : told.times) {
    times.push_back({{"id", each.id},
                     {"start", format_date(each.start)},
                     {"first", format_date(each.first)},
                     {"days", each.days},
                     {"replicated", each.replicated}});
  }
  Json curve = Json::array();
  for (const SurvivalPoint& each : told.curve) {
    curve.push_back({{"days", each.days},
                     {"at_risk", each.at_risk},
                     {"replicated", each.replicated},
                     {"censored", each.censored},
                     {"survival", each.survival},
                     {"variance", number_json(each.variance)},
                     {"lower", number_json(each.lower)},
                     {"upper", number_json(each.upper)}});
  }
  Json median(nullptr);
  if (told.median) median = *told.median;
  return {{"change", told.change},
          {"times", std::move(times)},
          {"curve", std::move(curve)},
          {"median", std::move(median)},
          {"undated", told.undated},
          {"later", told.later},
          {"contradictory", told.contradictory},
          {"undated_replications", told.undated_replications},
          {"rough", told.rough}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_lineage(kn_catalogue* catalogue, const char* initiative,
                             uint64_t initiative_length, const kn_lineage_options* options,
                             const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string_view id = text_in(initiative, initiative_length, "initiative");
    if (id.empty()) fail_argument("the id of the initiative is empty");
    const kn_lineage_options given = options_in(options, lineage_defaults());
    koinon::LineageRequest request;
    request.wait = flag_in(given.wait, "wait");
    request.undated = flag_in(given.undated, "undated");
    request.as_of = date_in(given.as_of);
    request.kinds = list_in(given.kinds, given.kind_count, "kinds");
    text = new_text(dump(lineage_json(open.lineage(std::string(id), request, task_in(task)))));
  });
}

KN_EXPORT int32_t kn_replication_times(kn_catalogue* catalogue,
                                       const kn_replication_times_options* options,
                                       const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_replication_times_options given = options_in(options, replication_times_defaults());
    koinon::ReplicationTimesRequest request;
    request.wait = flag_in(given.wait, "wait");
    request.as_of = date_in(given.as_of);
    request.countries = list_in(given.countries, given.country_count, "countries");
    request.themes = list_in(given.themes, given.theme_count, "themes");
    request.kinds = list_in(given.kinds, given.kind_count, "kinds");
    text = new_text(dump(times_json(open.replication_times(request, task_in(task)))));
  });
}
