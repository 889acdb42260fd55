// SPDX-License-Identifier: Apache-2.0
#include "python/catalogue.hpp"

#include <pybind11/stl.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "koinon/koinon.hpp"
#include "python/embedder.hpp"
#include "python/handle.hpp"
#include "python/identity.hpp"
#include "python/interruptible.hpp"
#include "python/life.hpp"
#include "python/programme.hpp"
#include "python/recommend.hpp"
#include "python/to_python.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

RecordKind kind_in(const std::string& name) {
  if (const auto kind = kind_from_name(name)) return *kind;
  throw Error(ErrorCode::InvalidArgument, "there is no kind of record '" + name + "'");
}

// Kind, JSON, id, expected version.
using WriteTuple = std::tuple<std::string, std::string, std::string, std::optional<std::uint64_t>>;

// Name and JSON of a saved search.
using NamedRequest = std::pair<std::string, std::string>;

// ---- Writing -----------------------------------------------------------------------------------

py::list put_all(Handle& handle, const std::vector<WriteTuple>& given, const std::string& by) {
  return to_list(handle.call([&](Catalogue& catalogue) {
    std::vector<Write> writes;
    writes.reserve(given.size());
    for (const auto& [kind, json, id, expected] : given) {
      writes.push_back({id, record_from_json(kind_in(kind), json), expected});
    }
    return catalogue.put_all(writes, by);
  }));
}

void remove(Handle& handle, const std::string& id, std::optional<std::uint64_t> expected,
            const std::string& by) {
  handle.call([&](Catalogue& catalogue) { catalogue.remove(id, expected, by); });
}

void erase(Handle& handle, const std::string& id, const std::string& by, double wait,
           const py::object& progress) {
  handle.work(progress,
              [&](Catalogue& catalogue, const Task& task) { catalogue.erase(id, by, task, wait); });
}

// Where the bytes do not lie as floats do, a copy of them.
py::dict put_vectors(Handle& handle, const std::string& model, std::size_t dimension,
                     std::vector<std::string> ids, const py::buffer& bytes, const std::string& by,
                     const py::object& progress) {
  const py::buffer_info numbers = bytes.request();
  VectorRows rows{model, dimension, std::move(ids), nullptr, 0};
  rows.count = static_cast<std::size_t>(numbers.size * numbers.itemsize) / sizeof(float);
  std::vector<float> copy;
  if (reinterpret_cast<std::uintptr_t>(numbers.ptr) % alignof(float) == 0) {
    rows.numbers = static_cast<const float*>(numbers.ptr);
  } else {
    copy.resize(rows.count);
    std::memcpy(copy.data(), numbers.ptr, rows.count * sizeof(float));
    rows.numbers = copy.data();
  }
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.put_vectors(rows, by, task);
  }));
}

std::uint64_t drop_vectors(Handle& handle, const std::string& model, const std::string& by,
                           const py::object& progress) {
  return handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.drop_vectors(model, by, task);
  });
}

// ---- Reading -----------------------------------------------------------------------------------

py::dict get(Handle& handle, const std::string& id, std::optional<std::uint64_t> version) {
  const auto [record, json] = handle.call([&](Catalogue& catalogue) {
    StoredRecord stored = version ? catalogue.get(id, *version) : catalogue.get(id);
    std::string text = to_json(stored.record);
    return std::pair(std::move(stored), std::move(text));
  });
  return to_python(record, json);
}

py::list history(Handle& handle, const std::string& id) {
  return to_list(handle.call([&](Catalogue& catalogue) { return catalogue.history(id); }));
}

py::list follow(Handle& handle, std::uint64_t after, std::size_t limit) {
  return to_list(handle.call([&](Catalogue& catalogue) { return catalogue.follow(after, limit); }));
}

std::vector<std::string> ids(Handle& handle, const std::string& kind, const std::string& after,
                             std::size_t limit) {
  return handle.call(
      [&](Catalogue& catalogue) { return catalogue.ids(kind_in(kind), after, limit); });
}

py::dict search(Handle& handle, const std::string& request, const py::object& progress) {
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.search(request_from_json(request), task);
  }));
}

py::dict explain(Handle& handle, const std::string& request, const std::string& id,
                 const py::object& progress) {
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.explain(request_from_json(request), id, task);
  }));
}

