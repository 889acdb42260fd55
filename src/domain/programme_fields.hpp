// SPDX-License-Identifier: Apache-2.0
//
// The fields of the records of programme_records.hpp: part of fields.hpp, which is what to include.
#pragma once

#include "domain/field.hpp"
#include "koinon/programme_records.hpp"

namespace koinon::domain {

template <Is<LifeStep> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("from").needed(), r.from);
  v(field("to").needed(), r.to);
  v(field("at"), r.at);
  v(field("by"), r.by);
  v(field("country").is(Rule::Country), r.country);
  v(field("reason"), r.reason);
}

template <Is<GradeOverride> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("grade").needed(), r.grade);
  v(field("reason").needed(), r.reason);
  v(field("by"), r.by);
  v(field("on"), r.on);
}

template <Is<BudgetLine> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("year"), r.year);
  v(field("amount"), r.amount);
}

template <Is<ExchangeRate> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("currency").is(Rule::Currency).needed(), r.currency);
  v(field("per").is(Rule::Currency).needed(), r.per);
  v(field("rate").is(Rule::Rate).needed(), r.rate);
  v(field("date"), r.date);
  v(field("source").needed(), r.source);
}

template <Is<Programme> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field().needed(), r.names);
  v(field("codes"), r.codes);
  v(field("fund").in("funds"), r.fund);
  v(reference("managing_authority"), r.managing_authority);
  v(field("countries").is(Rule::Country), r.countries);
  v(field("period"), r.period);
  v(field("budget"), r.budget);
  v(field("rates"), r.rates);
  v(theme_field("themes"), r.themes);
  v(field("description"), r.description);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<CheckedRule> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("kind").needed(), r.kind);
  v(field("outcome").in("rule-outcomes").needed(), r.outcome);
  v(field("why"), r.why);
}

template <Is<Consortium> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field(), r.names);
  v(reference("call"), r.call);
  v(field("state").in("consortium-states"), r.state);
  v(field("members"), r.members);
  v(field("check"), r.check);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<BidDocument> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("kind").needed(), r.kind);
  v(field("title"), r.title);
  v(field("link").is(Rule::Link), r.link);
  v(field("hash"), r.hash);
  v(field("date"), r.date);
}

template <Is<Bid> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("call").needed(), r.call);
  v(reference("consortium").needed(), r.consortium);
  v(field("titles"), r.titles);
  v(field("description"), r.description);
  v(field("state").in("bid-states"), r.state);
  v(field("requested"), r.requested);
  v(field("total_cost"), r.total_cost);
  v(field("documents"), r.documents);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<Award> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("bid").needed(), r.bid);
  v(field("amount"), r.amount);
  v(reference("project"), r.project);
  v(field("date"), r.date);
  v(field("sources"), r.sources);
}

template <Is<MethodUse> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("method").needed(), r.method);
  v(field("version"), r.version);
  v(field("effect"), r.effect);
}

template <Is<MethodVersion> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("label").needed(), r.label);
  v(field("date"), r.date);
  v(field("text"), r.text);
  v(field("languages").is(Rule::Language), r.languages);
  v(field("licence"), r.licence);
  v(field("links").is(Rule::Link), r.links);
  v(field("manual").is(Rule::Link), r.manual);
}

template <Is<Method> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field().needed(), r.names);
  v(field("kind").in("method-kinds"), r.kind);
  v(field("state").in("method-states"), r.state);
  v(field("description"), r.description);
  v(field("problem"), r.problem);
  v(field("target_groups").in("target-groups"), r.target_groups);
  v(theme_field("themes"), r.themes);
  v(reference("maintainer"), r.maintainer);
  v(field("versions"), r.versions);
  v(field("licence"), r.licence);
  v(reference("superseded_by"), r.superseded_by);
  v(field("standard").in("nesta-standards"), r.standard);
  v(field("links").is(Rule::Link), r.links);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<CriterionGrade> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("criterion").in("assessment-criteria").needed(), r.criterion);
  v(field("grade").in("assessment-grades").needed(), r.grade);
  v(field("comment"), r.comment);
}

template <Is<Assessment> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("method").needed(), r.method);
  v(field("version"), r.version);
  v(field("assessor").needed(), r.assessor);
  v(reference("organisation"), r.organisation);
  v(field("country").is(Rule::Country), r.country);
  v(field("date"), r.date);
  v(field("grades"), r.grades);
  v(field("summary"), r.summary);
  v(field("sources"), r.sources);
}

template <Is<Pilot> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("method").needed(), r.method);
  v(field("version"), r.version);
  v(reference("case_study"), r.case_study);
  v(reference("organisation"), r.organisation);
  v(field("place"), r.place);
  v(field("period"), r.period);
  v(field("outcome").in("pilot-outcomes"), r.outcome);
  v(field("results"), r.results);
  v(field("sources"), r.sources);
}

template <Is<Effect> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("indicator").needed(), r.indicator);
  v(field("unit"), r.unit);
  v(field("baseline"), r.baseline);
  v(field("value"), r.value);
  v(field("low"), r.low);
  v(field("high"), r.high);
}

