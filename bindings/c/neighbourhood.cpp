// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

std::string organisation_in(const char* id, uint64_t length, const char* name) {
  std::string text(text_in(id, length, name));
  if (text.empty()) fail_argument(std::string(name) + " is empty");
  return text;
}

template <class Request>
Request request_of(const kn_local_options& given, std::uint64_t limit) {
  Request request;
  request.wait = flag_in(given.wait, "wait");
  request.as_told = flag_in(given.as_told, "as_told");
  request.limit = size_in(limit);
  return request;
}

Json shown_json(const ShownOrganisation& organisation) {
  return {{"id", organisation.id}, {"name", organisation.name}, {"country", organisation.country}};
}

Json works_json(const std::vector<SharedWork>& works) {
  Json list = Json::array();
  for (const SharedWork& work : works) list.push_back(shared_work_json(work));
  return list;
}

Json path_json(const PartnershipPath& path) {
  Json organisations = Json::array();
  for (const auto& each : path.organisations) organisations.push_back(shown_json(each));
  return {{"change", path.change},
          {"organisations", std::move(organisations)},
          {"works", works_json(path.works)}};
}

Json neighbourhood_json(const Neighbourhood& near) {
  Json organisations = Json::array();
  for (std::size_t i = 0; i < near.organisations.size(); ++i) {
    Json one = shown_json(near.organisations[i]);
    one["hops"] = near.hops[i];
    organisations.push_back(std::move(one));
  }
  return {{"change", near.change},
          {"complete", near.complete},
          {"organisations", std::move(organisations)},
          {"ties", ties_json(near.ties)}};
}

Json common_json(const CommonPartners& common) {
  Json partners = Json::array();
  for (const CommonPartner& partner : common.partners) {
    Json one = shown_json(partner.organisation);
    one["shared"] = partner.shared;
    one["strength"] = partner.strength;
    one["shared_other"] = partner.shared_other;
    one["strength_other"] = partner.strength_other;
    one["works"] = works_json(partner.works);
    one["works_other"] = works_json(partner.works_other);
    partners.push_back(std::move(one));
  }
  return {{"change", common.change}, {"total", common.total}, {"partners", std::move(partners)}};
}

Json nearby_json(const NearOrganisations& near) {
  Json organisations = Json::array();
  for (const NearOrganisation& each : near.organisations) {
    Json one = shown_json(each.organisation);
    one["score"] = each.score;
    organisations.push_back(std::move(one));
  }
  return {{"change", near.change},
          {"error_bound", near.error_bound},
          {"organisations", std::move(organisations)}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_path(kn_catalogue* catalogue, const char* from, uint64_t from_length,
                          const char* to, uint64_t to_length, const kn_local_options* options,
                          const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string start = organisation_in(from, from_length, "from");
    const std::string end = organisation_in(to, to_length, "to");
    const kn_local_options given = options_in(options, local_defaults());
    koinon::PathRequest request;
    request.wait = flag_in(given.wait, "wait");
    request.as_told = flag_in(given.as_told, "as_told");
    text = new_text(dump(path_json(open.path(start, end, request, task_in(task)))));
  });
}

KN_EXPORT int32_t kn_around(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                            const kn_local_options* options, const kn_task* task, kn_text** json,
                            kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string self = organisation_in(id, id_length, "id");
    const kn_local_options given = options_in(options, local_defaults());
    auto request = request_of<koinon::NeighbourhoodRequest>(given, given.around_limit);
    request.hops = given.hops;
    text = new_text(dump(neighbourhood_json(open.around(self, request, task_in(task)))));
  });
}

KN_EXPORT int32_t kn_common_partners(kn_catalogue* catalogue, const char* one, uint64_t one_length,
                                     const char* other, uint64_t other_length,
                                     const kn_local_options* options, const kn_task* task,
                                     kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string first = organisation_in(one, one_length, "one");
    const std::string second = organisation_in(other, other_length, "other");
    const kn_local_options given = options_in(options, local_defaults());
    auto request = request_of<koinon::CommonPartnerRequest>(given, given.limit);
    request.offset = size_in(given.offset);
    request.works = size_in(given.works);
    text = new_text(dump(common_json(open.common_partners(first, second, request, task_in(task)))));
  });
}

KN_EXPORT int32_t kn_nearby(kn_catalogue* catalogue, const kn_string* organisations,
                            uint64_t organisation_count, const kn_local_options* options,
                            const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    check_array(organisations, organisation_count, "organisations");
    std::vector<std::string> ids;
    for (uint64_t i = 0; i < organisation_count; ++i)
      ids.push_back(
          organisation_in(organisations[i].data, organisations[i].length, "organisations"));
    const kn_local_options given = options_in(options, local_defaults());
    auto request = request_of<koinon::NearbyRequest>(given, given.limit);
    request.epsilon = given.epsilon;
    request.damping = given.damping;
    text = new_text(dump(nearby_json(open.nearby(ids, request, task_in(task)))));
  });
}
