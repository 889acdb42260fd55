// SPDX-License-Identifier: Apache-2.0
#include "exchange/evidence_json.hpp"
#include "koinon/centres.hpp"
#include "koinon/communities.hpp"

namespace koinon::exchange {

namespace {

Ordered json_of(const MemberShown& member) {
  return {{"organisation", member.organisation},
          {"name", member.name},
          {"country", member.country},
          {"role", member.role},
          {"period", period_json(member.period)}};
}

Ordered json_of(const std::vector<CodeCount>& counts) {
  return list_json(counts, [](const CodeCount& each) -> Ordered {
    return {{"code", each.code}, {"count", each.count}};
  });
}

Ordered members_json(const std::vector<MemberShown>& members) {
  return list_json(members, [](const MemberShown& member) { return json_of(member); });
}

Ordered json_of(const CommunityReport& report) {
  const auto period = [](const CommunityPeriod& each) -> Ordered {
    return {{"period", each.period},
            {"exchanges", json_of(each.exchanges)},
            {"contributions", each.contributions},
            {"organisations", each.organisations},
            {"countries", each.countries}};
  };
  return {{"change", report.change},
          {"id", report.id},
          {"title", report.title},
          {"themes", report.themes},
          {"period", period_json(report.period)},
          {"as_of", date_json(report.as_of)},
          {"members", members_json(report.members)},
          {"countries", report.countries},
          {"periods", list_json(report.periods, period)},
          {"themes_discussed", json_of(report.themes_discussed)},
          {"exchanges", report.exchanges},
          {"contributions", report.contributions},
          {"organisations", report.organisations},
          {"reached", report.reached},
          {"pending", report.pending}};
}

Ordered json_of(const SolvedRecord& record) {
  return {{"id", record.id},
          {"kind", record.kind},
          {"title", record.title},
          {"language", record.language},
          {"countries", record.countries},
          {"score", record.score},
          {"reasons", fit_json(record.reasons)},
          {"roles", record.roles}};
}

Ordered json_of(const CentreShown& centre) {
  return {{"id", centre.id},
          {"title", centre.title},
          {"organisation", centre.organisation},
          {"period", period_json(centre.period)},
          {"countries", centre.countries},
          {"members", members_json(centre.members)},
          {"services", json_of(centre.services)},
          {"predecessors", centre.predecessors}};
}

Ordered coverage_json(const std::vector<CountryCoverage>& countries) {
  return list_json(countries, [](const CountryCoverage& each) -> Ordered {
    return {{"country", each.country}, {"centres", each.centres}};
  });
}

Ordered json_of(const Service& service) {
  return {{"kind", service.kind},
          {"names", texts_json(service.names)},
          {"themes", service.themes},
          {"languages", service.languages},
          {"period", period_json(service.period)}};
}

Ordered json_of(const OfferShown& offer) {
  return {{"id", offer.id},
          {"of", offer.of},
          {"side", offer.side},
          {"kind", offer.kind},
          {"themes", offer.themes},
          {"languages", offer.languages},
          {"period", period_json(offer.period)}};
}

Ordered json_of(const MentoringShown& mentoring) {
  return {{"id", mentoring.id},
          {"from", mentoring.from},
          {"from_name", mentoring.from_name},
          {"to", mentoring.to},
          {"to_name", mentoring.to_name},
          {"themes", mentoring.themes},
          {"period", period_json(mentoring.period)}};
}

Ordered json_of(const IndicatorSeries& series) {
  const auto value = [](const IndicatorValue& each) -> Ordered {
    return {{"period", period_json(each.period)},
            {"value", number_json(each.value)},
            {"target", number_json(each.target)}};
  };
  return {{"indicator", series.indicator},
          {"unit", series.unit},
          {"values", list_json(series.values, value)}};
}

template <class Values>
Ordered each_json(const Values& values) {
  return list_json(values, [](const auto& value) { return json_of(value); });
}

}  // namespace

}  // namespace koinon::exchange

namespace koinon {

using namespace exchange;

std::string to_json(const CommunityReport& report) {
  return dumped(json_of(report));
}

std::string to_json(const SolvedAnswer& answer) {
  const auto organisation = [](const SolvedOrganisation& each) -> Ordered {
    return {{"id", each.id},
            {"name", each.name},
            {"country", each.country},
            {"kind", each.kind},
            {"authority", each.authority},
            {"score", each.score},
            {"records", each.records},
            {"works", each_json(each.works)}};
  };
  return dumped({{"change", answer.change},
                 {"considered", answer.considered},
                 {"organisations", list_json(answer.organisations, organisation)},
                 {"cases", each_json(answer.cases)},
                 {"methods", each_json(answer.methods)}});
}

std::string to_json(const CentresAnswer& answer) {
  return dumped({{"change", answer.change},
                 {"as_of", date_json(answer.as_of)},
                 {"group", answer.group},
                 {"centres", each_json(answer.centres)},
                 {"covered", coverage_json(answer.covered)},
                 {"uncovered", answer.uncovered},
                 {"more_than_once", answer.more_than_once},
                 {"beyond", coverage_json(answer.beyond)}});
}

std::string to_json(const CentreReport& report) {
  return dumped({{"change", report.change},
                 {"as_of", date_json(report.as_of)},
                 {"centre", json_of(report.centre)},
                 {"services", each_json(report.services)},
                 {"offers", each_json(report.offers)},
                 {"mentoring", each_json(report.mentoring)},
                 {"indicators", each_json(report.indicators)},
                 {"successors", report.successors},
                 {"exchanges", json_of(report.exchanges)}});
}

}  // namespace koinon
