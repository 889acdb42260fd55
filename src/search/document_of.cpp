// SPDX-License-Identifier: Apache-2.0
#include "search/document_of.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "domain/kinds.hpp"
#include "index/geo.hpp"
#include "search/fields.hpp"
#include "search/passages.hpp"
#include "search/record_texts.hpp"
#include "search/terms.hpp"
#include "text/numbers.hpp"

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
    code(FacetField::Initiative, record.initiative);
    period(record.period);
    money(record.budget);
    sources(record.sources);
  }

  void operator()(const Project& record) {
    codes(FacetField::Theme, record.themes);
    codes(FacetField::Initiative, record.initiatives);
    money(record.total_budget);
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
    number(NumberField::Start, record.opening);
    for (const PartialDate& each : record.deadlines) number(NumberField::Deadline, each);
    money(record.budget);
    sources(record.sources);
  }

  void operator()(const Concept& record) { sources(record.sources); }

  void operator()(const MatchDecision&) {}

  void operator()(const Replication& record) {
    code(FacetField::Initiative, record.parent);
    code(FacetField::Initiative, record.child);
    year(record.date);
    date(record.date);
    sources(record.sources);
  }

  // The records of a programme, by the fields that they share.
  template <class T>
  void operator()(const T& record) {
    if constexpr (requires { record.themes; }) codes(FacetField::Theme, record.themes);
    if constexpr (requires { record.target_groups; })
      codes(FacetField::TargetGroup, record.target_groups);
    if constexpr (requires { record.principles; }) codes(FacetField::Principle, record.principles);
    if constexpr (requires { record.state; }) code(FacetField::State, record.state);
    if constexpr (requires { record.fund; }) code(FacetField::Fund, record.fund);
    if constexpr (requires { record.period; }) period(record.period);
    if constexpr (requires { record.planned; })
      period(record.carried_out ? record.carried_out : record.planned);
    if constexpr (requires { record.date; }) {
      year(record.date);
      date(record.date);
    }
    if constexpr (requires { record.sources; }) sources(record.sources);
  }

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

  void number(NumberField field, const PartialDate& date) {
    if (date) document_.add_number(id_of(field), number_of(date));
  }

  void date(const PartialDate& date) { number(NumberField::Date, date); }

  void period(const Period& period) {
    year(period.from);
    date(period.from ? period.from : period.to);
    number(NumberField::Start, period.from);
    number(NumberField::End, period.to);
  }

  // Other currencies are not converted: that would need a rate, and a day for it.
  void money(const Money& money) {
    if (money.minor && money.currency == "EUR")
      document_.add_number(id_of(NumberField::Budget), *money.minor);
  }

  RelatedRecords& related_;
  index::Document& document_;
};

// Countries, regions and points of its places. A place that tells no point, but a region of the
// smallest level, stands in the middle of that.
void add_places(const Record& record, RelatedRecords& related, index::Document& document) {
  constexpr FacetField levels[] = {FacetField::Nuts1, FacetField::Nuts2, FacetField::Nuts3};
  for (const std::string& country : countries_of(record))
    document.add_facet(id_of(FacetField::Country), country);
  for (const Place* place : places_of(record)) {
    RelatedRecords::Region region;
    if (!place->nuts.empty()) region = related.region(place->nuts);
    const std::size_t depth = std::min(region.codes.size(), std::size(levels));
    for (std::size_t level = 0; level < depth; ++level) {
      document.add_facet(id_of(FacetField::Nuts), region.codes[level]);
      document.add_facet(id_of(levels[level]), region.codes[level]);
    }
    std::optional<std::pair<double, double>> point;
    if (depth == std::size(levels)) point = region.middle;
    if (place->latitude && place->longitude) point = {*place->latitude, *place->longitude};
    if (point) {
      document.add_number(id_of(NumberField::Point),
                          index::point_number(point->first, point->second));
    }
  }
}

}  // namespace

DocumentMaker::DocumentMaker(const Knowledge& knowledge, std::size_t cached_words)
    : knowledge_(knowledge), reader_(cached_words) {
  if (knowledge_.thesaurus) finder_.emplace(*knowledge_.thesaurus);
  if (knowledge_.embedder) vector_.resize(knowledge_.embedder->dimension());
}

void DocumentMaker::make(const Record& record, RelatedRecords& related, index::Document& document,
                         std::span<const std::int8_t> brought) {
  document.clear();
  vectors_ = 0;
  embeds_ = knowledge_.embedder && brought.empty();
  document.add_quantised(brought);
  for_each_text(record, related, [&](const TextPart& part) { add_text(part, document); });
  for (const std::string& id : references_of(record))
    document.add_mark(term_of(TermKind::Reference, id));
  document.add_facet(id_of(FacetField::Kind), domain::kind_names[record.index()]);
  add_places(record, related, document);
  std::visit(Facets(related, document), record);
  if (is_hidden(record)) document.add_facet(id_of(FacetField::Hidden), "1");
}

