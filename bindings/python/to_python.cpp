// SPDX-License-Identifier: Apache-2.0
#include "python/to_python.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace py = pybind11;
using namespace pybind11::literals;

namespace koinon::python {

namespace {

py::list texts(const std::vector<std::string>& values) {
  return list_of(values, [](const std::string& value) { return py::str(value); });
}

// None for what is empty.
py::object text_or_none(const std::string& text) {
  if (text.empty()) return py::none();
  return py::str(text);
}

const char* change_name(ChangeKind what) {
  constexpr std::array names = {"put", "remove", "erase", "vectors"};
  return names[static_cast<std::size_t>(what)];
}

// Python counts characters, the engine bytes.
py::list marks_of(const Snippet& snippet) {
  py::list marks;
  std::size_t at = 0;
  std::size_t characters = 0;
  const auto characters_before = [&](std::size_t byte) {
    for (; at < std::min(byte, snippet.text.size()); ++at) {
      if ((static_cast<unsigned char>(snippet.text[at]) & 0xC0U) != 0x80U) ++characters;
    }
    return characters;
  };
  for (const Mark& mark : snippet.marks) {
    const std::size_t begin = characters_before(mark.begin);
    marks.append(py::make_tuple(begin, characters_before(mark.end)));
  }
  return marks;
}

py::dict hits_of(const std::vector<Hit>& hits) {
  const auto column = [&hits](auto&& one) { return list_of(hits, one); };
  return py::dict(
      "id"_a = column([](const Hit& hit) { return py::str(hit.id); }),
      "kind"_a = column([](const Hit& hit) { return py::str(kind_name(hit.kind)); }),
      "score"_a = column([](const Hit& hit) { return py::float_(hit.score); }),
      "title"_a = column([](const Hit& hit) { return py::str(hit.title); }),
      "title_language"_a = column([](const Hit& hit) { return py::str(hit.title_language); }),
      "countries"_a = column([](const Hit& hit) { return texts(hit.countries); }),
      "snippet"_a = column([](const Hit& hit) { return py::str(hit.snippet.text); }),
      "snippet_field"_a = column([](const Hit& hit) { return py::str(hit.snippet.field); }),
      "snippet_language"_a = column([](const Hit& hit) { return py::str(hit.snippet.language); }),
      "marks"_a = column([](const Hit& hit) { return marks_of(hit.snippet); }),
      "group"_a = column([](const Hit& hit) { return text_or_none(hit.group); }),
      "grouped"_a = column([](const Hit& hit) { return py::int_(hit.grouped); }),
      "found_through"_a = column([](const Hit& hit) {
        return list_of(hit.found_through, [](const FoundThrough& each) {
          return py::make_tuple(each.signal, each.language, each.what, each.share);
        });
      }));
}

py::dict facet_of(const Facet& facet) {
  return py::dict(
      "field"_a = facet.field, "distinct"_a = facet.distinct,
      "code"_a = list_of(facet.values, [](const FacetValue& value) { return py::str(value.code); }),
      "count"_a =
          list_of(facet.values, [](const FacetValue& value) { return py::int_(value.count); }));
}

py::object share_or_none(const std::optional<Share>& share) {
  return share ? py::object(py::float_(share->millionths / 1e6)) : py::object(py::none());
}

py::dict work_of(const SharedWork& work) {
  return py::dict("id"_a = work.id, "kind"_a = kind_name(work.kind), "title"_a = work.title,
                  "start"_a = date_text(work.period.from), "end"_a = date_text(work.period.to),
                  "own_roles"_a = texts(work.own_roles),
                  "partner_roles"_a = texts(work.partner_roles),
                  "own_share"_a = share_or_none(work.own_share),
                  "partner_share"_a = share_or_none(work.partner_share));
}

// The columns of what each value shows as an organisation.
template <class Values, class Shown>
py::dict shown_columns(const Values& values, Shown shown) {
  return py::dict(
      "id"_a = list_of(values, [&](const auto& value) { return py::str(shown(value).id); }),
      "name"_a = list_of(values, [&](const auto& value) { return py::str(shown(value).name); }),
      "country"_a =
          list_of(values, [&](const auto& value) { return py::str(shown(value).country); }));
}

py::dict reason_of(const ImportReason& reason) {
  return py::dict("code"_a = reason.code, "field"_a = reason.field,
                  "message"_a = lenient_text(reason.message), "rows"_a = reason.rows,
                  "first_line"_a = reason.first_line);
}

}  // namespace

py::dict to_python(const SharedWork& work) {
  return work_of(work);
}

std::string date_text(PartialDate date) {
  if (!date) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return std::string(text.data()).substr(0, date.month == 0 ? 4 : date.day == 0 ? 7 : 10);
}

py::str lenient_text(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "surrogateescape");
  if (!decoded) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(decoded);
}

