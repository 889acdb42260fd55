// SPDX-License-Identifier: Apache-2.0
#include "engine/matching.hpp"
#include "engine/names.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "engine/linked.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "engine/unit_of_work.hpp"
#include "exchange/derived_id.hpp"
#include "exchange/record_json.hpp"
#include "koinon/error.hpp"
#include "partners/decisions.hpp"
#include "partners/identity.hpp"
#include "search/query_parser.hpp"

namespace koinon::engine {

namespace {

using partners::MemberPair;

constexpr const char* rule_name = "rule:organisation-match";

// A kernel's steps become those of the task.
partners::Step step_of(const Task& task, const char* stage) {
  return [&task, stage, last = std::chrono::steady_clock::time_point()](
             std::uint64_t done, std::uint64_t total) mutable {
    if (task.cancel.cancelled())
      throw Error(ErrorCode::Cancelled, "matching was cancelled; nothing was written");
    const auto now = std::chrono::steady_clock::now();
    if (!task.progress || now - last < std::chrono::milliseconds(100)) return;
    last = now;
    task.progress(Progress{stage, done, total});
  };
}

// ---- What the rule says ------------------------------------------------------------------------

// A number of two digits, as people say it: "1 in 2,300".
std::string one_in(double log_odds) {
  double many = std::max(1.0, 1 + std::exp(-log_odds));
  const double step = std::pow(10, std::max(0.0, std::floor(std::log10(many)) - 1));
  many = std::round(many / step) * step;
  std::string digits = std::to_string(std::llround(many));
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return "1 in " + digits;
}

std::string weight_text(double contribution) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), " %+.1f", contribution);
  return text.data();
}

// part-equal +3.1 (TU Wien / Technische Univ...)
std::string ground(const partners::MatchReason& reason) {
  const std::string text = reason.code + weight_text(reason.contribution);
  if (reason.left.empty() && reason.right.empty()) return text;
  const bool one = reason.left == reason.right;
  return text + " (" + reason.left + (one ? "" : " / " + reason.right) + ')';
}

// Where the odds begin, the strongest grounds for and against, and what the others come to.
std::string grounds(const partners::Population& population, partners::Comparer& comparer,
                    const MemberPair& pair) {
  static constexpr std::size_t shown = 3;
  static constexpr double least = 0.05;
  const auto compared = comparer.compare(pair.left, pair.right);
  const partners::MatchModel& model = partners::MatchModel::current();
  std::string text = "with nothing in common " + one_in(model.start());
  double rest = 0;
  std::size_t told[2] = {0, 0};
  std::string sides[2];
  for (const auto& reason : model.reasons(compared, population, pair.left, pair.right)) {
    const std::size_t side = reason.contribution > 0 ? 0 : 1;
    const bool counts = std::abs(reason.contribution) >= least;
    if (counts && told[side]++ < shown)
      sides[side] += (sides[side].empty() ? "" : ", ") + ground(reason);
    else
      rest += reason.contribution;
  }
  if (told[0] > 0) text += "; for: " + sides[0];
  if (told[1] > 0) text += "; against: " + sides[1];
  if (std::max(told[0], told[1]) > shown) text += "; others" + weight_text(rest);
  return text;
}

// What the rule would have in the catalogue, by the id that the pair gives.
class Proposal {
 public:
  Proposal(const std::vector<MatchCandidate>& organisations, const MatchRequest& request,
           const Task& task)
      : organisations_(organisations), request_(request), task_(task) {
    for (std::uint32_t i = 0; i < organisations.size(); ++i)
      number_.emplace(organisations[i].id, i);
  }

