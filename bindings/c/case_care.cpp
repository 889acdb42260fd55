// SPDX-License-Identifier: Apache-2.0
//
// How complete and how fresh cases are, and collections of them.
#include "c/handles.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

kn_incomplete_options incomplete_defaults() {
  const IncompleteRequest own;
  kn_incomplete_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.below = own.below;
  options.limit = own.limit;
  options.offset = own.offset;
  return options;
}

IncompleteRequest request_of(const kn_incomplete_options& given) {
  IncompleteRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.below = given.below;
  request.limit = size_in(given.limit);
  request.offset = size_in(given.offset);
  return request;
}

kn_stale_options stale_defaults() {
  const StaleRequest own;
  kn_stale_options options{};
  options.struct_size = sizeof(options);
  options.wait = own.wait ? 1 : 0;
  options.not_updated_days = own.not_updated_days;
  options.in_review_days = own.in_review_days;
  options.over_days = own.over_days;
  options.limit = own.limit;
  options.offset = own.offset;
  return options;
}

StaleRequest request_of(const kn_stale_options& given) {
  StaleRequest request;
  request.wait = flag_in(given.wait, "wait");
  request.as_of = date_in(given.as_of);
  request.codes = list_in(given.codes, given.code_count, "codes");
  request.not_updated_days = given.not_updated_days;
  request.in_review_days = given.in_review_days;
  request.over_days = given.over_days;
  request.limit = size_in(given.limit);
  request.offset = size_in(given.offset);
  return request;
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_completeness(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                                  kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(koinon::to_json(open.completeness(std::string(text_in(id, id_length, "id")))));
  });
}

KN_EXPORT int32_t kn_incomplete_options_init(kn_incomplete_options* options, uint64_t size) {
  return init_options(options, size, incomplete_defaults());
}

KN_EXPORT int32_t kn_incomplete(kn_catalogue* catalogue, const kn_incomplete_options* options,
                                const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, incomplete_defaults()));
    text = new_text(koinon::to_json(open.incomplete(asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_stale_options_init(kn_stale_options* options, uint64_t size) {
  return init_options(options, size, stale_defaults());
}

KN_EXPORT int32_t kn_stale(kn_catalogue* catalogue, const kn_stale_options* options,
                           const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto asked = request_of(options_in(options, stale_defaults()));
    text = new_text(koinon::to_json(open.stale(asked, task_in(task))));
  });
}

KN_EXPORT int32_t kn_collections(kn_catalogue* catalogue, const char* after, uint64_t after_length,
                                 uint64_t limit, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string from(text_in(after, after_length, "after"));
    text = new_text(koinon::to_json(open.collections(from, size_in(limit))));
  });
}
