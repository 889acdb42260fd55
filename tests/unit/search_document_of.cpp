// SPDX-License-Identifier: Apache-2.0
//
// record_texts and document_of: what of a record is found, by which field and facet.
#include "search/document_of.hpp"
#include "search/terms.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "search/fields.hpp"
#include "search/record_texts.hpp"

using namespace koinon;
using search::FacetField;

namespace {

struct Related : search::RelatedRecords {
  std::map<std::string, Initiative> initiatives;
  std::map<std::string, LangText> organisations;
  const Initiative* initiative(std::string_view id) override {
    const auto found = initiatives.find(std::string(id));
    return found == initiatives.end() ? nullptr : &found->second;
  }
  Region region(std::string_view) override { return {}; }
  const LangText* organisation_names(std::string_view id) override {
    const auto found = organisations.find(std::string(id));
    return found == organisations.end() ? nullptr : &found->second;
  }
};

struct Made {
  std::map<std::string, std::set<std::string>> terms;  // by field name
  std::map<FacetField, std::set<std::string>> facets;
  std::set<std::string> marks;
  std::set<std::string> grams;
  std::set<std::string> languages;
  std::set<std::string> accented;
  std::int64_t sort_key = 0;
};

Made made_of(const Record& record, Related& related) {
  index::Document document;
  Made made;
  search::DocumentMaker().make(record, related, document);
  for (const auto& found : document.occurrences()) {
    const std::string term(document.text(found.begin, found.length));
    const search::TermKind kind = search::kind_of_term(term);
    const std::string content(search::content_of_term(term));
    if (kind == search::TermKind::Reference) made.marks.insert(content);
    if (kind == search::TermKind::Gram) made.grams.insert(content);
    if (kind == search::TermKind::Language) made.languages.insert(content);
    if (kind == search::TermKind::Accented) made.accented.insert(content);
    if (kind != search::TermKind::Surface && kind != search::TermKind::Word) continue;
    // A stem is told with its language.
    const std::string language(search::language_of_term(term));
    if (language == "und") continue;
    made.terms[std::string(search::text_fields[found.field].name)].insert(
        language.empty() ? content : language + ":" + content);
  }
  for (const auto& facet : document.facets()) {
    made.facets[static_cast<FacetField>(facet.field)].insert(
        std::string(document.text(facet.begin, facet.length)));
  }
  for (const auto& number : document.numbers()) made.sort_key = number.value;
  return made;
}

using Set = std::set<std::string>;

CaseStudy study() {
  CaseStudy made;
  made.initiative = "ini-1";
  made.state = "published";
  made.summary = {{"fi", "Kouluissa", {}}, {"en", "schools", {}}};
  made.level = "local";
  made.target_groups = {"youth"};
  made.objectives = {"a", "f"};
  made.principles = {"1"};
  made.themes = {"education", "education"};
  made.tags = {{"dsi4eu:technology", "open data"}};
  made.locations.resize(3);
  made.locations[0].country = "FI";
  made.locations[1].country = "SE";
  made.locations[2].country = "FI";
  made.period.from = {2019, 5, 0};
  made.lead_organisation = "org-1";
  made.participations.resize(2);
  made.participations[0].organisation = "org-1";
  made.participations[1].organisation = "org-2";
  made.statements.resize(1);
  made.statements[0].text = {{"en", "wonderful", {}}};
  made.sources.resize(1);
  made.sources[0].portal = "esf-plus";
  return made;
}

}  // namespace

