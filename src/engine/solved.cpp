// SPDX-License-Identifier: Apache-2.0
#include "engine/solved.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "data/vocabulary.hpp"
#include "engine/evidence.hpp"
#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "koinon/catalogue.hpp"
#include "koinon/error.hpp"
#include "koinon/query.hpp"
#include "programme/fit.hpp"

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;

// Found at most by the text, and at most by codes: beyond that nothing comes near the first.
constexpr std::size_t most_found = 500;

struct Asked {
  const std::string& text;
  const Codes& themes;
  const Codes& target_groups;
  const std::string& language;
  Codes kinds;
};

template <class Request>
void check_question(const Request& request, const Codes& countries) {
  std::vector<Violation> violations;
  const auto hold = [&](const char* vocabulary, const std::string& code, const char* path) {
    if (!code.empty() && data::vocabulary(vocabulary)->find(code) == nullptr)
      violations.push_back(
          {path, "unknown_code", "'" + code + "' is no code of the vocabulary " + vocabulary});
  };
  for (const std::string& code : request.target_groups)
    hold("target-groups", code, "target_groups");
  for (const std::string& code : countries) hold("countries", code, "countries");
  if (request.text.empty() && request.themes.empty() && request.target_groups.empty())
    violations.push_back(
        {"text", "missing", "nothing is asked: give a text, themes or target groups"});
  if (violations.empty()) return;
  const std::string message = describe(violations);
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations));
}

// What search finds by the words, and by the codes: each record once, with what its text is worth.
struct Found {
  Hit hit;
  FitReason text;
};

std::vector<Found> found_by(const Asked& asked, const AskSearch& ask, std::uint64_t& change) {
  SearchRequest request;
  request.language = asked.language;
  request.filters = {{"kind", asked.kinds, false}};
  request.limit = most_found;
  request.snippets = false;
  request.suggest = false;
  std::vector<Found> found;
  std::set<std::string> seen;
  const auto take = [&](const SearchResults& results, bool by_text) {
    change = results.change;
    const double best = results.hits.empty() ? 0 : results.hits.front().score;
    for (const Hit& hit : results.hits) {
      if (!seen.insert(hit.id).second) continue;
      FitReason text{"text", 0, programme::text_weight, {}};
      if (by_text && best > 0) {
        text.part = hit.score / best;
        for (const FoundThrough& through : hit.found_through) text.what.push_back(through.what);
      }
      found.push_back({hit, std::move(text)});
    }
  };
  if (!asked.text.empty()) {
    request.text = asked.text;
    take(ask(request), true);
  }
  std::vector<Query> codes;
  if (!asked.themes.empty()) codes.push_back(query::code("theme", asked.themes));
  if (!asked.target_groups.empty())
    codes.push_back(query::code("target-group", asked.target_groups));
  if (!codes.empty()) {
    request.text.clear();
    request.query = query::any_of(std::move(codes));
    take(ask(request), false);
  }
  return found;
}

template <class T>
const Codes& themes_of(const T& told) {
  static const Codes none;
  if constexpr (requires { told.themes; }) return told.themes;
  return none;
}
template <class T>
const Codes& target_groups_of(const T& told) {
  static const Codes none;
  if constexpr (requires { told.target_groups; }) return told.target_groups;
  return none;
}

// The parts that were asked for.
std::vector<FitReason> reasons_of(const Asked& asked, const Found& found, const Record& record) {
  std::vector<FitReason> reasons;
  if (!asked.text.empty()) reasons.push_back(found.text);
  std::visit(
      [&](const auto& told) {
        if (!asked.themes.empty())
          reasons.push_back(programme::codes_in_common("themes", asked.themes, themes_of(told)));
        if (!asked.target_groups.empty())
          reasons.push_back(programme::codes_in_common("target-groups", asked.target_groups,
                                                       target_groups_of(told)));
      },
      record);
  return reasons;
}

bool speaks(const Method& method, const std::string& language) {
  return std::any_of(method.versions.begin(), method.versions.end(), [&](const auto& version) {
    const auto& told = version.languages;
    return std::find(told.begin(), told.end(), language) != told.end() ||
           std::any_of(version.text.begin(), version.text.end(),
                       [&](const Text& text) { return text.language == language; });
  });
}

FitReason country_reason(const std::string& country, const std::vector<MethodUseShown>& uses) {
  FitReason reason{"country", 0, programme::place_weight, {}};
  for (const MethodUseShown& use : uses) {
    if (std::find(use.countries.begin(), use.countries.end(), country) != use.countries.end())
      reason.what.push_back(use.case_study);
  }
  reason.part = reason.what.empty() ? 0 : 1;
  return reason;
}

}  // namespace

void check(const MethodsRequest& request) {
  check_question(request, {request.country});
}

void check(const SolvedRequest& request) {
  check_question(request, request.countries);
}