py::dict alerts(Handle& handle, const std::vector<NamedRequest>& requests, std::uint64_t after,
                const py::object& progress) {
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    std::vector<SavedSearch> searches;
    searches.reserve(requests.size());
    for (const auto& [name, request] : requests) {
      searches.push_back({name, request_from_json(request)});
    }
    return catalogue.alerts(searches, after, task);
  }));
}

std::vector<std::string> facet_labels(Handle& handle, const std::string& field,
                                      const std::vector<std::string>& codes,
                                      const std::string& language) {
  return handle.call([&](Catalogue& catalogue) {
    std::vector<std::string> labels;
    labels.reserve(codes.size());
    for (const std::string& code : codes)
      labels.push_back(catalogue.facet_label(field, code, language));
    return labels;
  });
}

py::dict thesaurus_concept(Handle& handle, const std::string& uri, const std::string& language) {
  return to_python(handle.call(
      [&](Catalogue& catalogue) { return catalogue.thesaurus_concept(uri, language); }));
}

py::dict thesaurus(Handle& handle) {
  return to_python(handle.call([](Catalogue& catalogue) { return catalogue.thesaurus(); }));
}

py::dict partners(Handle& handle, const std::string& organisation, std::size_t limit,
                  std::size_t offset, std::size_t works, bool as_told, const py::object& progress) {
  PartnerRequest request;
  request.as_told = as_told;
  request.limit = limit;
  request.offset = offset;
  request.works = works;
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.partners(organisation, request, task);
  }));
}

py::dict path(Handle& handle, const std::string& start, const std::string& end, bool as_told,
              const py::object& progress) {
  PathRequest request;
  request.as_told = as_told;
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.path(start, end, request, task);
  }));
}

py::dict around(Handle& handle, const std::string& id, std::uint32_t hops, std::size_t limit,
                bool as_told, const py::object& progress) {
  NeighbourhoodRequest request;
  request.as_told = as_told;
  request.hops = hops;
  request.limit = limit;
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.around(id, request, task);
  }));
}

py::dict common_partners(Handle& handle, const std::string& one, const std::string& other,
                         std::size_t limit, std::size_t offset, std::size_t works, bool as_told,
                         const py::object& progress) {
  CommonPartnerRequest request;
  request.as_told = as_told;
  request.limit = limit;
  request.offset = offset;
  request.works = works;
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.common_partners(one, other, request, task);
  }));
}

py::dict nearby(Handle& handle, const std::vector<std::string>& ids, std::size_t limit,
                double epsilon, double damping, bool as_told, const py::object& progress) {
  NearbyRequest request;
  request.as_told = as_told;
  request.limit = limit;
  request.epsilon = epsilon;
  request.damping = damping;
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.nearby(ids, request, task);
  }));
}

py::dict recommend(Handle& handle, const py::dict& told, const py::object& progress) {
  const RecommendRequest request = recommend_request(told);
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.recommend(request, task);
  }));
}

py::dict recommend_all(Handle& handle, const py::dict& each, const py::dict& of,
                       const py::object& progress) {
  const RecommendAllRequest request = recommend_all_request(each, of);
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.recommend_all(request, task);
  }));
}

py::dict graph_summary(Handle& handle, const py::object& progress) {
  return to_python(handle.work(progress, [](Catalogue& catalogue, const Task& task) {
    return catalogue.graph_summary(task);
  }));
}

py::dict match(Handle& handle, double threshold, double support, std::size_t review, bool dry_run,
               const std::string& by, const py::object& progress) {
  const MatchRequest request{threshold, support, review, dry_run};
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.match(request, by, task);
  }));
}

std::string decide(Handle& handle, const std::string& left, const std::string& right,
                   const std::string& verdict, const std::string& reason, const std::string& by) {
  return handle.call([&](Catalogue& catalogue) {
    return catalogue.decide({left, right, verdict, reason}, by).id;
  });
}

std::string undo_decision(Handle& handle, const std::string& id, const std::string& reason,
                          const std::string& by) {
  return handle.call(
      [&](Catalogue& catalogue) { return catalogue.undo_decision(id, reason, by).id; });
}

py::dict identity(Handle& handle, const std::string& organisation, const py::object& progress) {
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.identity(organisation, task);
  }));
}

py::dict review(Handle& handle, std::size_t limit, std::size_t offset, const py::object& progress) {
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.review(limit, offset, task);
  }));
}

py::list identity_conflicts(Handle& handle, const py::object& progress) {
  return to_python(handle.work(progress, [](Catalogue& catalogue, const Task& task) {
    return catalogue.identity_conflicts(task);
  }));
}

