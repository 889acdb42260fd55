// SPDX-License-Identifier: Apache-2.0
//
// A small row of our own for each format, and what it becomes.
#include <set>

#include "exchange/derived_id.hpp"
#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

const std::string esf_header =
    "country\tlanguage\tfile\tproject_id\tproject_name\tproject_description\tbeneficiary_name\t"
    "beneficiary_city\tbeneficiary_nuts_region\ttheme_name\tfund_acronym\tstarting_date\t"
    "completion_date\ttotal_amount\tpartners\r\n";

std::string esf_row(std::initializer_list<const char*> cells) {
  std::string row;
  for (const char* cell : cells) row += (row.empty() ? "" : "\t") + std::string(cell);
  return row + "\r\n";
}

bool has_tag(const std::vector<Tag>& tags, const char* scheme, const char* value) {
  for (const Tag& tag : tags) {
    if (tag.scheme == scheme && tag.value == value) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("formats have names of their own and are found by them", "[exchange]") {
  std::set<std::string> names;
  for (const Format& format : formats()) {
    CHECK(names.insert(format.name).second);
    CHECK(find_format(format.name) == &format);
  }
  CHECK(find_format("no-such-format") == nullptr);
  CHECK(guess_format("") == nullptr);
  CHECK(guess_format("one,two\n1,2\n") == nullptr);
  CHECK(guess_format("[{\"unknown\":1}]") == nullptr);
  CHECK(guess_format(esf_header)->name == std::string("esf-operations"));
}

TEST_CASE("a row of a list of operations", "[exchange]") {
  const std::string text =
      esf_header +
      esf_row({"EL", "el", "GR/list.csv", "42", "Κέντρο", "Ένα κέντρο", "Δήμος  Χανίων", "Χανιά",
               "Κρήτη", "Axis 3", "2-ΕΚΤ", "01/02/2015", "31/12/2015", "1.234,5", "A. B."}) +
      esf_row({"EL", "el", "GR/list.csv", "", "Άλλο", "", "ΔΉΜΟΣ ΧΑΝΊΩΝ", "", "", "", "R", "2016",
               "", "2.500", ""});
  const auto rows = read_rows("esf-operations", text);
  REQUIRE(rows.size() == 2);
  CHECK(faults_of(rows[0]) == "");
  CHECK(rows[0].line == 2);
  CHECK(rows[0].context == esf_header);
  const auto& organisation = rows[0].record<Organisation>(0);
  CHECK(organisation.names[0].text == "Δήμος  Χανίων");
  CHECK(organisation.names[0].language == "el");
  CHECK(organisation.addresses[0].country == "EL");
  CHECK(rows[0].drafts[0].merge == Merge::Keep);
  const auto& project = rows[0].record<Project>(1);
  CHECK(rows[0].drafts[1].merge == Merge::Union);
  CHECK(project.codes[0].issuer == "GR/list.csv");
  CHECK(project.codes[0].value == "42");
  CHECK(project.titles[0].text == "Κέντρο");
  CHECK(project.period.from.month == 2);  // 31/12 tells the order in 01/02
  CHECK(project.period.from.day == 1);
  CHECK(project.total_budget.minor == 123450);
  CHECK(project.total_budget.as_written == "1.234,5");
  CHECK(project.fund == "esf");
  CHECK(project.locations[0].region == "Κρήτη");
  CHECK(project.locations[0].locality == "Χανιά");
  CHECK(project.partner_names == std::vector<std::string>{"A. B."});
  CHECK(has_tag(project.tags, "esf-operations:theme", "Axis 3"));
  CHECK(project.participations[0].organisation == rows[0].drafts[0].id);
  CHECK(project.participations[0].role == "beneficiary");
  CHECK(project.sources[0].hash.empty());  // other rows may add to it

  CHECK(faults_of(rows[1]) == "");
  CHECK(rows[1].drafts[0].id == rows[0].drafts[0].id);  // the same name in capitals
  CHECK(rows[1].drafts[1].merge == Merge::Replace);
  const auto& other = rows[1].record<Project>(1);
  CHECK(other.codes.empty());
  CHECK(other.sources[0].hash == content_hash(rows[1].bytes));
  CHECK(other.fund.empty());
  CHECK(has_tag(other.tags, "fund-as-written", "R"));
  CHECK(other.total_budget.minor == 250000);  // 1.234,5 tells the sign in 2.500
}

TEST_CASE("a list of operations keeps what it cannot read for certain", "[exchange]") {
  const auto rows = read_rows(
      "esf-operations",
      esf_header +
          esf_row({"DE", "de", "a", "", "Eins", "", "", "", "", "", "", "01/02/2015", "", "2.500",
                   ""}) +
          esf_row({"UK", "en", "b", "", "Two", "", "withheld-0123456789", "", "", "", "", "Q3 2014",
                   "", "2500", ""}) +
          esf_row({"UK", "en", "b", "", "Three", "", "", "", "", "", "", "01/0817", "", "", ""}) +
          esf_row({"Atlantis", "en", "c", "", "Four", "", "", "", "", "", "", "", "", "", ""}));
  REQUIRE(rows.size() == 4);
  const auto& first = rows[0].record<Project>(0);  // no beneficiary, no organisation
  CHECK(first.period.from.year == 2015);
  CHECK(first.period.from.month == 0);
  CHECK(has_tag(first.tags, "as-written:start", "01/02/2015"));
  CHECK_FALSE(first.total_budget.minor.has_value());
  CHECK(first.total_budget.as_written == "2.500");
  const auto& second = rows[1].record<Project>(1);
  CHECK_FALSE(second.total_budget.minor.has_value());  // of which currency?
  CHECK(has_tag(second.tags, "as-written:start", "Q3 2014"));
  CHECK(rows[2].code() == "bad_date");
  CHECK(rows[2].violations[0].path == "period.from");
  CHECK(rows[2].drafts.empty());
  CHECK(rows[3].code() == "unknown_code");
}

TEST_CASE("a DSI4EU project", "[exchange]") {
  const auto rows = read_rows("dsi4eu-projects", R"([{"project_id":7,"project_name":"Garden map",
    "website":"https://example.org/g","short_description":".","long_description":"<p>One</p><p>Two</p>",
    "social_impact":"Less waste","start_date":"2016-01-01","end_date":null,"country":"Italy",
    "region":"Rome","latitude":"41.9","longitude":12.5,"linked_organisation_ids":["9","9"],
    "who_we_help_tags":["gardeners"],"support_tags":[{"id":"3","name":"Culture and arts"}],
    "focus":[{"id":"4","name":"Open knowledge"}],"technology":[],"creation_date":"1970-01-01"},
    {"project_id":8,"project_name":""}])");
  REQUIRE(rows.size() == 2);
  CHECK(faults_of(rows[0]) == "");
  CHECK(rows[0].record<Initiative>(0).names[0].text == "Garden map");
  const auto& study = rows[0].record<CaseStudy>(1);
  CHECK(study.initiative == rows[0].drafts[0].id);
  CHECK(study.state == "published");
  CHECK(study.summary.empty());
  CHECK(study.description[0].text == "One\n\nTwo");
  CHECK(study.description[0].language == "und");
  CHECK(study.results[0].text == "Less waste");
  CHECK(study.period.from.year == 2016);
  CHECK(study.locations[0].country == "IT");
  CHECK(study.locations[0].locality == "Rome");
  CHECK(study.locations[0].latitude == 41.9);
  CHECK(study.participations.size() == 1);
  CHECK(study.participations[0].organisation ==
        derived_id(RecordKind::Organisation, {"dsi4eu", "organisation", "9"}));
  CHECK(study.themes == std::vector<std::string>{"culture-and-arts"});
  CHECK(has_tag(study.tags, "dsi4eu:help", "gardeners"));
  CHECK(has_tag(study.tags, "dsi4eu:focus", "Open knowledge"));
  CHECK(study.links == std::vector<std::string>{"https://example.org/g"});
  CHECK(rows[1].code() == "missing");
}

