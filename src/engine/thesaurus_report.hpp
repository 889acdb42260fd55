// SPDX-License-Identifier: Apache-2.0
//
// What is told of a host's thesaurus, and its form beside the compiled table.
#pragma once

#include <string>
#include <string_view>

#include "exchange/skos.hpp"
#include "koinon/thesaurus.hpp"
#include "text/thesaurus_builder.hpp"

namespace koinon::engine {

/// Adds a file as it was read.
void add_file(const std::string& path, const exchange::SkosReport& read, ThesaurusReport& report);

/// Adds what the files together made.
void add_issues(const text::ThesaurusReport& built, ThesaurusReport& report);

std::string packed(const ThesaurusReport& report);
/// Throws Error(Damaged) for what packed() did not make. Nothing of `kept` is in it.
ThesaurusReport unpacked(std::string_view bytes);

}  // namespace koinon::engine
