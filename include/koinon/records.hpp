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
#include <variant>
#include <vector>

#include "koinon/programme_records.hpp"
#include "koinon/values.hpp"

namespace koinon {

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
  std::optional<GradeOverride> standard;  // vocabulary nesta-standards
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
  std::vector<MethodUse> methods;
  std::vector<std::string> links;
  std::string licence;
  std::vector<LifeStep> steps;
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
  std::string programme;         // as its source calls it
  std::string programme_record;  // programme id: the budget that it draws on
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
  std::vector<LifeStep> steps;
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

using Record =
    std::variant<Organisation, Initiative, CaseStudy, Project, Call, Concept, MatchDecision,
                 Replication, Programme, Consortium, Bid, Award, Method, Assessment, Pilot,
                 Evidence, Dissemination, Experiment, Uptake, Community, Exchange, Contribution,
                 CompetenceCentre, Offer, Mentoring, Indicator, Collection>;

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
  Programme,
  Consortium,
  Bid,
  Award,
  Method,
  Assessment,
  Pilot,
  Evidence,
  Dissemination,
  Experiment,
  Uptake,
  Community,
  Exchange,
  Contribution,
  CompetenceCentre,
  Offer,
  Mentoring,
  Indicator,
  Collection,
};

inline RecordKind kind_of(const Record& record) {
  return static_cast<RecordKind>(record.index());
}

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
