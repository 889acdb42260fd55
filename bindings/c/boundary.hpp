// SPDX-License-Identifier: Apache-2.0
//
// What every function of the C API does at its border: check what comes in, let no exception out,
// and keep the promise about struct_size in both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/koinon.h"

#define KN_EXPORT extern "C" __attribute__((visibility("default")))

namespace koinon::c {

/// Turns the exception in flight into a code and, where `error` is not NULL, an error object.
int32_t report_exception(kn_error** error) noexcept;

/// Runs `body`; whatever it throws becomes a code.
template <class Body>
int32_t guarded(kn_error** error, Body&& body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    body();
    return KN_OK;
  } catch (...) {
    return report_exception(error);
  }
}

[[noreturn]] void fail(ErrorCode code, const std::string& message);
[[noreturn]] void fail_argument(const std::string& message);

/// Fails with InvalidArgument where `pointer` is NULL.
template <class T>
T& required(T* pointer, const char* name) {
  if (pointer == nullptr) fail_argument(std::string(name) + " is NULL");
  return *pointer;
}

/// Empties the place for an owned result, which must be there.
template <class T>
T*& result(T** out, const char* name) {
  required(out, name) = nullptr;
  return *out;
}

bool is_utf8(std::string_view bytes);

/// Bytes of any encoding.
std::string_view bytes_in(const char* data, uint64_t length, const char* name);
/// Fails with InvalidUtf8 where the bytes are not UTF-8.
std::string_view text_in(const char* data, uint64_t length, const char* name);
inline std::string_view text_in(const kn_string& text, const char* name) {
  return text_in(text.data, text.length, name);
}
/// A file name: a text that is not empty and has no NUL.
std::string path_in(const char* data, uint64_t length);
/// Fails with InvalidArgument where an array is NULL though it has members.
void check_array(const void* data, uint64_t count, const char* name);
bool flag_in(uint8_t flag, const char* name);
std::size_t size_in(uint64_t number);

inline kn_string view(const std::string& text) {
  return {text.c_str(), text.size()};
}
inline kn_string view(const char* text) {
  return {text, std::strlen(text)};
}
std::vector<kn_string> views(const std::vector<std::string>& texts);

// -- Structs that grow ------------------------------------------------------------------------
//
// `first` is the size that the struct had in its first release: less is a caller who forgot to set
// struct_size. A caller older than this library knows fewer members and gets, or keeps, the
// defaults of the rest; a newer one knows more, and may not have set any of those.

/// Where the first release of a struct ends: before the first member that was added since.
template <class Struct>
inline constexpr std::size_t first_size = sizeof(Struct);
template <>
inline constexpr std::size_t first_size<kn_open_options> = offsetof(kn_open_options,
                                                                    thesaurus_files);
template <>
inline constexpr std::size_t first_size<kn_search_options> = offsetof(kn_search_options, after);
template <>
inline constexpr std::size_t first_size<kn_results_summary> = offsetof(kn_results_summary,
                                                                       suggestion);
template <>
inline constexpr std::size_t first_size<kn_recommend_options> = offsetof(kn_recommend_options,
                                                                         capabilities);
template <>
inline constexpr std::size_t first_size<kn_hit> = offsetof(kn_hit, group);

/// No struct will ever be larger: a struct_size past it was never set.
inline constexpr std::size_t largest_struct = 4096;

void check_struct_size(uint64_t size, std::size_t first);
void check_unknown_members(const void* options, uint64_t size, std::size_t known);

/// The caller's options over `defaults`; NULL gives the defaults.
template <class Options>
Options options_in(const Options* given, const Options& defaults) {
  Options options = defaults;
  if (given == nullptr) return options;
  const uint64_t size = given->struct_size;
  check_struct_size(size, first_size<Options>);
  check_unknown_members(given, size, sizeof(Options));
  std::memcpy(&options, given, size < sizeof(Options) ? size : sizeof(Options));
  return options;
}

/// The body of every kn_*_options_init.
template <class Options>
int32_t init_options(Options* options, uint64_t size, const Options& defaults) noexcept {
  if (options == nullptr || size < first_size<Options> || size > largest_struct) {
    return KN_E_INVALID_ARGUMENT;
  }
  std::memset(static_cast<void*>(options), 0, size);
  std::memcpy(static_cast<void*>(options), &defaults,
              size < sizeof(Options) ? size : sizeof(Options));
  options->struct_size = static_cast<uint32_t>(size);
  return KN_OK;
}

/// Gives `value` to the caller, as much of it as the caller's struct has room for.
template <class Struct>
void struct_out(Struct* out, const Struct& value, const char* name) {
  const uint32_t size = required(out, name).struct_size;
  check_struct_size(size, first_size<Struct>);
  std::memset(static_cast<void*>(out), 0, size);
  std::memcpy(static_cast<void*>(out), &value, size < sizeof(Struct) ? size : sizeof(Struct));
  out->struct_size = size;
}

template <class T>
const T& at_place(const std::vector<T>& items, uint64_t place) {
  if (place >= items.size()) {
    fail(ErrorCode::NotFound, "place " + std::to_string(place) + " of " +
                                  std::to_string(items.size()) + ", counted from 0");
  }
  return items[static_cast<std::size_t>(place)];
}

}  // namespace koinon::c