  void run(const std::vector<DecisionEntry>& log, MatchReport& report) {
    std::vector<partners::OrganisationFacts> facts;
    for (const MatchCandidate& one : organisations_) {
      facts.push_back(partners::facts_of(one.organisation));
      facts.back().stake = one.stake;
    }
    population_ = partners::read_population(facts, step_of(task_, "names"));
    const auto candidates = partners::candidate_pairs(population_, {}, step_of(task_, "pairs"));
    const auto scored =
        partners::score_pairs(population_, candidates.pairs, partners::MatchModel::current(),
                              step_of(task_, "comparison"));
    const auto persons = decisions_of(log);
    partners::ClusterOptions options;
    options.threshold = request_.threshold;
    options.support = request_.support;
    const auto clusters =
        partners::identify(population_, scored, persons, options, step_of(task_, "groups"));
    report.organisations = organisations_.size();
    report.pairs = candidates.pairs.size();
    const auto apart =
        partners::told_apart(population_, scored, persons, clusters, request_.threshold);
    take(clusters, scored, persons);
    for (const partners::Contradiction& found : clusters.contradictions) {
      // What a person told apart though the rule would take the very pair is settled.
      if (found.decided && found.chain.size() == 1) continue;
      report.conflicts.push_back(told(found));
      if (found.chain.size() == 1) keep_apart({found.left, found.right});
    }
    for (const MemberPair& pair : apart) {
      report.conflicts.push_back(
          told({pair.left, pair.right, false, false, {{pair.left, pair.right, false}}}));
      keep_apart(pair);
    }
  }

  const std::map<std::string, MatchDecision>& decisions() const { return decisions_; }

 private:
  std::vector<partners::PairDecision> decisions_of(const std::vector<DecisionEntry>& log) const {
    std::map<MemberPair, std::vector<partners::LoggedDecision>> pairs;
    for (const DecisionEntry& entry : log) {
      const auto left = number_.find(entry.decision.left);
      const auto right = number_.find(entry.decision.right);
      if (left == number_.end() || right == number_.end() || left == right) continue;
      const auto [low, high] = std::minmax(left->second, right->second);
      pairs[{low, high}].push_back(partners::logged(entry.id, entry.decision));
    }
    std::vector<partners::PairDecision> decisions;
    for (const auto& [pair, logged] : pairs) {
      const partners::PairVerdict said = partners::verdict_of(logged);
      if (said.person) decisions.push_back({pair.left, pair.right, *said.person});
    }
    return decisions;
  }

  void take(const partners::Clusters& clusters, std::span<const partners::ScoredPair> scored,
            std::span<const partners::PairDecision> persons) {
    partners::Comparer comparer(population_);
    std::map<MemberPair, std::uint32_t> links;
    for (const partners::ChainLink& link : clusters.links) {
      if (!link.decided) links[{std::min(link.from, link.to), std::max(link.from, link.to)}] = 0;
    }
    for (const partners::ScoredPair& one : scored) {
      const auto found = links.find(one.pair);
      if (found != links.end()) found->second = one.millionths;
    }
    for (const auto& [pair, millionths] : links) add(pair, "same", millionths, comparer);
    for (const auto& item :
         partners::review_queue(population_, scored, persons, clusters, request_.review)) {
      if (links.count(item.pair) > 0) continue;
      add(item.pair, "unsure", static_cast<std::uint32_t>(std::lround(item.probability * 1e6)),
          comparer);
    }
  }

  // A decision says so, that the finding outlives the run: identity_conflicts() reads it there.
  void keep_apart(const MemberPair& pair) {
    partners::Comparer comparer(population_);
    const double probability =
        partners::MatchModel::current().probability(comparer.compare(pair.left, pair.right));
    add(pair, "unsure", static_cast<std::uint32_t>(std::lround(probability * 1e6)), comparer);
  }

  void add(const MemberPair& pair, const char* verdict, std::uint32_t millionths,
           partners::Comparer& comparer) {
    MatchDecision decision;
    decision.left = organisations_[pair.left].id;
    decision.right = organisations_[pair.right].id;
    decision.verdict = verdict;
    decision.decided_by = rule_name;
    decision.decided_on = today();
    decision.reason = grounds(population_, comparer, pair);
    decision.probability = Share{static_cast<std::int32_t>(millionths)};
    const std::string id =
        exchange::derived_id(RecordKind::MatchDecision, {rule_name, decision.left, decision.right});
    decisions_.emplace(id, std::move(decision));
  }

