// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

Json record_json(const Record& record) {
  return Json::parse(to_json(record));
}

Json conflicts_json(const std::vector<IdentityConflict>& conflicts) {
  Json list = Json::array();
  for (const IdentityConflict& conflict : conflicts) {
    Json chain = Json::array();
    for (const IdentityLink& link : conflict.chain)
      chain.push_back({{"from", link.from}, {"to", link.to}, {"by_person", link.by_person}});
    list.push_back({{"left", conflict.left},
                    {"right", conflict.right},
                    {"by_person", conflict.by_person},
                    {"stands", conflict.stands},
                    {"chain", std::move(chain)}});
  }
  return list;
}

Json decisions_json(const std::vector<DecisionEntry>& entries) {
  Json list = Json::array();
  for (const DecisionEntry& entry : entries) {
    list.push_back(
        {{"id", entry.id}, {"holds", entry.holds}, {"decision", record_json(entry.decision)}});
  }
  return list;
}

Json report_json(const MatchReport& report) {
  return {{"organisations", report.organisations},
          {"pairs", report.pairs},
          {"same", report.same},
          {"unsure", report.unsure},
          {"added", report.added},
          {"dropped", report.dropped},
          {"change", report.change},
          {"seconds", report.seconds},
          {"conflicts", conflicts_json(report.conflicts)},
          {"proposed", decisions_json(report.proposed)}};
}

Json identity_json(const OrganisationIdentity& identity) {
  Json crosswalk = Json::array();
  for (const CrosswalkEntry& entry : identity.crosswalk) {
    Json values = Json::array();
    for (const CrosswalkValue& value : entry.values)
      values.push_back({{"value", value.value}, {"organisations", value.organisations}});
    crosswalk.push_back(
        {{"scheme", entry.scheme}, {"conflict", entry.conflict}, {"values", std::move(values)}});
  }
  return {{"change", identity.change},
          {"id", identity.id},
          {"members", identity.members},
          {"merged", record_json(identity.merged)},
          {"crosswalk", std::move(crosswalk)},
          {"decisions", decisions_json(identity.decisions)},
          {"conflicts", conflicts_json(identity.conflicts)}};
}

Json queue_json(const ReviewQueue& queue) {
  Json items = Json::array();
  for (const ReviewItem& item : queue.items) {
    items.push_back({{"decision", item.decision},
                     {"left", item.left},
                     {"right", item.right},
                     {"left_name", item.left_name},
                     {"right_name", item.right_name},
                     {"probability", item.probability},
                     {"stake", item.stake},
                     {"value", item.value},
                     {"reason", item.reason}});
  }
  return {{"change", queue.change}, {"total", queue.total}, {"items", std::move(items)}};
}

MatchRequest request_in(const kn_match_options& given) {
  MatchRequest request;
  request.dry_run = flag_in(given.dry_run, "dry_run");
  request.threshold = given.threshold;
  request.support = given.support;
  request.review = size_in(given.review);
  return request;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_match(kn_catalogue* catalogue, const kn_match_options* options, const char* by,
                           uint64_t by_length, const kn_task* task, kn_text** json,
                           kn_error** error) {
  return guarded(error, [&] {
    if (json != nullptr) *json = nullptr;
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto request = request_in(options_in(options, match_defaults()));
    const auto report = open.match(request, text_in(by, by_length, "by"), task_in(task));
    if (json != nullptr) *json = new_text(dump(report_json(report)));
  });
}

KN_EXPORT int32_t kn_decide(kn_catalogue* catalogue, const char* left, uint64_t left_length,
                            const char* right, uint64_t right_length, const char* verdict,
                            uint64_t verdict_length, const char* reason, uint64_t reason_length,
                            const char* by, uint64_t by_length, kn_text** id, kn_error** error) {
  return guarded(error, [&] {
    if (id != nullptr) *id = nullptr;
    koinon::Catalogue& open = open_catalogue(catalogue);
    koinon::Decision decision;
    decision.left = text_in(left, left_length, "left");
    decision.right = text_in(right, right_length, "right");
    decision.verdict = text_in(verdict, verdict_length, "verdict");
    decision.reason = text_in(reason, reason_length, "reason");
    const koinon::Written written = open.decide(decision, text_in(by, by_length, "by"));
    if (id != nullptr) *id = new_text(written.id);
  });
}

KN_EXPORT int32_t kn_undo_decision(kn_catalogue* catalogue, const char* decision,
                                   uint64_t decision_length, const char* reason,
                                   uint64_t reason_length, const char* by, uint64_t by_length,
                                   kn_text** id, kn_error** error) {
  return guarded(error, [&] {
    if (id != nullptr) *id = nullptr;
    koinon::Catalogue& open = open_catalogue(catalogue);
    const koinon::Written written =
        open.undo_decision(std::string(text_in(decision, decision_length, "decision")),
                           text_in(reason, reason_length, "reason"), text_in(by, by_length, "by"));
    if (id != nullptr) *id = new_text(written.id);
  });
}

KN_EXPORT int32_t kn_identity(kn_catalogue* catalogue, const char* organisation,
                              uint64_t organisation_length, const kn_task* task, kn_text** json,
                              kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string id(text_in(organisation, organisation_length, "organisation"));
    text = new_text(dump(identity_json(open.identity(id, task_in(task)))));
  });
}

KN_EXPORT int32_t kn_review(kn_catalogue* catalogue, uint64_t limit, uint64_t offset,
                            const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(dump(queue_json(open.review(size_in(limit), size_in(offset), task_in(task)))));
  });
}

KN_EXPORT int32_t kn_identity_conflicts(kn_catalogue* catalogue, const kn_task* task,
                                        kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(dump(conflicts_json(open.identity_conflicts(task_in(task)))));
  });
}