using DateTuple = std::tuple<int, int, int>;

PartialDate date_in(const DateTuple& date) {
  const auto [year, month, day] = date;
  if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
    throw Error(ErrorCode::InvalidArgument, "there is no such day");
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

Network network(Handle& handle, const DateTuple& from, const DateTuple& until, bool running,
                bool undated, const std::map<std::string, std::vector<std::string>>& codes,
                std::uint32_t max_members, bool as_told, const py::object& progress) {
  NetworkRequest request;
  request.as_told = as_told;
  request.from = date_in(from);
  request.until = date_in(until);
  request.running = running;
  request.undated = undated;
  request.max_members = max_members;
  const auto take = [&](const char* name, std::vector<std::string>& into) {
    const auto told = codes.find(name);
    if (told != codes.end()) into = told->second;
  };
  take("countries", request.countries);
  take("kinds", request.kinds);
  take("roles", request.roles);
  take("programmes", request.programmes);
  take("themes", request.themes);
  take("target_groups", request.target_groups);
  return handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.network(request, task);
  });
}

py::dict lineage(Handle& handle, const std::string& initiative, const DateTuple& as_of,
                 bool undated, std::vector<std::string> kinds, const py::object& progress) {
  LineageRequest request;
  request.as_of = date_in(as_of);
  request.undated = undated;
  request.kinds = std::move(kinds);
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.lineage(initiative, request, task);
  }));
}

py::dict replication_times(Handle& handle, const DateTuple& as_of,
                           std::vector<std::string> countries, std::vector<std::string> themes,
                           std::vector<std::string> kinds, const py::object& progress) {
  ReplicationTimesRequest request;
  request.as_of = date_in(as_of);
  request.countries = std::move(countries);
  request.themes = std::move(themes);
  request.kinds = std::move(kinds);
  return to_python(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.replication_times(request, task);
  }));
}

// Requests about consortia, and their answers, travel as JSON.
std::string check_eligibility(Handle& handle, const std::string& request,
                              const py::object& progress) {
  const EligibilityRequest asked = eligibility_request_from_json(request);
  return to_json(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.check_eligibility(asked, task);
  }));
}

// The report as JSON, and as a page.
std::pair<std::string, std::string> report(Handle& handle, const std::string& request,
                                           const py::object& progress) {
  const ReportRequest asked = report_request_from_json(request);
  const Report drawn = handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.report(asked, task);
  });
  return {to_json(drawn), to_markdown(drawn)};
}

std::string outcome(Handle& handle, const std::string& id, const py::object& progress) {
  return to_json(handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.outcome(id, task);
  }));
}

// What Ctrl-C or the progress function broke off leaves the best so far in the exception's
// `answer`.
std::string build_consortium(Handle& handle, const std::string& request,
                             const py::object& progress) {
  const ConsortiumRequest asked = consortium_request_from_json(request);
  std::optional<ConsortiumAnswer> answer;
  try {
    handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
      answer = catalogue.build_consortium(asked, task);
    });
  } catch (py::error_already_set& stopped) {
    if (answer && PyObject_SetAttrString(stopped.value().ptr(), "answer",
                                         py::str(to_json(*answer)).ptr()) != 0) {
      PyErr_Clear();  // an exception class that takes no attributes
    }
    throw;
  }
  return to_json(*answer);
}

void prepare(Handle& handle, const py::object& progress) {
  handle.work(progress, [](Catalogue& catalogue, const Task& task) { catalogue.prepare(task); });
}

py::list views(Handle& handle) {
  return to_list(handle.call([](Catalogue& catalogue) { return catalogue.views(); }));
}

// ---- Files -------------------------------------------------------------------------------------

// An import that Ctrl-C or the progress function broke off tells in the exception's `report` what
// is in, and where to go on.
template <class Ask>
py::dict run_import(Handle& handle, const py::object& progress, Ask&& ask) {
  std::optional<ImportReport> report;
  try {
    handle.work(progress,
                [&](Catalogue& catalogue, const Task& task) { report = ask(catalogue, task); });
  } catch (py::error_already_set& stopped) {
    if (report &&
        PyObject_SetAttrString(stopped.value().ptr(), "report", to_python(*report).ptr()) != 0) {
      PyErr_Clear();  // an exception class that takes no attributes
    }
    throw;
  }
  return to_python(*report);
}

