// SPDX-License-Identifier: Apache-2.0
#include "python/identity.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

// Records travel as their JSON.
py::list decisions_of(const std::vector<DecisionEntry>& entries) {
  py::list list;
  for (const DecisionEntry& entry : entries)
    list.append(py::make_tuple(entry.id, entry.holds, to_json(Record(entry.decision))));
  return list;
}

}  // namespace

py::list to_python(const std::vector<IdentityConflict>& conflicts) {
  py::list list;
  for (const IdentityConflict& conflict : conflicts) {
    py::list chain;
    for (const IdentityLink& link : conflict.chain)
      chain.append(py::make_tuple(link.from, link.to, link.by_person));
    list.append(py::dict("left"_a = conflict.left, "right"_a = conflict.right,
                         "by_person"_a = conflict.by_person, "stands"_a = conflict.stands,
                         "chain"_a = chain));
  }
  return list;
}

py::dict to_python(const MatchReport& report) {
  return py::dict("organisations"_a = report.organisations, "pairs"_a = report.pairs,
                  "same"_a = report.same, "unsure"_a = report.unsure, "added"_a = report.added,
                  "dropped"_a = report.dropped, "change"_a = report.change,
                  "seconds"_a = report.seconds, "conflicts"_a = to_python(report.conflicts),
                  "proposed"_a = decisions_of(report.proposed));
}

py::dict to_python(const OrganisationIdentity& identity) {
  py::list crosswalk;
  for (const CrosswalkEntry& entry : identity.crosswalk) {
    py::dict values;
    for (const CrosswalkValue& value : entry.values)
      values[py::str(value.value)] = value.organisations;
    crosswalk.append(py::make_tuple(entry.scheme, entry.conflict, values));
  }
  return py::dict("change"_a = identity.change, "id"_a = identity.id,
                  "members"_a = identity.members, "merged"_a = to_json(Record(identity.merged)),
                  "crosswalk"_a = crosswalk, "decisions"_a = decisions_of(identity.decisions),
                  "conflicts"_a = to_python(identity.conflicts));
}

py::dict to_python(const ReviewQueue& queue) {
  py::dict columns;
  const auto column = [&](const char* name, auto field) {
    py::list values;
    for (const ReviewItem& item : queue.items) values.append(item.*field);
    columns[name] = values;
  };
  column("decision", &ReviewItem::decision);
  column("left", &ReviewItem::left);
  column("right", &ReviewItem::right);
  column("left_name", &ReviewItem::left_name);
  column("right_name", &ReviewItem::right_name);
  column("probability", &ReviewItem::probability);
  column("stake", &ReviewItem::stake);
  column("value", &ReviewItem::value);
  column("reason", &ReviewItem::reason);
  return py::dict("change"_a = queue.change, "total"_a = queue.total, "items"_a = columns);
}

}  // namespace koinon::python