  IdentityConflict told(const partners::Contradiction& found) const {
    IdentityConflict conflict;
    conflict.left = organisations_[found.left].id;
    conflict.right = organisations_[found.right].id;
    conflict.by_person = found.decided;
    conflict.stands = found.stands;
    for (const partners::ChainLink& link : found.chain)
      conflict.chain.push_back(
          {organisations_[link.from].id, organisations_[link.to].id, link.decided});
    return conflict;
  }

  const std::vector<MatchCandidate>& organisations_;
  const MatchRequest& request_;
  const Task& task_;
  std::unordered_map<std::string, std::uint32_t> number_;
  partners::Population population_;
  std::map<std::string, MatchDecision> decisions_;
};

// ---- What is written ---------------------------------------------------------------------------

// What is new of a proposal, beside the rule's decisions as they are; and which of these go.
struct Difference {
  std::vector<DecisionEntry> put;
  std::vector<std::string> drop;
};

Difference difference(const std::map<std::string, MatchDecision>& wanted,
                      const std::vector<DecisionEntry>& log) {
  Difference difference;
  std::unordered_set<std::string> kept;
  for (const DecisionEntry& entry : log) {
    if (entry.decision.decided_by != rule_name) continue;
    const auto found = wanted.find(entry.id);
    if (found == wanted.end()) {
      difference.drop.push_back(entry.id);
    } else if (found->second.verdict == entry.decision.verdict) {
      kept.insert(entry.id);  // its day and grounds stay those of when it was taken
    }
  }
  for (const auto& [id, decision] : wanted) {
    if (kept.count(id) == 0) difference.put.push_back({id, decision, true});
  }
  return difference;
}

bool is_there(store::Transaction& transaction, const std::string& id) {
  const auto row = transaction.find(id);
  return row && row->state == store::State::Present;
}

void write(store::Store& store, const Difference& difference, std::string_view by,
           MatchReport& report) {
  store::Transaction transaction = store.write();
  const std::uint64_t before = transaction.last_change();
  UnitOfWork work(transaction, now(), std::string(by), before, nullptr);
  for (const DecisionEntry& entry : difference.put) {
    // Somebody may have taken one of them away meanwhile.
    if (!is_there(transaction, entry.decision.left) || !is_there(transaction, entry.decision.right))
      continue;
    work.put({entry.id, entry.decision, {}}, exchange::to_json(Record(entry.decision)));
    ++report.added;
  }
  work.flush();
  for (const std::string& id : difference.drop) {
    auto row = transaction.find(id);
    if (!row || row->state != store::State::Present) continue;
    store::Version version;
    version.what = ChangeKind::Remove;
    version.at = now();
    version.by = by;
    transaction.append(*row, version);
    ++report.dropped;
  }
  const std::uint64_t after = transaction.last_change();
  transaction.commit();
  report.change = after == before ? 0 : after;
}

void check(const MatchRequest& request) {
  const auto probability = [](double p) { return p >= 0 && p <= 1; };
  if (!probability(request.threshold))
    throw Error(ErrorCode::InvalidArgument, "threshold must be between 0 and 1");
  if (!probability(request.support))
    throw Error(ErrorCode::InvalidArgument, "support must be between 0 and 1");
}

}  // namespace

