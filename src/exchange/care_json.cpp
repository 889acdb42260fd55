// SPDX-License-Identifier: Apache-2.0
#include "exchange/answer_json.hpp"
#include "koinon/care.hpp"

namespace koinon {

using namespace exchange;

std::string to_json(const CompletenessReport& report) {
  const auto group = [](const FieldGroup& each) -> Ordered {
    return {{"group", each.group},
            {"weight", each.weight},
            {"share", each.share},
            {"answered", each.answered},
            {"missing", each.missing}};
  };
  const auto language = [](const LanguageVersion& each) -> Ordered {
    return {{"language", each.language},
            {"state", each.state},
            {"original", each.original},
            {"machine", each.machine},
            {"lacking", each.lacking}};
  };
  return dumped({{"change", report.change},
                 {"id", report.id},
                 {"kind", report.kind},
                 {"title", report.title},
                 {"share", report.share},
                 {"groups", list_json(report.groups, group)},
                 {"languages", list_json(report.languages, language)}});
}

std::string to_json(const IncompleteAnswer& answer) {
  const auto row = [](const IncompleteCase& each) -> Ordered {
    return {{"id", each.id}, {"title", each.title}, {"state", each.state}, {"share", each.share}};
  };
  return dumped({{"change", answer.change},
                 {"records", answer.records},
                 {"total", answer.total},
                 {"mean", answer.mean},
                 {"cases", list_json(answer.cases, row)}});
}

std::string to_json(const StaleAnswer& answer) {
  const auto count = [](const StaleCount& each) -> Ordered {
    return {{"code", each.code}, {"findings", each.findings}};
  };
  const auto finding = [](const StaleFinding& each) -> Ordered {
    return {{"id", each.id},
            {"title", each.title},
            {"state", each.state},
            {"code", each.code},
            {"field", each.field},
            {"reason", each.reason},
            {"since", date_json(each.since)},
            {"other", each.other}};
  };
  return dumped({{"change", answer.change},
                 {"as_of", date_json(answer.as_of)},
                 {"records", answer.records},
                 {"total", answer.total},
                 {"counts", list_json(answer.counts, count)},
                 {"findings", list_json(answer.findings, finding)}});
}

std::string to_json(const Collections& collections) {
  const auto one_case = [](const CollectedCase& each) -> Ordered {
    return {
        {"id", each.id}, {"title", each.title}, {"state", each.state}, {"present", each.present}};
  };
  const auto collection = [&](const CollectionShown& each) -> Ordered {
    return {{"id", each.id},
            {"title", each.title},
            {"introduction", texts_json(each.introduction)},
            {"curator", each.curator},
            {"curator_name", each.curator_name},
            {"date", date_json(each.date)},
            {"cases", list_json(each.cases, one_case)}};
  };
  return dumped({{"change", collections.change},
                 {"collections", list_json(collections.collections, collection)},
                 {"next", collections.next}});
}

}  // namespace koinon