py::dict to_python(const StoredRecord& record, const std::string& json) {
  return py::dict("id"_a = record.id, "kind"_a = kind_name(kind_of(record.record)),
                  "version"_a = record.version, "change"_a = record.change,
                  "created"_a = record.created, "updated"_a = record.updated, "body"_a = json);
}

py::dict to_python(const Written& written) {
  return py::dict("id"_a = written.id, "version"_a = written.version, "change"_a = written.change);
}

py::dict to_python(const Change& change) {
  return py::dict("n"_a = change.n, "what"_a = change_name(change.what), "id"_a = change.id,
                  "kind"_a = kind_name(change.kind), "version"_a = change.version,
                  "at"_a = change.at, "by"_a = change.by, "body"_a = change.body);
}

py::dict to_python(const SearchResults& results) {
  return py::dict("change"_a = results.change, "total"_a = results.total,
                  "hits"_a = hits_of(results.hits), "facets"_a = list_of(results.facets, facet_of),
                  "ignored"_a = texts(results.ignored), "cut"_a = texts(results.cut),
                  "suggestion"_a = text_or_none(results.suggestion),
                  "next"_a = text_or_none(results.next), "late"_a = results.late);
}

py::dict to_python(const Explanation& explanation) {
  const auto column = [&](auto&& one) { return list_of(explanation.parts, one); };
  return py::dict(
      "id"_a = explanation.id, "change"_a = explanation.change, "found"_a = explanation.found,
      "score"_a = explanation.score, "rank"_a = explanation.rank,
      "parts"_a = py::dict(
          "what"_a = column([](const ExplainedPart& part) { return py::str(part.what); }),
          "language"_a = column([](const ExplainedPart& part) { return py::str(part.language); }),
          "matched"_a = column([](const ExplainedPart& part) { return py::bool_(part.matched); }),
          "required"_a = column([](const ExplainedPart& part) { return py::bool_(part.required); }),
          "excluded"_a = column([](const ExplainedPart& part) { return py::bool_(part.excluded); }),
          "score"_a = column([](const ExplainedPart& part) { return py::float_(part.score); }),
          "share"_a = column([](const ExplainedPart& part) { return py::float_(part.share); }),
          "records"_a = column([](const ExplainedPart& part) { return py::int_(part.records); }),
          "signal"_a = column([](const ExplainedPart& part) { return py::str(part.signal); })),
      "reasons"_a = list_of(explanation.reasons, [](const Explanation::Reason& reason) {
        return py::make_tuple(reason.code, reason.message);
      }));
}

py::dict to_python(const Alerts& alerts) {
  const auto column = [&](auto&& one) { return list_of(alerts.alerts, one); };
  return py::dict(
      "change"_a = alerts.change,
      "alerts"_a =
          py::dict("change"_a = column([](const Alert& alert) { return py::int_(alert.change); }),
                   "record"_a = column([](const Alert& alert) { return py::str(alert.record); }),
                   "search"_a = column([](const Alert& alert) { return py::str(alert.search); })));
}

