// SPDX-License-Identifier: Apache-2.0
#include "engine/consortium.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "koinon/error.hpp"
#include "partners/consortium/explain.hpp"
#include "partners/consortium/planner.hpp"
#include "partners/consortium/solve.hpp"

namespace koinon::engine {

namespace {

namespace search = partners::consortium;
namespace builder = partners::builder;

constexpr std::size_t most_looked_at = 5000;
constexpr std::size_t most_answers = 20;
constexpr std::size_t most_scenarios = 50;
constexpr double greatest_weight = 1e6;
constexpr double longest_seconds = 86400;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

const char* status_name(search::Status status) {
  switch (status) {
    case search::Status::Optimal:
      return "optimal";
    case search::Status::Feasible:
      return "feasible";
    case search::Status::Infeasible:
      return "infeasible";
    default:
      return "unknown";
  }
}

const char* proof_name(search::ConflictProof proof) {
  switch (proof) {
    case search::ConflictProof::Smallest:
      return "smallest";
    case search::ConflictProof::Irreducible:
      return "irreducible";
    default:
      return "conflicting";
  }
}

bool has_plan(const search::Answer& answer) {
  return answer.status == search::Status::Optimal || answer.status == search::Status::Feasible;
}

// The best so far against the bound, in thousandths, as progress.
search::SearchWatch watch_of(const Task& task, const char* stage) {
  return [&task, stage](const search::SearchState& state) {
    if (task.progress) {
      const auto thousandths = [](double value) {
        return std::isfinite(value) && value > 0 ? static_cast<std::uint64_t>(value * 1000) : 0;
      };
      task.progress(
          Progress{stage, state.found ? thousandths(state.value) : 0, thousandths(state.bound)});
    }
    return !task.cancel.cancelled();
  };
}

class Building {
 public:
  Building(const ConsortiumRequest& request, const ConsortiumPool& pool, const WorksBehind& works,
           const Task& task)
      : request_(request), pool_(pool), works_(works), task_(task) {}

  ConsortiumAnswer build() {
    check_changes();
    search_plans();
    tell_request();
    if (answer_.status == "infeasible") explain_conflict();
    if (!answer_.plans.empty() && request_.explain && !stopped()) explain_first();
    try_changes();
    answer_.stopped = stopped();
    return std::move(answer_);
  }

 private:
  builder::Wishes wishes(builder::Doubt doubt, bool as_many_as_needed) const {
    builder::Wishes wishes;
    wishes.doubt = doubt;
    wishes.as_many_as_needed = as_many_as_needed;
    wishes.size_least = request_.size_least;
    wishes.size_most = request_.size_most;
    wishes.tie_weight = request_.tie_weight;
    wishes.member_price = request_.member_price;
    return wishes;
  }

  bool stopped() const { return task_.cancel.cancelled(); }

  search::SolveOptions options(std::size_t parts = 1) const {
    search::SolveOptions options;
    options.seconds = request_.seconds / static_cast<double>(parts);
    options.nodes = request_.nodes == 0 ? 0 : std::max<std::uint64_t>(1, request_.nodes / parts);
    options.gap = request_.gap;
    return options;
  }

  void tell_request() {
    answer_.change = pool_.change;
    answer_.call = pool_.call.id;
    answer_.title = pool_.call.title;
    answer_.scope = pool_.cut ? "pool" : "candidates";
    answer_.candidates = pool_.search.members.size();
    answer_.found = pool_.found;
    const std::size_t of_call = pool_.call.rules.size();
    const std::size_t of_request = request_.rules.size();
    for (std::size_t i = 0; i < mapped_.rules.size(); ++i) {
      builder::ToldRule& told = mapped_.rules[i];
      const bool own = i >= of_call;
      const bool asked = !own && i + of_request >= of_call;
      answer_.rules.push_back({told.rule,
                               own     ? "builder"
                               : asked ? "request"
                                       : "call",
                               told.searched, told.words});
    }
  }

  // ---- Plans ----------------------------------------------------------------------------------

  void map(builder::Doubt doubt, bool as_many_as_needed) {
    doubt_ = doubt;
    mapped_ = builder::map_problem(pool_.call.rules, pool_.search, wishes(doubt, as_many_as_needed),
                                   day_number(pool_.call.on));
  }

