// SPDX-License-Identifier: Apache-2.0
//
// Lives of records, designs of experiments, and versions side by side.
#include "c/handles.hpp"
#include "c/json.hpp"

using namespace koinon::c;

KN_EXPORT int32_t kn_life_cycles(kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(Json(koinon::life_cycle_names())));
  });
}

KN_EXPORT int32_t kn_life_cycle(const char* name, uint64_t name_length, kn_text** json,
                                kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(koinon::life_cycle(text_in(name, name_length, "name")));
  });
}

KN_EXPORT int32_t kn_life_cycle_diagram(const char* name, uint64_t name_length, kn_text** diagram,
                                        kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(diagram, "diagram");
    text = new_text(koinon::life_cycle_diagram(text_in(name, name_length, "name")));
  });
}

KN_EXPORT int32_t kn_next_steps(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                                const char* by, uint64_t by_length, const char* country,
                                uint64_t country_length, const char* language,
                                uint64_t language_length, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const koinon::Actor actor = {std::string(text_in(by, by_length, "by")),
                                 std::string(text_in(country, country_length, "country"))};
    text = new_text(koinon::to_json(
        open.next_steps(std::string(text_in(id, id_length, "id")), actor,
                        std::string(text_in(language, language_length, "language")))));
  });
}

KN_EXPORT int32_t kn_transition(kn_catalogue* catalogue, const char* request,
                                uint64_t request_length, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = koinon::transition_from_json(text_in(request, request_length, "request"));
    text = new_text(koinon::to_json(open.transition(asked)));
  });
}

KN_EXPORT int32_t kn_advance_calls(kn_catalogue* catalogue, int64_t now, const kn_task* task,
                                   kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    std::optional<koinon::Timestamp> moment;
    if (now != 0) moment = now;
    text = new_text(koinon::to_json(open.advance_calls(moment, task_in(task))));
  });
}

KN_EXPORT int32_t kn_check_design(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                                  kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(koinon::to_json(open.check_design(std::string(text_in(id, id_length, "id")))));
  });
}

KN_EXPORT int32_t kn_differences(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                                 uint64_t from, uint64_t to, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(
        koinon::to_json(open.differences(std::string(text_in(id, id_length, "id")), from, to)));
  });
}