TEST_CASE("a DSI4EU organisation", "[exchange]") {
  const auto rows = read_rows("dsi4eu-organisations", R"([{"organisation_id":9,
    "organisation_name":"Caf&eacute; Commons","website":"http:// broken","short_description":"",
    "long_description":"We lend tools.","country":"Atlantis","region":"","latitude":"","longitude":"",
    "address":"High Street 1,\nAB1 2CD","organisation_type":{"id":2,"name":"For-profit business"},
    "organisation_size":"0-5 people","startDate":"1919-01-01","linked_project_ids":[],
    "tags":["tools"],"networkTags":[{"id":"1","name":"Net"}],"created":"2017-03-22"}])");
  REQUIRE(rows.size() == 1);
  CHECK(faults_of(rows[0]) == "");
  const auto& organisation = rows[0].record<Organisation>(0);
  CHECK(rows[0].drafts[0].id ==
        derived_id(RecordKind::Organisation, {"dsi4eu", "organisation", "9"}));
  CHECK(organisation.names[0].text == "Café Commons");
  CHECK(organisation.kind == "company");
  CHECK(organisation.website.empty());
  CHECK(has_tag(organisation.tags, "dsi4eu:website", "http:// broken"));
  CHECK(organisation.addresses[0].region == "Atlantis");
  CHECK(organisation.addresses[0].postcode == "AB1 2CD");
  CHECK(has_tag(organisation.tags, "dsi4eu:address", "High Street 1"));
  CHECK(has_tag(organisation.tags, "dsi4eu:founded", "1919-01-01"));
  CHECK(has_tag(organisation.tags, "dsi4eu:network", "Net"));
  CHECK(has_tag(organisation.tags, "dsi4eu:created", "2017-03-22"));
}