  std::vector<search::Answer> search_mapped() const {
    const auto count = static_cast<std::uint32_t>(request_.answers);
    const search::SearchWatch watch = watch_of(task_, "consortium");
    if (count == 1) return {search::solve(mapped_.problem, options(), watch)};
    return search::solve_several(mapped_.problem, count,
                                 static_cast<std::uint32_t>(request_.different), options(), watch);
  }

  // Those of whom all is known come first, and no more of them than is usual; where there is no
  // such consortium, those come in of whom something is not told, and more if the rules need them.
  std::vector<search::Answer> search_at_last() {
    std::vector<search::Answer> found;
    for (const builder::Doubt doubt : {builder::Doubt::KnownFirst, builder::Doubt::Counts}) {
      map(doubt, false);
      found = search_mapped();
      if (found.front().status != search::Status::Infeasible) break;
      const bool held_to_known = mapped_.held_to_known;
      if (mapped_.may_need_more) {
        map(doubt, true);
        found = search_mapped();
      }
      if (found.front().status != search::Status::Infeasible || !held_to_known) break;
    }
    return found;
  }

  void search_plans() {
    const std::size_t count = request_.answers;
    const std::vector<search::Answer> found = search_at_last();
    const search::Answer& best = found.front();
    answer_.status = status_name(best.status);
    answer_.value = has_plan(best) ? best.plan.value : 0;
    answer_.bound = best.bound;
    answer_.gap = best.gap;
    if (best.scope == search::Scope::Pool) answer_.scope = "pool";
    // Each answer counts on from the one before.
    answer_.nodes = found.back().nodes;
    answer_.seconds = found.back().seconds;
    for (const search::Answer& each : found) {
      if (has_plan(each)) answer_.plans.push_back(plan_of(each));
    }
    if (answer_.plans.size() < count && !answer_.plans.empty())
      answer_.further = found.back().status == search::Status::Infeasible && !mapped_.held_to_known
                            ? "none"
                            : "unknown";
    known_ = best;
  }

  ConsortiumPlan plan_of(const search::Answer& found) const {
    ConsortiumPlan plan;
    plan.value = found.plan.value;
    plan.status = status_name(found.status);
    plan.bound = found.bound;
    plan.gap = found.gap;
    const std::vector<std::uint32_t> order = in_order(found.plan);
    for (const std::uint32_t place : order)
      plan.members.push_back(member_of(place, place == found.plan.coordinator));
    for (std::size_t i = 0; i < pool_.search.beside.size(); ++i) {
      PlannedMember member = shown(pool_.beside[i]);
      member.roles = pool_.beside[i].roles;
      member.fixed = pool_.search.beside[i].fixed;
      member.beside = true;
      plan.members.push_back(std::move(member));
    }
    add_ties(order, plan);
    plan.eligibility = eligibility_of(order, plan);
    return plan;
  }

  // The coordinator, then the others as they stand in the pool.
  static std::vector<std::uint32_t> in_order(const search::Plan& plan) {
    std::vector<std::uint32_t> order;
    for (const search::Member& member : plan.members) order.push_back(member.candidate);
    std::stable_partition(order.begin(), order.end(),
                          [&](std::uint32_t place) { return place == plan.coordinator; });
    return order;
  }

  static PlannedMember shown(const CheckedMember& told) {
    PlannedMember member;
    member.organisation = told.organisation;
    member.name = told.name;
    member.country = told.country;
    member.kind = told.kind;
    return member;
  }

  PlannedMember member_of(std::uint32_t place, bool coordinates) const {
    PlannedMember member = shown(pool_.shown[place]);
    member.roles = builder::planned_roles(pool_.search.members[place].party, coordinates);
    member.fixed = pool_.search.members[place].fixed;
    member.fit = pool_.fits[place];
    return member;
  }

  static std::vector<SharedWork> from_the_other_side(std::vector<SharedWork> works) {
    for (SharedWork& work : works) {
      std::swap(work.own_roles, work.partner_roles);
      std::swap(work.own_share, work.partner_share);
    }
    return works;
  }

