// SPDX-License-Identifier: Apache-2.0
//
// The outside formats; reader.cpp lists them. docs/guide/import.md says what becomes of each
// column.
#pragma once

#include <memory>

#include "exchange/reader.hpp"

namespace koinon::exchange {

const Format& esf_operations_format();
const Format& dsi4eu_projects_format();
const Format& dsi4eu_organisations_format();
const Format& jrc_cases_format();
const Format& eu_calls_format();
const Format& h2020_participations_format();
const Format& h2020_programmes_format();
const Format& cordis_organisations_format();
const Format& cordis_participations_format();
const Format& eurovoc_labels_format();
const Format& eurovoc_relations_format();

/// For Format::open.
template <class Reader>
std::unique_ptr<RowReader> open_reader(ByteSource& source, const ReaderOptions& options) {
  return std::make_unique<Reader>(source, options);
}

}  // namespace koinon::exchange
