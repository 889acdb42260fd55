// SPDX-License-Identifier: Apache-2.0
#include "python/recommend.hpp"

#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

#include "python/to_python.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

template <class Value>
Value part(const py::dict& told, const char* name) {
  return told[name].cast<Value>();
}

PartialDate date_part(const py::dict& told, const char* name) {
  const auto [year, month, day] = part<std::tuple<int, int, int>>(told, name);
  if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
    throw Error(ErrorCode::InvalidArgument, "there is no such day");
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

py::dict shown(const ShownOrganisation& one) {
  return py::dict("id"_a = one.id, "name"_a = one.name, "country"_a = one.country);
}

py::dict reason_of(const RecommendReason& reason) {
  return py::dict(
      "code"_a = reason.code, "contribution"_a = reason.contribution, "count"_a = reason.count,
      "lift"_a = reason.lift, "codes"_a = reason.codes,
      "works"_a = list_of(reason.works, [](const SharedWork& work) { return to_python(work); }),
      "bridges"_a = list_of(reason.bridges, shown));
}

}  // namespace

RecommendRequest recommend_request(const py::dict& told) {
  using Texts = std::vector<std::string>;
  RecommendRequest request;
  request.organisation = part<std::string>(told, "organisation");
  request.members = part<Texts>(told, "members");
  request.lead = part<bool>(told, "lead");
  request.call = part<std::string>(told, "call");
  request.replicate = part<std::string>(told, "replicate");
  request.themes_sought = part<Texts>(told, "themes_sought");
  request.countries = part<Texts>(told, "countries");
  request.kinds = part<Texts>(told, "kinds");
  request.themes = part<Texts>(told, "themes");
  request.exclude = part<Texts>(told, "exclude");
  request.capabilities = part<Texts>(told, "capabilities");
  request.capabilities_sought = part<Texts>(told, "capabilities_sought");
  request.known = part<bool>(told, "known");
  request.most_per_country = part<std::size_t>(told, "most_per_country");
  request.as_of = date_part(told, "as_of");
  request.limit = part<std::size_t>(told, "limit");
  request.works = part<std::size_t>(told, "works");
  request.as_told = part<bool>(told, "as_told");
  return request;
}

RecommendAllRequest recommend_all_request(const py::dict& each, const py::dict& of) {
  using Texts = std::vector<std::string>;
  RecommendAllRequest request;
  request.each = recommend_request(each);
  request.organisations = part<Texts>(of, "organisations");
  request.of_countries = part<Texts>(of, "countries");
  request.of_kinds = part<Texts>(of, "kinds");
  request.of_themes = part<Texts>(of, "themes");
  return request;
}

py::dict to_python(const RecommendationTable& table) {
  const auto column = [&](auto&& one) { return list_of(table.organisations, one); };
  using One = ShownOrganisation;
  return py::dict("change"_a = table.change, "width"_a = table.width,
                  "id"_a = column([](const One& one) { return py::str(one.id); }),
                  "name"_a = column([](const One& one) { return py::str(one.name); }),
                  "country"_a = column([](const One& one) { return py::str(one.country); }),
                  "kind"_a = table.kinds, "asked"_a = bytes_of(table.asked),
                  "partners"_a = bytes_of(table.partners), "scores"_a = bytes_of(table.scores));
}

py::dict to_python(const Recommendations& found) {
  const auto column = [&](auto&& one) { return list_of(found.recommendations, one); };
  const auto country = [&](auto&& one) { return list_of(found.countries, one); };
  using One = Recommendation;
  using Country = CountryExposure;
  return py::dict(
      "change"_a = found.change, "candidates"_a = found.candidates, "kept_out"_a = found.kept_out,
      "kept_out_by"_a = list_of(found.kept_out_by,
                                [](const KeptOut& one) {
                                  return py::dict("country"_a = one.country, "kind"_a = one.kind,
                                                  "count"_a = one.count);
                                }),
      "recommendations"_a = py::dict(
          "id"_a = column([](const One& r) { return py::str(r.organisation.id); }),
          "name"_a = column([](const One& r) { return py::str(r.organisation.name); }),
          "country"_a = column([](const One& r) { return py::str(r.organisation.country); }),
          "kind"_a = column([](const One& r) { return py::str(r.kind); }),
          "score"_a = column([](const One& r) { return py::float_(r.score); }),
          "reasons"_a = column([](const One& r) { return list_of(r.reasons, reason_of); })),
      "countries"_a = py::dict(
          "country"_a = country([](const Country& c) { return py::str(c.country); }),
          "candidates"_a = country([](const Country& c) { return py::int_(c.candidates); }),
          "named"_a = country([](const Country& c) { return py::int_(c.named); }),
          "passed_over"_a = country([](const Country& c) { return py::int_(c.passed_over); }),
          "exposure"_a = country([](const Country& c) { return py::float_(c.exposure); })));
}

}  // namespace koinon::python