  void add_ties(const std::vector<std::uint32_t>& order, ConsortiumPlan& plan) const {
    for (std::size_t i = 0; i < pool_.search.ties.size(); ++i) {
      const search::Tie& tie = pool_.search.ties[i];
      const auto left = std::find(order.begin(), order.end(), tie.left);
      const auto right = std::find(order.begin(), order.end(), tie.right);
      if (left == order.end() || right == order.end()) continue;
      const double value = request_.tie_weight * tie.weight;
      const auto add = [&](auto from, auto to, std::vector<SharedWork> works) {
        const auto other = static_cast<std::size_t>(to - order.begin());
        plan.members[static_cast<std::size_t>(from - order.begin())].ties.push_back(
            {other, pool_.strengths[i], value, std::move(works)});
      };
      const std::vector<SharedWork> works = works_(pool_.ids[*left], pool_.ids[*right]);
      add(right, left, from_the_other_side(works));
      add(left, right, works);
    }
    for (PlannedMember& member : plan.members) {
      std::sort(member.ties.begin(), member.ties.end(),
                [](const ConsortiumTie& a, const ConsortiumTie& b) {
                  return a.strength != b.strength ? a.strength > b.strength : a.other < b.other;
                });
    }
  }

  // By the rules of the call themselves, not by what the search made of them.
  EligibilityReport eligibility_of(const std::vector<std::uint32_t>& order,
                                   const ConsortiumPlan& plan) const {
    partners::BidFacts bid;
    std::optional<std::int64_t> grant = 0;
    std::optional<std::int64_t> budget = 0;
    const auto take = [&](const builder::PoolMember& told) {
      bid.parties.push_back(told.party);
      // Who does not apply asks for nothing unless it says so.
      if (!told.grant && !told.budget && !builder::applies(told.party.roles)) return;
      for (const auto& [total, more] : {std::pair{&grant, &told.grant}, {&budget, &told.budget}})
        *total = *total && *more ? std::optional<std::int64_t>(**total + **more) : std::nullopt;
    };
    for (const std::uint32_t place : order) take(pool_.search.members[place]);
    for (const builder::PoolMember& told : pool_.search.beside) take(told);
    if (grant && budget) {
      bid.grant = grant;
      bid.budget = budget;
      bid.currency = pool_.currency;
    }
    bid.money_unclear = pool_.money_unclear;
    bid.eu_share = request_.eu_share;
    for (std::size_t i = 0; i < bid.parties.size(); ++i) {
      bid.parties[i].members = {i};
      bid.parties[i].roles = plan.members[i].roles;
    }
    if (request_.documents) bid.documents = {*request_.documents, true};
    EligibilityReport report =
        partners::check_rules(pool_.call.rules, bid, day_number(pool_.call.on));
    report.change = pool_.change;
    report.call = pool_.call.id;
    report.title = pool_.call.title;
    report.on = pool_.call.on;
    for (std::size_t i = 0; i < plan.members.size(); ++i) {
      const PlannedMember& member = plan.members[i];
      report.members.push_back(
          {member.organisation, member.name, member.country, member.kind, member.roles, i});
    }
    return report;
  }

  // ---- Reasons --------------------------------------------------------------------------------

  void explain_first() {
    const search::Explanation reasons =
        search::explain(mapped_.problem, known_.plan, options(), watch_of(task_, "reasons"));
    ConsortiumPlan& plan = answer_.plans.front();
    const std::vector<std::uint32_t> order = in_order(known_.plan);
    for (const search::MemberReason& reason : reasons.members) {
      const auto place = std::find(order.begin(), order.end(), reason.candidate);
      PlannedMember& member = plan.members[static_cast<std::size_t>(place - order.begin())];
      for (const std::uint32_t rule : reason.needed_for)
        member.needed_for.push_back(mapped_.source[rule]);
      sort_once(member.needed_for);
      member.loss = reason.loss;
      member.loss_at_least = reason.loss_at_least;
      // That there is none without it holds of those of whom all is known: others may do.
      member.loss_proved =
          reason.loss_proved && !(std::isinf(reason.loss) && mapped_.held_to_known);
      if (reason.substitute == search::nobody) continue;
      const CheckedMember& other = pool_.shown[reason.substitute];
      member.substitute = ConsortiumSubstitute{other.organisation, other.name, other.country,
                                               reason.substitute_loss};
    }
    for (const search::RuleReason& reason : reasons.rules) {
      if (reason.binding) add_binding(reason, plan.binding);
    }
  }

