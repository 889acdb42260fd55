// SPDX-License-Identifier: Apache-2.0
//
// What a programme keeps beside its cases and projects: money and bids, methods and what shows that
// they work, communities, centres and what they give each other. Rules as in records.hpp.
//
// A record with a `state` lives by the table of its life cycle (`koinon life-cycle`,
// docs/reference/life-cycles.md): `steps` is the log, oldest first, and the last step leads to the
// state. People are named by opaque tokens of the host, never by a name or an address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "koinon/values.hpp"

namespace koinon {

/// One step of a life cycle: who, when, why.
struct LifeStep {
  std::string from;  // a state of the record's life cycle
  std::string to;
  Moment at;
  std::string by;       // who took it: a host's own key
  std::string country;  // that they spoke for
  std::string reason;
};

/// A grade that a person gave in the place of the derived one.
struct GradeOverride {
  std::string grade;
  std::string reason;
  std::string by;  // a host's own key
  PartialDate on;
};

// -- Money and bids --------------------------------------------------------------------------

struct BudgetLine {
  PartialDate year;
  Money amount;
};

/// What one unit of one currency is worth in another, as the host was told: 11.4235 SEK per EUR.
/// The library knows no rates of its own.
struct ExchangeRate {
  std::string currency;  // ISO 4217; of the amounts that come in
  std::string per;       // ISO 4217; of a line of the budget
  std::string rate;      // units of `currency` for one of `per`: above 0, at most 6 decimals
  PartialDate date;
  std::string source;  // whose rate it is
};

/// What pays for calls: its commitments never exceed its budget.
struct Programme {
  LangText names;
  std::vector<Code> codes;
  std::string fund;                    // vocabulary funds
  std::string managing_authority;      // organisation id
  std::vector<std::string> countries;  // none: no country's own
  Period period;
  std::vector<BudgetLine> budget;
  /// One for each currency, all per one. None: each currency stays by itself.
  std::vector<ExchangeRate> rates;
  std::vector<std::string> themes;
  LangText description;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

/// What a check of the call's rules said when a consortium was checked.
struct CheckedRule {
  std::string kind;     // vocabulary rule-kinds
  std::string outcome;  // vocabulary rule-outcomes
  std::string why;
};

/// Organisations that bid together. Whoever changes its members makes it "forming" again.
struct Consortium {
  LangText names;
  std::string call;   // record id
  std::string state;  // vocabulary consortium-states
  std::vector<Participation> members;
  std::vector<CheckedRule> check;  // of the last step to "checked"
  std::vector<LifeStep> steps;
  std::vector<SourceRecord> sources;
};

struct BidDocument {
  std::string kind;  // as the call's rules name it
  std::string title;
  std::string link;
  std::string hash;  // of its bytes
  PartialDate date;
};

struct Bid {
  std::string call;        // record id
  std::string consortium;  // record id
  LangText titles;
  LangText description;
  std::string state;  // vocabulary bid-states
  Money requested;
  Money total_cost;
  std::vector<BidDocument> documents;
  std::vector<LifeStep> steps;
  std::vector<SourceRecord> sources;
};

/// What a bid was given: a commitment against the programme that pays for its call.
struct Award {
  std::string bid;  // record id
  Money amount;
  std::string project;  // record id: what it became
  PartialDate date;
  std::vector<SourceRecord> sources;
};

// -- Methods and what shows that they work ---------------------------------------------------

/// That a case used a method, and what came of it.
struct MethodUse {
  std::string method;   // record id
  std::string version;  // its label
  LangText effect;
};

/// A release of a method, in one language or several.
struct MethodVersion {
  std::string label;  // "1.0"
  PartialDate date;
  LangText text;
  std::vector<std::string> languages;
  std::string licence;
  std::vector<std::string> links;
  std::string manual;  // link to what lets others run it without its makers
};

/// A tool or a way to proceed that others can take up.
struct Method {
  LangText names;
  std::string kind;   // vocabulary method-kinds
  std::string state;  // vocabulary method-states
  LangText description;
  LangText problem;
  std::vector<std::string> target_groups;
  std::vector<std::string> themes;
  std::string maintainer;               // organisation id
  std::vector<MethodVersion> versions;  // oldest first
  std::string licence;
  std::string superseded_by;              // method id
  std::optional<GradeOverride> standard;  // vocabulary nesta-standards
  std::vector<std::string> links;
  std::vector<LifeStep> steps;
  std::vector<SourceRecord> sources;
};

struct CriterionGrade {
  std::string criterion;  // vocabulary assessment-criteria
  std::string grade;      // vocabulary assessment-grades
  std::string comment;
};

/// What one assessor says of one version of a method.
struct Assessment {
  std::string method;        // record id
  std::string version;       // its label
  std::string assessor;      // a host's own key
  std::string organisation;  // organisation id
  std::string country;
  PartialDate date;
  std::vector<CriterionGrade> grades;
  LangText summary;
  std::vector<SourceRecord> sources;
};

/// A method tried out. What it showed is evidence about the pilot.
struct Pilot {
  std::string method;        // record id
  std::string version;       // its label
  std::string case_study;    // record id
  std::string organisation;  // organisation id: who ran it
  Place place;
  Period period;
  std::string outcome;  // vocabulary pilot-outcomes
  LangText results;
  std::vector<SourceRecord> sources;
};

/// A measured effect, in units of its indicator.
struct Effect {
  std::string indicator;
  std::string unit;
  std::optional<double> baseline;
  std::optional<double> value;
  std::optional<double> low;  // of its interval of confidence
  std::optional<double> high;
};

/// A study: how an effect was measured, and what it was.
struct Evidence {
  std::string about;  // record id: initiative, case study, method, pilot or experiment
  LangText titles;
  LangText question;
  std::vector<std::string> features;  // of its design: vocabulary study-features
  std::optional<std::int64_t> sample;
  std::optional<Share> attrition;
  std::string evaluator;     // organisation id
  std::string independence;  // vocabulary evaluator-independence
  std::vector<Effect> effects;
  std::optional<GradeOverride> maryland;  // vocabulary maryland-scale
  std::string country;
  PartialDate date;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

/// That an organisation handed a method on.
struct Dissemination {
  std::string method;  // record id
  std::string version;
  std::string from;             // organisation id
  std::vector<std::string> to;  // organisation ids
  std::string channel;          // vocabulary dissemination-channels
  std::string language;
  PartialDate date;
  LangText note;
  std::vector<SourceRecord> sources;
};

/// An outcome that an experiment means to measure.
struct PlannedOutcome {
  std::string indicator;
  std::string unit;
  std::optional<double> smallest_effect;  // that the sample can show
};

/// A social experiment: its design, and what came of it against the plan.
struct Experiment {
  LangText titles;
  std::string call;     // record id
  std::string project;  // record id
  std::string lead;     // organisation id
  std::string state;    // vocabulary experiment-states
  LangText question;
  LangText intervention;
  LangText comparison;
  std::vector<std::string> features;  // of its design: vocabulary study-features
  std::string claimed_level;          // vocabulary maryland-scale
  std::vector<PlannedOutcome> outcomes;
  std::optional<std::int64_t> sample_planned;
  std::optional<std::int64_t> sample_reached;
  Period planned;
  Period carried_out;
  std::vector<std::string> principles;  // vocabulary pillar-principles
  std::vector<std::string> target_groups;
  std::vector<std::string> themes;
  std::vector<Place> locations;
  LangText results;
  std::vector<Effect> effects;
  std::vector<LifeStep> steps;
  std::vector<SourceRecord> sources;
};

/// That a policy or a measure took something over.
struct Uptake {
  std::string of;            // record id: experiment, case study, initiative, method or project
  std::string organisation;  // organisation id: who took it over
  std::string kind;          // vocabulary uptake-kinds
  LangText measure;          // what it became
  std::string country;
  PartialDate date;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

// -- Communities and centres -----------------------------------------------------------------

struct Community {
  LangText names;
  LangText description;
  std::vector<std::string> themes;
  Period period;
  std::vector<Participation> members;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

/// Something that a community or a centre did or shares, with those who took part.
struct Exchange {
  std::string within;  // record id: community or centre
  std::string kind;    // vocabulary exchange-kinds
  std::string state;   // vocabulary moderation-states
  LangText titles;
  LangText text;
  std::string author;  // organisation id
  std::vector<Participation> participants;
  std::vector<std::string> themes;
  std::vector<std::string> about;  // record ids: cases, methods, calls
  std::vector<std::string> languages;
  std::vector<Place> locations;
  Period period;
  std::vector<std::string> links;
  std::vector<LifeStep> steps;
  std::vector<SourceRecord> sources;
};

/// What an organisation says in an exchange.
struct Contribution {
  std::string exchange;      // record id
  std::string organisation;  // organisation id
  std::string answers;       // contribution id
  std::string state;         // vocabulary moderation-states
  LangText text;
  Moment at;
  std::vector<std::string> about;  // record ids: cases, methods, calls
  std::vector<LifeStep> steps;
};

struct Service {
  std::string kind;  // vocabulary service-kinds
  LangText names;
  std::vector<std::string> themes;
  std::vector<std::string> languages;
  Period period;
};

/// A national competence centre, and the consortium that carries it.
struct CompetenceCentre {
  LangText names;
  std::string organisation;            // organisation id, where it is one
  std::vector<std::string> countries;  // that it is there for
  std::vector<Participation> members;
  Period period;
  std::vector<Service> services;
  std::vector<std::string> themes;
  std::string project;                    // record id: that pays for it
  std::vector<std::string> predecessors;  // centre ids
  LangText description;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

/// What an organisation or a centre offers, or seeks, to build capacity.
struct Offer {
  std::string of;    // record id: organisation or centre
  std::string side;  // vocabulary offer-sides
  std::string kind;  // vocabulary service-kinds
  std::vector<std::string> themes;
  LangText text;
  std::vector<std::string> languages;
  Period period;
  std::vector<SourceRecord> sources;
};

struct Mentoring {
  std::string from;    // organisation or centre id: the mentor
  std::string to;      // organisation or centre id
  std::string centre;  // record id: that arranged it
  std::vector<std::string> themes;
  Period period;
  LangText text;
  std::vector<SourceRecord> sources;
};

/// One figure of a centre, a community or a programme over a period.
struct Indicator {
  std::string of;  // record id
  std::string indicator;
  std::string unit;
  Period period;
  std::optional<double> value;
  std::optional<double> target;
  std::vector<SourceRecord> sources;
};

/// Good practices in an order, with an introduction.
struct Collection {
  LangText titles;
  LangText introduction;
  std::vector<std::string> cases;  // record ids
  std::string curator;             // organisation id
  PartialDate date;
  std::vector<std::string> links;
  std::vector<SourceRecord> sources;
};

}  // namespace koinon
