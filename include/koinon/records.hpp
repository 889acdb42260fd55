// SPDX-License-Identifier: Apache-2.0
//
// What a catalogue holds. Plain values: copy, move and compare them freely; nothing here touches a
// file. A default-constructed field means "not told"; no field invents a value. Codes (kind, role,
// stage, theme ...) name entries of the vocabularies in `koinon vocabulary`, they are data and grow
// without a release.
//
// Threads: values; share const objects, do not write one from two threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace koinon {

enum class TextOrigin : std::uint8_t { Original, Machine };

/// One text in one language. `language` is a BCP 47 primary tag such as "fi"; "und" when unknown.
struct Text {
  std::string language;
  std::string text;  // UTF-8
  TextOrigin origin = TextOrigin::Original;
};

/// The same content in several languages, the preferred one first.
using LangText = std::vector<Text>;

/// A Gregorian date of which the month, or the day, may be unknown (0). Year 0 means no date at
/// all.
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  explicit operator bool() const { return year != 0; }
};

/// From and until, both inclusive, either may be unknown.
struct Period {
  PartialDate from;
  PartialDate to;
  explicit operator bool() const { return from || to; }
};

/// An amount in minor units (cents) of an ISO 4217 currency, beside the wording it was read from.
/// Either may be missing: a wording that could not be read keeps its place without an amount.
struct Money {
  std::optional<std::int64_t> minor;
  std::string currency;
  std::string as_written;
  explicit operator bool() const { return minor.has_value() || !as_written.empty(); }
};

/// A share between 0 and 1 in millionths, so that sums are exact.
struct Share {
  std::int32_t millionths = 0;
};

struct Identifier {
  std::string scheme;  // vocabulary identifier-schemes: pic, vat, ror, lei, wikidata ...
  std::string value;
  std::string country;  // for national registers
  std::string source;   // who said so
  Period valid;
  std::optional<Share> confidence;
};

struct Place {
  std::string role;     // vocabulary place-roles: origin, implementation, partner, seat
  std::string country;  // vocabulary countries: EU-file codes, EL and UK
  std::string nuts;     // NUTS code, and the version that has it
  std::string nuts_version;
  std::string region;  // as written, where no code could be told
  std::string locality;
  std::string postcode;
  std::optional<double> latitude;   // degrees north, -90 to 90
  std::optional<double> longitude;  // degrees east, -180 to 180
};

/// That an organisation takes part in the record that holds this value.
struct Participation {
  std::string organisation;  // record id
  std::string role;          // vocabulary participation-roles
  std::optional<Share> share;
  Money contribution;
  Period period;
};

/// A word that a source attached, kept as told: scheme "dsi4eu:technology", value "open data".
struct Tag {
  std::string scheme;
  std::string value;
};

/// Where a record, or a part of it, comes from.
struct SourceRecord {
  std::string portal;
  std::string local_id;
  std::string url;
  std::string title;
  std::string hash;     // of the row as read: tells a changed row from an unchanged one
  PartialDate fetched;  // the day it was read
};

struct Statement {
  std::string author;  // organisation id
  std::string role;    // vocabulary statement-roles
  LangText text;
  PartialDate date;
};

/// A code that an issuer gave to a project or a call.
struct Code {
  std::string issuer;
  std::string value;
};

/// One named parameter of an eligibility rule.
struct Parameter {
  std::string name;
  std::vector<std::string> values;
};

struct EligibilityRule {
  std::string kind;  // vocabulary rule-kinds
  std::vector<Parameter> parameters;
  std::string legal_text;
};

struct Organisation {
  LangText names;
  std::vector<std::string> aliases;
  std::string kind;  // vocabulary organisation-kinds
  std::string legal_form;
  std::vector<Identifier> identifiers;
  std::vector<Place> addresses;
  std::string parent;  // organisation id
  std::vector<std::string> predecessors;
  LangText description;
  std::vector<std::string> offers;  // theme codes or concept ids
  std::vector<std::string> seeks;
  std::vector<std::string> languages;
  std::string website;
  std::string contact_token;  // opaque: a host's own key, never an address or a name
  std::vector<Tag> tags;
  std::vector<SourceRecord> sources;
};

/// The thing itself, apart from any document about it.
struct Initiative {
  LangText names;
  std::string stage;  // vocabulary stages
  Place origin;
  std::vector<SourceRecord> sources;
};