  // A rule of a call may be several of the problem, which stand one after the other: without all
  // of them a plan is worth at least what it is without one.
  void add_binding(const search::RuleReason& reason, std::vector<BindingRule>& binding) const {
    const std::size_t rule = mapped_.source[reason.rule];
    const bool is_rate = mapped_.problem.rules[reason.rule].kind == search::RuleKind::RateAtMost;
    const std::int64_t slack = is_rate ? reason.slack / 100 : reason.slack;
    const bool alone = std::count(mapped_.source.begin(), mapped_.source.end(), rule) == 1;
    if (binding.empty() || binding.back().rule != rule) {
      binding.push_back({rule, slack, reason.gain, reason.proved && alone});
      return;
    }
    binding.back().slack = std::min(binding.back().slack, slack);
    binding.back().gain = std::max(binding.back().gain, reason.gain);
  }

  void explain_conflict() {
    const search::Conflict conflict =
        search::smallest_conflict(mapped_.problem, options(), watch_of(task_, "conflict"));
    if (conflict.proof == search::ConflictProof::None) return;
    answer_.conflict.emplace();
    answer_.conflict->proof = proof_name(conflict.proof);
    for (const std::uint32_t rule : conflict.rules)
      answer_.conflict->rules.push_back(mapped_.source[rule]);
    sort_once(answer_.conflict->rules);
  }

  static void sort_once(std::vector<std::size_t>& places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
  }

  // ---- What if --------------------------------------------------------------------------------

  std::optional<std::uint32_t> place_of(const std::string& organisation) const {
    for (std::uint32_t i = 0; i < pool_.shown.size() && !organisation.empty(); ++i) {
      if (pool_.ids[i] == organisation || pool_.shown[i].organisation == organisation) return i;
    }
    return std::nullopt;
  }

  // Before a search is made for nothing.
  void check_changes() {
    if (request_.what_if.empty()) return;
    map(builder::Doubt::KnownFirst, false);
    for (std::size_t i = 0; i < request_.what_if.size(); ++i) {
      const ConsortiumWhatIf& change = request_.what_if[i];
      const std::string at = "what_if[" + std::to_string(i) + "].";
      check_named(change.add, at + "add");
      check_named(change.forbid, at + "forbid");
      for (const std::string& id : change.add) {
        const auto both =
            std::find_if(change.forbid.begin(), change.forbid.end(),
                         [&](const std::string& other) { return place_of(other) == place_of(id); });
        if (both != change.forbid.end())
          refuse(at + "add: '" + id + "' is forbidden by the same change; leave it out of one");
      }
      for (std::size_t j = 0; j < change.relax.size(); ++j) {
        if (!is_searched(change.relax[j]))
          refuse(at + "relax[" + std::to_string(j) + "]: no rule of the kind '" + change.relax[j] +
                 "' was searched for; name the kind of a rule of the call");
      }
    }
  }

  void check_named(const std::vector<std::string>& ids, const std::string& at) const {
    for (std::size_t j = 0; j < ids.size(); ++j) {
      if (!place_of(ids[j]))
        refuse(at + "[" + std::to_string(j) + "]: '" + ids[j] +
               "' is not among the candidates; give it in candidates or fixed as well");
    }
  }

  bool is_searched(const std::string& kind) const {
    return !kind.empty() && std::any_of(mapped_.rules.begin(), mapped_.rules.end(),
                                        [&](const builder::ToldRule& told) {
                                          return told.searched && told.rule.kind == kind;
                                        });
  }

  // The rules of the problem that rules of a kind have become; none where it is kept anyway.
  std::vector<std::uint32_t> searched_of(const std::string& kind) const {
    std::vector<std::uint32_t> rules;
    for (std::uint32_t i = 0; i < mapped_.source.size(); ++i) {
      if (mapped_.rules[mapped_.source[i]].rule.kind == kind) rules.push_back(i);
    }
    return rules;
  }

  // Each by itself: a copy is cheap beside a search, and keeps what is known of the request.
  void try_changes() {
    if (request_.what_if.empty()) return;
    std::vector<search::Answer> found;
    const search::Planner as_asked(mapped_.problem, known_);
    for (const ConsortiumWhatIf& change : request_.what_if) {
      if (stopped()) break;
      found.push_back(tried(as_asked, change));
    }
    // As for the plans: more members if the rules need them, then those of whom not all is known.
    const bool held_to_known = mapped_.held_to_known;
    if (mapped_.may_need_more) try_again(doubt_, found);
    if (held_to_known) try_again(builder::Doubt::Counts, found);
    for (const search::Answer& answer : found) answer_.what_if.push_back(changed(answer));
  }

