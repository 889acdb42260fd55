// SPDX-License-Identifier: Apache-2.0
#include "search/record_texts.hpp"

#include <algorithm>
#include <set>

#include "domain/fields.hpp"
#include "text/language.hpp"

namespace koinon::search {

namespace {

constexpr std::string_view no_language = "und";

bool says_nothing(const LangText& texts) {
  return std::all_of(texts.begin(), texts.end(),
                     [](const Text& text) { return text.text.empty(); });
}

// Hands the texts of one record to a visitor, kind by kind.
class Walk {
 public:
  Walk(RelatedRecords& related, const TextVisitor& visit) : related_(related), visit_(visit) {}

  void operator()(const Organisation& record) {
    texts(TextField::Title, record.names);
    for (const std::string& alias : record.aliases) plain(TextField::Names, alias);
    texts(TextField::Description, record.description);
    tags(record.tags);
    for (const Identifier& identifier : record.identifiers) {
      plain(TextField::Codes, identifier.value);
    }
  }

  void operator()(const Initiative& record) { texts(TextField::Title, record.names); }

  void operator()(const CaseStudy& record) {
    title(record);
    organisation(record.lead_organisation);
    participants(record.participations, record.lead_organisation);
    texts(TextField::Summary, record.summary);
    texts(TextField::Problem, record.problem);
    texts(TextField::Solution, record.solution);
    texts(TextField::Results, record.results);
    texts(TextField::Lessons, record.lessons);
    texts(TextField::Transferability, record.transferability);
    texts(TextField::Description, record.description);
    for (const Statement& statement : record.statements) {
      texts(TextField::Statements, statement.text);
    }
    tags(record.tags);
  }

  void operator()(const Project& record) {
    texts(TextField::Title, record.titles);
    plain(TextField::Names, record.acronym);
    for (const std::string& name : record.partner_names) plain(TextField::Names, name);
    participants(record.participations, {});
    texts(TextField::Description, record.description);
    tags(record.tags);
    codes(record.codes);
  }

  void operator()(const Call& record) {
    texts(TextField::Title, record.titles);
    texts(TextField::Description, record.description);
    tags(record.tags);
    codes(record.codes);
  }

  void operator()(const Concept& record) {
    texts(TextField::Title, record.labels);
    texts(TextField::Names, record.alternative_labels);
    texts(TextField::Description, record.definition);
    plain(TextField::Codes, record.notation);
  }

  void operator()(const MatchDecision&) {}

  void operator()(const Replication& record) {
    for (const std::string& id : {record.parent, record.child}) {
      if (const Initiative* initiative = related_.initiative(id))
        texts(TextField::Names, initiative->names, false);
    }
    texts(TextField::Description, record.changes);
    texts(TextField::Statements, record.evidence);
  }

  // The records of a programme: each text in the field that its name tells, of their parts as well.
  template <class T>
  void operator()(const T& record) {
    domain::visit_fields(record, [&](const domain::Field& field, const auto& member) {
      using M = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::is_same_v<M, LangText>) {
        texts(field_of(field.name), member);
      } else if constexpr (std::is_same_v<M, std::vector<Code>>) {
        codes(member);
      } else if constexpr (std::is_same_v<M, std::vector<MethodVersion>> ||
                           std::is_same_v<M, std::vector<Service>>) {
        for (const auto& part : member) (*this)(part);
      }
    });
  }

 private:
  static TextField field_of(std::string_view name) {
    if (name == "names" || name == "titles") return TextField::Title;
    if (name == "summary") return TextField::Summary;
    if (name == "problem") return TextField::Problem;
    if (name == "intervention") return TextField::Solution;
    if (name == "results") return TextField::Results;
    return TextField::Description;
  }

  void part(TextField field, std::string_view language, std::string_view text, bool own) {
    if (text.empty()) return;
    visit_({field, language.empty() ? no_language : language, text, own});
  }

  void texts(TextField field, const LangText& texts, bool own = true) {
    for (const Text& text : texts) part(field, text.language, text.text, own);
  }

  void plain(TextField field, std::string_view text) { part(field, no_language, text, true); }

  void title(const CaseStudy& record) {
    texts(TextField::Title, record.title);
    if (!says_nothing(record.title) || record.initiative.empty()) return;
    if (const Initiative* initiative = related_.initiative(record.initiative)) {
      texts(TextField::Title, initiative->names);
    }
  }

  void organisation(std::string_view id) {
    if (id.empty()) return;
    if (const LangText* names = related_.organisation_names(id)) {
      texts(TextField::Names, *names, false);
    }
  }

  // Each organisation once, however many parts it plays.
  void participants(const std::vector<Participation>& parts, std::string_view already) {
    std::set<std::string_view> seen = {already};
    for (const Participation& part : parts) {
      if (seen.insert(part.organisation).second) organisation(part.organisation);
    }
  }

  void tags(const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) plain(TextField::Tags, tag.value);
  }

  void codes(const std::vector<Code>& codes) {
    for (const Code& code : codes) plain(TextField::Codes, code.value);
  }

  RelatedRecords& related_;
  const TextVisitor& visit_;
};

const Text* preferred(const LangText& texts, std::string_view language) {
  const std::string wanted = text::language_tag(language);
  const Text* first = nullptr;
  for (const Text& text : texts) {
    if (text.text.empty()) continue;
    if (text::language_tag(text.language) == wanted) return &text;
    if (first == nullptr) first = &text;
  }
  return first;
}

// What a record is called by its own titles, in order of preference.
struct Titles {
  const LangText* texts = nullptr;
  std::vector<std::string_view> others;
  const std::vector<SourceRecord>* sources = nullptr;
};