TEST_CASE("a JRC case", "[exchange]") {
  const auto rows = read_rows("jrc-cases", R"([{"entry_type":"case","id":1,"name":"Helper bot",
    "url":"\u00a0https://example.org/a,\nhttps://example.org/b","description":"Answers questions.",
    "geoextent":"Across Countries","geocoverage":["United Kingdom"],"geocoverage_codes":["GB"],
    "lead_organisation":{"name":"Town hall","category":"Local Government"},
    "lead_organisation_name":"Town hall","lead_organisation_category":"Local Government",
    "start_date":"2020","end_date":"2021.0","primary_sector":"Health","technology":"Blockchain",
    "type":"Chat","status":"Not in use anymore"},
    {"id":2,"name":"Other","url":"https://example.org/Proof of Concept","geoextent":"National",
    "geocoverage":["European Union"],"geocoverage_codes":[],"lead_organisation_name":"",
    "start_date":"20","status":"Pilot"},
    {"id":3,"name":"Third","url":"\u00a0","geocoverage_codes":["GR"],"status":"Pilot",
    "geocoverage":["European Union"],"lead_organisation_name":""}])");
  REQUIRE(rows.size() == 3);
  CHECK(faults_of(rows[0]) == "");
  REQUIRE(rows[0].drafts.size() == 3);
  const auto& lead = rows[0].record<Organisation>(0);
  CHECK(lead.kind == "public-authority");
  CHECK(lead.addresses[0].country == "UK");
  const auto& study = rows[0].record<CaseStudy>(2);
  CHECK(study.lead_organisation == rows[0].drafts[0].id);
  CHECK(study.participations[0].role == "lead");
  CHECK(study.level == "international");
  CHECK(study.running == "ended");
  CHECK(study.period.from.year == 2020);
  CHECK(study.period.to.year == 2021);
  CHECK(study.locations[0].country == "UK");
  CHECK(study.links == std::vector<std::string>{"https://example.org/a", "https://example.org/b"});
  CHECK(has_tag(study.tags, "jrc-ips:technology", "Blockchain"));
  CHECK(rows[1].code() == "bad_date");
  const auto& third = rows[2].record<CaseStudy>(1);
  CHECK(third.locations[0].country == "EL");
  CHECK(third.links.empty());
  CHECK(third.lead_organisation.empty());
  CHECK(third.running == "pilot");
}