TEST_CASE("a case study is found by its initiative and its organisations", "[search]") {
  Related related;
  related.initiatives["ini-1"].names = {{"fi", "Oma polku", {}}};
  related.initiatives["ini-1"].stage = "pilot";
  related.organisations["org-1"] = {{"fi", "Helsingin kaupunki", {}}};
  const Made made = made_of(study(), related);
  CHECK(made.terms.at("title").count("polku") == 1);
  CHECK(made.terms.at("names").count("helsingin") == 1);
  CHECK(made.terms.at("summary").count("kouluissa") == 1);
  CHECK(made.terms.at("summary").count("en:school") == 1);
  CHECK(made.terms.at("tags") == Set{"open", "data"});
  CHECK(made.marks == Set{"ini-1", "org-1", "org-2"});
  CHECK(made.terms.at("statements").count("wonderful") == 1);
  CHECK(made.facets.at(FacetField::Kind) == Set{"case-study"});
  CHECK(made.facets.at(FacetField::Country) == Set{"FI", "SE"});
  CHECK(made.facets.at(FacetField::Language) == Set{"fi", "en"});
  CHECK(made.facets.at(FacetField::Theme) == Set{"education"});
  CHECK(made.facets.at(FacetField::TargetGroup) == Set{"youth"});
  CHECK(made.facets.at(FacetField::Objective) == Set{"a", "f"});
  CHECK(made.facets.at(FacetField::Principle) == Set{"1"});
  CHECK(made.facets.at(FacetField::Stage) == Set{"pilot"});
  CHECK(made.facets.at(FacetField::State) == Set{"published"});
  CHECK(made.facets.at(FacetField::Level) == Set{"local"});
  CHECK(made.facets.at(FacetField::Year) == Set{"2019"});
  CHECK(made.facets.at(FacetField::Source) == Set{"esf-plus"});
  CHECK(made.facets.count(FacetField::Hidden) == 0);
  CHECK(made.sort_key == 20190500);
  CHECK(search::references_of(study()) == std::vector<std::string>{"ini-1", "org-1", "org-2"});
}

TEST_CASE("a title of its own comes before the initiative's", "[search]") {
  Related related;
  related.initiatives["ini-1"].names = {{"fi", "Oma polku", {}}};
  CaseStudy own = study();
  own.title = {{"en", "Own path", {}}};
  CHECK(made_of(own, related).terms.at("title") == Set{"own", "en:own", "path", "en:path"});
  CHECK(search::title_of(own, related, "fi").text == "Own path");
  own.title = {{"en", "", {}}};
  CHECK(search::title_of(own, related, "fi").text == "Oma polku");
  own.initiative = "ini-9";
  CHECK(search::title_of(own, related, "fi").text.empty());
  own.sources[0].title = "As told";
  CHECK(search::title_of(own, related, "fi").text == "As told");
  CHECK(search::title_of(own, related, "fi").language == "und");
}

TEST_CASE("only case studies in a state other than published are hidden", "[search]") {
  CaseStudy made = study();
  CHECK_FALSE(search::is_hidden(made));
  made.state.clear();
  CHECK_FALSE(search::is_hidden(made));
  made.state = "draft";
  CHECK(search::is_hidden(made));
  Call call;
  call.status = "draft";
  CHECK_FALSE(search::is_hidden(call));
  CHECK_FALSE(search::is_indexed(MatchDecision{}));
  CHECK(search::is_indexed(call));
}