class TitlesOf {
 public:
  explicit TitlesOf(RelatedRecords& related) : related_(related) {}

  Titles operator()(const Organisation& record) const {
    Titles titles{&record.names, {}, &record.sources};
    titles.others.assign(record.aliases.begin(), record.aliases.end());
    return titles;
  }
  Titles operator()(const Initiative& record) const { return {&record.names, {}, &record.sources}; }
  Titles operator()(const CaseStudy& record) const {
    const bool asks = says_nothing(record.title) && !record.initiative.empty();
    const Initiative* initiative = asks ? related_.initiative(record.initiative) : nullptr;
    return {initiative == nullptr ? &record.title : &initiative->names, {}, &record.sources};
  }
  Titles operator()(const Project& record) const {
    Titles titles{&record.titles, {record.acronym}, &record.sources};
    for (const Code& code : record.codes) titles.others.push_back(code.value);
    return titles;
  }
  Titles operator()(const Call& record) const {
    Titles titles{&record.titles, {}, &record.sources};
    for (const Code& code : record.codes) titles.others.push_back(code.value);
    return titles;
  }
  Titles operator()(const Concept& record) const {
    return {&record.labels, {record.notation}, &record.sources};
  }
  Titles operator()(const MatchDecision&) const { return {}; }
  Titles operator()(const Replication& record) const { return {nullptr, {}, &record.sources}; }
  template <class T>
  Titles operator()(const T& record) const {
    Titles titles;
    if constexpr (requires { record.names; }) titles.texts = &record.names;
    if constexpr (requires { record.titles; }) titles.texts = &record.titles;
    if constexpr (requires { record.sources; }) titles.sources = &record.sources;
    return titles;
  }

 private:
  RelatedRecords& related_;
};

// A replication is called by its initiatives, "A → B": each in `language`, else as it can be.
Text title_of_edge(const Replication& record, RelatedRecords& related, std::string_view language) {
  std::string title;
  std::string spoken;
  for (const std::string& id : {record.parent, record.child}) {
    const Initiative* initiative = id.empty() ? nullptr : related.initiative(id);
    const Text* name = initiative == nullptr ? nullptr : preferred(initiative->names, language);
    const std::string own(
        name == nullptr || name->language.empty() ? no_language : std::string_view(name->language));
    spoken = title.empty() || spoken == own ? own : std::string(no_language);
    if (!title.empty()) title += " → ";
    title += name == nullptr ? id : name->text;
  }
  return title.empty() ? Text{} : Text{spoken, title, {}};
}

// The places of a record.
struct PlacesOf {
  std::vector<const Place*> all(const std::vector<Place>& places) const {
    std::vector<const Place*> found;
    for (const Place& place : places) found.push_back(&place);
    return found;
  }
  std::vector<const Place*> operator()(const Organisation& r) const { return all(r.addresses); }
  std::vector<const Place*> operator()(const Initiative& r) const { return {&r.origin}; }
  std::vector<const Place*> operator()(const CaseStudy& r) const { return all(r.locations); }
  std::vector<const Place*> operator()(const Project& r) const { return all(r.locations); }
  std::vector<const Place*> operator()(const Pilot& r) const { return {&r.place}; }
  std::vector<const Place*> operator()(const Experiment& r) const { return all(r.locations); }
  std::vector<const Place*> operator()(const Exchange& r) const { return all(r.locations); }
  std::vector<const Place*> operator()(const auto&) const { return {}; }
};

}  // namespace

void for_each_text(const Record& record, RelatedRecords& related, const TextVisitor& visit) {
  std::visit(Walk(related, visit), record);
}

Text title_of(const Record& record, RelatedRecords& related, std::string_view language) {
  if (const auto* edge = std::get_if<Replication>(&record))
    return title_of_edge(*edge, related, language);
  const Titles titles = std::visit(TitlesOf(related), record);
  const Text* best = titles.texts == nullptr ? nullptr : preferred(*titles.texts, language);
  if (best != nullptr) {
    Text title = *best;
    if (title.language.empty()) title.language = no_language;
    return title;
  }
  for (const std::string_view other : titles.others) {
    if (!other.empty()) return {std::string(no_language), std::string(other), {}};
  }
  if (titles.sources != nullptr) {
    for (const SourceRecord& source : *titles.sources) {
      if (!source.title.empty()) return {std::string(no_language), source.title, {}};
    }
  }
  return {};
}

std::vector<const Place*> places_of(const Record& record) {
  return std::visit(PlacesOf{}, record);
}

std::vector<std::string> countries_of(const Record& record) {
  std::vector<std::string> countries;
  const auto take = [&](const std::string& country) {
    const bool known = std::find(countries.begin(), countries.end(), country) != countries.end();
    if (!country.empty() && !known) countries.push_back(country);
  };
  for (const Place* place : places_of(record)) take(place->country);
  std::visit(
      [&](const auto& told) {
        if constexpr (requires { told.countries; }) {
          for (const std::string& country : told.countries) take(country);
        } else if constexpr (requires { told.country; }) {
          take(told.country);
        }
      },
      record);
  return countries;
}

std::vector<std::string> references_of(const Record& record) {
  std::set<std::string> ids;
  const auto participants = [&](const std::vector<Participation>& parts) {
    for (const Participation& part : parts) ids.insert(part.organisation);
  };
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    ids.insert(study->initiative);
    ids.insert(study->lead_organisation);
    participants(study->participations);
  } else if (const auto* project = std::get_if<Project>(&record)) {
    participants(project->participations);
  } else if (const auto* replication = std::get_if<Replication>(&record)) {
    ids.insert(replication->parent);
    ids.insert(replication->child);
  }
  ids.erase("");
  return {ids.begin(), ids.end()};
}

}  // namespace koinon::search