void DocumentMaker::add_text(const TextPart& part, index::Document& document) {
  reader_.read(part, [&](const Reading& reading, std::span<const text::AnalysedToken> tokens) {
    tokens_ = tokens;
    const std::string_view text = part.text.substr(reading.begin, reading.end - reading.begin);
    add_reading({part.field, reading.language, text, part.own}, document);
  });
}

// A text in one language, whose words are at hand.
void DocumentMaker::add_reading(const TextPart& part, index::Document& document) {
  const std::uint32_t begin = document.text_begin(id_of(part.field));
  add_words(part, begin, document);
  if (finder_ && part.field != TextField::Codes) add_concepts(part, begin, document);
  add_quantities(part, begin, document);
  if (part.own) add_vectors(part, document);
  document.add_mark(term_of(TermKind::Language, part.language));
  document.add_facet(id_of(FacetField::TextLanguages), part.language);
  if (part.own && part.language != "und")
    document.add_facet(id_of(FacetField::Language), part.language);
}

void DocumentMaker::add_words(const TextPart& part, std::uint32_t begin,
                              index::Document& document) {
  const index::FieldId field = id_of(part.field);
  for (const text::AnalysedToken& token : tokens_) {
    const std::uint32_t position = begin + token.position;
    term_.clear();
    append_word_term(term_, part.language, token);
    document.add_token(field, position, token.surface, term_);
    if (!token.accented.empty())
      document.add_alternative(field, position, term_of(TermKind::Accented, token.accented));
    text::each_part(token, [&](std::string_view stem) {
      term_.clear();
      append_word_term(term_, part.language, stem);
      document.add_alternative(field, position, term_);
    });
    // Codes are spelt alike everywhere.
    if (part.field == TextField::Codes) continue;
    for (const std::string& gram : grams_.of_text(token.skeleton)) document.add_mark(gram);
  }
}

void DocumentMaker::add_concepts(const TextPart& part, std::uint32_t begin,
                                 index::Document& document) {
  for (const text::FoundConcept& found :
       finder_->run(part.text, tokens_, part.language, text::TextKind::Document)) {
    const std::string_view uri = knowledge_.thesaurus->uri(found.id);
    document.add_alternative(id_of(part.field), begin + tokens_[found.first].position,
                             term_of(TermKind::Concept, uri));
    if (part.own) document.add_facet(id_of(FacetField::Concept), uri);
  }
}

// Under its canonical form, where its first word stands.
void DocumentMaker::add_quantities(const TextPart& part, std::uint32_t begin,
                                   index::Document& document) {
  std::size_t token = 0;
  for (const text::Quantity& quantity : text::quantities(part.text, part.language)) {
    while (token < tokens_.size() && tokens_[token].end <= quantity.begin) ++token;
    if (token == tokens_.size()) return;
    for (const std::string& reading : quantity.readings) {
      document.add_alternative(id_of(part.field), begin + tokens_[token].position,
                               term_of(TermKind::Number, reading));
    }
  }
}

// A title is a passage of its own.
void DocumentMaker::add_vectors(const TextPart& part, index::Document& document) {
  if (!embeds_ || part.field == TextField::Codes) return;
  for (const std::string_view passage : passages(part.text)) {
    if (vectors_ == max_passages) return;
    if (!embedded(*knowledge_.embedder, passage, part.language, vector_)) continue;
    if (document.add_vector(vector_)) ++vectors_;
  }
}

namespace {

// Where a life cycle lets the public see a record. A record without a state was never in one.
struct Hidden {
  bool operator()(const CaseStudy& r) const { return !r.state.empty() && r.state != "published"; }
  bool operator()(const Method& r) const {
    return !r.state.empty() && r.state != "validated" && r.state != "disseminated" &&
           r.state != "superseded";
  }
  bool operator()(const Exchange& r) const { return !r.state.empty() && r.state != "approved"; }
  bool operator()(const Contribution& r) const { return !r.state.empty() && r.state != "approved"; }
  // What is said in confidence, whatever its state.
  bool operator()(const Consortium&) const { return true; }
  bool operator()(const Bid&) const { return true; }
  bool operator()(const Assessment&) const { return true; }
  bool operator()(const auto&) const { return false; }
};

}  // namespace

bool is_hidden(const Record& record) {
  return std::visit(Hidden{}, record);
}

bool is_indexed(const Record& record) {
  switch (kind_of(record)) {
    case RecordKind::MatchDecision:
    case RecordKind::Award:
    case RecordKind::Indicator:
      return false;  // they have no words
    default:
      return true;
  }
}

}  // namespace koinon::search
