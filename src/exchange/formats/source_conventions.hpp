// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "exchange/dates.hpp"
#include "exchange/numbers.hpp"

namespace koinon::exchange {

/// How one source file writes numbers and dates, and what else is the same in all its rows.
struct SourceConvention {
  DecimalEvidence decimals;
  DateEvidence dates;
};

/// The conventions of the source files that a list of operations was put together from.
class SourceConventions {
 public:
  /// The one of `file`, made when there is none yet. Rows of one file mostly stand together, so the
  /// last one is kept at hand.
  SourceConvention& of(std::string_view file) {
    if (last_ && last_file_ == file) return *last_;
    const auto found = known_.find(file);
    SourceConvention& convention =
        found != known_.end() ? found->second : known_[std::string(file)];
    last_ = &convention;
    last_file_ = file;
    return convention;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  // Nodes of a map stay where they are.
  std::unordered_map<std::string, SourceConvention, Hash, std::equal_to<>> known_;
  SourceConvention* last_ = nullptr;
  std::string last_file_;
};

}  // namespace koinon::exchange