template <Is<Evidence> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("about").needed(), r.about);
  v(field("titles"), r.titles);
  v(field("question"), r.question);
  v(field("features").in("study-features"), r.features);
  v(field("sample"), r.sample);
  v(field("attrition"), r.attrition);
  v(reference("evaluator"), r.evaluator);
  v(field("independence").in("evaluator-independence"), r.independence);
  v(field("effects"), r.effects);
  v(field("maryland").in("maryland-scale"), r.maryland);
  v(field("country").is(Rule::Country), r.country);
  v(field("date"), r.date);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<Dissemination> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("method").needed(), r.method);
  v(field("version"), r.version);
  v(reference("from"), r.from);
  v(reference("to"), r.to);
  v(field("channel").in("dissemination-channels"), r.channel);
  v(field("language").is(Rule::Language), r.language);
  v(field("date"), r.date);
  v(field("note"), r.note);
  v(field("sources"), r.sources);
}

template <Is<PlannedOutcome> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("indicator").needed(), r.indicator);
  v(field("unit"), r.unit);
  v(field("smallest_effect"), r.smallest_effect);
}

template <Is<Experiment> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("titles").needed(), r.titles);
  v(reference("call"), r.call);
  v(reference("project"), r.project);
  v(reference("lead"), r.lead);
  v(field("state").in("experiment-states"), r.state);
  v(field("question"), r.question);
  v(field("intervention"), r.intervention);
  v(field("comparison"), r.comparison);
  v(field("features").in("study-features"), r.features);
  v(field("claimed_level").in("maryland-scale"), r.claimed_level);
  v(field("outcomes"), r.outcomes);
  v(field("sample_planned"), r.sample_planned);
  v(field("sample_reached"), r.sample_reached);
  v(field("planned"), r.planned);
  v(field("carried_out"), r.carried_out);
  v(field("principles").in("pillar-principles"), r.principles);
  v(field("target_groups").in("target-groups"), r.target_groups);
  v(theme_field("themes"), r.themes);
  v(field("locations"), r.locations);
  v(field("results"), r.results);
  v(field("effects"), r.effects);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<Uptake> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("of").needed(), r.of);
  v(reference("organisation"), r.organisation);
  v(field("kind").in("uptake-kinds"), r.kind);
  v(field("measure"), r.measure);
  v(field("country").is(Rule::Country), r.country);
  v(field("date"), r.date);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<Community> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field().needed(), r.names);
  v(field("description"), r.description);
  v(theme_field("themes"), r.themes);
  v(field("period"), r.period);
  v(field("members"), r.members);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<Exchange> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("within"), r.within);
  v(field("kind").in("exchange-kinds"), r.kind);
  v(field("state").in("moderation-states"), r.state);
  v(field("titles"), r.titles);
  v(field("text"), r.text);
  v(reference("author"), r.author);
  v(field("participants"), r.participants);
  v(theme_field("themes"), r.themes);
  v(reference("about"), r.about);
  v(field("languages").is(Rule::Language), r.languages);
  v(field("locations"), r.locations);
  v(field("period"), r.period);
  v(field("links").is(Rule::Link), r.links);
  v(field("steps"), r.steps);
  v(field("sources"), r.sources);
}

template <Is<Contribution> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("exchange").needed(), r.exchange);
  v(reference("organisation"), r.organisation);
  v(reference("answers"), r.answers);
  v(field("state").in("moderation-states"), r.state);
  v(field("text").needed(), r.text);
  v(field("at"), r.at);
  v(reference("about"), r.about);
  v(field("steps"), r.steps);
}

template <Is<Service> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("kind").in("service-kinds").needed(), r.kind);
  v(names_field(), r.names);
  v(theme_field("themes"), r.themes);
  v(field("languages").is(Rule::Language), r.languages);
  v(field("period"), r.period);
}

template <Is<CompetenceCentre> T, class V>
void visit_fields(T& r, V&& v) {
  v(names_field().needed(), r.names);
  v(reference("organisation"), r.organisation);
  v(field("countries").is(Rule::Country), r.countries);
  v(field("members"), r.members);
  v(field("period"), r.period);
  v(field("services"), r.services);
  v(theme_field("themes"), r.themes);
  v(reference("project"), r.project);
  v(reference("predecessors"), r.predecessors);
  v(field("description"), r.description);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

template <Is<Offer> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("of").needed(), r.of);
  v(field("side").in("offer-sides").needed(), r.side);
  v(field("kind").in("service-kinds"), r.kind);
  v(theme_field("themes"), r.themes);
  v(field("text"), r.text);
  v(field("languages").is(Rule::Language), r.languages);
  v(field("period"), r.period);
  v(field("sources"), r.sources);
}

template <Is<Mentoring> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("from").needed(), r.from);
  v(reference("to").needed(), r.to);
  v(reference("centre"), r.centre);
  v(theme_field("themes"), r.themes);
  v(field("period"), r.period);
  v(field("text"), r.text);
  v(field("sources"), r.sources);
}

template <Is<Indicator> T, class V>
void visit_fields(T& r, V&& v) {
  v(reference("of").needed(), r.of);
  v(field("indicator").needed(), r.indicator);
  v(field("unit"), r.unit);
  v(field("period"), r.period);
  v(field("value"), r.value);
  v(field("target"), r.target);
  v(field("sources"), r.sources);
}

template <Is<Collection> T, class V>
void visit_fields(T& r, V&& v) {
  v(field("titles").needed(), r.titles);
  v(field("introduction"), r.introduction);
  v(reference("cases"), r.cases);
  v(reference("curator"), r.curator);
  v(field("date"), r.date);
  v(field("links").is(Rule::Link), r.links);
  v(field("sources"), r.sources);
}

}  // namespace koinon::domain
