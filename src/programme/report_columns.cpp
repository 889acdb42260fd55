// SPDX-License-Identifier: Apache-2.0
#include "programme/report_columns.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "domain/date.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "programme/grades.hpp"
#include "programme/membership.hpp"

namespace koinon::programme {

namespace {

constexpr std::int32_t unknown_from = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t unknown_to = std::numeric_limits<std::int32_t>::max();

// Where a record is, or is carried out: seats of partners are not.
std::vector<std::string> countries_of(const std::vector<Place>& places) {
  std::vector<std::string> countries;
  for (const Place& place : places) {
    if (place.role != "partner" && !place.country.empty()) countries.push_back(place.country);
  }
  return countries;
}

std::vector<std::string> one(const std::string& code) {
  return code.empty() ? std::vector<std::string>() : std::vector<std::string>{code};
}

std::string year_of(const PartialDate& date) {
  return date ? std::to_string(date.year) : std::string();
}

PartialDate earliest(const std::vector<PartialDate>& dates) {
  PartialDate first;
  for (const PartialDate& date : dates) {
    if (date && (!first || domain::first_day(date) < domain::first_day(first))) first = date;
  }
  return first;
}

// Calls put(dimension, codes) for everything that a record tells of itself; a kind has the
// dimensions that this tells of it, whatever the record.
template <class T, class Put>
void tell_codes(const T& r, Put&& put) {
  if constexpr (requires { r.addresses; }) put(Dimension::Country, countries_of(r.addresses));
  if constexpr (requires { r.locations; }) put(Dimension::Country, countries_of(r.locations));
  if constexpr (requires { r.origin; }) put(Dimension::Country, one(r.origin.country));
  if constexpr (requires { r.place; }) put(Dimension::Country, one(r.place.country));
  if constexpr (requires { r.countries; }) put(Dimension::Country, r.countries);
  if constexpr (requires { r.country; }) put(Dimension::Country, one(r.country));
  if constexpr (requires { r.themes; }) put(Dimension::Theme, r.themes);
  if constexpr (requires { r.target_groups; }) put(Dimension::TargetGroup, r.target_groups);
  if constexpr (requires { r.objectives; }) put(Dimension::Objective, r.objectives);
  if constexpr (requires { r.principles; }) put(Dimension::Principle, r.principles);
  if constexpr (requires { r.state; }) put(Dimension::State, one(r.state));
  if constexpr (requires { r.status; }) put(Dimension::State, one(r.status));
  if constexpr (requires { r.stage; }) put(Dimension::Stage, one(r.stage));
  if constexpr (requires { r.level; }) put(Dimension::Level, one(r.level));
  if constexpr (requires { r.initiative_types; }) put(Dimension::Type, r.initiative_types);
  if constexpr (requires { r.kind; }) put(Dimension::Type, one(r.kind));
  if constexpr (requires { r.running; }) put(Dimension::Running, one(r.running));
  if constexpr (requires { r.fund; }) put(Dimension::Fund, one(r.fund));
  if constexpr (requires { r.programme; }) put(Dimension::Programme, one(r.programme));
  if constexpr (requires { r.cost_forms; }) put(Dimension::CostForm, r.cost_forms);
  if constexpr (requires { r.model; }) put(Dimension::Model, one(r.model));
  if constexpr (requires { r.side; }) put(Dimension::Side, one(r.side));
  if constexpr (requires { r.channel; }) put(Dimension::Channel, one(r.channel));
  if constexpr (requires { r.language; }) put(Dimension::Language, one(r.language));
  if constexpr (requires { r.languages; }) put(Dimension::Language, r.languages);
  if constexpr (requires { r.outcome; }) put(Dimension::Outcome, one(r.outcome));
  if constexpr (requires { r.independence; }) put(Dimension::Independence, one(r.independence));
  if constexpr (std::is_same_v<T, Evidence>) put(Dimension::Evidence, one(maryland_of(r).grade));
  if constexpr (requires { r.deadlines; }) {
    put(Dimension::Year, one(year_of(r.opening ? r.opening : earliest(r.deadlines))));
  } else if constexpr (requires { r.planned; }) {
    put(Dimension::Year, one(year_of(r.carried_out ? r.carried_out.from : r.planned.from)));
  } else if constexpr (requires { r.period; }) {
    put(Dimension::Year, one(year_of(r.period.from)));
  } else if constexpr (requires { r.date; }) {
    put(Dimension::Year, one(year_of(r.date)));
  }
}

// The record whose code in a dimension is this one's as well; "" where a kind has none such.
struct Referred {
  Dimension dimension;
  const std::string* id = nullptr;
};

template <class T>
Referred referred_by(const T& r) {
  if constexpr (std::is_same_v<T, CaseStudy>) return {Dimension::Stage, &r.initiative};
  if constexpr (std::is_same_v<T, Award>) return {Dimension::Call, &r.bid};  // of the bid
  if constexpr (std::is_same_v<T, Evidence>) return {Dimension::Evidence, &r.about};
  return {};
}

// Whether money of an award reaches a member of its consortium in this role.
bool is_beneficiary(const std::string& role) {
  return role != "associated-partner" && role != "third-party" && role != "managing-authority" &&
         role != "intermediate-body" && role != "funder";
}

// What studies are about.
bool studied(RecordKind kind) {
  return kind == RecordKind::CaseStudy || kind == RecordKind::Method ||
         kind == RecordKind::Initiative || kind == RecordKind::Pilot ||
         kind == RecordKind::Experiment;
}

// What others have a code from: always numbered, as most of them are named by something.
bool lends(RecordKind kind) {
  return studied(kind) || kind == RecordKind::Bid || kind == RecordKind::Call ||
         kind == RecordKind::Consortium || kind == RecordKind::Organisation ||
         kind == RecordKind::Programme;
}

// A code that is the id of another record.
template <class T>
const std::string* call_of(const T& r) {
  if constexpr (requires { r.call; }) return &r.call;
  return nullptr;
}

template <class T>
void tell_amounts(const T& r, const Money*& first, const Money*& second) {
  if constexpr (std::is_same_v<T, CaseStudy> || std::is_same_v<T, Call>) first = &r.budget;
  if constexpr (std::is_same_v<T, Project>) {
    first = &r.total_budget;
    second = &r.eu_budget;
  }
  if constexpr (std::is_same_v<T, Bid>) {
    first = &r.requested;
    second = &r.total_cost;
  }
  if constexpr (std::is_same_v<T, Award>) first = &r.amount;
}

template <class T>
Period period_of(const T& r) {
  if constexpr (requires { r.planned; }) {
    return r.carried_out ? r.carried_out : r.planned;
  } else if constexpr (requires { r.deadlines; }) {
    PartialDate last;
    for (const PartialDate& each : r.deadlines) {
      if (each && (!last || domain::last_day(each) > domain::last_day(last))) last = each;
    }
    return {r.opening, last};
  } else if constexpr (requires { r.period; }) {
    return r.period;
  } else if constexpr (requires { r.date; }) {
    return {r.date, r.date};
  } else {
    return {};
  }
}

}  // namespace

std::optional<Dimension> dimension_named(std::string_view name) {
  for (std::size_t i = 0; i < dimension_infos.size(); ++i) {
    if (name == dimension_infos[i].name) return static_cast<Dimension>(i);
  }
  return std::nullopt;
}

bool is_chained(Dimension dimension, RecordKind kind) {
  const auto among = [&](std::initializer_list<RecordKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  switch (dimension) {
    case Dimension::Programme:
      return among({RecordKind::CaseStudy, RecordKind::Project, RecordKind::Call,
                    RecordKind::Consortium, RecordKind::Bid, RecordKind::Award,
                    RecordKind::Experiment, RecordKind::CompetenceCentre});
    case Dimension::Call:
      return among({RecordKind::Project, RecordKind::Award});
    case Dimension::Theme:
      return among({RecordKind::Award});
    case Dimension::Country:
      return among({RecordKind::Award, RecordKind::CompetenceCentre});
    default:
      return false;
  }
}

std::vector<Dimension> dimensions_of(RecordKind kind) {
  std::vector<Dimension> found;
  const Record empty = domain::make_record(kind);
  std::visit(
      [&](const auto& record) {
        tell_codes(record, [&](Dimension dimension, const std::vector<std::string>&) {
          found.push_back(dimension);
        });
        if (call_of(record) != nullptr) found.push_back(Dimension::Call);
        if (const Referred referred = referred_by(record); referred.id != nullptr)
          found.push_back(referred.dimension);
      },
      empty);
  if (studied(kind)) found.push_back(Dimension::Evidence);
  for (const Dimension each : {Dimension::Country, Dimension::Theme, Dimension::Programme}) {
    if (is_chained(each, kind)) found.push_back(each);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string_view vocabulary_of(Dimension dimension, RecordKind kind) {
  // The field that holds the code knows.
  const auto field_vocabulary = [&](std::initializer_list<std::string_view> names) {
    std::string_view vocabulary;
    const Record empty = domain::make_record(kind);
    std::visit(
        [&](const auto& record) {
          domain::visit_fields(record, [&](const domain::Field& field, const auto&) {
            for (const std::string_view name : names) {
              if (field.name == name) vocabulary = field.vocabulary;
            }
          });
        },
        empty);
    return vocabulary;
  };
  if (dimension == Dimension::State) return field_vocabulary({"state", "status"});
  if (dimension == Dimension::Type) return field_vocabulary({"kind", "initiative_types"});
  return dimension_infos[static_cast<std::size_t>(dimension)].vocabulary;
}

std::vector<std::string> measures_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::CaseStudy:
    case RecordKind::Call:
      return {"budget"};
    case RecordKind::Project:
      return {"total budget", "EU budget"};
    case RecordKind::Bid:
      return {"requested", "total cost"};
    case RecordKind::Award:
      return {"awarded"};
    default:
      return {};
  }
}

std::uint32_t ReportColumns::set_of(Dimension dimension, std::uint32_t number) const noexcept {
  const std::uint32_t own = sets(dimension).number_of(number);
  if (own != 0 || refers_to_[number] == nothing) return own;
  const std::uint32_t other = number_of_referred_[refers_to_[number]];
  const bool borrowed = is(number, RecordKind::CaseStudy) && dimension == Dimension::Stage;
  return borrowed && other != nothing ? sets(dimension).number_of(other) : 0;
}

graph::CodeSets ReportColumns::evidence_of(RecordKind kind) const {
  std::vector<const std::string*> best(number_of_referred_.size(), nullptr);
  const auto take = [&](std::uint32_t of, const std::string* level) {
    if (of != nothing && level && (!best[of] || *best[of] < *level)) best[of] = level;
  };
  const auto level_of = [&](std::uint32_t of) { return of == nothing ? nullptr : best[of]; };
  for (std::uint32_t number = 0; number < size(); ++number) {
    if (!is(number, RecordKind::Evidence)) continue;
    const auto& level = sets(Dimension::Evidence).of(number);
    if (!level.empty()) take(refers_to_[number], &level.front());
  }
  graph::CodeSets found;
  for (std::uint32_t number = 0; number < size(); ++number) {
    if (!is(number, kind)) continue;
    const std::string* own = level_of(own_[number]);
    const std::string* other = level_of(refers_to_[number]);
    if (other && (!own || *own < *other)) own = other;
    if (own) found.set(number, *own);
  }
  return found;
}

std::uint32_t ReportColumns::referred(std::string_view id) {
  const auto [place, fresh] =
      referred_.emplace(id, static_cast<std::uint32_t>(number_of_referred_.size()));
  if (fresh) number_of_referred_.push_back(nothing);
  return place->second;
}

std::vector<const std::string*> ReportColumns::referred_ids() const {
  std::vector<const std::string*> ids(referred_.size());
  for (const auto& [id, place] : referred_) ids[place] = &id;
  return ids;
}

void ReportColumns::link(std::uint32_t number, Tie tie, const std::string& id,
                         const Period& period) {
  if (id.empty()) return;
  std::uint32_t at = free_link_;
  if (at == nothing) {
    at = static_cast<std::uint32_t>(link_pool_.size());
    link_pool_.emplace_back();
  } else {
    free_link_ = link_pool_[at].next;
  }
  link_pool_[at] = {referred(id), tie, period.from ? domain::first_day(period.from) : unknown_from,
                    period.to ? domain::last_day(period.to) : unknown_to, links_[number]};
  links_[number] = at;
}

void ReportColumns::unlink(std::uint32_t number) {
  while (links_[number] != nothing) {
    Link& first = link_pool_[links_[number]];
    const std::uint32_t at = std::exchange(links_[number], first.next);
    first.next = std::exchange(free_link_, at);
  }
}

template <class T>
void ReportColumns::link_all(std::uint32_t number, const T& r) {
  if (const std::string* call = call_of(r)) link(number, Tie::Call, *call);
  if constexpr (std::is_same_v<T, Award> || std::is_same_v<T, Experiment> ||
                std::is_same_v<T, CompetenceCentre>)
    link(number, Tie::Project, r.project);
  if constexpr (std::is_same_v<T, CaseStudy>) {
    for (const std::string& project : r.projects) link(number, Tie::Project, project);
  }
  if constexpr (std::is_same_v<T, Bid>) link(number, Tie::Consortium, r.consortium);
  if constexpr (std::is_same_v<T, Call>) link(number, Tie::Programme, r.programme_record);
  if constexpr (std::is_same_v<T, Consortium>) {
    for (const Participation& member : r.members) {
      if (is_beneficiary(member.role))
        link(number, Tie::Member, member.organisation, member.period);
    }
  }
  if constexpr (std::is_same_v<T, CompetenceCentre>) {
    for (const Participation& member : r.members)
      link(number, Tie::Member, member.organisation, within(member.period, r.period));
  }
}

void ReportColumns::put(Dimension dimension, std::uint32_t number, std::vector<std::string> codes) {
  codes_[static_cast<std::size_t>(dimension)].set(number, std::move(codes));
}

void ReportColumns::money(std::uint32_t number, std::size_t measure, const Money& amount) {
  if (!amount.minor) return;
  auto known = std::find(currencies_.begin() + 1, currencies_.end(), amount.currency);
  if (known == currencies_.end()) known = currencies_.insert(known, amount.currency);
  amounts_[measure][number] = {*amount.minor,
                               static_cast<std::uint32_t>(known - currencies_.begin())};
}

void ReportColumns::clear(std::uint32_t number) {
  if (kinds_[number] == gone) return;
  kinds_[number] = gone;
  for (graph::CodeSets& sets : codes_) sets.set(number, std::vector<std::string>());
  days_[number] = {unknown_from, unknown_to};
  for (auto& amounts : amounts_) amounts[number] = {};
  refers_to_[number] = nothing;
  own_[number] = nothing;
  unlink(number);
  seats_.set(number, std::string());
  called_.erase(number);
}

template <class T>
void ReportColumns::collect(std::uint32_t number, const T& record) {
  tell_codes(record, [&](Dimension dimension, std::vector<std::string> codes) {
    if (!codes.empty()) put(dimension, number, std::move(codes));
  });
  if (const std::string* call = call_of(record); call != nullptr && !call->empty())
    put(Dimension::Call, number, {*call});
  if (const Referred other = referred_by(record); other.id != nullptr && !other.id->empty())
    refers_to_[number] = referred(*other.id);
  link_all(number, record);
  if constexpr (std::is_same_v<T, Organisation>) {
    if (!record.addresses.empty()) seats_.set(number, record.addresses[0].country);
  }
  if constexpr (std::is_same_v<T, Programme>) {
    for (const Text& name : record.names) called_[number].push_back(name.text);
    for (const Code& code : record.codes) called_[number].push_back(code.value);
  }
  const Period period = period_of(record);
  if (period.from) days_[number].from = domain::first_day(period.from);
  if (period.to) days_[number].to = domain::last_day(period.to);
  const Money* amounts[most_measures] = {};
  tell_amounts(record, amounts[0], amounts[1]);
  for (std::size_t i = 0; i < most_measures; ++i) {
    if (amounts[i] != nullptr) money(number, i, *amounts[i]);
  }
}

void ReportColumns::set(std::int64_t seq, std::string_view id, const Record* record) {
  const auto number = static_cast<std::uint32_t>(seq);
  if (number >= kinds_.size()) {
    if (record == nullptr) return;
    const std::size_t size = std::size_t{number} + 1;
    kinds_.resize(size, gone);
    days_.resize(size, {unknown_from, unknown_to});
    for (auto& amounts : amounts_) amounts.resize(size);
    refers_to_.resize(size, nothing);
    own_.resize(size, nothing);
    links_.resize(size, nothing);
  }
  clear(number);
  const bool told = record != nullptr;
  const auto place = referred_.find(std::string(id));
  if (told && (place != referred_.end() || lends(kind_of(*record)))) {
    own_[number] = referred(id);
    number_of_referred_[own_[number]] = number;
  } else if (place != referred_.end()) {
    number_of_referred_[place->second] = nothing;
  }
  if (!told) return;
  kinds_[number] = static_cast<std::uint8_t>(kind_of(*record));
  std::visit([&](const auto& value) { collect(number, value); }, *record);
}

}  // namespace koinon::programme