/// A document about an initiative.
struct CaseStudy {
  std::string initiative;  // record id
  std::string state;       // vocabulary case-states
  LangText title;
  LangText summary;
  LangText problem;
  LangText solution;
  LangText results;
  LangText lessons;
  LangText transferability;
  LangText description;  // an account that its source did not divide
  std::string level;     // vocabulary levels-of-action
  std::vector<std::string> initiative_types;
  std::vector<std::string> target_groups;
  std::vector<std::string> objectives;  // ESF+ specific objectives a to m
  std::vector<std::string> principles;  // Pillar of Social Rights 1 to 20
  std::vector<std::string> themes;
  std::vector<Tag> tags;
  std::vector<Place> locations;
  std::vector<std::string> projects;  // record ids
  Period period;
  std::string running;  // vocabulary running-states
  Money budget;
  std::vector<std::string> funding_sources;
  std::string lead_organisation;  // record id
  std::vector<Participation> participations;
  std::vector<Statement> statements;
  std::vector<std::string> links;
  std::string licence;
  std::vector<SourceRecord> sources;
};

/// A funded operation.
struct Project {
  std::vector<Code> codes;
  LangText titles;
  std::string acronym;
  LangText description;
  std::vector<std::string> initiatives;  // record ids
  Period period;
  Money total_budget;
  Money eu_budget;
  std::vector<Place> locations;
  std::vector<std::string> themes;
  std::vector<Tag> tags;
  std::string fund;  // vocabulary funds
  std::string programme;
  std::string call;  // record id
  std::vector<std::string> cost_forms;
  std::vector<Participation> participations;
  std::vector<std::string> partner_names;  // named by the source, but not told apart
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

struct Call {
  std::vector<Code> codes;
  LangText titles;
  std::string programme;
  LangText description;
  std::string model;   // vocabulary call-models
  std::string status;  // vocabulary call-states
  PartialDate opening;
  std::vector<PartialDate> deadlines;
  Money budget;
  Money grant_min;
  Money grant_max;
  std::optional<Share> rate_cap;
  std::vector<std::string> themes;
  std::vector<Tag> tags;
  std::vector<EligibilityRule> rules;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

struct Concept {
  std::string scheme;
  std::string notation;
  LangText labels;
  LangText alternative_labels;
  LangText definition;
  std::vector<std::string> broader;  // record ids
  std::vector<std::string> related;
  std::vector<SourceRecord> sources;
};

/// What somebody, or a rule, decided about two records that may be one.
struct MatchDecision {
  std::string left;        // record id
  std::string right;       // record id
  std::string verdict;     // vocabulary match-verdicts; "withdrawn" says nothing but `undoes`
  std::string decided_by;  // "rule:NAME" for a rule, which a person's decision outweighs
  PartialDate decided_on;
  std::string reason;
  std::string undoes;                // id of the decision on the same two that this one takes back
  std::optional<Share> probability;  // of the two being one, where a rule gave it
};

/// That one initiative replicates another: an edge of the lineage of initiatives, which has no
/// cycles and does not go back in time (docs/reference/lineage.md). An initiative may have several
/// parents, and several records may tell of one pair.
struct Replication {
  std::string parent;               // initiative id: what was replicated
  std::string child;                // initiative id: what came of it
  std::string kind;                 // vocabulary replication-kinds
  PartialDate date;                 // when the child took it up
  LangText changes;                 // what was adapted
  std::optional<Share> fidelity;    // how much of the parent the child kept
  std::optional<Share> confidence;  // how sure it is that this happened
  LangText evidence;                // what shows it
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

using Record = std::variant<Organisation, Initiative, CaseStudy, Project, Call, Concept,
                            MatchDecision, Replication>;

/// Position in `Record`, and the number that files and the C API carry: never reorder.
enum class RecordKind : std::uint8_t {
  Organisation,
  Initiative,
  CaseStudy,
  Project,
  Call,
  Concept,
  MatchDecision,
  Replication,
};

inline RecordKind kind_of(const Record& record) {
  return static_cast<RecordKind>(record.index());
}

/// Milliseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::int64_t;

/// A record as the catalogue keeps it.
struct StoredRecord {
  std::string id;
  std::uint64_t version = 0;  // 1 for the first
  std::uint64_t change = 0;   // number of the journal entry that made this version
  Timestamp created = 0;
  Timestamp updated = 0;
  Record record;
};

}  // namespace koinon