MatchReport run_match(store::Store& store, const std::vector<MatchCandidate>& organisations,
                      const MatchRequest& request, std::string_view by, const Task& task) {
  check(request);
  const auto start = std::chrono::steady_clock::now();
  MatchReport report;
  const std::vector<DecisionEntry> log = [&] {
    store::Snapshot snapshot = store.read();  // let go of before anything is written
    return all_decisions(snapshot);
  }();
  Proposal proposal(organisations, request, task);
  proposal.run(log, report);
  for (const auto& [id, decision] : proposal.decisions())
    ++(decision.verdict == "same" ? report.same : report.unsure);
  const Difference changes = difference(proposal.decisions(), log);
  if (request.dry_run) {
    report.added = changes.put.size();
    report.dropped = changes.drop.size();
    report.proposed = changes.put;
  } else if (!changes.put.empty() || !changes.drop.empty()) {
    write(store, changes, by.empty() ? std::string_view(rule_name) : by, report);
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

std::vector<DecisionEntry> all_decisions(store::Snapshot& snapshot) {
  std::vector<DecisionEntry> entries;
  for (const std::string& id : snapshot.all_ids(RecordKind::MatchDecision)) {
    const auto row = snapshot.find(id);
    if (!row) continue;
    auto decoded = exchange::from_json(row->kind, snapshot.body(row->change));
    entries.push_back({id, std::get<MatchDecision>(std::move(decoded.record)), false});
  }
  return entries;
}

std::unordered_set<std::string> spent_decisions(store::Snapshot& snapshot) {
  std::map<std::pair<std::string, std::string>, std::vector<partners::LoggedDecision>> pairs;
  for (const DecisionEntry& entry : all_decisions(snapshot)) {
    const auto& [left, right] = std::minmax(entry.decision.left, entry.decision.right);
    pairs[{left, right}].push_back(partners::logged(entry.id, entry.decision));
  }
  std::unordered_set<std::string> spent;
  for (const auto& [pair, log] : pairs) {
    const std::vector<bool> idle = partners::spent(log);
    for (std::size_t i = 0; i < log.size(); ++i) {
      if (idle[i]) spent.insert(log[i].id);
    }
  }
  return spent;
}

// ---- What people say ---------------------------------------------------------------------------

Written decide(store::Store& store, const Decision& said, std::string id,
               const std::vector<DecisionEntry>& log, std::string_view by) {
  if (said.verdict != "same" && said.verdict != "different" && said.verdict != "unsure") {
    throw Error(ErrorCode::InvalidArgument,
                "a verdict is \"same\", \"different\" or \"unsure\", not '" +
                    search::shown(said.verdict) + "'");
  }
  if (partners::by_rule(by)) {
    throw Error(ErrorCode::InvalidArgument,
                "who decides must not be called \"rule:...\": that is for rules");
  }
  MatchDecision decision;
  decision.left = said.left;
  decision.right = said.right;
  decision.verdict = said.verdict;
  decision.decided_by = by;
  decision.decided_on = today();
  decision.reason = said.reason;
  for (const DecisionEntry& entry : log) {
    if (!entry.holds || partners::by_rule(entry.decision.decided_by)) continue;
    if (entry.decision.verdict == "withdrawn") continue;
    if (entry.decision.verdict == said.verdict) {
      const auto row = store.read().find(entry.id);
      return {entry.id, row ? row->version : 0, 0};
    }
    decision.undoes = entry.id;
  }
  const std::vector<Violation> violations = check_rules(decision);
  if (!violations.empty()) throw Error(ErrorCode::InvalidRecord, describe(violations), violations);
  store::Transaction transaction = store.write();
  for (const std::string& each : {said.left, said.right}) {
    const auto row = transaction.find(each);
    if (!row || row->state != store::State::Present)
      throw Error(ErrorCode::NotFound, "there is no organisation '" + search::shown(each) + "'");
    if (row->kind != RecordKind::Organisation) refuse_kind(each, row->kind, "an organisation");
  }
  UnitOfWork work(transaction, now(), std::string(by), transaction.last_change(), nullptr);
  work.put({id, decision, {}}, exchange::to_json(Record(decision)));
  work.flush();
  transaction.commit();
  return work.written(id);
}

MatchDecision withdrawal(const DecisionEntry& entry, std::string_view reason, std::string_view by) {
  MatchDecision decision;
  decision.left = entry.decision.left;
  decision.right = entry.decision.right;
  decision.verdict = "withdrawn";
  decision.decided_by = by;
  decision.decided_on = today();
  decision.reason = reason;
  decision.undoes = entry.id;
  return decision;
}

}  // namespace koinon::engine
