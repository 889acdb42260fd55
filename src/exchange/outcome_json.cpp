// SPDX-License-Identifier: Apache-2.0
#include "domain/decimal.hpp"
#include "exchange/answer_json.hpp"
#include "koinon/outcome.hpp"

namespace koinon::exchange {

namespace {

Ordered records_json(const std::vector<OutcomeRecord>& records) {
  return list_json(records, [](const OutcomeRecord& each) -> Ordered {
    return {{"id", each.id}, {"title", each.title}, {"countries", each.countries}};
  });
}

std::string amount_of(std::int64_t minor, const std::string& currency) {
  return domain::format_decimal(minor, domain::currency_digits(currency), true);
}

Ordered json_of(const Outcome& outcome) {
  const auto count = [](const CodeCount& each) -> Ordered {
    return {{"code", each.code}, {"count", each.count}};
  };
  const auto amount = [](const OutcomeAmount& each) -> Ordered {
    Ordered told;
    if (each.minor) told = amount_of(*each.minor, each.currency);
    return {{"currency", each.currency}, {"amount", std::move(told)}, {"awards", each.awards}};
  };
  const auto cost = [](const OutcomeCost& each) -> Ordered {
    return {{"currency", each.currency},
            {"result", each.result},
            {"results", each.results},
            {"amount", amount_of(each.minor, each.currency)}};
  };
  return {{"change", outcome.change},
          {"id", outcome.id},
          {"kind", outcome.kind},
          {"title", outcome.title},
          {"calls", outcome.calls},
          {"bids", list_json(outcome.bids, count)},
          {"awarded", list_json(outcome.awarded, amount)},
          {"projects", records_json(outcome.projects)},
          {"initiatives", records_json(outcome.initiatives)},
          {"cases", records_json(outcome.cases)},
          {"uptakes", records_json(outcome.uptakes)},
          {"replicas", outcome.replicas},
          {"countries", outcome.countries},
          {"reached", outcome.reached},
          {"costs", list_json(outcome.costs, cost)}};
}

}  // namespace

}  // namespace koinon::exchange

namespace koinon {

std::string to_json(const Outcome& outcome) {
  return exchange::dumped(exchange::json_of(outcome));
}

}  // namespace koinon
