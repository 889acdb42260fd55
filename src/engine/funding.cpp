// SPDX-License-Identifier: Apache-2.0
#include "engine/funding.hpp"

#include "domain/date.hpp"
#include "domain/merge.hpp"
#include "programme/budget.hpp"
#include "programme/guards.hpp"

namespace koinon::engine {

namespace {

// From when on the clock is to look at a call: what its guards ask of days, and no more.
std::optional<std::int32_t> due_day(const Call& call) {
  if (call.status == "upcoming" && call.opening) return domain::last_day(call.opening);
  if (call.status != "open" || programme::is_permanent(call)) return std::nullopt;
  const auto last = programme::last_deadline(call);
  return last ? std::optional(*last + 1) : std::nullopt;
}

store::FundingRow row_of(const Call& call) {
  store::FundingRow row;
  row.parent = call.programme_record;
  row.state = call.status;
  if (programme::under_way(call.status) && call.budget.minor) {
    row.currency = call.budget.currency;
    row.amount = call.budget.minor;
  }
  row.due = due_day(call);
  return row;
}

}  // namespace

std::optional<store::FundingRow> funding_row(const Record& record) {
  if (const auto* call = std::get_if<Call>(&record)) return row_of(*call);
  store::FundingRow row;
  if (const auto* bid = std::get_if<Bid>(&record)) {
    row.parent = bid->call;
    row.state = bid->state;
    return row;
  }
  const auto* award = std::get_if<Award>(&record);
  if (award == nullptr) return std::nullopt;
  row.parent = award->bid;
  row.currency = award->amount.currency;
  row.amount = award->amount.minor;
  row.project = award->project;
  return row;
}

void keep_links(store::Transaction& transaction, const store::RecordRow& row,
                const Record& record) {
  transaction.set_links(row, domain::linked_records(record));
  if (const auto funding = funding_row(record)) transaction.set_funding(row, *funding);
}

}  // namespace koinon::engine
