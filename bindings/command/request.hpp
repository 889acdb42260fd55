// SPDX-License-Identifier: Apache-2.0
//
// A request to the catalogue, from what stands on the command line.
#pragma once

#include "arguments.hpp"
#include "session.hpp"

namespace koinon::command {

struct Request {
  Json tree = Json::object();  // empty where --request names what is no request
  std::string text;            // what the library is asked: the tree, or that
};

/// False where the text is no JSON object, or one too deep to be what is asked for here.
bool parse_object(const std::string& text, Json& tree);

/// The file that --request names, and over it the other options and the words from `first` on.
/// Throws UsageError for a field that there is not, which names the nearest one.
Request read_request(const Arguments& given, std::size_t first);

}  // namespace koinon::command
