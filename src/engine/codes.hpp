// SPDX-License-Identifier: Apache-2.0
//
// Codes in requests, held to the vocabularies: a slip is told, and not answered with nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace koinon::engine {

/// Codes as the vocabulary writes them, each once, out of codes and names in any language, whatever
/// their case: "GR", "el" and "Greece" are EL. Throws Error(InvalidArgument) for what it does not
/// know, with `field`, the text and what would do; `known` may know codes beside it.
std::vector<std::string> codes_in(const char* vocabulary, const std::vector<std::string>& told,
                                  const char* field,
                                  const std::function<bool(const std::string&)>& known = {});

}  // namespace koinon::engine
