// SPDX-License-Identifier: Apache-2.0
#include "engine/life_facts.hpp"

#include <algorithm>
#include <utility>

#include "data/vocabulary.hpp"
#include "domain/life.hpp"
#include "engine/award_guard.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "programme/transition.hpp"

namespace koinon::engine {

namespace {

constexpr Timestamp day_length = 24 * 60 * 60 * 1000;

Record decoded(RecordKind kind, const std::string& body) {
  return exchange::from_json(kind, body).record;
}

// A record but for what a step writes.
std::string without_life(Record record) {
  domain::state_of(record).clear();
  domain::steps_of(record).clear();
  if (auto* consortium = std::get_if<Consortium>(&record)) consortium->check.clear();
  return exchange::to_json(record);
}

// Whether a version is but a step further than the one before.
bool only_moved(RecordKind kind, const store::Entry& version, const store::Entry& before) {
  if (before.body.empty()) return false;
  const Record now = decoded(kind, version.body);
  const Record then = decoded(kind, before.body);
  return domain::steps_of(now)->size() > domain::steps_of(then)->size() &&
         without_life(now) == without_life(then);
}

// Whoever takes a step writes a version too, and is no author for that.
bool wrote(store::Reader& reader, const LivingRecord& living, const std::string& actor) {
  for (const LifeStep& step : *domain::steps_of(living.record)) {
    if (step.by == actor && step.to == "submitted") return true;
  }
  std::optional<store::Entry> theirs;  // a version of the actor, the one before it not yet seen
  for (std::uint64_t n = living.row.change; n != 0;) {
    store::Entry entry = reader.entry(n);
    n = entry.previous;
    if (entry.what != ChangeKind::Put) continue;
    if (theirs && !only_moved(living.row.kind, *theirs, entry)) return true;
    theirs.reset();
    if (entry.by == actor) theirs = std::move(entry);
  }
  return theirs.has_value();
}

void add(std::vector<std::string>& countries, const std::string& country) {
  if (country.empty()) return;
  if (std::find(countries.begin(), countries.end(), country) == countries.end())
    countries.push_back(country);
}

std::vector<std::string> countries_of(store::Reader& reader, const CaseStudy& study) {
  std::vector<std::string> countries;
  for (const Place& place : study.locations)
    add(countries, place.country.empty() ? place.nuts.substr(0, 2) : place.country);
  const auto lead = present<Organisation>(reader, study.lead_organisation);
  if (lead) add(countries, country_of(*lead));
  return countries;
}

std::vector<Money> awards_of_bid(store::Reader& reader, const std::string& bid) {
  std::vector<Money> awards;
  for (const auto& award : linked<Award>(reader, bid)) {
    if (award.record.bid == bid) awards.push_back(award.record.amount);
  }
  return awards;
}

std::vector<Money> awards_of_consortium(store::Reader& reader, const std::string& consortium) {
  std::vector<Money> awards;
  for (const store::RecordRow& row : reader.linked_to(consortium, RecordKind::Bid)) {
    for (Money& award : awards_of_bid(reader, row.id)) awards.push_back(std::move(award));
  }
  return awards;
}

programme::CallMoney call_money(store::Reader& reader, const std::string& id, const Call& call) {
  programme::CallMoney money{id, call.status, call.budget, {}};
  for (const store::RecordRow& row : reader.linked_to(id, RecordKind::Bid)) {
    for (Money& award : awards_of_bid(reader, row.id)) money.awards.push_back(std::move(award));
  }
  return money;
}

const std::string* call_named_by(const Record& record) {
  if (const auto* bid = std::get_if<Bid>(&record)) return &bid->call;
  if (const auto* consortium = std::get_if<Consortium>(&record)) return &consortium->call;
  return nullptr;
}

void take_method(const LivingRecord& living, store::Reader& reader, programme::Facts& facts) {
  const auto* method = std::get_if<Method>(&living.record);
  if (method == nullptr) return;
  const std::string& id = living.row.id;
  using Number = programme::Lazy<std::size_t>;
  facts.assessments = Number::by([&reader, &id] {
    return static_cast<std::size_t>(reader.count_linked_to(id, RecordKind::Assessment));
  });
  facts.pilots = Number::by([&reader, &id] {
    return static_cast<std::size_t>(reader.count_linked_to(id, RecordKind::Pilot));
  });
  facts.pilots_with_evidence = Number::by([&reader, &id] {
    std::size_t count = 0;
    for (const store::RecordRow& pilot : reader.linked_to(id, RecordKind::Pilot))
      count += reader.count_linked_to(pilot.id, RecordKind::Evidence) > 0 ? 1 : 0;
    return count;
  });
  facts.successor_there = programme::Lazy<bool>::by(
      [&reader, method] { return present<Method>(reader, method->superseded_by).has_value(); });
}

// As it was at a moment: a bid that is put in later was made in the call that was open then.
std::optional<Call> call_at(store::Reader& reader, const std::string& id, Timestamp at) {
  auto call = present<Call>(reader, id);
  if (call) call->status = programme::state_at(Record(*call), at);
  return call;
}

void take_call(const LivingRecord& living, Timestamp now, store::Reader& reader,
               programme::Facts& facts) {
  using Asked = programme::Lazy<std::optional<Call>>;
  if (const auto* call = std::get_if<Call>(&living.record)) {
    facts.call_id = living.row.id;
    facts.call = std::optional<Call>(*call);
  } else if (const std::string* named = call_named_by(living.record)) {
    facts.call_id = *named;
    facts.call = Asked::by([&reader, named, now] { return call_at(reader, *named, now); });
  }
  facts.programme = programme::Lazy<std::optional<programme::ProgrammeMoney>>::by(
      [&reader, call = facts.call,
       id = facts.call_id]() -> std::optional<programme::ProgrammeMoney> {
        if (!*call) return std::nullopt;
        return programme_sums(reader, (*call)->programme_record, id);
      });
}

}  // namespace

std::int32_t day_of(Timestamp at) {
  return static_cast<std::int32_t>((at - ((at % day_length) + day_length) % day_length) /
                                   day_length);
}

LivingRecord living_record(store::Reader& reader, const std::string& id) {
  const auto row = reader.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  if (row->state == store::State::Erased) throw Error(ErrorCode::Erased, "'" + id + "' was erased");
  if (row->state != store::State::Present)
    throw Error(ErrorCode::NotFound, "'" + id + "' was removed");
  LivingRecord living;
  living.row = *row;
  living.table = programme::life_cycle_of(row->kind);
  if (living.table == nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                "'" + id + "' is " + a_kind(row->kind) + ", which has no life cycle");
  }
  living.record = decoded(row->kind, reader.body(row->change));
  return living;
}

