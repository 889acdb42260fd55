// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "c/boundary.hpp"

struct kn_error {
  int32_t code;
  std::string message;
  std::vector<koinon::Violation> violations;
};

namespace koinon::c {

namespace {

// Stands ready for when there is no memory left to make one. Its message needs none.
kn_error out_of_memory{KN_E_OUT_OF_MEMORY, "out of memory", {}};

int32_t give(kn_error** error, ErrorCode code, const char* message,
             std::vector<Violation> violations = {}) noexcept {
  const auto number = static_cast<int32_t>(code);
  if (error == nullptr) return number;
  try {
    *error = new kn_error{number, message, std::move(violations)};
    return number;
  } catch (...) {
    *error = &out_of_memory;
    return KN_E_OUT_OF_MEMORY;
  }
}

}  // namespace

int32_t report_exception(kn_error** error) noexcept {
  try {
    throw;
  } catch (const Error& e) {
    std::vector<Violation> violations;
    try {
      violations = e.violations();
    } catch (...) {
      if (error != nullptr) *error = &out_of_memory;
      return KN_E_OUT_OF_MEMORY;
    }
    return give(error, e.code(), e.what(), std::move(violations));
  } catch (const std::bad_alloc&) {
    if (error != nullptr) *error = &out_of_memory;
    return KN_E_OUT_OF_MEMORY;
  } catch (const std::length_error& e) {
    return give(error, ErrorCode::OutOfMemory, e.what());
  } catch (const std::exception& e) {
    return give(error, ErrorCode::Internal, e.what());
  } catch (...) {
    return give(error, ErrorCode::Internal, "unknown exception");
  }
}

namespace {

const Violation* violation_at(const kn_error* error, uint64_t place) {
  if (error == nullptr || place >= error->violations.size()) return nullptr;
  return &error->violations[static_cast<std::size_t>(place)];
}

}  // namespace

}  // namespace koinon::c

KN_EXPORT int32_t kn_error_code(const kn_error* error) {
  return error == nullptr ? KN_OK : error->code;
}

KN_EXPORT const char* kn_error_message(const kn_error* error) {
  return error == nullptr ? nullptr : error->message.c_str();
}

KN_EXPORT uint64_t kn_error_violation_count(const kn_error* error) {
  return error == nullptr ? 0 : error->violations.size();
}

KN_EXPORT const char* kn_error_violation_path(const kn_error* error, uint64_t place) {
  const auto* violation = koinon::c::violation_at(error, place);
  return violation == nullptr ? nullptr : violation->path.c_str();
}

KN_EXPORT const char* kn_error_violation_code(const kn_error* error, uint64_t place) {
  const auto* violation = koinon::c::violation_at(error, place);
  return violation == nullptr ? nullptr : violation->code.c_str();
}

KN_EXPORT const char* kn_error_violation_message(const kn_error* error, uint64_t place) {
  const auto* violation = koinon::c::violation_at(error, place);
  return violation == nullptr ? nullptr : violation->message.c_str();
}

KN_EXPORT void kn_error_free(kn_error* error) {
  if (error != &koinon::c::out_of_memory) delete error;
}
