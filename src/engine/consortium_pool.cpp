// SPDX-License-Identifier: Apache-2.0
#include "engine/consortium_pool.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/asked_codes.hpp"
#include "engine/ticker.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "partners/eligibility/rule.hpp"

namespace koinon::engine {

namespace {

constexpr std::size_t hits_looked_at = 200;
constexpr double topic_weight = 0.5;
constexpr double relevance_weight = 0.3;
constexpr double activity_weight = 0.2;
constexpr double half_active = 4;  // records of one who is half as active as can be
constexpr double offers_count = 2;

bool among(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

class Gatherer {
 public:
  Gatherer(const ConsortiumRequest& request, const Relevance& relevance, const GraphView& view,
           store::Snapshot& snapshot, const Task& task)
      : request_(request),
        relevance_(relevance),
        view_(view),
        snapshot_(snapshot),
        task_(task),
        countries_(request.countries) {}

  ConsortiumPool gather() {
    pool_.change = view_.reached();
    pool_.call = asked_call(request_.call, request_.rules, request_.on, snapshot_);
    topics_ = request_.themes;
    if (topics_.empty() && !request_.call.empty()) topics_ = call_themes();
    for (const std::string& id : request_.forbidden) forbidden_.insert(id_of(id));
    take_fixed();
    take(request_.candidates.empty() ? found() : given());
    tie();
    return std::move(pool_);
  }

 private:
  std::string id_of(const std::string& id) const {
    return request_.as_told ? id : view_.merged_id(id);
  }

  std::vector<std::string> call_themes() {
    const auto row = snapshot_.find(request_.call);
    const Record record = exchange::from_json(row->kind, snapshot_.body(row->change)).record;
    return std::get<Call>(record).themes;
  }

  // ---- Who ------------------------------------------------------------------------------------

  void take_fixed() {
    std::vector<CheckedMember> shown;
    auto parties =
        parties_of({"fixed", request_.fixed, {}}, request_.as_told, view_, snapshot_, shown);
    std::size_t coordinators = 0;
    for (std::size_t i = 0; i < parties.size(); ++i) {
      const std::string& organisation = request_.fixed[i].organisation;
      const std::string id = organisation.empty() ? "" : id_of(organisation);
      if (!id.empty() && !taken_.insert(id).second)
        refuse("fixed[" + std::to_string(i) + "] is there already: give one with all its roles");
      if (!id.empty() && forbidden_.count(id) > 0)
        refuse("fixed[" + std::to_string(i) + "]: '" + organisation + "' is forbidden");
      if (among(parties[i].roles, "coordinator") && ++coordinators > 1)
        refuse("two of those fixed are coordinator: a bid has one");
      if (partners::builder::applies(parties[i].roles)) {
        add(std::move(parties[i]), std::move(shown[i]), id, request_.fixed[i], true);
      } else {
        stand_beside(std::move(parties[i]), std::move(shown[i]), request_.fixed[i], true);
      }
    }
    const std::size_t applying = pool_.search.members.size();
    if (applying > partners::consortium::largest_team)
      refuse("fixed: " + std::to_string(applying) + " members are fixed, and a consortium has " +
             std::to_string(partners::consortium::largest_team) + " at most");
  }

  AskedMembers given() {
    AskedMembers asked{"candidates", {}, {}};
    for (std::size_t i = 0; i < request_.candidates.size(); ++i) {
      const ConsortiumMember& member = request_.candidates[i];
      const std::string id = member.organisation.empty() ? "" : id_of(member.organisation);
      // Who is fixed as well is in already; one named twice is one.
      if (!id.empty() && (forbidden_.count(id) > 0 || !taken_.insert(id).second)) continue;
      asked.members.push_back(member);
      asked.places.push_back(i);
    }
    return asked;
  }

  AskedMembers found() {
    GraphView::TakingPart wanted;
    wanted.themes = topics_;
    wanted.countries = countries_;
    wanted.kinds = request_.kinds;
    wanted.as_told = request_.as_told;
    std::set<std::string> ids;
    for (const auto& [id, score] : relevance_.scores) {
      const auto row = snapshot_.find(id);
      if (!row) continue;
      if (row->kind == RecordKind::Organisation && row->state == store::State::Present) {
        ids.insert(id_of(id));
      } else {
        wanted.works.push_back(row->seq);
      }
    }
    std::vector<std::string> all = view_.organisations(wanted);
    for (const std::string& id : ids) {
      if (!std::binary_search(all.begin(), all.end(), id)) extra_.push_back(id);
    }
    all.insert(all.end(), extra_.begin(), extra_.end());
    AskedMembers asked{"candidates", {}, {}};
    for (const std::string& id : all) {
      if (forbidden_.count(id) > 0 || !taken_.insert(id).second) continue;
      asked.members.emplace_back().organisation = id;
    }
    return asked;
  }

  // ---- What is known of them ------------------------------------------------------------------

  ConsortiumFit fit_of(const std::string& id, const std::vector<std::string>& offers) const {
    ConsortiumFit fit;
    if (id.empty()) return fit;
    const auto experience = view_.experience(id, request_.as_told, topics_);
    fit.works = experience.works.size();
    fit.works_on_topic = experience.on_topic;
    double offered = 0;
    for (const std::string& topic : topics_) {
      const bool offers_it = among(offers, topic);
      if (offers_it) offered += 1.0 / static_cast<double>(topics_.size());
      if (offers_it || among(experience.themes, topic)) fit.themes.push_back(topic);
    }
    const double n = static_cast<double>(fit.works_on_topic) + offers_count * offered;
    fit.topic = n / (n + 1);
    const auto score = [&](const std::string& record) {
      const auto known = relevance_.scores.find(record);
      return known == relevance_.scores.end() ? 0.0 : known->second;
    };
    fit.relevance = score(id);
    for (const std::string& work : experience.works)
      fit.relevance = std::max(fit.relevance, score(work));
    fit.activity = static_cast<double>(fit.works) / (static_cast<double>(fit.works) + half_active);
    fit.fit = topic_weight * fit.topic + relevance_weight * fit.relevance +
              activity_weight * fit.activity;
    return fit;
  }

  // The most fitting of those found, by id.
  void take(const AskedMembers& asked) {
    struct Ranked {
      std::size_t place;
      double fit;
      std::string id;
    };
    const std::vector<ConsortiumMember>& candidates = asked.members;
    Ticker ticker(task_, "candidates", candidates.size());
    std::vector<Ranked> ranked;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      ticker.look();
      const std::string& organisation = candidates[i].organisation;
      const std::string id = organisation.empty() ? "" : id_of(organisation);
      // Only those that are asked for have a place among the most fitting.
      if (!may_pass(candidates[i], id)) continue;
      // Offers are told by the record, which is read of those alone that come into question.
      ranked.push_back({i, fit_of(id, {}).fit, id});
    }
    pool_.found = ranked.size();
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked& a, const Ranked& b) { return a.fit > b.fit; });
    if (ranked.size() > request_.most_candidates) {
      ranked.resize(request_.most_candidates);
      pool_.cut = true;
    }
    std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
      return std::pair(a.id, a.place) < std::pair(b.id, b.place);
    });
    AskedMembers best{asked.field, {}, {}};
    for (const Ranked& one : ranked) {
      best.members.push_back(candidates[one.place]);
      best.places.push_back(asked.places.empty() ? one.place : asked.places[one.place]);
    }
    const std::vector<ConsortiumMember>& members = best.members;
    std::vector<CheckedMember> shown;
    auto parties = parties_of(best, request_.as_told, view_, snapshot_, shown);
    for (std::size_t i = 0; i < parties.size(); ++i) {
      ticker.look();
      if (!passes(parties[i])) continue;
      if (partners::builder::applies(parties[i].roles)) {
        add(std::move(parties[i]), std::move(shown[i]), ranked[i].id, members[i], false);
      } else if (still_asked_for(parties[i])) {
        stand_beside(std::move(parties[i]), std::move(shown[i]), members[i], false);
      }
    }
  }

  // Before the record is read: by what is told of it, else by what the graph knows of it.
  bool may_pass(const ConsortiumMember& told, const std::string& id) const {
    if (countries_.empty() && request_.kinds.empty()) return true;
    const GraphView::Origin known = view_.origin(id, request_.as_told);
    partners::Party party;
    party.country = known.country;
    party.kind = told.kind.empty() ? known.kind : told.kind;
    if (!told.country.empty()) {
      AskedCodes codes;
      party.country = codes.country(told.country, "");
      // What is no country is told as such where all is read of who comes into question.
      if (party.country.empty()) return true;
    }
    return passes(party);
  }

  bool passes(const partners::Party& party) const {
    return (countries_.empty() || among(countries_, party.country)) &&
           (request_.kinds.empty() || among(request_.kinds, party.kind));
  }

  // Whether a rule asks for a role that this one is told to take beside the team, and that too few
  // have who stand there already.
  bool still_asked_for(const partners::Party& party) const {
    const std::int32_t day = day_number(pool_.call.on);
    return std::any_of(
        pool_.call.rules.begin(), pool_.call.rules.end(), [&](const EligibilityRule& told) {
          const partners::ReadRule rule = partners::read_rule(told, day);
          if (rule.fault || rule.kind != partners::RuleKind::RoleRequired ||
              partners::is_applicant_role(rule.role) || !among(party.roles, rule.role))
            return false;
          const auto& beside = pool_.search.beside;
          const auto there = std::count_if(beside.begin(), beside.end(), [&](const auto& one) {
            return among(one.party.roles, rule.role);
          });
          return static_cast<std::uint64_t>(there) < rule.minimum;
        });
  }

  void stand_beside(partners::Party party, CheckedMember shown, const ConsortiumMember& told,
                    bool fixed) {
    partners::builder::PoolMember& member = pool_.search.beside.emplace_back();
    member.fixed = fixed;
    take_money(told, party.name, member);
    member.party = std::move(party);
    pool_.beside.push_back(std::move(shown));
  }

  void add(partners::Party party, CheckedMember shown, const std::string& id,
           const ConsortiumMember& told, bool fixed) {
    party.members = {pool_.search.members.size()};
    partners::builder::PoolMember& member = pool_.search.members.emplace_back();
    pool_.fits.push_back(fit_of(id, party.capabilities.has));
    member.fit = pool_.fits.back().fit;
    member.fixed = fixed;
    take_money(told, party.name, member);
    member.party = std::move(party);
    pool_.shown.push_back(std::move(shown));
    pool_.ids.push_back(id);
  }

  // Amounts in several currencies have no sum: nothing is told by them.
  void take_money(const ConsortiumMember& told, const std::string& name,
                  partners::builder::PoolMember& member) {
    member.budget = told.budget.minor;
    member.grant = told.grant.minor;
    if (!told.budget.minor || !told.grant.minor) return;
    if (told.budget.currency != told.grant.currency) {
      pool_.money_unclear = "of " + name + " the grant is in " + told.grant.currency +
                            " and the budget in " + told.budget.currency;
      member.budget.reset();
    } else if (!one_currency(told.budget.currency)) {
      pool_.money_unclear =
          "amounts are told in " + pool_.currency + " and in " + told.budget.currency;
      member.budget.reset();
    } else if (*told.grant.minor > *told.budget.minor) {
      refuse(name + ": its grant is more than its budget; the grant is a part of the budget");
    }
  }

  bool one_currency(const std::string& currency) {
    if (pool_.currency.empty()) pool_.currency = currency;
    return currency == pool_.currency;
  }

  // Old partners are worth something where they fit: a tie counts as far as both of its ends do,
  // and one that is fixed is wanted as it is.
  double wanted(std::uint32_t place) const {
    const partners::builder::PoolMember& member = pool_.search.members[place];
    return member.fixed ? 1 : member.fit;
  }

  void tie() {
    const NetworkTies ties = view_.ties_among(pool_.ids, request_.as_told);
    for (std::size_t i = 0; i < ties.from.size(); ++i) {
      const double strength = std::min(ties.strength[i], 1.0);
      const double counted = std::min(wanted(ties.from[i]), wanted(ties.to[i]));
      pool_.search.ties.push_back({ties.from[i], ties.to[i], strength * counted});
      pool_.strengths.push_back(strength);
    }
  }

  const ConsortiumRequest& request_;
  const Relevance& relevance_;
  const GraphView& view_;
  store::Snapshot& snapshot_;
  const Task& task_;
  std::vector<std::string> countries_;
  std::vector<std::string> topics_;
  std::set<std::string> forbidden_;
  std::set<std::string> taken_;
  std::vector<std::string> extra_;
  ConsortiumPool pool_;
};

