// SPDX-License-Identifier: Apache-2.0
//
// Options that several commands take, as the C API wants them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands.hpp"

namespace koinon::command {

/// "2016", "2016-03" or "2016-03-31"; no date where the option was not given. Throws UsageError.
kn_date date_in(const Context& context, const char* option);

/// The codes of an option that may be repeated, for as long as the request is.
class Codes {
 public:
  Codes(const Context& context, const char* option) : texts_(context.arguments.values(option)) {
    for (const std::string& text : texts_) codes_.push_back(string_of(text));
  }
  void into(const kn_string*& codes, std::uint64_t& count) const {
    codes = codes_.data();
    count = codes_.size();
  }

 private:
  std::vector<std::string> texts_;
  std::vector<kn_string> codes_;
};

}  // namespace koinon::command
