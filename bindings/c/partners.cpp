// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace {

// A shared work's texts that the C++ API does not keep as texts, and its arrays.
struct WorkParts {
  std::string from;
  std::string to;
  std::vector<kn_string> own_roles;
  std::vector<kn_string> partner_roles;
};

}  // namespace

// The answer, and what its structs point into. Never moved once it is made.
struct kn_partner_results {
  explicit kn_partner_results(koinon::PartnerResults answer);

  koinon::PartnerResults results;
  std::vector<std::vector<WorkParts>> works;  // of each partner
};

kn_partner_results::kn_partner_results(koinon::PartnerResults answer) : results(std::move(answer)) {
  using namespace koinon::c;
  for (const auto& partner : results.partners) {
    auto& own = works.emplace_back();
    for (const auto& work : partner.works) {
      own.push_back({format_date(work.period.from), format_date(work.period.to),
                     views(work.own_roles), views(work.partner_roles)});
    }
  }
}

namespace koinon::c {

namespace {

kn_partner partner_out(const Partner& partner) {
  kn_partner out{};
  out.strength = partner.strength;
  out.shared = partner.shared;
  out.id = view(partner.id);
  out.name = view(partner.name);
  out.country = view(partner.country);
  out.work_count = partner.works.size();
  return out;
}

kn_shared_work work_out(const SharedWork& work, const WorkParts& parts) {
  kn_shared_work out{};
  out.kind = static_cast<int32_t>(work.kind);
  out.id = view(work.id);
  out.title = view(work.title);
  out.from = view(parts.from);
  out.to = view(parts.to);
  out.own_roles = parts.own_roles.data();
  out.own_role_count = parts.own_roles.size();
  out.partner_roles = parts.partner_roles.data();
  out.partner_role_count = parts.partner_roles.size();
  out.own_share = work.own_share ? work.own_share->millionths / 1e6 : -1;
  out.partner_share = work.partner_share ? work.partner_share->millionths / 1e6 : -1;
  return out;
}

Json partner_json(const Partner& partner) {
  Json works = Json::array();
  for (const SharedWork& work : partner.works) works.push_back(shared_work_json(work));
  return {{"id", partner.id},         {"name", partner.name},         {"country", partner.country},
          {"shared", partner.shared}, {"strength", partner.strength}, {"works", std::move(works)}};
}

Json results_json(const PartnerResults& results) {
  Json partners = Json::array();
  for (const Partner& partner : results.partners) partners.push_back(partner_json(partner));
  return {{"change", results.change},
          {"total", results.total},
          {"works", results.works},
          {"component", results.component},
          {"partners", std::move(partners)}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_partners(kn_catalogue* catalogue, const char* organisation,
                              uint64_t organisation_length, const kn_partner_options* options,
                              const kn_task* task, kn_partner_results** results, kn_error** error) {
  return guarded(error, [&] {
    kn_partner_results*& answer = result(results, "results");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string_view id = text_in(organisation, organisation_length, "organisation");
    if (id.empty()) fail_argument("the id of the organisation is empty");
    const kn_partner_options given = options_in(options, partner_defaults());
    koinon::PartnerRequest request;
    request.wait = flag_in(given.wait, "wait");
    request.as_told = flag_in(given.as_told, "as_told");
    request.limit = size_in(given.limit);
    request.offset = size_in(given.offset);
    request.works = size_in(given.works);
    answer = new kn_partner_results(open.partners(std::string(id), request, task_in(task)));
  });
}

KN_EXPORT int32_t kn_partner_results_summarise(const kn_partner_results* results,
                                               kn_partner_summary* summary, kn_error** error) {
  return guarded(error, [&] {
    const koinon::PartnerResults& answer = required(results, "results").results;
    kn_partner_summary out{};
    out.change = answer.change;
    out.total = answer.total;
    out.works = answer.works;
    out.component = answer.component;
    out.partner_count = answer.partners.size();
    struct_out(summary, out, "summary");
  });
}

KN_EXPORT int32_t kn_partner_results_partner(const kn_partner_results* results, uint64_t place,
                                             kn_partner* partner, kn_error** error) {
  return guarded(error, [&] {
    const auto& all = required(results, "results").results.partners;
    struct_out(partner, partner_out(at_place(all, place)), "partner");
  });
}

KN_EXPORT int32_t kn_partner_results_work(const kn_partner_results* results, uint64_t partner_place,
                                          uint64_t work_place, kn_shared_work* work,
                                          kn_error** error) {
  return guarded(error, [&] {
    const kn_partner_results& answer = required(results, "results");
    const koinon::Partner& partner = at_place(answer.results.partners, partner_place);
    const koinon::SharedWork& shared = at_place(partner.works, work_place);
    struct_out(work, work_out(shared, at_place(at_place(answer.works, partner_place), work_place)),
               "work");
  });
}

KN_EXPORT int32_t kn_partner_results_json(const kn_partner_results* results, kn_text** json,
                                          kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(results_json(required(results, "results").results)));
  });
}

KN_EXPORT void kn_partner_results_free(kn_partner_results* results) {
  delete results;
}

KN_EXPORT int32_t kn_graph_summary(kn_catalogue* catalogue, const kn_task* task,
                                   kn_graph_figures* figures, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    required(figures, "figures");
    const koinon::GraphSummary graph = open.graph_summary(task_in(task));
    kn_graph_figures out{};
    out.change = graph.change;
    out.organisations = graph.organisations;
    out.works = graph.works;
    out.participations = graph.participations;
    out.components = graph.components;
    out.largest_component = graph.largest_component;
    struct_out(figures, out, "figures");
  });
}
