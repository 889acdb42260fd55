// SPDX-License-Identifier: Apache-2.0
//
// What the contract tests share. Only the C API and the standard library.
#pragma once

#include <koinon/koinon.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "catch.hpp"

namespace contract {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freer<Free>>;

using Catalogue = Owned<kn_catalogue, kn_close>;
using Error = Owned<kn_error, kn_error_free>;
using Task = Owned<kn_task, kn_task_free>;
using Token = Owned<kn_cancel_token, kn_cancel_token_free>;
using Results = Owned<kn_results, kn_results_free>;
using Partners = Owned<kn_partner_results, kn_partner_results_free>;
using Changes = Owned<kn_changes, kn_changes_free>;
using Report = Owned<kn_import_report, kn_import_report_free>;
using Rows = Owned<kn_quarantined_rows, kn_quarantined_rows_free>;
using Ids = Owned<kn_id_list, kn_id_list_free>;

/// A struct that a call fills.
template <class Struct>
Struct sized() {
  Struct value{};
  value.struct_size = sizeof(Struct);
  return value;
}

inline kn_string string_of(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string text_of(const kn_string& text) {
  return {text.data, static_cast<std::size_t>(text.length)};
}

/// What a failed call gave: its code is that of its error object. Takes the error.
inline std::string message_of(int32_t code, kn_error* error) {
  const Error owned(error);
  REQUIRE(error != nullptr);
  CHECK(kn_error_code(error) == code);
  return kn_error_message(error);
}

/// Reads a text and frees it.
inline std::string take(kn_text* text) {
  REQUIRE(text != nullptr);
  std::string copy(kn_text_data(text), static_cast<std::size_t>(kn_text_length(text)));
  kn_text_free(text);
  return copy;
}

/// A folder of its own that goes with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(const std::string& name) const { return root_ + "/" + name; }
  std::string write(const std::string& name, const std::string& bytes) const;

 private:
  std::string root_;
};

std::string read_file(const std::string& path);

Catalogue open(const std::string& path);
/// Two organisations that share a project, and a published case study with its initiative.
Catalogue small_catalogue(const std::string& path = ":memory:");

void put(kn_catalogue* catalogue, int32_t kind, const std::string& id, const std::string& json);
std::string get(kn_catalogue* catalogue, const std::string& id, std::uint64_t version = 0);

inline constexpr std::string_view not_utf8 = "caf\xE9";
/// Lines in the format "koinon": two good rows, one with an unknown code, one that is no JSON.
std::string mixed_lines();

}  // namespace contract
