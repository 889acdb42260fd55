// SPDX-License-Identifier: Apache-2.0
#include "search/document_of.hpp"

#include <algorithm>
#include <vector>

#include "domain/kinds.hpp"
#include "search/fields.hpp"
#include "search/record_texts.hpp"
#include "text/stem.hpp"

namespace koinon::search {

namespace {

std::int64_t number_of(const PartialDate& date) {
  return (std::int64_t{date.year} * 100 + date.month) * 100 + date.day;
}

PartialDate first_deadline(const Call& call) {
  PartialDate first;
  for (const PartialDate& deadline : call.deadlines) {
    if (!deadline) continue;
    if (!first || number_of(deadline) < number_of(first)) first = deadline;
  }
  return first;
}

// Adds the facets and the sort key of a record, kind by kind.
class Facets {
 public:
  Facets(RelatedRecords& related, index::Document& document)
      : related_(related), document_(document) {}

  void operator()(const Organisation& record) {
    code(FacetField::OrganisationKind, record.kind);
    sources(record.sources);
  }

  void operator()(const Initiative& record) {
    code(FacetField::Stage, record.stage);
    sources(record.sources);
  }

  void operator()(const CaseStudy& record) {
    codes(FacetField::Theme, record.themes);
    codes(FacetField::TargetGroup, record.target_groups);
    codes(FacetField::Objective, record.objectives);
    codes(FacetField::Principle, record.principles);
    code(FacetField::State, record.state);
    code(FacetField::Level, record.level);
    if (!record.initiative.empty()) {
      const Initiative* initiative = related_.initiative(record.initiative);
      if (initiative != nullptr) code(FacetField::Stage, initiative->stage);
    }
    period(record.period);
    sources(record.sources);
  }

  void operator()(const Project& record) {
    codes(FacetField::Theme, record.themes);
    code(FacetField::Programme, record.programme);
    code(FacetField::Fund, record.fund);
    period(record.period);
    sources(record.sources);
  }

  void operator()(const Call& record) {
    codes(FacetField::Theme, record.themes);
    code(FacetField::Programme, record.programme);
    code(FacetField::State, record.status);
    const PartialDate deadline = first_deadline(record);
    year(deadline);
    date(record.opening ? record.opening : deadline);
    sources(record.sources);
  }

  void operator()(const Concept& record) { sources(record.sources); }

  void operator()(const MatchDecision&) {}

 private:
  void code(FacetField field, std::string_view code) {
    if (!code.empty()) document_.add_facet(id_of(field), code);
  }

  void codes(FacetField field, const std::vector<std::string>& codes) {
    for (const std::string& each : codes) code(field, each);
  }

  void sources(const std::vector<SourceRecord>& sources) {
    for (const SourceRecord& source : sources) code(FacetField::Source, source.portal);
  }

  void year(const PartialDate& date) {
    if (date) code(FacetField::Year, std::to_string(date.year));
  }

  void date(const PartialDate& date) {
    if (date) document_.add_number(id_of(NumberField::Date), number_of(date));
  }

  void period(const Period& period) {
    year(period.from);
    date(period.from ? period.from : period.to);
  }

  RelatedRecords& related_;
  index::Document& document_;
};

class Texts {
 public:
  Texts(text::Analyser& analyser, index::Document& document)
      : analyser_(analyser), document_(document) {}

  void add(const TextPart& part) {
    const std::string language = text::primary_language(part.language);
    const index::FieldId field = id_of(part.field);
    const std::uint32_t begin = document_.text_begin(field);
    for (const text::AnalysedToken& token : analyser_.run(part.text, language)) {
      term_.clear();
      if (!token.stem.empty()) append_stem_term(term_, language, token.stem);
      document_.add_token(field, begin + token.position, token.surface, term_);
    }
    document_.add_facet(id_of(FacetField::TextLanguages), language);
    if (part.own && language != "und") {
      document_.add_facet(id_of(FacetField::Language), language);
    }
  }

 private:
  text::Analyser& analyser_;
  index::Document& document_;
  std::string term_;
};

}  // namespace

void append_stem_term(std::string& out, std::string_view language, std::string_view stem) {
  out += '\x01';
  out += language;
  out += ':';
  out += stem;
}

std::string reference_mark(std::string_view id) {
  std::string mark(1, '\x02');
  mark += id;
  return mark;
}

void document_of(const Record& record, RelatedRecords& related, text::Analyser& analyser,
                 index::Document& document) {
  document.clear();
  Texts texts(analyser, document);
  for_each_text(record, related, [&](const TextPart& part) { texts.add(part); });
  for (const std::string& id : references_of(record)) document.add_mark(reference_mark(id));
  document.add_facet(id_of(FacetField::Kind), domain::kind_names[record.index()]);
  for (const std::string& country : countries_of(record)) {
    document.add_facet(id_of(FacetField::Country), country);
  }
  std::visit(Facets(related, document), record);
  if (is_hidden(record)) document.add_facet(id_of(FacetField::Hidden), "1");
}

bool is_hidden(const Record& record) {
  const auto* study = std::get_if<CaseStudy>(&record);
  return study != nullptr && !study->state.empty() && study->state != "published";
}

bool is_indexed(const Record& record) {
  return kind_of(record) != RecordKind::MatchDecision;
}

}  // namespace koinon::search
