// SPDX-License-Identifier: Apache-2.0
//
// The C API as C++ likes it: handles that free themselves, failures that are thrown.
#pragma once

#include <koinon/koinon.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::command {

using Json = nlohmann::ordered_json;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

template <class T, auto Free>
using Handle = std::unique_ptr<T, Freer<Free>>;

using CatalogueHandle = Handle<kn_catalogue, kn_close>;
using TextHandle = Handle<kn_text, kn_text_free>;
using TokenHandle = Handle<kn_cancel_token, kn_cancel_token_free>;
using TaskHandle = Handle<kn_task, kn_task_free>;
using ChangesHandle = Handle<kn_changes, kn_changes_free>;
using ResultsHandle = Handle<kn_results, kn_results_free>;
using PartnersHandle = Handle<kn_partner_results, kn_partner_results_free>;
using ReportHandle = Handle<kn_import_report, kn_import_report_free>;
using RowsHandle = Handle<kn_quarantined_rows, kn_quarantined_rows_free>;

/// What a call of the C API failed with: exit code 1.
class Failure : public std::runtime_error {
 public:
  Failure(int32_t code, kn_error* error);  // takes the error
  Failure(int32_t code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int32_t code() const { return code_; }
  const Json& violations() const { return violations_; }

 private:
  int32_t code_;
  Json violations_ = Json::array();
};

/// Runs `function`, which hands its argument to the C API as `error`.
template <class Function>
void call(Function&& function) {
  kn_error* error = nullptr;
  const int32_t code = function(&error);
  if (code != KN_OK) throw Failure(code, error);
}

/// The same for a call that makes a handle: function(&handle, &error).
template <class HandleType, class Function>
HandleType make(Function&& function) {
  typename HandleType::pointer handle = nullptr;
  call([&](kn_error** error) { return function(&handle, error); });
  return HandleType(handle);
}

template <class Function>
std::string make_text(Function&& function) {
  const auto text = make<TextHandle>(function);
  return {kn_text_data(text.get()), static_cast<std::size_t>(kn_text_length(text.get()))};
}

template <class Struct>
Struct sized() {
  Struct value{};
  value.struct_size = sizeof(Struct);
  return value;
}

inline std::string_view text_of(const kn_string& text) {
  return {text.data == nullptr ? "" : text.data, static_cast<std::size_t>(text.length)};
}
inline kn_string string_of(std::string_view text) {
  return {text.data(), text.size()};
}

/// SKOS files of the user's own, beside what is bundled or in its place.
struct OwnThesaurus {
  std::vector<std::string> files;
  bool alone = false;
};

/// For reading, the file must be there; for writing, it is made when `create`.
enum class Use { Read, Write, Create };
CatalogueHandle open_catalogue(const std::string& path, Use use, const OwnThesaurus& thesaurus);

/// The record and what is known of it, as kn_get_json gives it.
Json get_record(kn_catalogue* catalogue, const std::string& id, std::uint64_t version = 0);

/// What a record is called, in `language` where it has such a name; "" when it has none.
std::string record_title(const Json& record, const std::string& language);

}  // namespace koinon::command