py::dict import_file(Handle& handle, const std::string& path, const std::string& format,
                     const std::string& portal, const std::string& encoding, const std::string& by,
                     std::uint64_t skip_rows, const py::object& progress) {
  ImportOptions options;
  options.format = format;
  options.portal = portal;
  options.encoding = encoding;
  options.by = by;
  options.skip_rows = skip_rows;
  return run_import(handle, progress, [&](Catalogue& catalogue, const Task& task) {
    options.task = task;
    return catalogue.import_file(path, options);
  });
}

py::dict import_sample(Handle& handle, const py::object& progress) {
  return run_import(handle, progress, [](Catalogue& catalogue, const Task& task) {
    ImportOptions options;
    options.task = task;
    return catalogue.import_sample(options);
  });
}

std::uint64_t export_file(Handle& handle, const std::string& path, bool history,
                          const py::object& progress) {
  return handle.work(progress, [&](Catalogue& catalogue, const Task& task) {
    return catalogue.export_file(path, history, task);
  });
}

void backup(Handle& handle, const std::string& path, const py::object& progress) {
  handle.work(progress,
              [&](Catalogue& catalogue, const Task& task) { catalogue.backup(path, task); });
}

// ---- Care --------------------------------------------------------------------------------------

py::list quarantine(Handle& handle, const std::string& file, std::size_t limit,
                    std::size_t offset) {
  return to_list(handle.call([&](Catalogue& catalogue) {
    return catalogue.quarantine({file, limit, offset});
  }));
}

py::dict retry(Handle& handle, std::uint64_t id, const std::optional<std::string>& mended) {
  return to_python(handle.call([&](Catalogue& catalogue) { return catalogue.retry(id, mended); }));
}

void discard(Handle& handle, std::uint64_t id) {
  handle.call([&](Catalogue& catalogue) { catalogue.discard(id); });
}

py::dict statistics(Handle& handle) {
  return to_python(handle.call([](Catalogue& catalogue) { return catalogue.statistics(); }));
}

py::dict check(Handle& handle, const py::object& progress) {
  return to_python(handle.work(
      progress, [](Catalogue& catalogue, const Task& task) { return catalogue.check(task); }));
}

std::unique_ptr<Handle> open(const std::string& path, bool create, bool read_only,
                             std::uint32_t busy_timeout_ms, bool background_views, bool thesaurus,
                             const std::string& word_vectors,
                             const std::vector<std::string>& languages,
                             const std::vector<std::string>& thesaurus_files,
                             const std::string& thesaurus_language, const std::string& vector_model,
                             std::size_t vector_dimension, const py::object& embed,
                             std::size_t embed_dimension, std::uint64_t embed_version,
                             const py::object& clock) {
  OpenOptions options;
  options.create = create;
  options.read_only = read_only;
  options.busy_timeout_ms = busy_timeout_ms;
  options.background_views = background_views;
  options.thesaurus = thesaurus;
  options.word_vectors = word_vectors;
  options.languages = languages;
  options.thesaurus_files = thesaurus_files;
  options.thesaurus_language = thesaurus_language;
  options.vector_model = vector_model;
  options.vector_dimension = vector_dimension;
  if (!embed.is_none()) options.embedder = python_embedder(embed, embed_dimension, embed_version);
  if (!clock.is_none()) options.clock = python_clock(clock);
  return std::make_unique<Handle>(unlocked([&] { return Catalogue::open(path, options); }));
}

}  // namespace

