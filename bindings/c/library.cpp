// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

namespace {

constexpr std::array<std::pair<int32_t, const char*>, 21> code_names = {{
    {KN_OK, "KN_OK"},
    {KN_E_INVALID_ARGUMENT, "KN_E_INVALID_ARGUMENT"},
    {KN_E_NOT_FOUND, "KN_E_NOT_FOUND"},
    {KN_E_ALREADY_EXISTS, "KN_E_ALREADY_EXISTS"},
    {KN_E_CONFLICT, "KN_E_CONFLICT"},
    {KN_E_INVALID_RECORD, "KN_E_INVALID_RECORD"},
    {KN_E_INVALID_INPUT, "KN_E_INVALID_INPUT"},
    {KN_E_NOT_A_CATALOGUE, "KN_E_NOT_A_CATALOGUE"},
    {KN_E_TOO_NEW, "KN_E_TOO_NEW"},
    {KN_E_DAMAGED, "KN_E_DAMAGED"},
    {KN_E_BUSY, "KN_E_BUSY"},
    {KN_E_READ_ONLY, "KN_E_READ_ONLY"},
    {KN_E_INPUT_OUTPUT, "KN_E_INPUT_OUTPUT"},
    {KN_E_CANCELLED, "KN_E_CANCELLED"},
    {KN_E_UNKNOWN_FORMAT, "KN_E_UNKNOWN_FORMAT"},
    {KN_E_INVALID_UTF8, "KN_E_INVALID_UTF8"},
    {KN_E_FORKED, "KN_E_FORKED"},
    {KN_E_OUT_OF_MEMORY, "KN_E_OUT_OF_MEMORY"},
    {KN_E_ERASED, "KN_E_ERASED"},
    {KN_E_EXPIRED, "KN_E_EXPIRED"},
    {KN_E_INTERNAL, "KN_E_INTERNAL"},
}};

constexpr bool same(int32_t code, ErrorCode own) {
  return code == static_cast<int32_t>(own);
}
static_assert(same(KN_E_INVALID_ARGUMENT, ErrorCode::InvalidArgument));
static_assert(same(KN_E_NOT_FOUND, ErrorCode::NotFound));
static_assert(same(KN_E_ALREADY_EXISTS, ErrorCode::AlreadyExists));
static_assert(same(KN_E_CONFLICT, ErrorCode::Conflict));
static_assert(same(KN_E_INVALID_RECORD, ErrorCode::InvalidRecord));
static_assert(same(KN_E_INVALID_INPUT, ErrorCode::InvalidInput));
static_assert(same(KN_E_NOT_A_CATALOGUE, ErrorCode::NotACatalogue));
static_assert(same(KN_E_TOO_NEW, ErrorCode::TooNew));
static_assert(same(KN_E_DAMAGED, ErrorCode::Damaged));
static_assert(same(KN_E_BUSY, ErrorCode::Busy));
static_assert(same(KN_E_READ_ONLY, ErrorCode::ReadOnly));
static_assert(same(KN_E_INPUT_OUTPUT, ErrorCode::InputOutput));
static_assert(same(KN_E_CANCELLED, ErrorCode::Cancelled));
static_assert(same(KN_E_UNKNOWN_FORMAT, ErrorCode::UnknownFormat));
static_assert(same(KN_E_INVALID_UTF8, ErrorCode::InvalidUtf8));
static_assert(same(KN_E_FORKED, ErrorCode::Forked));
static_assert(same(KN_E_OUT_OF_MEMORY, ErrorCode::OutOfMemory));
static_assert(same(KN_E_ERASED, ErrorCode::Erased));
static_assert(same(KN_E_EXPIRED, ErrorCode::Expired));
static_assert(same(KN_E_INTERNAL, ErrorCode::Internal));
static_assert(static_cast<int>(RecordKind::MatchDecision) == KN_KIND_MATCH_DECISION);
static_assert(static_cast<int>(RecordKind::Replication) == KN_KIND_REPLICATION);
static_assert(static_cast<int>(RecordKind::Programme) == KN_KIND_PROGRAMME);
static_assert(static_cast<int>(RecordKind::Method) == KN_KIND_METHOD);
static_assert(static_cast<int>(RecordKind::Experiment) == KN_KIND_EXPERIMENT);
static_assert(static_cast<int>(RecordKind::CompetenceCentre) == KN_KIND_COMPETENCE_CENTRE);
static_assert(static_cast<int>(RecordKind::Collection) == KN_KIND_COLLECTION);
static_assert(static_cast<int>(ChangeKind::Erase) == KN_CHANGE_ERASE);
static_assert(static_cast<int>(ChangeKind::Vectors) == KN_CHANGE_VECTORS);

int32_t give_names(const std::vector<std::string>& (*names)(), kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(Json(names())));
  });
}

}  // namespace

kn_text* new_text(std::string text) {
  return new kn_text{std::move(text)};
}

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT const char* kn_version(void) {
  return koinon::version();
}

KN_EXPORT const char* kn_code_name(int32_t code) {
  for (const auto& [number, name] : code_names) {
    if (number == code) return name;
  }
  return nullptr;
}

KN_EXPORT const char* kn_kind_name(int32_t kind) {
  if (kind < 0 || kind > KN_KIND_COLLECTION) return nullptr;
  return koinon::kind_name(static_cast<koinon::RecordKind>(kind));
}

KN_EXPORT int32_t kn_kind_from_name(const char* name, uint64_t name_length, int32_t* kind,
                                    kn_error** error) {
  return guarded(error, [&] {
    const std::string_view text = text_in(name, name_length, "name");
    const auto found = koinon::kind_from_name(text);
    if (!found) fail_argument("there is no kind of record \"" + std::string(text) + "\"");
    required(kind, "kind") = static_cast<int32_t>(*found);
  });
}

KN_EXPORT int32_t kn_label(const char* vocabulary, uint64_t vocabulary_length, const char* code,
                           uint64_t code_length, const char* language, uint64_t language_length,
                           kn_text** label, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(label, "label");
    text = new_text(koinon::label(text_in(vocabulary, vocabulary_length, "vocabulary"),
                                  text_in(code, code_length, "code"),
                                  text_in(language, language_length, "language")));
  });
}

KN_EXPORT int32_t kn_formats(kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    Json list = Json::array();
    for (const auto& format : koinon::import_formats()) {
      list.push_back({{"name", format.name}, {"what", format.what}});
    }
    text = new_text(dump(list));
  });
}

KN_EXPORT int32_t kn_record_fields(int32_t kind, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    Json list = Json::array();
    for (const koinon::RecordField& field : koinon::record_fields(kind_in(kind))) {
      list.push_back({{"path", field.path},
                      {"type", field.type},
                      {"vocabulary", field.vocabulary},
                      {"list", field.list},
                      {"required", field.required}});
    }
    text = new_text(dump(list));
  });
}

KN_EXPORT int32_t kn_facet_fields(kn_text** json, kn_error** error) {
  return give_names(koinon::facet_fields, json, error);
}

KN_EXPORT int32_t kn_text_fields(kn_text** json, kn_error** error) {
  return give_names(koinon::text_fields, json, error);
}

KN_EXPORT int32_t kn_number_fields(kn_text** json, kn_error** error) {
  return give_names(koinon::number_fields, json, error);
}

KN_EXPORT const char* kn_text_data(const kn_text* text) {
  return text == nullptr ? nullptr : text->text.c_str();
}

KN_EXPORT uint64_t kn_text_length(const kn_text* text) {
  return text == nullptr ? 0 : text->text.size();
}

KN_EXPORT void kn_text_free(kn_text* text) {
  delete text;
}
