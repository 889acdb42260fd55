// SPDX-License-Identifier: Apache-2.0
#include "python/programme.hpp"

#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

using Texts = std::vector<std::string>;
using Day = std::tuple<int, int, int>;

template <class Value>
void take(const py::dict& told, const char* name, Value& into) {
  into = told[name].cast<Value>();
}

void take(const py::dict& told, const char* name, PartialDate& into) {
  const auto [year, month, day] = told[name].cast<Day>();
  if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
    throw Error(ErrorCode::InvalidArgument, std::string(name) + ": there is no such day");
  into = {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

MethodsRequest methods_request(const py::dict& told) {
  MethodsRequest request;
  take(told, "text", request.text);
  take(told, "themes", request.themes);
  take(told, "target_groups", request.target_groups);
  take(told, "country", request.country);
  take(told, "language", request.language);
  take(told, "limit", request.limit);
  take(told, "uses", request.uses);
  return request;
}

StaleRequest stale_request(const py::dict& told) {
  StaleRequest request;
  take(told, "as_of", request.as_of);
  take(told, "codes", request.codes);
  take(told, "not_updated_days", request.not_updated_days);
  take(told, "in_review_days", request.in_review_days);
  take(told, "over_days", request.over_days);
  take(told, "limit", request.limit);
  take(told, "offset", request.offset);
  return request;
}

IncompleteRequest incomplete_request(const py::dict& told) {
  IncompleteRequest request;
  take(told, "below", request.below);
  take(told, "limit", request.limit);
  take(told, "offset", request.offset);
  return request;
}

CommunityRequest community_request(const py::dict& told) {
  CommunityRequest request;
  take(told, "as_of", request.as_of);
  take(told, "from", request.from);
  take(told, "to", request.to);
  take(told, "by", request.by);
  return request;
}

SolvedRequest solved_request(const py::dict& told) {
  SolvedRequest request;
  take(told, "text", request.text);
  take(told, "themes", request.themes);
  take(told, "target_groups", request.target_groups);
  take(told, "countries", request.countries);
  take(told, "language", request.language);
  take(told, "authorities", request.authorities);
  take(told, "limit", request.limit);
  take(told, "works", request.works);
  return request;
}

PeersRequest peers_request(const py::dict& told) {
  PeersRequest request;
  take(told, "as_of", request.as_of);
  take(told, "organisations", request.organisations);
  take(told, "themes", request.themes);
  take(told, "most_given", request.most_given);
  take(told, "most_taken", request.most_taken);
  take(told, "theme_weight", request.theme_weight);
  take(told, "back_weight", request.back_weight);
  take(told, "language_weight", request.language_weight);
  take(told, "balanced", request.balanced);
  take(told, "across_borders", request.across_borders);
  take(told, "common_language", request.common_language);
  return request;
}

CentresRequest centres_request(const py::dict& told) {
  CentresRequest request;
  take(told, "as_of", request.as_of);
  take(told, "group", request.group);
  return request;
}

// Short work on one record.
template <class Answer>
auto of_id(Answer (Catalogue::*ask)(const std::string&) const) {
  return [ask](Handle& handle, const std::string& id) {
    return handle.call([&](Catalogue& catalogue) { return to_json((catalogue.*ask)(id)); });
  };
}

// Long work on a request.
template <class Request, class Answer>
auto long_work(Request (*read)(const py::dict&),
               Answer (Catalogue::*ask)(const Request&, const Task&) const) {
  return [read, ask](Handle& handle, const py::dict& told, const py::object& progress) {
    const Request request = read(told);
    return handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
      return to_json((catalogue.*ask)(request, task));
    });
  };
}

// The same on a record.
template <class Answer>
auto over_time(Answer (Catalogue::*ask)(const std::string&, const CommunityRequest&, const Task&)
                   const) {
  return [ask](Handle& handle, const std::string& id, const py::dict& told,
               const py::object& progress) {
    const CommunityRequest request = community_request(told);
    return handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
      return to_json((catalogue.*ask)(id, request, task));
    });
  };
}

std::string collections(Handle& handle, const std::string& after, std::size_t limit) {
  return handle.call(
      [&](Catalogue& catalogue) { return to_json(catalogue.collections(after, limit)); });
}

std::string centres(Handle& handle, const py::dict& told) {
  const CentresRequest request = centres_request(told);
  return handle.call([&](Catalogue& catalogue) { return to_json(catalogue.centres(request)); });
}

}  // namespace

void bind_programme(py::class_<Handle>& catalogue) {
  catalogue.def("evidence", of_id(&Catalogue::evidence), "id"_a)
      .def("method", of_id(&Catalogue::method), "id"_a)
      .def("methods_for", long_work(&methods_request, &Catalogue::methods_for), "request"_a,
           "progress"_a)
      .def("completeness", of_id(&Catalogue::completeness), "id"_a)
      .def("incomplete", long_work(&incomplete_request, &Catalogue::incomplete), "request"_a,
           "progress"_a)
      .def("stale", long_work(&stale_request, &Catalogue::stale), "request"_a, "progress"_a)
      .def("collections", &collections, "after"_a, "limit"_a)
      .def("community", over_time(&Catalogue::community), "id"_a, "request"_a, "progress"_a)
      .def("who_solved", long_work(&solved_request, &Catalogue::who_solved), "request"_a,
           "progress"_a)
      .def("peers", long_work(&peers_request, &Catalogue::peers), "request"_a, "progress"_a)
      .def("centres", &centres, "request"_a)
      .def("centre", over_time(&Catalogue::centre), "id"_a, "request"_a, "progress"_a);
}

}  // namespace koinon::python