TEST_CASE("an EU call", "[exchange]") {
  const auto rows =
      read_rows("eu-calls",
                "\xEF\xBB\xBF"
                R"({"reference":"1TOPICSen","topicId":"T-1","title":"Try things","programme":"ESF+",
    "callIdentifier":"C-1","actionType":"CSA","deadline":"2026-03-17","stage":"two-stage",
    "callStatus":"forthcoming","budgetMin":150000,"budgetMax":null,"expectedGrants":4,
    "keywords":"T-1, C-1, housing, care","portalUrl":"https://example.org/t-1","description":"Do.",
    "objectives":"Learn.","deadlineModel":"multiple cut-off","topicConditions":"At least two partners."}
    {"topicId":"T-2","callIdentifier":"","deadline":"","deadlineModel":""}{"title":"no code"})");
  REQUIRE(rows.size() == 3);
  CHECK(faults_of(rows[0]) == "");
  const auto& call = rows[0].record<Call>(0);
  CHECK(call.codes.size() == 2);
  CHECK(call.titles[0].text == "Try things");
  CHECK(call.description[0].text == "Do.\n\nLearn.");
  CHECK(call.model == "multiple-cut-off");
  CHECK(call.status == "upcoming");
  CHECK(call.deadlines[0].day == 17);
  CHECK(call.grant_min.minor == 15000000);
  CHECK_FALSE(static_cast<bool>(call.grant_max));
  CHECK(call.rules[0].legal_text == "At least two partners.");
  CHECK(has_tag(call.tags, "eu-calls:keyword", "housing"));
  CHECK_FALSE(has_tag(call.tags, "eu-calls:keyword", "T-1"));
  CHECK(faults_of(rows[1]) == "");
  CHECK(rows[2].code() == "missing");
}

TEST_CASE("Horizon 2020 and CORDIS meet in the PIC", "[exchange]") {
  const auto taken_part = read_rows(
      "h2020-participations",
      "rcn,role,pic,type,contribution,country,start_date,end_date,max_contribution,total_cost\n"
      "12,coordinator,999999999,HES,183454.8,EL,2019-05-01,NA,200000,210000.754\n"
      "12,partner,888888888,XYZ,NA,NA,2019-05-01,NA,200000,NA\n"
      "12,guest,888888888,PRC,NA,BE,2019-05-01,NA,200000,NA\n");
  REQUIRE(taken_part.size() == 3);
  CHECK(faults_of(taken_part[0]) == "");
  const auto& organisation = taken_part[0].record<Organisation>(0);
  CHECK(organisation.identifiers[0].value == "999999999");
  CHECK(organisation.kind == "education");
  CHECK(organisation.addresses[0].country == "EL");
  const auto& project = taken_part[0].record<Project>(1);
  CHECK(project.participations[0].contribution.minor == 18345480);
  CHECK(project.participations[0].role == "coordinator");
  CHECK(project.eu_budget.minor == 20000000);
  CHECK_FALSE(project.total_budget.minor.has_value());  // not whole in cents
  CHECK(project.total_budget.as_written == "210000.754");
  CHECK(taken_part[1].record<Project>(1).participations[0].role == "associated-partner");
  CHECK(taken_part[1].record<Organisation>(0).addresses.empty());
  CHECK(taken_part[1].drafts[1].id == taken_part[0].drafts[1].id);
  CHECK(taken_part[2].code() == "unknown_code");

  const auto parts = read_rows("h2020-programmes", "rcn,programme_part\r\n12,SC5\r\n");
  REQUIRE(parts.size() == 1);
  CHECK(faults_of(parts[0]) == "");
  CHECK(parts[0].drafts[0].id == taken_part[0].drafts[1].id);
  CHECK(has_tag(parts[0].record<Project>(0).tags, "h2020:programme-part", "SC5"));

  const auto names = read_rows("cordis-organisations",
                               "pic,legal_name,short_name,type,country,url\n"
                               "999999999,UNIVERSITY OF THE SEA,UOS,HES,EL,www.example.org\n"
                               "NA,NAMELESS NUMBER,NA,NA,NA,NA\n");
  REQUIRE(names.size() == 2);
  CHECK(faults_of(names[0]) == "");
  CHECK(faults_of(names[1]) == "");
  CHECK(names[0].drafts[0].id == taken_part[0].drafts[0].id);
  CHECK(names[0].drafts[0].merge == Merge::Union);
  CHECK(names[0].record<Organisation>(0).aliases == std::vector<std::string>{"UOS"});
  CHECK(names[1].record<Organisation>(0).identifiers.empty());

  const auto named = read_rows(
      "cordis-participations",
      "project_id,pic,partner_role,project_acronym,topic_code,topic_description,thematic_priority,"
      "funding_scheme,framework_programme,start_date,end_date,country,ec_contribution\n"
      "5,999999999,Thirdparty,SEA,T,\"Waves, "
      "tides\",P,CSA,H2020,2014-01-01,2015-01-01,Greece,12.5\n"
      "5,NA,Partner,SEA,T,D,P,CSA,FP7,2014-01-01,2015-01-01,Greece,NA\n");
  REQUIRE(named.size() == 2);
  CHECK(faults_of(named[0]) == "");
  CHECK(named[0].drafts[0].id == taken_part[0].drafts[0].id);
  const auto& funded = named[0].record<Project>(1);
  CHECK(funded.acronym == "SEA");
  CHECK(funded.programme == "Horizon 2020");
  CHECK(funded.participations[0].role == "third-party");
  CHECK(has_tag(funded.tags, "cordis:topic-description", "Waves, tides"));
  CHECK(named[1].code() == "missing");
}

