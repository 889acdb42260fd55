// SPDX-License-Identifier: Apache-2.0
//
// The one description of every record type: its fields in order, their names in files, the rule
// that each must hold. Validation, the JSON form and whatever else walks a record are visitors of
// it, so a new field is added here and in records.hpp, and nowhere else.
//
// A visitor is called as visitor(Field, member) for each member; const records give const members.
#pragma once

#include "domain/field.hpp"
#include "domain/programme_fields.hpp"
#include "koinon/records.hpp"

namespace koinon::domain {

template <Is<Period> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("from"), r.from);
  v(field("to"), r.to);
}

template <Is<Identifier> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("scheme").in("identifier-schemes").needed(), r.scheme);
  v(field("value").needed(), r.value);
  v(field("country").is(Rule::Country), r.country);
  v(field("source"), r.source);
  v(field("valid"), r.valid);
  v(field("confidence"), r.confidence);
}

template <Is<Place> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("role").in("place-roles"), r.role);
  v(field("country").is(Rule::Country), r.country);
  v(field("nuts").is(Rule::Nuts), r.nuts);
  v(field("nuts_version"), r.nuts_version);
  v(field("region"), r.region);
  v(field("locality"), r.locality);
  v(field("postcode"), r.postcode);
  v(field("latitude").is(Rule::Latitude), r.latitude);
  v(field("longitude").is(Rule::Longitude), r.longitude);
}

template <Is<Participation> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("organisation").needed(), r.organisation);
  v(field("role").in("participation-roles").needed(), r.role);
  v(field("share"), r.share);
  v(field("contribution"), r.contribution);
  v(field("period"), r.period);
}

template <Is<Tag> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("scheme").needed(), r.scheme);
  v(field("value").needed(), r.value);
}

template <Is<SourceRecord> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("portal").needed(), r.portal);
  v(field("local_id"), r.local_id);
  v(field("url").is(Rule::Link), r.url);
  v(field("title"), r.title);
  v(field("hash"), r.hash);
  v(field("fetched"), r.fetched);
}

template <Is<Statement> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("author").needed(), r.author);
  v(field("role").in("statement-roles").needed(), r.role);
  v(field("text").needed(), r.text);
  v(field("date"), r.date);
}

template <Is<Code> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("issuer").needed(), r.issuer);
  v(field("value").needed(), r.value);
}

template <Is<EligibilityRule> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("kind").needed(), r.kind);  // an unknown kind is kept, and reported when it is checked
  v(field("parameters"), r.parameters);
  v(field("legal_text"), r.legal_text);
}

template <Is<Organisation> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field(), r.names);
  v(field("aliases"), r.aliases);
  v(field("kind").in("organisation-kinds"), r.kind);
  v(field("legal_form"), r.legal_form);
  v(field("identifiers"), r.identifiers);
  v(field("addresses"), r.addresses);
  v(reference("parent"), r.parent);
  v(reference("predecessors"), r.predecessors);
  v(field("description"), r.description);
  v(theme_field("offers"), r.offers);
  v(theme_field("seeks"), r.seeks);
  v(field("languages").is(Rule::Language), r.languages);
  v(field("website").is(Rule::Link), r.website);
  v(field("contact_token"), r.contact_token);
  v(field("tags"), r.tags);
  v(field("sources"), r.sources);
}

template <Is<Initiative> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field().needed(), r.names);
  v(field("stage").in("stages"), r.stage);
  v(field("origin"), r.origin);
  v(field("sources"), r.sources);
  v(field("standard").in("nesta-standards"), r.standard);
}

template <Is<CaseStudy> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("initiative").needed(), r.initiative);
  v(field("state").in("case-states"), r.state);
  v(field("title"), r.title);
  v(field("summary"), r.summary);
  v(field("problem"), r.problem);
  v(field("solution"), r.solution);
  v(field("results"), r.results);
  v(field("lessons"), r.lessons);
  v(field("transferability"), r.transferability);
  v(field("description"), r.description);
  v(field("level").in("levels-of-action"), r.level);
  v(field("initiative_types").in("initiative-types"), r.initiative_types);
  v(field("target_groups").in("target-groups"), r.target_groups);
  v(field("objectives").in("objectives"), r.objectives);
  v(field("principles").in("pillar-principles"), r.principles);
  v(theme_field("themes"), r.themes);
  v(field("tags"), r.tags);
  v(field("locations"), r.locations);
  v(reference("projects"), r.projects);
  v(field("period"), r.period);
  v(field("running").in("running-states"), r.running);
  v(field("budget"), r.budget);
  v(field("funding_sources"), r.funding_sources);
  v(reference("lead_organisation"), r.lead_organisation);
  v(field("participations"), r.participations);
  v(field("statements"), r.statements);
  v(field("methods"), r.methods);
  v(field("links").is(Rule::Link), r.links);
  v(field("licence"), r.licence);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<Project> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("codes"), r.codes);
  v(field("titles"), r.titles);
  v(field("acronym"), r.acronym);
  v(field("description"), r.description);
  v(reference("initiatives"), r.initiatives);
  v(field("period"), r.period);
  v(field("total_budget"), r.total_budget);
  v(field("eu_budget"), r.eu_budget);
  v(field("locations"), r.locations);
  v(theme_field("themes"), r.themes);
  v(field("tags"), r.tags);
  v(field("fund").in("funds"), r.fund);
  v(field("programme"), r.programme);
  v(reference("call"), r.call);
  v(field("cost_forms").in("cost-forms"), r.cost_forms);
  v(field("participations"), r.participations);
  v(field("partner_names"), r.partner_names);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<Call> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("codes"), r.codes);
  v(field("titles"), r.titles);
  v(field("programme"), r.programme);
  v(reference("programme_record"), r.programme_record);
  v(field("description"), r.description);
  v(field("model").in("call-models"), r.model);
  v(field("status").in("call-states"), r.status);
  v(field("opening"), r.opening);
  v(field("deadlines"), r.deadlines);
  v(field("budget"), r.budget);
  v(field("grant_min"), r.grant_min);
  v(field("grant_max"), r.grant_max);
  v(field("rate_cap"), r.rate_cap);
  v(theme_field("themes"), r.themes);
  v(field("tags"), r.tags);
  v(field("rules"), r.rules);
  v(field("links").is(Rule::Link), r.links);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<Concept> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("scheme").needed(), r.scheme);
  v(field("notation"), r.notation);
  v(field("labels").needed(), r.labels);
  v(field("alternative_labels").many(), r.alternative_labels);
  v(field("definition"), r.definition);
  v(reference("broader"), r.broader);
  v(reference("related"), r.related);
  v(field("sources"), r.sources);
}

template <Is<MatchDecision> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("left").needed(), r.left);
  v(reference("right").needed(), r.right);
  v(field("verdict").in("match-verdicts").needed(), r.verdict);
  v(field("decided_by"), r.decided_by);
  v(field("decided_on"), r.decided_on);
  v(field("reason"), r.reason);
  v(reference("undoes"), r.undoes);
  v(field("probability"), r.probability);
}

template <Is<Replication> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("parent").needed(), r.parent);
  v(reference("child").needed(), r.child);
  v(field("kind").in("replication-kinds"), r.kind);
  v(field("date"), r.date);
  v(field("changes"), r.changes);
  v(field("fidelity"), r.fidelity);
  v(field("confidence"), r.confidence);
  v(field("evidence"), r.evidence);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

}  // namespace koinon::domain
