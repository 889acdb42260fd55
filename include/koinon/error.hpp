// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace koinon {

/// Why a call failed. The numbers are those of `KN_E_*` in koinon.h and are never reused.
enum class ErrorCode : std::int32_t {
  InvalidArgument = 1,
  NotFound = 2,
  AlreadyExists = 3,
  Conflict = 4,       // somebody else changed the record in the meantime
  InvalidRecord = 5,  // see violations()
  InvalidInput = 6,   // a file that cannot be read as what it is said to be
  NotACatalogue = 7,  // the file belongs to something else
  TooNew = 8,         // written by a later Koinon
  Damaged = 9,        // integrity check failed, or truncated
  Busy = 10,          // another process is writing
  ReadOnly = 11,
  InputOutput = 12,  // the system refused: disk full, no permission
  Cancelled = 13,
  UnknownFormat = 14,
  InvalidUtf8 = 15,
  Forked = 16,
  OutOfMemory = 17,
  Erased = 18,   // the record was there and has been erased
  Expired = 19,  // a state of the catalogue that is no longer kept
  Internal = 99,
};

/// One broken rule: where, which, and what to do about it.
struct Violation {
  std::string path;     // "participations[2].role"; empty for the record as a whole
  std::string code;     // "unknown_code", "missing", "bad_date" ...; stable, for programs
  std::string message;  // for people
};

/// Every failure of the C++ API is one of these.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::vector<Violation> violations = {})
      : std::runtime_error(message), code_(code), violations_(std::move(violations)) {}

  ErrorCode code() const noexcept { return code_; }
  const std::vector<Violation>& violations() const noexcept { return violations_; }

 private:
  ErrorCode code_;
  std::vector<Violation> violations_;
};

}  // namespace koinon