TEST_CASE("EuroVoc labels and relations meet in the concept", "[exchange]") {
  std::string header = "id";
  std::string row = "77";
  for (const char* language :
       {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
        "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"}) {
    header += std::string("\t") + language;
    row += std::string(language) == "mt" ? "\t" : "\t\"label\n" + std::string(language) + '"';
  }
  const auto labels = read_rows("eurovoc-labels", header + "\n" + row + "\n");
  REQUIRE(labels.size() == 1);
  CHECK(faults_of(labels[0]) == "");
  CHECK(labels[0].drafts[0].id == "eurovoc:77");
  CHECK(labels[0].record<Concept>(0).labels.size() == 23);
  CHECK(labels[0].record<Concept>(0).labels[0].text == "label\nbg");
  const auto relations = read_rows("eurovoc-relations",
                                   "id\trelation\tvalue\n77\tbroader\t5\n77\taltLabel@fr\tmot\n"
                                   "77\tinScheme\t100141\n77\tlikes\t5\n");
  REQUIRE(relations.size() == 4);
  CHECK(relations[0].drafts[0].id == "eurovoc:77");
  CHECK(relations[0].record<Concept>(0).broader == std::vector<std::string>{"eurovoc:5"});
  CHECK(relations[1].record<Concept>(0).alternative_labels[0].language == "fr");
  CHECK(relations[2].violations.empty());
  CHECK(relations[3].code() == "unknown_code");
}

TEST_CASE("columns may stand in any order and others beside them", "[exchange]") {
  const auto rows = read_rows("h2020-programmes", "extra;programme_part;rcn\n;SC1;3\n");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].record<Project>(0).codes[0].value == "3");
  CHECK(error_of([] { read_rows("h2020-programmes", "rcn,other\n1,2\n"); }) ==
        ErrorCode::InvalidInput);
}

TEST_CASE("the caller may say whose rows they are", "[exchange]") {
  ReaderOptions options;
  options.portal = "mirror";
  const auto rows = read_rows("eu-calls", R"({"topicId":"T"})", options);
  CHECK(rows[0].record<Call>(0).sources[0].portal == "mirror");
  CHECK(rows[0].drafts[0].id == derived_id(RecordKind::Call, {"mirror", "T"}));
}