MethodsFound methods_for(const MethodsRequest& request, const AskSearch& ask, store::Reader& reader,
                         const Task& task) {
  const Asked asked{
      request.text, request.themes, request.target_groups, request.language, {"method"}};
  MethodsFound answer;
  Shown shown(reader);
  const std::vector<Found> all = found_by(asked, ask, answer.change);
  Ticker ticker(task, "methods", all.size());
  for (const Found& found : all) {
    ticker.step();
    ticker.look();
    const auto record = present_record(reader, found.hit.id);
    const auto* method = record ? std::get_if<Method>(&*record) : nullptr;
    if (!method || method->state == "rejected") continue;
    ++answer.considered;
    MethodFound one;
    one.id = found.hit.id;
    one.title = found.hit.title;
    one.state = method->state;
    one.reasons = reasons_of(asked, found, *record);
    std::vector<MethodUseShown> uses = uses_of(one.id, request.country, SIZE_MAX, reader);
    if (!request.country.empty()) one.reasons.push_back(country_reason(request.country, uses));
    if (!request.language.empty()) {
      const bool has = speaks(*method, request.language);
      one.reasons.push_back({"language", has ? 1.0 : 0.0, programme::place_weight,
                             has ? Codes{request.language} : Codes{}});
    }
    one.standard = method_standard(one.id, *method, reader).grade;
    one.reasons.push_back({"evidence", programme::standard_part(one.standard),
                           programme::evidence_weight,
                           one.standard.empty() ? Codes{} : Codes{one.standard}});
    one.score = programme::weighed_mean(one.reasons);
    one.successor = successor_of(one.id, *method, reader);
    if (!one.successor.empty()) one.successor_title = shown.title(one.successor);
    if (uses.size() > request.uses) uses.resize(request.uses);
    one.uses = std::move(uses);
    answer.methods.push_back(std::move(one));
  }
  std::sort(answer.methods.begin(), answer.methods.end(),
            [](const MethodFound& a, const MethodFound& b) {
              if (a.successor.empty() != b.successor.empty()) return a.successor.empty();
              return a.score != b.score ? a.score > b.score : a.id < b.id;
            });
  if (answer.methods.size() > request.limit) answer.methods.resize(request.limit);
  return answer;
}

namespace {

// Who has to do with a record, and as what.
using Roles = std::map<std::string, Codes>;

Roles roles_in(const Record& record) {
  Roles roles;
  const auto take = [&](const std::string& id, const std::string& role) {
    if (id.empty()) return;
    Codes& own = roles[id];
    if (std::find(own.begin(), own.end(), role) == own.end()) own.push_back(role);
  };
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    take(study->lead_organisation, "lead");
    for (const Participation& part : study->participations) take(part.organisation, part.role);
  } else if (const auto* project = std::get_if<Project>(&record)) {
    for (const Participation& part : project->participations) take(part.organisation, part.role);
  } else if (const auto* method = std::get_if<Method>(&record)) {
    take(method->maintainer, "lead");
  }
  return roles;
}

double weight_of(const Codes& roles) {
  double weight = 0;
  for (const std::string& role : roles) weight = std::max(weight, programme::role_weight(role));
  return weight;
}

bool better(const SolvedRecord& a, const SolvedRecord& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}

// The organisations behind what was found.
class Behind {
 public:
  Behind(const SolvedRequest& request, store::Reader& reader) : request_(request), shown_(reader) {}

  void take(const SolvedRecord& record, const Roles& roles) {
    for (const auto& [id, own] : roles) {
      SolvedRecord work = record;
      work.roles = own;
      works_[id].push_back(std::move(work));
    }
  }

  std::vector<SolvedOrganisation> told() {
    std::vector<SolvedOrganisation> all;
    for (auto& [id, works] : works_) {
      SolvedOrganisation one;
      one.id = id;
      std::vector<double> scores;
      for (const SolvedRecord& work : works) {
        scores.push_back(work.score * weight_of(work.roles));
        one.authority = one.authority ||
                        std::any_of(work.roles.begin(), work.roles.end(), programme::is_authority);
      }
      if (request_.authorities && !one.authority) continue;
      one.score = programme::summed(std::move(scores));
      one.records = works.size();
      std::sort(works.begin(), works.end(), better);
      if (works.size() > request_.works) works.resize(request_.works);
      one.works = std::move(works);
      all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const SolvedOrganisation& a, const auto& b) {
      return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    std::vector<SolvedOrganisation> named;
    for (SolvedOrganisation& one : all) {
      if (named.size() == request_.limit) break;
      const Shown::Facts& facts = shown_.of(one.id);
      const auto& wanted = request_.countries;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), facts.country) == wanted.end())
        continue;
      one.name = facts.title;
      one.country = facts.country;
      one.kind = facts.kind;
      named.push_back(std::move(one));
    }
    return named;
  }

 private:
  const SolvedRequest& request_;
  Shown shown_;
  std::map<std::string, std::vector<SolvedRecord>> works_;
};

}  // namespace

SolvedAnswer who_solved(const SolvedRequest& request, const AskSearch& ask, store::Reader& reader,
                        const Task& task) {
  const Asked asked{request.text,
                    request.themes,
                    request.target_groups,
                    request.language,
                    {"case-study", "project", "method"}};
  SolvedAnswer answer;
  Behind behind(request, reader);
  const std::vector<Found> all = found_by(asked, ask, answer.change);
  Ticker ticker(task, "solved", all.size());
  for (const Found& found : all) {
    ticker.step();
    const auto record = present_record(reader, found.hit.id);
    if (!record) continue;
    ++answer.considered;
    SolvedRecord one;
    one.id = found.hit.id;
    one.kind = kind_name(found.hit.kind);
    one.title = found.hit.title;
    one.language = found.hit.title_language;
    one.countries = found.hit.countries;
    one.reasons = reasons_of(asked, found, *record);
    one.score = programme::weighed_mean(one.reasons);
    behind.take(one, roles_in(*record));
    auto& list = found.hit.kind == RecordKind::Method ? answer.methods : answer.cases;
    list.push_back(std::move(one));
  }
  answer.organisations = behind.told();
  for (auto* list : {&answer.cases, &answer.methods}) {
    std::sort(list->begin(), list->end(), better);
    if (list->size() > request.limit) list->resize(request.limit);
  }
  return answer;
}

}  // namespace koinon::engine
