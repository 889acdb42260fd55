// SPDX-License-Identifier: Apache-2.0
#include "programme/report_chains.hpp"

#include <algorithm>

namespace koinon::programme {

namespace {

constexpr std::uint32_t nothing = ReportColumns::nothing;

// Whether codes come from awards that name a project: the record itself, or one that it names.
bool asks_awards(Dimension dimension, RecordKind kind) {
  if (dimension == Dimension::Call) return kind == RecordKind::Project;
  return dimension == Dimension::Programme &&
         (kind == RecordKind::Project || kind == RecordKind::CaseStudy ||
          kind == RecordKind::Experiment || kind == RecordKind::CompetenceCentre);
}

}  // namespace

ReportChains::ReportChains(const ReportColumns& columns, const NumberOf& number_of,
                           std::int32_t from, std::int32_t to)
    : columns_(columns),
      number_of_(number_of),
      from_(from),
      to_(to),
      ids_(columns.referred_ids()),
      looked_up_(ids_.size(), 0) {
  const std::string several;
  for (const auto& [number, names] : columns.called()) {
    const std::string& id = *ids_[columns.place_of(number)];
    for (const std::string& name : names) {
      const auto [place, fresh] = programmes_.emplace(name, id);
      if (!fresh && place->second != id) place->second = several;
    }
  }
}

const std::string& ReportChains::programme_called(const std::string& name) const {
  const auto found = programmes_.find(name);
  return found == programmes_.end() || found->second.empty() ? name : found->second;
}

// The record at a place, where it is there and of the kind.
std::uint32_t ReportChains::record(std::uint32_t place, RecordKind kind) {
  if (place == nothing) return nothing;
  std::uint32_t number = columns_.at_place(place);
  if (number == nothing) {
    std::uint32_t& looked_up = looked_up_[place];
    if (looked_up == 0) {
      const auto found = number_of_(*ids_[place]);
      looked_up = found ? static_cast<std::uint32_t>(*found) + 1 : nothing;
    }
    if (looked_up != nothing) number = looked_up - 1;
  }
  return number < columns_.size() && columns_.is(number, kind) ? number : nothing;
}

// Calls f(number) for each record of the kind that is there and that this one names as such.
template <class F>
void ReportChains::each(std::uint32_t number, Tie tie, RecordKind kind, F&& f) {
  columns_.each_link(number, [&](const ReportColumns::Link& link) {
    if (link.tie != tie) return;
    if (const std::uint32_t other = record(link.other, kind); other != nothing) f(other);
  });
}

std::uint32_t ReportChains::bid_of(std::uint32_t award) {
  return record(columns_.bid_of(award), RecordKind::Bid);
}

void ReportChains::find_awards() {
  if (!awards_.empty()) return;
  for (std::uint32_t award = 0; award < columns_.size(); ++award) {
    if (!columns_.is(award, RecordKind::Award)) continue;
    each(award, Tie::Project, RecordKind::Project,
         [&](std::uint32_t project) { awards_[project].push_back(award); });
  }
}

// Calls f(bid) for the bid of each award that names a project.
template <class F>
void ReportChains::each_bid(std::uint32_t project, F&& f) {
  const auto awards = awards_.find(project);
  if (awards == awards_.end()) return;
  for (const std::uint32_t award : awards->second) {
    if (const std::uint32_t bid = bid_of(award); bid != nothing) f(bid);
  }
}

void ReportChains::add_own(Dimension dimension, std::uint32_t number, Codes& codes) const {
  const Codes& own = columns_.sets(dimension).of(number);
  codes.insert(codes.end(), own.begin(), own.end());
}

// Its record, and where it names none, what its source calls it.
void ReportChains::add_programme_of_call(std::uint32_t call, Codes& codes) const {
  bool named = false;
  columns_.each_link(call, [&](const ReportColumns::Link& link) {
    if (link.tie != Tie::Programme) return;
    codes.push_back(*ids_[link.other]);
    named = true;
  });
  if (named) return;
  for (const std::string& name : columns_.sets(Dimension::Programme).of(call))
    codes.push_back(programme_called(name));
}

// What a record says itself or by the call that it names.
void ReportChains::add_programmes(std::uint32_t number, Codes& codes) {
  for (const std::string& name : columns_.sets(Dimension::Programme).of(number))
    codes.push_back(programme_called(name));
  each(number, Tie::Call, RecordKind::Call,
       [&](std::uint32_t call) { add_programme_of_call(call, codes); });
}

void ReportChains::add_programmes_of_project(std::uint32_t project, Codes& codes) {
  add_programmes(project, codes);
  each_bid(project, [&](std::uint32_t bid) { add_programmes(bid, codes); });
}

ReportChains::Codes ReportChains::programmes(RecordKind kind, std::uint32_t number) {
  Codes codes;
  const auto by_projects = [&] {
    each(number, Tie::Project, RecordKind::Project,
         [&](std::uint32_t project) { add_programmes_of_project(project, codes); });
  };
  switch (kind) {
    case RecordKind::Call:
      add_programme_of_call(number, codes);
      break;
    case RecordKind::Project:
      add_programmes_of_project(number, codes);
      break;
    case RecordKind::Award:
      if (const std::uint32_t bid = bid_of(number); bid != nothing) add_programmes(bid, codes);
      // Other awards of its project are not this one's.
      if (codes.empty())
        each(number, Tie::Project, RecordKind::Project,
             [&](std::uint32_t project) { add_programmes(project, codes); });
      break;
    default:
      add_programmes(number, codes);
      by_projects();
  }
  return codes;
}

ReportChains::Codes ReportChains::calls(RecordKind kind, std::uint32_t number) {
  Codes codes;
  if (kind == RecordKind::Project) {
    add_own(Dimension::Call, number, codes);
    each_bid(number, [&](std::uint32_t bid) { add_own(Dimension::Call, bid, codes); });
    return codes;
  }
  if (const std::uint32_t bid = bid_of(number); bid != nothing)
    add_own(Dimension::Call, bid, codes);
  if (codes.empty())
    each(number, Tie::Project, RecordKind::Project,
         [&](std::uint32_t project) { add_own(Dimension::Call, project, codes); });
  return codes;
}

ReportChains::Codes ReportChains::themes(std::uint32_t award) {
  Codes codes;
  if (const std::uint32_t bid = bid_of(award); bid != nothing)
    each(bid, Tie::Call, RecordKind::Call,
         [&](std::uint32_t call) { add_own(Dimension::Theme, call, codes); });
  if (codes.empty())
    each(award, Tie::Project, RecordKind::Project,
         [&](std::uint32_t project) { add_own(Dimension::Theme, project, codes); });
  return codes;
}

ReportChains::Codes ReportChains::countries(RecordKind kind, std::uint32_t number) {
  Codes codes;
  const auto add_seats = [&](std::uint32_t of, std::int32_t from, std::int32_t to) {
    columns_.each_link(of, [&](const ReportColumns::Link& link) {
      if (link.tie != Tie::Member || link.from > to || link.to < from) return;
      const std::uint32_t member = record(link.other, RecordKind::Organisation);
      if (member == nothing) return;
      const Codes& seat = columns_.seats().of(member);
      codes.insert(codes.end(), seat.begin(), seat.end());
    });
  };
  if (kind == RecordKind::CompetenceCentre) {
    add_own(Dimension::Country, number, codes);
    add_seats(number, from_, to_);
    return codes;
  }
  // Whoever had left the consortium by then is not given anything.
  const std::int32_t awarded = columns_.days(number).from;
  if (const std::uint32_t bid = bid_of(number); bid != nothing)
    each(bid, Tie::Consortium, RecordKind::Consortium,
         [&](std::uint32_t consortium) { add_seats(consortium, awarded, INT32_MAX); });
  return codes;
}

ReportChains::Codes ReportChains::codes(Dimension dimension, RecordKind kind,
                                        std::uint32_t number) {
  switch (dimension) {
    case Dimension::Programme:
      return programmes(kind, number);
    case Dimension::Call:
      return calls(kind, number);
    case Dimension::Theme:
      return themes(number);
    default:
      return countries(kind, number);
  }
}

ToldSets ReportChains::told(Dimension dimension, RecordKind kind) {
  if (asks_awards(dimension, kind)) find_awards();
  // Many projects that no award names say the same: each such answer is put together once.
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  const auto key = [&](std::uint32_t number) -> std::optional<std::uint64_t> {
    if (kind != RecordKind::Project || awards_.count(number) > 0) return std::nullopt;
    return std::uint64_t{columns_.sets(Dimension::Programme).number_of(number)} << 32U |
           columns_.sets(Dimension::Call).number_of(number);
  };
  ToldSets made;
  made.of.assign(columns_.size(), 0);
  std::uint32_t answers = 0;
  for (std::uint32_t number = 0; number < columns_.size(); ++number) {
    if (!columns_.is(number, kind)) continue;
    const auto same = key(number);
    const auto found = same ? known.find(*same) : known.end();
    if (found != known.end()) {
      made.of[number] = found->second;
      continue;
    }
    made.sets.set(answers, codes(dimension, kind, number));
    made.of[number] = made.sets.number_of(answers++);
    if (same) known.emplace(*same, made.of[number]);
  }
  return made;
}

}  // namespace koinon::programme