  void try_again(builder::Doubt doubt, std::vector<search::Answer>& found) {
    const auto impossible = [](const search::Answer& answer) {
      return answer.status == search::Status::Infeasible;
    };
    if (std::none_of(found.begin(), found.end(), impossible)) return;
    map(doubt, true);
    const search::Planner planner(mapped_.problem);
    for (std::size_t i = 0; i < found.size() && !stopped(); ++i) {
      if (impossible(found[i])) found[i] = tried(planner, request_.what_if[i]);
    }
  }

  search::Answer tried(search::Planner planner, const ConsortiumWhatIf& change) const {
    for (const std::string& id : change.add) planner.require(*place_of(id));
    for (const std::string& id : change.forbid) planner.forbid(*place_of(id));
    for (const std::string& kind : change.relax) {
      for (const std::uint32_t rule : searched_of(kind)) planner.relax(rule);
    }
    return planner.solve(options(request_.what_if.size()), watch_of(task_, "what-if"));
  }

  WhatIfAnswer changed(const search::Answer& found) const {
    WhatIfAnswer answer;
    answer.status = status_name(found.status);
    answer.bound = found.bound;
    answer.gap = found.gap;
    answer.nodes = found.nodes;
    if (!has_plan(found)) return answer;
    answer.value = found.plan.value;
    if (!answer_.plans.empty()) answer.difference = answer.value - known_.plan.value;
    std::set<std::uint32_t> before;
    for (const search::Member& member : known_.plan.members) before.insert(member.candidate);
    for (const std::uint32_t place : in_order(found.plan)) {
      answer.members.push_back(name_of(place));
      if (before.erase(place) == 0) answer.joined.push_back(name_of(place));
    }
    for (const std::uint32_t place : before) answer.left.push_back(name_of(place));
    return answer;
  }

  // The id of a record, or the name of one without.
  std::string name_of(std::uint32_t place) const {
    const CheckedMember& told = pool_.shown[place];
    return told.organisation.empty() ? told.name : told.organisation;
  }

  const ConsortiumRequest& request_;
  const ConsortiumPool& pool_;
  const WorksBehind& works_;
  const Task& task_;
  builder::Doubt doubt_ = builder::Doubt::KnownFirst;
  builder::Mapped mapped_;  // the rules as they were searched for at last, with that doubt
  search::Answer known_;    // the first plan, with its proof
  ConsortiumAnswer answer_;
};

std::string whole(double bound) {
  return std::to_string(static_cast<long long>(bound));
}

void range(double value, double least, double greatest, const char* name) {
  if (!(value >= least && value <= greatest))
    refuse(std::string(name) + " is from " + whole(least) + " to " + whole(greatest));
}

void range(std::size_t value, std::size_t least, std::size_t greatest, const char* name) {
  if (value < least || value > greatest)
    refuse(std::string(name) + " is from " + std::to_string(least) + " to " +
           std::to_string(greatest) + ", not " + std::to_string(value));
}

}  // namespace

void check_request(const ConsortiumRequest& request) {
  range(request.most_candidates, 1, most_looked_at, "most_candidates");
  range(request.size_least, 0, search::largest_team, "size_least");
  range(request.size_most, 0, search::largest_team, "size_most");
  if (request.size_most > 0 && request.size_least > request.size_most)
    refuse("size_least is more than size_most");
  range(request.answers, 1, most_answers, "answers");
  range(request.different, 1, search::largest_team, "different");
  range(request.what_if.size(), 0, most_scenarios, "the number of what_if");
  range(request.tie_weight, 0, greatest_weight, "tie_weight");
  range(request.member_price, -greatest_weight, greatest_weight, "member_price");
  range(request.seconds, 0, longest_seconds, "seconds");
  range(request.gap, 0, greatest_weight, "gap");
  if (request.candidates.size() > most_looked_at)
    refuse("candidates are " + std::to_string(request.candidates.size()) + ", at most " +
           std::to_string(most_looked_at) + " can be looked at");
}

ConsortiumAnswer build_consortium(const ConsortiumRequest& request, const ConsortiumPool& pool,
                                  const WorksBehind& works, const Task& task) {
  return Building(request, pool, works, task).build();
}

}  // namespace koinon::engine