std::optional<programme::ProgrammeMoney> programme_money(store::Reader& reader,
                                                         const std::string& id) {
  const auto told = present<Programme>(reader, id);
  if (!told) return std::nullopt;
  programme::ProgrammeMoney money;
  money.id = id;
  money.lines = told->budget;
  money.rates = programme::Rates(told->rates);
  for (const store::RecordRow& row : reader.linked_to(id, RecordKind::Call)) {
    const auto call = decoded(row.kind, reader.body(row.change));
    money.calls.push_back(call_money(reader, row.id, std::get<Call>(call)));
  }
  return money;
}

namespace {

// A call with the sums that the store keeps of its awards.
programme::CallMoney call_sums(store::Reader& reader, const std::string& id) {
  programme::CallMoney money;
  money.id = id;
  for (const store::Commitment& sum : reader.committed(id, RecordKind::Bid))
    money.awards.push_back({sum.awarded, sum.currency, {}});
  return money;
}

}  // namespace

std::optional<programme::ProgrammeMoney> programme_sums(store::Reader& reader,
                                                        const std::string& id,
                                                        const std::string& call) {
  if (!reader.knows_funding()) return programme_money(reader, id);
  const auto told = present<Programme>(reader, id);
  if (!told) return std::nullopt;
  programme::ProgrammeMoney money;
  money.id = id;
  money.lines = told->budget;
  money.rates = programme::Rates(told->rates);
  std::vector<std::string> apart;
  // The awards of a call count in what it plans, which sums of each currency cannot say.
  if (!told->rates.empty()) apart = reader.calls_across_currencies(id);
  std::erase(apart, call);
  for (const std::string& other : apart) {
    programme::CallMoney& one = money.calls.emplace_back(call_sums(reader, other));
    const auto record = present<Call>(reader, other);
    if (!record) continue;
    one.state = record->status;
    one.budget = record->budget;
  }
  if (!call.empty()) {
    money.calls.push_back(call_sums(reader, call));
    apart.push_back(call);
  }
  for (const store::Commitment& sum : reader.committed(id, RecordKind::Call, apart)) {
    money.awarded.add({sum.awarded, sum.currency, {}});
    money.promised.add({sum.promised, sum.currency, {}});
  }
  return money;
}