const Text* told_title(const Record* call) {
  const auto* told = call ? std::get_if<Call>(call) : nullptr;
  if (!told || told->titles.empty()) return nullptr;
  for (const Text& title : told->titles) {
    if (title.language == "en") return &title;
  }
  return &told->titles.front();
}

}  // namespace

std::optional<SearchRequest> relevance_search(const ConsortiumRequest& request,
                                              const Record* call) {
  SearchRequest search;
  search.text = request.text;
  search.language = request.language;
  const Text* title = told_title(call);
  if (search.text.empty() && title != nullptr) {
    search.text = title->text;
    search.language = title->language;
  }
  if (!request.concepts.empty()) search.filters.push_back({"concept", request.concepts, false});
  if (search.text.empty() && request.concepts.empty()) return std::nullopt;
  search.filters.push_back({"kind", {"organisation", "case-study", "project"}, false});
  search.limit = hits_looked_at;
  search.snippets = false;
  search.suggest = false;
  search.wait = request.wait;
  return search;
}

Relevance relevance_of(const SearchResults& results) {
  Relevance relevance;
  relevance.change = results.change;
  double best = 0;
  for (const Hit& hit : results.hits) best = std::max(best, hit.score);
  for (const Hit& hit : results.hits)
    relevance.scores[hit.id] = best > 0 ? std::max(hit.score, 0.0) / best : 1;
  return relevance;
}

ConsortiumPool consortium_pool(const ConsortiumRequest& request, const Relevance& relevance,
                               const GraphView& view, store::Snapshot& snapshot, const Task& task) {
  return Gatherer(request, relevance, view, snapshot, task).gather();
}

}  // namespace koinon::engine