void bind_catalogue(py::module_& module) {
  module.def(
      "record_fields",
      [](const std::string& kind) {
        return list_of(record_fields(kind_in(kind)), [](const RecordField& field) {
          return py::dict("path"_a = field.path, "type"_a = field.type,
                          "vocabulary"_a = field.vocabulary, "list"_a = field.list,
                          "required"_a = field.required);
        });
      },
      "kind"_a);
  module.def(
      "report_dimensions", [](const std::string& kind) { return report_dimensions(kind_in(kind)); },
      "kind"_a);
  module.def(
      "report_measures", [](const std::string& kind) { return report_measures(kind_in(kind)); },
      "kind"_a);
  py::class_<Handle> catalogue(module, "Catalogue",
                               "An open catalogue; koinon.Catalogue wraps it.");
  bind_programme(catalogue);
  catalogue.def_property_readonly("closed", &Handle::closed)
      .def("close", &Handle::close)
      .def("put_all", &put_all, "writes"_a, "by"_a)
      .def("remove", &remove, "id"_a, "expected_version"_a, "by"_a)
      .def("erase", &erase, "id"_a, "by"_a, "wait"_a, "progress"_a)
      .def("put_vectors", &put_vectors, "model"_a, "dimension"_a, "ids"_a, "numbers"_a, "by"_a,
           "progress"_a)
      .def("drop_vectors", &drop_vectors, "model"_a, "by"_a, "progress"_a)
      .def("get", &get, "id"_a, "version"_a)
      .def("history", &history, "id"_a)
      .def("follow", &follow, "after"_a, "limit"_a)
      .def("ids", &ids, "kind"_a, "after"_a, "limit"_a)
      .def("search", &search, "request"_a, "progress"_a)
      .def("explain", &explain, "request"_a, "id"_a, "progress"_a)
      .def("alerts", &alerts, "requests"_a, "after"_a, "progress"_a)
      .def("facet_labels", &facet_labels, "field"_a, "codes"_a, "language"_a)
      .def("thesaurus_concept", &thesaurus_concept, "uri"_a, "language"_a)
      .def("thesaurus", &thesaurus)
      .def("partners", &partners, "organisation"_a, "limit"_a, "offset"_a, "works"_a, "as_told"_a,
           "progress"_a)
      .def("partnership_path", &path, "start"_a, "end"_a, "as_told"_a, "progress"_a)
      .def("around", &around, "id"_a, "hops"_a, "limit"_a, "as_told"_a, "progress"_a)
      .def("common_partners", &common_partners, "one"_a, "other"_a, "limit"_a, "offset"_a,
           "works"_a, "as_told"_a, "progress"_a)
      .def("nearby", &nearby, "ids"_a, "limit"_a, "epsilon"_a, "damping"_a, "as_told"_a,
           "progress"_a)
      .def("recommend", &recommend, "request"_a, "progress"_a)
      .def("recommend_all", &recommend_all, "each"_a, "of"_a, "progress"_a)
      .def("graph_summary", &graph_summary, "progress"_a)
      .def("match", &match, "threshold"_a, "support"_a, "review"_a, "dry_run"_a, "by"_a,
           "progress"_a)
      .def("decide", &decide, "left"_a, "right"_a, "verdict"_a, "reason"_a, "by"_a)
      .def("undo_decision", &undo_decision, "id"_a, "reason"_a, "by"_a)
      .def("identity", &identity, "organisation"_a, "progress"_a)
      .def("review", &review, "limit"_a, "offset"_a, "progress"_a)
      .def("identity_conflicts", &identity_conflicts, "progress"_a)
      .def("check_eligibility", &check_eligibility, "request"_a, "progress"_a)
      .def("outcome", &outcome, "id"_a, "progress"_a)
      .def("report", &report, "request"_a, "progress"_a)
      .def("build_consortium", &build_consortium, "request"_a, "progress"_a)
      .def("network", &network, "start"_a, "end"_a, "running"_a, "undated"_a, "codes"_a,
           "max_members"_a, "as_told"_a, "progress"_a)
      .def("lineage", &lineage, "initiative"_a, "as_of"_a, "undated"_a, "kinds"_a, "progress"_a)
      .def("replication_times", &replication_times, "as_of"_a, "countries"_a, "themes"_a, "kinds"_a,
           "progress"_a)
      .def("prepare", &prepare, "progress"_a)
      .def("views", &views)
      .def("import_file", &import_file, "path"_a, "format"_a, "portal"_a, "encoding"_a, "by"_a,
           "skip_rows"_a, "progress"_a)
      .def("import_sample", &import_sample, "progress"_a)
      .def("export_file", &export_file, "path"_a, "history"_a, "progress"_a)
      .def("backup", &backup, "path"_a, "progress"_a)
      .def("quarantine", &quarantine, "file"_a, "limit"_a, "offset"_a)
      .def("retry", &retry, "id"_a, "mended"_a)
      .def("discard", &discard, "id"_a)
      .def("statistics", &statistics)
      .def("check", &check, "progress"_a);
  bind_life(catalogue);
  module.def("open", &open, "path"_a, "create"_a, "read_only"_a, "busy_timeout_ms"_a,
             "background_views"_a, "thesaurus"_a, "word_vectors"_a, "languages"_a,
             "thesaurus_files"_a, "thesaurus_language"_a, "vector_model"_a, "vector_dimension"_a,
             "embed"_a, "embed_dimension"_a, "embed_version"_a, "clock"_a);
}

}  // namespace koinon::python
