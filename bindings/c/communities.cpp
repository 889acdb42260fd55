// SPDX-License-Identifier: Apache-2.0
//
// Communities of practice, who has solved something before, peers, and competence centres.
#include "c/handles.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

kn_community_options community_defaults() {
  kn_community_options options{};
  options.struct_size = sizeof(options);
  options.wait = 1;
  options.by = view("year");
  return options;
}

CommunityRequest request_of(const kn_community_options& given) {
  CommunityRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.as_of = date_in(given.as_of);
  request.from = date_in(given.from);
  request.to = date_in(given.to);
  request.by = text_in(given.by, "by");
  return request;
}

kn_solved_options solved_defaults() {
  const SolvedRequest own;
  kn_solved_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.limit = own.limit;
  options.works = own.works;
  return options;
}

SolvedRequest request_of(const kn_solved_options& given) {
  SolvedRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.authorities = flag_in(given.authorities, "authorities");
  request.text = text_in(given.text, "text");
  request.themes = list_in(given.themes, given.theme_count, "themes");
  request.target_groups = list_in(given.target_groups, given.target_group_count, "target_groups");
  request.countries = list_in(given.countries, given.country_count, "countries");
  request.language = text_in(given.language, "language");
  request.limit = size_in(given.limit);
  request.works = size_in(given.works);
  return request;
}

kn_peers_options peers_defaults() {
  const PeersRequest own;
  kn_peers_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.balanced = own.balanced ? 1 : 0;
  options.across_borders = own.across_borders ? 1 : 0;
  options.common_language = own.common_language ? 1 : 0;
  options.most_given = own.most_given;
  options.most_taken = own.most_taken;
  options.theme_weight = own.theme_weight;
  options.back_weight = own.back_weight;
  options.language_weight = own.language_weight;
  return options;
}

PeersRequest request_of(const kn_peers_options& given) {
  PeersRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.balanced = flag_in(given.balanced, "balanced");
  request.across_borders = flag_in(given.across_borders, "across_borders");
  request.common_language = flag_in(given.common_language, "common_language");
  request.as_of = date_in(given.as_of);
  request.organisations = list_in(given.organisations, given.organisation_count, "organisations");
  request.themes = list_in(given.themes, given.theme_count, "themes");
  request.most_given = size_in(given.most_given);
  request.most_taken = size_in(given.most_taken);
  request.theme_weight = given.theme_weight;
  request.back_weight = given.back_weight;
  request.language_weight = given.language_weight;
  return request;
}

kn_centres_options centres_defaults() {
  kn_centres_options options{};
  options.struct_size = sizeof(options);
  options.group = view("EU");
  return options;
}

CentresRequest request_of(const kn_centres_options& given) {
  CentresRequest request;
  request.as_of = date_in(given.as_of);
  request.group = text_in(given.group, "group");
  return request;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_community_options_init(kn_community_options* options, uint64_t size) {
  return init_options(options, size, community_defaults());
}

KN_EXPORT int32_t kn_community(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                               const kn_community_options* options, const kn_task* task,
                               kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string which(text_in(id, id_length, "id"));
    const auto asked = request_of(options_in(options, community_defaults()));
    text = new_text(koinon::to_json(open.community(which, asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_solved_options_init(kn_solved_options* options, uint64_t size) {
  return init_options(options, size, solved_defaults());
}

KN_EXPORT int32_t kn_who_solved(kn_catalogue* catalogue, const kn_solved_options* options,
                                const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, solved_defaults()));
    text = new_text(koinon::to_json(open.who_solved(asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_peers_options_init(kn_peers_options* options, uint64_t size) {
  return init_options(options, size, peers_defaults());
}

KN_EXPORT int32_t kn_peers(kn_catalogue* catalogue, const kn_peers_options* options,
                           const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, peers_defaults()));
    text = new_text(koinon::to_json(open.peers(asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_centres_options_init(kn_centres_options* options, uint64_t size) {
  return init_options(options, size, centres_defaults());
}

KN_EXPORT int32_t kn_centres(kn_catalogue* catalogue, const kn_centres_options* options,
                             kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, centres_defaults()));
    text = new_text(koinon::to_json(open.centres(asked)));
  });
}

KN_EXPORT int32_t kn_centre(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                            const kn_community_options* options, const kn_task* task,
                            kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string which(text_in(id, id_length, "id"));
    const auto asked = request_of(options_in(options, community_defaults()));
    text = new_text(koinon::to_json(open.centre(which, asked, task_in(task))));
  });
}
