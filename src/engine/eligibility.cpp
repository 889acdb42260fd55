// SPDX-License-Identifier: Apache-2.0
#include "engine/eligibility.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "domain/decimal.hpp"
#include "engine/asked_codes.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "koinon/error.hpp"
#include "partners/builder/mapping.hpp"

namespace koinon::engine {

namespace {

constexpr std::size_t most_members = 10'000;

Record record_of(const std::string& id, RecordKind kind, const char* what,
                 store::Snapshot& snapshot) {
  Record record = known_record(snapshot, id);
  if (kind_of(record) != kind) refuse_kind(id, kind_of(record), what);
  return record;
}

void add(std::vector<std::string>& to, const std::vector<std::string>& more) {
  for (const std::string& one : more) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

partners::Told complete(const std::optional<std::vector<std::string>>& told) {
  return told ? partners::Told{*told, true} : partners::Told{};
}

// What a request tells of one member in several places: lists together, of the rest what it tells
// first. What the catalogue knows is the same in each of them, and what is told goes before it.
class OneMember {
 public:
  explicit OneMember(const ConsortiumMember& first) : told_(first) {}

  void add_told(const ConsortiumMember& more, const partners::Party& with, partners::Party& to) {
    add(to.roles, with.roles);
    if (take(told_.country, more.country)) to.country = with.country;
    if (take(told_.kind, more.kind)) to.kind = with.kind;
    if (take(told_.newcomer, more.newcomer)) to.newcomer = with.newcomer;
    if (take(told_.group, more.group)) to.group = with.group;
    if (take(told_.other_bids, more.other_bids)) to.other_bids = with.other_bids;
    add_list(told_.capabilities, more.capabilities, to.capabilities);
    add_list(told_.track_record, more.track_record, to.track_record);
    add_list(told_.documents, more.documents, to.documents);
  }

 private:
  static bool is_told(const std::string& text) { return !text.empty(); }
  template <class T>
  static bool is_told(const std::optional<T>& value) {
    return value.has_value();
  }
  template <class T>
  static bool take(T& told, const T& more) {
    if (is_told(told) || !is_told(more)) return false;
    told = more;
    return true;
  }
  static void add_list(std::optional<std::vector<std::string>>& told,
                       const std::optional<std::vector<std::string>>& more, partners::Told& to) {
    if (!more) return;
    if (!told) told.emplace();
    add(*told, *more);
    to = complete(told);
  }

  ConsortiumMember told_;
};

// Members that are one become one party.
std::vector<partners::Party> merged(const std::vector<ConsortiumMember>& members,
                                    std::vector<partners::Party> parties,
                                    const std::vector<CheckedMember>& shown) {
  std::vector<partners::Party> made;
  std::vector<OneMember> told;
  std::map<std::size_t, std::size_t> of_entity;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    const auto [place, fresh] = of_entity.emplace(shown[i].entity, made.size());
    if (fresh) {
      made.push_back(std::move(parties[i]));
      told.emplace_back(members[i]);
      continue;
    }
    made[place->second].members.push_back(i);
    told[place->second].add_told(members[i], parties[i], made[place->second]);
  }
  return made;
}

// What members ask for together, where all of them say it in one currency. Those who do not apply
// ask for nothing unless they say so.
std::optional<Money> sum(const std::vector<ConsortiumMember>& members,
                         Money ConsortiumMember::*amount, std::string& unclear) {
  Money total;
  for (const ConsortiumMember& member : members) {
    const Money& told = member.*amount;
    const bool silent = !member.grant.minor && !member.budget.minor;
    if (silent && !partners::builder::applies(member.roles)) continue;
    if (!told.minor) return std::nullopt;
    if (total.minor && told.currency != total.currency) {
      unclear = "amounts are told in " + total.currency + " and in " + told.currency;
      return std::nullopt;
    }
    total.currency = told.currency;
    total.minor = total.minor.value_or(0) + *told.minor;
    if (*total.minor > greatest_amount) return std::nullopt;
  }
  return total.minor ? std::optional<Money>(std::move(total)) : std::nullopt;
}

void take_money(const EligibilityRequest& request, partners::BidFacts& bid) {
  bid.eu_share = request.eu_share;
  std::optional<Money> grant = request.grant;
  std::optional<Money> budget = request.budget;
  if (!request.grant.minor)
    grant = sum(request.members, &ConsortiumMember::grant, bid.money_unclear);
  if (!request.budget.minor)
    budget = sum(request.members, &ConsortiumMember::budget, bid.money_unclear);
  if (!grant || !budget) return;
  if (grant->currency != budget->currency) {
    bid.money_unclear =
        "the grant is in " + grant->currency + " and the budget in " + budget->currency;
    return;
  }
  bid.grant = grant->minor;
  bid.budget = budget->minor;
  bid.currency = grant->currency;
}

bool has_rule(const Call& call, const char* kind) {
  return std::any_of(call.rules.begin(), call.rules.end(),
                     [&](const EligibilityRule& rule) { return rule.kind == kind; });
}

}  // namespace

std::int32_t day_number(PartialDate date) {
  if (!date) return 0;
  return date.year * 10000 + (date.month > 0 ? date.month : 12) * 100 +
         (date.day > 0 ? date.day : 31);
}

AskedCall asked_call(const std::string& call, const std::vector<EligibilityRule>& more,
                     PartialDate on, store::Snapshot& snapshot) {
  AskedCall asked;
  asked.id = call;
  asked.on = on;
  if (call.empty() && more.empty())
    throw Error(ErrorCode::InvalidArgument,
                "there is nothing to check: name a call, or give rules");
  if (!call.empty()) {
    const Record record = record_of(call, RecordKind::Call, "a call", snapshot);
    const auto& told = std::get<Call>(record);
    asked.title = title_of(record, snapshot);
    asked.rules = told.rules;
    if (told.rate_cap && !has_rule(told, "rate-cap")) {
      const std::string cap = domain::format_decimal(told.rate_cap->millionths, 6, false);
      asked.rules.push_back({"rate-cap", {{"rate", {cap}}}, ""});
    }
    const auto last = std::max_element(
        told.deadlines.begin(), told.deadlines.end(),
        [](PartialDate a, PartialDate b) { return day_number(a) < day_number(b); });
    if (!asked.on) asked.on = last != told.deadlines.end() ? *last : told.opening;
  }
  asked.rules.insert(asked.rules.end(), more.begin(), more.end());
  return asked;
}

KnownOrganisation known_organisation(const std::string& id, bool as_told, const GraphView& view,
                                     store::Snapshot& snapshot) {
  const Record record = record_of(id, RecordKind::Organisation, "an organisation", snapshot);
  if (as_told) return {id, std::get<Organisation>(record)};
  OrganisationIdentity identity = view.identity(id, snapshot);
  return {std::move(identity.id), std::move(identity.merged)};
}

std::string linked_group(const KnownOrganisation& organisation, bool as_told, const GraphView& view,
                         store::Snapshot& snapshot) {
  std::string top = organisation.id;
  std::string parent = organisation.record.parent;
  std::set<std::string> seen = {top};
  while (!parent.empty()) {
    const std::string next = as_told ? parent : view.merged_id(parent);
    // Records that name each other as parents: of a circle the least id stands for all.
    if (!seen.insert(next).second) return *seen.begin();
    top = next;
    const auto row = snapshot.find(next);
    if (!row || row->state != store::State::Present || row->kind != RecordKind::Organisation) break;
    parent = known_organisation(next, as_told, view, snapshot).record.parent;
  }
  return top;
}

namespace {

// What the catalogue knows of an organisation, in its party.
void take_known(const KnownOrganisation& known, bool as_told, const GraphView& view,
                store::Snapshot& snapshot, partners::Party& party) {
  party.name = name_of(known.record);
  if (party.name.empty()) party.name = known.id;
  party.country = country_of(known.record);
  party.kind = known.record.kind;
  party.capabilities.has = capabilities_of(known.record);
  const GraphView::Experience experience = view.experience(known.id, as_told);
  party.track_record.has = experience.themes;
  if (!experience.works.empty()) party.newcomer = false;
  party.group = linked_group(known, as_told, view, snapshot);
}

KnownOrganisation known_at(const std::string& path, const std::string& id, bool as_told,
                           const GraphView& view, store::Snapshot& snapshot) {
  try {
    return known_organisation(id, as_told, view, snapshot);
  } catch (const Error& error) {
    throw Error(error.code(), path + ".organisation: " + error.what());
  }
}

}  // namespace

std::vector<partners::Party> parties_of(const AskedMembers& asked, bool as_told,
                                        const GraphView& view, store::Snapshot& snapshot,
                                        std::vector<CheckedMember>& shown) {
  const std::vector<ConsortiumMember>& members = asked.members;
  if (members.size() > most_members)
    throw Error(ErrorCode::InvalidArgument, "a consortium has at most 10,000 members");
  AskedCodes codes;
  std::vector<partners::Party> parties;
  std::map<std::string, std::size_t> entities;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const ConsortiumMember& member = members[i];
    const std::string path = asked.path(i);
    partners::Party party;
    party.members = {i};
    CheckedMember checked;
    checked.entity = i;
    checked.organisation = member.organisation;
    party.name = "member " + std::to_string(i + 1);
    if (!member.organisation.empty()) {
      const auto known = known_at(path, member.organisation, as_told, view, snapshot);
      take_known(known, as_told, view, snapshot, party);
      checked.entity = entities.emplace(known.id, i).first->second;
    }
    // An empty text would pass as what is not told: a role that is listed is told.
    for (const std::string& role : member.roles)
      codes.hold("participation-roles", role.empty() ? " " : role, path + ".roles");
    codes.hold("organisation-kinds", member.kind, path + ".kind");
    codes.amount(member.grant, path + ".grant");
    codes.amount(member.budget, path + ".budget");
    add(party.roles, member.roles);
    if (!member.name.empty()) party.name = member.name;
    if (!member.country.empty()) party.country = codes.country(member.country, path + ".country");
    if (!member.kind.empty()) party.kind = member.kind;
    if (member.capabilities) party.capabilities = complete(member.capabilities);
    if (member.track_record) party.track_record = complete(member.track_record);
    if (member.documents) party.documents = complete(member.documents);
    if (member.newcomer) party.newcomer = member.newcomer;
    if (member.group) {
      // A word of the host's own is no id of a record.
      party.group = member.group->empty() ? std::string() : "told:" + *member.group;
    }
    party.other_bids = member.other_bids;
    checked.name = party.name;
    checked.country = party.country;
    checked.kind = party.kind;
    checked.roles = party.roles;
    shown.push_back(std::move(checked));
    parties.push_back(std::move(party));
  }
  codes.finish();
  return parties;
}

EligibilityReport check_eligibility(const EligibilityRequest& request, const GraphView& view,
                                    store::Snapshot& snapshot) {
  AskedCodes codes;
  codes.amount(request.grant, "grant");
  codes.amount(request.budget, "budget");
  codes.day(request.on, "on");
  codes.finish();
  const AskedCall call = asked_call(request.call, request.rules, request.on, snapshot);
  std::vector<CheckedMember> shown;
  partners::BidFacts bid;
  const AskedMembers asked{"members", request.members, {}};
  std::vector<partners::Party> parties = parties_of(asked, request.as_told, view, snapshot, shown);
  bid.parties = merged(request.members, std::move(parties), shown);
  bid.documents = complete(request.documents);
  take_money(request, bid);
  EligibilityReport report = partners::check_rules(call.rules, bid, day_number(call.on));
  report.change = view.reached();
  report.call = call.id;
  report.title = call.title;
  report.on = call.on;
  report.members = std::move(shown);
  return report;
}

}  // namespace koinon::engine
