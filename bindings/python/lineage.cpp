// SPDX-License-Identifier: Apache-2.0
//
// Lineages and times to replication as plain Python values: columns for what there are many of.
#include <pybind11/stl.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "python/to_python.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

py::list texts_of(const LangText& texts) {
  return list_of(texts, [](const Text& text) {
    py::dict told("language"_a = text.language, "text"_a = text.text);
    if (text.origin == TextOrigin::Machine) told["origin"] = "machine";
    return told;
  });
}

// NaN where it was not told.
py::float_ share_of(const std::optional<Share>& share) {
  return share ? py::float_(share->millionths / 1e6)
               : py::float_(std::numeric_limits<double>::quiet_NaN());
}

py::dict initiative_of(const LineageInitiative& initiative) {
  return py::dict("id"_a = initiative.id, "name"_a = initiative.name,
                  "present"_a = initiative.present, "nearest"_a = initiative.nearest,
                  "farthest"_a = initiative.farthest, "countries"_a = initiative.countries);
}

py::dict replications_of(const std::vector<LineageReplication>& replications) {
  const auto column = [&](auto&& one) { return list_of(replications, one); };
  using One = LineageReplication;
  return py::dict("id"_a = column([](const One& r) { return py::str(r.id); }),
                  "parent"_a = column([](const One& r) { return py::str(r.parent); }),
                  "child"_a = column([](const One& r) { return py::str(r.child); }),
                  "kind"_a = column([](const One& r) { return py::str(r.kind); }),
                  "date"_a = column([](const One& r) { return py::str(date_text(r.date)); }),
                  "fidelity"_a = column([](const One& r) { return share_of(r.fidelity); }),
                  "confidence"_a = column([](const One& r) { return share_of(r.confidence); }),
                  "partnership"_a = column(
                      [](const One& r) { return py::str(partnership_before_name(r.partnership)); }),
                  "implied"_a = column([](const One& r) { return py::bool_(r.implied); }),
                  "changes"_a = column([](const One& r) { return texts_of(r.changes); }),
                  "evidence"_a = column([](const One& r) { return texts_of(r.evidence); }),
                  "links"_a = column([](const One& r) { return py::cast(r.links); }));
}

}  // namespace

py::dict to_python(const Lineage& lineage) {
  py::dict partnerships;
  for (std::size_t how = 0; how < lineage.partnerships.size(); ++how) {
    partnerships[partnership_before_name(static_cast<PartnershipBefore>(how))] =
        lineage.partnerships[how];
  }
  return py::dict(
      "change"_a = lineage.change, "initiative"_a = initiative_of(lineage.initiative),
      "ancestors"_a = list_of(lineage.ancestors, initiative_of),
      "descendants"_a = list_of(lineage.descendants, initiative_of),
      "replications"_a = replications_of(lineage.replications), "direct"_a = lineage.direct,
      "total"_a = lineage.total, "depth"_a = lineage.depth, "countries"_a = lineage.countries,
      "generations"_a = list_of(
          lineage.generations,
          [](const LineageGeneration& each) {
            return py::dict("generation"_a = each.generation, "initiatives"_a = each.initiatives,
                            "countries"_a = each.countries, "new_countries"_a = each.new_countries);
          }),
      "partnerships"_a = partnerships, "along_partnership"_a = lineage.along_partnership);
}

py::dict to_python(const ReplicationTimes& times) {
  const auto time = [&](auto&& one) { return list_of(times.times, one); };
  const auto point = [&](auto&& one) { return list_of(times.curve, one); };
  using Time = ReplicationTime;
  using Point = SurvivalPoint;
  return py::dict("change"_a = times.change,
                  "times"_a = py::dict(
                      "id"_a = time([](const Time& t) { return py::str(t.id); }),
                      "start"_a = time([](const Time& t) { return py::str(date_text(t.start)); }),
                      "first"_a = time([](const Time& t) { return py::str(date_text(t.first)); }),
                      "days"_a = time([](const Time& t) { return py::int_(t.days); }),
                      "replicated"_a = time([](const Time& t) { return py::bool_(t.replicated); })),
                  "curve"_a = py::dict(
                      "days"_a = point([](const Point& p) { return py::int_(p.days); }),
                      "at_risk"_a = point([](const Point& p) { return py::int_(p.at_risk); }),
                      "replicated"_a = point([](const Point& p) { return py::int_(p.replicated); }),
                      "censored"_a = point([](const Point& p) { return py::int_(p.censored); }),
                      "survival"_a = point([](const Point& p) { return py::float_(p.survival); }),
                      "variance"_a = point([](const Point& p) { return py::float_(p.variance); }),
                      "lower"_a = point([](const Point& p) { return py::float_(p.lower); }),
                      "upper"_a = point([](const Point& p) { return py::float_(p.upper); })),
                  "median"_a = times.median, "undated"_a = times.undated, "later"_a = times.later,
                  "contradictory"_a = times.contradictory,
                  "undated_replications"_a = times.undated_replications, "rough"_a = times.rough);
}

}  // namespace koinon::python
