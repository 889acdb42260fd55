// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/thesaurus.hpp"

namespace koinon::text {

/// EuroVoc and the glossary of social innovation, as the build made them from src/data/thesaurus.
/// URIs: "eurovoc:ID" for what EuroVoc has, "koinon:NAME" for what only the glossary has; both find
/// what both have. Nothing is read or copied at the first call. Threads: safe everywhere.
const Thesaurus& bundled_thesaurus();

}  // namespace koinon::text
