// SPDX-License-Identifier: Apache-2.0
#include "partners/consortium/problem.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::partners::consortium {

namespace {

constexpr std::size_t told = 100;

class Validation {
 public:
  explicit Validation(const Problem& problem) : problem_(problem) {}

  std::vector<Violation> run() {
    if (problem_.candidates.size() > most_candidates)
      report("candidates", "too_large", "ask for at most 1,000,000 candidates");
    number("tie_weight", problem_.tie_weight, true);
    number("member_price", problem_.member_price, false);
    for (std::size_t i = 0; i < problem_.candidates.size() && !full(); ++i) look_at_candidate(i);
    look_at_ties();
    for (std::size_t i = 0; i < problem_.rules.size() && !full(); ++i) look_at_rule(i);
    return std::move(found_);
  }

 private:
  bool full() const { return found_.size() >= told; }

  void report(const std::string& path, const char* code, const char* message) {
    if (!full()) found_.push_back({path, code, message});
  }

  void number(const std::string& path, double value, bool from_zero) {
    if (!std::isfinite(value))
      report(path, "not_finite", "give a finite number");
    else if (std::abs(value) > largest_number)
      report(path, "too_large", "give no more than 1e12");
    else if (from_zero && value < 0)
      report(path, "negative", "give 0 or more");
  }

  void amount(const std::string& path, std::int64_t value, std::int64_t most) {
    if (value < 0) report(path, "negative", "give 0 or more");
    if (value > most) report(path, "too_large", "give no more than the bound of problem.hpp");
  }

  void look_at_candidate(std::size_t i) {
    const Candidate& candidate = problem_.candidates[i];
    if (std::abs(candidate.fit) <= largest_number && candidate.cost >= 0 &&
        candidate.cost <= largest_amount && candidate.grant >= 0 &&
        candidate.grant <= candidate.cost)
      return;
    const std::string at = "candidates[" + std::to_string(i) + "].";
    number(at + "fit", candidate.fit, false);
    amount(at + "cost", candidate.cost, largest_amount);
    amount(at + "grant", candidate.grant, largest_amount);
    if (candidate.grant > candidate.cost)
      report(at + "grant", "grant_above_cost", "a grant is a part of the cost");
  }

  void look_at_ties() {
    std::vector<std::pair<std::uint64_t, std::size_t>> pairs;
    pairs.reserve(problem_.ties.size());
    for (std::size_t i = 0; i < problem_.ties.size() && !full(); ++i) {
      const Tie& tie = problem_.ties[i];
      const std::uint32_t candidates = static_cast<std::uint32_t>(problem_.candidates.size());
      if (tie.left >= candidates || tie.right >= candidates)
        report(tie_path(i), "unknown_member", "name candidates by their place");
      else if (tie.left == tie.right)
        report(tie_path(i), "self_tie", "a tie is between two");
      else if (!(tie.weight >= 0 && tie.weight <= largest_number))
        number(tie_path(i) + ".weight", tie.weight, true);
      pairs.emplace_back(
          std::uint64_t{std::min(tie.left, tie.right)} << 32 | std::max(tie.left, tie.right), i);
    }
    std::sort(pairs.begin(), pairs.end());
    for (std::size_t i = 1; i < pairs.size() && !full(); ++i) {
      if (pairs[i].first == pairs[i - 1].first)
        report(tie_path(pairs[i].second), "duplicate_tie", "add up the weights of one pair");
    }
  }

  static std::string tie_path(std::size_t i) { return "ties[" + std::to_string(i) + "]"; }

