// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/arrays.hpp"
#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

std::string organisation_in(const kn_string& id, const char* name) {
  std::string text(text_in(id, name));
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

// But for the ties, which come last.
Json neighbourhood_json(const Neighbourhood& near) {
  Json organisations = Json::array();
  for (std::size_t i = 0; i < near.organisations.size(); ++i) {
    Json one = shown_json(near.organisations[i]);
    one["hops"] = near.hops[i];
    organisations.push_back(std::move(one));
  }
  return {{"change", near.change},
          {"complete", near.complete},
          {"organisations", std::move(organisations)}};
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

// Each keeps the answer that its texts lie in, and is never moved.

struct HeldPath {
  explicit HeldPath(PartnershipPath found) : path(std::move(found)) {
    for (const ShownOrganisation& each : path.organisations) organisations.add(each);
    for (const SharedWork& work : path.works) works.push_back(view(work.id));
  }

  kn_path_answer answer() const {
    return path_out(path.change, static_cast<double>(works.size()), organisations, works);
  }

  PartnershipPath path;
  OrganisationColumns organisations;
  std::vector<kn_string> works;
};

struct HeldAround {
  explicit HeldAround(Neighbourhood found) : around(std::move(found)) {
    for (const ShownOrganisation& each : around.organisations) organisations.add(each);
  }

  kn_around_answer answer() const {
    kn_around_answer out = around_out(around.change, organisations, around.hops, around.ties);
    out.complete = around.complete ? 1 : 0;
    return out;
  }

  Neighbourhood around;
  OrganisationColumns organisations;
};

struct HeldNear {
  explicit HeldNear(NearOrganisations found) : near(std::move(found)) {
    for (const NearOrganisation& each : near.organisations) {
      organisations.add(each.organisation);
      scores.push_back(each.score);
    }
  }

  kn_near_answer answer() const {
    return near_out(near.change, near.error_bound, organisations, scores);
  }

  NearOrganisations near;
  OrganisationColumns organisations;
  std::vector<double> scores;
};

// What each question is made of, however it is answered.

PartnershipPath ask_path(kn_catalogue* catalogue, const kn_string& from, const kn_string& to,
                         const kn_local_options* options, const kn_task* task) {
  Catalogue& open = open_catalogue(catalogue);
  const std::string start = organisation_in(from, "from");
  const std::string end = organisation_in(to, "to");
  const kn_local_options given = options_in(options, local_defaults());
  PathRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.as_told = flag_in(given.as_told, "as_told");
  return open.path(start, end, request, task_in(task));
}

Neighbourhood ask_around(kn_catalogue* catalogue, const kn_string& id,
                         const kn_local_options* options, const kn_task* task) {
  Catalogue& open = open_catalogue(catalogue);
  const std::string self = organisation_in(id, "id");
  const kn_local_options given = options_in(options, local_defaults());
  auto request = request_of<NeighbourhoodRequest>(given, given.around_limit);
  request.hops = given.hops;
  return open.around(self, request, task_in(task));
}

NearOrganisations ask_nearby(kn_catalogue* catalogue, const kn_string* organisations,
                             uint64_t organisation_count, const kn_local_options* options,
                             const kn_task* task) {
  Catalogue& open = open_catalogue(catalogue);
  check_array(organisations, organisation_count, "organisations");
  std::vector<std::string> ids;
  for (uint64_t i = 0; i < organisation_count; ++i)
    ids.push_back(organisation_in(organisations[i], "organisations"));
  const kn_local_options given = options_in(options, local_defaults());
  auto request = request_of<NearbyRequest>(given, given.limit);
  request.epsilon = given.epsilon;
  request.damping = given.damping;
  return open.nearby(ids, request, task_in(task));
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_path(kn_catalogue* catalogue, const char* from, uint64_t from_length,
                          const char* to, uint64_t to_length, const kn_local_options* options,
                          const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const auto found = ask_path(catalogue, {from, from_length}, {to, to_length}, options, task);
    text = new_text(dump(path_json(found)));
  });
}

KN_EXPORT int32_t kn_around(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                            const kn_local_options* options, const kn_task* task, kn_text** json,
                            kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const auto found = ask_around(catalogue, {id, id_length}, options, task);
    const std::string ties = ties_text(found.ties, task_in(task));
    text = new_text(dump_with(neighbourhood_json(found), "ties", ties));
  });
}

KN_EXPORT int32_t kn_common_partners(kn_catalogue* catalogue, const char* one, uint64_t one_length,
                                     const char* other, uint64_t other_length,
                                     const kn_local_options* options, const kn_task* task,
                                     kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string first = organisation_in({one, one_length}, "one");
    const std::string second = organisation_in({other, other_length}, "other");
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
    const auto found = ask_nearby(catalogue, organisations, organisation_count, options, task);
    text = new_text(dump(nearby_json(found)));
  });
}

KN_EXPORT int32_t kn_path_arrays(kn_catalogue* catalogue, const char* from, uint64_t from_length,
                                 const char* to, uint64_t to_length,
                                 const kn_local_options* options, const kn_task* task,
                                 kn_path_answer* answer, kn_arrays** arrays, kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    return std::make_shared<const HeldPath>(
        ask_path(catalogue, {from, from_length}, {to, to_length}, options, task));
  });
}

KN_EXPORT int32_t kn_around_arrays(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                                   const kn_local_options* options, const kn_task* task,
                                   kn_around_answer* answer, kn_arrays** arrays, kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    return std::make_shared<const HeldAround>(
        ask_around(catalogue, {id, id_length}, options, task));
  });
}

KN_EXPORT int32_t kn_nearby_arrays(kn_catalogue* catalogue, const kn_string* organisations,
                                   uint64_t organisation_count, const kn_local_options* options,
                                   const kn_task* task, kn_near_answer* answer, kn_arrays** arrays,
                                   kn_error** error) {
  return give_arrays(answer, arrays, error, [&] {
    return std::make_shared<const HeldNear>(
        ask_nearby(catalogue, organisations, organisation_count, options, task));
  });
}
