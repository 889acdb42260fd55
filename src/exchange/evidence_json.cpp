// SPDX-License-Identifier: Apache-2.0
#include "exchange/evidence_json.hpp"

namespace koinon::exchange {

namespace {

Ordered json_of(const std::vector<GradeReason>& reasons) {
  return list_json(reasons, [](const GradeReason& each) -> Ordered {
    return {{"code", each.code}, {"reason", each.reason}, {"records", each.records}};
  });
}

Ordered json_of(const Grade& grade) {
  Ordered overridden = nullptr;
  if (grade.overridden) {
    overridden = {{"grade", grade.overridden->grade},
                  {"reason", grade.overridden->reason},
                  {"by", grade.overridden->by},
                  {"on", date_json(grade.overridden->on)}};
  }
  return {{"scale", grade.scale},
          {"grade", grade.grade},
          {"derived", grade.derived},
          {"overridden", std::move(overridden)},
          {"reasons", json_of(grade.reasons)},
          {"missing", json_of(grade.missing)}};
}

Ordered json_of(const GradedStudy& study) {
  return {{"id", study.id},
          {"title", study.title},
          {"about", study.about},
          {"features", study.features},
          {"independence", study.independence},
          {"country", study.country},
          {"date", date_json(study.date)},
          {"shows_change", study.shows_change},
          {"maryland", json_of(study.maryland)}};
}

Ordered json_of(const MethodUseShown& use) {
  return {{"case", use.case_study},
          {"title", use.title},
          {"countries", use.countries},
          {"version", use.version},
          {"effect", texts_json(use.effect)}};
}

Ordered json_of(const MethodVersion& version) {
  return {{"label", version.label},           {"date", date_json(version.date)},
          {"text", texts_json(version.text)}, {"languages", version.languages},
          {"licence", version.licence},       {"links", version.links},
          {"manual", version.manual}};
}

Ordered json_of(const AssessmentResult& result) {
  const auto criterion = [](const CriterionResult& each) -> Ordered {
    return {{"criterion", each.criterion},
            {"assessors", each.assessors},
            {"mean", each.mean},
            {"spread", number_json(each.spread)},
            {"grades", each.grades}};
  };
  return {{"version", result.version},
          {"assessors", result.assessors},
          {"criteria", list_json(result.criteria, criterion)},
          {"agreement", number_json(result.agreement)},
          {"undefined", result.undefined}};
}

Ordered json_of(const DisseminationShown& each) {
  return {{"id", each.id},
          {"version", each.version},
          {"from", each.from},
          {"from_name", each.from_name},
          {"to", each.to},
          {"to_names", each.to_names},
          {"channel", each.channel},
          {"language", each.language},
          {"date", date_json(each.date)}};
}

Ordered json_of(const MethodFound& found) {
  return {{"id", found.id},
          {"title", found.title},
          {"state", found.state},
          {"score", found.score},
          {"standard", found.standard},
          {"reasons", fit_json(found.reasons)},
          {"successor", found.successor},
          {"successor_title", found.successor_title},
          {"uses", list_json(found.uses, [](const auto& use) { return json_of(use); })}};
}

}  // namespace

Ordered fit_json(const std::vector<FitReason>& reasons) {
  return list_json(reasons, [](const FitReason& each) -> Ordered {
    return {{"code", each.code}, {"part", each.part}, {"weight", each.weight}, {"what", each.what}};
  });
}

}  // namespace koinon::exchange

namespace koinon {

using namespace exchange;

std::string to_json(const EvidenceReport& report) {
  return dumped(
      {{"change", report.change},
       {"id", report.id},
       {"kind", report.kind},
       {"title", report.title},
       {"initiative", report.initiative},
       {"standard", report.standard ? json_of(*report.standard) : Ordered(nullptr)},
       {"studies", list_json(report.studies, [](const auto& study) { return json_of(study); })},
       {"cases", report.cases},
       {"pilots", report.pilots},
       {"replicas", report.replicas}});
}

std::string to_json(const MethodReport& report) {
  const auto each = [](const auto& value) { return json_of(value); };
  return dumped({{"change", report.change},
                 {"id", report.id},
                 {"title", report.title},
                 {"kind", report.kind},
                 {"state", report.state},
                 {"superseded_by", report.superseded_by},
                 {"successor", report.successor},
                 {"successor_title", report.successor_title},
                 {"supersedes", report.supersedes},
                 {"standard", json_of(report.standard)},
                 {"versions", list_json(report.versions, each)},
                 {"assessments", list_json(report.assessments, each)},
                 {"uses", list_json(report.uses, each)},
                 {"disseminations", list_json(report.disseminations, each)}});
}

std::string to_json(const MethodsFound& found) {
  return dumped(
      {{"change", found.change},
       {"considered", found.considered},
       {"methods", list_json(found.methods, [](const auto& method) { return json_of(method); })}});
}

}  // namespace koinon
