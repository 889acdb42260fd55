// SPDX-License-Identifier: Apache-2.0
#include "engine/codes.hpp"

#include <algorithm>
#include <utility>

#include "data/vocabulary.hpp"
#include "koinon/error.hpp"
#include "search/query_parser.hpp"

namespace koinon::engine {

namespace {

constexpr std::size_t few = 12;  // codes that a message can list

// What would do in the place of a code that is not known.
std::string what_there_is(const data::Vocabulary& vocabulary, const char* name) {
  const auto& entries = vocabulary.entries();
  if (entries.size() > few) {
    return std::string("give a code of the vocabulary ") + name + ", such as " +
           entries.front().code + ", or a name";
  }
  std::string codes;
  for (const data::Entry& entry : entries) codes += (codes.empty() ? "" : ", ") + entry.code;
  return "there are " + codes;
}

}  // namespace

std::vector<std::string> codes_in(const char* vocabulary, const std::vector<std::string>& told,
                                  const char* field,
                                  const std::function<bool(const std::string&)>& known) {
  std::vector<std::string> codes;
  if (told.empty()) return codes;
  const data::Vocabulary& entries = *data::vocabulary(vocabulary);
  for (const std::string& text : told) {
    const data::Entry* entry = entries.named(text);
    if (entry == nullptr && !(known && known(text))) {
      throw Error(ErrorCode::InvalidArgument, std::string(field) + ": '" + search::shown(text) +
                                                  "' is not known; " +
                                                  what_there_is(entries, vocabulary));
    }
    std::string code = entry != nullptr ? entry->code : text;
    if (std::find(codes.begin(), codes.end(), code) == codes.end())
      codes.push_back(std::move(code));
  }
  return codes;
}

}  // namespace koinon::engine
