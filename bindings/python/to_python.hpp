// SPDX-License-Identifier: Apache-2.0
//
// Answers of the engine as plain Python values: a dict for what there is one of, a dict of lists,
// one a column, for what there are many of.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <string_view>
#include <vector>

#include "koinon/koinon.hpp"

namespace koinon::python {

/// A path or a message: whatever is not UTF-8 in it comes as surrogate escapes.
pybind11::str lenient_text(std::string_view text);

/// "2021", "2021-05" or "2021-05-17"; empty when unknown.
std::string date_text(PartialDate date);

pybind11::dict to_python(const StoredRecord& record, const std::string& json);
pybind11::dict to_python(const Written& written);
pybind11::dict to_python(const Change& change);
pybind11::dict to_python(const SearchResults& results);
pybind11::dict to_python(const Explanation& explanation);
pybind11::dict to_python(const Alerts& alerts);
pybind11::dict to_python(const PartnerResults& results);
pybind11::dict to_python(const SharedWork& work);
pybind11::dict to_python(const PartnershipPath& path);
pybind11::dict to_python(const Neighbourhood& near);
pybind11::dict to_python(const CommonPartners& common);
pybind11::dict to_python(const NearOrganisations& near);
pybind11::dict to_python(const GraphSummary& summary);
pybind11::dict to_python(const ImportReport& report);
pybind11::dict to_python(const VectorsReport& report);
pybind11::dict to_python(const QuarantinedRow& row);
pybind11::dict to_python(const Violation& violation);
pybind11::dict to_python(const Statistics& statistics);
pybind11::dict to_python(const CheckReport& report);
pybind11::dict to_python(const ViewStatus& status);
pybind11::dict to_python(const ConceptEntry& entry);
pybind11::dict to_python(const ThesaurusReport& report);
pybind11::dict to_python(const Lineage& lineage);
pybind11::dict to_python(const ReplicationTimes& times);

/// The list of `one(value)` for each of `values`.
template <class Values, class One>
pybind11::list list_of(const Values& values, One&& one) {
  pybind11::list list(values.size());
  std::size_t place = 0;
  for (const auto& value : values) list[place++] = one(value);
  return list;
}

/// An array as it lies, which Python reads in place.
template <class Number>
pybind11::bytes bytes_of(const std::vector<Number>& numbers) {
  return pybind11::bytes(reinterpret_cast<const char*>(numbers.data()),
                         numbers.size() * sizeof(Number));
}

template <class Values>
pybind11::list to_list(const Values& values) {
  return list_of(values, [](const auto& value) { return to_python(value); });
}

}  // namespace koinon::python