TEST_CASE("organisations, projects, calls and concepts", "[search]") {
  Related related;
  related.organisations["org-1"] = {{"", "Arbeiterkammer", {}}};
  Organisation organisation;
  organisation.names = {{"de", "Verein Jugend", {}}};
  organisation.aliases = {"VJ"};
  organisation.kind = "ngo";
  organisation.identifiers = {{"pic", "999888777", "", "", {}, {}}};
  Made made = made_of(organisation, related);
  CHECK(made.terms.at("names") == Set{"vj"});
  CHECK(made.terms.at("codes") == Set{"999888777"});
  CHECK(made.facets.at(FacetField::OrganisationKind) == Set{"ngo"});
  CHECK(made.sort_key == 0);

  Project project;
  project.codes = {{"esf", "2014-AT-1"}};
  project.acronym = "KOMPASS";
  project.partner_names = {"Stadt Wien"};
  project.fund = "ESF";
  project.programme = "2014AT05";
  project.participations.resize(1);
  project.participations[0].organisation = "org-1";
  project.period.to = {2020, 0, 0};
  made = made_of(project, related);
  CHECK(made.terms.at("names") == Set{"kompass", "stadt", "wien", "arbeiterkammer"});
  CHECK(made.terms.at("codes") == Set{"2014", "at", "1"});
  CHECK(made.facets.at(FacetField::Fund) == Set{"ESF"});
  CHECK(made.facets.at(FacetField::Programme) == Set{"2014AT05"});
  CHECK(made.facets.count(FacetField::Year) == 0);
  CHECK(made.facets.count(FacetField::Language) == 0);
  CHECK(made.sort_key == 20200000);
  CHECK(search::title_of(project, related, "").text == "KOMPASS");

  Call call;
  call.status = "open";
  call.deadlines = {{2025, 3, 1}, {}, {2024, 12, 31}};
  made = made_of(call, related);
  CHECK(made.facets.at(FacetField::Year) == Set{"2024"});
  CHECK(made.facets.at(FacetField::State) == Set{"open"});
  CHECK(made.sort_key == 20241231);

  Concept thing;
  thing.labels = {{"en", "housing", {}}, {"de", "Wohnen", {}}};
  thing.alternative_labels = {{"en", "dwelling", {}}};
  thing.notation = "2846";
  made = made_of(thing, related);
  CHECK(made.terms.at("title").count("wohnen") == 1);
  CHECK(made.terms.at("names").count("dwelling") == 1);
  CHECK(made.terms.at("codes") == Set{"2846"});
  CHECK(search::title_of(thing, related, "de-AT").text == "Wohnen");
  CHECK(search::title_of(thing, related, "fr").text == "housing");
}

TEST_CASE("a replication is found by its changes, its evidence and the names of its initiatives",
          "[search]") {
  Related related;
  Replication replication;
  replication.parent = "ini-1";
  replication.child = "ini-9";
  replication.date = {2019, 4, 0};
  replication.changes = {{"en", "shorter visits", {}}};
  replication.evidence = {{"en", "annual report", {}}};
  related.initiatives["ini-1"].names = {{"de", "Nachbarn", {}}, {"en", "Neighbours", {}}};
  const Made made = made_of(replication, related);
  CHECK(made.terms.at("description").count("en:visit") == 1);
  CHECK(made.terms.at("statements").count("en:report") == 1);
  CHECK(made.terms.at("names").count("neighbours") == 1);
  CHECK(made.facets.at(FacetField::Initiative) == Set{"ini-1", "ini-9"});
  CHECK(made.facets.at(FacetField::Year) == Set{"2019"});
  CHECK(search::references_of(replication) == std::vector<std::string>{"ini-1", "ini-9"});
  CHECK(search::title_of(replication, related, "en").text == "Neighbours → ini-9");
  CHECK(search::title_of(replication, related, "de").text == "Nachbarn → ini-9");
  CHECK(search::is_indexed(replication));
}

TEST_CASE("a record without anything is a document all the same", "[search]") {
  Related related;
  for (const Record& record :
       std::vector<Record>{Organisation{}, Initiative{}, CaseStudy{}, Project{}, Call{}, Concept{},
                           MatchDecision{}, Replication{}}) {
    const Made made = made_of(record, related);
    CHECK(made.terms.empty());
    CHECK(search::title_of(record, related, "fi").text.empty());
    CHECK(search::countries_of(record).empty());
    CHECK(search::references_of(record).empty());
  }
}

TEST_CASE("a document is marked with its languages, accents and spellings", "[search]") {
  Related related;
  Call call;
  call.titles = {{"cs", "Žlutý kůň", {}}, {"en-GB", "yellow horse", {}}};
  const Made made = made_of(call, related);
  CHECK(made.languages == Set{"cs", "en"});
  CHECK(made.accented == Set{"žlutý", "kůň"});
  // Four letters from every second one on, of a spelling that languages share.
  CHECK(made.grams.count("_hor") == 1);
  CHECK(made.grams.count("orse") == 1);
  CHECK(made.grams.count("hors") == 0);
  call.codes = {{"x", "ABCDEF"}};
  CHECK(made_of(call, related).grams == made.grams);
}
