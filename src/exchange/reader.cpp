// SPDX-License-Identifier: Apache-2.0
#include "exchange/reader.hpp"

#include <algorithm>

#include "exchange/formats/formats.hpp"
#include "exchange/koinon_lines.hpp"

namespace koinon::exchange {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      koinon_lines_format(),          esf_operations_format(),   dsi4eu_projects_format(),
      dsi4eu_organisations_format(),  jrc_cases_format(),        eu_calls_format(),
      h2020_participations_format(),  h2020_programmes_format(), cordis_organisations_format(),
      cordis_participations_format(), eurovoc_labels_format(),   eurovoc_relations_format(),
  };
  return all;
}

const Format* find_format(std::string_view name) {
  const auto& all = formats();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Format& format) { return format.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Format* guess_format(std::string_view head) {
  const Format* guess = nullptr;
  for (const Format& format : formats()) {
    if (!format.recognises(head)) continue;
    if (guess) return nullptr;
    guess = &format;
  }
  return guess;
}

}  // namespace koinon::exchange
