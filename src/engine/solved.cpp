// SPDX-License-Identifier: Apache-2.0
#include "engine/solved.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "engine/linked.hpp"
#include "engine/ranked_page.hpp"
#include "engine/solved_found.hpp"
#include "engine/ticker.hpp"
#include "koinon/catalogue.hpp"

namespace koinon::engine {

namespace {

// Who has solved what was asked for: the records found by their scores, and the organisations
// behind them.
class Solved {
 public:
  Solved(const SolvedRequest& request, const Asked& asked, const SolvedGround& ground)
      : request_(request),
        asked_(asked),
        ground_(ground),
        columns_(ground.columns),
        found_(asked, ground),
        shown_(ground.documents) {}

  SolvedAnswer answer() {
    SolvedAnswer answer;
    answer.change = ground_.state.change;
    answer.considered = found_.all.size();
    weigh();
    std::vector<Party> organisations = best_organisations();
    Candidates cases;
    Candidates methods;
    for (const Candidate& each : found_.all)
      (columns_.is(each.number, RecordKind::Method) ? methods : cases).push_back(&each);
    keep_best(cases, request_.limit);
    keep_best(methods, request_.limit);
    tell(organisations, cases, methods, answer);
    return answer;
  }

 private:
  using Candidates = std::vector<const Candidate*>;

  struct Work {
    std::uint32_t who;
    programme::RoleRank rank;
    const Candidate* found;
  };
  struct Party {
    std::uint32_t number;
    SolvedOrganisation told;
    Candidates works;
  };

  bool better(const Candidate& a, const Candidate& b) const {
    return a.score != b.score ? a.score > b.score : columns_.id(a.number) < columns_.id(b.number);
  }

  void keep_best(Candidates& of, std::size_t most) const {
    of = ranked_page(std::move(of), 0, most,
                     [&](const Candidate* a, const Candidate* b) { return better(*a, *b); });
  }

  void weigh() {
    RecordFit fit(asked_, columns_);
    Ticker ticker(ground_.task, "solved", found_.all.size());
    for (Candidate& each : found_.all) {
      ticker.step();
      each.score = fit(each).value();
      for (const auto& role : columns_.roles(each.number))
        works_.push_back({role.who, role.rank, &each});
    }
    std::sort(works_.begin(), works_.end(),
              [](const Work& a, const Work& b) { return a.who < b.who; });
  }

  std::vector<Party> best_organisations() {
    std::vector<Party> all;
    for (auto begin = works_.begin(); begin != works_.end();) {
      const auto end = std::find_if(begin, works_.end(),
                                    [&](const Work& work) { return work.who != begin->who; });
      Party one{begin->who, {}, {}};
      std::vector<double> scores;
      for (auto work = begin; work != end; ++work) {
        scores.push_back(work->found->score * programme::role_weight(work->rank));
        one.told.authority = one.told.authority || work->rank == programme::RoleRank::Authority;
        one.works.push_back(work->found);
      }
      begin = end;
      if (request_.authorities && !one.told.authority) continue;
      one.told.score = programme::summed(std::move(scores));
      one.told.records = one.works.size();
      all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [&](const Party& a, const Party& b) {
      if (a.told.score != b.told.score) return a.told.score > b.told.score;
      return columns_.id(a.number) < columns_.id(b.number);
    });
    std::vector<Party> best;
    for (Party& one : all) {
      if (best.size() == request_.limit) break;
      if (!is_wanted(one.number)) continue;
      keep_best(one.works, request_.works);
      best.push_back(std::move(one));
    }
    return best;
  }

  // By the country of its seat; whoever is named and is no organisation may have another.
  bool is_wanted(std::uint32_t number) {
    const Codes& wanted = request_.countries;
    if (wanted.empty()) return true;
    if (!columns_.is(number, RecordKind::Organisation)) {
      return std::find(wanted.begin(), wanted.end(), shown_.of(columns_.id(number)).country) !=
             wanted.end();
    }
    const Codes& seat = columns_.countries().of(number);
    return std::find(wanted.begin(), wanted.end(), seat.empty() ? std::string() : seat.front()) !=
           wanted.end();
  }

  struct Told {
    SolvedRecord record;
    std::map<std::string, Codes> roles;
  };

  Told told(const Candidate& candidate, const Hit& hit) const {
    const Record record = known_record(ground_.documents, hit.id);
    Told told;
    told.roles = programme::roles_in(record);
    SolvedRecord& one = told.record;
    one.id = hit.id;
    one.kind = kind_name(hit.kind);
    one.title = hit.title;
    one.language = hit.title_language;
    one.countries = hit.countries;
    one.reasons = reasons_of(asked_, candidate, hit, record);
    one.score = candidate.score;
    return told;
  }

  void tell(std::vector<Party>& organisations, const Candidates& cases, const Candidates& methods,
            SolvedAnswer& answer) {
    Candidates shown = cases;
    shown.insert(shown.end(), methods.begin(), methods.end());
    for (const Party& one : organisations)
      shown.insert(shown.end(), one.works.begin(), one.works.end());
    const auto hits = found_.told(shown);
    std::map<std::uint32_t, Told> records;
    for (const Candidate* each : shown) {
      if (records.count(each->number) == 0)
        records.emplace(each->number, told(*each, hits.at(each->number)));
    }
    for (const Candidate* each : cases) answer.cases.push_back(records[each->number].record);
    for (const Candidate* each : methods) answer.methods.push_back(records[each->number].record);
    for (Party& one : organisations) {
      SolvedOrganisation& told = one.told;
      told.id = columns_.id(one.number);
      const Shown::Facts& facts = shown_.of(told.id);
      told.name = facts.title;
      told.country = facts.country;
      told.kind = facts.kind;
      for (const Candidate* each : one.works) {
        const Told& work = records[each->number];
        told.works.push_back(work.record);
        told.works.back().roles = work.roles.at(told.id);
      }
      answer.organisations.push_back(std::move(told));
    }
  }

  const SolvedRequest& request_;
  const Asked& asked_;
  const SolvedGround& ground_;
  const programme::FitColumns& columns_;
  Found found_;
  Shown shown_;
  std::vector<Work> works_;
};

}  // namespace

SolvedAnswer who_solved(const SolvedRequest& request, const SolvedGround& ground) {
  const Asked asked{request.text,
                    request.themes,
                    request.target_groups,
                    request.language,
                    {"case-study", "project", "method"}};
  return Solved(request, asked, ground).answer();
}

}  // namespace koinon::engine