py::dict to_python(const PartnerResults& results) {
  const auto column = [&results](auto&& one) { return list_of(results.partners, one); };
  return py::dict(
      "change"_a = results.change, "total"_a = results.total, "works"_a = results.works,
      "component"_a = results.component,
      "partners"_a = py::dict(
          "id"_a = column([](const Partner& partner) { return py::str(partner.id); }),
          "name"_a = column([](const Partner& partner) { return py::str(partner.name); }),
          "country"_a = column([](const Partner& partner) { return py::str(partner.country); }),
          "shared"_a = column([](const Partner& partner) { return py::int_(partner.shared); }),
          "strength"_a =
              column([](const Partner& partner) { return py::float_(partner.strength); }),
          "works"_a =
              column([](const Partner& partner) { return list_of(partner.works, work_of); })));
}

py::dict to_python(const PartnershipPath& path) {
  return py::dict("change"_a = path.change,
                  "organisations"_a = list_of(path.organisations,
                                              [](const ShownOrganisation& one) {
                                                return py::dict("id"_a = one.id,
                                                                "name"_a = one.name,
                                                                "country"_a = one.country);
                                              }),
                  "works"_a = list_of(path.works, work_of));
}

py::dict to_python(const Neighbourhood& near) {
  py::dict organisations = shown_columns(
      near.organisations, [](const ShownOrganisation& one) -> const auto& { return one; });
  organisations["hops"] = near.hops;
  py::list ties(near.ties.from.size());
  for (std::size_t i = 0; i < near.ties.from.size(); ++i)
    ties[i] = py::make_tuple(near.ties.from[i], near.ties.to[i], near.ties.strength[i]);
  return py::dict("change"_a = near.change, "complete"_a = near.complete, "ties"_a = ties,
                  "organisations"_a = organisations);
}

py::dict to_python(const CommonPartners& common) {
  const auto column = [&common](auto&& one) { return list_of(common.partners, one); };
  py::dict partners = shown_columns(
      common.partners, [](const CommonPartner& one) -> const auto& { return one.organisation; });
  partners["shared"] = column([](const CommonPartner& one) { return py::int_(one.shared); });
  partners["strength"] = column([](const CommonPartner& one) { return py::float_(one.strength); });
  partners["shared_other"] =
      column([](const CommonPartner& one) { return py::int_(one.shared_other); });
  partners["strength_other"] =
      column([](const CommonPartner& one) { return py::float_(one.strength_other); });
  partners["works"] = column([](const CommonPartner& one) { return list_of(one.works, work_of); });
  partners["works_other"] =
      column([](const CommonPartner& one) { return list_of(one.works_other, work_of); });
  return py::dict("change"_a = common.change, "total"_a = common.total, "partners"_a = partners);
}

py::dict to_python(const NearOrganisations& near) {
  py::dict organisations = shown_columns(
      near.organisations,
      [](const NearOrganisation& one) -> const auto& { return one.organisation; });
  organisations["score"] = list_of(
      near.organisations, [](const NearOrganisation& one) { return py::float_(one.score); });
  return py::dict("change"_a = near.change, "error_bound"_a = near.error_bound,
                  "organisations"_a = organisations);
}

py::dict to_python(const GraphSummary& summary) {
  return py::dict("change"_a = summary.change, "organisations"_a = summary.organisations,
                  "works"_a = summary.works, "participations"_a = summary.participations,
                  "components"_a = summary.components,
                  "largest_component"_a = summary.largest_component);
}

py::dict to_python(const ImportReport& report) {
  return py::dict("file"_a = lenient_text(report.file), "format"_a = report.format,
                  "read"_a = report.read, "stored"_a = report.stored,
                  "unchanged"_a = report.unchanged, "quarantined"_a = report.quarantined,
                  "records_created"_a = report.records_created,
                  "records_updated"_a = report.records_updated,
                  "reasons"_a = list_of(report.reasons, reason_of), "complete"_a = report.complete,
                  "next_row"_a = report.next_row, "seconds"_a = report.seconds);
}