  void look_at_rule(std::size_t i) {
    const Rule& rule = problem_.rules[i];
    const std::string at = "rules[" + std::to_string(i) + "]";
    if (rule.kind > RuleKind::TogetherAtMost) {
      report(at, "unknown_kind", "use a RuleKind");
      return;
    }
    const bool needs_countries = rule.kind == RuleKind::CountriesAllowed;
    const bool needs_members = rule.kind == RuleKind::Required ||
                               rule.kind == RuleKind::Forbidden ||
                               rule.kind == RuleKind::TogetherAtMost;
    if (needs_countries && rule.countries.empty())
      report(at + ".countries", "missing", "name at least one country");
    if (needs_members && rule.members.empty())
      report(at + ".members", "missing", "name at least one candidate");
    if (rule.kind == RuleKind::Coordinator && rule.members.size() > 1)
      report(at + ".members", "too_many_members", "a team has one coordinator");
    const bool marks =
        rule.kind == RuleKind::RoleAtLeast || rule.kind == RuleKind::CompetenceAtLeast ||
        rule.kind == RuleKind::PropertyAtLeast || rule.kind == RuleKind::PropertyAtMost;
    if (marks && rule.mark >= most_marks)
      report(at + ".mark", "too_large", "roles, competences and properties are numbered below 64");
    if (rule.count > most_candidates)
      report(at + ".count", "too_large", "ask for at most 1,000,000");
    amount(at + ".amount", rule.amount,
           rule.kind == RuleKind::RateAtMost ? whole_rate : largest_amount * largest_team);
    amount(at + ".cost_beside", rule.cost_beside, largest_amount);
    amount(at + ".grant_beside", rule.grant_beside, largest_amount);
    if (rule.grant_beside > rule.cost_beside)
      report(at + ".grant_beside", "grant_above_cost", "a grant is a part of the cost");
    distinct(at + ".members", rule.members, "duplicate_member");
    distinct(at + ".countries", rule.countries, "duplicate_country");
    for (const std::uint32_t member : rule.members) {
      if (member >= problem_.candidates.size())
        report(at + ".members", "unknown_member", "name candidates by their place");
    }
  }

  template <typename Number>
  void distinct(const std::string& path, std::vector<Number> numbers, const char* code) {
    std::sort(numbers.begin(), numbers.end());
    if (std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end())
      report(path, code, "name each once");
  }

  const Problem& problem_;
  std::vector<Violation> found_;
};

std::string of(const Rule& rule, const char* what) {
  return std::to_string(rule.count) + " " + what;
}

std::string numbered(const Rule& rule, const char* what) {
  return std::to_string(rule.count) + " with " + what + " " + std::to_string(rule.mark);
}

template <typename Number>
std::string listed(const std::vector<Number>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size() && i < 8; ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(numbers[i]);
  return numbers.size() > 8 ? text + " ..." : text;
}

std::string among(const Rule& rule) {
  return rule.countries.empty() ? "" : " of countries " + listed(rule.countries);
}

}  // namespace

void validate(const Problem& problem) {
  auto found = Validation(problem).run();
  if (found.empty()) return;
  const std::string message = "the consortium problem is not well formed: " + found[0].path + ": " +
                              found[0].message +
                              (found.size() > 1 ? " (and more; see the violations)" : "");
  throw Error(ErrorCode::InvalidArgument, message, std::move(found));
}

std::string describe(const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::MembersAtLeast:
      return "at least " + of(rule, "members");
    case RuleKind::MembersAtMost:
      return "at most " + of(rule, "members");
    case RuleKind::CountriesAtLeast:
      return "at least " + of(rule, "countries") + among(rule) +
             (rule.members.empty() ? "" : " of candidates " + listed(rule.members));
    case RuleKind::CountriesAllowed:
      return "members of countries " + listed(rule.countries) + " alone";
    case RuleKind::PerCountryAtMost:
      return "at most " + of(rule, "members of one country") + among(rule);
    case RuleKind::RoleAtLeast:
      return "at least " + numbered(rule, "role");
    case RuleKind::RolesPerMemberAtMost:
      return "at most " + of(rule, "roles of one member");
    case RuleKind::CompetenceAtLeast:
      return "at least " + numbered(rule, "competence");
    case RuleKind::PropertyAtLeast:
      return "at least " + numbered(rule, "property");
    case RuleKind::PropertyAtMost:
      return "at most " + numbered(rule, "property");
    case RuleKind::LinkedAtMost:
      return "at most " + of(rule, "of linked entities");
    case RuleKind::CostAtMost:
      return "cost of at most " + std::to_string(rule.amount);
    case RuleKind::GrantAtMost:
      return "grant of at most " + std::to_string(rule.amount);
    case RuleKind::GrantAtLeast:
      return "grant of at least " + std::to_string(rule.amount);
    case RuleKind::RateAtMost:
      return "grant of at most " + std::to_string(rule.amount) + " millionths of the cost";
    case RuleKind::Coordinator:
      return rule.members.empty() ? "a member who may coordinate"
                                  : "coordinator " + std::to_string(rule.members[0]);
    case RuleKind::Required:
      return "with " + listed(rule.members);
    case RuleKind::Forbidden:
      return "without " + listed(rule.members);
    case RuleKind::TogetherAtMost:
      return "at most " + std::to_string(rule.count) + " of " + listed(rule.members);
  }
  return "a rule of no kind";
}

}  // namespace koinon::partners::consortium
