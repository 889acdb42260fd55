// SPDX-License-Identifier: Apache-2.0
#include "c/handles.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

kn_methods_options methods_defaults() {
  const MethodsRequest own;
  kn_methods_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.limit = own.limit;
  options.uses = own.uses;
  return options;
}

MethodsRequest request_of(const kn_methods_options& given) {
  MethodsRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.text = text_in(given.text, "text");
  request.themes = list_in(given.themes, given.theme_count, "themes");
  request.target_groups = list_in(given.target_groups, given.target_group_count, "target_groups");
  request.country = text_in(given.country, "country");
  request.language = text_in(given.language, "language");
  request.limit = size_in(given.limit);
  request.uses = size_in(given.uses);
  return request;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_evidence(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                              kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(koinon::to_json(open.evidence(std::string(text_in(id, id_length, "id")))));
  });
}

KN_EXPORT int32_t kn_method(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                            kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(koinon::to_json(open.method(std::string(text_in(id, id_length, "id")))));
  });
}

KN_EXPORT int32_t kn_methods_options_init(kn_methods_options* options, uint64_t size) {
  return init_options(options, size, methods_defaults());
}

KN_EXPORT int32_t kn_methods_for(kn_catalogue* catalogue, const kn_methods_options* options,
                                 const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, methods_defaults()));
    text = new_text(koinon::to_json(open.methods_for(asked, task_in(task))));
  });
}