py::dict to_python(const VectorsReport& report) {
  return py::dict("rows"_a = report.rows, "stored"_a = report.stored,
                  "unchanged"_a = report.unchanged, "change"_a = report.change,
                  "refused"_a = list_of(report.refused, [](const RefusedVector& refused) {
                    return py::dict("row"_a = refused.row, "id"_a = lenient_text(refused.id),
                                    "code"_a = refused.code,
                                    "message"_a = lenient_text(refused.message));
                  }));
}

py::dict to_python(const QuarantinedRow& row) {
  return py::dict("id"_a = row.id, "file"_a = lenient_text(row.file), "format"_a = row.format,
                  "portal"_a = row.portal, "encoding"_a = row.encoding, "line"_a = row.line,
                  "at"_a = row.at, "violations"_a = to_list(row.violations),
                  "bytes"_a = py::bytes(row.bytes), "size"_a = row.size);
}

py::dict to_python(const Violation& violation) {
  return py::dict("path"_a = lenient_text(violation.path), "code"_a = violation.code,
                  "message"_a = lenient_text(violation.message));
}

py::dict to_python(const Statistics& statistics) {
  py::dict kinds;
  for (const KindCount& count : statistics.kinds) kinds[kind_name(count.kind)] = count.records;
  const py::list vectors = list_of(statistics.vectors, [](const VectorModel& model) {
    return py::dict("name"_a = model.name, "dimension"_a = model.dimension,
                    "records"_a = model.records);
  });
  return py::dict("path"_a = lenient_text(statistics.path), "change"_a = statistics.change,
                  "kinds"_a = kinds, "versions"_a = statistics.versions,
                  "erased"_a = statistics.erased, "quarantined"_a = statistics.quarantined,
                  "bytes"_a = statistics.bytes, "schema"_a = statistics.schema,
                  "vectors"_a = vectors);
}

py::dict to_python(const CheckReport& report) {
  return py::dict("records"_a = report.records,
                  "findings"_a = list_of(report.findings, [](const Finding& finding) {
                    return py::dict("where"_a = lenient_text(finding.where),
                                    "message"_a = lenient_text(finding.message));
                  }));
}

py::dict to_python(const ViewStatus& status) {
  return py::dict("name"_a = status.name, "reached"_a = status.reached,
                  "building"_a = status.building, "damaged"_a = status.damaged,
                  "problem"_a = status.problem);
}

py::dict to_python(const ConceptEntry& entry) {
  const auto links = [](const std::vector<ConceptLink>& all) {
    return list_of(all, [](const ConceptLink& link) {
      return py::dict("uri"_a = lenient_text(link.uri), "label"_a = lenient_text(link.label));
    });
  };
  return py::dict("uri"_a = lenient_text(entry.uri), "label"_a = lenient_text(entry.label),
                  "language"_a = entry.language, "other"_a = texts(entry.other),
                  "broader"_a = links(entry.broader), "narrower"_a = links(entry.narrower),
                  "related"_a = links(entry.related));
}

py::dict to_python(const ThesaurusReport& report) {
  py::dict languages;
  for (const ThesaurusLanguage& one : report.languages)
    languages[py::str(one.language)] = one.concepts;
  return py::dict(
      "bundled"_a = report.bundled, "concepts"_a = report.concepts, "own"_a = report.own,
      "languages"_a = languages,
      "files"_a = list_of(
          report.files,
          [](const ThesaurusFile& file) {
            return py::dict("path"_a = lenient_text(file.path), "statements"_a = file.statements,
                            "concepts"_a = file.concepts, "labels"_a = file.labels,
                            "deprecated"_a = file.deprecated, "problems"_a = file.problems);
          }),
      "problem_count"_a = report.problem_count,
      "problems"_a = list_of(report.problems,
                             [](const ThesaurusProblem& problem) {
                               return py::dict("file"_a = lenient_text(problem.file),
                                               "line"_a = problem.line, "code"_a = problem.code,
                                               "about"_a = lenient_text(problem.about),
                                               "message"_a = lenient_text(problem.message));
                             }),
      "kept"_a = report.kept, "not_kept"_a = lenient_text(report.not_kept),
      "seconds"_a = report.seconds);
}

}  // namespace koinon::python