programme::Facts facts_of(const LivingRecord& living, const Actor& actor, Timestamp now,
                          store::Reader& reader, AskEligibility eligibility) {
  programme::Facts facts;
  const Record& record = living.record;
  const std::string& id = living.row.id;
  facts.record = &record;
  facts.id = id;
  facts.actor = actor.by;
  facts.country = actor.country;
  facts.today = day_of(now);
  facts.actor_wrote_it = programme::Lazy<bool>::by(
      [&reader, &living, by = actor.by] { return wrote(reader, living, by); });
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    facts.countries = programme::Lazy<std::vector<std::string>>::by(
        [&reader, study] { return countries_of(reader, *study); });
  }
  take_method(living, reader, facts);
  take_call(living, now, reader, facts);
  if (const auto* bid = std::get_if<Bid>(&record)) {
    facts.consortium = programme::Lazy<std::optional<Consortium>>::by(
        [&reader, bid] { return present<Consortium>(reader, bid->consortium); });
    facts.awards = programme::Lazy<std::vector<Money>>::by(
        [&reader, &id] { return awards_of_bid(reader, id); });
    facts.awarded_in_call = programme::Lazy<programme::Sums>::by(
        [&reader, bid] { return awarded_in(reader, bid->call); });
  } else if (std::holds_alternative<Consortium>(record)) {
    facts.awards = programme::Lazy<std::vector<Money>>::by(
        [&reader, &id] { return awards_of_consortium(reader, id); });
    facts.eligibility =
        programme::Lazy<std::optional<EligibilityReport>>::by(std::move(eligibility));
  }
  facts.uptakes = programme::Lazy<std::size_t>::by([&reader, &id] {
    return static_cast<std::size_t>(reader.count_linked_to(id, RecordKind::Uptake));
  });
  return facts;
}

std::optional<EligibilityRequest> eligibility_request(store::Reader& reader, const std::string& id,
                                                      const Consortium& consortium) {
  if (!present<Call>(reader, consortium.call)) return std::nullopt;
  EligibilityRequest request;
  request.call = consortium.call;
  for (const Participation& told : consortium.members) {
    ConsortiumMember& member = request.members.emplace_back();
    member.organisation = told.organisation;
    if (!told.role.empty()) member.roles = {told.role};
  }
  for (const auto& [bid_id, bid] : linked<Bid>(reader, id)) {
    if (bid.consortium != id || bid.call != consortium.call || bid.state == "withdrawn" ||
        bid.state == "rejected")
      continue;
    if (bid.requested.minor.value_or(-1) >= 0) request.grant = bid.requested;
    if (bid.total_cost.minor.value_or(-1) >= 0) request.budget = bid.total_cost;
  }
  return request;
}

Actor known_actor(const Actor& told) {
  Actor actor = told;
  if (told.country.empty()) return actor;
  const data::Entry* entry = data::vocabulary("countries")->named(told.country);
  if (entry == nullptr) {
    const std::string message = "'" + told.country + "' is no country";
    throw Error(ErrorCode::InvalidArgument, message, {{"country", "unknown_code", message}});
  }
  actor.country = entry->code;
  return actor;
}

}  // namespace koinon::engine
